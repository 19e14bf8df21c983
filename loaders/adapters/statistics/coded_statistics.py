"""SSDSE: item codes in the first row, years in the second, labels in the third; ``R31201`` is the area 31201."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.statistics.indicators import (
    AreaNames,
    NamedIndicator,
    NeedCell,
    named_indicator,
    need_row,
    unit_of,
)
from tsunagari.loaders.files import Grid, GridRow
from tsunagari.loaders.session import SourceInput
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table, row_spool
from tsunagari.ontology.spelling import fold_text

_AREA = re.compile(r"R?(\d{5})")
_AREAS = frozenset(["area", "prefecture", "name"])


def read_coded(given: SourceInput, grid: Grid, found: Recognized, findings: Findings) -> Table:
    """Return the indicators of a sheet.

    Parameters
    ----------
    given, grid, found
        The source, the sheet and the row of its codes.
    findings
        Where what is found goes: the columns that are no indicator, and cells without a number.
    """
    below = (row for row in grid.rows[:10] if row[0] > found.row)
    above = list(takewhile(lambda row: _area_of(row[1]) is None, below))  # a broken code further down is no label
    years, labels = _years_and_labels(above, len(found.cells))
    chosen = _indicators(given, found, labels)
    others = [
        labels[place] or code
        for place, code in enumerate(found.cells)
        if code and place not in chosen and place not in _places(found)
    ]
    if others:
        findings.say("columns-not-used", found.row, value="、".join(others), count=len(others))
    for place in sorted(_places(found) - {0}):
        header = labels[place] or found.cells[place]
        findings.say("beside-code", found.row, column=header, value=header, other=found.cells[0])
    last = above[-1][0] if above else found.row
    rows, heads = row_spool(), [labels, years, list(found.cells)]
    rows += _rows(grid, chosen, heads, found.dataset.further["units"], findings, last)
    headers = {"area": found.cells[0], "value": next((labels[place] or found.cells[place] for place in chosen), "")}
    return Table(rows, headers, findings.issues, grid.sheet, (found.row, last))


def _rows(
    grid: Grid,
    chosen: dict[int, NamedIndicator],
    heads: Sequence[Sequence[str]],
    units: Mapping[str, str],
    findings: Findings,
    last: int,
) -> Iterator[Row]:
    labels, years, codes = heads
    names = AreaNames(findings, labels[2] or codes[2]) if len(codes) > 2 else AreaNames(findings, "")
    for number, cells in grid.rows:
        area = _area_of(cells) if number > last else None
        if area is not None and len(cells) > 2:
            names.check(number, area, cells[2])
        if number > last and area is None and any(cells):
            findings.say("nothing-read", number, value=next(filter(None, cells)))
        for place, named in chosen.items() if area is not None else ():
            text = cells[place] if place < len(cells) else ""
            if text:
                cell = NeedCell(
                    row=number,
                    header=labels[place] or codes[place],
                    text=text,
                    area=area or "",
                    indicator=named.concept.notation,
                    unit=named.unit or unit_of(labels[place]) or units.get(named.concept.notation, ""),
                    as_of=f"{years[place]}年" if years[place].isdigit() else years[place] or named.year,
                )
                row = need_row(cell, findings)
                if row is not None:
                    yield row


def _years_and_labels(above: Sequence[GridRow], width: int) -> tuple[list[str], list[str]]:
    """Return year and label of each column out of the rows between the codes and the data."""
    years, labels = [""] * width, [""] * width
    for _, cells in above:
        texts = [fold_text(text) for text in cells[:width]]
        digits = sum(text[:4].isdigit() and len(text) <= 9 for text in texts if text)
        target = years if 2 * digits > sum(map(bool, texts)) else labels
        target[: len(texts)] = list(cells[:width]) if target is labels else texts
    return years, labels


def _indicators(given: SourceInput, found: Recognized, labels: Sequence[str]) -> dict[int, NamedIndicator]:
    """Return place to indicator: those of the table of datasets, what the settings map, and what a label names."""
    vocabulary = given.vocabulary
    explicit = {fold_text(header): name for header, name in given.source.columns.items()}
    chosen: dict[int, NamedIndicator] = {}
    for notation, places in found.positions.items():
        named = None if notation in _AREAS else named_indicator(vocabulary, labels[places[0]], notation)
        if named is not None:
            chosen[places[0]] = named
    known = {named.concept.notation for named in chosen.values()}
    for place in found.unread:
        label = labels[place] or found.cells[place]
        name = explicit.get(fold_text(label)) or explicit.get(fold_text(found.cells[place]), "")
        named = named_indicator(vocabulary, label, name)
        if named is not None and named.concept.notation not in known:
            known.add(named.concept.notation)
            chosen[place] = named
    return dict(sorted(chosen.items()))


def _places(found: Recognized) -> set[int]:
    """Return the places that say which area a row is about: the first column and those of names."""
    return {0, *(place for name in _AREAS for place in found.positions.get(name, ()))}


def _area_of(cells: Sequence[str]) -> str | None:
    for text in cells[:3]:
        area = _AREA.fullmatch(text)
        if area is not None:
            return area[1]
    return None
