"""All that a graph says, as sorted lines: what is hashed, compared and turned into nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.graph.facts import stated_places
from tsunagari.graph.neo4j.shortcuts import CLASSES
from tsunagari.ontology.namespaces import RDF

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader

LAYOUT = "1"  # of nodes and relationships; another one makes every hash another
_TYPE = f"<{RDF}type>".encode()


@dataclass(frozen=True, slots=True)
class Statements:
    """The quads of a graph as lines of N-Quads, each once, sorted, so that the lines of a subject stand together.

    Parameters
    ----------
    lines
        The lines, without their ends.
    """

    lines: list[bytes]

    @property
    def digest(self) -> str:
        """The SHA-256 of all lines and of the layout, by which two graphs are told apart."""
        found = hashlib.sha256(LAYOUT.encode())
        for line in self.lines:
            found.update(line + b"\n")
        return found.hexdigest()

    def subjects(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield each subject (an IRI, or ``_:`` and the label of a blank node) with its lines."""
        for subject, lines in groupby(self.lines, key=_first):
            yield subject.decode().strip("<>"), list(lines)


def _first(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def statements_of(quads: Iterable[ox.Quad]) -> Statements:
    """Return the statements of a graph.

    Examples
    --------
    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))
    >>> statements_of([quad, quad]).lines
    [b'<urn:a> <urn:p> "x" <urn:g> .']
    """
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    return Statements(sorted(set(text.splitlines())))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a database has to hold, without the contents.

    Parameters
    ----------
    digests
        Every node (subjects, and IRIs that are only objects) to the hash of all that is written of it.
    links
        How many relationships there are.
    """

    digests: dict[str, str]
    links: int


def outline(statements: Statements, more: Mapping[str, str]) -> Outline:
    """Return the outline of a graph.

    Parameters
    ----------
    statements
        The graph.
    more
        Subject to what else is written of it, such as the evidence of its shortcuts.
    """
    digests: dict[str, str] = {}
    objects: set[bytes] = set()
    links = 0
    for subject, lines in statements.subjects():
        mark = hashlib.sha256((LAYOUT + more.get(subject, "")).encode())
        pairs: set[tuple[bytes, bytes]] = set()
        for line in lines:
            mark.update(line + b"\n")
            _, predicate, rest = line.split(b" ", 2)
            if _is_link(predicate, rest):
                pairs.add((predicate, rest[: rest.index(b" ")]))
        digests[subject] = mark.hexdigest()[:32]
        objects.update(end for _, end in pairs)
        links += len(pairs)
    nothing = hashlib.sha256(LAYOUT.encode()).hexdigest()[:32]
    for end in objects:
        digests.setdefault(end.decode().strip("<>"), nothing)
    return Outline(digests, links)


def _is_link(predicate: bytes, rest: bytes) -> bool:
    """Tell whether a statement becomes a relationship: its object is a node and no class."""
    if rest[:2] == b"_:":
        return True
    return rest[:1] == b"<" and rest[:3] != b"<<(" and predicate != _TYPE


def evidence_of(reader: Reader, lang: str) -> dict[str, str]:
    """Return for each node that becomes a shortcut where it is stated, in words."""
    codes = reader.columns.of_class(*CLASSES)
    return dict(zip(reader.columns.text(codes), stated_places(reader, codes, lang=lang), strict=True))
