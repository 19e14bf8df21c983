"""Public notices that stand down a page, label beside value, as the rows of a table with these labels as its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tsunagari.loaders.files import Grid
from tsunagari.loaders.issues import make_issue
from tsunagari.loaders.signatures import Dataset, datasets, header_key
from tsunagari.loaders.tables import is_note
from tsunagari.ontology.spelling import fold_text

_DEEPEST = 400  # rows of a page
_LABEL_COLUMNS = 3  # in which labels may stand, behind a number
_NUMBERING = re.compile(r"^[\s(]*(?:第?\d{1,2}|[一二三四五六七八九十]{1,2}|[ア-オ]|[①-⑳])\s*[).、\s　]+\s*(?=\D)")
_IN_ONE = re.compile(r"^(?P<label>[^:]{2,24}):\s*(?P<value>.*)$", re.DOTALL)
_NAME = "name"
_SHOWN = 5
Line = tuple[int, str, str]  # number of the row, label (empty where it goes on) and value


def as_table(grid: Grid) -> Grid:
    """Return a sheet whose labels stand down the page as a table, one row a line; any other sheet as it is.

    What belongs to no label is told.

    Parameters
    ----------
    grid
        The sheet.
    """
    if not grid.rows or len(grid.rows) > _DEEPEST:
        return grid
    rows = [(number, list(cells)) for number, cells in grid.rows if any(cells)]
    for dataset in (dataset for dataset in datasets() if dataset.further.get("form")):
        for column in range(_LABEL_COLUMNS):
            lines = list(_lines(rows, column, dataset))
            keys = [header_key(label) for _, label, _ in lines if label]
            if all(group.found_in(keys) for group in dataset.needs):
                return _table(grid, rows, lines, dataset)
    return grid


def _lines(rows: Sequence[tuple[int, list[str]]], column: int, dataset: Dataset) -> Iterator[Line]:
    """Yield what the rows say under the labels of one column."""
    is_open, label = False, ""
    for number, cells in rows:
        text = _NUMBERING.sub("", fold_text(cells[column])) if column < len(cells) else ""
        value = "、".join(filter(None, cells[column + 1 :]))
        parted = _IN_ONE.match(text)
        if not value and parted is not None and header_key(parted["label"]) in dataset.meanings:
            text, value = parted["label"], parted["value"]
        if text and (header_key(text) in dataset.meanings or (value and label and not any(cells[:column]))):
            label, is_open = text, not value
            yield number, label, value
        elif label and value and not text:
            yield number, "", value
        elif label and is_open and text and not value and not is_note(text):
            yield number, "", text


def _table(grid: Grid, rows: Sequence[tuple[int, list[str]]], lines: Sequence[Line], dataset: Dataset) -> Grid:
    labels = list({header_key(label): label for _, label, _ in reversed(lines) if label}.values())[::-1]
    places = {header_key(label): place for place, label in enumerate(labels)}
    found: list[list[tuple[int, list[str]]]] = [[]]
    place = 0
    names: set[int] = set()
    for number, label, value in lines:
        if label:
            key = header_key(label)
            place = places[key]
            is_name = dataset.meanings.get(key, ("", 0))[0] == _NAME
            if is_name and names:
                found.append([])
            names |= {number} if is_name else set()
        if value:
            found[-1].append((number, [value if place == at else "" for at in range(len(labels))]))
    for part in found:  # what stands above the name of a council is about it as well
        part.sort(key=lambda row: row[0] not in names)
    first = lines[0][0]
    told = {number for number, _, _ in lines}
    skipped = [(number, next(filter(None, cells))) for number, cells in rows if number not in told]
    table = replace(grid, rows=[(first - 1, labels), *(row for part in found for row in part)], merges=())
    if skipped:
        shown = "、".join(text for _, text in skipped[:_SHOWN]) + ("…" if len(skipped) > _SHOWN else "")
        table.issues.append(
            make_issue(
                "form-rows", file=grid.file, sheet=grid.sheet, row=skipped[0][0], value=shown, count=len(skipped)
            )
        )
    return table
