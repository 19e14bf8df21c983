"""The graph as RDF: Turtle, TriG, N-Quads and JSON-LD, in an order of their own so that the bytes stay the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from tsunagari.graph.change import statements_at
from tsunagari.graph.columns import expanded, lines, merged, quads
from tsunagari.graph.export.jsonld import jsonld_parts
from tsunagari.ontology.namespaces import BASE, ID, PREFIXES, SCHEME
from tsunagari.ontology.statements import term

if TYPE_CHECKING:
    from tsunagari.atomic_files import Content
    from tsunagari.graph.columns import Statements
    from tsunagari.graph.export.options import Options
    from tsunagari.graph.facts import Reader

Order = npt.NDArray[np.integer[Any]]


def turtle(reader: Reader, options: Options) -> Mapping[str, Content]:
    """Write every statement once, whichever source says it."""
    said = merged(statements_at(reader, options.at))
    order = sorted_rows(said)
    prefixes = _prefixes(said, order)

    def write(file: BinaryIO) -> None:
        triples = (quad.triple for quad in quads(said, order))
        ox.serialize(triples, file, format=ox.RdfFormat.TURTLE, prefixes=prefixes)

    return {"": write}


def trig(reader: Reader, options: Options) -> Mapping[str, Content]:
    """Write every statement with the graph of its source."""
    said = expanded(statements_at(reader, options.at))
    order = sorted_rows(said)
    prefixes = _prefixes(said, order)
    return {"": lambda file: ox.serialize(quads(said, order), file, format=ox.RdfFormat.TRIG, prefixes=prefixes)}


def nquads(reader: Reader, options: Options) -> Mapping[str, Content]:
    """Write every statement with the graph of its source, one a line."""
    said = expanded(statements_at(reader, options.at))
    order = sorted_rows(said)

    def write(file: BinaryIO) -> None:
        for text in lines(said, order):
            file.write(text)

    return {"": write}


def jsonld(reader: Reader, options: Options) -> Mapping[str, Content]:
    """Write every statement with the ontology's own context, a graph a source."""
    said = expanded(statements_at(reader, options.at))
    order = sorted_rows(said)

    def write(file: BinaryIO) -> None:
        for text in jsonld_parts(quads(said, order)):
            file.write(text.encode())

    return {"": write}


def sorted_rows(said: Statements) -> Order:
    """Return the places of statements in the order of graph, subject, property and value as it is written."""
    names = sorted(said.predicates)
    ranks = np.array([names.index(iri) for iri in said.predicates], dtype=np.int64)
    predicates = np.repeat(ranks, np.diff(said.starts))
    graphs = said.graphs[1][said.sources] if len(said) else predicates
    order = np.lexsort((predicates, said.subjects, graphs))
    keys = np.column_stack((graphs, said.subjects, predicates))[order]
    same = (keys[1:] == keys[:-1]).all(axis=1)
    several = order[np.concatenate((same, [False])) | np.concatenate(([False], same))] if len(order) else order
    values = np.zeros(len(said), dtype=np.int64)
    values[several] = _written_ranks(said, several)
    return np.lexsort((values, predicates, said.subjects, graphs))


def _written_ranks(said: Statements, rows: Order) -> npt.NDArray[np.int64]:
    """Return the place of the value of each row among these values in the order in which they are written."""
    forms = sorted({origin.form for origin in said.origins})
    form_of = np.array([forms.index(origin.form) for origin in said.origins], dtype=np.int64)
    keys = said.values[rows].astype(np.int64) * max(len(forms), 1) + form_of[said.sources[rows]]
    unique, back = np.unique(keys, return_inverse=True)
    codes, form = np.divmod(unique, max(len(forms), 1))
    texts = zip(said.terms.text(codes), form.tolist(), strict=True)
    written = np.array([str(term(text, forms[number])) for text, number in texts], dtype=object)
    ranks = np.empty(len(written), dtype=np.int64)
    ranks[np.argsort(written, kind="stable")] = np.arange(len(written))
    found: npt.NDArray[np.int64] = ranks[back.reshape(-1)]
    return found


def _prefixes(said: Statements, order: Order) -> dict[str, str]:
    """Return prefixes that leave plain names: one for each kind of thing and each concept scheme that is named."""
    prefixes = {name: iri for name, iri in PREFIXES.items() if iri not in (ID, SCHEME)}
    subjects = said.subjects[order]
    for iri in said.terms.text(subjects[np.concatenate(([True], subjects[1:] != subjects[:-1]))[: len(subjects)]]):
        found = _PLAIN.fullmatch(iri)
        if found:
            prefixes[f"{found['base']}-{found['segment']}"] = found["namespace"]
    return prefixes


_PLAIN = re.compile(rf"(?P<namespace>{re.escape(BASE)}(?P<base>id|scheme)/(?P<segment>[a-z][a-z0-9-]*)/)[\w-]+")
