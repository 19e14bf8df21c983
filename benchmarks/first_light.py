"""The same made-up graph through the tools one would otherwise put together and through Tsunagari, stage by stage.

Run from the repository: ``.venv/bin/python benchmarks/first_light.py`` (about 7 minutes). Both sides run one after the
other in one process, start from the same CSV files and must give the same answers, or the run fails. Peers get the
lighter task where the tasks differ, see `NOTES`. networkx takes 20 minutes and more for exact betweenness of the large
graph, so its time is estimated from some sources unless ``--exact`` asks for all of them. ``--quick`` takes a small
graph, exact, and only prints.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import rdflib
from pyvis.network import Network
from surroundings import libraries, machine
from synthetic import write_workspace

import tsunagari as tsu
from tsunagari.graph.measures.adjacency import adjacency_of
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.brokerage import ROLES, brokerage_roles
from tsunagari.graph.measures.structural_holes import structural_holes
from tsunagari.ontology.namespaces import ID, ORG, RDF, SCHEME, SKOS, TSU
from tsunagari.viz.map import write_map

SOURCES = 500
RESULTS = Path(__file__).parent / "results" / "first_light.md"
PEER_QUERY = f"""
    PREFIX tsu: <{TSU}>
    SELECT ?area ?field (COUNT(DISTINCT ?body) AS ?n) {{
      ?service a tsu:SupportService ; tsu:providedBy ?body ; tsu:supportField ?field ; tsu:serviceArea ?area
    }} GROUP BY ?area ?field"""
TIES_QUERY = f"PREFIX tsu: <{TSU}> SELECT ?one ?other {{ ?tie tsu:tieFrom ?one ; tsu:tieTo ?other }}"

LIBRARIES = ("rdflib", "networkx", "pyvis", "pandas", "pyoxigraph", "rustworkx", "scipy")
NOTES = {
    "load": (
        "pandas writes N-Quads from the CSV files: labels and relations only",
        "`tsunagari.build`: every cell checked, evidence of every row, ontology and areas included, store on disk",
    ),
    "open": ("rdflib reads the N-Quads into memory, as it must in every session", "`tsunagari.open`"),
    "query": (
        "one SPARQL query in rdflib: bodies by area and field, cells without any are missing",
        "the same query text by `kg.query`",
    ),
    "coverage": (
        "the same query, then pandas: all cells, local and prefecture counts, three statuses",
        "`kg.gaps()`: all cells, wider areas, partnerships, platforms, evidence, severity, sentences",
    ),
    "network": ("SPARQL in rdflib, then a networkx graph", '`kg.network("ties")`: a networkx graph with attributes'),
    "constraint": ("`networkx.constraint`", "`structural_holes`: effective size and efficiency as well"),
    "betweenness": ("`networkx.betweenness_centrality`", "`betweenness`, exact, on one core"),
    "brokerage": ("plain Python over neighbours: networkx has no such function", "`brokerage_roles`"),
    "map": (
        "pyvis writes organisations and ties; their positions are still to be found in the browser",
        "`write_map`: every kind of node, laid out beforehand, with evidence, tables, matrix and search",
    ),
}


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and seconds of work on all cores; the second is steadier on a busy machine."""

    wall: float
    cpu: float

    def __add__(self, other: Took) -> Took:
        return Took(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True)
class Stage:
    name: str
    peer: Took
    ours: Took

    def with_peer_times(self, factor: float) -> Stage:
        return replace(self, peer=Took(self.peer.wall * factor, self.peer.cpu * factor))

    def row(self) -> str:
        numbers = (self.peer.wall, self.ours.wall, self.peer.wall / self.ours.wall, self.peer.cpu, self.ours.cpu)
        return f"| {self.name} | " + " | ".join(f"{number:,.2f}" for number in numbers) + " |"


def timed(task: Callable[[], Any]) -> tuple[Took, Any]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    result = task()
    return Took(time.perf_counter() - wall, time.process_time() - cpu), result


# The peers


def write_quads(folder: Path, path: Path) -> Path:
    """Turn the tables into N-Quads with pandas' text functions."""
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str)
        for name in ("organizations", "services", "ties", "members")
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        for name, (cls, links, texts) in PEER_TABLES.items():
            table = tables[name]
            graph = f" <{ID}graph/{name}> .\n"
            subject = f"<{ID}{name}/" + table["id"] + "> "
            file.write((subject + f"<{RDF}type> <{TSU}{cls}>" + graph).str.cat())
            for column, (predicate, prefix) in links.items():
                file.write((subject + f"<{predicate}> <{prefix}" + table[column] + ">" + graph).str.cat())
            for column, predicate in texts.items():
                file.write((subject + f'<{predicate}> "' + table[column] + '"@ja' + graph).str.cat())
    return path


PEER_TABLES: dict[str, tuple[str, dict[str, tuple[str, str]], dict[str, str]]] = {
    "organizations": (
        "StakeholderOrganization",
        {"sector": (f"{TSU}sector", f"{SCHEME}sector/"), "municipality": (f"{TSU}municipality", f"{ID}area/")},
        {"pref_label": f"{SKOS}prefLabel"},
    ),
    "services": (
        "SupportService",
        {
            "provided_by": (f"{TSU}providedBy", f"{ID}organizations/"),
            "support_field": (f"{TSU}supportField", f"{SCHEME}hyogo/"),
            "service_area": (f"{TSU}serviceArea", f"{ID}area/"),
        },
        {"pref_label": f"{SKOS}prefLabel"},
    ),
    "members": (
        "PlatformMembership",
        {"member": (f"{ORG}member", f"{ID}organizations/"), "organization": (f"{ORG}organization", f"{ID}platforms/")},
        {},
    ),
    "ties": (
        "CollaborationTie",
        {
            "tie_from": (f"{TSU}tieFrom", f"{ID}organizations/"),
            "tie_to": (f"{TSU}tieTo", f"{ID}organizations/"),
            "tie_kind": (f"{TSU}tieKind", f"{SCHEME}tie-kind/"),
        },
        {},
    ),
}


def read_quads(path: Path) -> rdflib.Dataset:
    data = rdflib.Dataset(default_union=True)
    data.parse(path, format="nquads")
    return data


def peer_query(data: rdflib.Dataset) -> dict[tuple[str, str], int]:
    return {(str(area)[-5:], str(field)): int(count) for area, field, count in data.query(PEER_QUERY)}


def peer_coverage(data: rdflib.Dataset) -> pd.DataFrame:
    """Lay the counts out over the full cross product; who stands behind a count is not kept."""
    counts = pd.Series(peer_query(data))
    codes = {str(area)[-5:] for area in data.objects(None, rdflib.URIRef(f"{TSU}municipality"))}
    areas = sorted(codes | {code for code, _ in counts.index if not code.endswith("000")})
    fields = sorted({field for _, field in counts.index})
    table = pd.DataFrame(index=pd.MultiIndex.from_product([areas, fields], names=["area_code", "field_id"]))
    table["local"] = counts.reindex(table.index, fill_value=0)
    prefecture = [(area[:2] + "000", field) for area, field in table.index]
    table["wide"] = counts.reindex(prefecture, fill_value=0).to_numpy()
    table["status"] = np.select(
        [table["local"] > 1, table["local"] == 1, table["wide"] > 0], ["multiple", "single", "wide_only"], "unknown"
    )
    return table.reset_index()


def peer_network(data: rdflib.Dataset) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(data.subjects(rdflib.RDF.type, rdflib.URIRef(f"{TSU}StakeholderOrganization")))
    graph.add_edges_from(data.query(TIES_QUERY))
    return graph


def peer_brokerage(graph: nx.Graph, groups: dict[Any, Any]) -> dict[Any, list[int]]:
    found = {}
    for broker in graph:
        roles = [0] * 5
        contacts = list(graph[broker])
        for one in contacts:
            tied = graph[one]
            for other in contacts:
                if other != one and other not in tied:
                    roles[role_of(groups[one], groups[broker], groups[other])] += 1
        found[broker] = roles
    return found


def role_of(one: Any, broker: Any, other: Any) -> int:
    if one == broker:
        return 0 if broker == other else 2
    if broker == other:
        return 3
    return 1 if one == other else 4


def peer_map(graph: nx.Graph, path: Path) -> Path:
    page = Network(cdn_resources="in_line")
    page.from_nx(nx.relabel_nodes(graph, str))
    path.write_text(page.generate_html(), encoding="utf-8")
    return path


# The run


def run(organizations: int, ties: int, sources: int | None) -> tuple[list[Stage], list[str]]:
    stages: list[Stage] = []
    facts: list[str] = []

    def compare(name: str, peer: Callable[[], Any], ours: Callable[[], Any]) -> tuple[Any, Any]:
        peer_time, peer_result = timed(peer)
        our_time, our_result = timed(ours)
        stages.append(Stage(name, peer_time, our_time))
        print(stages[-1].row(), file=sys.stderr, flush=True)
        return peer_result, our_result

    with tempfile.TemporaryDirectory() as made:
        folder = write_workspace(Path(made) / "workspace", organizations=organizations, ties=ties)
        quads, built = compare("load", lambda: write_quads(folder, Path(made) / "peer.nq"), lambda: tsu.build(folder))
        assert not len(built.issues), built.issues
        built.close()
        data, kg = compare("open", lambda: read_quads(quads), lambda: tsu.open(folder))
        facts.append(f"{len(data):,} statements at the peers, {len(kg.store):,} in Tsunagari's store")

        counts, answer = compare("query", lambda: peer_query(data), lambda: kg.query(PEER_QUERY))
        assert counts == {
            (area[-5:], field): count for area, field, count in answer[["area", "field", "n"]].itertuples(index=False)
        }
        peer_table, gaps = compare("coverage", lambda: peer_coverage(data), kg.gaps)
        keys = ["area_code", "field_id"]
        both = peer_table.merge(gaps, on=keys, how="outer", suffixes=("", "_ours"))
        assert (both["local"] == both["local_ours"]).all()
        assert (both["status"] == both["status_ours"]).all()
        served = int((gaps["local"] > 0).sum())
        facts.append(f"{len(gaps):,} cells of municipality and field, {served:,} with a local provider")

        peer_graph, graph = compare("network", lambda: peer_network(data), lambda: kg.network("ties"))
        assert (len(peer_graph), peer_graph.size()) == (len(graph), graph.size())
        most = max(dict(graph.degree).values())
        facts.append(f"{len(graph):,} organisations and {graph.size():,} ties, at most {most} for one of them")
        every = "all sources" if sources is None else f"{sources} of {len(graph):,} sources, its time multiplied up"
        facts.append(f"networkx computes betweenness from {every}")
        compare_measures(compare, stages, graph, sources)
        page, our_page = compare(
            "map",
            lambda: peer_map(peer_graph, Path(made) / "peer.html"),
            lambda: write_map(kg, Path(made) / "map.html"),
        )
        facts.append(
            f"map: {page.stat().st_size / 1e6:.1f} MB by pyvis, {our_page.stat().st_size / 1e6:.1f} MB by Tsunagari"
        )
        kg.close()
    return stages, facts


def compare_measures(
    compare: Callable[..., tuple[Any, Any]], stages: list[Stage], graph: nx.Graph, sources: int | None
) -> None:
    """Measure one and the same networkx graph on both sides; ours includes turning it into a matrix."""
    nodes = list(graph)
    groups = dict(graph.nodes(data="sector"))
    peer, ours = compare(
        "constraint", lambda: nx.constraint(graph), lambda: structural_holes(adjacency_of(graph, weight=None)[0])
    )
    assert np.allclose(ours["constraint"], [peer[node] for node in nodes], equal_nan=True)
    peer, values = compare(
        "betweenness",
        lambda: nx.betweenness_centrality(graph, k=sources, seed=1),
        lambda: betweenness(adjacency_of(graph)[0]),
    )
    if sources is None:
        assert np.allclose(values, [peer[node] for node in nodes])
    else:
        stages[-1] = stages[-1].with_peer_times(len(nodes) / sources)
    peer, roles = compare(
        "brokerage",
        lambda: peer_brokerage(graph, groups),
        lambda: brokerage_roles(adjacency_of(graph)[0], [groups[node] for node in nodes]),
    )
    assert roles[list(ROLES)].to_numpy().tolist() == [peer[node] for node in nodes]


def report(stages: list[Stage], facts: list[str]) -> str:
    none = Took(0, 0)
    total = Stage("all", sum((stage.peer for stage in stages), none), sum((stage.ours for stage in stages), none))
    lines = [
        "# First light: the same graph, stage by stage",
        "",
        "Made by `benchmarks/first_light.py`, both sides in one run; a made-up graph from one seed.",
        "",
        *(f"- {fact}" for fact in [*facts, machine(), libraries(*LIBRARIES)]),
        "",
        "| stage | peers, s | Tsunagari, s | peers ÷ Tsunagari | peers, CPU s | Tsunagari, CPU s |",
        "|---|---:|---:|---:|---:|---:|",
        *(stage.row() for stage in [*stages, total]),
        "",
        "Where both sides compute the same thing, the run checks that the numbers are the same. What each side does:",
        "",
        "| stage | peers | Tsunagari |",
        "|---|---|---|",
        *(f"| {name} | {peer} | {ours} |" for name, (peer, ours) in NOTES.items()),
        "",
        "A ratio below 1 means that Tsunagari takes longer. Seconds are by the clock; CPU seconds are the work of all"
        " cores together and change less where a machine is shared, as this one may have been.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 organisations and 5,000 ties; print only")
    parser.add_argument("--exact", action="store_true", help="let networkx compute betweenness from every source")
    given = parser.parse_args()
    size = (1_000, 5_000) if given.quick else (10_000, 50_000)
    text = report(*run(*size, sources=None if given.quick or given.exact else SOURCES))
    print(text)
    if not given.quick:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
