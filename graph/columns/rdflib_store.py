"""The index of a graph as a store of rdflib: its union is a set, as rdflib means it."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import oxrdflib
import pyoxigraph as ox
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

if TYPE_CHECKING:
    from rdflib.query import Result

_UNION = "__UNION__"  # what rdflib calls the union of all graphs in a query
_AS_IT_IS = "__DEFAULT__"


class IndexStore(oxrdflib.OxigraphStore):
    """An Oxigraph store whose default graph holds the union of the named graphs, each statement once.

    Parameters
    ----------
    index
        The store; nothing is written to it.
    """

    def __init__(self, index: ox.Store) -> None:
        super().__init__(store=index)
        self._merged = Graph(identifier=DATASET_DEFAULT_GRAPH_ID, store=self)

    def _refuse(self, *_: object, **__: object) -> None:
        raise io.UnsupportedOperation("a graph is not open in read-write mode: change its lists and build it again")

    add = addN = remove = update = add_graph = remove_graph = _refuse  # noqa: N815 - named by rdflib

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Yield statements with their named graphs; the default graph of rdflib itself is empty."""
        if context is None:
            for triple, _ in super().triples(triple_pattern, self._merged):
                yield triple, self.contexts(triple)
        elif context.identifier != DATASET_DEFAULT_GRAPH_ID:
            yield from super().triples(triple_pattern, context)

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:
        """Yield the named graphs, or those that hold a statement."""
        for graph in super().contexts(triple):
            if graph.identifier != DATASET_DEFAULT_GRAPH_ID:
                yield graph

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - named by rdflib
        initBindings: Mapping[str, Any],  # noqa: N803 - named by rdflib
        queryGraph: str,  # noqa: N803 - named by rdflib
        **kwargs: object,
    ) -> Result:
        """Answer a query; the union is the default graph of the index."""
        graph = _AS_IT_IS if queryGraph == _UNION else queryGraph
        return super().query(query, initNs, initBindings, graph, **kwargs)
