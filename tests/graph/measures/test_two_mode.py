from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite
from scipy import sparse

from tsunagari.errors import NetworkError
from tsunagari.graph.measures import two_mode
from tsunagari.graph.measures.two_mode import (
    MEASURES,
    checked_incidence,
    graph_two_mode,
    two_mode_centrality,
    two_mode_constraint,
    two_mode_measures,
)


def davis() -> tuple[nx.Graph, list[str], list[str]]:
    """Return the women and events of A. Davis, B. B. Gardner & M. R. Gardner (1941), *Deep South*."""
    graph = nx.davis_southern_women_graph()
    women = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
    return graph, women, [f"E{number}" for number in range(1, 15)]


def incidence_of(graph: nx.Graph, first: list[str], second: list[str]) -> sparse.csr_array:
    return sparse.csr_array(bipartite.biadjacency_matrix(graph, first, second))


def constraint_by_definition(weights: np.ndarray) -> list[float]:
    """Hollway et al. (2020), read as written: i spends on b, b on j, and j on a."""
    own, other = weights.shape
    spent = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    held = weights.T / np.maximum(weights.T.sum(axis=1, keepdims=True), 1e-300)
    values = []
    for i in range(own):
        contacts = [a for a in range(other) if weights[i, a]]
        parts = [
            spent[i, a]
            + sum(spent[i, b] * held[b, j] * spent[j, a] for b in contacts if b != a for j in range(own) if j != i)
            for a in contacts
        ]
        values.append(sum(part**2 for part in parts) if contacts else np.nan)
    return values


@st.composite
def incidences(draw: st.DrawFn) -> np.ndarray:
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells = draw(st.lists(st.sampled_from([0, 0, 1, 2]), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    return np.array(cells, dtype=float).reshape(shape)


def test_published_centralities_of_the_southern_women():
    # The normalised values of S. P. Borgatti & D. Halgin (2011), "Analyzing affiliation networks", in the *SAGE
    # Handbook of Social Network Analysis*, by the measures of Borgatti & Everett (1997), as networkx's tests have them.
    women, events = two_mode_centrality(incidence_of(*davis()))
    assert events["degree"].round(2).tolist() == [
        *(0.17, 0.17, 0.33, 0.22, 0.44, 0.44, 0.56, 0.78, 0.67, 0.28, 0.22, 0.33, 0.17, 0.17)
    ]
    assert events["closeness"].round(2).tolist() == [
        *(0.52, 0.52, 0.56, 0.54, 0.59, 0.69, 0.73, 0.85, 0.79, 0.55, 0.54, 0.56, 0.52, 0.52)
    ]
    betweenness = [0, 0, 0.02, 0.01, 0.04, 0.07, 0.13, 0.24, 0.23, 0.01, 0.02, 0.02, 0, 0]
    assert np.allclose(events["betweenness"], betweenness, atol=0.0051)
    assert women["degree"].round(2).tolist()[:4] == [0.57, 0.5, 0.57, 0.5]
    assert women["closeness"].round(2).tolist()[:4] == [0.8, 0.73, 0.8, 0.73]
    assert np.allclose(women["betweenness"][:4], [0.10, 0.05, 0.09, 0.05], atol=0.0051)


def test_eigenvector_is_the_first_singular_vector_and_in_hand_computed_cases_right():
    matrix = incidence_of(*davis()).toarray()
    women, events = two_mode_centrality(matrix)
    first, value, second = np.linalg.svd(matrix)
    assert np.allclose(women["eigenvector"], np.abs(first[:, 0]))
    assert np.allclose(events["eigenvector"], np.abs(second[0]))
    assert np.allclose(matrix @ events["eigenvector"], value[0] * women["eigenvector"])
    # one body in two platforms, another in one of them: XXᵀ = [[2, 1], [1, 1]], the golden ratio
    ratio = (1 + 5**0.5) / 2
    body, _ = two_mode_centrality([[1, 1], [1, 0]])
    assert np.isclose(body["eigenvector"][0] / body["eigenvector"][1], ratio)


def test_eigenvector_of_large_networks_is_the_same(monkeypatch: pytest.MonkeyPatch):
    matrix = incidence_of(*davis())
    exact = [table["eigenvector"] for table in two_mode_centrality(matrix)]
    monkeypatch.setattr(two_mode, "SMALL", 2)
    for one, other in zip(exact, two_mode_centrality(matrix), strict=True):
        assert np.allclose(one, other["eigenvector"])


@settings(max_examples=60, deadline=None)
@given(incidences())
def test_centralities_equal_networkx_and_constraint_its_definition(matrix: np.ndarray):
    graph = bipartite.from_biadjacency_matrix(sparse.csr_array((matrix > 0).astype(int)))
    rows, columns = two_mode_centrality(matrix)
    peers = {"degree": bipartite.degree_centrality, "closeness": bipartite.closeness_centrality}
    if min(matrix.shape) > 1:  # networkx divides by 0 otherwise
        peers["betweenness"] = bipartite.betweenness_centrality
    for name, peer in peers.items():
        values = peer(graph, range(len(matrix)))
        assert np.allclose(np.r_[rows[name], columns[name]], [values[node] for node in range(sum(matrix.shape))])
    of_rows, of_columns = two_mode_constraint(matrix)
    assert np.allclose(of_rows, constraint_by_definition(matrix), equal_nan=True)
    assert np.allclose(of_columns, constraint_by_definition(matrix.T), equal_nan=True)


def test_constraint_of_the_southern_women_is_that_of_the_authors_package():
    # R package migraph (J. Hollway), tests of node_constraint(ison_southern_women): the first three women.
    women, _ = two_mode_constraint(incidence_of(*davis()))
    assert women[:3].round(4).tolist() == [0.2782, 0.3071, 0.2965]


def test_a_graph_of_two_modes_gives_the_same_by_name():
    graph, women, events = davis()
    rows, columns = two_mode_measures(incidence_of(graph, women, events))
    named = graph_two_mode(graph, set(women))
    assert named.index.tolist() == list(graph)
    assert np.allclose(named.loc[women, [*MEASURES]], rows)
    assert np.allclose(named.loc[events, [*MEASURES]], columns)
    assert named.loc["E8", "mode"] == 2


def test_a_tie_within_a_mode_is_refused_and_named():
    with pytest.raises(NetworkError, match="a and b are tied"):
        graph_two_mode(nx.Graph([("a", "x"), ("a", "b")]), {"a", "b"})


def test_isolates_and_empty_networks():
    rows, columns = two_mode_measures([[0, 0], [0, 1]])
    assert rows.loc[0].fillna(-1).tolist() == [0, 0, 0, 0, -1]
    assert columns.loc[1, "constraint"] == 1
    for shape in ((0, 0), (2, 0), (0, 3), (3, 2)):
        rows, columns = two_mode_measures(np.zeros(shape))
        assert (len(rows), len(columns)) == shape
        assert (rows[[*MEASURES[:4]]].to_numpy() == 0).all()
        assert columns["constraint"].isna().all()
    assert graph_two_mode(nx.Graph(), set()).empty


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_weights_that_are_no_strength_are_refused(weight: float):
    with pytest.raises(NetworkError, match="finite number of at least 0"):
        checked_incidence([[weight, 1]])
    with pytest.raises(NetworkError, match="rows and columns"):
        checked_incidence([1, 2])
