"""The statistics that can be held against chance, by name: of the whole network and of each body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.inference.core_periphery import core_periphery
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.measures import (
    ROLES,
    Floats,
    Integers,
    betweenness_estimate,
    brokerage_roles,
    centralization,
    degree,
    either_way,
    open_paths,
    pair_figures,
    parts_without,
    structural_holes,
)

EXACT_WORK = 20_000_000
"""Nodes times ties (each both ways) up to which betweenness is exact in each random network."""
PAIRS = 2_000
"""Pairs of nodes from which it is estimated beyond that, in the observed network and in every draw alike."""


@dataclass(frozen=True, slots=True)
class Value:
    """A statistic of one network.

    Parameters
    ----------
    whole
        Of the network; NaN where it has none.
    bodies
        Of each body, NaN where it has none; None for statistics of networks only.
    """

    whole: float
    bodies: Floats | None = None


Values: TypeAlias = dict[str, Value]
Family: TypeAlias = Callable[[Observed], Values]


def _roles(observed: Observed) -> Values:
    table = brokerage_roles(observed.adjacency(), _groups(observed))
    table["brokerage"] = table.sum(axis="columns")
    return {name: _summed(table[name].to_numpy(dtype=np.float64)) for name in (*ROLES, "brokerage")}


def _open(observed: Observed) -> Values:
    return {"brokerage": _summed(open_paths(observed.adjacency()).astype(np.float64))}


def _holes(observed: Observed) -> Values:
    table = structural_holes(observed.adjacency())
    return {name: _mean(table[name].to_numpy(dtype=np.float64)) for name in ("constraint", "effective_size")}


def _betweenness(observed: Observed) -> Values:
    found = betweenness_estimate(either_way(observed.adjacency()), exact_work=EXACT_WORK, pairs=PAIRS).values.round(12)
    return {"betweenness": Value(centralization(found, len(found) - 1), found)}


def _degree(observed: Observed) -> Values:
    found = degree(observed.adjacency())
    size = len(found)
    return {"degree": Value(centralization(found, (size - 1) * (size - 2)), found)}


def _mixing(observed: Observed) -> Values:
    groups = _groups(observed)
    tied = either_way(observed.adjacency())
    rows, columns = tied.tocoo().coords
    outside = np.bincount(rows[groups[rows] != groups[columns]], minlength=observed.size).astype(np.float64)
    contacts = np.diff(tied.indptr).astype(np.float64)
    of_body = _share(2 * outside - contacts, contacts)
    whole = float(_share(np.array([2 * outside.sum() - contacts.sum()]), np.array([contacts.sum()]))[0])
    sizes = np.bincount(groups).astype(np.float64)
    pairs = float(observed.size * (observed.size - 1))
    expected = contacts.sum() * (1 - (sizes * (sizes - 1)).sum() / pairs) if pairs else np.nan
    segregation = 1 - outside.sum() / expected if expected > 0 else np.nan
    return {"ei": Value(whole, of_body), "segregation": Value(float(segregation))}


def _overlap(observed: Observed) -> Values:
    incidence = observed.incidence
    shared = (incidence @ incidence.T).tocoo()
    one, other = shared.coords
    apart = one != other
    size = int(incidence.shape[0])
    squares = np.bincount(one[apart], weights=shared.data[apart] ** 2, minlength=size)
    counts = np.bincount(one[apart], weights=shared.data[apart], minlength=size)
    bodies = len(np.unique(observed.members))
    whole = squares.sum() / (bodies * (bodies - 1)) if bodies > 1 else np.nan
    return {"coverage_overlap": Value(float(whole), _share(squares, counts))}


def _whole(observed: Observed) -> Values:
    matrix = observed.adjacency()
    found = pair_figures(matrix)
    cut = float((parts_without(matrix) > 1).sum())
    return {name: Value(found[name]) for name in ("transitivity", "reciprocity")} | {"cut_points": Value(cut)}


def _core(observed: Observed) -> Values:
    return {"core_periphery": Value(core_periphery(observed.adjacency()).fit)}


def _groups(observed: Observed) -> Integers:
    assert observed.groups is not None
    return observed.groups


def _summed(values: Floats) -> Value:
    return Value(float(values.sum()), values)


def _mean(values: Floats) -> Value:
    known = values[~np.isnan(values)]
    return Value(float(known.mean()) if len(known) else np.nan, values)


def _share(part: Any, whole: Any) -> Floats:
    return np.asarray(np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic that can be asked for by name.

    Parameters
    ----------
    family
        What computes it, together with its relatives.
    label
        What it is called.
    grouped
        Whether the groups of the bodies count.
    two_mode
        Whether it is of networks of two modes; else of networks between bodies.
    of_bodies
        Whether each body has a value.
    """

    family: Family
    label: Message
    grouped: bool = False
    two_mode: bool = False
    of_bodies: bool = True


def _role(ja: str, en: str) -> Statistic:
    return Statistic(_roles, Message(ja, en), grouped=True)


STATISTICS: Mapping[str, Statistic] = MappingProxyType(
    {
        "coordinator": _role("調整役（同じ区分の中）の道すじ", "coordinator paths"),
        "itinerant": _role("外部の仲介役の道すじ", "itinerant paths"),
        "representative": _role("代表役の道すじ", "representative paths"),
        "gatekeeper": _role("入口役の道すじ", "gatekeeper paths"),
        "liaison": _role("連絡役の道すじ", "liaison paths"),
        "brokerage": Statistic(_open, Message("橋渡しの道すじ（合計）", "open paths (brokerage of any kind)")),
        "constraint": Statistic(_holes, Message("拘束度", "constraint")),
        "effective_size": Statistic(_holes, Message("有効規模", "effective size")),
        "betweenness": Statistic(_betweenness, Message("媒介中心性", "betweenness")),
        "degree": Statistic(_degree, Message("次数", "degree")),
        "ei": Statistic(_mixing, Message("E-I 指数", "E-I index"), grouped=True),
        "segregation": Statistic(
            _mixing, Message("分離指数（Freeman）", "segregation (Freeman)"), grouped=True, of_bodies=False
        ),
        "transitivity": Statistic(_whole, Message("推移性", "transitivity"), of_bodies=False),
        "reciprocity": Statistic(_whole, Message("相互性", "reciprocity"), of_bodies=False),
        "cut_points": Statistic(_whole, Message("切断点の数", "number of cut points"), of_bodies=False),
        "core_periphery": Statistic(_core, Message("中心・周辺の当てはまり", "fit of a core"), of_bodies=False),
        "coverage_overlap": Statistic(
            _overlap, Message("担う先の重なり（S²）", "overlap of what is covered (S²)"), two_mode=True
        ),
    }
)


def statistics_named(names: str | Sequence[str]) -> list[str]:
    """Return names of `STATISTICS`, each once; ``"roles"`` stands for the five roles of brokerage.

    Raises
    ------
    UnknownNameError
        There is no such statistic, or none is asked for; the hint lists all.

    Examples
    --------
    >>> statistics_named("roles")[:2], statistics_named(["ei", "ei"])
    (['coordinator', 'itinerant'], ['ei'])
    """
    asked = [names] if isinstance(names, str) else list(names)
    wanted = [each for name in asked for each in (ROLES if name == "roles" else (name,))]
    unknown = [name for name in wanted if name not in STATISTICS]
    if wanted and not unknown:
        return list(dict.fromkeys(wanted))
    listed = ", ".join(STATISTICS)
    near = ", ".join(get_close_matches(unknown[0], STATISTICS, n=3, cutoff=0.5)) if unknown else ""
    said = unknown[0] if unknown else ""
    raise UnknownNameError(
        Message(f"「{said}」という統計量はありません。", f"There is no statistic {said!r}."),
        Message(
            (f"近いもの: {near}。" if near else "") + f"使える統計量: {listed}, roles",
            (f"Nearest: {near}. " if near else "") + f"Statistics: {listed}, roles",
        ),
    )


def check_statistics(names: Sequence[str], *, two_mode: bool, level: str = "network") -> None:
    """Raise `NetworkError` when a statistic is none of such a network or has no value for each body.

    Examples
    --------
    >>> check_statistics(["ei"], two_mode=False)
    """
    for name in names:
        found = STATISTICS[name]
        if found.two_mode != two_mode:
            kinds = Message("2モードの", "two-mode") if found.two_mode else Message("団体どうしの", "one-mode")
            raise NetworkError(
                Message(
                    f"{found.label.ja}は{kinds.ja}ネットワークの統計量です。",
                    f"{name} is a statistic of {kinds.en} networks.",
                ),
                Message(
                    "ネットワークには services・service_areas・members を選んでください。"
                    if found.two_mode
                    else "ネットワークには collaboration・ties・comembers を選んでください。",
                    "Choose the network services, service_areas or members."
                    if found.two_mode
                    else "Choose the network collaboration, ties or comembers.",
                ),
            )
        if level == "body" and not found.of_bodies:
            raise NetworkError(
                Message(f"{found.label.ja}は団体ごとの値がありません。", f"{name} has no value for each body."),
                Message('level="network" を使ってください。', 'Use level="network".'),
            )


def values_of(observed: Observed, names: Sequence[str]) -> Values:
    """Compute statistics of one network, relatives together.

    Parameters
    ----------
    observed
        The network, with groups where a statistic needs them.
    names
        Keys of `STATISTICS`.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> line = Observed(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]]), groups=np.array([0, 0, 1]))
    >>> values_of(line, ["representative", "ei"])["ei"].whole
    0.0
    """
    found: Values = {}
    for name in sorted(names, key=lambda name: not STATISTICS[name].grouped):  # the roles also give their sum
        if name not in found:
            found |= STATISTICS[name].family(observed)
    return {name: found[name] for name in names}


def constant_under(name: str, null: str) -> bool:
    """Tell whether a statistic is the same in every random network of a null, whatever the data.

    Examples
    --------
    >>> constant_under("constraint", "labels"), constant_under("ei", "labels")
    (True, False)
    """
    if null == "labels":  # dealing groups out anew leaves all that no group counts in, and the sum of all roles
        return not STATISTICS[name].grouped
    return null == "degree" and name in ("degree", "reciprocity")
