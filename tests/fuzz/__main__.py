"""``make fuzz``: a campaign with figures to show.

python -m tests.fuzz --cases 5000 --kills 70 --swaps 30 --lists 20 --seed 1 --figures docs/fuzzing.md
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.campaign import BAD, MEMORY, SECONDS, Findings, run_campaign
from tests.fuzz.kills import EXCHANGE, KEEPING, Kill, run_kills, write_lists
from tests.fuzz.seeds import FOLDER, SEEDS, write_workspace


def main() -> int:
    """Run the campaign, print what was found, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=70)
    parser.add_argument("--swaps", type=int, default=30)
    parser.add_argument("--lists", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="folder for files that end badly")
    parser.add_argument("--figures", type=Path, help="page to write the figures to")
    given = parser.parse_args()
    with ThreadPoolExecutor(given.jobs) as pool:
        shares = [range(job, given.cases, given.jobs) for job in range(given.jobs)]
        parts = list(pool.map(lambda share: run_campaign(share, given.seed, keep=given.keep), shares))
    found = _together(parts)
    kills = _kills(given.kills, given.swaps, given.lists, given.seed)
    text = _figures(found, kills, given.seed)
    print(text)
    for number, name, outcome in found.bad:
        print(f"{number} {name}: {outcome}", file=sys.stderr)
    for kill in kills:
        if kill.problem:
            print(f"{kill.moment}: {kill.problem}", file=sys.stderr)
    if given.figures:
        given.figures.write_text(text, encoding="utf-8", newline="\n")
    return 1 if found.bad or any(kill.problem for kill in kills) else 0


def _together(parts: list[Findings]) -> Findings:
    whole = Findings()
    for part in parts:
        whole.counts += part.counts
        whole.formats += part.formats
        whole.bad += part.bad
        whole.slowest, whole.largest = max(whole.slowest, part.slowest), max(whole.largest, part.largest)
    whole.bad.sort()
    return whole


def _kills(moments: int, swaps: int, lists: int, seed: int) -> list[Kill]:
    if not moments + swaps + lists:
        return []
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        workspace = Path(scratch, "workspace")
        workspace.mkdir()
        seed_file = next(item for item in SEEDS if item.name == "list.xlsx")
        write_workspace(workspace, seed_file, (FOLDER / "list.xlsx").read_bytes())
        write_lists(workspace)
        kills = []
        for kill in run_kills(workspace, moments, swaps, lists, seed=seed):
            kills.append(kill)
            print(f"{len(kills)} {kill.moment}: {kill.problem or 'as it should be'}", file=sys.stderr, flush=True)
        shutil.rmtree(workspace)
    return kills


def _figures(found: Findings, kills: list[Kill], seed: int) -> str:
    inputs = sum(found.counts.values())
    bad = {
        "traceback": "tracebacks",
        "abort": "aborts",
        "slow": f"over {SECONDS:.0f} s of CPU time",
        "memory": f"over {MEMORY >> 30} GB",
        "lost": "in which something beside the damaged file was lost",
        "silent": "in which a cell that still stands in the file is neither in the graph nor in the report",
        "stopped": "that stopped the whole load",
        "noise": "with words of a library on the terminal",
    }
    assert set(bad) == set(BAD)
    killed = [
        f"| builds killed while they ran | {sum(kill.ended for kill in kills):,} of {len(kills):,} |",
        f"| of these in the exchange of the graphs | {sum(EXCHANGE in kill.moment for kill in kills):,} |",
        f"| of these while what was read of lists is kept | {sum(KEEPING in kill.moment for kill in kills):,} |",
        f"| after which something was wrong | {sum(bool(kill.problem) for kill in kills):,} |",
    ]
    lines = [
        "# Damaged inputs and killed builds",
        "",
        f"Written by `make fuzz` (seed {seed}). Each input is a sound file of one of {len(found.formats)} formats,",
        "damaged in one to three ways, beside sound files; `tests/fuzz` makes each again by its number. In each build",
        "that is killed a list has changed; what is left must answer as before, and the next build must give the very",
        "bytes of a build from nothing, whole by `check --integrity`.",
        "",
        "| | |",
        "|---|---:|",
        f"| damaged inputs | {inputs:,} |",
        f"| read all the same | {found.counts['read']:,} |",
        f"| told as an issue at the file, or in one line | {found.counts['told']:,} |",
        *(f"| {words} | {found.counts[name]:,} |" for name, words in bad.items()),
        f"| most CPU time of one input in the process that loads | {found.slowest:.1f} s |",
        f"| most memory of one input | {found.largest >> 20:,} MB |",
        *(killed if kills else ()),
        "",
        "| format | inputs |",
        "|---|---:|",
        *(f"| {name} | {count:,} |" for name, count in sorted(found.formats.items())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
