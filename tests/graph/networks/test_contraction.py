"""A relation node is a tie between the things it relates."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.columns.columns import Columns, columns_of
from tsunagari.graph.facts.kinds import NODE_KINDS, node_kind
from tsunagari.graph.facts.things import Thing
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks.contraction import RELATIONS, contract, happened, relation_class
from tsunagari.ontology.namespaces import TSU, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary

DAYS = ("2018-01-01", "2023-10-01", None)
CLASSES = (*NODE_KINDS.values(), *RELATIONS)


def columns_with(things: Mapping[str, Mapping[str, str]]) -> Columns:
    """Return the columns of things given as class and columns, all values being things."""
    words, graph, quads = vocabulary(), ox.NamedNode("urn:g"), []
    for iri, said in things.items():
        paths = {column.name: column.path for column in words.columns(said["class"]).values()}
        pairs = {f"{'http://www.w3.org/1999/02/22-rdf-syntax-ns#'}type": words.class_iri(said["class"])}
        pairs |= {paths[name]: value for name, value in said.items() if name != "class"}
        quads += [ox.Quad(ox.NamedNode(iri), ox.NamedNode(p), ox.NamedNode(v), graph) for p, v in pairs.items()]
    return columns_of(MemoryStore(quads))


def ends(columns: Columns, *classes: str) -> list[tuple[str, str]]:
    claims = contract(columns, *classes)
    return list(zip(columns.text(claims.sources), columns.text(claims.targets), strict=True))


def test_a_role_transfer_leads_from_holder_to_holder() -> None:
    columns = columns_with(
        {
            "urn:old": {"class": "RoleHolding", "member": "urn:city", "organization": "urn:pf"},
            "urn:new": {"class": "RoleHolding", "member": "urn:npo", "organization": "urn:pf"},
            "urn:move": {"class": "RoleTransfer", "from_holding": "urn:old", "to_holding": "urn:new"},
        }
    )
    assert ("urn:city", "urn:npo") in ends(columns, "RoleTransfer", "RoleHolding")
    assert ends(columns, "RoleTransfer") == [("urn:old", "urn:new")]


def test_a_relation_with_an_end_missing_gives_no_tie() -> None:
    columns = columns_with({"urn:m": {"class": "PlatformMembership", "member": "urn:a"}})
    assert ends(columns, "PlatformMembership") == []
    assert ends(columns, "CollaborationTie") == []


def test_the_table_of_relations_names_classes_and_columns_of_the_ontology() -> None:
    words = vocabulary()
    for cls, relation in RELATIONS.items():
        properties = {column_name(column.path) for column in words.columns(cls).values()}
        assert {relation.source, *relation.targets, relation.kind or relation.source} <= properties


def expected_ties(things: Mapping[str, Thing], at: str | None) -> set[tuple[object, ...]]:
    """Contract relation nodes one at a time."""
    found = set()
    for thing in things.values():
        name = relation_class(thing.cls)
        if name is None or thing.holds(at) == "no":
            continue
        relation = RELATIONS[name]
        target = next((thing.one(column) for column in relation.targets if thing.one(column)), None)
        source = thing.one(relation.source)
        if source is None or target is None:
            continue
        held = [things[end].one("member") or end if end in things else end for end in (source, target)]
        kind = (thing.one(relation.kind) if relation.kind else None) or f"{TSU}{name}"
        directed = relation.kind != "tie_kind" or thing.one("directed") == "true"
        weight = float(thing.one("strength") or 1)
        dates = (thing.one("valid_from"), thing.one("valid_to"))
        found.add((*held, name, kind, thing.status, thing.holds(at), weight, directed, thing.iri, *dates))
    return found


@pytest.mark.parametrize("at", DAYS)
def test_relation_nodes_are_contracted_as_one_by_one(bundled: KnowledgeGraph, at: str | None) -> None:
    columns = bundled._reader.columns
    claims = contract(columns, *RELATIONS, at=at)
    found = zip(
        columns.text(claims.sources),
        columns.text(claims.targets),
        [local_name(claims.names[place]) for place in claims.relations],
        [claims.names[place] for place in claims.kinds],
        [columns.statuses[place] for place in claims.statuses],
        [("no", "possible", "certain")[held] for held in claims.validities],
        claims.weights.tolist(),
        claims.directed.tolist(),
        columns.text(claims.evidence),
        columns.objects(claims.valid_from).tolist(),
        columns.objects(claims.valid_to).tolist(),
        strict=True,
    )
    assert set(found) == expected_ties(bundled._reader.things(*RELATIONS), at)


def test_the_day_and_the_status_choose_among_the_relations(bundled: KnowledgeGraph) -> None:
    columns = bundled._reader.columns
    planned = contract(columns, *CLASSES, statuses=["planned"])
    assert {columns.statuses[place] for place in planned.statuses} == {"planned"}
    assert len(contract(columns, *CLASSES)) > len(contract(columns, *CLASSES, at="1900-01-01")) > 0
    assert not len(contract(columns, *CLASSES, statuses=[]))


def test_a_thing_gives_a_tie_for_each_value_that_is_another_thing(bundled: KnowledgeGraph) -> None:
    columns = bundled._reader.columns
    services = bundled._reader.things("SupportService")
    expected = {(iri, field) for iri, thing in services.items() for field in thing.all("support_field")}
    assert expected <= set(ends(columns, "SupportService"))


def test_what_took_place_is_over_but_stays(bundled: KnowledgeGraph) -> None:
    columns = bundled._reader.columns
    everything = columns.of_class(*CLASSES)
    names, places = columns.classes(everything, *CLASSES)
    over = happened(columns, everything, "2023-10-01")
    assert {node_kind(names[place]) for place in places[over]} == {"activity"}
    assert not happened(columns, everything, "1900-01-01").any()
    assert not happened(columns, everything, None).any()
