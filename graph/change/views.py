"""A part of the graph, without some of its statements and all that hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from tsunagari.graph.columns import Columns
from tsunagari.graph.facts import Reader, Thing
from tsunagari.graph.networks import RELATIONS, contract
from tsunagari.graph.store import MemoryStore, Store, select
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


def linked_pairs(
    columns: Columns, *, at: str | None = None, among: npt.NDArray[np.bool_] | None = None
) -> set[tuple[str, str]]:
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
    sources, targets = columns.text(claims.sources), columns.text(claims.targets)
    return {*zip(sources, targets, strict=True), *zip(targets, sources, strict=True)}


def stated_by(reader: Reader, day: str) -> MemoryStore:
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
    store, columns = reader.store, reader.columns
    late = {iri for iri, thing in reader.things("SourceDocument").items() if (known_from(thing) or "") > day}
    places = select(store, f"SELECT ?place ?source {{ ?place <{SOURCE}> ?source }}")
    late_places = late | {place for place, source in places if place is not None and source in late}
    stated: dict[tuple[str, str], bool] = defaultdict(bool)
    for quad in store.quads():
        if quad.predicate.value == STATED_IN:
            stated[_text(quad.graph_name), _text(quad.subject)] |= _text(quad.object) not in late_places

    def gone(graph: str, iri: str) -> bool:
        return iri in late_places or not stated.get((graph, iri), True)

    known = sorted({iri for (graph, iri), is_so in stated.items() if is_so and not gone(graph, iri)})
    is_known = columns.mask(columns.codes(known))
    kept = list(quads_without(store, gone, linked_pairs(columns, among=is_known)))
    mentioned = {_text(quad.object) for quad in kept} & {iri for _, iri in stated} - {*known, *late}
    names = (quad for quad in store.quads() if quad.predicate.value in _NAMES and _text(quad.subject) in mentioned)
    return MemoryStore([*kept, *names])


def public(reader: Reader) -> MemoryStore:
    """Return the part of the graph that may be shown to everybody: without members that are not to be named.

    A membership whose list says so (``publishable`` is false) goes, and with it what other lists say of the same body
    in the same collaboration, what the same rows say of roles and other memberships, and every contact of the member.
    A member goes as well unless something else names it: another membership, a role, a tie, a service. That a list of
    organisations describes it is no such thing.

    Returns
    -------
    A store in memory.
    """
    store, columns = reader.store, reader.columns
    memberships = reader.things(MEMBERSHIP)
    pairs = {_ends(thing) for thing in memberships.values() if thing.one("publishable") == "false"}
    hidden = {iri for iri, thing in memberships.items() if _ends(thing) in pairs}
    relations = columns.text(columns.of_class(*RELATIONS))
    places = _places(store)
    rows = {place for iri in hidden for place in places[iri]}
    hidden |= {iri for iri in relations if places[iri] and places[iri] <= rows}
    members = {member for member, _ in pairs}
    hidden |= {iri for iri, thing in reader.things(CONTACT).items() if thing.one("contact_of") in members}
    links = _direct_links(store)
    named = {
        _text(quad.object)
        for quad in store.quads()
        if quad.predicate.value not in links and _text(quad.subject) not in hidden
    }
    hidden |= {member for member, _ in pairs if member is not None and member not in named}
    stays = ~columns.mask(columns.codes(hidden))

    def gone(_graph: str, iri: str) -> bool:
        return iri in hidden

    return MemoryStore(quads_without(store, gone, linked_pairs(columns, among=stays)))


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
