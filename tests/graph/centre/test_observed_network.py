from __future__ import annotations

import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.centre.observed_network import LARGEST, TWO_MODES, read_observed
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks.networks import project


@pytest.mark.parametrize("name", LARGEST)
def test_a_network_as_it_was_made_is_the_network(name: str, bundled: KnowledgeGraph):
    observed, nodes, partition = read_observed(bundled._reader, name, at="2023-10-01", group="sector")
    whole = project(bundled._reader, name, at="2023-10-01", directed=True)
    off = abs(observed.adjacency() - whole.adjacency())
    assert off.nnz == 0 or off.max() < 1e-12
    assert nodes["id"].tolist() == whole.node_ids
    assert partition is not None
    assert len(partition.numbers) == observed.size


@pytest.mark.parametrize("name", TWO_MODES)
def test_two_modes_become_places(name: str, bundled: KnowledgeGraph):
    observed, nodes, _ = read_observed(bundled._reader, name, at="2023-10-01")
    matrix = project(bundled._reader, name, at="2023-10-01").adjacency(weighted=False)
    assert observed.two_mode
    assert observed.incidence.sum() == matrix.nnz / 2
    assert set(nodes["kind"]) == {"organization"}
    assert np.bincount(observed.places, minlength=len(observed.sizes)).tolist() == observed.sizes.tolist()


def test_the_network_of_everything_is_refused(bundled: KnowledgeGraph):
    with pytest.raises(NetworkError, match="cannot be tested"):
        read_observed(bundled._reader, "all")
