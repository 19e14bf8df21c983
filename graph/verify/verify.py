"""The published numbers, computed on this machine and compared: do the measures here measure what the literature means?

Networks, values and sources stand in ``published.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.coverage import STATUSES, Offer, Offers, cover
from tsunagari.graph.measures import (
    ROLES,
    Adjacency,
    betweenness,
    bridges,
    brokerage_roles,
    checked_adjacency,
    closeness,
    communities,
    degree,
    parts_without,
    structural_holes,
    two_mode_centrality,
)
from tsunagari.graph.wording import ROLE_LABELS, frame_columns

COLUMNS = frame_columns("verified")
Table: TypeAlias = Mapping[str, Any]
Values: TypeAlias = dict[str, float]


def verify(lang: str = "ja") -> pd.DataFrame:
    """Compute every published number that the package is held to.

    Parameters
    ----------
    lang
        Language of the names of the networks, ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row a measure and network in the order of ``published.toml``: ``passed``, ``network``, ``measure`` and its
        name in words, ``published`` and ``computed`` (by node, as many decimals as were printed), and ``source``. A
        measure passes when no value is further off than half a unit of the last printed decimal.

    Examples
    --------
    >>> bool(verify()["passed"].all())
    True
    """
    return verified(published(), lang)


def verified(numbers: Table, lang: str = "ja") -> pd.DataFrame:
    """Compare other published numbers, given as ``published.toml`` gives them; see `verify`.

    Examples
    --------
    >>> pair = {"networks": {"pair": {"ja": "二者", "en": "A pair", "ties": "A-B"}}}
    >>> claim = {"network": "pair", "measure": "degree", "decimals": 0, "source": "counted", "values": {"A": 2}}
    >>> verified(pair | {"checks": [claim]})[["published", "computed", "passed"]].values.tolist()
    [['A 2', 'A 1', False]]
    """
    rows = [_row(numbers["networks"][check["network"]], check, lang) for check in numbers["checks"]]
    if "coverage" in numbers:
        case = numbers["coverage"]
        rows.append(_compared(case, case | {"measure": "coverage", "decimals": 0}, _coverage(case), lang))
    return pd.DataFrame(rows, columns=list(COLUMNS))


@cache
def published() -> Table:
    """Return what ``published.toml`` holds: the networks, the checks, and a case of coverage.

    Examples
    --------
    >>> published()["networks"]["kite"]["en"]
    "Krackhardt's kite"
    """
    return tomllib.loads(files("tsunagari.graph.verify").joinpath("published.toml").read_text(encoding="utf-8"))


def published_network(network: Table) -> tuple[Adjacency, list[str]]:
    """Return the adjacency matrix of one of the networks and its nodes, in the order in which its ties name them.

    Examples
    --------
    >>> matrix, nodes = published_network({"ties": "A-B:2", "directed": True})
    >>> nodes, matrix.toarray().tolist()
    (['A', 'B'], [[0.0, 2.0], [0.0, 0.0]])
    """
    ties = [_tie(text) for text in network["ties"].split()]
    nodes = list(dict.fromkeys(node for one, other, _ in ties for node in (one, other)))
    place = {node: row for row, node in enumerate(nodes)}
    matrix = np.zeros((len(nodes), len(nodes)))
    for one, other, weight in ties:
        matrix[place[one], place[other]] = weight
        if not network.get("directed"):
            matrix[place[other], place[one]] = weight
    return checked_adjacency(matrix), nodes


def _tie(text: str) -> tuple[str, str, float]:
    pair, _, weight = text.partition(":")
    one, _, other = pair.partition("-")
    return one, other, float(weight or 1)


def _row(network: Table, check: Table, lang: str) -> tuple[Any, ...]:
    return _compared(network, check, MEASURES[check["measure"]](network), lang)


def _compared(case: Table, check: Table, computed: Values, lang: str) -> tuple[Any, ...]:
    expected, decimals = check["values"], check["decimals"]
    half = 0.5 * 10.0**-decimals + 1e-9
    passed = all(abs(computed[name] - value) <= half for name, value in expected.items())
    told = (", ".join(f"{name} {values[name]:.{decimals}f}" for name in expected) for values in (expected, computed))
    label = LABELS[check["measure"]].text(lang)
    return (passed, case["en" if lang == "en" else "ja"], check["measure"], label, *told, check["source"])


def _of_nodes(compute: Callable[[Adjacency], Any]) -> Callable[[Table], Values]:
    """Return a measure of published networks that gives each node its value."""

    def values(network: Table) -> Values:
        matrix, nodes = published_network(network)
        return dict(zip(nodes, np.asarray(compute(matrix), dtype=np.float64).tolist(), strict=True))

    return values


def _role(name: str) -> Callable[[Table], Values]:
    def counts(network: Table) -> Values:
        matrix, nodes = published_network(network)
        roles = brokerage_roles(matrix, [network["groups"][node] for node in nodes])
        return dict(zip(nodes, roles[name].tolist(), strict=True))

    return counts


def _two_mode(name: str) -> Callable[[Table], Values]:
    def values(network: Table) -> Values:
        matrix, nodes = published_network(network)
        first = [row for row, node in enumerate(nodes) if node in network["rows"]]
        second = [row for row, node in enumerate(nodes) if node not in network["rows"]]
        tables = two_mode_centrality(matrix[first][:, second])
        return {
            nodes[row]: float(value)
            for rows, table in zip((first, second), tables, strict=True)
            for row, value in zip(rows, table[name], strict=True)
        }

    return values


def _coverage(case: Table) -> Values:
    found = cover(case["areas"], case["fields"], Offers.of([Offer(*offer) for offer in case["offers"]]))
    counts = np.bincount(found.status.ravel(), minlength=len(STATUSES))
    return dict(zip(STATUSES, counts.tolist(), strict=True))


MEASURES: Mapping[str, Callable[[Table], Values]] = {
    "degree": _of_nodes(degree),
    "betweenness": _of_nodes(betweenness),
    "closeness": _of_nodes(closeness),
    "constraint": _of_nodes(lambda matrix: structural_holes(matrix)["constraint"]),
    "effective_size": _of_nodes(lambda matrix: structural_holes(matrix)["effective_size"]),
    "cut_points": _of_nodes(lambda matrix: parts_without(matrix) > 1),
    "bridges": lambda network: {"all": len(bridges(published_network(network)[0]))},
    "modularity": lambda network: {"maximum": communities(published_network(network)[0]).modularity},
    **{f"two_mode_{name}": _two_mode(name) for name in ("degree", "closeness", "betweenness")},
    **{role: _role(role) for role in ROLES},
}
LABELS: Mapping[str, Message] = {
    "degree": Message("次数", "degree"),
    "betweenness": Message("媒介中心性", "betweenness"),
    "closeness": Message("近接中心性", "closeness"),
    "constraint": Message("拘束度", "constraint"),
    "effective_size": Message("有効規模", "effective size"),
    "cut_points": Message("切断点", "cut points"),
    "bridges": Message("橋（切れると分かれるつながり）", "bridges"),
    "modularity": Message("モジュラリティ", "modularity"),
    "two_mode_degree": Message("2モードの次数", "two-mode degree"),
    "two_mode_closeness": Message("2モードの近接中心性", "two-mode closeness"),
    "two_mode_betweenness": Message("2モードの媒介中心性", "two-mode betweenness"),
    "coverage": Message("市区町村×分野の状況", "status of municipality and field"),
    **ROLE_LABELS,
}
