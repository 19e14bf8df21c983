from __future__ import annotations

import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_lines import quads
from tsunagari.graph.columns.column_parts import ColumnBuilder, statements_of
from tsunagari.graph.columns.column_statements import Statements
from tsunagari.ontology.vocabulary import vocabulary

WORDS = vocabulary()
ONE, OTHER = ox.NamedNode("urn:list:1"), ox.NamedNode("urn:list:2")
NAME, SINCE = ox.NamedNode("urn:name"), ox.NamedNode("urn:since")
DAY = ox.Literal("2023-10-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
TIES = [
    ox.Quad(ox.NamedNode("urn:tie/1"), NAME, ox.Literal("架空", language="ja"), ONE),
    ox.Quad(ox.NamedNode("urn:tie/1"), SINCE, DAY, ONE),
    ox.Quad(ox.NamedNode("urn:tie/2"), NAME, ox.NamedNode("urn:tie/1"), ONE),
    ox.Quad(ox.NamedNode("urn:tie/3"), NAME, ox.Literal("架空"), ONE),
]
REST = [
    ox.Quad(ox.NamedNode("urn:tie/1"), NAME, ox.Literal("別の一覧", language="ja"), OTHER),
    ox.Quad(ox.NamedNode("urn:ties"), NAME, ox.Literal("別の物"), ONE),
    ox.Quad(ox.NamedNode("urn:org/1"), NAME, ox.Literal("架空の会"), ONE),
]


@pytest.fixture
def last() -> Statements:
    return statements_of([*TIES, *REST])


def test_things_of_a_list_are_taken_as_they_were(last: Statements) -> None:
    builder = ColumnBuilder()
    assert builder.take(last, WORDS, "urn:list:1", "urn:tie/", [], 3)
    assert set(quads(builder.finish())) == set(TIES)


def test_things_that_are_to_be_made_anew_are_not_taken(last: Statements) -> None:
    builder = ColumnBuilder()
    assert builder.take(last, WORDS, "urn:list:1", "urn:tie/", ["urn:tie/1", "urn:tie/9"], 2)
    assert set(quads(builder.finish())) == set(TIES[2:])


@pytest.mark.parametrize(("graph", "count"), [("urn:list:1", 2), ("urn:list:1", 4), ("urn:list:3", 1)])
def test_nothing_is_taken_when_the_number_differs(last: Statements, graph: str, count: int) -> None:
    builder = ColumnBuilder()
    assert not builder.take(last, WORDS, graph, "urn:tie/", [], count)
    assert len(builder.finish()) == 0


def test_nothing_is_taken_from_an_empty_graph() -> None:
    assert not ColumnBuilder().take(statements_of([]), WORDS, "urn:list:1", "urn:tie/", [], 1)
