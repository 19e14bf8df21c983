"""Whether what a network shows is more than chance would give."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from tsunagari.graph.centre import chance_table, read_observed
from tsunagari.graph.inference import STATISTICS, statistics_named
from tsunagari.graph.knowledge.broker_answers import membership_names
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.networks import DEFAULT_NETWORK


@method
def test(
    self: Session,
    statistic: str | Sequence[str] = "brokerage",
    *,
    null: str | None = None,
    draws: int = 199,
    seed: int = 0,
    level: str = "network",
    group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
    network: str | None = None,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Hold statistics of a network against random networks: p, interval, mean and spread of the null, a sentence.

    Parameters
    ----------
    statistic
        One or several of `tsunagari.graph.inference.STATISTICS`; ``"roles"`` stands for the five roles.
    null
        What the random networks keep: ``density``, ``degree``, ``membership`` or ``labels``; None takes the one that
        keeps what is trivially true of the network, memberships where it is made of them, else degrees.
    draws, seed
        How many random networks, and the seed of drawing them.
    level
        ``"network"`` for one row a statistic, ``"body"`` for one row an organisation.
    group
        As in `brokers`.
    network
        The network, see `projection`; None takes its default, and ``services`` for what organisations cover.
    at, lang
        As in `brokers`.

    Returns
    -------
    DataFrame
        See `tsunagari.graph.centre.chance_table`.

    Raises
    ------
    UnknownNameError
        There is no such statistic, null, partition, network or day.
    NetworkError
        The null does not fit the network; the reason is given.

    Examples
    --------
    >>> found = kg.test(["brokerage", "ei"], draws=39, lang="en")
    >>> found[["statistic", "null", "draws"]].values.tolist()
    [['brokerage', 'membership', 39], ['ei', 'membership', 39]]
    """
    names = statistics_named(statistic)
    if network is None:
        network = "services" if STATISTICS[names[0]].two_mode else DEFAULT_NETWORK
    memberships = membership_names(self, at, lang)
    observed, nodes, _ = read_observed(
        self._reader, network, at=self._day(at), group=group, memberships=memberships, lang=lang
    )
    return chance_table(
        observed, nodes, names, null=null, draws=draws, seed=seed, level=level, network=network, lang=lang
    )
