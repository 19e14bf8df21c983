"""All statements of a graph as arrays: what columns are written from and read into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns.terms import Codes, Terms
from tsunagari.ontology.namespaces import column_name

Places = npt.NDArray[np.unsignedinteger[Any]]


class Origin(NamedTuple):
    """What a statement is besides subject, property and value.

    Parameters
    ----------
    from_blank
        Whether the subject is a blank node.
    form
        Form of the value, see `tsunagari.ontology.statements`.
    graph
        IRI of the named graph; empty for the default graph.
    """

    from_blank: bool
    form: str
    graph: str


@dataclass(frozen=True)
class Statements:
    """All statements of a graph, each once, sorted by property, subject, value and origin.

    Parameters
    ----------
    terms
        Every text.
    predicates
        IRIs of properties, sorted by their column name.
    origins
        The different origins, sorted.
    starts
        Where the statements of each property start, and where those of the last one end.
    subjects, values
        Codes of the two ends of each statement.
    sources
        For each statement a place in `origins`.
    """

    terms: Terms
    predicates: Sequence[str]
    origins: Sequence[Origin]
    starts: npt.NDArray[np.int64]
    subjects: Codes
    values: Codes
    sources: Places

    def __len__(self) -> int:
        return len(self.subjects)

    @cached_property
    def spans(self) -> dict[str, slice]:
        """The statements of each property, by its IRI."""
        bounds = self.starts.tolist()
        return {iri: slice(*bounds[place : place + 2]) for place, iri in enumerate(self.predicates)}

    @cached_property
    def graphs(self) -> tuple[list[str], npt.NDArray[np.int64]]:
        """The named graphs, sorted, and the place of each origin among them."""
        names = sorted({origin.graph for origin in self.origins})
        return names, np.array([names.index(origin.graph) for origin in self.origins], dtype=np.int64)

    def rows(self, *predicates: str) -> npt.NDArray[np.int64]:
        """Return the places of all statements of some properties."""
        parts = [np.arange(span.start, span.stop) for iri in predicates if (span := self.spans.get(iri)) is not None]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    def where(self, kept: npt.NDArray[np.bool_]) -> Statements:
        """Return the statements for which `kept` is true; texts and codes stay."""
        before = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))
        return replace(
            self,
            starts=before[self.starts],
            subjects=self.subjects[kept],
            values=self.values[kept],
            sources=self.sources[kept],
        )


class Unsorted(NamedTuple):
    """Some statements in no order: subjects, places among properties, values, places among origins."""

    subjects: Codes
    predicates: npt.NDArray[np.integer[Any]]
    values: Codes
    sources: npt.NDArray[np.integer[Any]]


def arrange(terms: Terms, predicates: Sequence[str], origins: Sequence[Origin], parts: list[Unsorted]) -> Statements:
    """Sort statements, and leave out what is there twice; `parts` is empty afterwards, so that its memory is free.

    Parameters
    ----------
    terms
        The texts that the parts name by code.
    predicates, origins
        Properties and origins, in any order; those that nothing uses are left out.
    parts
        The statements.
    """
    names = sorted(set(predicates), key=lambda iri: (column_name(iri), iri))
    kept = sorted(set(origins))
    name = np.array([names.index(iri) for iri in predicates], dtype=np.int32)
    source = np.array([kept.index(origin) for origin in origins], dtype=np.int64)
    grouped: list[list[npt.NDArray[Any]]] = [[] for _ in names]
    pack = _Packing(len(terms), len(kept))
    while parts:
        part = parts.pop()
        places = name[part.predicates]
        keys = pack.packed(part.subjects, part.values, source[part.sources])
        order = np.argsort(places, kind="stable")
        bounds = np.cumsum(np.bincount(places, minlength=len(names)))[:-1]
        for group, found in zip(grouped, np.split(keys[order], bounds), strict=True):
            if len(found):
                group.append(found)
    sizes, columns = [], []
    for group in grouped:
        keys = pack.sorted(np.concatenate(group)) if group else pack.nothing
        group.clear()
        sizes.append(len(keys))
        columns.append(pack.unpacked(keys))
    subjects, values, sources = (
        (np.concatenate(found) for found in zip(*columns, strict=True))
        if columns
        else (
            np.empty(0, dtype=np.int32),
            np.empty(0, dtype=np.int32),
            np.empty(0, dtype=np.uint8),
        )
    )
    starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64)
    return _without_unused(Statements(terms, names, kept, starts, subjects, values, sources))


def _without_unused(found: Statements) -> Statements:
    """Leave out properties and origins that no statement has."""
    used = np.diff(found.starts) > 0
    seen = np.bincount(found.sources, minlength=len(found.origins)) > 0
    renamed = (np.cumsum(seen) - 1).astype(_smallest(int(seen.sum())))
    return replace(
        found,
        predicates=[iri for iri, is_so in zip(found.predicates, used.tolist(), strict=True) if is_so],
        origins=[origin for origin, is_so in zip(found.origins, seen.tolist(), strict=True) if is_so],
        starts=np.concatenate((found.starts[:-1][used], found.starts[-1:])),
        sources=np.asarray(renamed[found.sources]),
    )


def _smallest(count: int) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if count <= 1 << 8 else np.uint16 if count <= 1 << 16 else np.uint32


class _Packing:
    """Statements of one property as keys in the order of subject, value and origin.

    A key is one number of 64 bits as long as a graph has fewer than some hundred million texts, else three numbers.
    """

    def __init__(self, terms: int, origins: int) -> None:
        self._code, self._source = max(terms, 1).bit_length(), max(origins, 1).bit_length()
        self._fits = 2 * self._code + self._source <= 64
        self._type = _smallest(origins)

    @property
    def nothing(self) -> npt.NDArray[Any]:
        return np.empty(0, dtype=np.uint64) if self._fits else np.empty((0, 3), dtype=np.int64)

    def packed(self, subjects: Codes, values: Codes, sources: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
        if not self._fits:
            return np.column_stack((subjects, values, sources)).astype(np.int64)
        found = subjects.astype(np.uint64) << np.uint64(self._code)
        found |= values.astype(np.uint64)
        found <<= np.uint64(self._source)
        found |= sources.astype(np.uint64)
        return found

    def sorted(self, keys: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if not self._fits:
            return np.unique(keys, axis=0)
        keys.sort()
        first = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        return keys if first.all() else keys[first]

    def unpacked(self, keys: npt.NDArray[Any]) -> tuple[Codes, Codes, npt.NDArray[Any]]:
        if not self._fits:
            return keys[:, 0].astype(np.int32), keys[:, 1].astype(np.int32), keys[:, 2].astype(self._type)
        code = np.uint64((1 << self._code) - 1)
        return (
            (keys >> np.uint64(self._code + self._source)).astype(np.int32),
            ((keys >> np.uint64(self._source)) & code).astype(np.int32),
            (keys & np.uint64((1 << self._source) - 1)).astype(self._type),
        )
