from __future__ import annotations

import numpy as np
import pytest

from tsunagari.graph.measures import closed_paths
from tsunagari.graph.measures.adjacency import checked_adjacency
from tsunagari.graph.measures.closed_paths import closed_sums, largest_closed, triangles


def random_network(seed: int) -> np.ndarray:
    """A sparse network with a hub that is tied to everybody and a close group."""
    random = np.random.default_rng(seed)
    tied = random.random((70, 70)) < 0.03
    tied[0] = tied[:, 0] = True
    tied[10:26, 10:26] = True
    np.fill_diagonal(tied, False)
    return tied


def by_definition(tied: np.ndarray, left: np.ndarray, right: np.ndarray) -> tuple[list[float], list[float]]:
    sums, largest = [], []
    for b, c in np.argwhere(tied):
        both = tied[:, b] & tied[:, c]
        sums.append((left[both, b] * right[both, c]).sum())
        largest.append(right[both, c].max(initial=0))
    return sums, largest


@pytest.mark.parametrize("pairs_at_once", [1, 50, 1 << 20])
@pytest.mark.parametrize("bits_a_tie", [1, 16])
@pytest.mark.parametrize("symmetric", [False, True])
def test_sums_and_largest_equal_the_definition(
    monkeypatch: pytest.MonkeyPatch, pairs_at_once: int, bits_a_tie: int, symmetric: bool
):
    monkeypatch.setattr(closed_paths, "PAIRS_AT_ONCE", pairs_at_once)
    monkeypatch.setattr(closed_paths, "PRODUCTS_AT_ONCE", 20 * pairs_at_once)
    monkeypatch.setattr(closed_paths, "BITS_A_TIE", bits_a_tie)
    tied = random_network(1)
    tied = tied | tied.T if symmetric else tied
    left, right = np.random.default_rng(2).random((2, *tied.shape))
    sums, largest = by_definition(tied, left, right)
    matrix = checked_adjacency(tied)
    assert np.allclose(closed_sums(matrix, left[tied], right[tied]), sums)
    assert np.allclose(largest_closed(matrix, right[tied]), largest)


def test_every_way_of_counting_is_used():
    tied = random_network(1)
    hub, close = closed_paths._kinds(closed_paths._ties(checked_adjacency(tied)))
    assert hub[0]
    assert close[10:26].all()
    assert (~hub & ~close).sum() > 20


def test_networks_without_closed_paths():
    for tied in (np.zeros((0, 0)), np.zeros((1, 1)), np.zeros((5, 5)), np.eye(5, k=1)):
        matrix = checked_adjacency(tied)
        assert closed_sums(matrix, matrix.data, matrix.data).tolist() == [0] * matrix.nnz
        assert largest_closed(matrix, matrix.data).tolist() == [0] * matrix.nnz


@pytest.mark.parametrize(("pairs_at_once", "room"), [(1, 16), (1 << 20, 16), (1 << 20, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_triangles_are_listed_each_once(monkeypatch: pytest.MonkeyPatch, pairs_at_once: int, room: int, seed: int):
    monkeypatch.setattr(closed_paths, "FEW_AT_ONCE", pairs_at_once)
    monkeypatch.setattr(closed_paths, "BITS_A_TIE", room)  # in a small table many pairs share a place
    tied = random_network(seed)
    tied = tied | tied.T
    pieces = triangles(checked_adjacency(tied))
    assert pieces is not None
    found = [tuple(sorted(corners)) for piece in pieces for corners in np.column_stack(piece).tolist()]
    bodies = range(len(tied))
    wanted = [
        (a, b, c)
        for a in bodies
        for b in np.flatnonzero(tied[a]).tolist()
        for c in np.flatnonzero(tied[a] & tied[b]).tolist()
        if a < b < c
    ]
    assert sorted(found) == wanted


def test_where_all_are_tied_to_all_triangles_are_too_many_to_list():
    assert triangles(checked_adjacency(np.ones((120, 120)))) is None
    assert list(triangles(checked_adjacency(np.zeros((0, 0)))) or ()) == []
