"""A graph told in other words: some of its statements, with other names for documents, graphs and things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.views import STATED_IN, Flags
from tsunagari.graph.columns import Codes, Columns, ColumnStore, Origin, Unsorted, arrange, tables, terms_of
from tsunagari.ontology.statements import IRI, ROW

Literal = tuple[str, str, str, str, str]
"""Subject, property, text, form and graph of a statement that is added."""


@dataclass(slots=True)
class Rewriting:
    """What becomes of the statements that stay.

    Parameters
    ----------
    names
        Code to the text that stands for it from now on.
    graphs
        IRI of a named graph to the IRI that stands for it from now on.
    paths
        Row of a statement to the property it has from now on.
    added
        Statements that are added.
    keeps_places
        Whether a statement stays tied to a row or line, not only to its document.
    """

    names: dict[int, str] = field(default_factory=dict)
    graphs: Mapping[str, str] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    added: list[Literal] = field(default_factory=list)
    keeps_places: bool = True


def rewritten(columns: Columns, kept: Flags, change: Rewriting) -> ColumnStore:
    """Return a store in memory with the statements for which `kept` is true, rewritten.

    No text of a statement that is left out is in it.
    """
    said = columns.statements
    rows = np.flatnonzero(kept)
    subjects, values = said.subjects[rows], said.values[rows]
    predicate = (np.searchsorted(said.starts, rows, side="right") - 1).astype(np.int64)
    predicates = list(said.predicates)
    origins = [origin._replace(graph=change.graphs.get(origin.graph, origin.graph)) for origin in said.origins]
    source = said.sources[rows].astype(np.int64)
    if not change.keeps_places and STATED_IN in predicates:
        stated = np.flatnonzero(predicate == predicates.index(STATED_IN))
        values[stated] = documents_at(columns, values[stated])
        origins += [origin._replace(form=IRI) if origin.form == ROW else origin for origin in origins]
        source[stated] += len(said.origins)
    for row, path in change.paths.items():
        predicates.append(path)
        predicate[np.searchsorted(rows, row)] = len(predicates) - 1
    used = np.unique(np.concatenate((subjects, values)))
    texts = columns.text(used)
    for place, code in enumerate(used.tolist()):
        texts[place] = change.names.get(code, texts[place])
    start = len(texts)
    texts += [text for one in change.added for text in (one[0], one[2])]
    terms, code = terms_of(texts)
    parts = [
        Unsorted(code[np.searchsorted(used, subjects)], predicate, code[np.searchsorted(used, values)], source),
        _added(change.added, code[start:], predicates, origins),
    ]
    return ColumnStore(Columns(arrange(terms, predicates, origins, parts)))


def _added(statements: list[Literal], codes: Codes, predicates: list[str], origins: list[Origin]) -> Unsorted:
    """Return the added statements; their properties and origins are put at the end of those known."""
    paths = {path: place for place, path in enumerate(dict.fromkeys(one[1] for one in statements), len(predicates))}
    ways = {way: place for place, way in enumerate(dict.fromkeys((one[3], one[4]) for one in statements), len(origins))}
    predicates += paths
    origins += [Origin(from_blank=False, form=form, graph=graph) for form, graph in ways]
    path = np.array([paths[one[1]] for one in statements], dtype=np.int64)
    origin = np.array([ways[one[3], one[4]] for one in statements], dtype=np.int64)
    return Unsorted(codes[::2], path, codes[1::2], origin)


def documents_at(columns: Columns, places: Codes) -> Codes:
    """Return the document that each place is in; a document is in itself."""
    unique, back = np.unique(places, return_inverse=True)
    source = columns.one("has_source", unique)
    table: npt.NDArray[np.int32] = tables(columns.terms, unique)
    is_row = np.array(["#" in text for text in columns.text(unique)] or [False], dtype=bool)[: len(unique)]
    found = np.where(source >= 0, source, np.where(is_row & (table >= 0), table, unique))
    return found[back.reshape(-1)].astype(np.int32)
