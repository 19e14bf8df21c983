"""The columns say what the store says, thing by thing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.columns.columns import Columns, columns_of
from tsunagari.graph.columns.validity import TIME_COLUMNS, holds_at, validity
from tsunagari.graph.facts.things import Reader, Thing, read_things
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.store import Store, select
from tsunagari.ontology.namespaces import DCT, RDF, RDFS, SKOS, TSU, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary

CLASSES = ("Organization", "Collaboration", "CollaborationTie", "PlatformMembership", "SupportService", "Activity")
DAYS = ("1900-01-01", "2020-02-13", "2022-12-01", "2023-10-01", "2099-01-01", None)


@pytest.fixture(scope="module")
def columns(bundled: KnowledgeGraph) -> Columns:
    return columns_of(bundled.store)


def asked_things(store: Store, *tops: str) -> dict[str, Thing]:
    """Return the things of a class as SPARQL gives them, which knows nothing of columns."""
    words = vocabulary()
    ranks = {words.class_iri(name): len(words.subclasses(name)) for top in tops for name in words.subclasses(top)}
    types = " ".join(f"<{iri}>" for iri in sorted(ranks))
    said: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in store.query(f"SELECT ?s ?p ?o {{ VALUES ?c {{ {types} }} ?s a ?c ; ?p ?o }}"):
        said[subject.value][predicate.value].add(value)
    found = {}
    for iri in sorted(said):
        mine = [value.value for value in said[iri][f"{RDF}type"] if value.value in ranks]
        texts: dict[str, set[str]] = defaultdict(set)
        for path, values in said[iri].items():
            texts[column_name(path)].update(value.value for value in values)
        labels = {
            value.language or "": value.value
            for value in sorted(said[iri].get(f"{SKOS}prefLabel", ()), key=str, reverse=True)
            if isinstance(value, ox.Literal)
        }
        values_of = {name: tuple(sorted(some)) for name, some in texts.items()}
        found[iri] = Thing(iri, local_name(min(mine, key=lambda name: (ranks[name], name))), values_of, labels)
    return found


def asked_labels(store: Store, lang: str) -> dict[str, str]:
    """Return the label of everything that has one, as SPARQL gives it."""
    best: dict[str, tuple[int, str]] = {}
    order = {"ja": 1, "": 2, lang: 0}
    query = "SELECT ?s ?l (LANG(?l) AS ?g) { VALUES ?p { skos:prefLabel rdfs:label dct:title } ?s ?p ?l }"
    for iri, text, language in select(store, query):
        if iri is not None and text is not None:
            found = (order.get(language or "", 3), text)
            best[iri] = min(found, best.get(iri, found))
    return {iri: text for iri, (_, text) in best.items()}


@pytest.fixture(scope="module", params=CLASSES)
def things(bundled: KnowledgeGraph, request: pytest.FixtureRequest) -> tuple[str, dict[str, Thing]]:
    return request.param, asked_things(bundled.store, request.param)


def test_things_are_what_sparql_says_of_them(columns: Columns, things: tuple[str, dict[str, Thing]]) -> None:
    cls, found = things
    assert read_things(columns, cls) == found
    assert list(read_things(columns, cls)) == list(found)


def test_every_value_of_every_thing_is_in_the_columns(columns: Columns, things: tuple[str, dict[str, Thing]]) -> None:
    cls, found = things
    codes = columns.of_class(cls)
    assert columns.text(codes) == list(found)
    for name in {name for thing in found.values() for name in thing.values}:
        first = [thing.one(name) for thing in found.values()]
        assert columns.objects(columns.one(name, codes)).tolist() == first
        starts, values = columns.all(name, codes)
        texts = columns.text(values)
        assert [tuple(texts[a:b]) for a, b in itertools.pairwise(starts)] == [
            thing.all(name) for thing in found.values()
        ]


def test_class_status_and_validity_are_those_of_the_things(
    columns: Columns, things: tuple[str, dict[str, Thing]]
) -> None:
    cls, found = things
    codes = columns.of_class(cls)
    names, places = columns.classes(codes, cls)
    assert [names[place] for place in places] == [thing.cls for thing in found.values()]
    assert [columns.statuses[place] for place in columns.status(codes)] == [thing.status for thing in found.values()]
    for at in DAYS:
        held = [("no", "possible", "certain")[number] for number in columns.holds(codes, at)]
        assert held == [thing.holds(at) for thing in found.values()]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_labels_are_those_of_the_reader(columns: Columns, bundled: KnowledgeGraph, lang: str) -> None:
    reader, asked = Reader(bundled.store), asked_labels(bundled.store, lang)
    codes = np.arange(len(columns.terms))
    labels = [reader.label(iri, lang) for iri in columns.text(codes)]
    assert columns.labels(codes, lang) == labels
    assert labels == [asked.get(iri) or vocabulary().label(iri, lang) for iri in columns.text(codes)]


def test_codes_are_in_the_order_of_the_texts_and_lead_back_to_them(columns: Columns) -> None:
    texts = columns.text(np.arange(len(columns.terms)))
    assert texts == sorted(set(texts))
    assert columns.codes(texts[::97]).tolist() == list(range(0, len(texts), 97))
    assert columns.code("urn:nobody-says-this") == -1
    assert columns.text([-1, 0]) == ["", texts[0]]
    assert columns.objects([-1]).tolist() == [None]


def test_pairs_are_sorted_and_each_is_there_once(columns: Columns) -> None:
    assert "member" in columns.names
    for name in columns.names:
        pairs = list(zip(*(codes.tolist() for codes in columns.pairs(name)), strict=True))
        assert pairs == sorted(set(pairs))
        assert pairs


def test_what_the_graph_does_not_say_is_empty(columns: Columns) -> None:
    codes = columns.of_class("Organization")
    assert [len(part) for part in columns.pairs("no_such_property")] == [0, 0]
    assert set(columns.one("no_such_property", codes)) == {-1}
    assert np.isnan(columns.numbers("no_such_property", codes)).all()
    assert columns.all("no_such_property", codes)[0].tolist() == [0] * (len(codes) + 1)


def test_numbers_are_read_from_the_texts(columns: Columns, bundled: KnowledgeGraph) -> None:
    needs = asked_things(bundled.store, "NeedStatement")
    expected = [float(thing.one("indicator_value") or "nan") for thing in needs.values()]
    found = columns.numbers("indicator_value", columns.of_class("NeedStatement"))
    np.testing.assert_array_equal(found, expected)
    assert np.isnan(columns.numbers("pref_label", columns.of_class("Organization"))).all()


def test_a_graph_without_quads_has_empty_columns() -> None:
    nothing = columns_of(MemoryStore())
    assert len(nothing.of_class("Organization")) == len(nothing.terms) == len(nothing.names) == 0
    assert nothing.code("urn:a") == -1
    assert nothing.labels([-1]) == [""]
    assert nothing.statuses[0] == "stated"


def odd_quads() -> Iterator[ox.Quad]:
    """Terms that are written in unusual ways: escapes, languages, blank nodes, two graphs, several names."""
    thing, graph = ox.NamedNode("urn:é"), ox.NamedNode("urn:g")
    name = ox.NamedNode(f"{SKOS}prefLabel")
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.Literal('a "b" <c>\\\n\r\t\x01\u2028 '), graph)
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.Literal(""), graph)
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.Literal("same"), graph)
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.Literal("same", language="ja"), ox.NamedNode("urn:other"))
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.Literal("1", datatype=ox.NamedNode("urn:type")), graph)
    yield ox.Quad(thing, ox.NamedNode("urn:x/p"), ox.BlankNode("b1"))
    yield ox.Quad(ox.BlankNode("b1"), ox.NamedNode("urn:x/p"), ox.NamedNode("urn:\U0001f600"), graph)
    yield ox.Quad(thing, name, ox.Literal("nom", language="fr"), graph)
    yield ox.Quad(thing, name, ox.Literal("Z", language="en"), graph)
    yield ox.Quad(thing, name, ox.Literal("A", language="en"), graph)
    yield ox.Quad(thing, ox.NamedNode(f"{RDFS}label"), ox.Literal("0", language="en"), graph)
    yield ox.Quad(thing, ox.NamedNode(f"{DCT}title"), ox.Literal("題", language="ja"), graph)


def test_every_way_to_write_a_term_is_read() -> None:
    found = columns_of(MemoryStore(odd_quads()))
    thing = found.code("urn:é")
    _, values = found.all("p", [thing])
    assert found.text(values) == sorted(["", "1", "same", "b1", 'a "b" <c>\\\n\r\t\x01\u2028 '])
    assert found.text(found.one("p", [found.code("b1")])) == ["urn:\U0001f600"]
    assert [found.labels([thing], lang)[0] for lang in ("ja", "en", "fr", "de")] == ["題", "A", "nom", "題"]


def test_a_thing_of_two_classes_has_the_more_specific_one() -> None:
    thing, kind = ox.NamedNode("urn:t"), ox.NamedNode(f"{RDF}type")
    classes = ["http://www.w3.org/ns/org#Organization", f"{TSU}LocalGovernment"]
    found = columns_of(MemoryStore(ox.Quad(thing, kind, ox.NamedNode(cls)) for cls in classes))
    names, places = found.classes([found.code("urn:t"), -1], "Organization")
    assert (names[places[0]], places[1]) == ("LocalGovernment", -1)


def test_many_times_hold_as_each_by_itself() -> None:
    """Every way to give or leave out the seven dates, with dates before, on and after the day."""
    choices = [None, "2020-01-01", "2021-01-01", "2022-01-01"]
    cases = [dict(zip(TIME_COLUMNS, dates, strict=True)) for dates in itertools.product(choices, repeat=7)]
    numbers = {
        name: np.array([-1 if case[name] is None else int(case[name][:4]) for case in cases]) for name in TIME_COLUMNS
    }
    expected = [("no", "possible", "certain").index(validity(case, "2021-01-01")) for case in cases]
    assert holds_at(numbers, 2021).tolist() == expected


def test_codes_of_many_texts_are_those_of_each_wherever_they_stand(columns: Columns) -> None:
    terms = columns.terms
    every = [terms.one(code) for code in range(len(terms))]
    for texts in (
        every,
        every[::-1],
        every[-1:],
        every[:2] + every[-2:],
        [],
        ["\U0010ffff", "", *every[5:50], "urn:no"],
    ):
        assert terms.codes(texts).tolist() == [terms.code(text) for text in texts]
