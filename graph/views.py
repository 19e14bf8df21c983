"""A part of the graph, without some of its statements and all that hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

import pyoxigraph as ox

from tsunagari.graph.contraction import RELATIONS, contract
from tsunagari.graph.store import MemoryStore, Store, select
from tsunagari.graph.things import Thing, read_things
from tsunagari.ontology.namespaces import OA, ORG, RDF, SKOS, TSU

STATED_IN = f"{TSU}statedIn"
SOURCE = f"{OA}hasSource"
SELECTOR = f"{OA}hasSelector"
MEMBERSHIP = "PlatformMembership"
CONTACT = "ContactPoint"
_NAMES = frozenset({f"{RDF}type", f"{SKOS}prefLabel"})

Gone = Callable[[str, str], bool]


def quads_without(store: Store, gone: Gone, pairs: Collection[tuple[str, str]]) -> Iterator[ox.Quad]:
    """Yield the quads of the graph, without those about things that are gone.

    A thing goes with all it says, with the places that state nothing else and their quotes, and with the direct links
    (``org:memberOf`` and the like) that stand for it.

    Parameters
    ----------
    store
        The graph.
    gone
        Tells of a named graph and the IRI of a node whether what the graph says about the node is left out.
    pairs
        Start and end of the direct links that still stand for something.
    """
    orphans = _orphans(store, gone)
    links = _direct_links(store)
    for quad in store.quads():
        subject, end = _text(quad.subject), _text(quad.object)
        if gone(_text(quad.graph_name), subject) or subject in orphans:
            continue
        if quad.predicate.value == STATED_IN and end in orphans:
            continue
        if quad.predicate.value not in links or (subject, end) in pairs:
            yield quad


def linked_pairs(things: Mapping[str, Thing], *, at: str | None = None) -> set[tuple[str, str]]:
    """Return both directions of every relation between the things, on a day or at any time."""
    edges = contract(things, at=at)
    return {pair for edge in edges for pair in ((edge.source, edge.target), (edge.target, edge.source))}


def stated_by(store: Store, day: str) -> MemoryStore:
    """Return the part of the graph that was known on a day: what a source of that day or before states.

    A source is known from the day it was issued, else from the day it speaks of (``as_of``); when only bounds are
    given, from the last of them. A source without any date counts as known: nobody can say that it was not.

    Parameters
    ----------
    store
        The graph.
    day
        ISO date.

    Returns
    -------
    A store in memory; areas, concepts and terms of the ontology are in it whatever the day. Of a thing that a known
    statement mentions and only later sources describe, class and name are in it and nothing else.
    """
    late = {iri for iri, thing in read_things(store, "SourceDocument").items() if (known_from(thing) or "") > day}
    places = select(store, f"SELECT ?place ?source {{ ?place <{SOURCE}> ?source }}")
    late_places = late | {place for place, source in places if place is not None and source in late}
    stated: dict[tuple[str, str], bool] = defaultdict(bool)
    for quad in store.quads():
        if quad.predicate.value == STATED_IN:
            stated[_text(quad.graph_name), _text(quad.subject)] |= _text(quad.object) not in late_places

    def gone(graph: str, iri: str) -> bool:
        return iri in late_places or not stated.get((graph, iri), True)

    known = {iri for (graph, iri), is_known in stated.items() if is_known and not gone(graph, iri)}
    relations = {iri: thing for iri, thing in read_things(store, *RELATIONS).items() if iri in known}
    kept = list(quads_without(store, gone, linked_pairs(relations)))
    mentioned = {_text(quad.object) for quad in kept} & {iri for _, iri in stated} - known - late
    names = (quad for quad in store.quads() if quad.predicate.value in _NAMES and _text(quad.subject) in mentioned)
    return MemoryStore([*kept, *names])


def public(store: Store) -> MemoryStore:
    """Return the part of the graph that may be shown to everybody: without members that are not to be named.

    A membership whose list says so (``publishable`` is false) goes, and with it what other lists say of the same body
    in the same collaboration, what the same rows say of roles and other memberships, and every contact of the member.
    A member goes as well unless something else names it: another membership, a role, a tie, a service. That a list of
    organisations describes it is no such thing.

    Returns
    -------
    A store in memory.
    """
    memberships = read_things(store, MEMBERSHIP)
    pairs = {_ends(thing) for thing in memberships.values() if thing.one("publishable") == "false"}
    hidden = {iri for iri, thing in memberships.items() if _ends(thing) in pairs}
    relations = read_things(store, *RELATIONS)
    places = _places(store)
    rows = {place for iri in hidden for place in places[iri]}
    hidden |= {iri for iri in relations if places[iri] and places[iri] <= rows}
    members = {member for member, _ in pairs}
    hidden |= {iri for iri, thing in read_things(store, CONTACT).items() if thing.one("contact_of") in members}
    links = _direct_links(store)
    named = {
        _text(quad.object)
        for quad in store.quads()
        if quad.predicate.value not in links and _text(quad.subject) not in hidden
    }
    hidden |= {member for member, _ in pairs if member is not None and member not in named}
    kept = {iri: thing for iri, thing in relations.items() if iri not in hidden}

    def gone(_graph: str, iri: str) -> bool:
        return iri in hidden

    return MemoryStore(quads_without(store, gone, linked_pairs(kept)))


def _places(store: Store) -> dict[str, set[str]]:
    """Return where each thing is stated."""
    places: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads():
        if quad.predicate.value == STATED_IN:
            places[_text(quad.subject)].add(_text(quad.object))
    return places


def _ends(membership: Thing) -> tuple[str | None, str | None]:
    return membership.one("member"), membership.one("organization")


def known_from(source: Thing) -> str | None:
    """Return the day from which a source is known as an ISO date; None when it has no date."""
    for name in ("issued", "not_after", "not_before", "as_of"):
        found = source.one(name)
        if found is not None:
            return found
    return None


def _orphans(store: Store, gone: Gone) -> set[str]:
    """Return the places, and their quotes, where nothing that stays is stated."""
    stated: dict[str, bool] = defaultdict(bool)
    quotes: dict[str, str] = {}
    for quad in store.quads():
        if quad.predicate.value == STATED_IN:
            place = _text(quad.object)
            graph = _text(quad.graph_name)
            stated[place] |= not gone(graph, _text(quad.subject)) and not gone(graph, place)
        elif quad.predicate.value == SELECTOR:
            quotes[_text(quad.object)] = _text(quad.subject)
    orphans = {place for place, used in stated.items() if not used}
    return orphans | {quote for quote, place in quotes.items() if place in orphans}


def _direct_links(store: Store) -> set[str]:
    roles = {link for (link,) in select(store, "SELECT DISTINCT ?p { ?r org:roleProperty ?p }") if link}
    return roles | {f"{ORG}memberOf", f"{ORG}linkedTo"}


def _text(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)
