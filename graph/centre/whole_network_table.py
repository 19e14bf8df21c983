"""A network as a whole, and its core, as tables in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.centre.bibliography import defined_by
from tsunagari.graph.facts import UNNAMED
from tsunagari.graph.inference import core_periphery
from tsunagari.graph.measures import whole_network
from tsunagari.graph.wording import frame_columns

NETWORK_COLUMNS = frame_columns("network_table")
CORE_COLUMNS = frame_columns("core_periphery")
LABELS = {
    "bodies": Message("団体の数", "bodies"),
    "ties": Message("つながりの数（向きごと）", "ties, each direction one"),
    "density": Message("密度（ありうる組のうちつながる割合）", "density: share of the ordered pairs that are tied"),
    "mutual": Message("双方向の組", "pairs tied both ways"),
    "one_way": Message("一方向の組", "pairs tied one way"),
    "reciprocity": Message("相互性（返されるつながりの割合）", "reciprocity: share of the ties that are returned"),
    "transitivity": Message("推移性（閉じた道すじの割合）", "transitivity: share of two-step paths that are closed"),
    "mean_degree": Message("つながる相手の平均", "contacts on average"),
    "max_in_degree": Message("受ける相手の最多", "most bodies from which ties come"),
    "max_out_degree": Message("出す相手の最多", "most bodies to which ties go"),
    "isolates": Message("つながりのない団体", "bodies without ties"),
    "components": Message("連結成分の数", "connected parts"),
    "largest_component": Message("最大の連結成分の団体数", "bodies in the largest part"),
    "connectedness": Message("つながる組の割合", "connectedness: share of the pairs that are connected"),
    "fragmentation": Message("つながらない組の割合", "fragmentation: share of the pairs that are not"),
    "mean_distance": Message("平均距離（歩数）", "mean distance in steps between connected pairs"),
    "diameter": Message("直径（最も遠い組の歩数）", "diameter: steps between the furthest connected pair"),
    "cut_points": Message("切断点の数", "cut points"),
    "bridges": Message("橋の数", "bridges"),
    "degree_centralization": Message("次数の集中度", "centralization by degree"),
    "in_degree_centralization": Message("入次数の集中度", "centralization by in-degree"),
    "out_degree_centralization": Message("出次数の集中度", "centralization by out-degree"),
    "betweenness_centralization": Message("媒介中心性の集中度", "centralization by betweenness"),
}


def whole_network_table(adjacency: Any, *, lang: str = "ja") -> pd.DataFrame:
    """Return the figures of a network as a whole, one row a figure.

    Parameters
    ----------
    adjacency
        Matrix, rows send to columns.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `NETWORK_COLUMNS`: ``measure`` (see `tsunagari.graph.measures.whole_network`), ``label`` and
        ``value``, NaN where there is nothing to measure. ``attrs["sources"]`` is from how many bodies distances were
        measured, 0 for all.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix.

    Examples
    --------
    >>> whole_network_table([[0, 1], [1, 0]], lang="en").set_index("measure").loc["density", "label"]
    'density: share of the ordered pairs that are tied'
    """
    found = whole_network(adjacency)
    rows = [(name, LABELS[name].text(lang), value) for name, value in found.values.items()]
    table = pd.DataFrame(rows, columns=list(NETWORK_COLUMNS))
    table.attrs["sources"] = found.sources
    return defined_by(table, ["whole_network", "degree", "betweenness", "cut_points"])


def core_periphery_table(adjacency: Any, nodes: pd.DataFrame, *, lang: str = "ja") -> pd.DataFrame:
    """Return who is in the core of a network, those in it first.

    Parameters
    ----------
    adjacency
        Matrix; directions and weights are ignored.
    nodes
        One row a node in the order of the matrix: ``id``, ``label``, ``kind`` and, if there is one, ``class``; unnamed
        groups are part of the network but have no row.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `CORE_COLUMNS`. ``attrs["fit"]`` is how well a core explains the ties (Pearson's r, NaN where all
        pairs are tied or none), ``attrs["exact"]`` whether no core fits better for certain, ``attrs["sentence"]`` both
        in words. Without nodes there is no row.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix.

    Examples
    --------
    >>> nodes = pd.DataFrame({"id": list("abcd"), "label": list("ABCD"), "kind": "organization"})
    >>> found = core_periphery_table([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]], nodes, lang="en")
    >>> found["in_core"].tolist(), found.attrs["sentence"]
    ([True, False, False, False], 'A core of 1 of 4 bodies fits the ties by r = 1; no core fits better.')
    """
    found = core_periphery(adjacency)
    table = nodes[["label", "id", "kind"]].rename(columns={"label": "name"}).assign(in_core=found.core)
    if "class" in nodes:
        table = table[(nodes["class"] != UNNAMED).to_numpy()]
    table = table.sort_values(["in_core", "name", "id"], ascending=[False, True, True], ignore_index=True)
    table = table[list(CORE_COLUMNS)]
    table.attrs.update(fit=found.fit, exact=found.exact)
    table.attrs["sentence"] = _fit_sentence(int(found.core.sum()), len(nodes), found.fit, found.exact).text(lang)
    return defined_by(table, ["core_periphery"])


def _fit_sentence(core: int, size: int, fit: float, exact: bool) -> Message:
    if np.isnan(fit):
        return Message(
            "どの組も同じなので、中心と周辺は分けられません。",
            "All pairs are alike: there is no core to tell from a periphery.",
        )
    ja, en = ("これより合う中心はありません", "no core fits better") if exact else ("探索の結果です", "found by search")
    return Message(
        f"{size:,}団体のうち{core:,}団体を中心とすると、つながりへの当てはまりは r = {fit:.2g} です（{ja}）。",
        f"A core of {core:,} of {size:,} bodies fits the ties by r = {fit:.2g}; {en}.",
    )
