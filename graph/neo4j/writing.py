"""Writing nodes, relationships and shortcuts in batches: what was under way at a lost commit is written again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.names import LOCK, MARKER, NAME, RESOURCE, SHORTCUTS, STATUS
from tsunagari.graph.neo4j.property_graph import Link, Node
from tsunagari.graph.neo4j.shortcuts import Shortcut

T = TypeVar("T")
BATCH = 5000
SESSIONS = 2
CONSTRAINTS = {RESOURCE: "iri", MARKER: "id", LOCK: "id"}
FULL_TEXT = ("name", "prefLabel_ja", "prefLabel_en", "altLabel_ja", "reading_ja_hira")
UNLINK = (
    f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}})-[r]->(b:{RESOURCE} {{iri: row[1]}}) "
    "WHERE r.graphs IS NOT NULL AND type(r) = row[2] DELETE r"
)
Step = Callable[[int], None]


def chunks(rows: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Yield the rows in pieces."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def define_constraints(database: Database) -> None:
    """Make what the writing needs: each IRI once, one note, one lock, and shortcuts found by what they stand for."""
    for label, key in CONSTRAINTS.items():
        name = f"tsunagari_{label.lower()}_{key}"
        database.define(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")
    for name in SHORTCUTS:
        index = f"tsunagari_{name.lower()}_via"
        database.define(f"CREATE INDEX {index} IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.via)")
    database.define("CALL db.awaitIndexes(300)")


def define_indexes(database: Database) -> None:
    """Make what people look things up by: name, status, and words in names and readings."""
    for key in (NAME, STATUS):
        database.define(f"CREATE INDEX tsunagari_resource_{key} IF NOT EXISTS FOR (n:{RESOURCE}) ON (n.{key})")
    keys = ", ".join(f"n.{key}" for key in FULL_TEXT)
    database.define(
        f"CREATE FULLTEXT INDEX tsunagari_names IF NOT EXISTS FOR (n:{RESOURCE}) ON EACH [{keys}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )


def delete_nodes(database: Database, iris: Sequence[str], step: Step) -> None:
    """Delete nodes of ours with all their relationships, and the shortcuts that they stand for."""
    delete_shortcuts(database, iris)
    for part in chunks(iris):
        database.write(f"UNWIND $rows AS iri MATCH (n:{RESOURCE} {{iri: iri}}) DETACH DELETE n", part)
        step(len(part))


def delete_shortcuts(database: Database, iris: Sequence[str]) -> None:
    """Delete the shortcuts that some nodes stand for."""
    for name in SHORTCUTS:
        for part in chunks(iris):
            database.write(f"UNWIND $rows AS iri MATCH ()-[r:{name}]->() WHERE r.via = iri DELETE r", part)


def delete_links(database: Database, links: Iterable[tuple[str, str, str]]) -> None:
    """Delete relationships, each given by start, type and end."""
    for part in chunks(sorted(links)):
        database.write(UNLINK, [(start, end, name) for start, name, end in part])


def remove_labels(database: Database, labels: Mapping[str, Sequence[str]]) -> None:
    """Take labels from nodes: the IRI of each to the labels that it loses."""
    for part in chunks(sorted(labels.items())):
        database.write(f"UNWIND $rows AS row MATCH (n:{RESOURCE} {{iri: row[0]}}) REMOVE n:$(row[1])", part)


def write_nodes(database: Database, nodes: Iterable[Node], step: Step) -> None:
    """Make or replace nodes; they carry no hash until what hangs on them is written too."""
    text = f"UNWIND $rows AS row MERGE (n:{RESOURCE} {{iri: row[0].iri}}) SET n = row[0] SET n:$(row[1])"
    _write_all(database, text, [(node.properties, list(node.labels)) for node in nodes], step)


def write_links(database: Database, links: Iterable[Link], step: Step) -> None:
    """Make relationships that are not there."""
    text = (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) MATCH (b:{RESOURCE} {{iri: row[1]}}) "
        "CREATE (a)-[r:$(row[2]) {graphs: row[3]}]->(b)"
    )
    rows = [(link.start, link.end, link.type, link.graphs) for link in links]
    _write_all(database, text, rows, step, undo=UNLINK)


def write_shortcuts(database: Database, shortcuts: Iterable[Shortcut], step: Step) -> None:
    """Make shortcuts that are not there."""
    text = (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) MATCH (b:{RESOURCE} {{iri: row[1]}}) "
        "CREATE (a)-[r:$(row[2])]->(b) SET r = row[4] SET r.via = row[3]"
    )
    undo = (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}})-[r]->(b:{RESOURCE} {{iri: row[1]}}) "
        "WHERE r.via = row[3] AND type(r) = row[2] DELETE r"
    )
    rows = [(arrow.start, arrow.end, arrow.type, arrow.via, arrow.properties) for arrow in shortcuts]
    _write_all(database, text, rows, step, undo=undo)


def write_hashes(database: Database, hashes: Sequence[tuple[str, str]], step: Step) -> None:
    """Say of nodes that they and what hangs on them are written."""
    _write_all(database, f"UNWIND $rows AS row MATCH (n:{RESOURCE} {{iri: row[0]}}) SET n._hash = row[1]", hashes, step)


def _write_all(database: Database, text: str, rows: Sequence[Any], step: Step, *, undo: str | None = None) -> None:
    """Run a statement for all rows, in two sessions at once; where these deadlock, the driver runs one again."""

    def run(part: Sequence[Any]) -> int:
        database.write(text, part, undo=undo)
        return len(part)

    with ThreadPoolExecutor(SESSIONS, thread_name_prefix="neo4j") as pool:
        for done in pool.map(run, chunks(rows)):
            step(done)
