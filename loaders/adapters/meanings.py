"""Rows of a recognised dataset as texts by meaning, and what is to be said of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.files import Grid, GridRow, column_letters
from tsunagari.loaders.issues import IssueList, nearest_texts, plain_names
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import DITTO, Filler, RowSorter, find_notices
from tsunagari.loaders.values import says_nothing

# What is read of all columns that mean it; of the others the best column counts.
SEVERAL = frozenset(["telephone", "fax", "mail", "page", "service_type", "note"])
# Numbers of the list itself, and what is about persons.
_SERIAL, PERSONAL = "serial", "personal"
_PERSONAL_WORDS = re.compile("代表者|担当者|管理者|責任者|施設長|個人|氏名|役員|理事長|会長")
_DASHES = frozenset(["", "-", "－", "―", "ー", "—", "−"])
_SILENT = _DASHES | {"0", "０"}
_LONGEST = 12  # characters of a word that says nothing


class MeaningReader:
    """Reads the rows of one sheet.

    Parameters
    ----------
    grid
        The sheet.
    found
        Its header.
    """

    def __init__(self, grid: Grid, found: Recognized) -> None:
        self.findings = Findings(grid.file, grid.sheet, IssueList(grid.issues))
        self._grid = grid
        self._found = found
        self._places = {
            meaning: places if meaning in SEVERAL else places[:1]
            for meaning, places in found.positions.items()
            if meaning not in (_SERIAL, PERSONAL)
        }
        self._width = len(found.cells)
        self.row = found.row
        self._say_columns()

    def rows(self) -> Iterator[tuple[int, dict[str, list[str]]]]:
        """Yield number and filled texts by meaning of each row below the header; `note` has its header in front."""
        plain = [(meaning, place) for meaning, places in self._places.items() for place in places if meaning != "note"]
        notes = [(place, self._found.cells[place]) for place in sorted(self._places.get("note", ()))]
        filler = Filler(self._grid.merges, range(self._width))
        for number, cells in self._data():
            if len(cells) != self._width:
                cells = self._fit(number, cells)
            cells = filler.fill(number, cells)
            texts: dict[str, list[str]] = {}
            for meaning, place in plain:
                text = cells[place]
                if text and self._says(number, place, text):
                    if meaning in texts:
                        texts[meaning].append(text)
                    else:
                        texts[meaning] = [text]
            # a price of 0 and 予約: なし say something
            written = [f"{header}: {cells[place]}" for place, header in notes if cells[place] not in _DASHES]
            if written:
                texts["note"] = written
            yield number, texts
        if filler.count:
            self.findings.say("cells-filled", filler.first, count=filler.count)

    def _data(self) -> Iterator[GridRow]:
        """Yield the rows of data below the header; sums, notes, titles and the header again are told."""
        names = self._places.get("name", ())
        above = [(number, cells) for number, cells in self._grid.rows[: self.row + 1] if number < self.row]
        sorter = RowSorter([self._found.cells], (cells for _, cells in above), names, self._grid.merges)
        notices = {number: said for number, *said in find_notices(self._grid.rows, self.row, sorter, self._ask)}
        for number, cells in self._grid.rows:
            if number in notices:
                text, code = notices[number]
                self.findings.say(code, number, value=text)
            elif number > self.row and any(cells):
                yield number, cells

    def _ask(self, number: int, text: str) -> None:
        self.findings.say("name-alone-in-row", number, value=text)

    def _says(self, number: int, place: int, text: str) -> bool:
        """Tell whether a cell says something; a word that says nothing is told."""
        if len(text) > _LONGEST:
            return True
        if text in _SILENT:
            return False
        if text in DITTO:
            code = "ditto-alone"
        elif not says_nothing(text):
            return True
        else:
            code = "blank-word"
        self.findings.say(code, number, column=self._found.cells[place], value=text)
        return False

    def header_of(self, meaning: str) -> str:
        """Return the header of a meaning as written; the usual one where the list has none."""
        places = self._places.get(meaning)
        return self._found.cells[places[0]] if places else self._found.dataset.headers.get(meaning, meaning)

    def has(self, meaning: str) -> bool:
        """Tell whether the list has a column of a meaning."""
        return meaning in self._places

    def _fit(self, number: int, cells: Sequence[str]) -> list[str]:
        missing = self._width - len(cells)
        if missing > 0:
            self.findings.say("missing-cells", number, count=missing)
            return [*cells, *[""] * missing]
        surplus = next((cell for cell in cells[self._width :] if cell), None)
        if surplus is not None:
            self.findings.say("surplus-cells", number, value=surplus)
        return list(cells[: self._width])

    def _say_columns(self) -> None:
        """Name the columns that are not read, each with why."""
        found, row = self._found, self._found.row
        self.findings.say("recognized-dataset", row, value=found.dataset.label.ja, name=found.dataset.label)
        above = sum(1 for number, cells in self._grid.rows[: row + 1] if number < row and any(cells))
        if above:
            self.findings.say("title-rows-skipped", row, count=above)
        for meaning, places in found.positions.items():
            for place in places if meaning == PERSONAL else ():
                self._say_column("personal-column", place)
            for place in places[1:] if meaning not in (*SEVERAL, _SERIAL, PERSONAL) else ():
                self._say_column("duplicate-column", place, other=found.cells[places[0]])
        numbers = [found.cells[place] for place in found.positions.get(_SERIAL, ())]
        if numbers:
            self.findings.say("serial-columns", row, value="、".join(numbers), count=len(numbers))
        known = [found.cells[place] for places in found.positions.values() for place in places]
        for place in found.unread:
            if _PERSONAL_WORDS.search(found.cells[place]):
                self._say_column("personal-column", place)
            else:
                nearest = plain_names(nearest_texts(found.cells[place], known))
                self._say_column("unmapped-column", place, nearest=nearest)
        for place in range(self._width):
            if not found.cells[place]:
                self._say_headerless(place)

    def _say_column(self, code: str, place: int, **params: object) -> None:
        header = self._found.cells[place]
        self.findings.say(code, self._found.row, column=header, value=header, **params)

    def _say_headerless(self, place: int) -> None:
        filled = [
            (number, cells[place])
            for number, cells in self._grid.rows
            if number > self._found.row and place < len(cells) and cells[place]
        ]
        if filled:
            letters, (number, text) = column_letters(place), filled[0]
            self.findings.say(
                "headerless-column", number, column=letters, value=text, count=len(filled), letters=letters
            )
