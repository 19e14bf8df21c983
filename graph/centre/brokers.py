"""Who holds the network together: every measure of brokerage for every organisation, with a sentence that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.graph.centre.broker_chance import CHANCE, BrokerChance, broker_chance
from tsunagari.graph.centre.broker_method import Study, broker_method
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.inference import PLACES, Observed, RecordErrors, Records, rank_intervals, standing
from tsunagari.graph.measures import (
    ROLES,
    Graph,
    adjacency_of,
    betweenness_estimate,
    brokerage_scores,
    checked_adjacency,
    degree,
    density,
    either_way,
    parts_without,
    structural_holes,
)
from tsunagari.graph.networks import NAMED, GroupChoice, GroupLinks, Partition, group_links, partition_of
from tsunagari.graph.wording import broker_sentence, errors_phrase, frame_columns
from tsunagari.loaders.files import collector_paused

COLUMNS = frame_columns("brokers")
EXACT_WORK = 300_000_000
"""Nodes times ties (each both ways) up to which betweenness is exact: some seconds."""
BETWEENNESS_PAIRS = 5_000
"""Pairs of nodes that it is estimated from beyond that."""


RECORD_DRAWS = ((20_000, 100), (200_000, 40))
"""Up to how many bodies lists with other errors are drawn how often; half as often beyond."""


def record_draws(size: int) -> int:
    """Return how often lists with other errors are drawn for so many bodies.

    Examples
    --------
    >>> record_draws(200), record_draws(100_000), record_draws(1_000_000)
    (100, 40, 20)
    """
    return next((draws for bodies, draws in RECORD_DRAWS if size <= bodies), RECORD_DRAWS[-1][1] // 2)


@collector_paused()
def broker_table(
    adjacency: Any,
    nodes: pd.DataFrame,
    *,
    group: GroupChoice = "sector",
    memberships: Mapping[str, list[str]] | None = None,
    network: str = "",
    records: Records | None = None,
    errors: RecordErrors | None = None,
    draws: int | None = None,
    seed: int = 0,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row an organisation, the greatest broker first.

    Parameters
    ----------
    adjacency
        Matrix of weights, rows send to columns. Every node is part of the measures; rows of the table are the
        organisations among them, without unnamed groups. The five roles follow the direction of the ties; to have a
        contact, to lie between others and to hold parts together does not depend on it.
    nodes
        One row a node in the order of the matrix: ``id``, ``label``, ``kind``, and what `group` needs.
    group
        Partition for the five roles, see `tsunagari.graph.networks.partition_of`. Bodies of which the group is not
        known form one of their own.
    memberships
        Id of an organisation to the names of what it belongs to, for ``bridges`` and the partition ``platform``.
    network
        Name of the network, for the account of the method.
    records
        The network record by record, for random networks that keep memberships and for intervals of ranks; None takes
        each tie for a record.
    errors
        How wrong lists are taken to be, for the intervals of ranks and the cut points; None takes 10 % of the records
        for missing, in `record_draws` draws.
    draws, seed
        Random networks to compare with, see `tsunagari.graph.centre.broker_chance.broker_chance`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, sorted by brokerage and betweenness (descending), then constraint (ascending: the
        freer body first) and name. ``rank`` is shared where all three are the same; organisations without ties come
        last, with a ``constraint`` and ``effective_size`` of NaN. The roles and ``brokerage``, their sum, are counts;
        ``expected_…`` and ``z_…`` are the values of the paper, whose null is one density for all pairs (NaN where a
        role is impossible). What is said of chance goes by another null, which keeps numbers of ties or memberships:
        ``null_brokerage`` is the mean of its draws, ``p_brokerage`` two-sided, ``q_brokerage`` corrected for the
        number of bodies, and ``draws`` how many there were, 0 for none. ``betweenness`` is exact up to `EXACT_WORK`
        and estimated beyond, with the error in ``attrs``. ``bridges`` lists the groups of the contacts, then what the
        organisation belongs to. ``rank_low``, ``rank_high`` and ``enough_data`` tell how far the rank can be trusted,
        see `tsunagari.graph.inference.rank_intervals`, and ``standing`` says it in words: where the data do not tell a
        place, it is not given as one. ``cut_point_share`` is the share of the same draws in which it is a cut point.
        Without organisations there is no row.
        ``attrs["method"]`` says in words how the
        numbers were made, ``attrs["citation"]`` lists the sources to cite, and ``attrs["study"]`` has the figures of
        the whole network.

    Raises
    ------
    UnknownNameError
        There is no such partition.
    NetworkError
        A given partition misses organisations, or a weight is negative or not a number.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": list("abc"), "label": list("ABC"), "kind": "organization"})
    >>> table = broker_table([[0, 1, 0], [1, 0, 1], [0, 1, 0]], nodes, group={"a": "npo", "b": "city", "c": "npo"})
    >>> table[["rank", "organization", "itinerant"]].values.tolist()
    [[1, 'B', 2], [2, 'A', 0], [2, 'C', 0]]
    """
    matrix = checked_adjacency(adjacency)
    nodes = with_platforms(nodes, memberships or {})
    partition = partition_of(nodes, group, lang=lang)
    undirected = matrix.multiply(matrix.T.tocsr()).nnz == matrix.nnz
    table = pd.concat(
        [brokerage_scores(matrix, partition.numbers, undirected=undirected), structural_holes(matrix)], axis="columns"
    )
    table["organization_id"], table["organization"] = nodes["id"].to_numpy(), nodes["label"].to_numpy()
    table["group"] = [partition.labels[number] for number in partition.numbers]
    table["degree"] = degree(matrix).astype(np.int64)
    between = betweenness_estimate(either_way(matrix), exact_work=EXACT_WORK, pairs=BETWEENNESS_PAIRS)
    # sums of the same shares in another order differ in the last bits, and would break ties of rank
    table["betweenness"] = between.values.round(12)
    parts = parts_without(matrix)
    table["is_cut_point"] = parts > 1
    links = group_links(matrix, partition)
    table["bridges"] = _bridges(links, partition, nodes["platforms"])
    listed = ((nodes["kind"] == NAMED) & (nodes["class"] != UNNAMED)).to_numpy()
    made = Records.of_matrix(matrix) if records is None else records
    wrong = RecordErrors(draws=record_draws(len(nodes))) if errors is None else errors
    places = rank_intervals(made, listed=listed, errors=wrong, cut_points=True).drop(columns="rank")
    observed = Observed(matrix) if records is None else records.observed()
    chance = broker_chance(replace(observed, groups=partition.numbers), listed, draws, seed)
    table = pd.concat([table, places, chance.table], axis="columns").iloc[np.flatnonzero(listed)]
    table = _ranked(table.assign(sentence=_sentences(table, links, partition, parts.tolist(), wrong, chance, lang)))
    table["standing"] = _standings(table, lang)
    table = table[list(COLUMNS)]
    study = Study(
        network=network,
        partition=partition.name,
        nodes=len(nodes),
        ties=int(matrix.nnz),
        density=density(matrix),
        undirected=undirected,
        betweenness_pairs=between.samples,
        betweenness_epsilon=between.epsilon,
        betweenness_delta=between.delta,
        errors=wrong,
        null=chance.null,
        draws=chance.draws,
        seed=seed,
    )
    table.attrs.update(broker_method(study, chance.account, lang))
    return table


def graph_brokers(
    graph: Graph,
    *,
    group: GroupChoice = "sector",
    memberships: Mapping[str, list[str]] | None = None,
    errors: RecordErrors | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return `broker_table` of a networkx graph whose nodes have the attributes of `tsunagari.graph.networks.networks`.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "b"), ("b", "c")])
    >>> nx.set_node_attributes(graph, {node: {"kind": "organization", "label": node} for node in graph})
    >>> graph_brokers(graph, group={"a": "npo", "b": "city", "c": "npo"}).loc[0, "organization"]
    'b'
    """
    matrix, order = adjacency_of(graph)
    nodes = pd.DataFrame.from_records([{"id": str(node), **graph.nodes[node]} for node in order])
    return broker_table(matrix, nodes, group=group, memberships=memberships, errors=errors, lang=lang)


def with_platforms(nodes: pd.DataFrame, memberships: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return the nodes with the names of what each belongs to in ``platforms``, and every column that a table needs.

    Examples
    --------
    >>> with_platforms(pd.DataFrame({"id": ["a"], "kind": ["organization"]}), {"a": ["PF"]}).iloc[0]["platforms"]
    ['PF']
    """
    named = nodes.reindex(columns=pd.Index([*nodes.columns]).union(["id", "label", "kind", "class"], sort=False))
    label = named["label"].where(named["label"].notna(), named["id"])
    platforms = pd.Series([memberships.get(str(iri), []) for iri in named["id"]], index=named.index, dtype=object)
    return named.assign(id=named["id"].astype(str), label=label, platforms=platforms)


def _bridges(links: GroupLinks, partition: Partition, platforms: Iterable[list[str]]) -> list[list[str]]:
    labels = partition.labels
    return [
        [*(labels[group] for group in groups), *held] for groups, held in zip(links.contacts, platforms, strict=True)
    ]


def _sentences(
    table: pd.DataFrame,
    links: GroupLinks,
    partition: Partition,
    parts: list[int],
    wrong: RecordErrors,
    chance: BrokerChance,
    lang: str,
) -> list[str]:
    labels = partition.labels
    counts = table[list(ROLES)].to_numpy().tolist()
    rows = zip(
        table.index.tolist(),
        table["organization"].tolist(),
        table["degree"].tolist(),
        counts,
        table[["brokerage", *CHANCE]].to_dict("records"),
        table[[*PLACES, "cut_point_share"]].to_numpy(dtype=object).tolist(),
        strict=True,
    )
    return [
        broker_sentence(
            name,
            contacts=contacts,
            groups=[labels[group] for group in links.contacts[node]],
            roles=dict(zip(ROLES, roles, strict=True)),
            parts=parts[node],
            only=tuple(labels[group] for group in links.only.get(node, ())),
            chance=values,
            null=chance.null,
            place=tuple(place[:2]) if place[2] else None,
            errors=errors_phrase(wrong.missing, wrong.false_records, wrong.missing_lists),
            cut_draws=(round(place[3] * wrong.draws), wrong.draws),
            lang=lang,
        )
        for node, name, contacts, roles, values, place in rows
    ]


def _standings(table: pd.DataFrame, lang: str) -> list[str]:
    names = ["rank", *PLACES]
    rows = zip(table["degree"] > 0, table[names].to_numpy(dtype=object).tolist(), strict=True)
    return [standing(dict(zip(names, row, strict=True)), tied=bool(tied), lang=lang) for tied, row in rows]


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
    return table
