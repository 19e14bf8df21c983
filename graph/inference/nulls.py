"""Null models: the random networks that an observed one is compared with, each keeping something of it.

==============  =============================================================================  =======================
null            what every random network keeps                                                source
==============  =============================================================================  =======================
``density``     the number of pairs tied both ways and of those tied one way (dyad census)     Holland & Leinhardt 1976
``degree``      of each body the number of ties both ways, sent and received                   Maslov & Sneppen 2002
``membership``  of each body in how many groups it is, of each group how many are in it;       Neal 2014;
                stated ties as in ``degree``; whoever shares a group is tied again             Besag & Clifford 1989
``labels``      the whole network; the groups of the bodies are dealt out anew                 Hubert 1987
==============  =============================================================================  =======================

For ``degree`` and ``membership`` a chain of exchanges (see `tsunagari.graph.inference.swaps`) leads from the observed
network to a network in the middle, and from there each draw starts on its own (J. Besag & P. Clifford 1989,
"Generalized Monte Carlo significance tests", Biometrika 76): observed network and draws are then in no order that
chance could tell, so p values hold exactly, however long the chains are.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.inference.observed import Observed

Null: TypeAlias = Literal["density", "degree", "membership", "labels"]
NULLS: tuple[str, ...] = get_args(Null)


def null_named(name: str) -> Null:
    """Return a name of `NULLS`, or raise.

    Raises
    ------
    UnknownNameError
        There is no such null; the hint lists all.

    Examples
    --------
    >>> null_named("degree")
    'degree'
    """
    for known in get_args(Null):
        if name == known:
            return known  # type: ignore[no-any-return]
    listed = ", ".join(NULLS)
    raise UnknownNameError(
        Message(f"「{name}」という帰無モデルはありません。", f"There is no null {name!r}."),
        Message(f"次から選んでください: {listed}", f"Choose one of: {listed}"),
    )


def fitting_null(observed: Observed) -> Null:
    """Return the null that keeps what is trivially true: memberships where a network is made of them, else degrees.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> fitting_null(Observed(checked_adjacency([[0, 1], [1, 0]])))
    'degree'
    """
    return "membership" if len(observed.members) else "degree"


def check_null(observed: Observed, null: Null) -> None:
    """Raise `NetworkError` with the reason when a null does not fit a network.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> check_null(Observed(checked_adjacency([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])), "degree")
    """
    reason = _misfit(observed, null)
    if reason is not None:
        raise NetworkError(*reason)


def _misfit(observed: Observed, null: Null) -> tuple[Message, Message] | None:
    if not observed.adjacency().nnz and not len(observed.members):
        return (
            Message(
                "つながりが一つもないので、比べる無作為なネットワークを作れません。",
                "There is no tie, so there is no random network to compare with.",
            ),
            Message("つながりか参加の一覧を加えてください。", "Add a list of ties or of memberships."),
        )
    shared = len(observed.members) > 0
    match null:
        case "membership" if not shared:
            return (
                Message(
                    "このネットワークは同じ場への参加からできていないので、参加数を保つ帰無モデルは使えません。",
                    "This network is not made of shared memberships, so there are none to keep.",
                ),
                Message('null="degree" を使ってください。', 'Use null="degree".'),
            )
        case "degree" if shared:
            return (
                Message(
                    "同じ場への参加によるつながりは組ごとに独立ではないので、つながりの数だけを保つ無作為なネットワークとは比べられません。",
                    "Ties by shared membership come in groups, not pair by pair: random networks that keep numbers of "
                    "ties alone would take the groups apart, and everything would seem unlikely.",
                ),
                Message('null="membership" を使ってください。', 'Use null="membership".'),
            )
        case "labels" if observed.groups is None or observed.two_mode:
            return (
                Message("区分のない指標に labels は使えません。", "Without groups there are no labels to deal out."),
                Message("ほかの帰無モデルを選んでください。", "Choose another null."),
            )
        case "labels" if len(np.unique(np.asarray(observed.groups))) < 2:
            return (
                Message(
                    "区分が一つしかないので、入れ替えても同じです。",
                    "There is one group only: dealing it out anew changes nothing.",
                ),
                Message("別の分け方（group）を選んでください。", "Choose another partition (group)."),
            )
    return None


def only_one() -> NetworkError:
    """Return the error that there is nothing to compare with.

    >>> only_one().message.en[:16]
    'Under this null '
    """
    return NetworkError(
        Message(
            "この帰無モデルのもとでは、観測されたネットワークのほかに可能なネットワークがない（か、入れ替えで届かない）ため、検定できません。",
            "Under this null no other network than the observed one is possible, or none can be reached by exchanges: "
            "nothing can be tested.",
        ),
        Message(
            'つながりの多いネットワークか、別の帰無モデル（null="density" など）を使ってください。',
            'Use a network with more ties, or another null, such as null="density".',
        ),
    )
