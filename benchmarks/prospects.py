"""Remedies for every gap of the country and losses of every organisation, beside one computation each.

Run from the repository: ``python benchmarks/prospects.py`` (some minutes, most of it for building the graphs and for
the peers; a folder given by ``--keep`` holds the graphs for the next run). Tsunagari answers from a built graph in a
process of its own, so that its memory is its own. The peers do a sample, with the same answers or the run fails, and
their time for all is extrapolated from it. ``--quick`` takes 2,000 organisations and only prints.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from coverage import AREAS, FIELDS, timed
from surroundings import libraries, machine, peak_memory, seconds_by_size
from synthetic import write_workspace

import tsunagari as tsu
from tsunagari.graph.coverage.coverage import NONE, UNKNOWN, Coverage, cover
from tsunagari.graph.coverage.providers import Offers
from tsunagari.graph.coverage.surroundings import Surroundings
from tsunagari.graph.remedies.territories import SECTORS
from tsunagari.ontology.namespaces import SCHEME

RESULTS = Path(__file__).parent / "results" / "prospects.md"
NATION = ["00000"]
SAMPLE = 20
LIMIT = 3
NOTES = f"""\
- **Remedies**: `kg.remedies(["00000"])`, the first call after `tsunagari.open`: reading the graph by columns, coverage,
  and for every gap of 1,741 municipalities × 21 fields the best {LIMIT} candidates with reasons, path, evidence of
  every step, broker and sentence. **Peer**: a search with networkx from those present in each municipality, and a plain
  sort of those who offer the field, for {SAMPLE} municipalities drawn at random; names, evidence and sentences are left
  out. Reading ties and lists into networkx and dictionaries is not counted. Every candidate is the same.
- **Losses**: `kg.loss(["00000"])`: cells that fall, severity, parts that fall apart, platforms, last connections, and a
  sentence for every organisation. **Peers**, for {SAMPLE} organisations (half those with the greatest loss, half drawn
  at random): *arrays* is the coverage of the offers without the organisation by this package and the connected parts by
  networkx; *scenario* is `kg.scenario` without it, for 3 of them. Lost cells, severity and parts are the same.
- **Extensions**: `kg.extensions(["00000"])`, ten steps of at most five municipalities each.
- The smaller country has more gaps, as fewer organisations leave more cells open; the figures below tell how many.
- A load above 2 at the start: others used the two cores as well; seconds grow with it, processor times do not.
- Times of peers for all are those of the sample × (number of all ÷ size of the sample)."""


# Tsunagari, in a process of its own


def own_times(folder: Path, answers: Path) -> dict[str, float]:
    """Ask a built graph for remedies, losses and extensions; the answers go into a folder."""
    found: dict[str, float] = {}
    found["open"], kg = timed(lambda: tsu.open(folder))
    starts = [time.process_time()]
    found["remedies"], remedies = timed(lambda: kg.remedies(NATION, limit=LIMIT))
    found["remedies peak"] = peak_memory()
    starts.append(time.process_time())
    found["losses"], losses = timed(lambda: kg.loss(NATION))
    starts.append(time.process_time())
    found["extensions"], plan = timed(lambda: kg.extensions(NATION))
    found["remedies cpu"], found["losses cpu"] = np.diff(starts).tolist()
    found["peak"] = peak_memory()
    found["gaps"] = len(remedies[["area_code", "field_id"]].drop_duplicates())
    found["rows"], found["closed"], found["guarantee"] = len(remedies), plan["closed"].max(), plan.attrs["guarantee"]
    remedies[["area_code", "field_id", "candidate_id"]].to_pickle(answers / "remedies.pickle")
    losses[["organization", "organization_id", "to_nobody", "severity_lost", "parts"]].to_pickle(
        answers / "losses.pickle"
    )
    return found


# The peer of remedies


class Lists:
    """The lists of the country as a researcher has them: dictionaries, sets and a networkx graph."""

    def __init__(self, folder: Path) -> None:
        tables = {path.stem: pd.read_csv(path, dtype=str) for path in folder.glob("*.csv")}
        bodies, services, members = tables["organizations"], tables["services"], tables["members"]
        self.home = dict(zip(bodies["id"], bodies["municipality"], strict=True))
        bound = bodies["sector"].isin(SECTORS)
        self.bound = set(bodies.loc[bound, "id"])
        self.named = dict(zip(bodies["pref_label"], bodies["id"], strict=True))
        self.present = defaultdict(set)
        self.offering, self.local = defaultdict(set), defaultdict(set)
        for body, area in self.home.items():
            self.present[area].add(body)
        for row in services.itertuples():
            self.present[row.service_area].add(row.provided_by)
            self.offering[row.support_field].add(row.provided_by)
            self.local[row.service_area, row.support_field].add(row.provided_by)
        self.platforms = defaultdict(set)
        for row in members.itertuples():
            self.platforms[row.member].add(row.organization)
        self.graph = nx.Graph()
        self.graph.add_nodes_from(self.home)
        self.graph.add_edges_from(zip(tables["ties"]["tie_from"], tables["ties"]["tie_to"], strict=True))
        self.graph.add_edges_from((body, place) for body, places in self.platforms.items() for place in places)

    def candidates(self, area: str, field: str, steps: dict[str, int], iris: dict[str, str]) -> list[str]:
        """Return the best for one cell, by the same rules."""
        there = self.present[area]
        shared = {place for body in there for place in self.platforms.get(body, ())}

        def key(body: str) -> tuple[Any, ...]:
            near = not shared.isdisjoint(self.platforms.get(body, ()))
            return body not in there, not near, steps.get(body, 255), self.home[body][:2] != area[:2], iris[body]

        elsewhere = self.bound - there - self.present[f"{area[:2]}000"]
        return sorted(self.offering[field] - self.local[area, field] - elsewhere, key=key)[:LIMIT]


def peer_remedies(lists: Lists, iris: dict[str, str], answers: pd.DataFrame) -> float:
    """Return the seconds of the sample, after its candidates proved equal."""
    ours = answers.groupby(["area_code", "field_id"])["candidate_id"].agg(list)
    areas = np.random.default_rng(1).choice(sorted(answers["area_code"].unique()), SAMPLE, replace=False).tolist()
    fields = {area: ours.loc[area].index.str.removeprefix(f"{SCHEME}hyogo/").tolist() for area in areas}

    def ask() -> dict[tuple[str, str], list[str]]:
        found = {}
        for area in areas:
            start = set(lists.present[area])
            steps = {body: level for level, layer in enumerate(nx.bfs_layers(lists.graph, start)) for body in layer}
            for field in fields[area]:
                found[area, field] = [iris[body] for body in lists.candidates(area, field, steps, iris)]
        return found

    seconds, found = timed(ask)
    for (area, field), bodies in found.items():
        assert bodies == [iri for iri in ours[area, f"{SCHEME}hyogo/{field}"] if iri], (area, field)
    return seconds


# The peers of losses


def without(offers: Offers, body: int) -> Offers:
    kept, reaching = offers.organization != body, offers.reaching != body
    parts = {name: getattr(offers, name)[kept] for name in ("organization", "field", "unit", "planned", "stated")}
    return replace(offers, **parts, reaching=offers.reaching[reaching], reached=offers.reached[reaching])


def loss_by_arrays(coverage: Coverage, graph: nx.Graph[str], parts: int, iri: str, body: str) -> tuple[int, float, int]:
    """Return cells without anybody, added severity and parts of one organisation, everything counted anew."""
    place = coverage.organization_ids.index(iri)
    after = cover(coverage.area_codes, coverage.field_ids, without(coverage.offers, place), Surroundings())
    gone = (coverage.status < NONE) & (after.status == UNKNOWN)
    nobody = after.severity * np.where(gone, 2.0, 1.0)  # nobody left counts as `none`, which weighs 1 instead of 0.5
    severity = float((nobody - coverage.severity).sum())
    neighbours = list(graph.adj[body])
    graph.remove_node(body)
    left = nx.number_connected_components(graph)
    graph.add_edges_from((body, other) for other in neighbours)
    return int(gone.sum()), round(severity, 6), left - parts + 1 if neighbours else 0


def peer_losses(folder: Path, lists: Lists, names: dict[str, str], answers: pd.DataFrame) -> tuple[float, float]:
    """Return the seconds of one organisation by each way, after their losses proved equal."""
    kg = tsu.open(folder)
    coverage = kg.coverage(NATION)
    half = SAMPLE // 2
    listed = answers.set_index("organization_id")
    rest = listed.iloc[half:].sample(SAMPLE - half, random_state=1)
    sample = pd.concat([listed.head(half), rest])
    parts = nx.number_connected_components(lists.graph)
    seconds = 0.0
    for iri, row in sample.iterrows():
        taken, found = timed(lambda iri=iri: loss_by_arrays(coverage, lists.graph, parts, iri, names[iri]))
        seconds += taken
        assert found[0] == row["to_nobody"], iri
        assert math.isclose(found[1], row["severity_lost"], abs_tol=1e-5), iri
        assert found[2] == row["parts"], iri
    edits = [[{"action": "remove", "what": "organization", "organization": iri}] for iri in sample.index[:3]]
    scenario, cells = timed(lambda: [kg.scenario(edit, NATION).measures for edit in edits])
    for measures, lost in zip(cells, sample["severity_lost"], strict=False):
        assert math.isclose(measures.set_index("measure").loc["severity", "difference"], lost, abs_tol=1e-5)
    kg.close()
    return seconds / SAMPLE, scenario / len(edits)


# The run


def compare(folder: Path, organizations: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as made:
        command = [sys.executable, __file__, "--one", str(folder), made]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        remedies, losses = (pd.read_pickle(Path(made) / f"{name}.pickle") for name in ("remedies", "losses"))
    lists = Lists(folder)
    iris = {lists.named[name]: iri for name, iri in zip(losses["organization"], losses["organization_id"], strict=True)}
    found["peer remedies"] = peer_remedies(lists, iris, remedies) * remedies["area_code"].nunique() / SAMPLE
    arrays, scenario = peer_losses(folder, lists, {iri: body for body, iri in iris.items()}, losses)
    return found | {"peer arrays": arrays * organizations, "peer scenario": scenario * organizations}


def table(found: dict[int, dict[str, float]]) -> str:
    rows = {
        "open (`tsunagari.open`)": "open",
        "**remedies for every gap**": "remedies",
        "networkx and plain sorting (extrapolated)": "peer remedies",
        "**losses of every organisation**": "losses",
        "one new computation each, arrays and networkx (extrapolated)": "peer arrays",
        "one new computation each, `kg.scenario` (extrapolated)": "peer scenario",
        "extensions": "extensions",
    }
    lines = seconds_by_size(rows, found, "{size:,} organisations, {ties:,} ties", places=1)
    for size, part in found.items():
        lines.append(
            f"- {size:,}: {part['gaps']:,.0f} gaps, {part['rows']:,.0f} candidates; remedies"
            f" **{part['peer remedies'] / part['remedies']:,.0f} ×** the peer, losses"
            f" **{part['peer arrays'] / part['losses']:,.0f} ×** one new computation each by arrays and"
            f" {part['peer scenario'] / part['losses']:,.0f} × by scenarios. Ten extensions close at least"
            f" {part['guarantee']:.0%} of what the best ten could. Processor time {part['remedies cpu']:.1f} s for"
            f" remedies, {part['losses cpu']:.1f} s for losses. Peak memory of the whole process"
            f" {part['remedies peak']:,.0f} MB with remedies, {part['peak']:,.0f} MB with all three."
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(own_times(*chosen.one)))
        return
    found, load = {}, os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as made:
        base = chosen.keep or Path(made)
        for size in (2_000,) if chosen.quick else (10_000, 100_000):
            folder = base / str(size)
            if not (folder / ".tsunagari").exists():
                tsu.build(write_workspace(folder, organizations=size, ties=5 * size)).close()
            found[size] = compare(folder, size)
            print(size, found[size], file=sys.stderr, flush=True)
    text = table(found)
    print(text)
    if not chosen.quick:
        head = f"# Remedies and losses of {len(AREAS):,} municipalities × {len(FIELDS)} fields\n\n"
        about = f"- {machine()}; load at the start {load:.1f}\n- {libraries('networkx', 'pandas', 'scipy', 'numpy')}\n"
        RESULTS.write_text(f"{head}{about}{NOTES}\n\n{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
