"""Who holds the network together: every measure of brokerage for every organisation, with a sentence that says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.adjacency import Graph, Integers, adjacency_of
from tsunagari.graph.betweenness import betweenness
from tsunagari.graph.brokerage import brokerage_roles
from tsunagari.graph.centrality import degree
from tsunagari.graph.chance_brokerage import ROLES
from tsunagari.graph.connectivity import parts_without
from tsunagari.graph.sentences import broker_sentence
from tsunagari.graph.structural_holes import structural_holes

GROUPS: Mapping[str, tuple[str, str]] = {
    "sector": ("sector", "sector_label"),
    "class": ("class", "class_label"),
    "municipality": ("municipality_code", "municipality"),
    "prefecture": ("prefecture", "prefecture"),
    "field": ("fields", "fields"),
}
"""Name of a partition to the node attributes that hold the group and its label."""

COLUMNS = (
    "rank",
    "organization",
    "organization_id",
    "group",
    "degree",
    "betweenness",
    "constraint",
    "effective_size",
    *ROLES,
    "brokerage",
    "is_cut_point",
    "bridges",
    "sentence",
)
NO_GROUP = Message("区分不明", "group not known")


def broker_table(
    graph: Graph,
    *,
    group: str | Mapping[str, Hashable] = "sector",
    memberships: Mapping[str, list[str]] | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row an organisation, the greatest broker first.

    Parameters
    ----------
    graph
        A network of `tsunagari.graph.networks`. Every node is part of the measures; rows are the organisations among
        them, without unnamed groups. In a directed network the five roles follow the direction of the ties; to have a
        contact, to lie between others and to hold parts together does not depend on it.
    group
        Partition for the five roles: a key of `GROUPS`, or a group for each node. Bodies of which the group is not
        known form one of their own; a body of several fields is grouped with those of exactly the same fields.
    memberships
        IRI of an organisation to the names of what it belongs to, for ``bridges``.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, sorted by brokerage and betweenness (descending), then constraint (ascending: the
        freer body first) and name. ``rank`` is shared where all three are the same; organisations without ties come
        last, with a ``constraint`` and ``effective_size`` of NaN. ``bridges`` names the groups of the contacts and
        what the organisation belongs to. Without organisations there is no row.

    Raises
    ------
    UnknownNameError
        There is no such partition.
    NetworkError
        A given partition misses a node, or a weight is negative or not a number.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "b"), ("b", "c")])
    >>> nx.set_node_attributes(graph, {node: {"kind": "organization", "label": node} for node in graph})
    >>> table = broker_table(graph, group={"a": "npo", "b": "city", "c": "npo"})
    >>> table[["rank", "organization", "itinerant"]].values.tolist()
    [[1, 'b', 2], [2, 'a', 0], [2, 'c', 0]]
    """
    matrix, nodes = adjacency_of(graph)
    groups, labels = _partition(graph, nodes, group, lang)
    table = pd.concat([brokerage_roles(matrix, groups), structural_holes(matrix)], axis="columns")
    table["brokerage"] = table[list(ROLES)].sum(axis="columns")
    table["organization_id"] = [str(node) for node in nodes]
    table["group"] = labels
    table["organization"] = [str(graph.nodes[node].get("label", node)) for node in nodes]
    table["degree"] = degree(matrix).astype(np.int64)
    # it is summed in threads, so the last bits are not the same twice
    table["betweenness"] = betweenness(matrix + matrix.T).round(12)
    parts = parts_without(matrix)
    table["is_cut_point"] = parts > 1
    contacts = _groups_of_contacts(matrix, labels)
    table["bridges"] = [
        _bridges(found, (memberships or {}).get(str(node), []), lang)
        for node, found in zip(nodes, contacts, strict=True)
    ]
    table["sentence"] = _sentences(table, contacts, parts, lang)
    listed = np.array([_is_listed(graph.nodes[node]) for node in nodes], dtype=bool)
    return _ranked(table.loc[listed])


def _partition(
    graph: Graph, nodes: list[Hashable], group: str | Mapping[str, Hashable], lang: str
) -> tuple[list[Hashable], list[str]]:
    """Return the group of each node and its label."""
    if not isinstance(group, str):
        from tsunagari.graph.adjacency import groups_of

        given = groups_of(nodes, group)
        return given, [str(item) for item in given]
    if group not in GROUPS:
        names = ", ".join(GROUPS)
        raise UnknownNameError(
            Message(f"「{group}」という分け方はありません。", f"There is no partition {group!r}."),
            Message(f"使える分け方: {names}", f"Partitions: {names}"),
        )
    key, label = GROUPS[group]
    pairs = [(_text(graph.nodes[node].get(key)), _text(graph.nodes[node].get(label))) for node in nodes]
    return [name for name, _ in pairs], [text or name or NO_GROUP.text(lang) for name, text in pairs]


def _text(value: Any) -> str:
    return "・".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")


def _groups_of_contacts(matrix: Any, labels: list[str]) -> list[list[str]]:
    """Return for each node the groups of its contacts, the most frequent first."""
    found: list[Counter[str]] = [Counter() for _ in labels]
    tied = (matrix + matrix.T.tocsr()).tocoo()
    for row, column in zip(*(axis.tolist() for axis in tied.coords), strict=True):
        found[row][labels[column]] += 1
    return [sorted(counter, key=lambda name: (-counter[name], name)) for counter in found]


def _bridges(groups: list[str], memberships: list[str], lang: str) -> str:
    comma, bar = ("、", " ／ ") if lang != "en" else (", ", " / ")
    return bar.join(comma.join(names) for names in (groups, memberships) if names)


def _sentences(table: pd.DataFrame, contacts: list[list[str]], parts: Integers, lang: str) -> list[str]:
    roles = table[list(ROLES)].to_numpy().tolist()
    rows = zip(table["organization"], table["degree"], contacts, roles, parts.tolist(), strict=True)
    return [
        broker_sentence(
            name,
            contacts=int(number),
            groups=groups,
            roles=dict(zip(ROLES, counts, strict=True)),
            parts=falls_into,
            lang=lang,
        )
        for name, number, groups, counts, falls_into in rows
    ]


def _is_listed(attributes: Mapping[str, Any]) -> bool:
    return attributes.get("kind") == "organization" and attributes.get("class") != "UnnamedGroup"


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    table = table.assign(isolated=table["degree"] == 0, tightness=table["constraint"].round(12))
    keys = ["isolated", "brokerage", "betweenness", "tightness"]
    table = table.sort_values(
        [*keys, "organization", "organization_id"], ascending=[True, False, False, True, True, True], ignore_index=True
    )
    same = table[keys].fillna(np.inf)
    first_of_its_kind = same.ne(same.shift()).any(axis="columns")
    place = pd.Series(np.arange(1, len(table) + 1), index=table.index)
    table["rank"] = place.where(first_of_its_kind).ffill().astype(np.int64)
    return table[list(COLUMNS)]
