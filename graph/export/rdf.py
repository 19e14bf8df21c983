"""The graph as RDF: Turtle, TriG, N-Quads and JSON-LD, in an order of their own so that the bytes stay the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from tsunagari.graph.change import quads_at
from tsunagari.graph.export.jsonld import to_jsonld
from tsunagari.graph.export.options import Options
from tsunagari.graph.facts import Reader
from tsunagari.ontology.namespaces import BASE, ID, PREFIXES, SCHEME


def sorted_quads(reader: Reader, options: Options) -> list[ox.Quad]:
    """Return the quads by graph, subject, predicate and object."""
    return sorted(
        quads_at(reader, options.at),
        key=lambda quad: (quad.graph_name.value, quad.subject.value, quad.predicate.value, str(quad.object)),  # type: ignore[union-attr]
    )


def turtle(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write every statement once, whichever source says it."""
    triples = {quad.triple for quad in quads_at(reader, options.at)}
    ordered = sorted(triples, key=lambda triple: (triple.subject.value, triple.predicate.value, str(triple.object)))  # type: ignore[union-attr]
    return {"": _serialize(ordered, ox.RdfFormat.TURTLE)}


def trig(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write every statement with the graph of its source."""
    return {"": _serialize(sorted_quads(reader, options), ox.RdfFormat.TRIG)}


def _serialize(statements: Sequence[ox.Quad] | Sequence[ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    return ox.serialize(statements, format=rdf_format, prefixes=_prefixes(statements)) or b""


def _prefixes(statements: Sequence[ox.Quad] | Sequence[ox.Triple]) -> dict[str, str]:
    """Return prefixes that leave plain names: one for each kind of thing and each concept scheme that is named."""
    prefixes = {name: iri for name, iri in PREFIXES.items() if iri not in (ID, SCHEME)}
    for statement in statements:
        found = _PLAIN.fullmatch(statement.subject.value)  # type: ignore[union-attr]
        if found:
            prefixes[f"{found['base']}-{found['segment']}"] = found["namespace"]
    return prefixes


_PLAIN = re.compile(rf"(?P<namespace>{re.escape(BASE)}(?P<base>id|scheme)/(?P<segment>[a-z][a-z0-9-]*)/)[\w-]+")


def nquads(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write every statement with the graph of its source, one a line."""
    return {"": ox.serialize(sorted_quads(reader, options), format=ox.RdfFormat.N_QUADS) or b""}


def jsonld(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write every statement with the ontology's own context, a graph a source."""
    return {"": to_jsonld(sorted_quads(reader, options))}
