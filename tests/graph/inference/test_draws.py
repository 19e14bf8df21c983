from __future__ import annotations

import doctest

import numpy as np
import pytest
from scipy import sparse

from tsunagari.errors import NetworkError
from tsunagari.graph.inference import draws as module
from tsunagari.graph.inference.draws import draws_of
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.measures.adjacency import checked_adjacency


def mixed_network() -> Observed:
    """Twenty bodies, ties in one direction and in both, four groups of which one has a core."""
    draw = np.random.default_rng(5)
    ties = sparse.random(20, 20, density=0.12, rng=draw, data_rvs=lambda size: draw.integers(1, 5, size))
    ties = checked_adjacency((ties + sparse.triu(ties).T).tocsr())
    members = np.array([0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 0, 11, 12])
    places = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3])
    core = np.zeros(15, dtype=bool)
    core[12] = True
    return Observed(ties, members, places, core, np.array([4, 4, 4, 3]), groups=np.arange(20) % 3)


def censuses(network: Observed) -> list[list[float]]:
    ties = (network.ties > 0).astype(float)
    both = ties.multiply(ties.T)
    return [np.asarray(part).ravel().tolist() for part in (both.sum(1), ties.sum(0), ties.sum(1))]


def test_numbers_of_ties_each_way_are_kept():
    observed = mixed_network()
    observed = Observed(observed.ties, groups=observed.groups)
    for draw in draws_of(observed, "degree", 5, 1):
        assert censuses(draw) == censuses(observed)
        assert sorted(draw.ties.data) == sorted(observed.ties.data)
        assert (draw.ties != observed.ties).nnz


def test_memberships_sizes_and_cores_are_kept():
    observed = mixed_network()
    for draw in draws_of(observed, "membership", 5, 1):
        assert censuses(draw) == censuses(observed)
        assert np.bincount(draw.members, minlength=20).tolist() == np.bincount(observed.members, minlength=20).tolist()
        assert np.bincount(draw.places).tolist() == [4, 4, 4, 3]
        assert draw.members[draw.core].tolist() == [0]
        assert len({*zip(draw.members.tolist(), draw.places.tolist(), strict=True)}) == 15


def test_density_keeps_the_census_of_pairs():
    observed = mixed_network()
    whole = observed.adjacency()
    mutual = whole.multiply(whole.T.tocsr()).nnz
    for draw in draws_of(observed, "density", 5, 1):
        found = draw.adjacency()
        assert (found.nnz, found.multiply(found.T.tocsr()).nnz) == (whole.nnz, mutual)


def test_density_reaches_every_pair_equally():
    observed = Observed(checked_adjacency(np.diag([1.0] * 4, 1)))
    counts = sum((draw.adjacency() > 0).toarray().astype(int) for draw in draws_of(observed, "density", 3000, 2))
    off = counts[~np.eye(5, dtype=bool)]
    assert off.sum() == 4 * 3000
    assert (np.abs(off - 600) < 100).all()


def test_labels_are_dealt_out_anew_and_the_ties_stay():
    observed = mixed_network()
    found = list(draws_of(observed, "labels", 3, 1))
    assert all(draw.ties is observed.ties for draw in found)
    assert all(sorted(draw.groups) == sorted(observed.groups) for draw in found)
    assert any((draw.groups != observed.groups).any() for draw in found)


def test_two_mode_density_fills_as_many_cells():
    base = mixed_network()
    observed = Observed(base.ties * 0, base.members, base.places, base.core * False, base.sizes, two_mode=True)
    for draw in draws_of(observed, "density", 4, 1):
        assert draw.incidence.sum() == 15
        assert set(draw.members) <= set(observed.members)


@pytest.mark.parametrize("null", ["degree", "density", "membership", "labels"])
def test_the_same_seed_gives_the_same_networks(null: str):
    observed = mixed_network() if null != "degree" else Observed(mixed_network().ties)
    first, again = ([draw.adjacency().toarray() for draw in draws_of(observed, null, 3, 9)] for _ in range(2))
    assert all((one == other).all() for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize(
    ("ties", "null"),
    [
        ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], "degree"),
        ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], "density"),
        ([[0, 1], [1, 0]], "degree"),
        ([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]], "degree"),
    ],
)
def test_where_only_one_network_is_possible_nothing_is_tested(ties: list[list[int]], null: str):
    with pytest.raises(NetworkError, match="no other network"):
        list(draws_of(Observed(checked_adjacency(ties)), null, 5, 0))


def test_at_least_one_draw_is_needed():
    with pytest.raises(NetworkError, match="At least one"):
        list(draws_of(Observed(mixed_network().ties), "degree", 0, 0))


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0
