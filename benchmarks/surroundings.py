"""What a benchmark was run on and with, in words for its table."""

from __future__ import annotations

import argparse
import math
import os
import platform
import resource
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Return what the run was made on, in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB memory, {platform.system()}, Python {platform.python_version()}"


def libraries(*names: str) -> str:
    """Return the versions of the libraries compared."""
    return ", ".join(f"{name} {version(name)}" for name in names)


def peak_memory() -> float:
    """Return the most memory this process had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # the other figure may be that of the process that started this one
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def growth(before: float, after: float, sizes: tuple[int, int]) -> float:
    """Return the exponent with which a figure grows from one size to the other."""
    return math.log(after / before) / math.log(sizes[1] / sizes[0])


def seconds_by_size(
    rows: Mapping[str, str], found: Mapping[int, Mapping[str, float]], heads: str, *, places: int
) -> list[str]:
    """Return the lines of a table of seconds: a row a key of `found`, a column a size, and how it grows.

    Parameters
    ----------
    rows
        What each row is called, and its key.
    found
        Size to key to seconds.
    heads
        What a column is called, with ``{size}`` in it.
    places
        Decimal places of the seconds.
    """
    sizes = list(found)
    grows = len(sizes) > 1
    titles = [heads.format(size=size, ties=5 * size) for size in sizes] + ["growth exponent"] * grows
    lines = ["| seconds | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
    for label, key in rows.items():
        cells = [f"{found[size][key]:,.{places}f}" for size in sizes]
        if grows:
            cells.append(f"{growth(found[sizes[0]][key], found[sizes[-1]][key], (sizes[0], sizes[-1])):.2f}")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def write_table(
    report: Callable[[int], str], sizes: tuple[int, int], help_of_quick: str, results: Path, about: str | None
) -> None:
    """Print what a benchmark reports, and write it unless ``--quick`` was asked for.

    Parameters
    ----------
    report
        Measures at a size and returns the text.
    sizes
        The whole size and the quick one.
    help_of_quick
        What ``--quick`` does.
    results
        File of the table.
    about
        What the benchmark is.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help=help_of_quick)
    quick = parser.parse_args().quick
    text = report(sizes[quick])
    sys.stdout.write(text)
    if not quick:
        results.write_text(text, encoding="utf-8", newline="\n")
