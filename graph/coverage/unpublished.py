"""Cells that a public edition does not publish, as it says itself: so that every engine that reads it shows the same.

A public edition is made for one day. Which cells hang on withheld bodies only the whole graph tells, so the edition
names them: one ``tsu:UnpublishedCells`` a field, with the municipalities. They hold for its own day and its own scope,
and nothing is said of another. It also names where a list that is left seems to prove an absence, and does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.errors import Message, StoreError
from tsunagari.graph.coverage.coverage import NONE, SHOWN_STATUSES, UNKNOWN, WITHHELD, Coverage, Hidden, status_of
from tsunagari.graph.coverage.scope import scope_areas
from tsunagari.graph.facts import AREA, Reader, Scope, area_name, unit_of
from tsunagari.ontology.namespaces import ID, RDF, TSU, XSD, content_key, instance_iri
from tsunagari.ontology.statements import IRI

if TYPE_CHECKING:
    from tsunagari.graph.columns import Columns

WORKSPACE = f"{ID}workspace"
EDITION, CELLS = "PublicEdition", "UnpublishedCells"
UNPUBLISHED, UNDETERMINED = SHOWN_STATUSES[WITHHELD], SHOWN_STATUSES[UNKNOWN]


def is_edition(columns: Columns) -> bool:
    """Tell whether a graph says that it is a public edition."""
    return len(columns.of_class(EDITION)) > 0


def edition_statements(coverage: Coverage, day: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a public edition says of itself: that it is one, and which cells it does not tell.

    Parameters
    ----------
    coverage
        What it shows of its scope, while the graph that it was made from is at hand.
    day
        Of which day; None is every time.

    Yields
    ------
    Subject, property, value and form of the value (`tsunagari.ontology.statements`).
    """
    yield WORKSPACE, f"{RDF}type", f"{TSU}{EDITION}", IRI
    if day is not None:
        yield WORKSPACE, f"{TSU}asOf", day, f"^^{XSD}date"
    local, wide = (coverage.counts(cells) for cells in (coverage.local, coverage.wide))
    unknown = (coverage.status == UNKNOWN) & (status_of(local, wide, coverage.closed >= 0) == NONE)
    for name, marked in (("unpublishedIn", coverage.status == WITHHELD), ("undeterminedIn", unknown)):
        for place in np.flatnonzero(marked.any(axis=0)).tolist():
            field = coverage.field_ids[place]
            cells = instance_iri("unpublished", content_key([field]))
            yield cells, f"{RDF}type", f"{TSU}{CELLS}", IRI
            yield cells, f"{TSU}supportField", field, IRI
            for row in np.flatnonzero(marked[:, place]).tolist():
                yield cells, f"{TSU}{name}", f"{AREA}{coverage.area_codes[row]}", IRI


def unpublished_cells(columns: Columns) -> Mapping[tuple[str, str], str]:
    """Return the status of the cells that a public edition names, by code of the municipality and IRI of the field.

    Returns
    -------
    ``"withheld"`` for a cell that is not published, ``"unknown"`` for one in which no list proves an absence.

    Examples
    --------
    >>> unpublished_cells(kg._reader.columns)
    {}
    """
    cells = columns.of_class(CELLS)
    fields = columns.text(columns.one("support_field", cells))
    found: dict[tuple[str, str], str] = {}
    for status, name in ((UNDETERMINED, "undetermined_in"), (UNPUBLISHED, "unpublished_in")):
        starts, areas = columns.all(name, cells)
        each = np.repeat(np.arange(len(cells)), np.diff(starts)).tolist()
        units = map(unit_of, columns.text(areas))
        found |= {(unit, fields[place]): status for place, unit in zip(each, units, strict=True) if unit is not None}
    return dict(sorted(found.items()))


def unpublished(reader: Reader, coverage: Coverage, scope: Scope, at: str | None) -> Hidden | None:
    """Return what a public edition that was written and read again does not show of a coverage; None for another graph.

    Raises
    ------
    StoreError
        The edition is one of another day, or does not speak of one of the municipalities.
    """
    columns = reader.columns
    if not is_edition(columns):
        return None
    day = columns.text(columns.one("as_of", columns.codes([WORKSPACE])))[0] or None
    spoken = scope_areas(reader, scope.areas)["area_code"]
    check_edition(day, at, sorted(set(coverage.area_codes) - set(spoken)))
    said = reader.remember(CELLS, unpublished_cells)
    areas, fields = (
        {name: place for place, name in enumerate(names)} for names in (coverage.area_codes, coverage.field_ids)
    )
    marked = {status: np.zeros(coverage.shape, dtype=np.bool_) for status in (UNPUBLISHED, UNDETERMINED)}
    for (code, field), status in said.items():
        if code in areas and field in fields:
            marked[status][areas[code], fields[field]] = True
    nobody = np.zeros(coverage.shape, dtype=np.int32)
    return Hidden(nobody, nobody, (coverage.closed >= 0) & ~marked[UNDETERMINED], marked[UNPUBLISHED])


def check_edition(day: str | None, at: str | None, outside: list[str]) -> None:
    """Refuse to tell cells of a public edition that it does not speak of.

    Parameters
    ----------
    day
        That of the edition, None for every time.
    at
        The day that is asked for.
    outside
        Codes of the municipalities that are asked for and of which the edition says nothing.

    Raises
    ------
    StoreError
        The days differ, or there are such municipalities.

    Examples
    --------
    >>> check_edition("2025-04-01", "2025-04-01", [])
    """
    if at != day:
        ours, theirs = (Message(text or "全期間", text or "every time") for text in (day, at))
        raise StoreError(
            Message(
                f"この公開版は {ours.ja} のもので、{theirs.ja} の空白は分かりません（公表しない団体が関わりえます）。",
                f"This public edition is one of {ours.en}; it does not tell the gaps of {theirs.en}, in which bodies "
                "that are not published may have a part.",
            ),
            Message(
                "元の作業フォルダーから、その日の公開版（--public --at）を作ってもらってください。",
                "Have an edition of that day made from its workspace (--public --at).",
            ),
        )
    if outside:
        more = (
            Message(f" ほか {len(outside) - 1:,} 市区町村", f" and {len(outside) - 1:,} more")
            if outside[1:]
            else Message("", "")
        )
        raise StoreError(
            Message(
                f"この公開版は {area_name(outside[0])}{more.ja}の空白を伝えていません。",
                f"This public edition does not tell the gaps of {area_name(outside[0])}{more.en}.",
            ),
            Message("--area を対象の範囲の中から選んでください。", "Choose --area within its scope."),
        )
