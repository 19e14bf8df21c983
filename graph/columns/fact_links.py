"""The direct links that the facts of a graph stand for, all at once: who is linked to whom, who is a member of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns.column_statements import Statements
from tsunagari.graph.columns.terms import Codes, rows_of
from tsunagari.ontology.links import Links
from tsunagari.ontology.statements import TYPE
from tsunagari.ontology.vocabulary import Vocabulary

Whole = npt.NDArray[np.integer[Any]]
_DECIDING = ("status", "role", "directed")  # columns that decide which links there are


def links_of(
    statements: Statements, places: npt.NDArray[np.int64], vocabulary: Vocabulary
) -> Iterator[tuple[str, Codes, Codes]]:
    """Yield property, subjects and values of the direct links that follow from some statements of facts.

    Parameters
    ----------
    statements
        A graph.
    places
        All statements of the facts, in their order.
    vocabulary
        The ontology, with the schemes of the workspace.
    """
    links, names = Links(vocabulary), {iri: name for name, iri in vocabulary.classes.items()}
    linking = [vocabulary.columns(name) for name in vocabulary.classes if links.kind(name) is not None]
    paths = {columns[name].path: name for columns in linking for name in _DECIDING if name in columns} | {TYPE: ""}
    found = _Facts.of(statements, places)
    for facts, said in found.alike(paths):
        name = names.get(said.get("", ("",))[0], "")
        kind = links.kind(name) if name else None
        if kind is None:
            continue
        is_directed = said.get("directed") == ("true",)
        properties, both = links.of(kind, said.get("status", ()), said.get("role", ()), is_directed=is_directed)
        if properties:
            columns = vocabulary.columns(name)
            one, other = found.pairs(facts, *(columns[end].path for end in Links.ends(kind)))
            ends = (np.concatenate((one, other)), np.concatenate((other, one))) if both else (one, other)
            yield from ((iri, *ends) for iri in properties)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Statements of facts.

    Parameters
    ----------
    statements
        The graph.
    count
        How many facts there are.
    own, predicates, values
        For each statement the place of its fact, its property and its value.
    """

    statements: Statements
    count: int
    own: Whole
    predicates: Whole
    values: Codes

    @classmethod
    def of(cls, statements: Statements, places: npt.NDArray[np.int64]) -> _Facts:
        subjects, own = np.unique(statements.subjects[places], return_inverse=True)
        predicates = np.searchsorted(statements.starts, places, side="right") - 1
        return cls(statements, len(subjects), own.reshape(-1), predicates, statements.values[places])

    def alike(self, paths: dict[str, str]) -> Iterator[tuple[npt.NDArray[np.bool_], dict[str, tuple[str, ...]]]]:
        """Yield which facts say the same by some properties, and what: name of the property to texts."""
        iris, texts = self.statements.predicates, self.statements.terms
        rows = np.flatnonzero(np.isin(self.predicates, [place for place, iri in enumerate(iris) if iri in paths]))
        groups = _grouped(self.own[rows], self.predicates[rows] * len(texts) + self.values[rows], self.count)
        for group, first in zip(*np.unique(groups, return_index=True), strict=True):
            said: dict[str, tuple[str, ...]] = {}
            for row in rows[self.own[rows] == first].tolist():
                name = paths[iris[self.predicates[row]]]
                said[name] = (*said.get(name, ()), texts.one(int(self.values[row])))
            yield groups == group, said

    def pairs(self, facts: npt.NDArray[np.bool_], one: str, other: str) -> tuple[Codes, Codes]:
        """Return the ends of each of some facts, every one with every other."""
        starts, ends = (self._rows(facts, path) for path in (one, other))
        first, last = (np.searchsorted(self.own[ends], self.own[starts], side=side) for side in ("left", "right"))
        return np.repeat(self.values[starts], last - first), self.values[ends[rows_of(first, last)]]

    def _rows(self, facts: npt.NDArray[np.bool_], path: str) -> npt.NDArray[np.int64]:
        """Return the statements of some facts by a property in the order of the facts."""
        place = self.statements.predicates.index(path) if path in self.statements.predicates else -1
        return np.flatnonzero((self.predicates == place) & facts[self.own])


def _grouped(own: Whole, said: Whole, count: int) -> Whole:
    """Return a number for each of `count` facts; those with the same set of numbers `said` have the same."""
    numbers = np.unique(said, return_inverse=True)[1].reshape(-1) + 1
    order = np.lexsort((numbers, own))
    own, numbers = own[order], numbers[order]
    turns = np.arange(len(own)) - np.searchsorted(own, own)
    groups = np.zeros(count, dtype=np.int64)
    for turn in range(int(turns.max(initial=-1)) + 1):
        now = turns == turn
        groups *= len(numbers) + 1
        groups[own[now]] += numbers[now]
        groups = np.unique(groups, return_inverse=True)[1].reshape(-1)
    return groups
