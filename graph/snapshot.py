"""The statements of the graph that hold on a day."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from tsunagari.graph.contraction import RELATIONS, happened
from tsunagari.graph.things import Reader, read_things
from tsunagari.graph.views import linked_pairs, quads_without
from tsunagari.ontology.vocabulary import vocabulary


def quads_at(reader: Reader, at: str | None) -> Iterator[ox.Quad]:
    """Yield the quads of the graph, without those about things that do not hold on a day.

    What took place before the day stays.

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
    pairs = linked_pairs(reader.things(*RELATIONS), at=at)
    yield from quads_without(reader.store, lambda _graph, iri: iri in gone, pairs)


def _dated_classes() -> list[str]:
    """Return the classes of everything that may carry a time of its own."""
    words = vocabulary()
    return [name for name in words.classes if "valid_from" in words.columns(name)]
