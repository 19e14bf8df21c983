"""Coverage as matrices: one thing down, another across, a status or a count in each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from tsunagari.errors import Message, StoreError, UnknownNameError
from tsunagari.graph.columns import PRESENT
from tsunagari.graph.coverage.closed_lists import in_closed_lists, read_closed_lists
from tsunagari.graph.coverage.coverage import NONE, SHOWN_STATUSES, STATUSES, UNKNOWN, WITHHELD, cover
from tsunagari.graph.coverage.gaps import read_coverage
from tsunagari.graph.coverage.offers import stage_offers
from tsunagari.graph.coverage.platform_matrices import labelled, platform_constituent, platform_field
from tsunagari.graph.coverage.scope import scope_areas, scope_fields
from tsunagari.graph.coverage.surroundings import read_surroundings
from tsunagari.graph.coverage.unpublished import is_edition
from tsunagari.graph.facts import Reader, Scope, Thing
from tsunagari.ontology.vocabulary import vocabulary

OF_AN_EDITION = ("municipality-field", "stage-category")
"""Matrices that a public edition tells by itself."""
NOT_STATED = Message("記載なし", "not stated")
_OPTIONAL = Message("任意", "optional")
MANDATORY: Mapping[str | None, Message] = defaultdict(
    lambda: Message("参加（必須かどうかの記載なし）", "takes part, not stated whether mandatory"),
    {"true": Message("必須", "mandatory"), "1": Message("必須", "mandatory"), "false": _OPTIONAL, "0": _OPTIONAL},
)


def coverage_matrix(
    reader: Reader,
    kind: str,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one of the matrices of `KINDS`.

    ========================  =================  ==================  ==================================================
    kind                      rows               columns             cells
    ========================  =================  ==================  ==================================================
    municipality-field        municipalities     support fields      coverage status
    (`tsunagari.graph.coverage.coverage`) platform-constituent      platforms          types of members,   number of
    known members of the type; without one
                                                 groups first        the label of the claim that there are some, else
                                                                     ``none`` (complete list) or ``unknown``
    platform-field            platforms          support fields      number of members that work in the field, else
                                                                     ``none`` (complete list) or ``unknown``
    stage-municipality        life stages        municipalities      coverage status of services for people of that
                                                                     stage; ``none`` where a complete list of services
                                                                     covers the municipality and tells every stage
    stage-category            life stages        categories of       number of catalogue entries, those that repeat
                                                 measures            another one left out
    requirement-participant   items a programme  bodies that take    whether the item is mandatory for the body in that
                              asks for, by year  part                year; ``none`` where it takes no part and the list
                                                                     of participants is complete, else ``unknown``
    ========================  =================  ==================  ==================================================

    Parameters
    ----------
    reader
        The graph.
    kind
        One of the kinds above.
    scope
        Areas and scheme of fields of the kinds that have municipalities or fields.
    areas, fields
        A part of the scope or another one, for the kinds that have municipalities or fields; None takes the scope.
    at
        ISO date; None takes every time.
    lang
        Language of the labels.

    Returns
    -------
    DataFrame
        Labels in the index and in the columns, both named; every row and column of the schemes is there, also where
        nothing is known. Without platforms, municipalities or participants there is no row or no column of them, and
        the labels of the other side are still there.

    Raises
    ------
    UnknownNameError
        There is no such kind, or an area or scheme of the scope is not known.
    StoreError
        The graph is a public edition that was written somewhere and read again, and the matrix would tell of absences
        that only the whole graph knows of.
    """
    if kind not in KINDS:
        names = ", ".join(KINDS)
        raise UnknownNameError(
            Message(f"「{kind}」という被覆表はありません。", f"There is no coverage matrix {kind!r}."),
            Message(f"使える表: {names}", f"Matrices: {names}"),
        )
    if reader.whole is None and kind not in OF_AN_EDITION and is_edition(reader.columns):
        raise _needs_the_whole(kind)
    whole = scope or Scope()
    asked = whole if areas is None else replace(whole, areas=tuple(areas))
    found = KINDS[kind](reader, asked, at, lang)
    if reader.whole is not None and kind != "municipality-field":
        found = _without_withheld(found, KINDS[kind](reader.whole, asked, at, lang))
    if fields is None or found.columns.names[-1] != "field":
        return found
    labels = scope_fields(reader, fields, scheme=whole.fields, lang=lang)["field"]
    return found.loc[:, found.columns.isin(labels)]


def _needs_the_whole(kind: str) -> StoreError:
    return StoreError(
        Message(
            f"書き出された公開版だけでは、被覆表 {kind} は作れません。非公表の団体が関わる欄が分かりません。",
            f"The coverage matrix {kind} cannot be made of a public edition alone: it does not tell which of its cells "
            "hang on bodies that are not published.",
        ),
        Message(
            "元の作業フォルダーで --public を付けて作ってもらってください。",
            "Have it made in the workspace, by --public.",
        ),
    )


def _without_withheld(table: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return a matrix with ``withheld`` where the whole graph knows another status, or a number in place of one.

    Where the whole graph does not know, neither does the matrix.
    """
    known = whole.loc[~whole.index.duplicated(), ~whole.columns.duplicated()]
    other = known.reindex(index=table.index.unique(), columns=table.columns.unique())
    other = other.loc[table.index, table.columns] if other.index.is_unique else other
    is_status = table.map(lambda cell: isinstance(cell, str) and cell in SHOWN_STATUSES).to_numpy(dtype=bool)
    hangs = is_status & other.notna().to_numpy() & (table.to_numpy() != other.to_numpy())
    unknown = hangs & (other == STATUSES[UNKNOWN]).to_numpy()
    found = table.astype(object).mask(hangs, SHOWN_STATUSES[WITHHELD])
    return found.mask(unknown, STATUSES[UNKNOWN])


def _municipality_field(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:
    coverage = read_coverage(reader, scope=scope, at=at, lang=lang)
    areas = scope_areas(reader, coverage.area_codes)["area"].tolist()
    rows = [[SHOWN_STATUSES[place] for place in row] for row in coverage.status.tolist()]
    names = [reader.label(field, lang) for field in coverage.field_ids]
    return labelled(rows, areas, names, "area", "field")


def _platform_constituent(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:  # noqa: ARG001 - the scope is one of municipalities
    return platform_constituent(reader, at, lang)


def _platform_field(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:
    return platform_field(reader, scope.fields, at, lang)


def _stage_municipality(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:
    areas = scope_areas(reader, scope.areas or None)
    stages = [concept.iri for concept in vocabulary().schemes["life-stage"].concepts]
    offers = stage_offers(reader.columns, [*stages, ""], at)
    lists = [item for item in read_closed_lists(reader, at=at, lang=lang) if item.ground == "services"]
    around = read_surroundings(reader, at=at, lang=lang, closed=lists)
    status = cover(areas["area_code"].tolist(), [*stages, ""], offers, around).status
    vague = status[:, -1:] < NONE  # a service of no stated stage may be for this one
    status = np.where(vague & (status == NONE), UNKNOWN, status)
    rows = [[STATUSES[place] for place in row] for row in status.T.tolist()]
    names = [*(reader.label(stage, lang) for stage in stages), NOT_STATED.text(lang)]
    return labelled(rows, names, areas["area"].tolist(), "life_stage", "area")


def _requirement_participant(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:  # noqa: ARG001 - the scope is one of municipalities
    items, parts = (
        [thing for thing in reader.things(cls).values() if thing.status in PRESENT and thing.holds(at) != "no"]
        for cls in ("ProgrammeRequirement", "ProgrammeParticipation")
    )
    listed, _ = in_closed_lists(reader.columns, reader.columns.of_class("ProgrammeParticipation"))
    in_lists = set(reader.columns.text(listed))
    complete = {_round(part) for part in parts if part.iri in in_lists}
    there = {(part.one("member"), *_round(part)) for part in parts}
    members = sorted({member for part in parts if (member := part.one("member"))})
    items.sort(key=lambda item: (item.one("requires_in") or "", item.one("fiscal_year") or "", item.iri))
    rows = [
        [
            MANDATORY[item.one("mandatory")].text(lang)
            if (member, item.one("requires_in"), item.one("fiscal_year")) in there
            else "none"
            if (item.one("requires_in"), item.one("fiscal_year")) in complete
            else "unknown"
            for member in members
        ]
        for item in items
    ]
    year = Message("年度", "")
    names = [f"{item.label(lang)}（{item.one('fiscal_year')}{year.text(lang)}）" for item in items]
    return labelled(rows, names, [reader.label(member, lang) for member in members], "requirement", "participant")


def _round(part: Thing) -> tuple[str | None, str | None]:
    return part.one("programme"), part.one("fiscal_year")


def _stage_category(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:  # noqa: ARG001 - the scope is one of municipalities
    stages = vocabulary().schemes["life-stage"].concepts
    categories = vocabulary().schemes["measure-category"].concepts
    found = Counter(
        (entry.one("life_stage"), entry.one("category"))
        for entry in reader.things("CatalogueEntry").values()
        if entry.one("repeat_of") is None and entry.status in PRESENT and entry.holds(at) != "no"
    )
    rows = [[found[stage, category.iri] for category in categories] for stage in (*(item.iri for item in stages), None)]
    names = [*(reader.label(item.iri, lang) for item in stages), NOT_STATED.text(lang)]
    return labelled(rows, names, [reader.label(item.iri, lang) for item in categories], "life_stage", "category")


KINDS: dict[str, Callable[[Reader, Scope, str | None, str], pd.DataFrame]] = {
    "municipality-field": _municipality_field,
    "platform-constituent": _platform_constituent,
    "platform-field": _platform_field,
    "stage-municipality": _stage_municipality,
    "stage-category": _stage_category,
    "requirement-participant": _requirement_participant,
}
