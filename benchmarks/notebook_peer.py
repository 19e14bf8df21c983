"""The best notebook a researcher would write for the same lists: polars, scipy, igraph and a pyvis page.

It reads the lists, counts every municipality and field, ranks the bodies by the roles of Gould and Fernandez, exact
betweenness and Burt's constraint, lays the network out and writes a page with the positions given. The network is the
one that `kg.brokers()` takes where none is named: stated ties, and the members of one platform of at most `CLOSE`
among each other. It checks nothing, keeps no evidence and cites nothing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Stages = dict[str, tuple[float, float]]
CLOSE = 50
"""Members up to which a platform ties them to each other."""


def whole_job(folder: Path, page: Path) -> tuple[Stages, dict[str, int]]:
    """Do the job and return the seconds and CPU seconds of each stage, and how many rows came out."""
    stages: Stages = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        stages[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        return found

    tables = timed("read", lambda: _read(folder))
    gaps = timed("gaps", lambda: _gaps(tables))
    brokers, graph = timed("brokers", lambda: _brokers(tables))
    timed("map", lambda: _page(tables, graph, page))
    return stages, {"gaps": gaps.height, "brokers": brokers.height, "brokerage": int(brokers["brokerage"].sum())}


def _read(folder: Path) -> dict[str, Any]:
    import polars as pl

    names = ("organizations", "services", "ties", "members", "platforms")
    return {name: pl.read_csv(folder / f"{name}.csv", infer_schema_length=0) for name in names}


def _gaps(tables: dict[str, Any]) -> Any:
    import polars as pl

    from tsunagari.ontology.municipalities import municipality_table
    from tsunagari.ontology.vocabulary import vocabulary

    towns = [(place.code5, place.prefecture_code5) for place in municipality_table() if place.kind != "prefecture"]
    towns = [town for town in towns if town[0] in set(tables["organizations"]["municipality"])]
    fields = [concept.notation for concept in vocabulary().schemes["hyogo"].concepts]
    cells = pl.DataFrame(towns, schema=["area", "prefecture"], orient="row").join(
        pl.DataFrame({"field": fields}), how="cross"
    )
    services = tables["services"].select(area="service_area", field="support_field", provider="provided_by").unique()
    counts = services.group_by("area", "field").agg(pl.col("provider").n_unique().alias("count"))
    found = cells.join(counts, on=["area", "field"], how="left").join(
        counts.rename({"area": "prefecture", "count": "wide"}), on=["prefecture", "field"], how="left"
    )
    status = (
        pl.when(pl.col("count") > 1)
        .then(pl.lit("multiple"))
        .when(pl.col("count") == 1)
        .then(pl.lit("single"))
        .when(pl.col("wide") > 0)
        .then(pl.lit("wide_only"))
        .otherwise(pl.lit("unknown"))
    )
    return found.with_columns(status=status).sort("status")


def _brokers(tables: dict[str, Any]) -> tuple[Any, Any]:
    import igraph
    import polars as pl
    from scipy import sparse

    bodies = tables["organizations"]
    number = {iri: place for place, iri in enumerate(bodies["id"])}
    ties = tables["ties"]
    stated = [[number[one], number[other]] for one, other in zip(ties["tie_from"], ties["tie_to"], strict=True)]
    pairs = np.array(stated + _shared(tables["members"], number))
    size = len(number)
    matrix = sparse.coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size)).tocsr()
    matrix = ((matrix + matrix.T) > 0).astype(float).tocsr()
    _, groups = np.unique(bodies["sector"].to_numpy(), return_inverse=True)
    roles = _roles(matrix, groups)
    graph = igraph.Graph(n=size, edges=pairs).simplify()
    between = np.array(graph.betweenness()) / max((size - 1) * (size - 2) / 2, 1)
    table = bodies.select("id", "pref_label").with_columns(
        pl.Series("brokerage", roles),
        pl.Series("betweenness", between),
        pl.Series("constraint", graph.constraint()),
        pl.Series("degree", graph.degree()),
        pl.Series("is_cut_point", np.isin(np.arange(size), graph.articulation_points())),
    )
    return table.sort("brokerage", "betweenness", descending=True), graph


def _shared(members: Any, number: dict[str, int]) -> list[list[int]]:
    """Return the pairs of members of every platform that is small enough for them to know each other."""
    found: list[list[int]] = []
    for _, part in members.unique(["member", "organization"]).group_by("organization", maintain_order=True):
        rows = np.array([number[iri] for iri in part["member"]])
        if 1 < len(rows) <= CLOSE:
            found += np.column_stack([rows[ends] for ends in np.triu_indices(len(rows), 1)]).tolist()
    return found


def _roles(matrix: Any, groups: np.ndarray) -> np.ndarray:
    """Return the open two-step paths through each body: what the five roles add up to."""
    out = np.asarray(matrix.sum(axis=1)).ravel()
    closed = np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1)).ravel()
    inside = np.array(
        [
            np.bincount(groups[matrix.indices[a:b]], minlength=groups.max() + 1)
            for a, b in zip(matrix.indptr, matrix.indptr[1:], strict=False)
        ]
    )
    own = inside[np.arange(len(groups)), groups]
    coordinator = own * (own - 1)
    rest = out * (out - 1) - coordinator
    return coordinator + rest - closed


def _page(tables: dict[str, Any], graph: Any, page: Path) -> None:
    from pyvis.network import Network

    positions = graph.layout_fruchterman_reingold(niter=100, grid=True)
    names = tables["organizations"]["pref_label"]
    net = Network(height="100vh", width="100%", cdn_resources="in_line")
    net.toggle_physics(False)
    net.nodes = [
        {"id": place, "label": name, "x": x * 20, "y": y * 20, "shape": "dot", "size": 6}
        for place, (name, (x, y)) in enumerate(zip(names, positions, strict=True))
    ]
    net.edges = [{"from": one, "to": other} for one, other in graph.get_edgelist()]
    page.write_text(net.generate_html(), encoding="utf-8")


if __name__ == "__main__":
    spent, rows = whole_job(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"stages": spent, "rows": rows}))
