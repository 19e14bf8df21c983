"""What a database notes about the graph in it: whose it is, whether it is whole, and what its names stand for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tsunagari.errors import Message, StoreError
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.names import LOCK, MARKER, RESOURCE, SHORTCUTS, Names

READ_MARKER = f"MATCH (m:{MARKER} {{id: 'graph'}}) RETURN properties(m)"
START = f"""\
MERGE (m:{MARKER} {{id: 'graph'}})
SET m.workspace = $workspace, m.version = $version, m.startedAt = toString(datetime()), m.completedAt = null,
  m.sha256 = null, m.graphs = $graphs, m.names = $names"""
HOLD = f"MERGE (l:{LOCK} {{id: 'push'}}) SET l.held = true"
COMPLETE = f"""\
MATCH (l:{LOCK} {{id: 'push'}}) SET l.held = false
WITH l MATCH (m:{MARKER} {{id: 'graph'}})
SET m.completedAt = toString(datetime()), m.sha256 = $sha256, m.nodes = $nodes, m.relationships = $relationships,
  m.shortcuts = $shortcuts"""
OWN_NODES = f"MATCH (n:{RESOURCE}) WHERE n.graphs IS NOT NULL"
OWN_LINKS = f"MATCH (a:{RESOURCE})-[r]->(b:{RESOURCE}) WHERE r.graphs IS NOT NULL"


@dataclass(slots=True)
class Marker:
    """The note that a push leaves.

    Parameters
    ----------
    workspace
        Title of the workspace whose graph it is.
    version
        Version of this program.
    started_at, completed_at
        When the push began and ended, by the clock of the server; the end is None while it is not whole.
    sha256
        Digest of the statements, see `tsunagari.graph.neo4j.statements.Statements`.
    graphs
        The named graphs by the numbers that nodes and relationships carry.
    names
        What labels, keys and types stand for.
    nodes, relationships, shortcuts
        How many there were at the end.
    """

    workspace: str = ""
    version: str = ""
    started_at: str | None = None
    completed_at: str | None = None
    sha256: str | None = None
    graphs: list[str] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    nodes: int = 0
    relationships: int = 0
    shortcuts: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the last push came to its end."""
        return self.completed_at is not None


@dataclass(frozen=True, slots=True)
class Census:
    """How much of what is in a database.

    Parameters
    ----------
    nodes, relationships, shortcuts
        Those of pushes.
    foreign
        Nodes of other people.
    lookalikes
        Nodes of other people that have the label of ours.
    """

    nodes: int
    relationships: int
    shortcuts: int
    foreign: int
    lookalikes: int


def read_marker(database: Database) -> Marker | None:
    """Return the note of the last push, None when there was none."""
    rows = database.read(READ_MARKER)
    if not rows:
        return None
    said = rows[0][0]
    return Marker(
        said.get("workspace", ""),
        said.get("version", ""),
        said.get("startedAt"),
        said.get("completedAt"),
        said.get("sha256"),
        list(said.get("graphs", [])),
        names_from(said.get("names", "{}")),
        *(int(said.get(key, 0)) for key in ("nodes", "relationships", "shortcuts")),
    )


def whole_marker(database: Database) -> Marker:
    """Return the note of a push that came to its end.

    Raises
    ------
    StoreError
        There was no push, or the last one was interrupted.
    """
    marker = read_marker(database)
    url = database.address.url
    if marker is None:
        raise StoreError(
            Message(f"{url} につながりのグラフはありません。", f"{url} holds no graph of Tsunagari."),
            Message("`tsunagari neo4j push` で送ってください。", "Send one by `tsunagari neo4j push`."),
        )
    if not marker.is_whole:
        raise StoreError(
            Message(
                f"{url} への push が途中で止まっています（{marker.started_at} 開始）。",
                f"A push to {url} has not come to its end (begun {marker.started_at}).",
            ),
            Message("もう一度 push すると、続きから書きます。", "Push again: it goes on where it stopped."),
        )
    return marker


def take_census(database: Database) -> Census:
    """Count what is in the database."""
    own = database.read(f"{OWN_NODES} RETURN count(n)")[0][0]
    alike = database.read(f"MATCH (n:{RESOURCE}) RETURN count(n)")[0][0] - own
    every = database.read("MATCH (n) RETURN count(n)")[0][0]
    marks = database.read(f"MATCH (n) WHERE n:{MARKER} OR n:{LOCK} RETURN count(n)")[0][0]
    links = database.read(f"{OWN_LINKS} RETURN count(r)")[0][0]
    arrows = sum(database.read(f"MATCH ()-[r:{name}]->() WHERE r.derived RETURN count(r)")[0][0] for name in SHORTCUTS)
    return Census(own, links, arrows, every - own - marks, alike)


def names_text(names: Names) -> str:
    """Return names as one text for the note."""
    return json.dumps({"labels": names.labels, "types": names.types, "keys": names.keys}, sort_keys=True)


def names_from(text: str) -> Names:
    """Return the names that `names_text` wrote."""
    found = json.loads(text)
    keys = {name: (iri, language) for name, (iri, language) in found.get("keys", {}).items()}
    return Names(dict(found.get("labels", {})), dict(found.get("types", {})), keys)
