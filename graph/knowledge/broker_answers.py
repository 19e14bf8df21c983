"""Who stands between whom: brokers, roles in the whole network, structural holes, ties between groups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from tsunagari.graph.centre import (
    MADE,
    broker_table,
    defined_by,
    mixing_sentence,
    read_observed,
    read_records,
    record_draws,
    roles_beside_chance,
    with_platforms,
)
from tsunagari.graph.inference import RecordErrors
from tsunagari.graph.knowledge.choice_answers import in_the_whole
from tsunagari.graph.knowledge.network_answers import matrix
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.measures import Mixing, Model, Variance, network_brokerage
from tsunagari.graph.measures import mixing as mixing_of
from tsunagari.graph.measures import structural_holes as holes_of
from tsunagari.graph.networks import DEFAULT_NETWORK, Partition, partition_of
from tsunagari.graph.tables import platforms_of
from tsunagari.graph.wording import measure_sentences

if TYPE_CHECKING:
    from tsunagari.graph.networks import GroupChoice

NODE_COLUMNS = ("id", "label", "kind")


@in_the_whole(bodies="organization_id")
@method
def brokers(
    self: Session,
    group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
    *,
    network: str = DEFAULT_NETWORK,
    missing: float = 0.1,
    false_records: float = 0.0,
    missing_lists: float = 0.0,
    draws: int | None = None,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row an organisation, the greatest broker first.

    Parameters
    ----------
    group
        A name of `tsunagari.graph.networks.partitions.GROUPS`, or a mapping or Series from the id (or name) of an
        organisation to its group, such as a column of a table of your own.
    network
        The network, see `projection`.
    missing, false_records, missing_lists
        Shares of the records (memberships, ties) that may be missing and false, and of whole lists that may be missing,
        for the intervals of ranks and the share of draws in which a body is a cut point; a missing membership takes
        every tie along that follows from it. All 0 for nothing of it.
    draws, seed
        Random networks that the sentences compare with; they keep memberships or numbers of ties. None draws 99 up to
        20,000 bodies, 39 up to 200,000 and none beyond, 0 none.
    at
        The day; None takes `as_of`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``rank``, ``organization``, ``organization_id``, ``group``, the roles with what chance would give,
        ``betweenness``, ``constraint``, ``is_cut_point``, ``bridges``, intervals of the rank and a sentence; see
        `tsunagari.graph.centre.broker_table`. ``attrs["method"]`` and ``attrs["citation"]`` are what a report or paper
        needs to cite it.

    Raises
    ------
    UnknownNameError
        There is no such partition, network or day.
    NetworkError
        A given partition misses organisations, or a share of errors is none.

    Examples
    --------
    >>> brokers = kg.brokers()
    >>> brokers.columns[:3].tolist(), brokers.attrs["citation"][0][:26]
    (['rank', 'organization', 'organization_id'], 'Gould, R. V. & Fernandez, ')
    """
    day, wrong = self._day(at), (missing, false_records, missing_lists)
    asked = ("brokers", group, network, wrong, draws, seed, day, lang)

    def table() -> pd.DataFrame:
        weights, nodes = matrix(self, network, at=at, lang=lang, directed=True)
        return broker_table(
            weights,
            nodes,
            group=group,
            memberships=membership_names(self, at, lang),
            network=network,
            records=read_records(self._reader, network, at=day, directed=True),
            errors=RecordErrors(*wrong, draws=record_draws(len(nodes)), seed=seed),
            draws=draws,
            seed=seed,
            lang=lang,
        )

    return self._reader.kept.get(asked, table).copy() if isinstance(group, str) else table()


@in_the_whole()
@method
def brokerage(
    self: Session,
    group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
    *,
    network: str = DEFAULT_NETWORK,
    variance: Variance = "sna",
    draws: int = 99,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return how often each role occurs in the whole network.

    Parameters
    ----------
    group, network, at, lang
        As in `brokers`.
    variance
        Which variance z is of, see `tsunagari.graph.measures.network_brokerage`.
    draws, seed
        Random networks that the sentences compare with.

    Returns
    -------
    DataFrame
        One row a role: ``count``; ``expected``, ``deviation`` and ``z`` by the published null, one density;
        ``null_mean``, ``p``, ``draws`` and a sentence by random networks that keep memberships or numbers of ties.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `brokers`.

    Examples
    --------
    >>> kg.brokerage().index.tolist()[:2]
    ['coordinator', 'itinerant']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=True)
    numbers = _partition(self, nodes, group, at, lang).numbers
    found = network_brokerage(weights, numbers, variance=variance)
    made = read_observed(self._reader, network, at=self._day(at), lang=lang)[0]
    return roles_beside_chance(found, replace(made, groups=numbers), draws=draws, seed=seed, lang=lang)


@in_the_whole(bodies="id")
@method
def structural_holes(
    self: Session, *, network: str = DEFAULT_NETWORK, model: Model = "whole", at: Day = None, lang: str = "ja"
) -> pd.DataFrame:
    """Return Burt's measures for each node.

    Parameters
    ----------
    network, at, lang
        As in `brokers`.
    model
        Whether contacts' ties count over the ``"whole"`` network or within the ``"ego"`` network, see
        `tsunagari.graph.measures.structural_holes`.

    Returns
    -------
    DataFrame
        ``id``, ``label``, ``kind``, ``constraint``, ``effective_size``, ``efficiency``, ``hierarchy`` and a sentence;
        NaN for an isolate.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `projection`.

    Examples
    --------
    >>> kg.structural_holes(model="ego").columns.tolist()[3:]
    ['constraint', 'effective_size', 'efficiency', 'hierarchy', 'sentence']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=True)
    found = pd.concat([nodes[list(NODE_COLUMNS)], holes_of(weights, model=model)], axis="columns")
    found["sentence"] = measure_sentences(found, ("effective_size", "constraint"), lang=lang)
    return defined_by(found, ["constraint"], network=network)


@in_the_whole()
@method
def mixing(
    self: Session,
    group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
    *,
    network: str = DEFAULT_NETWORK,
    permutations: int = 0,
    draws: int = 99,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> Mixing:
    """Return the ties between groups as a matrix, and the E-I index of each group and of the whole network.

    Parameters
    ----------
    group, network, at, lang
        As in `brokers`.
    permutations, seed
        How often the groups are dealt out anew to test the index, and the seed of that; 0 for no test.
    draws
        Random networks, which keep memberships or numbers of ties, that the sentence compares with.

    Returns
    -------
    See `tsunagari.graph.measures.mixing`; rows and columns are named by the groups.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `brokers`.

    Examples
    --------
    >>> found = kg.mixing("prefecture")
    >>> -1 <= found.ei <= 1, bool((found.ties.index == found.groups.index).all())
    (True, True)
    """
    weights, nodes = matrix(self, network, at=at, lang=lang)
    partition = _partition(self, nodes, group, at, lang)
    found = mixing_of(weights, partition.numbers, permutations=permutations, seed=seed)
    names = partition.labels[: len(found.groups)]
    ties = found.ties.set_axis(names, axis="index").set_axis(names, axis="columns")
    groups = defined_by(found.groups.set_axis(names, axis="index"), ["e_i_index"])
    said = ""
    if network in MADE:
        made = read_observed(self._reader, network, at=self._day(at), lang=lang)[0]
        said = mixing_sentence(replace(made, groups=partition.numbers), draws=draws, seed=seed, lang=lang)
    return replace(found, ties=ties, groups=groups, sentence=said)


def membership_names(graph: Session, at: Day, lang: str) -> dict[str, list[str]]:
    """Return the names of what each organisation belongs to on a day, by its IRI.

    Examples
    --------
    >>> len(membership_names(kg, None, "ja")) > 10
    True
    """
    return platforms_of(graph._reader.columns, at=graph._day(at), lang=lang)


def _partition(graph: Session, nodes: pd.DataFrame, group: GroupChoice, at: Day, lang: str) -> Partition:
    return partition_of(with_platforms(nodes, membership_names(graph, at, lang)), group, lang=lang)
