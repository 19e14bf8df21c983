"""Facts to the rows of a sheet as offices lay them out: titles, headers, joined cells, ditto marks, totals, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Generic, TypeVar

from tsunagari.loaders.fiction.files import Cell, Format, Sheet
from tsunagari.loaders.fiction.mess import Habit, write_day

Fact = TypeVar("Fact")
_DITTO = "〃"
NOW, A_YEAR_BEFORE = date(2025, 4, 1), date(2024, 4, 1)


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes a list and how.

    Parameters
    ----------
    chance
        Its luck.
    habit
        Its habits.
    format
        How it saves the list.
    rate
        How many accidents happen, 1 for the usual number.
    day
        The day that the list speaks of.
    """

    chance: Random
    habit: Habit
    format: Format
    rate: float
    day: date = NOW


@dataclass(frozen=True, slots=True)
class Column(Generic[Fact]):
    """A column of a list.

    Parameters
    ----------
    header
        Its header.
    write
        Gives its cell for a fact.
    group
        The heading that it shares with its neighbours; empty for none.
    repeats
        Whether equal cells below each other are joined or replaced by ditto marks.
    """

    header: str
    write: Callable[[Fact], Cell]
    group: str = ""
    repeats: bool = False


def titled_sheet(owner: str, what: str, office: Office) -> Sheet:
    """Return a sheet with the title rows that most offices put above the header."""
    sheet = Sheet(what)
    if office.rate and office.chance.random() < 0.6:
        sheet.add(f"{owner} {what}")
        sheet.add("", "", f"{write_day(office.day, 'kanji-era')}現在")
        if office.chance.random() < 0.5:
            sheet.add()
    return sheet


def fill_sheet(
    sheet: Sheet, columns: Sequence[Column[Fact]], facts: Sequence[Fact], office: Office
) -> list[tuple[int, list[Cell]]]:
    """Add a numbered table and return the row number and the cells of each fact as they are meant."""
    _add_headers(sheet, columns)
    repeated = {place for place, column in enumerate(columns, start=1) if column.repeats and office.habit.joins}
    written: list[tuple[int, list[Cell]]] = []
    above: list[Cell] = []
    for number, fact in enumerate(facts, start=1):
        meant: list[Cell] = [number, *(column.write(fact) for column in columns)]
        cells = [
            _repeat(cell, office) if place in repeated and above and cell and cell == above[place] else cell
            for place, cell in enumerate(meant)
        ]
        written.append((sheet.add(*cells), meant))
        above = meant
    if office.format.is_workbook:
        for place in sorted(repeated):
            _join(sheet, written, place)
    if office.habit.totals and facts:
        sheet.add("合計", f"{len(facts)}団体")
    if office.rate and office.chance.random() < 0.5:
        sheet.add("※この一覧の団体はすべて架空です。")
    return written


def _add_headers(sheet: Sheet, columns: Sequence[Column[Fact]]) -> None:
    groups = [column.group for column in columns]
    if any(groups):
        # the heading stands over the first column of its group, the others over themselves
        upper = [group if group not in groups[:place] else "" for place, group in enumerate(groups)]
        row = sheet.add("", *upper) - 1
        for group in dict.fromkeys(filter(None, groups)):
            first = groups.index(group) + 1
            last = first + groups.count(group) - 1
            if last > first:
                sheet.merged.append((row, first, row, last))
    sheet.add("No", *(column.header for column in columns))


def _repeat(cell: Cell, office: Office) -> Cell:
    """A joined cell is empty but for the first; a text file has ditto marks, of which people forget some."""
    if office.format.is_workbook:
        return ""
    return _DITTO if office.chance.random() < 0.9 else cell


def _join(sheet: Sheet, written: Sequence[tuple[int, list[Cell]]], place: int) -> None:
    start = 0
    for index in range(1, len(written) + 1):
        if index == len(written) or written[index][1][place] != written[start][1][place]:
            if index - start > 1 and written[start][1][place]:
                sheet.merged.append((written[start][0] - 1, place, written[index - 1][0] - 1, place))
            start = index
