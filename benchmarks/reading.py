"""Reading national files of their real size: this version, an earlier one, and polars that reads the same files bare.

Run from the repository: ``.venv/bin/python benchmarks/reading.py`` (a few minutes), with ``--before FOLDER``, a
checkout of an earlier version, to compare with it. Polars gives the cells as text and nothing else; it needs
``pip install polars``. CPU seconds of a process each, with those of the one that it reads files in, the least of
some rounds, libraries imported before; the table goes to ``results/reading.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from surroundings import libraries, machine, peak_memory

RESULTS = Path(__file__).parent / "results" / "reading.md"
ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "npo": ("NPO portal, 60,000 rows", "npo.csv", "cp932"),
    "care": ("care offices of today, 50,000 rows", "care.csv", "utf8"),
    "old-care": ("care offices, older dataset, 50,000 rows", "care.csv", "utf8"),
    "register": ("corporate numbers, 500,000 rows", "register.csv", "cp932"),
}


def loading(folder: Path) -> Callable[[], int]:
    """Read the workspace with Tsunagari, every record taken and dropped."""
    try:
        from tsunagari.loaders.session.load import load_workspace
    except ImportError:  # an earlier version has no rooms
        from tsunagari.loaders.load import load_workspace  # type: ignore[import-not-found, no-redef]

    def work() -> int:
        count = 0

        def take(_record: object, _vocabulary: object) -> None:
            nonlocal count
            count += 1

        load_workspace(folder, sink=take)
        return count

    return work


def reading_bare(folder: Path, file: str, encoding: str) -> Callable[[], int]:
    """Read the file with polars, every cell as text."""
    import polars

    return lambda: polars.read_csv(folder / file, encoding=encoding, infer_schema=False, has_header=True).height


def work_alone(engine: str, folder: Path, name: str) -> None:
    """Do one piece of work in this process and print CPU seconds, memory and count."""
    _, file, encoding = FILES[name]
    work = reading_bare(folder, file, encoding) if engine == "polars" else loading(folder)
    start = time.process_time()
    count = work()
    seconds = time.process_time() - start
    sys.stdout.write(json.dumps([seconds + others_time(), peak_memory(), count]))


def others_time() -> float:
    """Return the CPU seconds of the process that files are read in; it has ended afterwards."""
    try:
        from tsunagari.loaders.files.apart import end_process
    except ImportError:  # an earlier version reads files where it is
        return 0.0
    end_process()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(engine: str, folder: Path, name: str, root: Path, rounds: int) -> tuple[float, float, int]:
    """Return the least CPU seconds of some rounds, with memory and count."""
    command = [sys.executable, str(Path(__file__).resolve()), "--work", engine, str(folder), name]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(root / "src"), os.environ.get("PYTHONPATH", "")))}
    found = []
    for _ in range(rounds):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    seconds, memory, count = min(found)
    return seconds, memory, count


def write_files(folder: Path) -> dict[str, Path]:
    """Write the workspaces."""
    from synthetic_national import write_care_workspace, write_register_workspace
    from synthetic_npo import write_npo_workspace

    return {
        "npo": write_npo_workspace(folder / "npo"),
        "care": write_care_workspace(folder / "care"),
        "old-care": write_care_workspace(folder / "old-care", old=True),
        "register": write_register_workspace(folder / "register"),
    }


def line(name: str, folder: Path, before: Path | None, rounds: int) -> str:
    """Return one line of the table."""
    now, memory, records = measure("tsunagari", folder, name, ROOT, rounds)
    bare, _, _ = measure("polars", folder, name, ROOT, rounds)
    earlier = "–"
    if before is not None and name != "care":  # an earlier version does not know that dataset
        seconds, _, _ = measure("tsunagari", folder, name, before, rounds)
        earlier = f"{seconds:.1f} ({now / seconds:.2f})"
    cells = (FILES[name][0], f"{now:.1f}", earlier, f"{bare:.2f}", f"{memory:.0f}", f"{records:,}")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="checkout of an earlier version")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the least counts")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work_alone(given.work[0], Path(given.work[1]), given.work[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = [line(name, path, given.before, given.rounds) for name, path in write_files(Path(folder)).items()]
    text = "\n".join(
        (
            "# Reading national files",
            "",
            "Made-up files in the shape and size of real ones (`benchmarks/reading.py`), CPU seconds.",
            "Tsunagari decodes, finds header and columns, normalises, resolves bodies and places and gives records;",
            "polars only splits the cells. In brackets: the time of this version divided by the one before.",
            "",
            f"Machine: {machine()}; {libraries('polars')}.",
            "",
            "| file | this version | version before (ratio) | polars, cells only | MB | records |",
            "|---|---:|---:|---:|---:|---:|",
            *lines,
            "",
        )
    )
    sys.stdout.write(text)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
