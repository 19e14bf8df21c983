"""The datasets that the state and municipalities publish, each told by its headers: a table of signatures, no code.

Each TOML file here holds families of headers (what a header means wherever it stands) and datasets. An entry of a
dataset says which headers tell it, what its rows are, and which headers mean something else in it than in its family.
A new dataset of the family is a new entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from types import MappingProxyType
from typing import Any

from tsunagari.errors import Message
from tsunagari.ontology.spelling import fold_text, hiragana

__all__ = ["HEADER_ROWS", "Dataset", "HeaderGroup", "Recognized", "datasets", "header_key", "recognize_rows"]

HEADER_ROWS = 30
"""In how many filled rows a header is looked for."""
# Columns of the graph, as settings name them for every other kind of list, to the meanings of these lists.
COLUMN_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        **{"pref_label": "name", "label_en": "english", "alt_label": "other_name", "provided_by": "provider"},
        **{"support_field": "service_type", "service_area": "city", "municipality": "city", "lg_code": "code"},
        **{"in_prefecture": "prefecture", "see_also": "page", "email": "mail", "corporate_number": "number"},
        **{"valid_from": "first_day", "valid_to": "last_day", "member": "members", "fields": "service_type"},
    }
)
# What any list says of its rows; anything else tells one dataset from another, so that its own header is needed.
_NAMED = frozenset(
    ("name", "address", "city", "place_city", "code", "place_code", "prefecture", "coordinator", "members", "member")
)
_SIGNS = re.compile(r"[\s_()\[\]{}<>・/,、。.:;?!*※\"'|~-]+")
_GLANCE = 500  # rows whose names tell what a list is of


def header_key(header: str) -> str:
    """Return the key under which two spellings of one header are equal: no signs, one width, one kind of kana.

    Examples
    --------
    >>> header_key("名称（カナ）") == header_key("名称_ｶﾅ")
    True
    >>> header_key("telephoneNumber") == header_key("Telephone Number")
    True
    """
    return hiragana(_SIGNS.sub("", fold_text(header)).lower())


@dataclass(frozen=True, slots=True)
class HeaderGroup:
    """Headers of which one has to be there.

    Parameters
    ----------
    keys
        Their keys.
    pattern
        What the key of a header may be instead, for headers that name a year or a level of areas; None without one.
    """

    keys: frozenset[str]
    pattern: re.Pattern[str] | None = None

    def found_in(self, keys: Sequence[str]) -> bool:
        """Tell whether one of the headers is among the keys of a row."""
        if not self.keys.isdisjoint(keys):
            return True
        return self.pattern is not None and any(map(self.pattern.fullmatch, keys))


@dataclass(frozen=True, slots=True)
class Dataset:
    """One published dataset.

    Parameters
    ----------
    name, label
        Its id and its name for people.
    rows
        The kind that its rows are.
    needs
        Groups of headers; one of each group has to be there.
    meanings
        Header key to what the cells below mean and to the rank among the headers of that meaning, the best first.
    headers
        Meaning to its best header as people write it.
    unless
        Header keys with which it is something else.
    fields
        Words that give the field of support of every row.
    names
        What most names in the list contain when they, not a header, tell the dataset; None where headers do.
    title
        What a line above the header has to say, for headers that many lists have; None where headers do.
    rank
        Of datasets that explain a header equally well the highest counts: 3 where headers tell it, 2 where names in the
        list do, 1 for a list of any facilities, 0 for one that is only read when the settings say what it is.
    further
        The settings of the entry that only the reader of its rows knows.
    """

    name: str
    label: Message
    rows: str
    needs: tuple[HeaderGroup, ...]
    meanings: Mapping[str, tuple[str, int]]
    headers: Mapping[str, str]
    unless: frozenset[str] = frozenset()
    fields: tuple[str, ...] = ()
    names: re.Pattern[str] | None = None
    title: re.Pattern[str] | None = None
    rank: int = 3
    further: Mapping[str, Any] = field(default_factory=dict)

    def meaning_of(self, text: str) -> str | None:
        """Return the meaning that settings give a header: by its name, a usual header or a column of the graph."""
        if text in self.headers:
            return text
        meaning = COLUMN_MEANINGS.get(text)
        if meaning in self.headers:
            return meaning
        found = self.meanings.get(header_key(text))
        return found[0] if found is not None else None

    def says(self, group: HeaderGroup, meant: Collection[str]) -> bool:
        """Tell whether one of the meanings is that of a group in which every header says what any list says."""
        asked = {self.meanings[key][0] for key in group.keys if key in self.meanings}
        return asked <= _NAMED and not asked.isdisjoint(meant)


@dataclass(frozen=True, slots=True)
class Recognized:
    """A header that belongs to a dataset.

    Parameters
    ----------
    dataset
        Which one.
    row
        Number of the row of the header.
    cells
        The header as written.
    positions
        Meaning to the places of its cells, those of the best header first.
    unread
        Places of filled header cells that mean nothing known.
    """

    dataset: Dataset
    row: int
    cells: Sequence[str]
    positions: Mapping[str, list[int]]
    unread: Sequence[int]


@cache
def datasets() -> tuple[Dataset, ...]:
    """Return all datasets; of two that explain a header equally well the first one counts.

    Examples
    --------
    >>> "kodomo-shokudo" in [dataset.name for dataset in datasets()]
    True
    """
    tables = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(files(__name__).iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    families = {name: headers for table in tables for name, headers in table.get("family", {}).items()}
    return tuple(_dataset(entry, families) for table in tables for entry in table.get("dataset", ()))


def _dataset(entry: Mapping[str, Any], families: Mapping[str, Mapping[str, Sequence[str]]]) -> Dataset:
    known = {"name", "ja", "en", "rows", "family", "needs", "columns", "unless", "fields", "names", "title", "rank"}
    meanings: dict[str, tuple[str, int]] = {}
    best: dict[str, str] = {}
    for columns in (entry.get("columns", {}), families.get(entry.get("family", entry["rows"]), {})):
        for meaning, headers in columns.items():
            best |= {meaning: headers[0]} if headers and meaning not in best else {}
            for rank, header in enumerate(headers):
                meanings.setdefault(header_key(header), (meaning, rank))
    return Dataset(
        name=entry["name"],
        label=Message(entry["ja"], entry["en"]),
        rows=entry["rows"],
        needs=tuple(map(_group, entry["needs"])),
        meanings=meanings,
        headers=best,
        unless=frozenset(map(header_key, entry.get("unless", ()))),
        fields=tuple(entry.get("fields", ())),
        names=re.compile(entry["names"]) if "names" in entry else None,
        title=re.compile(entry["title"]) if "title" in entry else None,
        rank=entry.get("rank", 2 if "names" in entry else 3),
        further={key: value for key, value in entry.items() if key not in known},
    )


def _group(headers: Sequence[str]) -> HeaderGroup:
    """Return a group; a header between slashes is a regular expression of keys."""
    patterns = [header[1:-1] for header in headers if header.startswith("/") and header.endswith("/")]
    plain = (header for header in headers if header[1:-1] not in patterns)
    pattern = re.compile(hiragana("|".join(f"(?:{text})" for text in patterns))) if patterns else None
    return HeaderGroup(frozenset(map(header_key, plain)), pattern)


def recognize_rows(
    rows: Sequence[tuple[int, list[str]]], *, asked: bool = False, given: Mapping[str, str] = MappingProxyType({})
) -> Recognized | None:
    """Return the header among the first rows of a sheet that explains most; None when no dataset has one.

    Of datasets that explain as many headers the one of the highest rank counts, then the one that needs more of them.

    Parameters
    ----------
    rows
        Number and cells of the rows of a sheet.
    asked
        Whether the settings say that the file is such a dataset, so that any list of places will do.
    given
        Header to what the settings say that it means: a meaning, a usual header of one, or a column of the graph.
    """
    named = {header_key(header): meaning for header, meaning in given.items()}
    best: tuple[tuple[int, int, int], Recognized] | None = None
    filled = ((place, *row) for place, row in enumerate(rows) if any(row[1]))
    for place, number, cells in islice(filled, HEADER_ROWS):
        keys = [header_key(cell) for cell in cells]
        for dataset in datasets() if len(set(keys) - {""}) > 1 else ():
            found = _match(dataset, number, cells, keys, named) if dataset.rank or asked else None
            if found is None or (
                dataset.names and not _is_told(dataset.names, found, rows[place + 1 : place + _GLANCE])
            ):
                continue
            if dataset.title and not _is_titled(dataset.title, rows[:place]):
                continue
            known = sum(map(bool, keys)) - len(found.unread)
            score = known, dataset.rank, len(dataset.needs)
            if best is None or score > best[0]:
                best = score, found
    return None if best is None else best[1]


def _is_titled(title: re.Pattern[str], above: Iterable[tuple[int, list[str]]]) -> bool:
    return any(title.search(fold_text(cell)) for _, cells in above for cell in cells if cell)


def _match(
    dataset: Dataset, row: int, cells: Sequence[str], keys: Sequence[str], named: Mapping[str, str]
) -> Recognized | None:
    given = {key: dataset.meaning_of(named[key]) for key in keys if key in named}
    meant = {meaning for meaning in given.values() if meaning is not None}
    if not all(group.found_in(keys) or dataset.says(group, meant) for group in dataset.needs):
        return None
    if not dataset.unless.isdisjoint(keys):
        return None
    places: dict[str, list[tuple[int, int]]] = {}
    unread = []
    for position, key in enumerate(keys):
        chosen = given.get(key)
        meaning = (chosen, -1) if chosen is not None else dataset.meanings.get(key)
        if meaning is not None:
            places.setdefault(meaning[0], []).append((meaning[1], position))
        elif key:
            unread.append(position)
    positions = {name: [position for _, position in sorted(found)] for name, found in places.items()}
    return Recognized(dataset, row, cells, positions, unread)


def _is_told(names: re.Pattern[str], found: Recognized, rows: Iterable[tuple[int, list[str]]]) -> bool:
    place = found.positions["name"][0]
    given = [cells[place] for _, cells in rows if place < len(cells) and cells[place]]
    return bool(given) and 2 * sum(bool(names.search(name)) for name in given) > len(given)
