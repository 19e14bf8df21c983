"""A network for R's statnet: two tables, ours of its measures, and a script that makes these anew."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tsunagari.graph.export.options import Options
from tsunagari.graph.facts import Reader
from tsunagari.graph.measures import Accuracy, brokerage_roles, centrality_estimate, either_way, whole_network
from tsunagari.graph.networks import project
from tsunagari.spreadsheets import guarded

if TYPE_CHECKING:
    from tsunagari.graph.measures import Adjacency

EXACT_WORK = 300_000_000
"""Bodies times ties up to which betweenness is exact and written; R would take days beyond."""
DEGREES = ("degree", "in_degree", "out_degree")


def statnet_files(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Return the files of a network for R.

    ``nodes.csv`` and ``ties.csv`` (each direction one row, by the numbers of the rows of the nodes from 1, parallel
    ties one) are what R reads; ``network.csv`` and ``bodies.csv`` are the measures that we find; ``tables.R`` makes
    them anew with `sna` and compares.

    Raises
    ------
    UnknownNameError
        There is no such network.

    Examples
    --------
    >>> sorted(statnet_files(kg._reader, Options(network="ties")))
    ['bodies.csv', 'network.csv', 'nodes.csv', 'tables.R', 'ties.csv']
    """
    network = project(reader, options.network, at=options.at, directed=True)
    matrix = network.adjacency(directed=True)
    nodes = network.nodes(options.lang)
    sector = nodes["sector"].fillna("") if "sector" in nodes else pd.Series("", index=nodes.index)
    listed = pd.DataFrame(
        {"number": np.arange(1, len(nodes) + 1), "id": nodes["id"], "label": nodes["label"], "kind": nodes["kind"]}
    ).assign(sector=sector.where(sector != "", "unknown"))
    rows, columns = matrix.tocoo().coords
    ties = pd.DataFrame({"source": rows + 1, "target": columns + 1, "weight": matrix.tocoo().data})
    found = whole_network(matrix, exact_work=EXACT_WORK)
    sampled = ("mean_distance", "diameter", "betweenness_centralization") if found.sources else ()
    figures = pd.DataFrame(
        [(name, value) for name, value in found.values.items() if name not in sampled], columns=["measure", "value"]
    )
    tables = {
        "nodes.csv": listed,
        "ties.csv": ties,
        "network.csv": figures,
        "bodies.csv": _bodies(matrix, listed),
    }
    script = (files("tsunagari.graph.export") / "statnet.R").read_bytes()
    return {name: _csv(table) for name, table in tables.items()} | {"tables.R": script}


def _bodies(matrix: Adjacency, listed: pd.DataFrame) -> pd.DataFrame:
    exact = Accuracy(exact=True)
    table = listed[["id"]].assign(**{name: centrality_estimate(matrix, name, exact).values for name in DEGREES})
    tied = either_way(matrix)
    if matrix.shape[0] * tied.nnz <= EXACT_WORK:
        table["betweenness"] = centrality_estimate(tied, "betweenness", exact).values
    return table.join(brokerage_roles(matrix, listed["sector"].tolist()))


def _csv(table: pd.DataFrame) -> bytes:
    texts = {name: table[name].map(guarded) for name in ("id", "label", "kind", "sector") if name in table}
    return table.assign(**texts).to_csv(index=False, lineterminator="\n").encode()
