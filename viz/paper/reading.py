"""Reading a paper from a graph: its lists first, then the sentences that count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.wording import column_entry
from tsunagari.viz.look.candidates import candidates_of, felt_losses
from tsunagari.viz.look.gap_status import GAP_STATUSES, statuses_of
from tsunagari.viz.look.matrix import municipality_field_matrix
from tsunagari.viz.look.printable import shortened
from tsunagari.viz.look.tiles import TILES
from tsunagari.viz.look.wide import marked_wide
from tsunagari.viz.paper.conclusion import conclude
from tsunagari.viz.paper.paper import Count, Listing, Paper, Table
from tsunagari.viz.picture import network_picture

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph
    from tsunagari.graph.wording import ColumnEntry
    from tsunagari.viz.look.matrix import CoverageMatrix

At: TypeAlias = date | str | None
ORDER = ("none", "wide_only", "unknown", "single", "multiple", "withheld")
"""Statuses in the order of a list of gaps: what is known to be missing first, what is not published last."""
OPEN = ORDER[:3]
FRONT_ROWS = 3
MOST_REMEDIES = 3_000
"""Candidates that a report says everything of; ``tsunagari remedies`` does of all."""
LONGEST_TITLE = 80
MOST_CELLS = 520
"""Of a figure on page one."""
CAUTIONS = (
    Message(
        "「未調査」は「支援がない」ではありません。書かれた資料が手元にないだけです。",
        "'Not known' does not mean that there is no support, only that no list at hand says so.",
    ),
    Message(
        "団体の優劣を表すものではありません。資料に書かれた関係だけを数えています。",
        "This does not rate organisations: it counts only the relations that the sources mention.",
    ),
    Message(
        "候補は資料の記載から挙げたもので、団体の意向は確かめていません。",
        "Candidates come from what the sources say; nobody has asked them.",
    ),
)
TITLES = {
    "gaps": Message("空白一覧", "Gaps"),
    "brokers": Message("橋渡し団体", "Brokers"),
    "losses": Message("単独依存", "Dependence"),
    "sources": Message("出典", "Sources"),
}
NOTES = {
    "gaps": Message(
        "状況（確認済みゼロ、広域のみ、未調査、1団体のみ、2団体以上）の順、その中で深刻度の高い順、同じなら市区町村と分野の順。",
        "By status (confirmed zero, wider area only, not known, one, two or more), then by severity, municipality and "
        "field.",
    ),
    "brokers": Message(
        "直接つながっていない団体の間に立つ回数の多い順。だれの間にも立たない団体は載せていません。",
        "By how often they stand between others who are not tied to each other; who stands between nobody is left out.",
    ),
    "losses": Message(
        "その団体が続けられなくなると失われるもの。要注意、つながりが分かれる、失うものの多い順。",
        "What would be lost should it stop: critical ones first, then those without whom the network falls apart.",
    ),
    "sources": Message("この報告が拠っている資料。", "The documents and lists this report rests on."),
}
COLUMNS = {
    "gaps": ("rank", "area", "field", "status_mark", "severity", "providers", "candidates", "broker"),
    "brokers": ("standing", "organization", "group", "degree", "brokerage", "betweenness", "is_cut_point"),
    "losses": ("rank", "organization", "critical", "to_nobody", "severity_lost", "cut_off", "cells"),
    "sources": ("title", "publisher", "issued", "records"),
}
FRONT = {
    "gaps": (
        Message("主な空白と候補", "The main gaps, and who could fill them"),
        ("area", "field", "status_mark", "candidates", "broker"),
    ),
    "brokers": (
        Message("主な橋渡し団体", "The main brokers"),
        ("standing", "organization", "group", "degree", "brokerage", "is_cut_point"),
    ),
}


def read_paper(
    kg: KnowledgeGraph,
    *,
    lang: str = "ja",
    at: At = None,
    top: int | None = None,
    brief: bool | None = None,
    pictured: bool = False,
) -> Paper:
    """Return what a paper about a graph says.

    Parameters
    ----------
    kg
        The graph; what it is about is what the paper is about.
    lang, at
        Language and day; None takes the graph's own day.
    top
        The first so many rows of each list; the counts then say how many the list holds.
    brief
        Whether page one is all; None makes it so for a single municipality.
    pictured
        Whether the form that the paper is written in shows the map of the ties.
    """
    found = find(kg, lang=lang, at=at)
    return paper_of(kg, found, lang=lang, at=at, top=top, brief=brief, pictured=pictured)


@dataclass(frozen=True, slots=True)
class Found:
    """The tables that a paper and a workbook are made of.

    Parameters
    ----------
    gaps
        Every cell by status and severity, with a mark, a rank and who could fill it.
    remedies
        Who could fill them.
    brokers
        Who stands between others.
    losses
        Of whom something hangs: critical ones first, then cut points.
    sources
        The documents.
    """

    gaps: pd.DataFrame
    remedies: pd.DataFrame
    brokers: pd.DataFrame
    losses: pd.DataFrame
    sources: pd.DataFrame


def find(kg: KnowledgeGraph, *, lang: str = "ja", at: At = None) -> Found:
    """Return the tables of a graph that a paper and a workbook are made of."""
    remedies = kg.remedies(at=at, told=MOST_REMEDIES, lang=lang)
    gaps = candidates_of(_ordered(kg.gaps(at=at, lang=lang), lang), remedies)
    brokers = kg.brokers(at=at, lang=lang)
    brokers = brokers[brokers["brokerage"] > 0].reset_index(drop=True)
    losses = felt_losses(kg.loss(at=at, lang=lang))
    order = ["critical", "is_cut_point"]
    losses = losses.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)
    return Found(gaps, remedies, brokers, losses, kg.source_table(lang))


def paper_of(
    kg: KnowledgeGraph,
    found: Found,
    *,
    lang: str = "ja",
    at: At = None,
    top: int | None = None,
    brief: bool | None = None,
    pictured: bool = False,
) -> Paper:
    """Return the paper that tables make, see `read_paper`."""
    gaps, brokers, losses, sources = found.gaps, found.brokers, found.losses, found.sources
    lists = _lists(gaps, brokers, losses, sources, lang, top)
    areas = gaps[["area_code", "area", "prefecture"]].drop_duplicates()
    one = len(areas) == 1
    day = str(at if at is not None else kg.as_of or "")
    is_brief = one if brief is None else brief
    return Paper(
        lang=lang,
        title=shortened(f"{kg.title}　{areas['area'].iloc[0]}" if one else kg.title, LONGEST_TITLE),
        day=day,
        scope=_scope(areas, gaps, lang),
        conclusion=conclude(lists, gaps, lang),
        statuses=_statuses(lists[0], lang),
        figure=_figure(gaps),
        tiles=_tiles(gaps),
        front=_front(gaps, brokers, lang, one=one),
        lists=lists,
        cautions=tuple(text.text(lang) for text in CAUTIONS),
        sources=tuple(shortened(str(title), 40) for title in sources["title"].head(FRONT_ROWS)),
        source_count=Count(len(lists[-1].frame), "sources"),
        is_brief=is_brief,
        is_one=one,
        picture=network_picture(kg, lang=lang, at=at) if pictured and not is_brief else None,
    )


def _ordered(gaps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the gaps by status and severity, with a mark and a rank."""
    place = gaps["status"].map({name: number for number, name in enumerate(ORDER)})
    marks = {key: f"{status.symbol} {status.label.text(lang)}" for key, status in GAP_STATUSES.items()}
    named: list[Any] = [
        marked_wide(names, local, lang) for names, local in zip(gaps["providers"], gaps["local"], strict=True)
    ]
    found = gaps.assign(place=place, status_mark=gaps["status"].map(marks), providers=named)
    found = found.sort_values(["place", "severity", "area_code", "field_id"], ascending=[True, False, True, True])
    found = found.drop(columns="place").reset_index(drop=True)
    return found.assign(rank=range(1, len(found) + 1))


def _lists(
    gaps: pd.DataFrame, brokers: pd.DataFrame, losses: pd.DataFrame, sources: pd.DataFrame, lang: str, top: int | None
) -> tuple[Listing, ...]:
    first = {
        name: frame if top is None or name == "sources" else frame.head(top)
        for name, frame in (("gaps", gaps), ("brokers", brokers), ("losses", losses), ("sources", sources))
    }
    counts = first["gaps"]["status"].value_counts()
    spans, start = {}, 0
    statuses = statuses_of(first["gaps"]["status"])
    for name in (name for name in ORDER if name in statuses):
        spans[f"gaps-{name}"] = (start, start := start + int(counts.get(name, 0)))
    spans["gaps-open"] = (0, spans[f"gaps-{OPEN[-1]}"][1])
    lost = first["losses"]
    groups = {f"gaps-{key}": f"{status.symbol} {status.label.text(lang)}" for key, status in statuses.items()}
    fitting = {
        "gaps": spans,
        "losses": {
            "losses-critical": (0, int(lost["critical"].sum())),
            "losses-cut": (0, int(lost["is_cut_point"].sum())),
        },
    }
    return tuple(
        Listing(
            name,
            TITLES[name].text(lang),
            NOTES[name].text(lang),
            _columns(name, COLUMNS[name], frame),
            frame,
            fitting.get(name, {}),
            groups if name == "gaps" else {},
        )
        for name, frame in first.items()
    )


def _columns(name: str, columns: Sequence[str], frame: pd.DataFrame) -> tuple[ColumnEntry, ...]:
    return tuple(column_entry(column, name) for column in columns if column in frame)


def _scope(areas: pd.DataFrame, gaps: pd.DataFrame, lang: str) -> str:
    prefectures = list(dict.fromkeys(areas["prefecture"]))
    named = "、".join(prefectures[:3]) + ("ほか" if len(prefectures) > 3 else "")
    fields = gaps["field_id"].nunique()
    ja = f"対象: {named} {len(areas):,} 市区町村 × {fields:,} 分野"
    en = f"Scope: {', '.join(prefectures[:3])}{' …' if len(prefectures) > 3 else ''}; "
    en += f"{len(areas):,} municipalities × {fields:,} fields"
    if not len(areas):
        ja, en = "対象の市区町村がありません", "The scope has no municipality"
    return Message(ja, en).text(lang)


def _statuses(gaps: Listing, lang: str) -> tuple[tuple[str, Count, str], ...]:
    return tuple(
        (
            f"{status.symbol} {status.label.text(lang)}",
            Count(len(gaps.rows_of(f"gaps-{key}") or ()), f"gaps-{key}"),
            key,
        )
        for key, status in statuses_of(gaps.frame["status"]).items()
    )


def _figure(gaps: pd.DataFrame) -> CoverageMatrix | None:
    return municipality_field_matrix(gaps) if 0 < len(gaps) <= MOST_CELLS else None


def _tiles(gaps: pd.DataFrame) -> dict[str, float]:
    codes = gaps["area_code"].astype(str).str[:2] + "000"
    shares = gaps["status"].isin(OPEN).groupby(codes).mean() * 100
    known = {str(code): float(share) for code, share in shares.items() if code in TILES}
    return known if len(known) > 1 else {}


def _front(gaps: pd.DataFrame, brokers: pd.DataFrame, lang: str, *, one: bool) -> tuple[Table, ...]:
    """Return the tables of page one: of one municipality every field, else the first rows."""
    open_gaps = gaps[gaps["status"].isin(OPEN)]
    rows = {"gaps": gaps if one else open_gaps.head(FRONT_ROWS), "brokers": brokers.head(FRONT_ROWS)}
    columns = {"gaps": ("field", "status_mark", "providers", "candidates", "broker")} if one else {}
    titles = {"gaps": Message("分野ごとの状況", "Each field")} if one else {}
    return tuple(
        Table(
            f"front-{name}",
            titles.get(name, title).text(lang),
            "",
            _columns(name, _filled(columns.get(name, shown), rows[name]), rows[name]),
            rows[name],
        )
        for name, (title, shown) in FRONT.items()
    )


def _filled(columns: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Return the columns without those of candidates and whom to ask where no row has any."""
    return [
        name
        for name in columns
        if name not in ("candidates", "broker") or name not in frame or frame[name].map(_is_told).any()
    ]


def _is_told(cell: object) -> bool:
    return isinstance(cell, str | list | tuple) and len(cell) > 0
