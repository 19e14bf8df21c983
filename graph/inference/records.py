"""A network record by record, so that lists with other errors can make it anew: stated ties and places in groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.record_errors import Kept, RecordErrors, Stated
from tsunagari.graph.inference.tie_frames import TieFrame
from tsunagari.graph.measures import Adjacency, Floats, Integers, checked_adjacency, open_paths

TIES, PLACES = 3, 4  # kinds of false records, each drawn on its own


@dataclass(frozen=True)
class TieRecords:
    """Stated ties, one row a statement; several may state one tie.

    Parameters
    ----------
    source, target
        Rows of the two ends.
    there, back
        Weight from source to target and back; 0 where the tie does not lead that way.
    stated
        The records.
    """

    source: Integers
    target: Integers
    there: Floats
    back: Floats
    stated: Stated

    def matrix(
        self, size: int, kept: Kept | None = None, ends: tuple[Integers, Integers, Integers] | None = None
    ) -> Adjacency:
        """Return the ties of the records that are kept, and false ones between other ends like given records."""
        rows = np.arange(len(self.source)) if kept is None else np.flatnonzero(kept)
        source, target, like = self.source[rows], self.target[rows], rows
        if ends is not None:
            source, target, like = (np.r_[old, new] for old, new in zip((source, target, rows), ends, strict=True))
        both = np.r_[source, target], np.r_[target, source]
        weights = np.r_[self.there[like], self.back[like]]
        given = (weights != 0) & (both[0] != both[1])
        pairs = both[0][given], both[1][given]
        return checked_adjacency(sparse.coo_array((weights[given], pairs), shape=(size, size)))


@dataclass(frozen=True)
class PlaceRecords:
    """Places in groups, one row a statement; several may state one place.

    Parameters
    ----------
    holder
        Number of who holds the place.
    row
        Of each holder its row in the network, -1 for one that is no node of it but counts in the size of its groups.
    group
        Number of the group of each record.
    core
        Whether it is the place of the core of the group.
    stated
        The records.
    largest
        Groups with more holders, and those with one, tie nobody; None for any number.
    """

    holder: Integers
    row: Integers
    group: Integers
    core: Kept
    stated: Stated
    largest: int | None = None


@dataclass(frozen=True)
class Records:
    """A network between bodies as its records make it.

    Parameters
    ----------
    size
        Number of bodies.
    ties, places
        What is stated of them; None for nothing.
    """

    size: int
    ties: TieRecords | None = None
    places: PlaceRecords | None = None
    groups: Any = field(default=None, repr=False)

    @classmethod
    def of_matrix(cls, adjacency: Any) -> Records:
        """Return a network of which only the ties are known: each tied pair is a record.

        Raises
        ------
        NetworkError
            The matrix is no sound adjacency matrix.

        Examples
        --------
        >>> found = Records.of_matrix([[0, 1, 2], [1, 0, 0], [0, 0, 0]])
        >>> len(found.ties.stated), found.observed().ties.toarray().tolist()
        (2, [[0.0, 1.0, 2.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
        """
        matrix = checked_adjacency(adjacency)
        size = int(matrix.shape[0])
        turned = matrix.T.tocsr()
        rows, columns = (ends.astype(np.int64) for ends in matrix.tocoo().coords)
        back = np.asarray(turned[rows, columns]).ravel() if len(rows) else np.zeros(0)
        once = (back == 0) | (rows < columns)
        source, target = rows[once], columns[once]
        keys = (np.minimum(source, target) * size + np.maximum(source, target)).astype(np.uint64)
        return cls(size, TieRecords(source, target, matrix.tocoo().data[once], back[once], Stated(keys)))

    def observed(self) -> Observed:
        """Return the network as it is."""
        return self._made(None, None, None, None)

    def drawn(self, errors: RecordErrors, draw: int) -> Observed:
        """Return the network that a draw of errors gives, see `tsunagari.graph.inference.record_errors`.

        Examples
        --------
        >>> star = Records.of_matrix([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
        >>> star.drawn(RecordErrors(missing=0.0), 0).ties.nnz
        4
        """
        ties, places = self.ties, self.places
        return self._made(
            None if ties is None else ties.stated.kept(errors, draw),
            None if places is None else places.stated.kept(errors, draw),
            None if ties is None else false_ends(ties.source, ties.target, errors, draw, TIES),
            None if places is None else false_ends(places.holder, places.group, errors, draw, PLACES),
        )

    def drawn_paths(self, errors: RecordErrors, draw: int) -> tuple[Adjacency, Integers]:
        """Return the matrix of a draw, and the open paths of each body in it.

        Examples
        --------
        >>> line = Records.of_matrix([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
        >>> matrix, paths = line.drawn_paths(RecordErrors(missing=0.0), 0)
        >>> matrix.nnz, paths.tolist()
        (4, [0, 2, 0])
        """
        if self.ties is None or self._has_places or errors.false_records:
            matrix = self.drawn(errors, draw).adjacency()
            return matrix, open_paths(matrix)
        values = self._frame.values(self.ties.stated.kept(errors, draw))
        return self._frame.matrix(values), self._frame.open_paths(values)

    @property
    def _has_places(self) -> bool:
        return self.places is not None and len(self.places.stated) > 0

    @cached_property
    def _frame(self) -> TieFrame:
        assert self.ties is not None
        return TieFrame.of(self.size, self.ties.source, self.ties.target, self.ties.there, self.ties.back)

    def _made(self, ties_kept: Any, places_kept: Any, false_ties: Any, false_places: Any) -> Observed:
        if self.ties is None:
            ties = checked_adjacency(sparse.csr_array((self.size, self.size)))
        else:
            ties = self._ties(ties_kept, false_ties)
        if self.places is None or not self._has_places:
            return Observed(ties, groups=self.groups)
        return self._grouped(ties, self.places, places_kept, false_places)

    def _ties(self, kept: Any, false: Any) -> Adjacency:
        assert self.ties is not None
        if kept is None or false is not None:
            return self.ties.matrix(self.size, kept, false)
        return self._frame.matrix(self._frame.values(kept))

    def _grouped(self, ties: Adjacency, places: PlaceRecords, kept: Any, false: Any) -> Observed:
        rows = np.arange(len(places.holder)) if kept is None else np.flatnonzero(kept)
        holder, group, core = places.holder[rows], places.group[rows], places.core[rows]
        if false is not None:
            holder, group = np.r_[holder, false[0]], np.r_[group, false[1]]
            core = np.r_[core, np.zeros(len(false[0]), dtype=bool)]
        holders = max(len(places.row), 1)
        keys, first = np.unique(group * holders + holder, return_inverse=True)
        is_core = np.bincount(first.reshape(-1), weights=core, minlength=len(keys)) > 0
        group, holder = keys // holders, keys % holders
        sizes = np.bincount(group, minlength=1)
        close = (sizes > 1) & (True if places.largest is None else sizes <= places.largest)
        number = np.cumsum(close) - 1
        taken = close[group] & (places.row[holder] >= 0)
        return Observed(
            ties=ties,
            members=places.row[holder[taken]],
            places=number[group[taken]],
            core=is_core[taken],
            sizes=sizes[close].astype(np.int64),
            groups=self.groups,
        )


def false_ends(
    one: Integers, other: Integers, errors: RecordErrors, draw: int, kind: int
) -> tuple[Integers, Integers, Integers] | None:
    """Return the ends of false records, each those of two records drawn at random, and the number of the first.

    None where none is added.

    Examples
    --------
    >>> ends = np.arange(10), np.arange(10, 20)
    >>> one, other, _ = false_ends(*ends, RecordErrors(false_records=0.5), 1, TIES)
    >>> len(one) == len(other), bool((one < 10).all()), bool((other >= 10).all())
    (True, True, True)
    """
    number = len(one)
    if not errors.false_records or not number:
        return None
    chance = errors.chance(draw, kind)
    count = int(chance.binomial(number, errors.false_records))
    first, second = chance.integers(0, number, (2, count))
    return one[first], other[second], first
