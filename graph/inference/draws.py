"""Random networks drawn from a null, one after the other; see `tsunagari.graph.inference.nulls`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.inference.nulls import Null, check_null, only_one
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.swaps import Pairs, exchanged, rounds_of
from tsunagari.graph.measures import Adjacency, Floats, Integers


def draws_of(observed: Observed, null: Null, draws: int, seed: int) -> Iterator[Observed]:
    """Yield so many random networks of a null.

    Parameters
    ----------
    observed
        The network.
    null
        One of `NULLS`.
    draws
        How many, at least 1.
    seed
        The same seed gives the same networks.

    Raises
    ------
    NetworkError
        The null does not fit the network, only one network is possible under it, or `draws` is below 1.

    Examples
    --------
    >>> from tsunagari.graph.measures import checked_adjacency
    >>> ring = checked_adjacency([[0, 1, 0, 0, 1], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1], [1, 0, 0, 1, 0]])
    >>> [draw.ties.sum(axis=1).tolist() for draw in draws_of(Observed(ring), "degree", 2, 1)]
    [[2.0, 2.0, 2.0, 2.0, 2.0], [2.0, 2.0, 2.0, 2.0, 2.0]]
    """
    check_null(observed, null)
    if draws < 1:
        raise NetworkError(
            Message("無作為なネットワークは 1 つ以上必要です。", "At least one random network must be drawn.")
        )
    chance = np.random.default_rng(seed)
    if null == "labels":
        assert observed.groups is not None
        for _ in range(draws):
            yield replace(observed, groups=chance.permutation(observed.groups))
        return
    dyads, weights = _dyads(observed.ties)
    if null == "density":
        yield from _of_density(observed, dyads, weights, draws, chance)
    else:
        yield from _of_chain(observed, dyads, weights, draws, chance)


MUTUAL, ONE_WAY = 0, 1


def exchange_rounds(observed: Observed) -> int:
    """Return how many rounds of exchanges lead from a network to the middle, and from there to each draw.

    Of ties and of memberships, the larger number; see `tsunagari.graph.inference.swaps.rounds_of`.

    Examples
    --------
    >>> from tsunagari.graph.measures import checked_adjacency
    >>> exchange_rounds(Observed(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]])))
    36
    """
    parts = (_dyads(observed.ties)[0], _memberships(observed))
    return max(rounds_of(pairs) for pairs in parts if len(pairs))


def _dyads(ties: Adjacency) -> tuple[Pairs, tuple[Floats, Floats]]:
    """Return the tied pairs of a matrix, those tied both ways first, and the weights there and back."""
    turned = ties.T.tocsr()
    size = int(ties.shape[0])
    rows, columns = (ends.astype(np.int64) for ends in ties.tocoo().coords)
    back = np.asarray(turned[rows, columns]).ravel() if len(rows) else np.zeros(0)
    kept = (back == 0) | (rows < columns)
    order = np.argsort(back[kept] == 0, kind="stable")
    one, other, there, back = (values[kept][order] for values in (rows, columns, ties.tocoo().data, back))
    kind = np.where(back > 0, MUTUAL, ONE_WAY)
    return Pairs(one, other, kind, np.array([True, False]), size, True), (there, back)


def _matrix(pairs: Pairs, weights: tuple[Floats, Floats]) -> Adjacency:
    there, back = weights
    mutual = pairs.kind == MUTUAL
    rows, columns = np.r_[pairs.one, pairs.other[mutual]], np.r_[pairs.other, pairs.one[mutual]]
    values = np.r_[there, back[mutual]]
    small = np.int32 if pairs.width < 1 << 31 else np.int64
    ends = rows.astype(small), columns.astype(small)
    found: Adjacency = sparse.coo_array((values, ends), shape=(pairs.width, pairs.width)).tocsr()
    return found  # no tie is there twice and none leads to itself


def _memberships(observed: Observed) -> Pairs:
    """Return the places in groups: the core of a group changes with cores only, its partners with partners."""
    cored = np.zeros(len(observed.sizes), dtype=bool)
    cored[observed.places[observed.core]] = True
    kind = np.where(observed.core, 2, np.where(cored[observed.places], 1, 0))
    return Pairs(observed.members, observed.places, kind, np.zeros(3, dtype=bool), max(len(observed.sizes), 1), False)


def _of_chain(
    observed: Observed, dyads: Pairs, weights: tuple[Floats, Floats], draws: int, chance: np.random.Generator
) -> Iterator[Observed]:
    places = _memberships(observed)
    if not (dyads.room() or places.room()):
        raise only_one()
    rounds = [rounds_of(pairs) for pairs in (dyads, places)]
    middle = [exchanged(pairs, number, chance) for pairs, number in zip((dyads, places), rounds, strict=True)]
    moved, own = False, _told(dyads, places)
    for number in range(draws):
        ties, held = (exchanged(*pairs, chance) for pairs in zip(middle, rounds, strict=True))
        moved = moved or not np.array_equal(own, _told(ties, held))
        if not moved and number == draws - 1:
            raise only_one()
        yield replace(observed, ties=_matrix(ties, weights), members=held.one, places=held.other)


def _told(ties: Pairs, places: Pairs) -> Integers:
    """Return numbers that are equal for equal networks alone."""
    straight = ties.one * ties.width + ties.other
    directed = np.where(ties.kind == MUTUAL, ties.keys(), straight)
    return np.concatenate((np.sort(directed), np.sort(places.keys())))


def _of_density(
    observed: Observed, dyads: Pairs, weights: tuple[Floats, Floats], draws: int, chance: np.random.Generator
) -> Iterator[Observed]:
    """Yield networks with as many pairs tied both ways and one way, each set of pairs as likely as any other."""
    if observed.two_mode:
        yield from _of_fill(observed, draws, chance)
        return
    whole = observed.adjacency()  # shared groups have no number of ties to keep: the pairs that they tie do
    dyads, weights = _dyads(whole)
    size, number = observed.size, len(dyads)
    pairs = size * (size - 1) // 2
    if number == pairs and not (dyads.kind == ONE_WAY).any():
        raise only_one()
    alone = replace(observed, members=observed.members[:0], places=observed.places[:0], core=observed.core[:0])
    for _ in range(draws):
        one, other = _unranked(_sample(pairs, number, chance), size)
        turned = chance.random(number) < 0.5
        ends = np.where(turned, other, one), np.where(turned, one, other)
        order = chance.permutation(number)
        mixed = replace(dyads, one=ends[0][order], other=ends[1][order])
        yield replace(alone, ties=_matrix(mixed, weights))


def _of_fill(observed: Observed, draws: int, chance: np.random.Generator) -> Iterator[Observed]:
    width = len(observed.sizes)
    cells = len(np.unique(observed.members)) * width
    if len(observed.members) >= cells:
        raise only_one()
    bodies = np.unique(observed.members)
    for _ in range(draws):
        found = _sample(cells, len(observed.members), chance)
        yield replace(observed, members=bodies[found // width], places=found % width)


def _sample(whole: int, number: int, chance: np.random.Generator) -> Integers:
    """Return different numbers below `whole`, in no order that matters."""
    return chance.choice(whole, number, replace=False, shuffle=False).astype(np.int64)


def _unranked(pairs: Integers, size: int) -> tuple[Integers, Integers]:
    """Return the two different rows that each number of a pair stands for: row by row the ones above it."""
    below = (np.sqrt(8.0 * pairs + 1) - 1) // 2
    other = below.astype(np.int64) + 1
    other -= other * (other - 1) // 2 > pairs  # the root may be off by one where numbers are large
    other += other * (other + 1) // 2 <= pairs
    one = pairs - other * (other - 1) // 2
    assert not len(other) or int(other.max()) < size
    return one, other
