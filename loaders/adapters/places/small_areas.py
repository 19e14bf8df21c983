"""Population by area and age within a municipality: the parts are added up, as needs are those of municipalities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.statistics.indicators import NeedCell, need_row
from tsunagari.loaders.files import Grid, GridRow
from tsunagari.loaders.session import SourceInput
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table, row_spool
from tsunagari.loaders.values import NoQuantityError, parse_quantity
from tsunagari.ontology.spelling import fold_text

_AGES = re.compile(r"(\d+)\s*(?:-|~|～|から)\s*(\d+)歳(?:の)?(?:男性?|女性?)")
_AND_OVER = re.compile(r"(\d+)歳以上(?:の)?(?:男性?|女性?)")
_WHOLE = re.compile("(?:総数|総計|合計|計|全域|市計|町計|村計|区計)")
_YOUNG, _OLD = 14, 65


def read_parts(given: SourceInput, grid: Grid, found: Recognized, findings: Findings) -> Table:
    """Return the indicators of the municipalities of a sheet.

    Where a row gives the whole it counts; else the parts are added up, which is told. A part without a number leaves
    the sum open.

    Parameters
    ----------
    given, grid, found
        The source, the sheet and its header.
    findings
        Where what is found goes.
    """
    columns = _columns(found)
    prefecture = given.source.area.prefecture if given.source.area is not None else None
    used = {place for places in columns.values() for place in places}
    used |= {place for places in found.positions.values() for place in places}
    others = [text for place, text in enumerate(found.cells) if text and place not in used]
    if others:
        findings.say("columns-not-used", found.row, value="、".join(others), count=len(others))
    headers = {"area": _header(found, "area", "name", "publisher"), "value": _header(found, "population")}
    sums = row_spool()
    for (area, when), rows in _groups(grid, found, findings).items():
        sums += _sums(rows, columns, (area, when, prefecture), found, findings)
    return Table(sums, headers, findings.issues, grid.sheet, (found.row, found.row))


def _columns(found: Recognized) -> dict[str, list[int]]:
    """Return indicator to the places whose cells add up to it."""
    columns = {name: found.positions[name][:1] for name in ("population", "households") if name in found.positions}
    for place in range(len(found.cells)):
        text = fold_text(found.cells[place])
        ages, over = _AGES.search(text), _AND_OVER.search(text)
        if ages is not None and int(ages[2]) <= _YOUNG:
            columns.setdefault("children", []).append(place)
        elif (ages is not None and int(ages[1]) >= _OLD) or (over is not None and int(over[1]) >= _OLD):
            columns.setdefault("older-people", []).append(place)
    return columns


def _groups(grid: Grid, found: Recognized, findings: Findings) -> dict[tuple[str, str], list[GridRow]]:
    """Return area and day to the rows of their parts; to the row of the whole alone where there is one."""
    groups: dict[tuple[str, str], list[GridRow]] = {}
    for number, cells in grid.rows:
        if number <= found.row or not any(cells):
            continue
        area = next((text for name in ("area", "name", "publisher") if (text := _text(cells, found, name))), "")
        if area:
            groups.setdefault((area, _text(cells, found, "as_of")), []).append((number, cells))
        else:
            findings.say("missing-value", number, column=_header(found, "area"))
    for rows in groups.values():
        whole = [row for row in rows if _WHOLE.fullmatch(fold_text(_text(row[1], found, "part")))]
        rows[:] = whole[:1] or rows
    return groups


def _sums(
    rows: Sequence[GridRow],
    columns: Mapping[str, Sequence[int]],
    about: tuple[str, str, str | None],
    found: Recognized,
    findings: Findings,
) -> Iterator[Row]:
    area, when, prefecture = about
    first = rows[0][0]
    if len(rows) > 1:
        findings.say("parts-added-up", first, column=_header(found, "part"), value=area, count=len(rows))
    for indicator, places in columns.items():
        total = Decimal(0)
        for number, cells in rows:
            for place in places:
                text = cells[place] if place < len(cells) else ""
                try:
                    total += parse_quantity(text).value
                except NoQuantityError:
                    findings.say("part-without-number", number, column=found.cells[place], value=text or None)
                    break
            else:
                continue
            break
        else:
            header = found.cells[places[0]]
            text = format(total, "f")
            unit = found.dataset.further["units"].get(indicator, "")
            cell = NeedCell(first, header, text, area, indicator, unit, when, prefecture)
            row = need_row(cell, findings)
            if row is not None:
                yield row


def _text(cells: Sequence[str], found: Recognized, meaning: str) -> str:
    places = found.positions.get(meaning, ())
    return cells[places[0]] if places and places[0] < len(cells) else ""


def _header(found: Recognized, *meanings: str) -> str:
    return next((found.cells[found.positions[name][0]] for name in meanings if name in found.positions), "")
