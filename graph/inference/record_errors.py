"""Lists that are wrong: which records and which whole lists a draw leaves out, and which false records it adds.

Lists miss records, hold false ones, and some are missing as a whole. A draw shows what lists with as many errors again
would have held (S. P. Borgatti, K. M. Carley & D. Krackhardt 2006, "On the robustness of centrality measures under
conditions of imperfect data", Social Networks 28(2), there for ties and bodies). What is left out is the record: one
missing membership takes every tie along that follows from it, one missing list all its rows. Whether a record is left
out in a draw follows from the seed, the number of the draw and its key alone, so memberships, ties and services of one
graph are left out together, whichever table asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures import Integers

Keys: TypeAlias = npt.NDArray[np.uint64]
Kept: TypeAlias = npt.NDArray[np.bool_]

MISSING, DRAWS = 0.1, 100
RECORD, LIST = 1, 2  # so that a record and a list of one key are left out independently
_WHOLE = float(1 << 53)


@dataclass(frozen=True, slots=True)
class RecordErrors:
    """How wrong lists are taken to be, and how often that is drawn.

    Parameters
    ----------
    missing
        Chance of each record (membership, tie, service) to be left out, at least 0 and below 1.
    false_records
        False records that are added, as a share of the records there are, 0 to 1. Each joins the ends of two records
        drawn at random: the holder of one membership with the group of another, and so on.
    missing_lists
        Chance of each list to be left out with all its records, at least 0 and below 1. A record that stands in several
        lists stays as long as one of them does, a record in no list always.
    draws
        How often, at least 1.
    seed
        The same seed gives the same draws.

    Raises
    ------
    NetworkError
        A number is outside of its range.

    Examples
    --------
    >>> RecordErrors(missing=0.1).any, RecordErrors(missing=0).any
    (True, False)
    """

    missing: float = MISSING
    false_records: float = 0.0
    missing_lists: float = 0.0
    draws: int = DRAWS
    seed: int = 0

    def __post_init__(self) -> None:
        shares = 0 <= self.missing < 1 and 0 <= self.missing_lists < 1 and 0 <= self.false_records <= 1
        if shares and self.draws >= 1 and self.seed >= 0:
            return
        told = (self.missing, self.false_records, self.missing_lists, self.draws)
        listed = ", ".join(f"{number:g}" for number in told)
        raise NetworkError(
            Message(
                "記載もれの割合と一覧ごと欠ける割合は 0 以上 1 未満、誤った記載の割合は 0 以上 1 以下、"
                f"抽選の回数は 1 以上でなければなりません（{listed}）。",
                "The share of missing records (and of missing lists) is at least 0 and below 1, that of false records "
                f"0 to 1, and there is at least one draw; not {listed}.",
            )
        )

    @property
    def any(self) -> bool:
        """Whether anything is taken to be wrong at all."""
        return self.missing > 0 or self.false_records > 0 or self.missing_lists > 0

    def chance(self, draw: int, kind: int) -> np.random.Generator:
        """Return where chance comes from for the false records of one kind in a draw."""
        return np.random.default_rng([self.seed, draw, kind])


@dataclass(frozen=True, slots=True)
class Stated:
    """Records by key, and the lists in which each stands.

    Parameters
    ----------
    keys
        Of each record; equal for records that are one.
    starts
        Where the lists of each record start, and where those of the last one end; None where no lists are known.
    lists
        Keys of the lists.

    Examples
    --------
    >>> records = Stated(np.arange(4, dtype=np.uint64))
    >>> records.kept(RecordErrors(missing=0), 0).tolist()
    [True, True, True, True]
    """

    keys: Keys
    starts: Integers | None = None
    lists: Keys = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    @classmethod
    def of(cls, codes: Integers, lists: tuple[Integers, Integers, list[str]]) -> Stated:
        """Return records by their codes, with what `tsunagari.graph.facts.lists_of` says of them.

        Examples
        --------
        >>> found = Stated.of(np.array([5, 6]), (np.array([0, 1, 1]), np.array([0]), ["members.csv"]))
        >>> found.starts.tolist(), len(found.lists)
        ([0, 1, 1], 1)
        """
        starts, numbers, names = lists
        return cls(codes.astype(np.uint64), starts, list_keys(names)[numbers])

    def __len__(self) -> int:
        return len(self.keys)

    def kept(self, errors: RecordErrors, draw: int) -> Kept:
        """Tell which records a draw keeps."""
        found = np.ones(len(self), dtype=bool)
        if errors.missing:
            found &= unit_numbers(self.keys, errors.seed, draw, RECORD) >= errors.missing
        if errors.missing_lists and self.starts is not None and len(self.lists):
            there = (unit_numbers(self.lists, errors.seed, draw, LIST) >= errors.missing_lists).astype(np.int64)
            sums = np.concatenate(([0], np.cumsum(there)))
            left = sums[self.starts[1:]] - sums[self.starts[:-1]]
            found &= (left > 0) | (np.diff(self.starts) == 0)
        return found


def unit_numbers(keys: Keys, seed: int, draw: int, kind: int) -> npt.NDArray[np.float64]:
    """Return for each key a number from 0 to below 1 that looks random and is always the same.

    Source of the mixing: G. L. Steele, D. Lea & C. H. Flood (2014), "Fast splittable pseudorandom number generators",
    OOPSLA.

    Examples
    --------
    >>> found = unit_numbers(np.arange(10_000, dtype=np.uint64), 0, 3, RECORD)
    >>> bool(abs(found.mean() - 0.5) < 0.01), bool((found == unit_numbers(np.arange(10_000), 0, 3, RECORD)).all())
    (True, True)
    """
    start = np.random.SeedSequence([seed, draw, kind]).generate_state(1, np.uint64)[0]
    mixed = np.asarray(keys).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + start
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) / _WHOLE, dtype=np.float64)


def list_keys(names: Iterable[str]) -> Keys:
    """Return a key for each name of a list.

    Examples
    --------
    >>> len(set(list_keys(["members.csv", "ties.csv", "members.csv"]).tolist()))
    2
    """
    digests = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names]
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)
