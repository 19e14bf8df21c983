"""What a graph says of itself: its settings, so that it answers the same from an endpoint, and the files it is from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.graph.facts.load_report import LoadReport
from tsunagari.graph.store import Store, select
from tsunagari.loaders.session import Load, SourceInfo
from tsunagari.loaders.workspace import Workspace
from tsunagari.ontology.namespaces import (
    DCT,
    ID,
    PROV,
    PROVENANCE_GRAPH,
    RDF,
    TSU,
    XSD,
    instance_iri,
    local_name,
    scheme_iri,
)

WORKSPACE = f"{ID}workspace"


def provenance_quads(load: Load) -> Iterator[ox.Quad]:
    """Yield the settings of a workspace, and for each file what was read from it into which graph; no time of day."""
    graph = ox.NamedNode(PROVENANCE_GRAPH)
    for subject, predicate, value in itertools.chain(_settings(load.workspace), _loads(load.sources)):
        yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, graph)


Statement = tuple[str, str, ox.NamedNode | ox.Literal]


def _settings(settings: Workspace) -> Iterator[Statement]:
    yield WORKSPACE, f"{RDF}type", ox.NamedNode(f"{PROV}Entity")
    yield WORKSPACE, f"{DCT}title", ox.Literal(settings.title, language="ja")
    yield WORKSPACE, f"{TSU}asOf", _typed(settings.as_of.isoformat(), "date")
    yield WORKSPACE, f"{DCT}conformsTo", ox.NamedNode(scheme_iri(settings.fields))
    for area in settings.areas:
        yield WORKSPACE, f"{DCT}coverage", ox.Literal(area)


def _loads(sources: Iterable[SourceInfo]) -> Iterator[Statement]:
    for source in sources:
        activity = instance_iri("load", source.name)
        yield activity, f"{RDF}type", ox.NamedNode(f"{TSU}Load")
        yield activity, f"{PROV}used", ox.NamedNode(source.iri)
        yield activity, f"{PROV}generated", ox.NamedNode(source.graph)
        yield activity, f"{TSU}sha256", ox.Literal(source.sha256)
        yield activity, f"{TSU}recordCount", _typed(str(source.records), "integer")


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(f"{XSD}{datatype}"))


def read_settings(store: Store) -> LoadReport:
    """Return the settings that a graph carries in itself; a graph that carries none is dated by nothing.

    Examples
    --------
    >>> read_settings(kg.store).title == kg.title
    True
    """
    return settings_of(select(store, f"SELECT ?p ?o {{ <{WORKSPACE}> ?p ?o }}"), store.location)


def settings_of(pairs: Iterable[tuple[str | None, ...]], location: str) -> LoadReport:
    """Return the settings that the properties of `WORKSPACE` and their values say.

    Parameters
    ----------
    pairs
        IRI of a property and a value, as text.
    location
        Stands for the title of a graph that has none.

    Examples
    --------
    >>> settings_of([("http://purl.org/dc/terms/title", "架空の町")], "x").title
    '架空の町'
    """
    said: dict[str, list[str]] = {}
    for predicate, value in sorted(pairs, key=lambda pair: tuple(text or "" for text in pair)):
        if predicate is not None and value is not None:
            said.setdefault(predicate, []).append(value)
    days = said.get(f"{TSU}asOf", [])
    return LoadReport(
        said.get(f"{DCT}title", [location])[0],
        date.fromisoformat(days[0]) if days else None,
        Scope(
            tuple(said.get(f"{DCT}coverage", ())) or None,
            local_name(said.get(f"{DCT}conformsTo", [scheme_iri(Scope().fields)])[0]),
        ),
    )
