"""Who works with whom as a square: the same bodies down and across, a mark or number where two of them meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import Grid, GridRow, column_letters
from tsunagari.loaders.issues import IssueList, make_issue, nearest_texts, plain_names
from tsunagari.loaders.tables.additions import Additions
from tsunagari.loaders.tables.filling import is_total
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.tables.survey import NO, YES
from tsunagari.loaders.tables.table import Table
from tsunagari.loaders.values import name_keys
from tsunagari.ontology.spelling import fold_text

TIES = "ties"
_KIND = "tie_kind"
_SEARCHED_ROWS = 30
_SEARCHED_COLUMNS = 3
_HEADERS = {"tie_from": "行の名前", "tie_to": "列の名前", "tie_kind": "連携の種類", "strength": "表の値"}


@dataclass(frozen=True, slots=True)
class _Square:
    """Where the names are: number of the header row, position of the column of names, and the names themselves."""

    row: int
    column: int
    across: dict[int, str]
    down: dict[int, str]


def is_adjacency(grid: Grid) -> bool:
    """Tell whether a sheet is a square of bodies."""
    return _find(grid) is not None


def read_adjacency(grid: Grid, header_map: HeaderMap) -> Table | None:
    """Return the ties of a sheet that is a square of bodies; None when it is none.

    Nothing, 0, × and － mean no tie; ○ means one and a number is its strength. When the two halves agree, or one is
    empty, each pair has one tie without direction; else each cell is a tie from the body of its row to that of its
    column.

    Raises
    ------
    SourceError
        When nothing on the sheet says what kind of ties they are.
    """
    square = _find(grid)
    if square is None:
        return None
    kind = _kind_of(grid, square, header_map)
    table = Table([], dict(_HEADERS), IssueList(grid.issues), grid.sheet, (square.row, square.row))
    _tell_names(table, square, grid)
    values = _values(table, square, grid)
    directed = not _is_symmetric(square, values)
    additions = Additions(header_map, table.headers, table.issues, {"file": grid.file, "sheet": grid.sheet})
    seen: set[frozenset[str]] = set()
    for (number, position), strength in values.items():
        one, other = square.down[number], square.across[position]
        pair = frozenset({_key(one), _key(other)})
        if len(pair) == 1 or (not directed and pair in seen):
            continue
        seen.add(pair)
        cells = {"tie_from": one, "tie_to": other, "directed": "true" if directed else "false"}
        row = Row(number, cells | kind | ({"strength": strength} if strength else {}), {})
        additions.complete(row, {})
        table.rows.append(row)
    if not table.rows:
        table.issues.append(make_issue("empty-table", file=grid.file, sheet=grid.sheet))
    return table


def _find(grid: Grid) -> _Square | None:
    """A row whose texts are, for the most part, those of the first column below it."""
    rows = _Beginning(grid.rows)
    for index, (number, cells) in enumerate(rows.first(_SEARCHED_ROWS)):
        for left in range(min(_SEARCHED_COLUMNS, len(cells))):
            across = {position: cell for position, cell in enumerate(cells) if position > left and cell}
            if len(across) < 2 or any(cell.isdigit() for cell in across.values()):
                continue
            # of at most twice as many names can half be shared, so a long list is not read through
            most = 2 * len(across)
            named = ((row, texts[left]) for row, texts in rows.below(index) if len(texts) > left and texts[left])
            down = dict(islice(named, most + 1))
            if len(down) > most:
                continue
            shared = {_key(name) for name in across.values()} & {_key(name) for name in down.values()}
            if len(shared) >= 2 and 2 * len(shared) >= max(len(across), len(down)):
                return _Square(number, left, across, down)
    return None


class _Beginning:
    """The rows of a sheet as far as they have been looked at, each taken from the disk once."""

    def __init__(self, rows: Iterable[GridRow]) -> None:
        self._seen: list[GridRow] = []
        self._rest = iter(rows)

    def first(self, most: int) -> list[GridRow]:
        """Return the first rows."""
        self._seen += islice(self._rest, max(0, most - len(self._seen)))
        return self._seen[:most]

    def below(self, index: int) -> Iterator[GridRow]:
        """Yield the rows below the one at a place."""
        for place in count(index + 1):
            if place == len(self._seen):
                self._seen += islice(self._rest, 1)
            if place == len(self._seen):
                return
            yield self._seen[place]


def _key(name: str) -> str:
    return name_keys(name).compact


def _kind_of(grid: Grid, square: _Square, header_map: HeaderMap) -> dict[str, str]:
    """The kind of ties stands in the settings, in the corner, in a title or in the name of the sheet."""
    if any(target.name == _KIND for target, _ in header_map.constants):
        return {}  # what the settings say is added to every row
    above = [cell for number, cells in grid.rows if number < square.row for cell in cells if cell]
    corner = next(cells for number, cells in grid.rows if number == square.row)[: square.column + 1]
    for text in (*corner, *above, grid.sheet or ""):
        found = header_map.concept_within("tie-kind", text)
        if found is not None:
            return {_KIND: found.notation}
    kinds = header_map.concept_names("tie-kind")
    raise SourceError(
        Message(
            f"{grid.file} の表は団体どうしの連携ですが、連携の種類が分かりません。",
            f"{grid.file} is a square of ties, but nothing says of what kind.",
        ),
        Message(
            '左上のセルかシート名に、またはこの [[source]] に values = { tie_kind = "…" } と書いてください: '
            f"{kinds.ja}",
            "Write it in the top left cell or as the name of the sheet, or give this [[source]]"
            f' values = {{ tie_kind = "…" }}: {kinds.en}',
        ),
        Place(grid.file, sheet=grid.sheet, row=square.row),
    )


def _tell_names(table: Table, square: _Square, grid: Grid) -> None:
    sides: Sequence[tuple[dict[int, str], dict[int, str]]] = (
        (square.down, square.across),
        (square.across, square.down),
    )
    for names, others in sides:
        known = {_key(name) for name in others.values()}
        for at, name in names.items():
            place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "value": name}
            if names is square.down:
                place["row"] = at
            else:
                place |= {"row": square.row, "column": column_letters(at)}
            if is_total(name):
                table.issues.append(make_issue("total-row", **place))
            elif _key(name) not in known:
                nearest = plain_names(nearest_texts(name, others.values()))
                table.issues.append(make_issue("one-sided-name", **place, nearest=nearest))


def _values(table: Table, square: _Square, grid: Grid) -> dict[tuple[int, int], str]:
    """Row and position of each tie to its strength, which is empty for a mark."""
    values = {}
    across = {position: name for position, name in square.across.items() if not is_total(name)}
    for number, cells in grid.rows:
        if number <= square.row or number not in square.down or is_total(square.down[number]):
            continue
        for position, name in across.items():
            text = cells[position] if position < len(cells) else ""
            plain = fold_text(text)
            if not plain or (text in NO and text not in YES) or plain == "0":
                continue
            if _is_number(plain):
                values[number, position] = plain
            elif text in YES:
                values[number, position] = ""
            else:
                place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": number, "column": name}
                table.issues.append(make_issue("unclear-mark", value=text, **place))
    return values


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _is_symmetric(square: _Square, values: dict[tuple[int, int], str]) -> bool:
    """Tell whether the halves agree, or one of them is empty."""
    by_pair = {(_key(square.down[row]), _key(square.across[at])): text for (row, at), text in values.items()}
    crossing = {pair: text for pair, text in by_pair.items() if pair[0] != pair[1]}
    order = {_key(name): place for place, name in enumerate(square.down.values())}
    upper = [pair for pair in crossing if order.get(pair[0], 0) < order.get(pair[1], 0)]
    if not upper or len(upper) == len(crossing):
        return True
    return all(crossing.get((other, one)) == text for (one, other), text in crossing.items())
