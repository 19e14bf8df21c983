"""Random networks that keep what each body has: ties are exchanged in pairs, many pairs at a time.

Two ties a – b and c – d become a – d and c – b: everybody keeps the number of its ties (A. R. Rao, R. Jana &
S. Bandyopadhyay 1996, "A Markov chain Monte Carlo method for generating random (0,1)-matrices with given marginals",
Sankhyā A 58). In one round ties are put into pairs at random and most pairs try at once. A pair goes ahead only when
each of its two ties and of the two it proposes is the only one of its kind among all ties and all proposals of the
round. Whether it does is the same seen from the network after the round, so a round leads from any network to any
other as often as back, and every network that can be reached is equally likely in the long run. For ties with a
direction the exchange alone cannot turn a circle of three, so each round also tries to turn one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.measures import Integers

Flags: TypeAlias = "npt.NDArray[np.bool_]"

TRYING = 0.75
"""Chance of each pair to try in a round: were it 1, small networks would only go back and forth."""
LUCK = 1 << 8
"""Numbers that a byte of chance holds: it tells whether a pair tries, and its last bit which way round."""
UNMOVED = 0.01
"""Share of the ties that rounds leave where they are, by which their number is chosen."""
FEWEST_ROUNDS, MOST_ROUNDS = 5, 60
FREE = 0.85
"""Share of the pairs that are not held up by accident or by another pair of the round."""
SLOTS_A_KEY = 16
"""Room in the table by which equal ties are found; two that share a place by accident only do not move this round."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ties as two arrays, and which of them may change ends with which.

    Parameters
    ----------
    one, other
        Rows of the two ends of each tie; the first sends where a tie has a direction.
    kind
        Number of the kind of each tie: only ties of one kind change ends with each other.
    turning
        Whether the ties of each kind have no direction, so that either end may go either way.
    width
        How many ends there are on the other side.
    one_mode
        Whether both ends are of one set: then no tie leads to itself, and a pair is tied once, in whatever direction.
    """

    one: Integers
    other: Integers
    kind: Integers
    turning: Flags
    width: int
    one_mode: bool

    def __len__(self) -> int:
        return len(self.one)

    def keys(self) -> Integers:
        """Return a number for each tie, the same for ties that may not both be.

        >>> Pairs(*map(np.array, ([2], [1], [0], [True])), 3, True).keys().tolist()
        [5]
        """
        return _keys(self.one, self.other, self.width, self.one_mode)

    def room(self) -> bool:
        """Tell whether there are two ties of one kind at all.

        >>> Pairs(*map(np.array, ([2], [1], [0], [True])), 3, True).room()
        False
        """
        return bool(len(self.kind) and np.bincount(self.kind).max() > 1)


def _keys(one: Integers, other: Integers, width: int, one_mode: bool) -> Integers:
    if one_mode:
        return np.minimum(one, other) * width + np.maximum(one, other)
    return one * width + other


def rounds_of(pairs: Pairs) -> int:
    """Return how many rounds it takes until hardly a tie (`UNMOVED`) is where it was.

    It follows from the numbers of ties alone, which no round changes: the fuller a network, the more often what a pair
    proposes is there already.

    Examples
    --------
    >>> ends = np.arange(600), (np.arange(600) + 1) % 600
    >>> rounds_of(Pairs(*ends, np.zeros(600, dtype=np.int64), np.array([True]), 600, True))
    5
    """
    if not len(pairs):
        return FEWEST_ROUNDS
    ends = (np.r_[pairs.one, pairs.other],) * 2 if pairs.one_mode else (pairs.one, pairs.other)
    mean_ties = [float((np.bincount(side).astype(np.float64) ** 2).sum()) / len(side) for side in ends]
    there = min(1.0, mean_ties[0] * mean_ties[1] / len(ends[0]))
    moving = TRYING * FREE * (1 - there) ** 2
    wanted = np.log(UNMOVED) / np.log1p(-moving) if moving else MOST_ROUNDS
    return int(min(max(np.ceil(wanted), FEWEST_ROUNDS), MOST_ROUNDS))


def exchanged(pairs: Pairs, rounds: int, draw: np.random.Generator) -> Pairs:
    """Return the ties after so many rounds of exchanges; everybody keeps its number of ties of each kind.

    Parameters
    ----------
    pairs
        The ties; they are not changed.
    rounds
        In each, three quarters of the ties try once.
    draw
        Where chance comes from: in the same state it gives the same ties.

    Examples
    --------
    >>> ring = Pairs(np.arange(6), (np.arange(6) + 1) % 6, np.zeros(6, dtype=np.int64), np.array([True]), 6, True)
    >>> found = exchanged(ring, 10, np.random.default_rng(1))
    >>> np.bincount(np.r_[found.one, found.other]).tolist(), len(set(found.keys().tolist()))
    ([2, 2, 2, 2, 2, 2], 6)
    """
    state = _State(pairs, draw)
    for _ in range(rounds):
        state.round(draw)
        for rows in state.arrows:
            _turn_circle(state.one, state.other, rows, draw)
    return state.pairs()


class _State:
    """Ties that change in place, the ties of each kind in a block and mixed, with a number for each.

    Which ties meet in a round follows from the mixed order and chance alone, not from where they lead, so that a round
    leads as often back as there; over the rounds every two of a kind may meet.
    """

    def __init__(self, pairs: Pairs, draw: np.random.Generator) -> None:
        self.given = pairs
        kinds = [draw.permutation(np.flatnonzero(pairs.kind == kind)) for kind in range(len(pairs.turning))]
        self.order = np.concatenate(kinds)
        self.one, self.other, self.keys = pairs.one[self.order], pairs.other[self.order], pairs.keys()[self.order]
        starts = np.cumsum([0, *(len(rows) for rows in kinds)]).tolist()
        self.blocks = list(zip(starts, starts[1:], pairs.turning.tolist(), strict=False))
        self.arrows = [np.arange(*block[:2]) for block in self.blocks if pairs.one_mode and not block[2]]
        self.power = max(8, int(SLOTS_A_KEY * 2 * len(pairs) - 1).bit_length())
        self.table = np.empty(1 << self.power, dtype=np.int32)
        self.places = np.arange(2 * len(pairs), dtype=np.int32)

    def pairs(self) -> Pairs:
        """Return the ties in the order in which they were given."""
        one, other = np.empty_like(self.one), np.empty_like(self.other)
        one[self.order], other[self.order] = self.one, self.other
        return replace(self.given, one=one, other=other)

    def round(self, draw: np.random.Generator) -> None:
        """Try to exchange ends in pairs."""
        one, other, one_mode = self.one, self.other, self.given.one_mode
        first, second, turned = (np.concatenate(parts) for parts in zip(*self._meetings(draw), strict=True))
        if not len(first):
            return
        a, b, c, d = one[first], other[first], one[second], other[second]
        if one_mode:
            c, d = np.where(turned, d, c), np.where(turned, c, d)
        there, back = (_keys(*ends, self.given.width, one_mode) for ends in ((a, d), (c, b)))
        single = self._single(np.concatenate((self.keys, there, back)), draw)
        size, half = len(one), len(first)
        agreed = single[first] & single[second] & single[size : size + half] & single[size + half :]
        if one_mode:
            agreed &= (a != d) & (c != b)
        first, second = first[agreed], second[agreed]
        other[first], one[second], other[second] = d[agreed], c[agreed], b[agreed]
        self.keys[first], self.keys[second] = there[agreed], back[agreed]

    def _meetings(self, draw: np.random.Generator) -> Iterator[tuple[Integers, Integers, Flags]]:
        """Yield for each kind the ties that try in pairs, and whether the second of a pair is turned round.

        The pairs are those of which the places add up to a number that chance gives, counted round the block.
        """
        for start, stop, turning in self.blocks:
            number = stop - start
            total = int(draw.integers(max(number, 1)))
            halves = (total + 1) // 2, max(number - 1 - total, 0) // 2
            first = np.concatenate((np.arange(halves[0]), np.arange(total + 1, total + 1 + halves[1])))
            luck = draw.integers(0, LUCK, len(first), dtype=np.uint8)
            trying = np.flatnonzero(luck >= LUCK - round(LUCK * TRYING))
            first = first[trying]
            second = total - first
            second[second < 0] += number
            yield first + start, second + start, (luck[trying] & int(turning)).view(np.bool_)

    def _single(self, keys: Integers, draw: np.random.Generator) -> Flags:
        """Tell which keys are the only ones of their kind; by accident one that is may be taken for none."""
        factor = np.uint64(int(draw.integers(0, 1 << 62)) * 2 + 1)  # another table each time: no accident is for ever
        slots = ((keys.view(np.uint64) * factor) >> np.uint64(64 - self.power)).view(np.int64)
        places = self.places[: len(keys)]
        self.table[slots] = places
        holder = self.table[slots]  # the last key of those that share a slot
        found: Flags = holder == places
        found[holder[~found]] = False
        return found


def _turn_circle(one: Integers, other: Integers, rows: Integers, draw: np.random.Generator) -> None:
    """Turn round a circle of three ties that all lead the same way, if the one that is looked for is there."""
    if len(rows) < 3:
        return
    first, luck = rows[draw.integers(len(rows))], draw.random(2)
    if luck[1] > TRYING:
        return
    onward = rows[one[rows] == other[first]]
    if not len(onward):
        return
    second = onward[int(luck[0] * len(onward))]
    back = rows[(one[rows] == other[second]) & (other[rows] == one[first])]
    if len(back):
        circle = np.array([first, second, back[0]])
        one[circle], other[circle] = other[circle], one[circle]
