"""A network by columns: what the writers of network files take, whatever it was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tsunagari.graph.export.options import Options
from tsunagari.graph.facts import Reader
from tsunagari.graph.networks import STATUSES, network

LIST_MARK = "|"
TIE_COLUMNS = ("source", "target", "weight", "directed")  # there even when nothing is tied
EVERYTHING = "all"  # the network in which each kind of tie stands by itself
# What XML 1.0 cannot hold, not even escaped; no other format needs it either.
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class NetworkTable:
    """A directed network as two tables of columns of equal length.

    Parameters
    ----------
    name
        Name of the network.
    nodes
        Column to values, one a node: ``id`` (the IRI), ``label`` and whatever else is known.
    ties
        Column to values, one a tie: ``source``, ``target`` (IRIs of nodes), ``weight``, ``directed`` and whatever else.
        A tie without direction is there both ways, except in `EVERYTHING`, where it is there once.
    """

    name: str
    nodes: Mapping[str, Sequence[Any]]
    ties: Mapping[str, Sequence[Any]]

    def node_rows(self) -> Iterator[dict[str, Any]]:
        """Yield each node as column to value."""
        return _rows(self.nodes)

    def tie_rows(self) -> Iterator[dict[str, Any]]:
        """Yield each tie as column to value."""
        return _rows(self.ties)

    def places(self) -> dict[str, int]:
        """Return the place of each node by its id, from 1."""
        return {node: place for place, node in enumerate(self.nodes["id"], start=1)}


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def network_table(reader: Reader, options: Options) -> NetworkTable:
    """Return a network for the writers of files.

    ``all`` holds every status of claim; the other networks hold what is stated or inferred, as measures take it.

    Raises
    ------
    UnknownNameError
        There is no network of that name.
    """
    statuses = None if options.network == EVERYTHING else STATUSES
    graph: Any = network(reader, options.network, at=options.at, statuses=statuses, lang=options.lang, directed=True)
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    ties = [{"source": one, "target": other, **data} for one, other, data in graph.edges(data=True)]
    return NetworkTable(options.network, _columns(nodes, ("id", "label")), _columns(ties, TIE_COLUMNS))


def _columns(rows: Sequence[Mapping[str, Any]], always: Sequence[str]) -> dict[str, list[Any]]:
    names = list(rows[0]) if rows else list(always)
    return {name: [row[name] for row in rows] for name in names}


def both_ways(table: NetworkTable) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield each tie as an arc between places from 1, a tie without direction one arc each way."""
    places, once = table.places(), table.name == EVERYTHING
    for tie in table.tie_rows():
        source, target = places[tie["source"]], places[tie["target"]]
        yield source, target, tie
        if once and not tie["directed"]:
            yield target, source, tie


def ties_once(table: NetworkTable) -> Iterator[dict[str, Any]]:
    """Yield each tie once: of the two arcs of a tie without direction only the first."""
    if table.name == EVERYTHING:
        yield from table.tie_rows()
        return
    arcs = zip(table.ties["source"], table.ties["target"], table.ties["directed"], strict=True)
    loose = {(source, target) for source, target, directed in arcs if not directed}
    for tie in table.tie_rows():
        back = (tie["target"], tie["source"])
        if tie["directed"] or back not in loose:
            yield {**tie, "directed": True}
        elif tie["source"] < tie["target"]:
            yield tie


def plain(value: Any) -> Any:
    """Return a value as text without control characters, a number or a truth value; lists are joined by ``|``.

    Examples
    --------
    >>> plain(["居場所", "食支援"]), plain(1.5), plain(f"a{chr(0)}")
    ('居場所|食支援', 1.5, 'a�')
    """
    if isinstance(value, list | tuple):
        return clean_text(LIST_MARK.join(map(str, value)))
    return clean_text(value) if isinstance(value, str) else value


def clean_text(text: str) -> str:
    """Return a text with the replacement character for each control character."""
    return _CONTROL.sub("\ufffd", text)


def unique_labels(table: NetworkTable, safe: Mapping[int, str] | None = None) -> list[str]:
    """Return a label for each node that no other has: one that several share is followed by the end of the IRI.

    A node without a label has the end of its IRI. Characters are replaced as `safe` says (`str.translate`).

    Examples
    --------
    >>> unique_labels(NetworkTable("ties", {"id": ["urn:x/1", "urn:x/2"], "label": ["会", "会"]}, {}))
    ['会 (1)', '会 (2)']
    """
    changes = safe or {}
    ids = [str(node) for node in table.nodes["id"]]
    ends = [iri.rpartition("/")[2] for iri in ids]
    labels = [
        str(plain(label) or end).translate(changes) for label, end in zip(table.nodes["label"], ends, strict=True)
    ]
    for marks in (ends, ids):
        counts = Counter(labels)
        labels = [
            f"{label} ({mark})".translate(changes) if counts[label] > 1 else label
            for label, mark in zip(labels, marks, strict=True)
        ]
    return labels
