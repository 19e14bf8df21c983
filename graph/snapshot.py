"""The statements of the graph that hold on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from tsunagari.graph.contraction import RELATIONS, contract, happened
from tsunagari.graph.store import select
from tsunagari.graph.things import Reader, read_things
from tsunagari.ontology.namespaces import OA, ORG, TSU
from tsunagari.ontology.vocabulary import vocabulary

STATED_IN = f"{TSU}statedIn"
SELECTOR = f"{OA}hasSelector"


def quads_at(reader: Reader, at: str | None) -> Iterator[ox.Quad]:
    """Yield the quads of the graph, without those about things that do not hold on a day.

    A thing that does not hold goes with all it says, with the places that state nothing else, and with the direct links
    that stand for it; what took place before the day stays.

    Parameters
    ----------
    reader
        The graph.
    at
        ISO date; None yields every quad.
    """
    if at is None:
        yield from reader.store.quads()
        return
    gone = {
        thing.iri
        for thing in read_things(reader.store, *_dated_classes()).values()
        if thing.holds(at) == "no" and not happened(thing, at)
    }
    kept = [quad for quad in reader.store.quads() if _text(quad.subject) not in gone]
    kept = _without_orphans(kept, gone, reader)
    links, pairs = _direct_links(reader), _held_pairs(reader, at)
    for quad in kept:
        if quad.predicate.value not in links or (_text(quad.subject), _text(quad.object)) in pairs:
            yield quad


def _text(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _dated_classes() -> list[str]:
    """Return the classes of everything that may carry a time of its own."""
    words = vocabulary()
    return [name for name in words.classes if "valid_from" in words.columns(name)]


def _without_orphans(quads: list[ox.Quad], gone: set[str], reader: Reader) -> list[ox.Quad]:
    """Drop the places, and their quotes, where only things that are gone were stated."""
    stated: dict[str, bool] = defaultdict(bool)
    quotes: dict[str, str] = {}
    for quad in reader.store.quads():
        if quad.predicate.value == STATED_IN:
            stated[_text(quad.object)] |= _text(quad.subject) not in gone
        elif quad.predicate.value == SELECTOR:
            quotes[_text(quad.object)] = _text(quad.subject)
    orphans = {place for place, used in stated.items() if not used}
    orphans |= {quote for quote, place in quotes.items() if place in orphans}
    return [quad for quad in quads if _text(quad.subject) not in orphans]


def _direct_links(reader: Reader) -> set[str]:
    roles = {link for (link,) in select(reader.store, "SELECT DISTINCT ?p { ?r org:roleProperty ?p }") if link}
    return roles | {f"{ORG}memberOf", f"{ORG}linkedTo"}


def _held_pairs(reader: Reader, at: str) -> set[tuple[str, str]]:
    edges = contract(reader.things(*RELATIONS), at=at)
    return {pair for edge in edges for pair in ((edge.source, edge.target), (edge.target, edge.source))}
