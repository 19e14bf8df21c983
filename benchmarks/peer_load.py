"""The peer of `load.py`: the tables of `synthetic.py` into an rdflib dataset, written as one would by hand.

What a ready store needs beyond that is here too: saved, read again in the next session, and checked with pySHACL. It
gives the very quads that Tsunagari gives. The identifiers of organisations are made with Tsunagari's own function,
so that both sides have the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pandas as pd
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from tsunagari.loaders.values.names import organization_key
from tsunagari.ontology.namespaces import ID, OA, ORG, SCHEME, TSU

Quad = tuple[URIRef, URIRef, URIRef | Literal, Graph]

STATUS, STATED = URIRef(f"{TSU}status"), URIRef(f"{SCHEME}claim-status/stated")
LOCAL_ID, STATED_IN = URIRef(f"{TSU}localId"), URIRef(f"{TSU}statedIn")
PLACE, HAS_SOURCE = URIRef(f"{OA}SpecificResource"), URIRef(f"{OA}hasSource")
LINKED_TO, MEMBER_OF = URIRef(f"{ORG}linkedTo"), URIRef(f"{ORG}memberOf")
MEMBER, PLATFORM = URIRef(f"{ORG}member"), URIRef(f"{ORG}organization")
TIE_FROM, TIE_TO, TIE_KIND, DIRECTED = (URIRef(f"{TSU}{name}") for name in ("tieFrom", "tieTo", "tieKind", "directed"))
PROVIDED_BY, FIELD, AREA = (URIRef(f"{TSU}{name}") for name in ("providedBy", "supportField", "serviceArea"))
SECTOR, MUNICIPALITY = URIRef(f"{TSU}sector"), URIRef(f"{TSU}municipality")
SCOPE_LEVEL, REACH = URIRef(f"{TSU}scopeLevel"), URIRef(f"{TSU}reach")


def load(folder: Path, rest: Path) -> Dataset:
    """Return a dataset of the tables in `folder` and of the quads in the file `rest`."""
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str)
        for name in ("organizations", "services", "platforms", "members", "ties")
    }
    data = Dataset(default_union=True)
    data.parse(rest, format="nquads")
    bodies = tables["organizations"]
    iris = {
        local: URIRef(f"{ID}org/{organization_key(name, None, area)}")
        for local, name, area in bodies[["id", "pref_label", "municipality"]].itertuples(index=False, name=None)
    }
    makers = {
        "organizations": organizations,
        "services": services,
        "platforms": platforms,
        "members": members,
        "ties": ties,
    }
    for name, make in makers.items():
        graph = data.graph(URIRef(f"{ID}graph/{name}"))
        data.addN(make(tables[name], graph, iris))
    return data


def save(data: Dataset, file: Path) -> None:
    """Write the dataset as N-Quads, the fastest format that rdflib writes and reads graphs by name in."""
    data.serialize(file, format="nquads", encoding="utf-8")


def reopen(file: Path) -> Dataset:
    """Return the dataset that was saved, as the next session has to."""
    data = Dataset(default_union=True)
    data.parse(file, format="nquads")
    return data


def union(data: Dataset) -> Graph:
    """Return all statements as one graph, which pySHACL reads several times as fast as a dataset."""
    graph = Graph()
    for subject, path, value, _ in data.quads((None, None, None, None)):
        graph.add((subject, path, value))
    return graph


def conforms(graph: Graph) -> bool:
    """Check all statements against the shapes of the project, without inference."""
    import pyshacl

    shapes = Graph().parse(str(files("tsunagari.ontology") / "shapes.ttl"))
    found, _, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    return bool(found)


def common(subject: URIRef, cls: URIRef, local: str, number: int, graph: Graph, file: URIRef) -> Iterator[Quad]:
    """Yield what every row gives: class, status, id and where it is stated."""
    place = URIRef(f"{file}#row={number}")
    yield subject, RDF.type, cls, graph
    yield subject, STATUS, STATED, graph
    yield subject, LOCAL_ID, Literal(local), graph
    yield subject, STATED_IN, place, graph
    yield place, RDF.type, PLACE, graph
    yield place, HAS_SOURCE, file, graph


def organizations(table: pd.DataFrame, graph: Graph, iris: dict[str, URIRef]) -> Iterator[Quad]:
    """Yield the quads of organisations."""
    cls, file = URIRef(f"{TSU}StakeholderOrganization"), URIRef(f"{ID}source/organizations.csv")
    for number, (local, label, sector, area) in enumerate(table.itertuples(index=False, name=None), start=2):
        subject = iris[local]
        yield from common(subject, cls, local, number, graph, file)
        yield subject, SKOS.prefLabel, Literal(label, lang="ja"), graph
        yield subject, SECTOR, URIRef(f"{SCHEME}sector/{sector}"), graph
        yield subject, MUNICIPALITY, URIRef(f"{ID}area/{area}"), graph


def services(table: pd.DataFrame, graph: Graph, iris: dict[str, URIRef]) -> Iterator[Quad]:
    """Yield the quads of services."""
    cls, file = URIRef(f"{TSU}SupportService"), URIRef(f"{ID}source/services.csv")
    for number, (local, label, body, field, area) in enumerate(table.itertuples(index=False, name=None), start=2):
        subject = URIRef(f"{ID}service/{local}")
        yield from common(subject, cls, local, number, graph, file)
        yield subject, SKOS.prefLabel, Literal(label, lang="ja"), graph
        yield subject, PROVIDED_BY, iris[body], graph
        yield subject, FIELD, URIRef(f"{SCHEME}hyogo/{field}"), graph
        yield subject, AREA, URIRef(f"{ID}area/{area}"), graph


def platforms(table: pd.DataFrame, graph: Graph, _iris: dict[str, URIRef]) -> Iterator[Quad]:
    """Yield the quads of platforms."""
    cls, file = URIRef(f"{TSU}Platform"), URIRef(f"{ID}source/platforms.csv")
    for number, (local, label, level, area) in enumerate(table.itertuples(index=False, name=None), start=2):
        subject = URIRef(f"{ID}platform/{local}")
        yield from common(subject, cls, local, number, graph, file)
        yield subject, SKOS.prefLabel, Literal(label, lang="ja"), graph
        yield subject, SCOPE_LEVEL, URIRef(f"{SCHEME}scope-level/{level}"), graph
        yield subject, REACH, URIRef(f"{ID}area/{area}"), graph


def members(table: pd.DataFrame, graph: Graph, iris: dict[str, URIRef]) -> Iterator[Quad]:
    """Yield the quads of memberships."""
    cls, file = URIRef(f"{TSU}PlatformMembership"), URIRef(f"{ID}source/members.csv")
    for number, (local, body, platform) in enumerate(table.itertuples(index=False, name=None), start=2):
        subject, place = URIRef(f"{ID}membership/{local}"), URIRef(f"{ID}platform/{platform}")
        yield from common(subject, cls, local, number, graph, file)
        yield subject, MEMBER, iris[body], graph
        yield subject, PLATFORM, place, graph
        yield iris[body], MEMBER_OF, place, graph


def ties(table: pd.DataFrame, graph: Graph, iris: dict[str, URIRef]) -> Iterator[Quad]:
    """Yield the quads of ties."""
    cls, file = URIRef(f"{TSU}CollaborationTie"), URIRef(f"{ID}source/ties.csv")
    for number, (local, one, other, kind, directed) in enumerate(table.itertuples(index=False, name=None), start=2):
        subject = URIRef(f"{ID}tie/{local}")
        yield from common(subject, cls, local, number, graph, file)
        yield subject, TIE_FROM, iris[one], graph
        yield subject, TIE_TO, iris[other], graph
        yield subject, TIE_KIND, URIRef(f"{SCHEME}tie-kind/{kind}"), graph
        yield subject, DIRECTED, Literal(directed, datatype=XSD.boolean), graph
        yield iris[one], LINKED_TO, iris[other], graph
        yield iris[other], LINKED_TO, iris[one], graph
