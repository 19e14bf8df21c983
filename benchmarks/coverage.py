"""Coverage of 1,741 municipalities × 21 fields, beside SPARQL in rdflib and a crosstab of pandas, with equal numbers.

Run from the repository: ``python benchmarks/coverage.py`` (about 10 minutes, most of it for building the graphs; a
folder given by ``--keep`` holds them for the next run). Tsunagari answers from a built graph in a process of its own,
so that its memory is its own. rdflib has the services alone in memory, three triples each, and pandas the tables; both
do the lighter task, see `NOTES`. ``--large`` adds the arrays of 1,000,000 organisations, without a graph. ``--quick``
takes 2,000 organisations and only prints.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rdflib
from surroundings import libraries, machine, peak_memory, seconds_by_size
from synthetic import write_workspace

import tsunagari as tsu
from tsunagari.graph.coverage.coverage import STATUSES, cover
from tsunagari.graph.coverage.providers import Offers, places_of
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import ID, SCHEME, TSU
from tsunagari.ontology.vocabulary import vocabulary

RESULTS = Path(__file__).parent / "results" / "coverage.md"
AREAS = sorted(place.code5 for place in municipality_table() if place.has_government and place.kind != "prefecture")
FIELDS = sorted(concept.iri for concept in vocabulary().schemes["hyogo"].concepts)
QUERY = f"""
    PREFIX tsu: <{TSU}>
    SELECT ?area ?field (COUNT(DISTINCT ?body) AS ?n) {{
      ?service tsu:providedBy ?body ; tsu:supportField ?field ; tsu:serviceArea ?area
    }} GROUP BY ?area ?field"""
NOTES = """\
- **Tsunagari, arrays**: `kg.coverage()`, the first call after `tsunagari.open`: reads the graph by columns; every cell
  with its local, wide and planned organisations, five statuses, complete lists, membership in platforms that reach the
  area, the same partnership, neighbours, severity. **Table**: `kg.gaps()`, the same with names, evidence, sentences.
- **rdflib**: one hand-written SPARQL query (organisations by area and field) on an in-memory graph of the services
  alone, three triples each; then the full cross product with pandas: local and prefecture counts and four statuses.
  Reading the triples (as rdflib must in every session) is a row of its own. No evidence, no names.
- **pandas**: `crosstab` of the services table that is in memory already, then the same as with rdflib.
- All three have the same status and the same local count in every one of the cells, or the run fails."""


def timed(task: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = task()
    return time.perf_counter() - start, found


# Tsunagari, in a process of its own


def own_times(folder: Path, counts: Path) -> dict[str, float]:
    """Ask a built graph for its coverage; the counts go into a file."""
    opening, kg = timed(lambda: tsu.open(folder))
    first, found = timed(lambda: kg.coverage(["00000"]))
    arrays = peak_memory()
    again = min(timed(lambda: kg.coverage(["00000"]))[0] for _ in range(3))
    bare = min(timed(lambda: cover(found.area_codes, found.field_ids, found.offers))[0] for _ in range(3))
    table, gaps = timed(lambda: kg.gaps(["00000"]))
    assert len(gaps) == found.status.size
    assert (list(found.area_codes), list(found.field_ids)) == (AREAS, FIELDS)
    np.savez(counts, status=found.status, local=found.counts(found.local))
    return {
        "open": opening,
        "first": first,
        "again": again,
        "bare": bare,
        "table": table,
        "peak arrays": arrays,
        "peak": peak_memory(),
    }


# The peers


def read_services(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "services.csv", dtype=str)


def triples(services: pd.DataFrame, path: Path) -> Path:
    subject = f"<{ID}service/" + services["id"] + "> "
    links = {
        "provided_by": ("providedBy", f"{ID}org/"),
        "support_field": ("supportField", f"{SCHEME}hyogo/"),
        "service_area": ("serviceArea", f"{ID}area/"),
    }
    with path.open("w", encoding="utf-8") as file:
        for column, (predicate, prefix) in links.items():
            file.write((subject + f"<{TSU}{predicate}> <{prefix}" + services[column] + "> .\n").str.cat())
    return path


def by_rdflib(graph: rdflib.Graph) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    counts = pd.Series({(str(area)[-5:], str(field)): int(n) for area, field, n in graph.query(QUERY)})
    return laid_out(counts.unstack(fill_value=0))


def by_pandas(services: pd.DataFrame) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    field = f"{SCHEME}hyogo/" + services["support_field"]
    area, body = services["service_area"], services["provided_by"]
    return laid_out(pd.crosstab(area, field, values=body, aggfunc="nunique").fillna(0).astype(int))


def laid_out(counts: pd.DataFrame) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the status and the local count of the full cross product."""
    full = counts.reindex(index=AREAS, columns=FIELDS, fill_value=0).to_numpy()
    prefectures = [f"{code[:2]}000" for code in AREAS]
    wide = counts.reindex(index=prefectures, columns=FIELDS, fill_value=0).to_numpy()
    places = [STATUSES.index(name) for name in ("multiple", "single", "wide_only", "unknown")]
    status = np.select([full > 1, full == 1, wide > 0], places[:3], places[3])
    return status, full


# The run


def compare(folder: Path) -> dict[str, float]:
    """Return the seconds of each way, after their answers proved equal."""
    counts = folder / "coverage-counts.npz"
    command = [sys.executable, __file__, "--one", str(folder), str(counts)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    services = read_services(folder)
    answers = {}
    found["crosstab"], answers["pandas"] = timed(lambda: by_pandas(services))
    path = triples(services, folder / "services.nt")
    graph = rdflib.Graph()
    found["parse"], _ = timed(lambda: graph.parse(path, format="nt"))
    found["sparql"], answers["rdflib"] = timed(lambda: by_rdflib(graph))
    ours = np.load(counts)
    for peer, (status, local) in answers.items():
        assert (ours["status"] == status).all(), peer
        assert (ours["local"] == local).all(), peer
    return found


def many_offers(organizations: int, seed: int = 1) -> Offers:
    """Return made-up offers as `synthetic.write_workspace` draws them: one in twenty for the whole prefecture."""
    chance = np.random.default_rng(seed)
    size = organizations * 4 // 3
    home = chance.integers(0, len(AREAS), size)
    prefectures = [f"{code[:2]}000" for code in AREAS]
    units = tuple(sorted({*AREAS, *prefectures}))
    own, wide = places_of(AREAS, units), places_of(prefectures, units)
    unit = np.where(chance.random(size) < 0.95, own[home], wide[home]).astype(np.int32)
    half = chance.permutation(size)[: organizations // 2]
    body = (np.arange(size) % organizations).astype(np.int32)
    return Offers(
        tuple(f"{ID}org/{number:07}" for number in range(organizations)),
        np.full(organizations, -1, dtype=np.int32),
        tuple(FIELDS),
        units,
        body,
        chance.integers(0, len(FIELDS), size).astype(np.int32),
        unit,
        np.zeros(size, dtype=np.bool_),
        np.arange(size, dtype=np.int32),
        body[half],
        wide[home[half]],
    )


def arrays_only(organizations: int) -> dict[str, float]:
    offers = many_offers(organizations)
    seconds, found = timed(lambda: cover(AREAS, FIELDS, offers))
    assert found.status.size == len(AREAS) * len(FIELDS)
    return {"bare": seconds, "peak": peak_memory()}


def table(found: dict[int, dict[str, float]], large: dict[str, float] | None) -> str:
    rows = {
        "open (`tsunagari.open`)": "open",
        "**arrays, first call**": "first",
        "arrays again": "again",
        "of it the cells from offers in memory": "bare",
        "**table with names, evidence, sentences**": "table",
        "pandas crosstab": "crosstab",
        "rdflib: reading the triples": "parse",
        "rdflib: SPARQL": "sparql",
    }
    lines = seconds_by_size(rows, found, "{size:,} organisations", places=2)
    for size, part in found.items():
        lines.append(
            f"- {size:,}: arrays {part['sparql'] / part['first']:.0f} × rdflib's query"
            f" ({(part['sparql'] + part['parse']) / part['first']:.0f} × with reading), table"
            f" {part['sparql'] / part['table']:.1f} ×; peak memory {part['peak arrays']:.0f} MB for the arrays,"
            f" {part['peak']:.0f} MB with the table."
        )
    if large is not None:
        lines.append(
            f"- 1,000,000, arrays only: the cells from offers in memory {large['bare']:.2f} s,"
            f" peak {large['peak']:.0f} MB (offers included)."
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--arrays", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(own_times(*chosen.one)))
        return
    if chosen.arrays:
        print(json.dumps(arrays_only(chosen.arrays)))
        return
    found = {}
    with tempfile.TemporaryDirectory() as made:
        base = chosen.keep or Path(made)
        for size in (2_000,) if chosen.quick else (10_000, 100_000):
            folder = base / f"coverage-{size}"
            if not (folder / ".tsunagari").exists():
                tsu.build(write_workspace(folder, organizations=size, ties=size)).close()
            found[size] = compare(folder)
            print(size, found[size], file=sys.stderr, flush=True)
    large = None
    if chosen.large:
        command = [sys.executable, __file__, "--arrays", "1000000"]
        large = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    text = table(found, large)
    print(text)
    if not chosen.quick:
        head = f"# Coverage of {len(AREAS):,} municipalities × {len(FIELDS)} fields\n\n"
        about = f"- {machine()}\n- {libraries('pandas', 'rdflib', 'scipy', 'numpy')}\n"
        RESULTS.write_text(f"{head}{about}{NOTES}\n\n{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
