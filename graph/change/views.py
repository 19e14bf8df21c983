"""A part of the graph, without some of its statements and all that hangs on them: a mask over its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns import Codes, Columns, ColumnStore, tables
from tsunagari.graph.networks import RELATIONS, contract
from tsunagari.ontology.namespaces import OA, ORG, RDF, SKOS, TSU
from tsunagari.ontology.statements import IRI, ROW

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader, Thing

STATED_IN = f"{TSU}statedIn"
SELECTOR = f"{OA}hasSelector"
_NAMES = (f"{RDF}type", f"{SKOS}prefLabel")

Flags: TypeAlias = npt.NDArray[np.bool_]
Pairs: TypeAlias = npt.NDArray[np.int64]
# Tells of places among the named graphs, and of codes, whether what a graph says about a node is left out.
Gone: TypeAlias = Callable[[npt.NDArray[Any], Codes], Flags]


def part_of(columns: Columns, kept: Flags) -> ColumnStore:
    """Return a store in memory with those statements for which `kept` is true."""
    return ColumnStore(Columns(columns.statements.where(kept)))


def kept_without(columns: Columns, gone: Gone, pairs: Pairs) -> Flags:
    """Tell of each statement whether it stays when what is said about things that are gone does not.

    A thing goes with all it says, with the places that state nothing else and their quotes, and with the direct links
    (``org:memberOf`` and the like) that stand for it.

    Parameters
    ----------
    columns
        The graph.
    gone
        Tells of a named graph and a node whether what the graph says about the node is left out.
    pairs
        Start and end of the direct links that still stand for something, as `paired`.
    """
    said = columns.statements
    graphs = said.graphs[1][said.sources] if len(said) else np.empty(0, dtype=np.int64)
    dropped = gone(graphs, said.subjects)
    stated = said.rows(STATED_IN)
    places = said.values[stated]
    is_used = ~dropped[stated] & ~gone(graphs[stated], places)
    orphan = columns.mask(places) & ~columns.mask(places[is_used])
    selectors = said.rows(SELECTOR)
    orphan |= columns.mask(said.values[selectors][orphan[said.subjects[selectors]]])
    dropped = dropped | orphan[said.subjects]
    dropped[stated] |= orphan[places]
    linking = said.rows(*direct_links(columns))
    dropped[linking] |= ~np.isin(paired(said.subjects[linking], said.values[linking]), pairs)
    return ~dropped


def where(kept: Flags, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return those of some places of statements for which a flag is true."""
    found: npt.NDArray[np.int64] = rows[kept[rows]]
    return found


def paired(starts: Codes, ends: Codes) -> Pairs:
    """Return two codes as one number."""
    return (starts.astype(np.int64) << 32) | ends


def linked_pairs(columns: Columns, *, at: str | None = None, among: Flags | None = None) -> Pairs:
    """Return both directions of every relation between things, on a day or at any time.

    Parameters
    ----------
    columns
        The graph.
    at
        ISO date; None takes every time.
    among
        For each code whether the relation node counts; None takes all.
    """
    claims = contract(columns, *RELATIONS, at=at, among=among)
    return np.concatenate((paired(claims.sources, claims.targets), paired(claims.targets, claims.sources)))


def direct_links(columns: Columns) -> list[str]:
    """Return the properties that stand for a membership, role or tie, by their IRIs."""
    roles = columns.text(np.unique(columns.pairs("role_property")[1]))
    return sorted({*roles, f"{ORG}memberOf", f"{ORG}linkedTo"})


def stated_by(reader: Reader, day: str) -> ColumnStore:
    """Return the part of the graph that was known on a day: what a source of that day or before states.

    A source is known from the day it was issued, else from the day it speaks of (``as_of``); when only bounds are
    given, from the last of them. A source without any date counts as known: nobody can say that it was not.

    Parameters
    ----------
    reader
        The graph.
    day
        ISO date.

    Returns
    -------
    A store in memory; areas, concepts and terms of the ontology are in it whatever the day. Of a thing that a known
    statement mentions and only later sources describe, class and name are in it and nothing else.
    """
    columns = reader.columns
    said = columns.statements
    late = _late_sources(reader, day)
    is_late = columns.mask(np.concatenate((late, _places_in(columns, late))))
    graphs = said.graphs[1][said.sources] if len(said) else np.empty(0, dtype=np.int64)
    stated = said.rows(STATED_IN)
    size = len(columns.terms) + 1
    keys = graphs[stated] * size + said.subjects[stated]
    in_time = ~is_late[said.values[stated]]
    stated_keys, known_keys = np.unique(keys), np.unique(keys[in_time])
    unknown = np.setdiff1d(stated_keys, known_keys)

    def gone(graph: npt.NDArray[Any], codes: Codes) -> Flags:
        found: Flags = is_late[codes] | np.isin(graph * size + codes, unknown)
        return found

    known = known_keys[~is_late[known_keys % size]] % size
    is_known = columns.mask(known.astype(np.int32))
    kept = kept_without(columns, gone, linked_pairs(columns, among=is_known))
    is_node = np.array([origin.form in (IRI, ROW) for origin in said.origins], dtype=bool)
    mentioned = columns.mask(said.values[kept][is_node[said.sources[kept]]])
    mentioned &= columns.mask((stated_keys % size).astype(np.int32)) & ~is_known & ~columns.mask(late)
    names = said.rows(*_NAMES)
    kept[names] |= mentioned[said.subjects[names]]
    return part_of(columns, kept)


def late_files(reader: Reader, day: str) -> set[str]:
    """Return the names of the files that were not known on a day, as the sources of `stated_by` are dated.

    Parameters
    ----------
    reader
        The graph.
    day
        ISO date.
    """
    return {name for _, thing in _late(reader, day) if (name := thing.one("identifier"))}


def _late_sources(reader: Reader, day: str) -> Codes:
    return reader.columns.codes(iri for iri, _ in _late(reader, day))


def _late(reader: Reader, day: str) -> list[tuple[str, Thing]]:
    sources = reader.things("SourceDocument").items()
    return [(iri, thing) for iri, thing in sources if (known_from(thing) or "") > day]


def _places_in(columns: Columns, documents: Codes) -> Codes:
    """Return the places that lie in some documents: what says so, and the rows of tables."""
    cited, source = columns.pairs("has_source")
    said = columns.statements
    rows = said.rows(STATED_IN)
    is_row = np.array([origin.form == ROW for origin in said.origins], dtype=bool)
    places = np.unique(said.values[rows][is_row[said.sources[rows]]])
    inside = np.isin(tables(columns.terms, places), documents)
    return np.concatenate((cited[np.isin(source, documents)], places[inside]))


def known_from(source: Thing) -> str | None:
    """Return the day from which a source is known as an ISO date; None when it has no date."""
    for name in ("issued", "not_after", "not_before", "as_of"):
        found = source.one(name)
        if found is not None:
            return found
    return None
