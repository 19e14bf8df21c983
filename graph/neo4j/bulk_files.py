"""Files for Neo4j's bulk importer: for a first load of something large, several times as fast as a push.

They hold what a push writes, its note included, so that a push afterwards has nothing to do but the indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from itertools import groupby

import pyoxigraph as ox

from tsunagari.errors import Message, OutputError
from tsunagari.graph.facts import Reader, read_settings
from tsunagari.graph.neo4j.marker import Marker, names_text
from tsunagari.graph.neo4j.names import HASH, IRI, MARKER, RESOURCE
from tsunagari.graph.neo4j.property_graph import Link, Native, Node, name_text, node_of
from tsunagari.graph.neo4j.shortcuts import Shortcut, shortcuts_of
from tsunagari.graph.neo4j.statements import evidence_of, outline, statements_of

MARK = "\x1f"  # between the items of a list: the unit separator of ASCII, which no text of a list may hold
IMPORT = "import.sh"
_TYPES = ((bool, "boolean"), (int, "long"), (date, "date"), (str, "string"))


def bulk_files(reader: Reader, quads: Iterable[ox.Quad], *, lang: str = "ja") -> dict[str, bytes]:
    """Return the files, by name, and the script that imports them.

    Parameters
    ----------
    reader
        The graph, for the evidence on shortcuts.
    quads
        What is written of it.
    lang
        Language of the evidence.

    Returns
    -------
    ``nodes-….csv`` (one for each way in which properties are lists or not), ``relationships.csv``, ``shortcuts.csv``,
    ``note.csv`` and ``import.sh``, which runs ``neo4j-admin`` of a server that is stopped.
    """
    statements = statements_of(quads)
    evidence = evidence_of(reader, lang)
    shape = outline(statements, evidence)
    marker, numbers = Marker(read_settings(reader.store).title, version("tsunagari")), dict[str, int]()
    nodes = []
    parsed = ox.parse(b"\n".join(statements.lines), format=ox.RdfFormat.N_QUADS, lenient=True)
    for subject, said in groupby(parsed, key=lambda quad: quad.subject):
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        iri = name_text(subject)
        nodes.append(node_of(iri, said, marker.names, lambda graph: numbers.setdefault(graph, len(numbers))))
    known = {node.iri for node in nodes}
    nodes += [node_of(iri, (), marker.names, len) for iri in sorted(set(shape.digests) - known)]
    arrows = [arrow for node in nodes for arrow in shortcuts_of(node, evidence.get(node.iri, ""))]
    for node in nodes:
        node.properties[HASH] = shape.digests[node.iri]
    files = dict(_node_files(nodes))
    files["relationships.csv"] = _link_file(link for node in nodes for link in node.links)
    files["shortcuts.csv"] = _shortcut_file(arrows)
    counts = {"nodes": len(nodes), "relationships": shape.links, "shortcuts": len(arrows)}
    files["note.csv"] = _note(marker, list(numbers), statements.digest, counts)
    files[IMPORT] = _script(files)
    return files


def _node_files(nodes: Iterable[Node]) -> Iterator[tuple[str, bytes]]:
    """Yield files of nodes whose properties have the same types: a column of the importer has one."""
    kinds: list[dict[str, str]] = []
    members: list[list[Node]] = []
    for node in nodes:
        types = {key: _type(value) for key, value in node.properties.items() if key != IRI}
        fits = (
            place for place, kind in enumerate(kinds) if all(kind.get(key, was) == was for key, was in types.items())
        )
        place = next(fits, len(kinds))
        if place == len(kinds):
            kinds.append({})
            members.append([])
        kinds[place].update(types)
        members[place].append(node)
    for number, (types, found) in enumerate(zip(kinds, members, strict=True)):
        keys = sorted(types)
        head = [f"{IRI}:ID", ":LABEL", *(f"{key}:{types[key]}" for key in keys)]
        rows = (
            [node.iri, MARK.join((RESOURCE, *node.labels)), *(node.properties.get(key) for key in keys)]
            for node in found
        )
        yield f"nodes-{number:03d}.csv", _csv(head, rows)


def _link_file(links: Iterable[Link]) -> bytes:
    head = [":START_ID", ":TYPE", ":END_ID", "graphs:long[]"]
    return _csv(head, ([link.start, link.type, link.end, link.graphs] for link in links))


def _shortcut_file(arrows: Sequence[Shortcut]) -> bytes:
    types = {key: _type(value) for arrow in arrows for key, value in arrow.properties.items()}
    keys = sorted(types)
    head = [":START_ID", ":TYPE", ":END_ID", "via:string", *(f"{key}:{types[key]}" for key in keys)]
    rows = (
        [arrow.start, arrow.type, arrow.end, arrow.via, *(arrow.properties.get(key) for key in keys)]
        for arrow in arrows
    )
    return _csv(head, rows)


def _note(marker: Marker, graphs: list[str], digest: str, counts: Mapping[str, int]) -> bytes:
    said: dict[str, Native] = {
        "id": "graph",
        "workspace": marker.workspace,
        "version": marker.version,
        "startedAt": "import",  # no clock in outputs
        "completedAt": "import",
        "sha256": digest,
        "graphs": graphs,
        "names": names_text(marker.names),
        **counts,
    }
    head = ["note:ID", ":LABEL", *(f"{key}:{_type(value)}" for key, value in said.items())]
    return _csv(head, [["tsunagari:note", MARKER, *said.values()]])


def _script(files: Iterable[str]) -> bytes:
    """Return the command line for the importer, relative to the folder of the files."""
    nodes = [f"--nodes={name}" for name in sorted(files) if name.startswith(("nodes-", "note"))]
    links = [f"--relationships={name}" for name in ("relationships.csv", "shortcuts.csv")]
    words = [
        *("neo4j-admin database import full neo4j", "--overwrite-destination", "--id-type=string"),
        *("--array-delimiter=U+001F", "--multiline-fields=true", *nodes, *links),
    ]
    lines = ("#!/bin/sh", "# Run this in its folder while the server is stopped.", " \\\n  ".join(words))
    return ("\n".join(lines) + "\n").encode()


def _type(value: Native) -> str:
    if isinstance(value, list):
        return f"{_type(value[0]) if value else 'long'}[]"
    return next(name for kind, name in _TYPES if isinstance(value, kind))


def _csv(head: Sequence[str], rows: Iterable[Sequence[Native | None]]) -> bytes:
    """Return CSV in which nothing is a missing value and ``""`` the empty text, as the importer reads them."""
    lines = [",".join(head)]
    lines += [",".join(_cell(value) for value in row) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def _cell(value: Native | None) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        parts = [_plain(item) for item in value]
        if any(MARK in part for part in parts):
            raise OutputError(
                Message(
                    "値に区切り文字（U+001F）が含まれ、CSV に書けません。`tsunagari neo4j push` を使ってください。",
                    "A value holds the separator U+001F, which CSV cannot take. Use `tsunagari neo4j push`.",
                )
            )
        text = MARK.join(parts)
    else:
        text = _plain(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"'


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
