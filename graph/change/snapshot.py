"""The statements of the graph that hold on a day."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from tsunagari.graph.change.views import linked_pairs, quads_without
from tsunagari.graph.facts import Reader
from tsunagari.graph.networks import happened
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
    columns = reader.columns
    dated = columns.of_class(*_dated_classes())
    gone = set(columns.text(dated[(columns.holds(dated, at) == 0) & ~happened(columns, dated, at)]))
    pairs = linked_pairs(columns, at=at)
    yield from quads_without(reader.store, lambda _graph, iri: iri in gone, pairs)


def _dated_classes() -> list[str]:
    """Return the classes of everything that may carry a time of its own."""
    words = vocabulary()
    return [name for name in words.classes if "valid_from" in words.columns(name)]
