"""A graph wave by wave: the days of its lists of members as a panel of memberships, gaps, brokers, and their trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import Columns
from tsunagari.graph.coverage import SHOWN_STATUSES, read_coverage
from tsunagari.graph.facts import Reader, Scope, area_name, field_names
from tsunagari.graph.measures import open_paths, parts_without
from tsunagari.graph.networks import DEFAULT_NETWORK, TieClaims, belonging, project
from tsunagari.graph.wording import STATUS_LABELS, frame_columns, line_chart

COLUMNS = {name: frame_columns(f"waves_{name}") for name in ("summary", "memberships", "gaps", "brokers")}
TRENDS = {
    "up": Message("増加", "rising"),
    "down": Message("減少", "falling"),
    "steady": Message("変化なし", "steady"),
    "mixed": Message("増減", "up and down"),
    "": Message("", ""),  # nothing to compare with
}
FIGURES = {
    "members": Message("参加の数（確かなもの）", "memberships that certainly hold"),
    "joined": Message("前の時点から加わった数", "joined since the former wave"),
    "departed": Message("前の時点から退いた数", "departed since the former wave"),
    "ties": Message("つながる団体の組", "pairs of bodies that are tied"),
    "isolates": Message("つながりのない団体", "bodies without ties"),
    "brokers": Message("橋渡しをしている団体", "bodies that stand between others"),
    "open_paths": Message("橋渡しの道すじ", "open paths"),
    "cut_points": Message("切断点", "cut points"),
} | {status: Message(f"空白表: {text.ja}", f"cells: {text.en}") for status, text in STATUS_LABELS.items()}


@dataclass(frozen=True, repr=False)
class Waves:
    """What lists of members of several days give, as tables; in a notebook it shows its chart.

    Parameters
    ----------
    days
        The waves, ISO dates in order.
    summary
        One row a figure and wave: ``measure``, ``label``, ``wave``, ``value``, ``difference`` to the former wave (NaN
        in the first) and the ``trend`` over all waves in words,
        empty where there are not two values to compare.
    memberships
        One row a platform and wave: ``members`` that certainly hold, ``possible`` ones beside them, who ``joined`` and
        ``departed`` since the former wave.
    gaps
        One row a municipality, field and wave with its ``status``, and that of the former wave in ``before``.
    brokers
        One row a body that is tied in any wave, and wave: open paths (``brokerage``), its ``rank`` among all bodies of
        the wave, and ``is_cut_point``; the greatest of the last wave first.
    lang
        Language of labels.
    """

    days: tuple[str, ...]
    summary: pd.DataFrame
    memberships: pd.DataFrame
    gaps: pd.DataFrame
    brokers: pd.DataFrame
    lang: str = "ja"

    def chart(self, measures: Sequence[str] = ("members", "single", "none", "unknown", "brokers")) -> str:
        """Return a chart of some figures over the waves as SVG text, without a link to anywhere.

        Parameters
        ----------
        measures
            Values of ``measure`` in the summary; those that are not there are left out.
        """
        rows = self.summary.set_index(["measure", "wave"])["value"]
        kept = [name for name in measures if name in FIGURES and name in rows.index.get_level_values(0)]
        series = {FIGURES[name].text(self.lang): rows[name].reindex(self.days).tolist() for name in kept}
        return line_chart(self.days, series)

    def __repr__(self) -> str:
        tables = ", ".join(f"{name}: {len(getattr(self, name)):,} rows" for name in COLUMNS)
        return f"<Waves of {', '.join(self.days) or 'no day'}; {tables}>"

    def _repr_html_(self) -> str:
        return self.chart()


MOST_WAVES = 12
"""Where lists are of more days, the last day of each year is a wave."""


def read_waves(
    reader: Reader,
    days: Sequence[str] | None = None,
    *,
    scope: Scope | None = None,
    network: str = DEFAULT_NETWORK,
    lang: str = "ja",
) -> Waves:
    """Return memberships, gaps and brokers on the days of the lists of members.

    Parameters
    ----------
    reader
        The graph.
    days
        ISO dates; None takes `wave_days`.
    scope
        The workspace's settings, for the gaps.
    network
        In which bodies broker.
    lang
        ``"ja"`` or ``"en"``.

    Raises
    ------
    UnknownNameError
        No list of members tells its day and none is given, or there is no such network.

    Examples
    --------
    >>> found = read_waves(kg._reader, ["2022-10-01", "2023-10-01"])
    >>> found.days, sorted(found.gaps["wave"].unique()) == list(found.days)
    (('2022-10-01', '2023-10-01'), True)
    """
    chosen = tuple(sorted(set(wave_days(reader.columns) if days is None else days)))
    if not chosen:
        raise UnknownNameError(
            Message("時点の分かる会員名簿がありません。", "No list of members tells its day."),
            Message(
                "[[source]] に as_of を書くか、日付を指定してください。",
                "Write as_of in its [[source]], or give the days.",
            ),
        )
    memberships = _memberships(reader.columns, chosen, lang)
    gaps = _gaps(reader, chosen, scope, lang)
    brokers, figures = _brokers(reader, chosen, network, lang)
    counts = memberships.groupby("wave")[["members", "joined", "departed"]].sum().reindex(chosen, fill_value=0)
    statuses = gaps.groupby(["wave", "status"]).size().unstack(fill_value=0).reindex(chosen, fill_value=0)
    statuses = statuses.reindex(columns=list(SHOWN_STATUSES), fill_value=0)
    wide = counts.join(pd.DataFrame(figures, index=list(chosen))).join(statuses)
    return Waves(chosen, _summary(wide, lang), memberships, gaps, brokers, lang)


def wave_days(columns: Columns) -> list[str]:
    """Return the days of the lists of members, in order: all up to `MOST_WAVES`, else the last ones of the years.

    Examples
    --------
    >>> wave_days(kg._reader.columns) == sorted(set(wave_days(kg._reader.columns)))
    True
    """
    _, days = columns.all("as_of", columns.of_class("PlatformMembership"))
    every = sorted({text for text in columns.text(np.unique(days)) if len(text) == len("2024-01-01")})
    if len(every) <= MOST_WAVES:
        return every
    return list({day[:4]: day for day in every}.values())[-MOST_WAVES:]


def trend_of(values: Sequence[float]) -> str:
    """Return which of `TRENDS` a series shows: whether it only rises, only falls, stays, or does both.

    A series of one value or none shows no trend, which is empty.

    Examples
    --------
    >>> [trend_of(values) for values in ([1, 1, 3], [3, 2], [2, 2], [1, 3, 2], [4])]
    ['up', 'down', 'steady', 'mixed', '']
    """
    if len(values) < 2:
        return ""
    steps = np.diff(np.asarray(values, dtype=np.float64))
    rises, falls = bool((steps > 0).any()), bool((steps < 0).any())
    return "mixed" if rises and falls else "up" if rises else "down" if falls else "steady"


def _summary(wide: pd.DataFrame, lang: str) -> pd.DataFrame:
    rows = []
    for name in FIGURES:
        values = wide[name].astype(np.float64)
        flows = name in ("joined", "departed")  # nobody knows what came before the first wave
        told = values.iloc[1:] if flows else values
        trend = TRENDS[trend_of(told.tolist())].text(lang)
        for place, (wave, value) in enumerate(values.items()):
            change = np.nan if not place or (flows and place == 1) else value - values.iloc[place - 1]
            shown = np.nan if flows and not place else value
            rows.append((name, FIGURES[name].text(lang), wave, shown, change, trend))
    return pd.DataFrame(rows, columns=list(COLUMNS["summary"]))


def _memberships(columns: Columns, days: Sequence[str], lang: str) -> pd.DataFrame:
    certain: dict[int, set[int]] = {}
    rows: list[tuple[Any, ...]] = []
    for place, day in enumerate(days):
        claims = belonging(columns, day)
        held: dict[int, dict[int, int]] = {}
        validities = np.where(_still_listed(columns, claims, day), 2, claims.validities)
        for holder, group, validity in zip(
            claims.sources.tolist(), claims.targets.tolist(), validities.tolist(), strict=True
        ):
            members = held.setdefault(group, {})
            members[holder] = max(members.get(holder, 0), validity)
        for group in sorted({*held, *certain}):
            now = {holder for holder, validity in held.get(group, {}).items() if validity > 1}
            before = certain.get(group, set())
            joined, departed = (len(now - before), len(before - now)) if place else (0, 0)
            rows.append((group, day, len(now), len(held.get(group, {})) - len(now), joined, departed))
            certain[group] = now
    codes = np.array([row[0] for row in rows], dtype=np.int64)
    table = pd.DataFrame([row[1:] for row in rows], columns=["wave", "members", "possible", "joined", "departed"])
    table.insert(0, "platform_id", columns.text(codes))
    table.insert(0, "platform", columns.labels(codes, lang))
    return table.sort_values(["platform", "platform_id", "wave"], ignore_index=True)[list(COLUMNS["memberships"])]


def _still_listed(columns: Columns, claims: TieClaims, day: str) -> Any:
    """Tell which memberships a list of the day itself still holds, which end between it and the next list."""
    records = claims.evidence[claims.starts[:-1]]
    place, known = columns.terms.place(day)
    since = columns.one("as_of", records)
    ends = columns.one("valid_to_not_before", records) == place if known else np.zeros(len(records), dtype=bool)
    return ends & (since >= 0) & (since <= place)


def _gaps(reader: Reader, days: Sequence[str], scope: Scope | None, lang: str) -> pd.DataFrame:
    parts, before = [], None
    for day in days:
        coverage = read_coverage(reader, scope=scope, at=day, lang=lang)
        areas, fields = coverage.shape
        status = np.array(SHOWN_STATUSES, dtype=object)[coverage.status.ravel()]
        names = field_names(reader.columns, coverage.field_ids, lang)
        part = pd.DataFrame(
            {
                "area": np.repeat(np.array([area_name(code) for code in coverage.area_codes], dtype=object), fields),
                "area_code": np.repeat(np.array(coverage.area_codes, dtype=object), fields),
                "field": np.tile(np.array(names, dtype=object), areas),
                "field_id": np.tile(np.array(coverage.field_ids, dtype=object), areas),
                "wave": day,
                "status": status,
                "before": "" if before is None else before,
            }
        )
        parts.append(part)
        before = status
    return pd.concat(parts, ignore_index=True)[list(COLUMNS["gaps"])]


def _brokers(
    reader: Reader, days: Sequence[str], network: str, lang: str
) -> tuple[pd.DataFrame, dict[str, list[float]]]:
    figures: dict[str, list[float]] = {"ties": [], "isolates": [], "brokers": [], "open_paths": [], "cut_points": []}
    parts = []
    for day in days:
        made = project(reader, network, at=day, directed=True)
        matrix, undirected = made.adjacency(), made.adjacency(directed=False)
        paths, cut = open_paths(matrix), parts_without(undirected) > 1
        tied = np.diff(undirected.indptr) > 0
        listed = made.ranked & tied
        for name, value in (
            ("ties", undirected.nnz / 2),
            ("isolates", (made.ranked & ~tied).sum()),
            ("brokers", (paths[listed] > 0).sum()),
            ("open_paths", paths[listed].sum()),
            ("cut_points", cut[listed].sum()),
        ):
            figures[name].append(float(value))
        part = pd.DataFrame({"organization": made.names(lang), "organization_id": made.node_ids, "wave": day})
        part = part.assign(brokerage=paths, is_cut_point=cut)[listed]
        part["rank"] = part["brokerage"].rank(method="min", ascending=False).astype(np.int64)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    last = parts[-1].set_index("organization_id")["brokerage"]
    table["last"] = table["organization_id"].map(last).fillna(-1)
    order = table.sort_values(
        ["last", "organization", "organization_id", "wave"], ascending=[False, True, True, True], ignore_index=True
    )
    return order[list(COLUMNS["brokers"])], figures
