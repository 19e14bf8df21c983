"""What pins down a thing without an id that names an organisation: its name, that organisation, and where they differ.

Facilities of one name and provider at two addresses are two facilities; only where a name comes again with its
provider are the addresses held against each other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from tsunagari.loaders.areas import Home
from tsunagari.loaders.identity.drafts import Draft, SourceFile
from tsunagari.loaders.registry import Entity, Registry
from tsunagari.loaders.values import address_key
from tsunagari.ontology.namespaces import KEY_DIGITS, content_key
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

_LABEL_COLUMNS = ("pref_label", "title")


class NamedKeys:
    """Keys of named things; that of a row is made once.

    Parameters
    ----------
    vocabulary, registry
        The ontology, and the things that ids stand for.
    """

    def __init__(self, vocabulary: Vocabulary, registry: Registry) -> None:
        self._vocabulary = vocabulary
        self._registry = registry
        self._telling = cache(self._telling_columns)
        self._kept: dict[int, array[int]] = {}  # number of a file to the keys of its rows, 0 where none is made yet
        self._again: set[str] = set()
        self._split: set[str] = set()

    def key(self, draft: Draft, label: str) -> str:
        """Return the key of the thing that a row names, wherever it is.

        Name, organisation, the other required cells and what tells its kind apart pin it down.
        """
        kept = self._kept.get(draft.file.number)
        if kept is None:
            kept = self._kept[draft.file.number] = array("Q", bytes(8 * len(draft.file.table.rows)))
        known = kept[draft.index]
        if not known:
            known = kept[draft.index] = int(self._made(draft, label), 16)
        return f"{known:0{KEY_DIGITS}x}"

    def key_at(self, draft: Draft, label: str) -> str:
        """Return the key of the thing; where others of its name and provider are elsewhere, with its address."""
        key = self.key(draft, label)
        return content_key([key, _spot(draft)]) if key in self._split and "address" in draft.row.cells else key

    def note_again(self, key: str) -> None:
        """Note that a second row names a thing."""
        self._again.add(key)

    def elsewhere(self, files: Iterable[SourceFile]) -> Iterator[tuple[Draft, str]]:
        """Yield the rows of things that are stated at several addresses, with the keys that tell these apart."""
        files = list(files) if self._again else []
        spots: dict[str, int] = {}
        for draft, label in _named(files):
            key = self.key(draft, label)
            if key in self._again and "address" in draft.row.cells:
                spot = hash(_spot(draft))
                if spots.setdefault(key, spot) != spot:
                    self._split.add(key)
        for draft, label in _named(files if self._split else []):
            key = self.key_at(draft, label)
            if key != self.key(draft, label):
                yield draft, key

    def _made(self, draft: Draft, label: str) -> str:
        cells, parties = draft.row.cells, draft.parties
        parts = [spelling_key(label)]
        for name in self._telling(draft.file.kind.cls):
            party = parties.get(name)
            if isinstance(party, Entity):
                parts.append(party.iri)
            else:
                text = cells.get(name, "")
                parts.append(self._iri_of_id(text) or spelling_key(text))
        parts += (f"{name}={spelling_key(cells[name])}" for name in draft.file.kind.told_apart_by if name in cells)
        return content_key(parts)

    def _telling_columns(self, cls: str) -> tuple[str, ...]:
        columns = self._vocabulary.columns(cls).items()
        return tuple(n for n, column in columns if column.required and not column.common and n not in _LABEL_COLUMNS)

    def _iri_of_id(self, text: str) -> str | None:
        """Return what an id stands for, so that a thing stays the same whatever ids the lists use."""
        found = self._registry.by_id(text, lambda _: True) if text in self._registry.ids else ()
        return found[0].iri if len(found) == 1 else None


def label_of(cells: Mapping[str, str]) -> str | None:
    """Return the name or title of a row; None without one."""
    return cells.get("pref_label", cells.get("title"))


def named_rows(file: SourceFile) -> Iterator[Draft]:
    """Yield the rows that are known by a name and have no id."""
    return (draft for draft in file.drafts() if not draft.left_out and not draft.row.cells.get("id"))


def _named(files: Iterable[SourceFile]) -> Iterator[tuple[Draft, str]]:
    for file in files:
        for draft in named_rows(file):
            label = label_of(draft.row.cells)
            if label is not None:
                yield draft, label


def _spot(draft: Draft) -> str:
    """Return one spelling of the address that a row gives."""
    prefecture = draft.prefecture
    authority = prefecture.place.prefecture if isinstance(prefecture, Home) else prefecture
    return address_key(draft.row.cells["address"], authority)
