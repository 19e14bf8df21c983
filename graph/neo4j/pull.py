"""Reading a graph back out of Neo4j, quad for quad, and holding it against the one here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pyoxigraph as ox

from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import OWN_LINKS, OWN_NODES, read_marker, take_census, whole_marker
from tsunagari.graph.neo4j.property_graph import Link, link_quads, quads_of
from tsunagari.graph.neo4j.statements import statements_of
from tsunagari.graph.neo4j.writing import BATCH

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader

NODES = f"{OWN_NODES} RETURN properties(n)"
LINKS = f"{OWN_LINKS} RETURN a.iri, type(r), b.iri, r.graphs"


def pull(address: Address) -> Iterator[ox.Quad]:
    """Yield every quad of the graph that a database holds.

    Raises
    ------
    StoreError
        The database cannot be reached, holds no graph of ours, or only part of one.
    """
    with Database(address) as database:
        marker = whole_marker(database)
        for (properties,) in database.stream(NODES):
            yield from quads_of(properties, marker.names, marker.graphs)
        for start, name, end, graphs in database.stream(LINKS):
            if name in marker.names.types:
                yield from link_quads(Link(start, name, end, graphs), marker.names, marker.graphs)


def described(address: Address, iri: str) -> Iterator[ox.Quad]:
    """Yield what a database says of one thing.

    Raises
    ------
    StoreError
        As `pull`.
    """
    with Database(address) as database:
        marker = whole_marker(database)
        for (properties,) in database.stream(f"{OWN_NODES} AND n.iri = $iri RETURN properties(n)", iri=iri):
            yield from quads_of(properties, marker.names, marker.graphs)
        text = f"{OWN_LINKS} AND a.iri = $iri RETURN a.iri, type(r), b.iri, r.graphs"
        for start, name, end, graphs in database.stream(text, iri=iri):
            if name in marker.names.types:
                yield from link_quads(Link(start, name, end, graphs), marker.names, marker.graphs)


def verify(reader: Reader, address: Address) -> pd.DataFrame:
    """Compare a graph with what a database holds, statement by statement.

    Parameters
    ----------
    reader
        The graph here.
    address
        The database.

    Returns
    -------
    One row for each 5,000 subjects, in the order of their IRIs: ``batch``, ``first`` (the first subject), ``here`` and
    ``there`` (numbers of statements), ``equal``, ``example`` (a subject of which they say unlike things, else empty).

    Raises
    ------
    StoreError
        As `pull`.
    """
    here = dict(statements_of(reader.store.quads()).subjects())
    there = dict(statements_of(pull(address)).subjects())
    subjects = sorted({*here, *there})
    rows = []
    for number, start in enumerate(range(0, len(subjects), BATCH), start=1):
        part = subjects[start : start + BATCH]
        unlike = [iri for iri in part if here.get(iri) != there.get(iri)]
        counts = [sum(len(side.get(iri, ())) for iri in part) for side in (here, there)]
        rows.append((number, part[0], *counts, not unlike, unlike[0] if unlike else ""))
    return pd.DataFrame(rows, columns=["batch", "first", "here", "there", "equal", "example"])


def status(address: Address) -> pd.DataFrame:
    """Return what a database holds: one row a fact, with the columns ``fact`` and ``value``.

    Raises
    ------
    StoreError
        The database cannot be reached.
    """
    with Database(address) as database:
        marker, census = read_marker(database), take_census(database)
        facts: dict[str, object] = {"server": database.agent, "database": address.database}
        if marker is not None:
            facts |= {
                "workspace": marker.workspace,
                "version": marker.version,
                "startedAt": marker.started_at,
                "completedAt": marker.completed_at or "",
                "sha256": marker.sha256 or "",
            }
        facts |= {
            "nodes": census.nodes,
            "relationships": census.relationships,
            "shortcuts": census.shortcuts,
            "foreign": census.foreign,
        }
    return pd.DataFrame([(key, str(value)) for key, value in facts.items()], columns=["fact", "value"])
