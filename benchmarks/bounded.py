"""Lists in which every row is bad, and very wide tables: memory stays small and time near that of good ones.

Run from the repository: ``.venv/bin/python benchmarks/bounded.py`` (some minutes); ``--rows`` sets the size. Each line
is a process of its own: a list is read row by row, every record taken and dropped. CPU seconds, libraries imported
before. The table goes to ``results/bounded.md``.
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

from surroundings import libraries, machine, peak_memory

RESULTS = Path(__file__).parent / "results" / "bounded.md"
WIDE = 10_000
Line = Callable[[int], str]
# What stands in the rows: the good ones, and the same with each value wrong in a way of its own or all alike.
LISTS: dict[str, tuple[str, str, Line]] = {
    "needs, good": ("needs", "市区町村,指標,年度,値", lambda n: f"鳥取市,総人口,{1900 + n % 100},{n}"),
    "needs, every area and value unknown": (
        "needs",
        "市区町村,指標,年度,値",
        lambda n: f"謎{n}市,総人口,{n}年頃,多数{n}",
    ),
    "services, good": (
        "services",
        "団体名,支援名,市区町村,分野,電話番号,開始日",
        lambda n: f"架空の会{n % 100},架空支援{n},鳥取市,子育て,0857-20-{n % 10_000:04d},2020-04-01",
    ),
    "services, every value wrong": (
        "services",
        "団体名,支援名,市区町村,分野,電話番号,開始日",
        lambda n: f"架空の会{n % 100},架空支援{n},謎{n}市,謎の分野{n},内線{n},いつか{n}",
    ),
    "services, no name in any row": (
        "services",
        "団体名,支援名,市区町村,分野,電話番号,開始日",
        lambda n: f",,鳥取市,子育て,なし,{n % 28 + 1}日頃",
    ),
}
GOOD = {"needs": "needs, good", "services": "services, good"}


def write_list(folder: Path, name: str, rows: int) -> Path:
    """Write a workspace with one list of so many rows, line by line."""
    kind, header, line = LISTS[name]
    folder.mkdir(parents=True)
    (folder / "tsunagari.toml").write_text(
        f'[workspace]\nas_of = 2024-04-01\n[[source]]\nfile = "list.csv"\nkind = "{kind}"\n', encoding="utf-8"
    )
    with (folder / "list.csv").open("w", encoding="utf-8") as file:
        file.write(f"{header}\n")
        file.writelines(f"{line(number)}\n" for number in range(rows))
    return folder


def write_wide(folder: Path) -> Path:
    """Write a table of many columns."""
    folder.mkdir(parents=True)
    heads = ["団体名", "市区町村", *(f"列{number}" for number in range(WIDE - 2))]
    rows = [[f"架空の会{row}", "鳥取市", *(f"値{row}-{number}" for number in range(WIDE - 2))] for row in range(20)]
    (folder / "wide.csv").write_text("\n".join(map(",".join, [heads, *rows])), encoding="utf-8")
    return folder / "wide.csv"


def read_alone(path: Path) -> None:
    """Read a workspace, or inspect a file, and print CPU seconds, memory, records and issues."""
    from tsunagari.loaders.adding.inspection import inspect_file
    from tsunagari.loaders.session.load import load_workspace
    from tsunagari.ontology.vocabulary import vocabulary

    vocabulary()
    count = 0

    def take(_record: object, _vocabulary: object) -> None:
        nonlocal count
        count += 1

    start = time.process_time()
    issues = inspect_file(path).issues if path.is_file() else load_workspace(path, sink=take).issues
    sys.stdout.write(json.dumps([time.process_time() - start, peak_memory(), count, len(list(issues))]))


def measure(path: Path) -> tuple[float, float, int, int]:
    """Return what a process of its own takes."""
    command = [sys.executable, str(Path(__file__).resolve()), "--read", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory, records, issues = json.loads(done.stdout)
    return seconds, memory, records, issues


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read_alone(given.read)
        return
    lines, good = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for place, name in enumerate(LISTS):
            kind = LISTS[name][0]
            workspace = write_list(Path(folder) / str(place), name, given.rows)
            seconds, memory, records, issues = measure(workspace)
            (workspace / "list.csv").unlink()
            base = good.setdefault(GOOD[kind], seconds)
            cells = (name, f"{seconds:.0f}", f"{seconds / base:.2f}", f"{memory:.0f}", f"{records:,}", f"{issues:,}")
            lines.append(f"| {' | '.join(cells)} |")
        seconds, memory, _, issues = measure(write_wide(Path(folder) / "wide"))
        lines.append(f"| inspect, {WIDE:,} columns | {seconds:.1f} | – | {memory:.0f} | – | {issues:,} |")
    text = "\n".join(
        (
            "# Bad rows and wide tables",
            "",
            f"Lists of {given.rows:,} rows (`benchmarks/bounded.py`): CPU seconds, the same divided by those of the",
            "good list of its kind, and the peak of memory. Issues: what the report lists; others are counted.",
            "",
            f"Machine: {machine()}; {libraries('rapidfuzz')}.",
            "",
            "| list | CPU s | of good | MB | records | issues listed |",
            "|---|---:|---:|---:|---:|---:|",
            *lines,
            "",
        )
    )
    sys.stdout.write(text)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
