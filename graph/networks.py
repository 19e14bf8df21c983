"""Networks: which things are tied to each other on a day, as networkx graphs with readable attributes."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.contraction import NODE_KINDS, RELATIONS, Edge, contract, happened, node_kind
from tsunagari.graph.places import home_area, place_of
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.namespaces import SCHEME, column_name, concept_iri, local_name

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.Graph[str]"

STATUSES = ("stated", "inferred")
GROUP_RELATIONS = ("PlatformMembership", "RoleHolding", "PartnershipMembership")
CLOSE_GROUP = 50  # holders up to which sharing a body is taken to mean knowing each other
CONCEPT_RELATIONS = ("supportField", "CatalogueEntry", "CompositionStatement")
CONCEPT_KINDS = {"measure-category": "category", "constituent-type": "constituent", "policy-area": "policy-area"}
SHARED = "shared_membership"  # no term of the ontology: a projection, not something a source says
SHARED_LABEL = Message("同じ場への参加", "shared membership")
PARTNERS = concept_iri("tie-kind", "partnership")


def network(
    reader: Reader,
    name: str = "ties",
    *,
    at: str | None = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> Graph:
    """Build one of the networks of `NETWORKS`.

    ==============  ===============================  ==================================================================
    name            nodes                            ties
    ==============  ===============================  ==================================================================
    ties            organisations                    collaboration ties
    members         organisations and what they      memberships, roles, places in a partnership (two-mode)
                    belong to
    comembers       organisations                    sharing a platform or body, weight 1/(size − 1) each (Newman
                                                     2001); in a partnership the core city with each partner, weight 1
    collaboration   organisations                    ties and comembers of bodies with at most `CLOSE_GROUP` holders
    services        organisations and fields         services (two-mode)
    all             everything                       every contracted relation
    ==============  ===============================  ==================================================================

    Parameters
    ----------
    reader
        The graph.
    name
        One of the names above.
    at
        ISO date on which nodes and ties shall hold, certainly or possibly; None takes every time.
    statuses
        Claim statuses of ties to take; None takes every one. Nodes are what is there (`STATUSES`) and what has one of
        these statuses itself, so that a planned tie stands between bodies that exist.
    lang
        Language of the labels.
    directed
        Give a directed graph, in which a tie without direction becomes one tie each way.

    Returns
    -------
    A ``Graph`` (``DiGraph`` when `directed`) in which parallel ties are one tie: weights are added, evidence and
    ``kinds`` are kept as lists, and ``kind`` joins the kinds by ``|``. ``all`` is always a ``MultiDiGraph`` with the
    kind as key, because there the kinds matter one by one. Nodes are sorted by IRI and ties by their ends; an
    organisation without ties is a node like the others. What ties relate but nothing describes is left out.

    Raises
    ------
    UnknownNameError
        There is no network of that name.
    """
    if name not in NETWORKS:
        raise UnknownNameError(
            Message(f"「{name}」というネットワークはありません。", f"There is no network {name!r}."),
            Message(f"次から選んでください: {', '.join(NETWORKS)}", f"Choose one of: {', '.join(NETWORKS)}"),
        )
    nodes, edges = NETWORKS[name](reader, at, statuses)
    nodes = {iri: thing for iri, thing in sorted(nodes.items()) if _counts(thing, at, statuses)}
    attributes = node_attributes(reader, nodes, lang=lang)
    kept = [edge for edge in edges if edge.source in nodes and edge.target in nodes and edge.source != edge.target]
    return _graph(attributes, kept, reader, lang, several=name == "all", directed=directed)


Parts: TypeAlias = tuple[Mapping[str, Thing], Iterable[Edge]]


def _counts(thing: Thing, at: str | None, statuses: Collection[str] | None) -> bool:
    held = thing.holds(at) != "no" or happened(thing, at)
    return held and (statuses is None or thing.status in (*STATUSES, *statuses))


def _edges(reader: Reader, classes: Sequence[str], at: str | None, statuses: Collection[str] | None) -> list[Edge]:
    return [edge for edge in contract(reader.things(*classes), at=at) if statuses is None or edge.status in statuses]


def organizations(reader: Reader) -> dict[str, Thing]:
    """Return the things that are organisations and neither platforms nor their bodies."""
    found = reader.things("Organization")
    return {iri: thing for iri, thing in found.items() if node_kind(thing.cls) == "organization"}


def _ties(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    edges = _edges(reader, ["CollaborationTie"], at, statuses)
    everyone = reader.things("Organization")
    ends = {iri for edge in edges for iri in (edge.source, edge.target)}
    return organizations(reader) | {iri: everyone[iri] for iri in ends if iri in everyone}, edges


def _members(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    edges = _edges(reader, GROUP_RELATIONS, at, statuses)
    return reader.things("Organization", "Programme"), edges


def _comembers(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    return organizations(reader), shared_groups(_edges(reader, GROUP_RELATIONS, at, statuses))


def _collaboration(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    nodes, ties = _ties(reader, at, statuses)
    shared = shared_groups(_edges(reader, GROUP_RELATIONS, at, statuses), largest=CLOSE_GROUP)
    return nodes, itertools.chain(ties, shared)


def _services(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    services = reader.things("SupportService")
    edges = _edges(reader, ["SupportService"], at, statuses)
    by_service: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_service[edge.source].append(edge)
    found = [
        replace(offer, source=provider.target, target=offer.target)
        for parts in by_service.values()
        for provider in parts
        if provider.relation == "providedBy"
        for offer in parts
        if offer.relation == "supportField"
    ]
    fields = concepts(reader, {iri for service in services.values() for iri in service.all("support_field")})
    return organizations(reader) | fields, found


def _everything(reader: Reader, at: str | None, statuses: Collection[str] | None) -> Parts:
    classes = [*NODE_KINDS.values(), *RELATIONS]
    edges = _edges(reader, classes, at, statuses)
    nodes = {iri: thing for iri, thing in reader.things(*classes).items() if node_kind(thing.cls)}
    wanted = {edge.target for edge in edges if edge.relation in CONCEPT_RELATIONS}
    return nodes | concepts(reader, wanted), edges


NETWORKS: dict[str, Callable[[Reader, str | None, Collection[str] | None], Parts]] = {
    "ties": _ties,
    "members": _members,
    "comembers": _comembers,
    "collaboration": _collaboration,
    "services": _services,
    "all": _everything,
}


def concepts(reader: Reader, iris: Iterable[str]) -> dict[str, Thing]:
    """Return concepts as nodes of a network."""
    return {
        iri: Thing(iri, "Concept", labels={lang: reader.label(iri, lang) for lang in ("ja", "en")})
        for iri in sorted(iris)
    }


def concept_scheme(iri: str) -> str:
    """Return the scheme of a concept.

    >>> concept_scheme("https://w3id.org/tsunagari/scheme/role/lead")
    'role'
    """
    return iri.removeprefix(SCHEME).split("/", 1)[0]


def shared_groups(edges: Iterable[Edge], *, largest: int | None = None) -> Iterator[Edge]:
    """Project memberships and roles onto the organisations that share a group.

    Parameters
    ----------
    edges
        Contracted memberships, role holdings and places in partnerships.
    largest
        Leave out groups with more holders; None takes all. The number of ties grows with the square of a group's size.

    Yields
    ------
    One edge for each pair of holders of a group, with weight 1/(holders − 1) (M. E. J. Newman 2001, Phys. Rev. E 64,
    016132), so that each body's weights from one group sum to 1. A partnership gives the pairs of its core city with
    each partner only, weight 1: their agreements are one to one.
    """
    groups: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        groups[edge.target][edge.source].append(edge)
    for _, holders in sorted(groups.items()):
        if len(holders) < 2 or (largest is not None and len(holders) > largest):
            continue
        cores = {iri for iri, held in holders.items() if any(local_name(edge.kind) == "core" for edge in held)}
        for one, other in itertools.combinations(sorted(holders), 2):
            if not cores:
                yield from _shared(holders[one], holders[other], 1 / (len(holders) - 1), SHARED)
            elif (one in cores) != (other in cores):
                yield from _shared(holders[one], holders[other], 1.0, PARTNERS)


def _shared(held: list[Edge], other: list[Edge], weight: float, kind: str) -> Iterator[Edge]:
    """Yield the tie of two holders of one group; every statement about either is evidence, the weight counts once."""
    parts = sorted((*held, *other), key=lambda edge: edge.evidence)
    weakest = next((edge for edge in parts if edge.validity == "possible"), parts[0])
    for place, part in enumerate(parts):
        yield replace(
            part,
            source=held[0].source,
            target=other[0].source,
            relation=kind_name(kind),
            kind=kind,
            status="inferred" if any(edge.status == "inferred" for edge in parts) else parts[0].status,
            validity=weakest.validity,
            weight=weight if place == 0 else 0.0,
            directed=False,
        )


def node_attributes(reader: Reader, nodes: Mapping[str, Thing], *, lang: str = "ja") -> dict[str, dict[str, Any]]:
    """Return what a network says about each node.

    Returns
    -------
    IRI to: label, reading, alt_labels (list), class, class_label, kind, sector, sector_label, municipality,
    municipality_code, prefecture, fields (labels, its own and those of the services it provides), stated_size, status.
    Text that is not known is an empty string, a size that is not known None.
    """
    provided = provided_fields(reader)
    attributes = {}
    for iri, thing in nodes.items():
        place = place_of(home_area(thing))
        sector = thing.one("sector")
        size = thing.one("stated_size")
        attributes[iri] = {
            "label": thing.label(lang) if thing.labels else reader.label(iri, lang),
            "reading": thing.one("reading") or "",
            "class": thing.cls,
            "class_label": reader.class_label(thing, lang),
            "kind": node_kind(thing.cls) or CONCEPT_KINDS.get(concept_scheme(iri), "field"),
            "sector": local_name(sector) if sector else "",
            "sector_label": reader.label(sector, lang),
            "alt_labels": list(thing.all("alt_label")),
            "municipality": place.name or "",
            "municipality_code": place.code or "",
            "prefecture": place.prefecture or "",
            "fields": [reader.label(field, lang) for field in provided.get(iri, ())],
            "stated_size": int(size) if size else None,
            "status": thing.status,
        }
    return attributes


def provided_fields(reader: Reader) -> dict[str, list[str]]:
    """Return the IRIs of the fields that each thing works in, sorted: its own and those of the services it provides."""
    found: dict[str, set[str]] = defaultdict(set)
    for thing in reader.things("Organization", "SupportService", "Activity").values():
        for iri in (thing.iri, *thing.all("provided_by")):
            found[iri].update(thing.all("support_field"))
    return {iri: sorted(fields) for iri, fields in found.items() if fields}


def _graph(
    attributes: Mapping[str, dict[str, Any]],
    edges: Iterable[Edge],
    reader: Reader,
    lang: str,
    *,
    several: bool,
    directed: bool,
) -> Graph:
    """Put nodes and collapsed edges into a graph: one edge for each pair, or with `several` for each pair and kind."""
    import networkx as nx

    graph: Any = nx.MultiDiGraph() if several else nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(attributes.items())
    bundles: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        for source, target in _directions(edge, several=several, directed=directed):
            bundles[source, target, edge.kind if several else ""].append(edge)
    for (source, target, kind), bundle in sorted(bundles.items()):
        key = {"key": kind_name(kind)} if several else {}
        graph.add_edge(source, target, **key, **_edge_attributes(bundle, reader, lang))
    return cast("Graph", graph)


def _directions(edge: Edge, *, several: bool, directed: bool) -> list[tuple[str, str]]:
    pair = (edge.source, edge.target)
    if several or (directed and edge.directed):
        return [pair]
    return [pair, pair[::-1]] if directed else [min(pair, pair[::-1])]


def _edge_attributes(bundle: Sequence[Edge], reader: Reader, lang: str) -> dict[str, Any]:
    kinds = sorted({edge.kind for edge in bundle})
    starts = [edge.valid_from for edge in bundle if edge.valid_from]
    ends = [edge.valid_to for edge in bundle if edge.valid_to]
    return {
        "kind": "|".join(map(kind_name, kinds)),
        "kinds": [kind_name(kind) for kind in kinds],
        "kind_label": ("、" if lang == "ja" else ", ").join(
            SHARED_LABEL.text(lang) if kind == SHARED else reader.label(kind, lang) for kind in kinds
        ),
        "status": min((edge.status for edge in bundle), key=_status_rank),
        "validity": min(edge.validity for edge in bundle),
        "weight": math.fsum(edge.weight for edge in bundle),
        "directed": any(edge.directed for edge in bundle),
        "evidence": sorted({edge.evidence for edge in bundle}),
        "valid_from": min(starts) if len(starts) == len(bundle) else None,
        "valid_to": max(ends) if len(ends) == len(bundle) else None,
    }


def kind_name(kind: str) -> str:
    """Return the name of a kind of tie: the notation of a concept, else class or property in snake case.

    Examples
    --------
    >>> kind_name("https://w3id.org/tsunagari/scheme/role/lead"), kind_name("http://www.w3.org/ns/org#subOrganizationOf")
    ('lead', 'sub_organization_of')
    """
    return local_name(kind) if kind.startswith(SCHEME) else column_name(kind)


def _status_rank(status: str) -> tuple[int, str]:
    """Order statuses by how firmly they are claimed; a tie is as firm as the firmest statement of it."""
    return (STATUSES.index(status) if status in STATUSES else len(STATUSES), status)
