from __future__ import annotations

import doctest

import numpy as np
import pytest
from tests.graph.inference.test_draws import mixed_network

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.inference import nulls as module
from tsunagari.graph.inference.nulls import check_null, fitting_null, null_named
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.measures.adjacency import checked_adjacency


def test_what_fits_is_what_the_network_is_made_of():
    assert fitting_null(mixed_network()) == "membership"
    assert fitting_null(Observed(mixed_network().ties)) == "degree"


@pytest.mark.parametrize(
    ("observed", "null", "reason"),
    [
        (mixed_network(), "degree", "come in groups"),
        (Observed(mixed_network().ties), "membership", "not made of shared memberships"),
        (Observed(mixed_network().ties), "labels", "no labels"),
        (Observed(mixed_network().ties, groups=np.zeros(20, dtype=np.int64)), "labels", "one group only"),
        (Observed(checked_adjacency(np.zeros((3, 3)))), "density", "no tie"),
    ],
)
def test_a_null_that_does_not_fit_is_refused_with_the_reason(observed: Observed, null: str, reason: str):
    with pytest.raises(NetworkError, match=reason) as refused:
        check_null(observed, null)
    assert refused.value.hint is not None


def test_an_unknown_null_is_told_with_those_that_are():
    with pytest.raises(UnknownNameError, match="density, degree, membership, labels"):
        null_named("curveball")


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0
