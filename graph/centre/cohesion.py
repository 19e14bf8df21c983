"""What holds a network together, as tables: parts, blocks and communities of each body, and sets of key players."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from tsunagari.errors import Message
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.measures import (
    Adjacency,
    Integers,
    KeyPlayers,
    Ways,
    bridges,
    checked_adjacency,
    communities,
    fragmentation,
    key_players,
    parts_without,
    reach,
)
from tsunagari.graph.wording import frame_columns

COHESION_COLUMNS = frame_columns("cohesion")
KEY_PLAYER_COLUMNS = frame_columns("key_players")


def cohesion_table(
    adjacency: Any, nodes: pd.DataFrame, *, resolution: float = 1.0, seed: int = 1, lang: str = "ja"
) -> pd.DataFrame:
    """Return to which connected part and community each body belongs, and what falls apart without it.

    Parameters
    ----------
    adjacency
        Matrix of weights; directions are ignored.
    nodes
        One row a node in the order of the matrix: ``id``, ``label``, ``kind`` and, if there is one, ``class``; unnamed
        groups are part of the network but have no row.
    resolution, seed
        Of the communities, see `tsunagari.graph.measures.communities`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `COHESION_COLUMNS`, in the order of the nodes. ``component`` and ``community`` are numbers from
        1, the largest first; ``parts_without`` is into how many parts the contacts of the body fall when it is taken
        out (0 for an isolate), ``is_cut_point`` whether that is more than one, and ``bridges`` the number of its ties
        without which a part would fall in two. ``community_stability`` is how much of
        its community the runs of the search share (0 to 1). ``attrs`` has the ``modularity`` of the communities, the
        best of ``runs``, and their ``agreement`` (adjusted Rand index). Without nodes there is no row.

    Raises
    ------
    NetworkError
        A weight is negative or not a number, or the resolution is not above 0.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": list("abc"), "label": list("ABC"), "kind": "organization"})
    >>> cohesion_table([[0, 1, 0], [1, 0, 1], [0, 1, 0]], nodes)[["is_cut_point", "bridges"]].values.tolist()
    [[False, 1], [True, 2], [False, 1]]
    """
    matrix = checked_adjacency(adjacency)
    found = communities(matrix, resolution=resolution, seed=seed)
    parts, ends = parts_without(matrix), np.array(bridges(matrix), dtype=np.int64).ravel()
    component, community = _components(matrix), found.of_node.astype(np.int64)
    table = pd.DataFrame(
        {
            "name": nodes["label"].to_numpy(),
            "id": nodes["id"].to_numpy(),
            "kind": nodes["kind"].to_numpy(),
            "component": component + 1,
            "component_size": np.bincount(component)[component],
            "community": community + 1,
            "community_size": np.bincount(community)[community],
            "community_stability": found.stability,
            "parts_without": parts,
            "is_cut_point": parts > 1,
            "bridges": np.bincount(ends, minlength=len(nodes)),
        }
    )
    if "class" in nodes:
        table = table[(nodes["class"] != UNNAMED).to_numpy()].reset_index(drop=True)
    table["sentence"] = [_cohesion_sentence(row, lang) for row in table.to_dict("records")]
    table.attrs.update(modularity=found.modularity, agreement=found.agreement, runs=found.runs)
    return table[list(COHESION_COLUMNS)]


def key_player_table(
    adjacency: Any,
    nodes: pd.DataFrame,
    count: int = 3,
    goal: str = "fragmentation",
    *,
    steps: int = 1,
    directed: bool = False,
    weighted: bool = False,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return a set of key players in the order in which the search took them.

    Parameters
    ----------
    adjacency
        Matrix of weights; directions and weights are ignored unless asked for.
    nodes
        One row a node in the order of the matrix: ``id``, ``label``, ``kind``.
    count, goal, steps, directed, weighted
        See `tsunagari.graph.measures.key_players`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `KEY_PLAYER_COLUMNS`; ``score`` is what the set up to this body reaches, from 0 to 1: the
        fragmentation without it, or its reach. ``attrs["before"]`` is the fragmentation with everybody (0 for reach),
        ``attrs["exact"]`` whether no set of this size is better, ``attrs["bound"]`` what none exceeds; the last
        sentence says so. It is the set that matters: two brokers of the same gap are no better than one.

    Raises
    ------
    UnknownNameError
        There is no such goal.
    NetworkError
        The matrix is no sound adjacency matrix or too large for the goal, or `count` or `steps` is below 1.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": list("abc"), "label": list("ABC"), "kind": "organization"})
    >>> key_player_table([[0, 1, 0], [1, 0, 1], [0, 1, 0]], nodes, 1, lang="en").loc[0, "sentence"]
    'Without B, 100% of the pairs are not connected (with everybody 0%). No set of 1 does more.'
    """
    matrix = checked_adjacency(adjacency)
    found = key_players(matrix, count, goal, steps=steps, directed=directed, weighted=weighted)
    ways = Ways.of(matrix, directed=directed, weighted=weighted)
    scores = [
        ways.score(goal, found.rows[:taken], steps)
        if directed or weighted
        else _score(matrix, found.rows[:taken], goal, steps)
        for taken in range(1, len(found.rows) + 1)
    ]
    table = nodes.iloc[found.rows][["label", "id", "kind"]].rename(columns={"label": "name"}).reset_index(drop=True)
    table.insert(0, "place", np.arange(1, len(table) + 1))
    table["score"] = np.array(scores, dtype=np.float64)
    names = table["name"].tolist()
    said = [_set_sentence(names[: place + 1], score, found, goal, steps, lang) for place, score in enumerate(scores)]
    table["sentence"] = [*said[:-1], *(text + _certainty(found, len(names), lang) for text in said[-1:])]
    table.attrs.update(before=found.before, exact=found.exact, bound=found.bound)
    return table[list(KEY_PLAYER_COLUMNS)]


def _certainty(found: KeyPlayers, count: int, lang: str) -> str:
    space = "" if lang != "en" else " "
    if found.exact:
        return space + Message(
            f"{count}団体の組でこれを超えるものはありません。", f"No set of {count} does more."
        ).text(lang)
    if found.bound < 1:
        text = Message(
            f"探索の結果で、{count}団体の組は最大でも{found.bound:.0%}です。",
            f"Found by search; no set of {count} exceeds {found.bound:.0%}.",
        )
    else:
        text = Message("探索の結果で、これより良い組がないとは限りません。", "Found by search; a better set may exist.")
    return space + text.text(lang)


def _components(matrix: Adjacency) -> Integers:
    """Return the number of each node's connected part: 0 for the largest, ties by the first row."""
    _, found = csgraph.connected_components(matrix, directed=True, connection="weak")
    sizes = np.bincount(found)
    order = np.argsort(-sizes, kind="stable")
    place = np.empty(len(sizes), dtype=np.int64)
    place[order] = np.arange(len(sizes))
    return np.asarray(place[found], dtype=np.int64)


def _score(matrix: Adjacency, rows: list[int], goal: str, steps: int) -> float:
    weighted = goal.startswith("distance")
    if goal.endswith("fragmentation"):
        return fragmentation(matrix, rows, distance_weighted=weighted)
    return reach(matrix, rows, steps=None if weighted else steps)


def _cohesion_sentence(row: dict[Any, Any], lang: str) -> str:
    name, whole, own, parts = (row[key] for key in ("name", "component_size", "community_size", "parts_without"))
    if not parts:
        nobody = Message(f"{name}は、どことのつながりの記載もありません。", f"No source says whom {name} is tied to.")
        return nobody.text(lang)
    said = Message(
        f"{name}は、{whole:,}団体がつながる集まりの中の、{own:,}団体のまとまりにいます。",
        f"{name} is in a community of {own:,} within a connected part of {whole:,}.",
    ).text(lang)
    if parts < 2:
        return said
    falls = Message(
        f"抜けると、つながりが{parts}つに分かれます。", f" Without it the network falls into {parts} parts there."
    )
    return said + falls.text(lang)


def _set_sentence(names: list[str], score: float, found: KeyPlayers, goal: str, steps: int, lang: str) -> str:
    together = Message("、".join(names), " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0])
    if goal.endswith("fragmentation"):
        weighted = goal.startswith("distance")
        lost = Message("つながらない、または遠くなる" if weighted else "つながらない", "not connected")
        far = " or further apart" if weighted else ""
        return Message(
            f"{together.ja}が抜けると、組の{score:.0%}が{lost.ja}ようになります（全員いるときは{found.before:.0%}）。",
            f"Without {together.en}, {score:.0%} of the pairs are {lost.en}{far} (with everybody {found.before:.0%}).",
        ).text(lang)
    if goal.startswith("distance"):
        return Message(
            f"{together.ja}から全体への近さは{score:.0%}です。", f"From {together.en} everybody is near by {score:.0%}."
        ).text(lang)
    return Message(
        f"{together.ja}から{steps}歩以内に、全体の{score:.0%}がいます。",
        f"Within {steps} {'step' if steps == 1 else 'steps'} of {together.en} are {score:.0%} of all.",
    ).text(lang)
