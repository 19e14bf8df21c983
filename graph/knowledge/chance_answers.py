"""Whether what a network shows is more than chance would give."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from tsunagari.graph.centre import chance_table, correlate_networks, read_observed, regress_networks
from tsunagari.graph.inference import STATISTICS, statistics_named
from tsunagari.graph.knowledge.broker_answers import membership_names
from tsunagari.graph.knowledge.choice_answers import in_the_whole
from tsunagari.graph.knowledge.network_answers import matrix
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.networks import DEFAULT_NETWORK


@in_the_whole()
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


@in_the_whole()
@method
def qap(
    self: Session,
    one: str | pd.DataFrame,
    other: str | pd.DataFrame,
    *,
    draws: int = 1_000,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Correlate two networks of the same organisations, or a network and a partition, by permuting organisations.

    Parameters
    ----------
    one, other
        ``ties``, ``comembers``, ``collaboration``, or a partition such as ``sector``: in one group or not. Or of two
        modes: ``members`` (organisation × platform), ``services`` (× field), ``service_areas`` (× area) beside a
        partition such as ``prefecture``; rows and columns are then permuted on their own. Or a frame of your own, rows
        and columns named by ids or names: another day, a distance, a survey.
    draws, seed
        Permutations; the same seed gives the same.
    at
        The day; None takes `as_of`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row: ``observed``, ``null_mean``, ``null_sd``, ``p_high``, ``p_low``, ``p``, ``draws``; see
        `tsunagari.graph.centre.correlate_networks`.

    Raises
    ------
    UnknownNameError
        There is no such network or partition.
    NetworkError
        There are too many bodies, or a network is the same for every pair.

    Examples
    --------
    >>> kg.qap("collaboration", "sector", draws=19).columns.tolist()
    ['observed', 'null_mean', 'null_sd', 'p_high', 'p_low', 'p', 'draws']
    >>> found = kg.qap("members", "prefecture", draws=19)  # two modes: bodies and platforms of one prefecture
    >>> bool(found.loc[0, "observed"] > 0), sorted(found.attrs.keys() & {"bodies", "others"})
    (True, ['bodies', 'others'])
    """
    return correlate_networks(
        lambda name: matrix(self, name, at=at, lang=lang, directed=True), one, other, draws=draws, seed=seed, lang=lang
    )


@in_the_whole()
@method
def mrqap(
    self: Session,
    outcome: str | pd.DataFrame = "ties",
    predictors: Sequence[str] | Mapping[str, str | pd.DataFrame] = ("comembers", "sector"),
    *,
    draws: int = 1_000,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Regress a network on others and on partitions, each tested by double semi-partialling.

    Parameters
    ----------
    outcome
        The network that is explained, of one or two modes, or a frame, as in `qap`.
    predictors
        Networks, partitions and frames that explain it, all of the same modes; a mapping names them.
    draws, seed, at, lang
        As in `qap`.

    Returns
    -------
    DataFrame
        One row a predictor, see `tsunagari.graph.centre.regress_networks`.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `qap`; predictors that explain each other entirely are refused too.

    Examples
    --------
    >>> kg.mrqap("collaboration", ["sector", "prefecture"], draws=19)["predictor"].tolist()
    ['(intercept)', 'sector', 'prefecture']
    """
    return regress_networks(
        lambda name: matrix(self, name, at=at, lang=lang, directed=True),
        outcome,
        predictors,
        draws=draws,
        seed=seed,
        lang=lang,
    )
