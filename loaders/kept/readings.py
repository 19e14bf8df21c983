"""Tables of a source to plain values and back: all that reading a file gave, apart from what other files say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tsunagari.loaders.files import BATCH, Spool
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.kept.frames import opened, sealed
from tsunagari.loaders.tables import PackedRow, Table, row_spool, unpack_row
from tsunagari.loaders.workspace import KINDS, Kind

_OF_KIND = ("party", "creates", "told_apart_by", "lists_bodies")  # what a table may have otherwise than its kind
_OF_TABLE = ("headers", "sheet", "is_companion", "is_tidy")


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What reading a source gave.

    Parameters
    ----------
    tables
        Its tables, each with the kind of its rows.
    encoding, sha256, issues
        As `SourceContent` has them.
    missed
        Kinds of facilities that gave no field, with how many rows have them.
    """

    tables: list[tuple[Kind, Table]]
    encoding: str
    sha256: str
    issues: list[Issue]
    missed: Counter[str]


def pack_reading(found: KeptReading, key: str) -> bytes:
    """Return a reading as the bytes of a file, with the key that it is kept under.

    Raises
    ------
    ValueError
        When it holds what such a file cannot, such as a kind that is none of ours.
    """
    return sealed(_packed(found, key))


def _packed(found: KeptReading, key: str) -> Iterator[Any]:
    yield {
        "key": key,
        "encoding": found.encoding,
        "sha256": found.sha256,
        "issues": [issue.as_dict() for issue in found.issues],
        "missed": list(found.missed.items()),
        "tables": [_packed_table(kind, table) for kind, table in found.tables],
    }
    for _, table in found.tables:
        rows = table.rows if isinstance(table.rows, Spool) else row_spool(table.rows)
        yield from map(_folded, rows.packed())


def _folded(batch: list[PackedRow]) -> list[list[Any]]:
    """Return rows by parts: numbers, prefectures, for each row which columns it has, these columns, and all texts."""
    shapes: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    kinds: list[int] = []
    texts: list[str] = []
    for _, cells, party, _ in batch:
        kinds.append(shapes.setdefault((tuple(cells), tuple(party or ())), len(shapes)))
        texts += cells.values()
        if party:
            texts += party.values()
    numbers, prefectures = [row[0] for row in batch], [row[3] for row in batch]
    return [numbers, prefectures, kinds, list(shapes), texts]


def _unfolded(frame: Any) -> list[PackedRow]:
    """Return the rows that `_folded` parted; raise unless each is a number, texts, and a prefecture or none."""
    numbers, prefectures, kinds, shapes, texts = frame
    known = [(tuple(cells), tuple(party)) for cells, party in shapes]
    names = [name for shape in known for part in shape for name in part]
    said = ((numbers, int), (kinds, int), (texts, str), (names, str))
    is_right = all({*map(type, values)} <= {kind} for values, kind in said)
    if not is_right or not {*map(type, prefectures)} <= {str, type(None)}:
        raise ValueError("row")
    rest, rows = iter(texts), []
    for number, prefecture, kind in zip(numbers, prefectures, kinds, strict=True):
        cells, party = known[kind]
        row = dict(zip(cells, rest)), dict(zip(party, rest)) or None  # noqa: B905 - each takes what it needs
        if len(row[0]) < len(cells) or len(row[1] or ()) < len(party):
            raise ValueError("row")
        rows.append((number, *row, prefecture))
    if next(rest, None) is not None:
        raise ValueError("row")
    return rows


def _packed_table(kind: Kind, table: Table) -> dict[str, Any]:
    known = KINDS.get(kind.name)  # boundaries and the like give rows of kinds that nobody names in settings
    if known is None or known != replace(kind, **{name: getattr(known, name) for name in _OF_KIND}):
        raise ValueError(kind.name)
    return {
        "kind": kind.name,
        "changed": {name: getattr(kind, name) for name in _OF_KIND},
        "rows": len(table.rows),
        "header_rows": table.header_rows,
        "issues": [issue.as_dict() for issue in table.issues],
        **{name: getattr(table, name) for name in _OF_TABLE},
    }


def unpack_reading(data: bytes, key: str) -> KeptReading:
    """Return the reading that `pack_reading` wrote with a key.

    Raises
    ------
    ValueError
        When the bytes are not such a file, or one of another key.
    """
    try:
        frames = opened(data)
        head = next(frames)
        if head["key"] != key:
            raise ValueError("key")
        tables = [_unpacked_table(said, frames) for said in head["tables"]]
        issues = [Issue.from_dict(issue) for issue in head["issues"]]
        missed = Counter({str(text): int(count) for text, count in head["missed"]})
        return KeptReading(tables, str(head["encoding"]), str(head["sha256"]), issues, missed)
    except (StopIteration, LookupError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def _unpacked_table(said: dict[str, Any], frames: Iterator[Any]) -> tuple[Kind, Table]:
    changed: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in said["changed"].items()}
    rows = row_spool()
    while True:
        batch = _unfolded(next(frames))
        if len(batch) < BATCH:
            rows.extend(map(unpack_row, batch))
            break
        rows.extend_packed(batch)
    if len(rows) != said["rows"]:
        raise ValueError("rows")
    issues = [Issue.from_dict(issue) for issue in said["issues"]]
    header_rows = None if said["header_rows"] is None else tuple(said["header_rows"])
    table = Table(rows, issues=issues, header_rows=header_rows, **{name: said[name] for name in _OF_TABLE})
    return replace(KINDS[said["kind"]], **changed), table
