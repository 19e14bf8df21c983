"""The whole job of a nation in one process: lists to gaps, brokers, losses, remedies, workbook and atlas, all written.

Run from the repository: ``.venv/bin/python benchmarks/nation.py`` (ten minutes or more; ``--quick`` takes 1,000
organisations and only prints). Both sizes are made up from one seed, each in a process of its own that does the stages
one after the other, as a user would; a stage that is not done within the time left is told as such. The notebook of
`notebook_peer.py` does those of the stages that it knows, without exact betweenness, which takes hours at this size.
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
from surroundings import growth, libraries, machine, peak_memory
from synthetic import write_workspace

RESULTS = Path(__file__).parent / "results" / "nation.md"
SIZES, QUICK, TIES = (10_000, 100_000), (300, 1_000), 5
AIM = "≤ 60 s by the clock and ≤ 2,000 MB at 100,000"
NATION = "00000"
LIMIT = 1_000  # seconds that one size may take

Found = dict[str, tuple[float, float, float]]  # stage to seconds, CPU seconds and most memory so far in MB


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do a stage and print what it took as a line of JSON."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    took = (time.perf_counter() - wall, time.process_time() - cpu, peak_memory())
    print(json.dumps([name, took]), flush=True)
    return found


def ours(folder: Path) -> None:
    """Do the job with Tsunagari."""
    import tsunagari
    from tsunagari.viz.atlas import write_atlas
    from tsunagari.viz.report import write

    kg = timed("build", lambda: tsunagari.build(folder))
    timed("gaps", lambda: kg.gaps(areas=[NATION]))
    timed("brokers", lambda: kg.brokers())
    timed("losses", lambda: kg.loss())
    timed("remedies", lambda: kg.remedies(areas=[NATION]))
    timed("atlas, written", lambda: write_atlas(kg, folder / "atlas"))
    timed("report.xlsx, written", lambda: write.write_report(kg, folder / "report.xlsx"))


def theirs(folder: Path) -> None:
    """Do what the notebook can do of it at this size."""
    import notebook_peer as peer
    from scipy import sparse

    tables = timed("build", lambda: peer._read(folder))
    timed("gaps", lambda: peer._gaps(tables))

    def roles() -> Any:
        number = {iri: place for place, iri in enumerate(tables["organizations"]["id"])}
        ends = [[number[iri] for iri in tables["ties"][end]] for end in ("tie_from", "tie_to")]
        once = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(len(number), len(number))).tocsr()
        _, groups = np.unique(tables["organizations"]["sector"].to_numpy(), return_inverse=True)
        return peer._roles(((once + once.T) > 0).astype(float).tocsr(), groups)

    timed("brokers", roles)


def measure(who: str, folder: Path) -> Found:
    """Return what the stages of a job took that were done in time."""
    command = [sys.executable, __file__, "--child", who, str(folder)]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=LIMIT).stdout
    except subprocess.TimeoutExpired as stopped:
        done = stopped.stdout or b""
    found = {name: tuple(took) for name, took in map(json.loads, done.decode().splitlines())}
    print(who, folder.name, found, file=sys.stderr, flush=True)
    return found  # type: ignore[return-value]


def row(name: str, runs: dict[int, tuple[Found, Found]]) -> str:
    """Return the line of a stage."""
    cells = []
    for mine, peer in runs.values():
        took = mine.get(name)
        cells += [f"not done within {LIMIT:,} s"] * 2 if took is None else [f"{took[1]:,.1f}", f"{took[0]:,.1f}"]
        cells.append(f"{peer[name][1]:,.2f}" if name in peer else "–")
    sizes = tuple(runs)
    before, after = (runs[size][0].get(name) for size in sizes)
    exponent = "–" if before is None or after is None else f"{growth(before[1], after[1], (sizes[0], sizes[1])):.2f}"
    return f"| {name} | {' | '.join([*cells, exponent])} |"


def report(sizes: tuple[int, int]) -> str:
    """Measure and return the page."""
    runs = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = write_workspace(Path(made) / f"{size}", organizations=size, ties=TIES * size)
            runs[size] = measure("ours", folder), measure("theirs", folder)
    whole = [[sum(took[place] for took in mine.values()) for place in (1, 0)] for mine, _ in runs.values()]
    most = [max(took[2] for took in mine.values()) for mine, _ in runs.values()]
    heads = [f"{size:,}: {what}" for size in sizes for what in ("CPU s", "s", "notebook, CPU s")]
    lines = [
        "# The whole job of a nation, from files to what is written",
        "",
        "Made by `benchmarks/nation.py`; made-up lists, five ties an organisation, all stages in one process.",
        f"Aim for all of it: {AIM}. The notebook reads without a check and counts roles only.",
        "",
        f"- {machine()}",
        f"- {libraries('numpy', 'scipy', 'pandas', 'polars', 'XlsxWriter')}",
        "",
        f"| stage | {' | '.join(heads)} | growth, exponent of CPU s |",
        "|---|" + "---:|" * (len(heads) + 1),
        *(row(name, runs) for name in runs[sizes[0]][0]),
        f"| all that was done | {' | '.join(f'{cpu:,.1f} | {wall:,.1f} | ' for cpu, wall in whole)} | |",
        "| most memory, MB | " + " | ".join(f"{found:,.0f} | | " for found in most) + " | |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and keep the table unless it was a quick run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes; print only")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        {"ours": ours, "theirs": theirs}[given.child[0]](Path(given.child[1]))
        return
    text = report(QUICK if given.quick else SIZES)
    print(text)
    if not given.quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
