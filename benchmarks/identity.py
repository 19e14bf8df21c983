"""What a load makes of a fictional country, held to the truth beside it: merged rightly, proposed, lost; and a peer.

Run from the repository: ``.venv/bin/python benchmarks/identity.py`` (10,000 organisations), or with the sizes to
measure, as ``identity.py 1000 100000``. The peer is Splink with DuckDB (``pip install splink``), over the rows of the
lists without the registers. The table goes to ``results/identity.md``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from comparison import Comparison, build_and_compare
from peer_identity import Result, link, registers
from surroundings import libraries, machine

from tsunagari.graph.knowledge.build import build
from tsunagari.loaders.fiction import synthesize
from tsunagari.loaders.fiction.words import old_kanji

RESULTS = Path(__file__).parent / "results" / "identity.md"
SEED = 1
_KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねの"
_SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[[source]]
file = "now.csv"
kind = "organizations"
[[source]]
file = "old.csv"
kind = "organizations"
"""


Peer = tuple[Comparison, float, Result, float]
"""The comparison without the registers, our CPU seconds for it, what the peer finds there, and its CPU seconds."""


def measure(organizations: int, *, with_peer: bool) -> tuple[Comparison, float, Peer | None]:
    """Return the comparison of one country with all lists, the CPU seconds of it, and the one beside the peer."""
    with tempfile.TemporaryDirectory() as folder:
        made = synthesize(Path(folder) / "country", organizations=organizations, seed=SEED)
        start = time.process_time()
        whole = build_and_compare(made.folder)
        spent = time.process_time() - start
        if not with_peer:
            return whole, spent, None
        start = time.process_time()
        lists = build_and_compare(made.folder, registers(made.folder))
        ours = time.process_time() - start
        start = time.process_time()
        peer = link(made.folder)
        return whole, spent, (lists, ours, peer, time.process_time() - start)


def measure_old_kanji() -> tuple[int, int, int]:
    """Return how many pairs of kanji there are, and how many names that differ in one are merged, and proposed."""
    names = {
        f"架空{_KANA[number % 25]}{_KANA[number // 25]}{chr(new)}サポート": old
        for number, (new, old) in enumerate(old_kanji().items())
    }
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        now = "".join(f"{name},鳥取市\n" for name in names)
        then = "".join(f"{name[:4]}{old}{name[5:]},鳥取市\n" for name, old in names.items())
        (folder / "now.csv").write_text(f"団体名,市区町村\n{now}", encoding="utf-8")
        (folder / "old.csv").write_text(f"団体名,市区町村\n{then}", encoding="utf-8")
        (folder / "tsunagari.toml").write_text(_SETTINGS, encoding="utf-8")
        with build(folder) as graph:
            bodies = len(graph.organizations)
            proposed = len(graph.match_candidates())
    merged = 2 * len(names) - bodies
    return len(names), merged, proposed


def row(organizations: int, found: Comparison, spent: float) -> str:
    """Return one line of the table of all lists."""
    merged = found.found / found.true
    pairs = f"{found.merged:,} | {found.precision:.5f} | {found.true:,} | {merged:.4f} | {found.recall:.4f}"
    return f"| {organizations:,} | {pairs} | {found.facts:,} | {len(found.lost)} | {spent:.0f} |"


def peer_rows(organizations: int, lists: Comparison, ours: float, peer: Result, theirs: float) -> list[str]:
    """Return the lines of the table beside the peer."""
    precision, recall = peer.right / max(peer.merged, 1), peer.found / peer.true
    return [
        f"| {organizations:,} | Tsunagari | {lists.precision:.5f} | {lists.recall:.4f} | {ours:.0f} |",
        f"| {organizations:,} | Splink | {precision:.5f} | {recall:.4f} | {theirs:.0f} |",
    ]


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000], help="organisations of each country")
    parser.add_argument("--peer", type=int, default=10_000, metavar="N", help="largest size at which the peer runs")
    given = parser.parse_args()
    results = [(size, *measure(size, with_peer=size <= given.peer)) for size in given.sizes]
    kanji, merged, proposed = measure_old_kanji()
    text = "\n".join(
        (
            "# Identity",
            "",
            "Fictional countries of `tsunagari synthesize` (seed 1, usual mess), loaded and held to the truth beside",
            "them by `benchmarks/identity.py`. A pair is two rows that speak of one body. Aims: precision of merges",
            "0.999, true pairs merged or proposed 0.97, nothing lost. Old kanji come from a list that the loaders do",
            "not read, slips are other people's: swapped, dropped, doubled, by ear.",
            "",
            f"Machine: {machine()}; {libraries('splink', 'duckdb')}.",
            "",
            "| organisations | pairs merged | precision | true pairs | merged | or proposed | facts | lost | CPU s |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
            *(row(size, whole, spent) for size, whole, spent, _ in results),
            "",
            "Beside Splink, which gets name, municipality, prefecture and number of the same rows (no registers);",
            "CPU seconds, ours for the whole build:",
            "",
            "| organisations | | precision | merged or proposed | CPU s |",
            "|---:|---|---:|---:|---:|",
            *(line for size, _, _, peer in results if peer is not None for line in peer_rows(size, *peer)),
            "",
            f"Names that differ in one other form of a kanji, {kanji} pairs: {merged} merged, {proposed} proposed.",
            "",
        )
    )
    sys.stdout.write(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
