"""Ties by shared platforms and bodies."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks import shared_groups
from tsunagari.graph.networks.contraction import contract
from tsunagari.graph.networks.shared_groups import CLOSE_GROUP, share_groups
from tsunagari.ontology.quads import quads
from tsunagari.ontology.records import Record, Reference
from tsunagari.ontology.vocabulary import vocabulary

GROUPS = ("PlatformMembership", "RoleHolding", "PartnershipMembership")


def crowd(members: int) -> Reader:
    """Return a platform with as many members."""
    records = [
        Record(
            f"urn:m{number:03}",
            "PlatformMembership",
            "urn:g",
            {"member": (Reference(f"urn:o{number:03}"),), "organization": (Reference("urn:pf"),)},
        )
        for number in range(members)
    ]
    return Reader(MemoryStore(quad for record in records for quad in quads(record, vocabulary())))


def test_weights_from_one_group_sum_to_one_for_each_member() -> None:
    columns = crowd(5).columns
    shared = share_groups(contract(columns, *GROUPS), columns)
    assert len(shared) == 10
    ends = np.concatenate((shared.sources, shared.targets))
    np.testing.assert_allclose(np.bincount(ends, weights=np.tile(shared.weights, 2))[np.unique(ends)], 1.0)


def test_a_group_of_one_gives_nothing_and_a_large_one_only_when_wanted() -> None:
    for size, close, every in ((1, 0, 0), (CLOSE_GROUP, 1225, 1225), (CLOSE_GROUP + 1, 0, 1275)):
        columns = crowd(size).columns
        claims = contract(columns, *GROUPS)
        assert len(share_groups(claims, columns, largest=CLOSE_GROUP)) == close
        assert len(share_groups(claims, columns)) == every


def test_too_many_pairs_are_an_error_that_names_what_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_groups, "MOST_PAIRS", 9)
    columns = crowd(5).columns
    with pytest.raises(NetworkError) as error:
        share_groups(contract(columns, *GROUPS), columns)
    assert "collaboration" in error.value.text("ja")
    assert "10 pairs" in error.value.text("en")
    assert len(share_groups(contract(columns, *GROUPS), columns, largest=4)) == 0


def test_pairs_of_the_bundled_groups_are_those_of_a_plain_count(bundled: KnowledgeGraph) -> None:
    """Brute force over every group: who is in it, who is its core city."""
    reader = bundled._reader
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    evidence: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing in reader.things(*GROUPS).values():
        member, group = thing.one("member"), thing.one("organization")
        if member and group and thing.status in ("stated", "inferred"):
            held[group][member].add((thing.one("role") or "").rpartition("/")[2])
            evidence[group, member].add(thing.iri)
    expected = []
    for group, members in held.items():
        cores = {member for member, roles in members.items() if "core" in roles}
        for one, other in itertools.combinations(sorted(members), 2):
            if not cores or (one in cores) != (other in cores):
                weight = 1.0 if cores else 1 / (len(members) - 1)
                expected.append((one, other, weight, tuple(sorted(evidence[group, one] | evidence[group, other]))))
    columns = reader.columns
    shared = share_groups(contract(columns, *GROUPS, statuses=("stated", "inferred")), columns)
    ends = zip(columns.text(shared.sources), columns.text(shared.targets), shared.weights.tolist(), strict=True)
    stated = [tuple(columns.text(shared.evidence[a:b])) for a, b in itertools.pairwise(shared.starts)]
    assert sorted((*end, nodes) for end, nodes in zip(ends, stated, strict=True)) == sorted(expected)
    assert len(expected) > 100
