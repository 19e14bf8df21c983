"""The settings a graph was built with, kept in the graph itself, so that it answers the same from an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from tsunagari.graph.gaps import Scope
from tsunagari.graph.load_report import LoadReport
from tsunagari.graph.store import Store, select
from tsunagari.loaders.settings import Workspace
from tsunagari.ontology.namespaces import DCT, ID, PROV, PROVENANCE_GRAPH, RDF, TSU, XSD, local_name, scheme_iri

WORKSPACE = f"{ID}workspace"


def settings_quads(settings: Workspace) -> Iterator[ox.Quad]:
    """Yield title, day, areas and field scheme of a workspace as quads of the provenance graph."""
    day = ox.Literal(settings.as_of.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{RDF}type", ox.NamedNode(f"{PROV}Entity")),
        (f"{DCT}title", ox.Literal(settings.title, language="ja")),
        (f"{TSU}asOf", day),
        (f"{DCT}conformsTo", ox.NamedNode(scheme_iri(settings.fields))),
        *((f"{DCT}coverage", ox.Literal(area)) for area in settings.areas),
    ]
    for predicate, value in said:
        yield ox.Quad(ox.NamedNode(WORKSPACE), ox.NamedNode(predicate), value, ox.NamedNode(PROVENANCE_GRAPH))


def read_settings(store: Store) -> LoadReport:
    """Return the settings that a graph carries in itself; a graph that carries none is dated by nothing.

    Examples
    --------
    >>> read_settings(kg.store).title == kg.title
    True
    """
    said: dict[str, list[str]] = {}
    for predicate, value in select(store, f"SELECT ?p ?o {{ <{WORKSPACE}> ?p ?o }} ORDER BY ?p ?o"):
        if predicate is not None and value is not None:
            said.setdefault(predicate, []).append(value)
    days = said.get(f"{TSU}asOf", [])
    return LoadReport(
        said.get(f"{DCT}title", [store.location])[0],
        date.fromisoformat(days[0]) if days else None,
        Scope(
            tuple(said.get(f"{DCT}coverage", ())) or None,
            local_name(said.get(f"{DCT}conformsTo", [scheme_iri(Scope().fields)])[0]),
        ),
    )
