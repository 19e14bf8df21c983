"""Columns of six-digit codes whose leading zeros a spreadsheet took: what no single cell shows, the others do.

Fifteen codes without their zero are the five-digit codes of other places: 012203 is 士別市, 12203 is 市川市.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from tsunagari.loaders.files import Grid, GridRow, column_letters, spooled
from tsunagari.loaders.issues import make_issue
from tsunagari.loaders.values.cells import restored_code
from tsunagari.ontology.area_changes import present_place
from tsunagari.ontology.codes import lg_check_digit
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.spelling import fold_text

_GLANCE = 2_000  # rows after which a column with other numbers is known to hold no codes
_ENOUGH = 2  # different codes that can only have six digits


@cache
def ambiguous_codes() -> dict[str, str]:
    """Return five-digit codes to the six-digit code of another place that they are without its zero.

    Examples
    --------
    >>> len(ambiguous_codes()), ambiguous_codes()["12203"]
    (15, '012203')
    """
    codes = (place.code5 + lg_check_digit(place.code5) for place in municipality_table())
    return {code[1:]: code for code in codes if code[0] == "0" and present_place(code[1:]) is not None}


def restore_codes(grid: Grid) -> None:
    """Put back the zeros of ambiguous codes in columns of six-digit codes; each is told as an issue of the grid.

    A column counts when every number in it is a code and at least two can only have six digits; where others can only
    have five, nothing is put back and the ambiguous ones are told.
    """
    columns = _code_columns(islice(grid.rows, _GLANCE))
    if columns and len(grid.rows) > _GLANCE:
        columns = _code_columns(grid.rows)
    columns = {position: texts for position, texts in columns.items() if not texts.isdisjoint(ambiguous_codes())}
    if columns:
        mixed = {position for position, texts in columns.items() if any(map(_is_five, texts))}
        grid.rows = spooled(list(_restored(grid, set(columns), mixed)))


def _code_columns(rows: Iterable[GridRow]) -> dict[int, set[str]]:
    """Return position to the different codes of each column that holds no other numbers, two surely of six digits."""
    found: dict[int, set[str]] = {}
    others: set[int] = set()
    for _, cells in rows:
        for position, text in enumerate(cells):
            if not text or position in others or not text[0].isdigit() or text in found.get(position, ()):
                continue
            digits = fold_text(text)
            if digits.isdigit():
                texts = found.setdefault(position, set())
                if digits not in texts:
                    if digits not in ambiguous_codes() and not _is_six(digits) and not _is_five(digits):
                        others.add(position)
                    texts.add(digits)
    return {
        position: texts
        for position, texts in found.items()
        if position not in others and sum(map(_is_six, texts)) >= _ENOUGH
    }


def _is_six(digits: str) -> bool:
    """Tell whether digits can only be a six-digit code, with its zero or without."""
    code = digits if len(digits) == 6 else restored_code(digits) or ""
    return len(code) == 6 and present_place(code[:5]) is not None and lg_check_digit(code[:5]) == code[5]


def _is_five(digits: str) -> bool:
    """Tell whether digits can only be a five-digit code, with its zero or without."""
    if digits in ambiguous_codes():
        return False
    code = digits if len(digits) == 5 else restored_code(digits) or ""
    return len(code) == 5 and present_place(code) is not None


def _shown(code5: str) -> str:
    place = present_place(code5)
    return place.full_name if place is not None else code5


def _restored(grid: Grid, columns: set[int], mixed: set[int]) -> Iterator[GridRow]:
    for number, cells in grid.rows:
        for position in columns:
            digits = fold_text(cells[position]) if position < len(cells) else ""
            code = ambiguous_codes().get(digits)
            if code is not None:
                place: dict[str, Any] = {
                    "file": grid.file,
                    "sheet": grid.sheet,
                    "row": number,
                    "column": column_letters(position),
                }
                if position in mixed:
                    place |= {"name": _shown(digits), "other": f"{_shown(code[:5])} {code}"}
                    grid.issues.append(make_issue("ambiguous-code", value=digits, **place))
                else:
                    grid.issues.append(make_issue("lost-zero", value=digits, restored=code, **place))
                    cells = [*cells[:position], code, *cells[position + 1 :]]
        yield number, cells
