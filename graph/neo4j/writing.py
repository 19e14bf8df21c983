"""Writing nodes, relationships and shortcuts in batches: what was under way at a lost commit is written again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.names import HASH, LOCK, MARKER, NAME, RESOURCE, SHORTCUTS, STATUS
from tsunagari.graph.neo4j.property_graph import Link, Node
from tsunagari.graph.neo4j.shortcuts import Shortcut

T = TypeVar("T")
BATCH = 5000
SESSIONS = 2
CONSTRAINTS = {RESOURCE: "iri", MARKER: "id", LOCK: "id"}
FULL_TEXT = ("name", "prefLabel_ja", "prefLabel_en", "altLabel_ja", "reading_ja_hira")
UNLINK = (
    f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) UNWIND row[1] AS link "
    f"MATCH (a)-[r]->(b:{RESOURCE} {{iri: link[1]}}) WHERE r.graphs IS NOT NULL AND type(r) = link[0] DELETE r"
)
Step = Callable[[int], None]


def chunks(rows: Sequence[T], size: int = BATCH, weight: Callable[[T], int] = lambda _: 1) -> Iterator[Sequence[T]]:
    """Yield the rows in pieces that weigh at least `size`, the last one less."""
    start = weighed = 0
    for place, row in enumerate(rows, start=1):
        weighed += weight(row)
        if weighed >= size:
            yield rows[start:place]
            start, weighed = place, 0
    if start < len(rows):
        yield rows[start:]


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
        database.write(UNLINK, [(start, [(name, end)]) for start, name, end in part])


def remove_labels(database: Database, labels: Mapping[str, Sequence[str]]) -> None:
    """Take labels from nodes: the IRI of each to the labels that it loses."""
    for part in chunks(sorted(labels.items())):
        database.write(f"UNWIND $rows AS row MATCH (n:{RESOURCE} {{iri: row[0]}}) REMOVE n:$(row[1])", part)


def create_nodes(database: Database, nodes: Iterable[Node], hashes: Mapping[str, str], step: Step) -> None:
    """Make nodes that are not there.

    Parameters
    ----------
    database
        The database.
    nodes
        The nodes.
    hashes
        IRI to the hash of those on which nothing hangs; the others get theirs with what does.
    step
        Called after each batch with the number of rows.
    """
    text = f"UNWIND $rows AS row CREATE (n:{RESOURCE}:$(row[1])) SET n = row[0]"
    undo = f"UNWIND $rows AS row MATCH (n:{RESOURCE} {{iri: row[0].iri}}) DETACH DELETE n"
    _write_all(database, text, [_row(node, hashes) for node in nodes], step, undo=undo)


def replace_nodes(database: Database, nodes: Iterable[Node], hashes: Mapping[str, str], step: Step) -> None:
    """Replace nodes that are there, or make them; for the parameters see `create_nodes`."""
    text = f"UNWIND $rows AS row MERGE (n:{RESOURCE} {{iri: row[0].iri}}) SET n = row[0] SET n:$(row[1])"
    _write_all(database, text, [_row(node, hashes) for node in nodes], step)


def _row(node: Node, hashes: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    mark = hashes.get(node.iri)
    return (node.properties if mark is None else {**node.properties, HASH: mark}), list(node.labels)


def write_links(database: Database, links: Iterable[Link], hashes: Mapping[str, str], step: Step) -> None:
    """Make relationships that are not there, those of a node together with its hash, where it has one in `hashes`."""
    text = (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) SET a.{HASH} = row[2] "
        f"WITH a, row UNWIND row[1] AS link MATCH (b:{RESOURCE} {{iri: link[1]}}) "
        "CREATE (a)-[:$(link[0]) {graphs: link[2]}]->(b)"
    )
    grouped: dict[str, list[tuple[str, str, list[int]]]] = defaultdict(list)
    for link in links:
        grouped[link.start].append((link.type, link.end, link.graphs))
    rows = [(start, ends, hashes.get(start)) for start, ends in grouped.items()]
    _write_all(database, text, rows, step, undo=UNLINK, weight=_members, sessions=1)


def write_shortcuts(database: Database, shortcuts: Iterable[Shortcut], hashes: Mapping[str, str], step: Step) -> None:
    """Make shortcuts that are not there, those that a node stands for together with its hash."""
    text = (
        f"UNWIND $rows AS row MATCH (v:{RESOURCE} {{iri: row[0]}}) SET v.{HASH} = row[2] "
        f"WITH row UNWIND row[1] AS arrow MATCH (a:{RESOURCE} {{iri: arrow[0]}}) "
        f"MATCH (b:{RESOURCE} {{iri: arrow[1]}}) CREATE (a)-[r:$(arrow[2])]->(b) SET r = arrow[3] SET r.via = row[0]"
    )
    undo = (
        f"UNWIND $rows AS row UNWIND row[1] AS arrow MATCH (a:{RESOURCE} {{iri: arrow[0]}})-[r]->"
        f"(b:{RESOURCE} {{iri: arrow[1]}}) WHERE r.via = row[0] AND type(r) = arrow[2] DELETE r"
    )
    grouped: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = defaultdict(list)
    for arrow in shortcuts:
        grouped[arrow.via].append((arrow.start, arrow.end, arrow.type, dict(arrow.properties)))
    rows = [(via, arrows, hashes.get(via)) for via, arrows in grouped.items()]
    _write_all(database, text, rows, step, undo=undo, weight=_members, sessions=1)


def _members(row: Sequence[Any]) -> int:
    return len(row[1])


def _write_all(
    database: Database,
    text: str,
    rows: Sequence[Any],
    step: Step,
    *,
    undo: str | None = None,
    weight: Callable[[Any], int] = lambda _: 1,
    sessions: int = SESSIONS,
) -> None:
    """Run a statement for all rows, in some sessions at once.

    What a relationship joins is locked until the commit, and of two batches of a random network each soon waits for the
    other, whatever their order: relationships are written in one session.
    """

    def run(part: Sequence[Any]) -> int:
        database.write(text, part, undo=undo)
        return sum(map(weight, part))

    with ThreadPoolExecutor(sessions, thread_name_prefix="neo4j") as pool:
        for done in pool.map(run, chunks(rows, weight=weight)):
            step(done)
