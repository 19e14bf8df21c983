"""Partitions: which group each body of a network belongs to, by what the graph says of it or as the user gives it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.measures import Integers, missing_groups

GROUPS: Mapping[str, tuple[str, str]] = {
    "sector": ("sector", "sector_label"),
    "class": ("class", "class_label"),
    "municipality": ("municipality_code", "municipality"),
    "prefecture": ("prefecture", "prefecture"),
    "field": ("fields", "fields"),
    "platform": ("platforms", "platforms"),
}
"""Name of a partition to the columns of nodes that hold the group and its label."""

NO_GROUP = Message("区分不明", "group not known")
NAMED = "organization"

GroupChoice: TypeAlias = "str | Mapping[Any, Hashable] | pd.Series[Any]"


@dataclass(frozen=True, slots=True)
class Partition:
    """The groups of the nodes of a network.

    Parameters
    ----------
    name
        What divides the nodes.
    numbers
        Number of the group of each node: 0, 1, … in the order in which the groups appear.
    labels
        Label of each group.
    unknown
        Number of the group of the nodes of which the group is not known, −1 where there are none.
    """

    name: str
    numbers: Integers
    labels: list[str]
    unknown: int = -1


def partition_of(nodes: pd.DataFrame, group: GroupChoice, *, lang: str = "ja") -> Partition:
    """Return the partition of the nodes of a network.

    Parameters
    ----------
    nodes
        One row a node: ``id``, ``label``, ``kind``, ``class``, and the columns that `group` may name.
    group
        A key of `GROUPS`, a column of `nodes`, or a mapping or Series from the id (or the label) of a node to its
        group. Bodies of several fields or platforms are grouped with those of exactly the same.
    lang
        ``"ja"`` or ``"en"``, of the label of the group of those whose group is not known.

    Raises
    ------
    UnknownNameError
        There is no such partition; the hint has the nearest names and all of them.
    NetworkError
        A given partition misses organisations, which are named. Unnamed groups and nodes that are no organisations
        may be left out.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": ["a", "b"], "label": ["A", "B"], "kind": "organization", "sector": ["npo", ""]})
    >>> partition_of(nodes.assign(sector_label=["NPO", ""]), "sector", lang="en").labels
    ['NPO', 'group not known']
    """
    if not isinstance(group, str):
        return _partition(getattr(group, "name", None) or "given", *_given(nodes, group), lang)
    if group not in GROUPS and group not in nodes.columns:
        raise _unknown_partition(group, nodes)
    key, label = GROUPS.get(group, (group, group))
    absent = [""] * len(nodes)
    keys, labels = ([_text(value) for value in nodes.get(name, absent)] for name in (key, label))
    return _partition(group, keys, [label or key for key, label in zip(keys, labels, strict=True)], lang)


def _partition(name: str, keys: list[Any], labels: list[str], lang: str) -> Partition:
    numbers, found = pd.factorize(np.fromiter(keys, dtype=object, count=len(keys)))
    first = pd.Series(labels, dtype=object).groupby(numbers).first()
    named = [first[number] or NO_GROUP.text(lang) for number in range(len(found))]
    unknown = next((number for number, key in enumerate(found) if key == ""), -1)
    return Partition(str(name), numbers.astype(np.int64), named, unknown)


def _given(nodes: pd.DataFrame, group: Mapping[Any, Hashable] | pd.Series[Any]) -> tuple[list[Any], list[str]]:
    given = {key: value for key, value in group.items() if not (value is None or value != value or value == "")}
    keys: list[Any] = []
    missing = []
    classes = nodes.get("class", pd.Series("", index=nodes.index))
    for iri, label, kind, cls in zip(nodes["id"], nodes["label"], nodes["kind"], classes, strict=True):
        found = given.get(iri, given.get(label, ""))
        if found == "" and kind == NAMED and cls != UNNAMED:
            missing.append(label)
        keys.append(found)
    if missing:
        raise NetworkError(missing_groups(missing))
    return keys, [str(key) for key in keys]


def _unknown_partition(group: str, nodes: pd.DataFrame) -> UnknownNameError:
    names = list(GROUPS)
    near = get_close_matches(group, [*names, *map(str, nodes.columns)], n=3, cutoff=0.5)
    ja = f"近いもの: {'、'.join(near)}。" if near else ""
    en = f"Nearest: {', '.join(near)}. " if near else ""
    return UnknownNameError(
        Message(f"「{group}」という分け方はありません。", f"There is no partition {group!r}."),
        Message(f"{ja}使える分け方: {', '.join(names)}", f"{en}Partitions: {', '.join(names)}"),
    )


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "・".join(map(str, value))
    return "" if value is None or value != value else str(value)
