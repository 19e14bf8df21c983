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

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.measures import Integers

Flags: TypeAlias = "npt.NDArray[np.bool_]"

TRYING = 0.75
"""Chance of each pair to try in a round: were it 1, small networks would only go back and forth."""
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
    one, other = pairs.one.copy(), pairs.other.copy()
    members = [np.flatnonzero(pairs.kind == kind) for kind in range(len(pairs.turning))]
    arrows = [members[kind] for kind in np.flatnonzero(~pairs.turning)] if pairs.one_mode else []
    for _ in range(rounds):
        _round(one, other, pairs, members, draw)
        for rows in arrows:
            _turn_circle(one, other, rows, draw)
    return replace(pairs, one=one, other=other)


def _round(one: Integers, other: Integers, pairs: Pairs, members: list[Integers], draw: np.random.Generator) -> None:
    """Try to exchange ends in pairs, in place."""
    firsts, seconds = [], []
    for rows, turning in zip(members, pairs.turning, strict=True):
        mixed = draw.permutation(rows)
        half = int(draw.binomial(len(mixed) // 2, TRYING))
        first, second = mixed[:half], mixed[half : 2 * half]
        if turning and pairs.one_mode:
            turned = second[draw.random(half) < 0.5]
            one[turned], other[turned] = other[turned], one[turned]
        firsts.append(first)
        seconds.append(second)
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    if not len(first):
        return
    a, b, c, d = one[first], other[first], one[second], other[second]
    current = _keys(one, other, pairs.width, pairs.one_mode)
    proposed = [_keys(*ends, pairs.width, pairs.one_mode) for ends in ((a, d), (c, b))]
    single = _single(np.concatenate((current, *proposed)), draw)
    size, half = len(one), len(first)
    agreed = single[first] & single[second] & single[size : size + half] & single[size + half :]
    if pairs.one_mode:
        agreed &= (a != d) & (c != b)
    other[first[agreed]], other[second[agreed]] = d[agreed], b[agreed]


def _single(keys: Integers, draw: np.random.Generator) -> Flags:
    """Tell which keys are the only ones of their kind; by accident one that is may be taken for none."""
    power = max(8, int(SLOTS_A_KEY * len(keys) - 1).bit_length())
    factor = np.uint64(int(draw.integers(0, 1 << 62)) * 2 + 1)  # another table each time, so no accident is for ever
    slots = ((keys.astype(np.uint64) * factor) >> np.uint64(64 - power)).astype(np.int64)
    table = np.empty(1 << power, dtype=np.int32)
    places = np.arange(len(keys), dtype=np.int32)
    table[slots] = places
    beaten = table[slots] != places
    shared = np.zeros(1 << power, dtype=bool)
    shared[slots[beaten]] = True
    return ~shared[slots]


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
