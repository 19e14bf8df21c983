"""Groups of a large map: by prefecture and municipality, so that a reader finds a body where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from tsunagari.viz.map.drawn import Drawn

Place: TypeAlias = tuple[str, str]

MOST_PLACES = 130
"""So many municipalities get a frame of their own at most; the smaller ones of a prefecture share one."""
LEAST = 6
"""A municipality with fewer nodes shares a frame."""


def node_places(drawn: Drawn) -> dict[str, Place]:
    """Return the prefecture and municipality of every node, as far as it or what it is tied to tells.

    A node without a place of its own (a service, a platform) takes the one that most of its neighbours have, the
    municipality where they agree by half, else the prefecture where they do; a field or a national body stays without.
    """
    known = list(zip(drawn.texts("prefecture"), drawn.texts("municipality"), strict=True))
    found = list(known)
    ends = np.concatenate((drawn.pairs, drawn.pairs[:, ::-1]))
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    starts = np.searchsorted(ends[:, 0], np.arange(len(known) + 1))
    for node, place in enumerate(known):
        if place == ("", ""):
            others = ends[starts[node] : starts[node + 1], 1].tolist()
            found[node] = _shared([known[other] for other in others if known[other][0]])
    return dict(zip(drawn.ids, found, strict=True))


def _shared(around: list[Place]) -> Place:
    if not around:
        return "", ""
    place, count = min(Counter(around).items(), key=lambda item: (-item[1], item[0]))
    if count * 2 > len(around):
        return place
    prefecture, count = min(Counter(one for one, _ in around).items(), key=lambda item: (-item[1], item[0]))
    return (prefecture, "") if count * 2 > len(around) else ("", "")


def group_by_place(places: Mapping[str, Place], *, most: int = MOST_PLACES) -> dict[tuple[str, str, int], list[str]]:
    """Return the nodes of each frame: its prefecture, its municipality, and how many municipalities share it.

    A shared frame names no municipality.

    Frames come in the order of the prefectures and, inside, of their size; nodes keep their order.

    Examples
    --------
    >>> places = {f"a{number}": ("甲県", "子市") for number in range(6)}
    >>> places |= {"b": ("甲県", "丑町"), "c": ("甲県", "寅村"), "d": ("", "")}
    >>> [(key, len(nodes)) for key, nodes in group_by_place(places).items()]
    [(('甲県', '子市', 1), 6), (('甲県', '', 2), 2), (('', '', 0), 1)]
    """
    sizes = Counter(place for place in places.values() if place[0])
    own = {place for place, count in sizes.most_common(most) if count >= LEAST and place[1] not in ("", place[0])}
    shared: dict[str, set[str]] = {}
    for prefecture, municipality in sizes:
        if (prefecture, municipality) not in own:
            shared.setdefault(prefecture, set()).add(municipality)
    members: dict[tuple[str, str, int], list[str]] = {}
    for node, place in places.items():
        key = (*place, 1) if place in own else (place[0], "", len(shared.get(place[0], ())))
        members.setdefault(key, []).append(node)
    first = {prefecture: number for number, prefecture in enumerate(dict.fromkeys(key[0] for key in members))}
    order = sorted(members, key=lambda key: (key[0] == "", first[key[0]], key[1] == "", -len(members[key]), key[1]))
    return {key: members[key] for key in order}
