"""Centrality as a table: every body of a network with the measures asked for, its place, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.centre.bibliography import defined_by
from tsunagari.graph.centre.brokers import with_platforms
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.inference import (
    PLACES,
    SEED,
    Observed,
    RecordErrors,
    Records,
    adjusted,
    compare_with_chance,
    rank_intervals,
    standing,
)
from tsunagari.graph.measures import (
    MEASURES,
    TWO_MODE_MEASURES,
    WEIGHTED,
    Accuracy,
    Adjacency,
    Estimate,
    Floats,
    centrality_estimate,
    checked_adjacency,
    degree,
    matrix_two_mode,
    measure_named,
)
from tsunagari.graph.networks import GroupChoice, partition_of
from tsunagari.graph.wording import beside_chance, centrality_sentence

DEFAULT_MEASURES = ("degree", "betweenness", "closeness")
TESTED = ("betweenness", "constraint", "effective_size")
"""Measures that numbers of ties and memberships do not settle: the first one is held against random networks."""
DRAWS, MOST_DRAWN = 99, 500
"""Random networks of so many bodies that are drawn where nobody says how many."""
CHANCE = ("null_mean", "p", "q", "draws")


def centrality_table(
    adjacency: Any,
    nodes: pd.DataFrame,
    measures: Sequence[str] = DEFAULT_MEASURES,
    *,
    two_mode: bool = False,
    group: GroupChoice | None = None,
    memberships: Mapping[str, list[str]] | None = None,
    accuracy: Accuracy | None = None,
    network: str = "",
    records: Records | None = None,
    errors: RecordErrors | None = None,
    observed: Observed | None = None,
    draws: int | None = None,
    seed: int = SEED,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row a node, the most central by the first measure first.

    Parameters
    ----------
    adjacency
        Matrix of weights, rows send to columns; symmetric for an undirected network. Every node is part of the
        measures; the table leaves out unnamed groups.
    nodes
        One row a node in the order of the matrix: ``id``, ``label``, ``kind``, ``class``, and what `group` needs.
    measures
        Keys of `tsunagari.graph.measures.MEASURES`; with `two_mode` those of
        `tsunagari.graph.measures.two_mode.MEASURES`.
    two_mode
        Whether the network has two modes, organisations and what they are tied to. Measures are then those of the
        node's mode, and so are places.
    group
        A partition (see `tsunagari.graph.networks.partition_of`) for the columns ``group`` and ``rank_in_group``.
    memberships
        Id of an organisation to the names of what it belongs to, for the partition ``platform``.
    accuracy
        What is asked of measures that large networks make slow; by default they are sampled there.
    network
        Name of the network, for what to cite.
    records
        The network record by record; None takes each tie for a record.
    errors
        How wrong lists are taken to be, for the intervals of ranks (see `tsunagari.graph.inference.rank_intervals`);
        None tells none. Every draw computes the first measure anew, so this takes a hundred times as long.
    observed
        The network as it was made, for random networks; None draws none.
    draws, seed
        With how many random networks the first measure, one of `TESTED`, is compared; None draws `DRAWS` up to
        `MOST_DRAWN` bodies, 0 none. They keep memberships, or numbers of ties.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``rank`` (shared where the first measure is the same; bodies without ties come last), ``name``, ``id``,
        ``kind``, ``mode`` (only with `two_mode`: organisations, 1, before the others, 2), ``group`` and
        ``rank_in_group`` (only with `group`), the measures, ``standing``, ``rank_low``, ``rank_high`` and
        ``enough_data`` (only with `errors`), ``null_mean``, ``p``, ``q`` (corrected for the number of bodies) and
        ``draws`` (only where random networks are drawn), and ``sentence``. NaN where a measure has no value.
        ``attrs["errors"]`` has epsilon, delta, samples and seed of each measure that was sampled; what to cite is told
        by `tsunagari.graph.centre.cite`. Without nodes there is no row.

    Raises
    ------
    UnknownNameError
        There is no such measure, none is asked for, or there is no such partition.
    NetworkError
        A weight is negative or not a number; a given partition misses organisations; a two-mode network has a tie
        within a mode.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": list("abc"), "label": list("ABC"), "kind": "organization"})
    >>> table = centrality_table([[0, 1, 0], [1, 0, 1], [0, 1, 0]], nodes, ["degree"], lang="en")
    >>> table[["rank", "name", "degree"]].values.tolist(), table.loc[0, "sentence"]
    ([[1, 'B', 2.0], [2, 'A', 1.0], [2, 'C', 1.0]], 'B is tied to 2 others. It has place 1 of 3.')
    """
    names = _asked(measures, two_mode)
    matrix = checked_adjacency(adjacency)
    nodes = with_platforms(nodes.reset_index(drop=True), memberships or {})
    listed = (nodes["class"] != UNNAMED).to_numpy()
    table = nodes[["label", "id", "kind"]].rename(columns={"label": "name"}).assign(tied=degree(matrix) > 0)
    values, sampled = (_two_mode if two_mode else _one_mode)(matrix, table, names, accuracy)
    table = table.join(values)
    placed = ["mode"] if two_mode else []
    if group is not None:
        partition = partition_of(nodes, group, lang=lang)
        table["group"] = [partition.labels[number] for number in partition.numbers]
        placed += ["group", "rank_in_group"]
    if errors is not None:
        table = table.join(_intervals(records or Records.of_matrix(matrix), table, names[0], listed, errors, accuracy))
    asked = draws is not None or len(nodes) <= MOST_DRAWN
    compared = None
    if observed is not None and names[0] in TESTED and not two_mode and asked:
        compared, told = _beside_chance(observed, names[0], listed, DRAWS if draws is None else draws, seed)
        table = table.join(told)
    table = _ranked(table[listed], names[0], two_mode=two_mode)
    intervals = ["standing", *PLACES] if errors is not None else []
    if errors is not None:
        table["standing"] = _standings(table, lang)
    table["sentence"] = _sentences(table, names, two_mode, lang)
    chance = [*CHANCE] if compared else []
    if compared:
        table["sentence"] = _with_chance(table, compared, lang)
    table = table[["rank", "name", "id", "kind", *placed, *names, *intervals, *chance, "sentence"]]
    table.attrs["errors"] = sampled
    return _defined(table, names, two_mode, network, compared)


def _beside_chance(
    observed: Observed, measure: str, listed: Any, draws: int, seed: int
) -> tuple[str | None, pd.DataFrame]:
    """Return the null and what its random networks give each body; no null where none can be drawn."""
    try:
        (found,) = compare_with_chance(observed, measure, draws=draws, seed=seed, level="body") if draws else (None,)
    except NetworkError:
        found = None
    if found is None:
        return None, pd.DataFrame(index=range(observed.size))
    told = found.table()
    told["p"] = told["p"].where(listed)
    told["q"] = adjusted(told["p"].to_numpy(dtype=np.float64))
    kept = ["observed", "null_mean", "null_sd", "null_low", "null_high", "p", "q", "draws"]
    return found.null, told[kept]


def _with_chance(table: pd.DataFrame, null: str, lang: str) -> list[str]:
    among, space = int(table["p"].notna().sum()), "" if lang != "en" else " "
    return [
        row["sentence"] + (space + beside_chance(null, row, among).text(lang) if row["p"] == row["p"] else "")
        for row in table.to_dict("records")
    ]


Measured: TypeAlias = tuple[pd.DataFrame, dict[str, Any]]
"""The values of the measures, and the errors of those that were sampled."""


def _one_mode(matrix: Adjacency, _: pd.DataFrame, names: list[str], accuracy: Accuracy | None) -> Measured:
    found = {name: centrality_estimate(matrix, name, accuracy) for name in names}
    values = pd.DataFrame({name: estimate.values for name, estimate in found.items()})
    return values, {name: _error(estimate) for name, estimate in found.items() if estimate.samples}


def _two_mode(matrix: Adjacency, table: pd.DataFrame, names: list[str], accuracy: Accuracy | None) -> Measured:
    first = (table["kind"] == "organization").to_numpy()
    found = matrix_two_mode(matrix, first, table["name"].tolist(), accuracy)
    errors = {name: told for name, told in found.attrs["errors"].items() if name in names}
    return found[["mode", *names]], errors


def _intervals(
    records: Records, table: pd.DataFrame, first: str, listed: Any, errors: RecordErrors, accuracy: Accuracy | None
) -> pd.DataFrame:
    """Return the intervals of the ranks by the first measure, of each mode for itself."""
    measure = _two_mode if "mode" in table else _one_mode
    sign = -1.0 if MEASURES[first].low_first else 1.0

    def scores(thinned: Adjacency) -> Floats:
        values, _ = measure(thinned, table, [first], accuracy)
        return sign * values[first].to_numpy(dtype=np.float64).round(12)

    modes = table["mode"].to_numpy() if "mode" in table else np.ones(len(table))
    found = rank_intervals(records, scores, listed=listed & (modes == 1), errors=errors)
    if (modes != 1).any():
        others = rank_intervals(records, scores, listed=listed & (modes != 1), errors=errors)
        found = found.where(pd.Series(modes == 1), others)
    return found[list(PLACES)]


def _standings(table: pd.DataFrame, lang: str) -> list[str]:
    names = ["rank", *PLACES]
    rows = zip(table["tied"], table[names].to_numpy(dtype=object).tolist(), strict=True)
    return [standing(dict(zip(names, row, strict=True)), tied=bool(tied), lang=lang) for tied, row in rows]


def _asked(measures: Sequence[str], two_mode: bool) -> list[str]:
    """Return the measures without repetition, or raise."""
    known = TWO_MODE_MEASURES if two_mode else tuple(MEASURES)
    unknown = [name for name in measures if name not in known]
    if not unknown and measures:
        return list(dict.fromkeys(measures))
    if unknown and not two_mode:
        measure_named(unknown[0])
    listed = ", ".join(known)
    if unknown:
        raise UnknownNameError(
            Message(
                f"2モードのネットワークに「{unknown[0]}」という指標はありません。",
                f"A two-mode network has no measure {unknown[0]!r}.",
            ),
            Message(f"使える指標: {listed}", f"Measures: {listed}"),
        )
    raise UnknownNameError(
        Message("指標がひとつも指定されていません。", "No measure is asked for."),
        Message(f"使える指標: {listed}", f"Measures: {listed}"),
    )


def _error(estimate: Estimate) -> dict[str, float]:
    return {key: value for key, value in asdict(estimate).items() if key != "values"}


def _ranked(table: pd.DataFrame, first: str, *, two_mode: bool) -> pd.DataFrame:
    low_first = first in MEASURES and MEASURES[first].low_first
    order = table[first].round(12) * (1 if low_first else -1)
    table = table.assign(order=order.where(table["tied"], np.inf).fillna(np.inf))
    modes = ["mode"] if two_mode else []
    table["rank"] = _places(table, modes)
    if "group" in table:
        table["rank_in_group"] = _places(table, [*modes, "group"])
    return table.sort_values([*modes, "order", "name", "id"], ignore_index=True)


def _places(table: pd.DataFrame, within: list[str]) -> Any:
    order = table["order"] if not within else table.groupby(within)["order"]
    return order.rank(method="min").astype(np.int64)


def _sentences(table: pd.DataFrame, names: list[str], two_mode: bool, lang: str) -> list[str]:
    modes = table["mode"] if two_mode else pd.Series(1, index=table.index)
    count = modes.map(modes.value_counts())
    shared = table.assign(mode=modes).duplicated(["mode", "rank"], keep=False)
    values: list[list[float]] = table[names].to_numpy(dtype=np.float64).tolist()
    told = table["enough_data"] if "enough_data" in table else table["tied"]
    rows = zip(table["name"], values, table["rank"].where(told), count, table["tied"], shared, strict=True)
    return [
        centrality_sentence(
            name,
            dict(zip(names, numbers, strict=True)),
            rank=int(rank) if rank == rank else None,
            count=int(number),
            tied=bool(tied),
            shared=bool(same),
            two_mode=two_mode,
            lang=lang,
        )
        for name, numbers, rank, number, tied, same in rows
    ]


def _defined(
    table: pd.DataFrame, names: list[str], two_mode: bool, network: str, null: str | None = None
) -> pd.DataFrame:
    """Name the works that define the measures, for `tsunagari.graph.centre.cite`."""
    intervals = ["rank_intervals"] if "standing" in table else []
    intervals += [f"null_{null}", "false_discovery"] if null else []
    if two_mode:
        made = ["two_mode_constraint" if name == "constraint" else "two_mode_centrality" for name in names]
        return defined_by(table, [*made, *intervals], estimated=table.attrs["errors"])
    weighted = network if set(names) & set(WEIGHTED) else None
    return defined_by(table, [*names, *intervals], estimated=table.attrs["errors"], network=weighted)


def error_sentence(measure: str, error: Mapping[str, float], lang: str = "ja") -> str:
    """Say how far a sampled measure may be off.

    Parameters
    ----------
    measure
        A key of ``attrs["errors"]`` of the table.
    error
        Its value.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> error_sentence("betweenness", {"epsilon": 0.01, "delta": 0.1, "samples": 20000, "seed": 0}, "en")
    'betweenness is estimated from a sample of 20,000 (seed 0): with probability 90% no value is off by more than 0.01.'
    """
    sure, number, seed, off = 1 - error["delta"], int(error["samples"]), int(error["seed"]), error["epsilon"]
    called = MEASURES[measure]
    return Message(
        f"{called.ja}は{number:,}の標本からの推定値です（seed {seed}）。"
        f"確率{sure:.0%}で、どの値の誤差も{off:.2g}以下です。",
        f"{called.en} is estimated from a sample of {number:,} (seed {seed}): with probability {sure:.0%} no value is "
        f"off by more than {off:.2g}.",
    ).text(lang)
