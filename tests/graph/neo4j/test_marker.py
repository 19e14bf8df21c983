from __future__ import annotations

import pytest
from tests.graph.neo4j.conftest import Make, Run

from tsunagari.errors import StoreError
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import names_from, names_text, read_marker, take_census, whole_marker
from tsunagari.graph.neo4j.names import Names
from tsunagari.graph.neo4j.push import push


def test_names_come_back_from_the_note() -> None:
    names = Names()
    names.label("http://www.w3.org/ns/org#Organization")
    names.type("http://www.w3.org/ns/org#member")
    names.key("http://www.w3.org/2004/02/skos/core#prefLabel", "ja")
    names.key("https://w3id.org/tsunagari/ont#amount", None)
    assert names_from(names_text(names)) == names
    assert names_from("{}") == Names()


def test_a_database_without_a_push_has_no_note(address: Address) -> None:
    with Database(address) as database:
        assert read_marker(database) is None
        with pytest.raises(StoreError, match="holds no graph of Tsunagari"):
            whole_marker(database)


def test_the_census_tells_ours_from_others(make: Make, address: Address, run: Run) -> None:
    kg = make()
    push(kg._reader, kg.title, address)
    with Database(address) as database:
        before = take_census(database)
        run("CREATE (:Person {name: 'よそ'})-[:KNOWS]->(:Resource {iri: 'urn:alike'})")
        after = take_census(database)
        marker = whole_marker(database)
    assert (before.foreign, before.lookalikes) == (0, 0)
    assert (after.foreign, after.lookalikes) == (2, 1)
    assert (before.nodes, before.relationships, before.shortcuts) == (after.nodes, after.relationships, after.shortcuts)
    assert (marker.nodes, marker.relationships, marker.shortcuts) == (
        before.nodes,
        before.relationships,
        before.shortcuts,
    )
