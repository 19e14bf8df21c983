from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest
from tests.graph.neo4j.conftest import Run

from tsunagari.graph.neo4j import writing
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.property_graph import Link, Node
from tsunagari.graph.neo4j.shortcuts import Shortcut


def told(rows: int) -> None:
    assert rows > 0


def test_rows_go_in_pieces_and_nothing_in_none() -> None:
    assert [list(part) for part in writing.chunks([1, 2, 3], 2)] == [[1, 2], [3]]
    assert list(writing.chunks([])) == []
    assert [list(part) for part in writing.chunks(["aa", "b", "ccc", "d"], 3, len)] == [["aa", "b"], ["ccc"], ["d"]]


@pytest.fixture
def filled(address: Address) -> Address:
    nodes = [Node(f"urn:{name}", ("Organization",), {"iri": f"urn:{name}", "graphs": [0]}) for name in "abc"]
    with Database(address) as database:
        writing.define_constraints(database)
        writing.create_nodes(database, nodes, {"urn:b": "0"}, told)
        writing.write_links(database, [Link("urn:a", "MEMBER", "urn:b", [0, 1])], {"urn:a": "1"}, told)
        arrow = Shortcut("MEMBER_OF", "urn:a", "urn:b", "urn:c", {"derived": True})
        writing.write_shortcuts(database, [arrow], {"urn:c": "2"}, told)
    return address


def test_a_node_gets_its_hash_with_the_last_of_what_hangs_on_it(filled: Address, run: Run) -> None:
    found = run("MATCH (n:Resource) RETURN n.iri AS iri, n._hash AS mark ORDER BY iri")
    assert [(row["iri"], row["mark"]) for row in found] == [("urn:a", "1"), ("urn:b", "0"), ("urn:c", "2")]


def test_a_node_written_again_is_replaced_and_not_doubled(filled: Address, run: Run) -> None:
    with Database(filled) as database:
        again = Node("urn:a", ("Platform",), {"iri": "urn:a", "graphs": [1], "name": "新"})
        writing.replace_nodes(database, [again], {}, told)
        writing.remove_labels(database, {"urn:a": ["Organization"]})
    (found,) = run("MATCH (n:Resource {iri: 'urn:a'}) RETURN n, labels(n) AS labels")
    assert (found["n"]["name"], set(found["labels"])) == ("新", {"Resource", "Platform"})


def test_relationships_and_shortcuts_go_by_what_they_are(filled: Address, run: Run) -> None:
    run("MATCH (a:Resource {iri: 'urn:a'}), (b:Resource {iri: 'urn:b'}) CREATE (a)-[:MEMBER {theirs: true}]->(b)")
    with Database(filled) as database:
        writing.delete_links(database, [("urn:a", "MEMBER", "urn:b")])
        writing.delete_shortcuts(database, ["urn:c"])
    assert [row["theirs"] for row in run("MATCH ()-[r]->() RETURN r.theirs AS theirs")] == [True]


def test_a_deleted_node_takes_its_shortcuts_along(filled: Address, run: Run) -> None:
    with Database(filled) as database:
        writing.delete_nodes(database, ["urn:c"], told)
    assert run("MATCH ()-[r:MEMBER_OF]->() RETURN r") == []
    assert len(run("MATCH (n:Resource) RETURN n")) == 2


def test_readings_are_found_by_the_index_of_words(filled: Address, run: Run) -> None:
    with Database(filled) as database:
        writing.define_indexes(database)
        writing.define_indexes(database)  # twice is no error
    (index,) = run("SHOW INDEXES YIELD name, properties WHERE name = 'tsunagari_names' RETURN properties")
    assert "reading_ja_hira" in index["properties"]


class Watched:
    """Stands for a database, and tells how many batches were under way at once."""

    def __init__(self) -> None:
        self.most = 0
        self._lock, self._now = threading.Lock(), 0

    def write(self, text: str, rows: Sequence[object], *, undo: str | None = None) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.05)
        with self._lock:
            self._now -= 1


def test_batches_of_relationships_never_wait_for_each_other() -> None:
    """Side by side each locks what the other needs: a push of a random network of 100,000 bodies never ended."""
    count = 3 * writing.BATCH
    nodes, links, shortcuts = Watched(), Watched(), Watched()
    writing.create_nodes(nodes, [Node(f"urn:{number}") for number in range(count)], {}, told)  # type: ignore[arg-type]
    ends = [(f"urn:{number}", f"urn:{number + 1}") for number in range(count)]
    writing.write_links(links, [Link(pair[0], "LINKED_TO", pair[1], [0]) for pair in ends], {}, told)  # type: ignore[arg-type]
    arrows = [Shortcut("MEMBER_OF", *pair, pair[0], {}) for pair in ends]
    writing.write_shortcuts(shortcuts, arrows, {}, told)  # type: ignore[arg-type]
    assert (nodes.most, links.most, shortcuts.most) == (2, 1, 1)
