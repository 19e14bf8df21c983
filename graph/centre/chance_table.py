"""Statistics beside chance as a table, with a sentence for each row and an account of how it was made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre.bibliography import defined_by
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.inference import (
    DRAWS,
    EXACT_WORK,
    PAIRS,
    SEED,
    STATISTICS,
    Comparison,
    Observed,
    adjusted,
    compare_with_chance,
    exchange_rounds,
)
from tsunagari.graph.wording import KEPT, chance_sentence, frame_columns

CHANCE_COLUMNS = frame_columns("test")


def chance_table(
    observed: Observed,
    nodes: pd.DataFrame,
    statistics: str | Sequence[str] = "brokerage",
    *,
    null: str | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    level: str = "network",
    network: str = "",
    lang: str = "ja",
) -> pd.DataFrame:
    """Return statistics of a network beside those of random networks.

    Parameters
    ----------
    observed
        The network as it was made.
    nodes
        One row a body in the order of the network: ``id``, ``label`` and, if there is one, ``class``; unnamed groups
        have no row.
    statistics, null, draws, seed, level
        See `tsunagari.graph.inference.against_chance.compare_with_chance`.
    network
        Name of the network, for the account of the method.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `CHANCE_COLUMNS`, one row a statistic, with ``level="body"`` one a statistic and body (the
        smallest p first); ``organization``, ``organization_id`` and ``q`` are there for bodies only.
        ``observed``; ``null_mean`` and ``null_sd`` of the draws; ``null_low`` and ``null_high`` hold the middle 95 % of
        them; ``z`` is NaN where every draw gives the same; ``p_high`` and ``p_low`` are the shares of the networks, the
        observed one counted, with as much or more, and as little or less; ``p`` is two-sided; ``p_mid`` likewise,
        with draws of the very value observed counted half (Lancaster 1961); ``q`` corrects ``p`` for the number of
        bodies (Benjamini & Hochberg 1995). NaN where the statistic has no value in the network or in a draw.
        ``attrs["method"]`` says how it was made, ``attrs["study"]`` has null, draws, seed, rounds and network.

    Raises
    ------
    UnknownNameError, NetworkError
        As `tsunagari.graph.inference.against_chance.compare_with_chance`.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> ties = checked_adjacency([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> nodes = pd.DataFrame({"id": list("abcd"), "label": list("ABCD")})
    >>> pairs = Observed(ties, groups=np.array([0, 0, 1, 1]))
    >>> found = chance_table(pairs, nodes, "ei", null="labels", draws=19, lang="en")
    >>> found.columns[:4].tolist(), found.loc[0, "draws"]
    (['statistic', 'null', 'observed', 'null_mean'], np.int64(19))
    """
    found = compare_with_chance(observed, statistics, null=null, draws=draws, seed=seed, level=level)
    parts = [_of_bodies(each, nodes, lang) if level == "body" else _of_network(each, lang) for each in found]
    table = pd.concat(parts, ignore_index=True)
    table = table[[name for name in CHANCE_COLUMNS if name in table]]
    names = [each.statistic for each in found]
    studies = [_study(each, network, draws, observed) for each in found]
    table.attrs["study"] = studies[0] | {"sampled": any(study["sampled"] for study in studies)}
    table.attrs["method"] = chance_method(table.attrs["study"], lang)
    corrected = ["false_discovery"] if level == "body" else []
    return defined_by(table, [*names, f"null_{found[0].null}", "monte_carlo_p", *corrected])


def roles_beside_chance(
    table: pd.DataFrame, observed: Observed, *, draws: int, seed: int = SEED, lang: str = "ja"
) -> pd.DataFrame:
    """Return a table of the roles in a whole network with ``null_mean``, ``p``, ``draws`` and a sentence.

    Parameters
    ----------
    table
        Rows named by the roles and ``brokerage``, see `tsunagari.graph.measures.brokerage.network_brokerage`.
    observed
        The network as it was made, with groups.
    draws, seed
        See `tsunagari.graph.inference.compare_with_chance`.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> from tsunagari.graph.measures import checked_adjacency, network_brokerage
    >>> line, groups = [[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.array([0, 1, 0])
    >>> found = network_brokerage(line, groups)
    >>> roles_beside_chance(found, Observed(checked_adjacency(line), groups=groups), draws=9)["draws"].tolist()
    [0, 0, 0, 0, 0, 0]
    """
    try:
        found = compare_with_chance(observed, list(table.index), draws=draws, seed=seed)
    except NetworkError as refused:
        told = table.assign(null_mean=np.nan, p=np.nan, draws=0, sentence=refused.message.text(lang))
        return defined_by(told, ["brokerage"])
    rows = pd.concat([_of_network(each, lang) for each in found], ignore_index=True).set_index("statistic")
    told = table.join(rows[["null_mean", "p", "draws", "sentence"]])
    told.attrs["method"] = chance_method(_study(found[0], "", draws, observed), lang)
    return defined_by(told, ["brokerage", f"null_{found[0].null}", "monte_carlo_p"])


def mixing_sentence(observed: Observed, *, draws: int = DRAWS, seed: int = SEED, lang: str = "ja") -> str:
    """Say how a network mixes beside random networks of the null that fits; why not, where none can be drawn.

    Examples
    --------
    >>> from tsunagari.graph.measures import checked_adjacency
    >>> pair = Observed(checked_adjacency([[0, 1], [1, 0]]), groups=np.array([0, 1]))
    >>> mixing_sentence(pair, draws=9, lang="en")[:40]
    'Under this null no other network than th'
    """
    try:
        (found,) = compare_with_chance(observed, "ei", draws=draws, seed=seed)
    except NetworkError as refused:
        return refused.message.text(lang)
    return str(_of_network(found, lang).loc[0, "sentence"])


def _study(found: Comparison, network: str, draws: int, observed: Observed) -> dict[str, object]:
    return {
        "network": network,
        "null": found.null,
        "draws": draws,
        "seed": found.seed,
        "rounds": exchange_rounds(observed) if found.null in ("degree", "membership") else 0,
        "sampled": found.statistic == "betweenness" and observed.adjacency().nnz * observed.size > EXACT_WORK,
    }


def _of_network(found: Comparison, lang: str) -> pd.DataFrame:
    table = found.table().assign(statistic=found.statistic, null=found.null)
    label = STATISTICS[found.statistic].label
    table["sentence"] = [chance_sentence(label, found.null, row, lang=lang) for row in table.to_dict("records")]
    return table


def _of_bodies(found: Comparison, nodes: pd.DataFrame, lang: str) -> pd.DataFrame:
    table = found.table().assign(statistic=found.statistic, null=found.null)
    table["organization"], table["organization_id"] = nodes["label"].to_numpy(), nodes["id"].to_numpy()
    if "class" in nodes:
        table = table[(nodes["class"] != UNNAMED).to_numpy()]
    table = table.assign(q=adjusted(table["p"].to_numpy(dtype=np.float64)))
    label, among = STATISTICS[found.statistic].label, int(table["p"].notna().sum())
    table["sentence"] = [
        chance_sentence(Message(f"{name}の{label.ja}", f"{name}, {label.en}"), found.null, row, among=among, lang=lang)
        for name, row in zip(table["organization"], table.to_dict("records"), strict=True)
    ]
    table = table.assign(far=table["z"].abs())
    return table.sort_values(["p", "far", "organization"], ascending=[True, False, True]).drop(columns="far")


def chance_method(study: dict[str, object], lang: str = "ja") -> str:
    """Say in words how random networks were drawn, for a report or paper.

    Examples
    --------
    >>> study = {"network": "ties", "null": "degree", "draws": 199, "seed": 0, "rounds": 10, "sampled": False}
    >>> print(chance_method(study, "en")[:40])
    Compared with 199 random networks that k
    """
    null, draws, seed, rounds = (study[name] for name in ("null", "draws", "seed", "rounds"))
    kept = KEPT[str(null)]
    lines = [
        Message(
            f"{kept.ja}無作為なネットワーク {draws} 個と比べた（帰無モデル「{null}」、seed {seed}）。",
            f'Compared with {draws} random networks {kept.en} (null "{null}", seed {seed}).',
        )
    ]
    if rounds:
        lines.append(
            Message(
                f"観測されたネットワークから{rounds}巡の入れ替えで中間のネットワークに至り、そこから各抽選を{rounds}巡で"
                "独立に作った（Besag & Clifford 1989）。",
                f"{rounds} rounds of exchanges lead from the observed network to one in the middle, and from there "
                f"{rounds} rounds to each draw on its own (Besag & Clifford 1989).",
            )
        )
    lines.append(
        Message(
            "p 値は観測値を抽選の一つに数え（Phipson & Smyth 2010）、両側は小さい方の 2 倍。"
            "観測値と同じ値の抽選が多いとき p は控えめになり、p_mid はより近い値になる。",
            "P values count the observed network among the draws (Phipson & Smyth 2010); two-sided ones double the "
            "smaller side. Where many draws have the very value observed, p is on the safe side and p_mid nearer.",
        )
    )
    if study["sampled"]:
        lines.append(
            Message(
                f"媒介中心性はどのネットワークでも{PAIRS:,}組の標本から推定した。",
                f"Betweenness is estimated from {PAIRS:,} pairs in every network.",
            )
        )
    return ("" if lang != "en" else " ").join(line.text(lang) for line in lines)
