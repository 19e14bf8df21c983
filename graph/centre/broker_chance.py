"""Brokers beside chance: what random networks that keep what is trivially true give each body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.inference import SEED, Observed, adjusted, compare_with_chance
from tsunagari.graph.wording import KEPT

USUAL = ((20_000, 99), (200_000, 39))
"""Up to how many bodies a table draws how often by itself; beyond, who wants draws says how many."""
MOST_DRAWN = USUAL[-1][0]
CHANCE = ("null_brokerage", "p_brokerage", "q_brokerage", "draws")


def usual_draws(size: int) -> int:
    """Return how many random networks are drawn of so many bodies where nobody says it; 0 where it would take too long.

    Examples
    --------
    >>> [usual_draws(size) for size in (100, 100_000, 1_000_000)]
    [99, 39, 0]
    """
    return next((draws for bodies, draws in USUAL if size <= bodies), 0)


@dataclass(frozen=True)
class BrokerChance:
    """What chance gives each body of a network.

    Parameters
    ----------
    table
        The columns of `CHANCE`, one row a body: mean of the open paths in the draws, two-sided p, the same corrected
        for the number of bodies (q), and the draws; NaN and 0 where nothing was drawn.
    null
        The null; empty where nothing was drawn.
    draws
        How many random networks.
    account
        What was drawn, or why nothing was, in words.
    """

    table: pd.DataFrame
    null: str
    draws: int
    account: Message


def broker_chance(
    observed: Observed, listed: npt.NDArray[np.bool_], draws: int | None = None, seed: int = SEED
) -> BrokerChance:
    """Hold the open paths through each body against random networks of the null that fits.

    Parameters
    ----------
    observed
        The network as it was made, with groups.
    listed
        Which bodies are told of; the correction is for them.
    draws
        How many random networks; None draws `usual_draws`, 0 none.
    seed
        Of the draws.

    Examples
    --------
    >>> from tsunagari.graph.measures import checked_adjacency
    >>> star = checked_adjacency([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    >>> found = broker_chance(Observed(star, groups=np.zeros(4, dtype=np.int64)), np.ones(4, dtype=bool))
    >>> found.draws, found.account.en[:25]
    (0, 'Nothing was held against ')
    """
    number = usual_draws(observed.size) if draws is None else draws
    if not number:
        return _nothing(
            observed.size,
            Message(
                f"無作為なネットワークとは比べていない（draws を指定すると比べる。{MOST_DRAWN:,}団体までは既定）。",
                "Nothing was held against random networks: say how many draws (up to "
                f"{MOST_DRAWN:,} bodies some are drawn by default).",
            ),
        )
    try:
        (found,) = compare_with_chance(observed, "brokerage", draws=number, seed=seed, level="body")
    except NetworkError as refused:
        return _nothing(
            observed.size,
            Message(
                f"無作為なネットワークとは比べられない: {refused.message.ja}",
                f"Nothing was held against random networks: {refused.message.en}",
            ),
        )
    told = found.table()
    p = np.where(listed, told["p"].to_numpy(dtype=np.float64), np.nan)
    columns = (told["null_mean"].to_numpy(dtype=np.float64), p, adjusted(p), np.full(observed.size, number))
    table = pd.DataFrame(dict(zip(CHANCE, columns, strict=True)))
    kept = KEPT[found.null]
    return BrokerChance(
        table,
        found.null,
        number,
        Message(
            f"偶然との比較: {kept.ja}無作為なネットワーク {number} 個（帰無モデル「{found.null}」、seed {seed}）。"
            "p は両側、q は同時に比べた団体の数で補正した値。",
            f"Chance: {number} random networks {kept.en} (null {found.null!r}, seed {seed}); p is two-sided, q "
            "corrects it for the number of bodies compared together.",
        ),
    )


def _nothing(size: int, account: Message) -> BrokerChance:
    columns = {name: np.full(size, np.nan) for name in CHANCE[:3]}
    return BrokerChance(pd.DataFrame({**columns, "draws": np.zeros(size, dtype=np.int64)}), "", 0, account)
