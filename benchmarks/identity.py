"""What a load makes of a fictional country, held to the truth beside it: merged rightly, proposed, lost.

Run from the repository: ``.venv/bin/python benchmarks/identity.py`` (10,000 organisations), with ``--large`` for
100,000 as well. The table goes to ``results/identity.md``.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from comparison import Comparison, build_and_compare

from tsunagari.loaders.fiction import synthesize

RESULTS = Path(__file__).parent / "results" / "identity.md"
SEED = 1


def measure(organizations: int) -> Comparison:
    """Return the comparison of one country."""
    with tempfile.TemporaryDirectory() as folder:
        made = synthesize(Path(folder) / "country", organizations=organizations, seed=SEED)
        return build_and_compare(made.folder)


def row(organizations: int, found: Comparison) -> str:
    """Return one line of the table."""
    merged = found.found / found.true
    pairs = f"{found.merged:,} | {found.precision:.5f} | {found.true:,} | {merged:.4f} | {found.recall:.4f}"
    return f"| {organizations:,} | {pairs} | {found.facts:,} | {len(found.lost)} |"


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 organisations")
    sizes = (10_000, 100_000) if parser.parse_args().large else (10_000,)
    results = [(size, measure(size)) for size in sizes]
    text = "\n".join(
        (
            "# Identity",
            "",
            "Fictional countries of `tsunagari synthesize` (seed 1, usual mess), loaded and held to the truth beside",
            "them by `benchmarks/identity.py`. A pair is two rows that speak of one body. Aims: precision of merges",
            "0.999, true pairs merged or proposed 0.97, nothing lost.",
            "",
            f"Machine: {platform.system()}, Python {platform.python_version()}.",
            "",
            "| organisations | pairs merged | precision | true pairs | merged | or proposed | facts | lost |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|",
            *(row(*result) for result in results),
            "",
        )
    )
    sys.stdout.write(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
