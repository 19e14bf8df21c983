"""Small counts of persons and what would tell them: primary and secondary suppression, as statistical offices do it.

A count of few persons may tell who they are. Where a total stands beside its parts, a part that is left out is the
difference of the others: so further figures are left out until none of those left out follows from what is shown.
The method is complementary cell suppression with a linear check (Hundepool et al., Statistical Disclosure Control,
2012, ch. 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.ontology.namespaces import TSU

if TYPE_CHECKING:
    from tsunagari.graph.change.views import Flags
    from tsunagari.graph.columns import Columns

SAMPLE = "sample_size"
MOST_UNKNOWNS = 300
"""Figures of one connected table whose equations are solved; of a larger one every total is left out."""
MOST_COLUMNS = 8
"""Indicators of one list that are tried as total and parts of one another where no concept says that they are."""
_SCALE = re.compile(r"^(千|万|百万|億)")
_NO_PERSONS = re.compile(
    r"%|％|‰|割合|率|面積|km|㎢|ha$|円|団体|法人|機関|事業|施設|箇所|か所|カ所|share|rate|area", re.IGNORECASE
)
_PERSONS = re.compile(r"人|名$|者|世帯|person|people|participant|respondent|resident|household", re.IGNORECASE)
_BODIES = re.compile(r"団体|法人|機関|事業者|企業|自治体|市区町村|organi[sz]ation|bod(y|ies)", re.IGNORECASE)
Key = tuple[object, ...]


@dataclass(slots=True)
class Figures:
    """Counts of persons, and which are sums of which.

    Parameters
    ----------
    values
        Key of a figure to its number; of several that lists state the smallest.
    nodes
        Key of a figure to the codes of the things that state it.
    sums
        Key of a total with the keys of its parts.
    """

    values: dict[Key, float] = field(default_factory=dict)
    nodes: dict[Key, list[int]] = field(default_factory=dict)
    sums: list[tuple[Key, tuple[Key, ...]]] = field(default_factory=list)

    def add(self, key: Key, value: float, node: int) -> None:
        """Add what one thing states."""
        self.values[key] = min(value, self.values.get(key, value))
        self.nodes.setdefault(key, []).append(node)

    def relate(self, total: Key, parts: Iterable[Key], slack: float) -> None:
        """Note a total and its parts where the parts make it up but for `slack` persons that nobody accounts for."""
        found = tuple(part for part in dict.fromkeys(parts) if part in self.values)
        if total in self.values and len(found) > 1:
            rest = self.values[total] - sum(self.values[part] for part in found)
            if abs(rest) <= slack and (total, found) not in self.sums:
                self.sums.append((total, found))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Suppressed:
    """What states a count that is left out.

    Parameters
    ----------
    statements
        Of each statement whether it is of such a count.
    things
        Of each code, and at the end of -1, whether it is of a thing that states nothing else.
    small, secondary
        How many figures are left out because they are small, and how many because they would tell one that is left out.
    """

    statements: Flags
    things: Flags
    small: int
    secondary: int


def small_counts(columns: Columns, kept: Flags, limit: int) -> Suppressed:
    """Return what states a count of `limit` persons or fewer, or one that would tell a count that is left out.

    A count that a withheld row states must not follow from a total either.

    Parameters
    ----------
    columns
        The graph.
    kept
        Of each statement whether it is shown so far.
    limit
        The largest number of persons that is left out; 0 leaves out none.
    """
    said = columns.statements
    if limit <= 0:
        return Suppressed(np.zeros(len(said), dtype=bool), columns.mask(said.subjects[:0]), 0, 0)
    figures = _figures(columns, limit)
    shown = columns.mask(said.subjects[kept])
    open_keys = {key for key, nodes in figures.nodes.items() if any(shown[node] for node in nodes)}
    small = {key for key in open_keys if figures.values[key] <= limit}
    every = suppress(figures.values, figures.sums, small | (figures.values.keys() - open_keys), limit) & open_keys
    sizes = columns.mask(np.array([key[1] for key in every if key[0] == SAMPLE], dtype=np.int32))
    nodes = [node for key in every if key[0] != SAMPLE for node in figures.nodes[key]]
    things = columns.mask(np.array(nodes, dtype=np.int32))
    found = things[said.subjects]
    rows = said.rows(f"{TSU}sampleSize")
    found[rows] |= sizes[said.subjects[rows]]
    return Suppressed(found, things, len(small), len(every) - len(small))


def suppress(
    values: Mapping[Key, float], sums: Sequence[tuple[Key, Sequence[Key]]], small: Iterable[Key], limit: float
) -> set[Key]:
    """Return the figures that must be left out so that no small one follows from the others.

    Parameters
    ----------
    values
        Every figure.
    sums
        Totals with their parts.
    small
        Figures that must not be known.
    limit
        What is left out of one sum must come to more than this together, or the sum itself would be a small count.

    Examples
    --------
    >>> values = {("t",): 100, ("a",): 2, ("b",): 40, ("c",): 58}
    >>> sorted(suppress(values, [(("t",), (("a",), ("b",), ("c",)))], [("a",)], 3))
    [('a',), ('b',)]
    """
    found = set(small)
    while True:
        further = {key for total, parts in sums if (key := _needed(values, total, parts, found, limit)) is not None}
        further = further or set(_solved(values, sums, found))
        if further <= found:
            return found
        found |= further


def _needed(values: Mapping[Key, float], total: Key, parts: Sequence[Key], found: set[Key], limit: float) -> Key | None:
    """Return one more figure of a sum that must be left out; None when enough of it is."""
    hidden = [part for part in parts if part in found]
    if not hidden and total not in found:
        return None
    alone = len(hidden) + (total in found) == 1
    few = total not in found and sum(values[part] for part in hidden) <= limit
    if not alone and not few:
        return None
    left = sorted((values[part], str(part), part) for part in parts if part not in found)
    if left:
        return left[0][2]
    return None if total in found else total


def _solved(values: Mapping[Key, float], sums: Sequence[tuple[Key, Sequence[Key]]], found: set[Key]) -> Iterator[Key]:
    """Yield figures to leave out because the sums together still tell one that is left out."""
    for table in _connected(sums, found):
        unknown = sorted({key for total, parts in table for key in (total, *parts) if key in found}, key=str)
        if len(unknown) > MOST_UNKNOWNS:
            yield from (total for total, _ in table)
            continue
        place = {key: number for number, key in enumerate(unknown)}
        matrix = np.zeros((len(table), len(unknown)))
        for row, (total, parts) in enumerate(table):
            for key in parts:
                if key in place:
                    matrix[row, place[key]] += 1
            if total in place:
                matrix[row, place[total]] -= 1
        for number in _determined(matrix):
            yield from _beside(values, table, unknown[number], found)


def _determined(matrix: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[int]:
    """Return the unknowns that a system of equations fixes: those that nothing in its null space changes."""
    _, sizes, basis = np.linalg.svd(matrix)
    rank = int((sizes > 1e-9).sum())
    free = basis[rank:]
    return np.flatnonzero(np.abs(free).max(axis=0, initial=0.0) < 1e-9).tolist()


def _beside(
    values: Mapping[Key, float], table: Sequence[tuple[Key, Sequence[Key]]], key: Key, found: set[Key]
) -> Iterator[Key]:
    """Yield the smallest figure that is still shown in a sum with `key`."""
    others = {other for total, parts in table if key in (total, *parts) for other in (total, *parts)} - found
    if others:
        yield min(others, key=lambda other: (values[other], str(other)))


def _connected(sums: Sequence[tuple[Key, Sequence[Key]]], found: set[Key]) -> list[list[tuple[Key, Sequence[Key]]]]:
    """Return the sums that hold something left out, those that share such a figure together."""
    tables: list[tuple[set[Key], list[tuple[Key, Sequence[Key]]]]] = []
    for total, parts in sums:
        hidden = {key for key in (total, *parts) if key in found}
        if not hidden:
            continue
        joined = [table for table in tables if table[0] & hidden]
        tables = [table for table in tables if not table[0] & hidden]
        keys = hidden.union(*(table[0] for table in joined))
        tables.append((keys, [*(one for table in joined for one in table[1]), (total, parts)]))
    return [table for _, table in tables]


# ---- counts of a graph ----


def _figures(columns: Columns, limit: int) -> Figures:
    figures = Figures()
    _add_needs(columns, figures, limit)
    _add_counts(columns, figures, limit)
    things = columns.of_class("Activity")
    for thing, size in zip(things.tolist(), columns.numbers("sample_size", things).tolist(), strict=True):
        if size == size:
            figures.add((SAMPLE, thing), size, thing)
    return figures


def _add_needs(columns: Columns, figures: Figures, limit: int) -> None:
    """Add the figures of areas; a wider area is the sum of its parts, an indicator that of those below it."""
    things = columns.of_class("NeedStatement")
    values = columns.numbers("indicator_value", things)
    area, kind, unit = (columns.one(name, things) for name in ("about", "indicator", "unit"))
    day = np.where(columns.one("as_of", things) >= 0, columns.one("as_of", things), columns.one("not_before", things))
    labels = columns.labels(kind)
    told = zip(things.tolist(), values.tolist(), area.tolist(), kind.tolist(), day.tolist(), columns.text(unit), labels,
               strict=True)  # fmt: skip
    lists: dict[tuple[int, int], set[int]] = {}
    for thing, value, place, indicator, when, said, label in told:
        if value == value and value == int(value) and _counts_persons(said, label):
            figures.add((place, indicator, when), value, thing)
            lists.setdefault((place, when), set()).add(indicator)
    _relate_areas(columns, figures, limit)
    _relate_indicators(columns, figures, limit, lists)


def _counts_persons(unit: str, indicator: str) -> bool:
    if _SCALE.match(unit):
        return False
    return not _NO_PERSONS.search(unit or indicator) or bool(_PERSONS.search(unit))


def _relate_areas(columns: Columns, figures: Figures, slack: int) -> None:
    parents: dict[int, set[int]] = {}
    for name in ("in_prefecture", "sf_within"):
        for one, other in zip(*(codes.tolist() for codes in columns.pairs(name)), strict=True):
            parents.setdefault(one, set()).add(other)
    groups: dict[Key, list[Key]] = {}
    for key in figures.values:
        place, indicator, when = key
        for parent in _above(parents, place):
            groups.setdefault((parent, indicator, when), []).append(key)
    for total, below in groups.items():
        inside = {_place(key) for key in below}
        figures.relate(total, [key for key in below if not _above(parents, key[0]) & inside], slack)


def _place(key: Key) -> int:
    place = key[0]
    assert isinstance(place, int)
    return place


def _above(parents: Mapping[int, set[int]], place: object) -> set[int]:
    """Return every area that contains another one."""
    assert isinstance(place, int)
    found: set[int] = set()
    waiting = [place]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _relate_indicators(
    columns: Columns, figures: Figures, slack: int, lists: Mapping[tuple[int, int], set[int]]
) -> None:
    below: dict[int, set[int]] = {}
    for one, other in zip(*(codes.tolist() for codes in columns.pairs("broader")), strict=True):
        below.setdefault(other, set()).add(one)
    for (place, when), indicators in lists.items():
        for total in indicators & below.keys():
            figures.relate((place, total, when), [(place, part, when) for part in sorted(below[total])], slack)
    wide: dict[tuple[int, frozenset[int]], list[int]] = {}
    for (place, when), indicators in lists.items():
        wide.setdefault((when, frozenset(indicators)), []).append(place)
    for (when, kinds), places in wide.items():
        if len(places) > 1 and 2 < len(kinds) <= MOST_COLUMNS:
            for total, parts in _sums_in(figures, when, sorted(kinds), places):
                for place in places:
                    figures.relate((place, total, when), [(place, part, when) for part in parts], 0)


def _sums_in(
    figures: Figures, when: int, indicators: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield indicators that are the sum of others in every area of a list."""
    table = np.array([[figures.values[place, one, when] for one in indicators] for place in places])
    for total in range(len(indicators)):
        others = [number for number in range(len(indicators)) if number != total]
        for size in range(2, len(others) + 1):
            for parts in combinations(others, size):
                if table[:, total].any() and np.array_equal(table[:, total], table[:, list(parts)].sum(axis=1)):
                    yield indicators[total], tuple(indicators[part] for part in parts)


def _add_counts(columns: Columns, figures: Figures, limit: int) -> None:
    """Add the counts of persons that documents state, with what they are parts of."""
    things = columns.of_class("CountStatement")
    values = columns.numbers("count", things)
    words = columns.text(columns.one("counted", things))
    wholes: dict[int, list[Key]] = {}
    for thing, value, word in zip(things.tolist(), values.tolist(), words, strict=True):
        if value == value and _PERSONS.search(word) and not _BODIES.search(word):
            figures.add(("count", thing), value, thing)
    part, whole = columns.pairs("part_of_count")
    for one, other in zip(part.tolist(), whole.tolist(), strict=True):
        wholes.setdefault(other, []).append(("count", one))
    for other, parts in wholes.items():
        figures.relate(("count", other), parts, limit)
