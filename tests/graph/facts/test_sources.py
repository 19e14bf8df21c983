"""What is said of many things at once is what each says by itself."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tsunagari.graph.facts.sources import Citations, document_titles
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.store import select
from tsunagari.ontology.namespaces import local_name


@pytest.fixture(scope="module")
def reader(bundled: KnowledgeGraph) -> Reader:
    return Reader(bundled.store)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_titles_of_many_are_those_of_each(reader: Reader, lang: str) -> None:
    things = reader.things("Organization", "PlatformMembership", "SupportService")
    citations = Citations(reader, lang=lang)
    titles = document_titles(reader.columns, reader.columns.codes(things), lang=lang)
    assert titles == [citations.titles(thing) for thing in things.values()]
    assert any(len(listed) > 1 for listed in titles)


def test_a_document_counts_each_thing_once_and_never_itself(reader: Reader) -> None:
    citations = Citations(reader)
    found = {
        (thing, citations.at(str(place)).document)
        for thing, place in select(reader.store, "SELECT ?s ?place { ?s tsu:statedIn ?place }")
    }
    assert citations.counts() == dict(
        sorted(Counter(document for thing, document in found if thing != document).items())
    )
    assert max(citations.counts().values()) > 1


def test_what_is_stated_nowhere_has_no_place(reader: Reader) -> None:
    assert Citations(reader).stated("urn:nothing") == []
    assert document_titles(reader.columns, reader.columns.codes(["urn:nothing"])) == [[]]
    assert document_titles(reader.columns, reader.columns.codes([])) == []


def test_every_thing_counts_once_under_its_most_particular_kind(bundled: KnowledgeGraph) -> None:
    counts = dict(bundled.summary("en")[["what", "count"]].itertuples(index=False, name=None))
    assert counts["organisations"] == len(bundled.organizations)
    assert counts["ties"] == len(bundled.ties["tie_id"].unique())


def test_statuses_are_counted_in_the_order_of_the_scheme(bundled: KnowledgeGraph) -> None:
    rows = select(bundled.store, "SELECT ?status (COUNT(DISTINCT ?s) AS ?n) { ?s tsu:status ?status } GROUP BY ?status")
    found = bundled.status_counts()
    assert dict(zip(found["status_id"], found["count"], strict=True)) == {
        local_name(str(status)): int(str(number)) for status, number in rows
    }
    assert found["status_id"].tolist()[0] == "stated"


def test_numbered_places_are_those_of_each_thing_and_stand_once(bundled: KnowledgeGraph) -> None:
    iris = [*bundled.ties["tie_id"], "urn:nothing", *bundled.organizations["organization_id"]]
    found = bundled.numbered_places(iris)
    numbers = np.split(found.numbers, found.starts[1:-1])
    assert [[found.places[number] for number in some] for some in numbers] == bundled.citations_each(iris)
    assert len(set(found.places)) == len(found.places) > 10
