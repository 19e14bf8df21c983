"""What the map draws: nodes and ties as columns, the ends of ties as places among the nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Graph: TypeAlias = "nx.Graph[str]"
Numbers: TypeAlias = NDArray[np.int64]
Column: TypeAlias = Sequence[Any]


@dataclass(frozen=True)
class Drawn:
    """A network as the map, its layout and its groups read it.

    Parameters
    ----------
    ids
        IRIs of the nodes.
    nodes
        Columns of the nodes, in their order: ``kind``, ``label`` and what else `kg.projection(…).nodes` says.
    source, target
        Places of the ends of each tie.
    ties
        Columns of the ties, in their order.

    Examples
    --------
    >>> drawn = Drawn.of_graph(nx.path_graph(["a", "b", "c"]))
    >>> drawn.ids, drawn.pairs.tolist(), drawn.degrees.tolist()
    (['a', 'b', 'c'], [[0, 1], [1, 2]], [1, 2, 1])
    """

    ids: list[str]
    nodes: Mapping[str, Column]
    source: Numbers
    target: Numbers
    ties: Mapping[str, Column]

    @classmethod
    def of_graph(cls, graph: Graph) -> Drawn:
        """Return a networkx graph of any kind; an attribute that some nodes or ties lack is None there."""
        ids = list(graph)
        index = {node: number for number, node in enumerate(ids)}
        ends = np.array([(index[a], index[b]) for a, b in graph.edges()], dtype=np.int64).reshape(-1, 2)
        nodes, ties = (
            {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}
            for rows in ([data for _, data in graph.nodes(data=True)], [data for *_, data in graph.edges(data=True)])
        )
        return cls(ids, nodes, ends[:, 0], ends[:, 1], ties)

    def __len__(self) -> int:
        return len(self.ids)

    def texts(self, name: str) -> list[str]:
        """Return a column of the nodes as text, empty where nothing is said."""
        return [value if isinstance(value, str) else "" for value in self.nodes.get(name, [""] * len(self))]

    def part(self, nodes: NDArray[np.bool_]) -> Drawn:
        """Return the network of some nodes: these and the ties among them, in the same order."""
        kept = nodes[self.source] & nodes[self.target]
        place = np.cumsum(nodes) - 1
        return Drawn(
            _pick(self.ids, nodes),
            {name: _pick(column, nodes) for name, column in self.nodes.items()},
            place[self.source[kept]],
            place[self.target[kept]],
            {name: _pick(column, kept) for name, column in self.ties.items()},
        )

    @cached_property
    def pairs(self) -> Numbers:
        """Who is tied to whom: each pair once whatever the direction, the lesser place first, none with itself."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        keys = np.unique((low * max(len(self), 1) + high)[low != high])
        return np.stack(np.divmod(keys, max(len(self), 1)), axis=1)

    @cached_property
    def degrees(self) -> Numbers:
        """With how many other nodes each is tied."""
        return np.bincount(self.pairs.ravel(), minlength=len(self)).astype(np.int64)

    @cached_property
    def simple(self) -> Graph:
        """The same as an undirected networkx graph without parallel ties."""
        graph: Graph = nx.Graph()
        names, columns = list(self.nodes), list(self.nodes.values())
        rows = zip(*columns, strict=True) if columns else ([()] * len(self))
        graph.add_nodes_from(
            (node, {name: value for name, value in zip(names, row, strict=True) if value is not None})
            for node, row in zip(self.ids, rows, strict=True)
        )
        ends = zip(self.source.tolist(), self.target.tolist(), strict=True)
        graph.add_edges_from((self.ids[a], self.ids[b]) for a, b in ends if a != b)
        return graph


def _pick(column: Column, kept: NDArray[np.bool_]) -> list[Any]:
    return list(column) if kept.all() else [column[place] for place in np.flatnonzero(kept).tolist()]
