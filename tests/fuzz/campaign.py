"""Thousands of damaged files, each read within bounds; what is found is kept with the number that makes it again."""

from __future__ import annotations

import json
import os
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.mutations import damaged
from tests.fuzz.seeds import SEEDS, Seed, write_workspace

ROOT = Path(__file__).parents[2]
SECONDS, MEMORY = 20.0, 2 << 30
CLOCK = 120  # seconds of the clock: the machine may be busy
BAD = ("traceback", "abort", "slow", "memory", "lost", "silent", "stopped", "noise")


@dataclass(slots=True)
class Findings:
    """What a campaign found.

    Parameters
    ----------
    counts
        How many inputs ended how: read, told, or one of `BAD`.
    bad
        Number and name of the input, and what happened, of each that ended badly.
    slowest, largest
        Most CPU seconds and most memory (bytes) that one input took.
    formats
        Inputs of each file name.
    """

    counts: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: float = 0
    largest: int = 0
    formats: Counter[str] = field(default_factory=Counter)


def damaged_case(number: int, seed: int) -> tuple[Seed, bytes]:
    """Return the file of a number: which seed it is of, and its bytes."""
    chance = Random(f"{seed}/{number}")
    chosen = SEEDS[number % len(SEEDS)]
    return chosen, damaged(chosen.data, chance)


class _Reader:
    """The process that reads; a new one is started when it ends."""

    def __init__(self, noise: Path) -> None:
        self._noise = noise
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, folder: Path, name: str) -> tuple[str, float]:
        """Return what came of a file, and the CPU seconds that it took."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(folder), name]).encode() + b"\n")
        process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            line = process.stdout.readline() if selector.select(CLOCK) else b""
        if not line:
            self.end()
            return ("abort" if process.returncode not in (-9, 0) else "slow"), 0.0
        found, seconds = json.loads(line)
        return found, seconds

    def said(self) -> str:
        """Return what it wrote to standard error since it was asked last."""
        text = self._noise.read_text(encoding="utf-8", errors="replace") if self._noise.exists() else ""
        os.truncate(self._noise, 0) if text else None
        return text

    def peak(self) -> int:
        """Return the memory in bytes that it, and what reads the files for it, had at most."""
        if self._process is None or sys.platform != "linux":
            return 0
        own = Path("/proc", str(self._process.pid))
        found = 0
        with suppress(OSError):
            for number in (own.name, *(own / "task" / own.name / "children").read_text().split()):
                peak = re.search(r"VmHWM:\s*(\d+)", Path("/proc", number, "status").read_text())
                found = max(found, int(peak[1]) << 10 if peak else 0)
        return found

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
            self.end()
            with self._noise.open("ab") as noise:
                self._process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", "tests.fuzz.reader"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=noise,
                    env=environ,
                    cwd=ROOT,
                )
        return self._process


def run_campaign(numbers: Iterable[int], seed: int, *, keep: Path | None = None, seconds: float = 0) -> Findings:
    """Read the files of some numbers.

    Parameters
    ----------
    numbers, seed
        Which files; the same give the same files.
    keep
        Folder for the files that end badly; None keeps none.
    seconds
        Time of the clock after which no further file is begun; 0 goes on to the end.
    """
    found = Findings()
    end = time.monotonic() + seconds if seconds else None
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        reader = _Reader(Path(scratch, "noise"))
        try:
            for number in numbers:
                if end is not None and time.monotonic() > end:
                    break
                chosen, data = damaged_case(number, seed)
                folder = Path(scratch, "workspace")
                folder.mkdir()
                write_workspace(folder, chosen, data)
                outcome, used = reader.ask(folder, chosen.name)
                peak, noise = reader.peak(), reader.said()
                if used > SECONDS:
                    outcome = f"slow: {used:.0f} s"
                elif peak > MEMORY:
                    outcome = f"memory: {peak >> 20} MB"
                    reader.end()
                elif noise and not outcome.startswith(BAD):
                    outcome = f"noise: {noise[:300]}"
                _note(found, number, chosen, outcome, used, peak)
                if keep is not None and outcome.startswith(BAD):
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{chosen.name}").write_bytes(data)
                shutil.rmtree(folder)
        finally:
            reader.end()
    return found


def _note(found: Findings, number: int, seed: Seed, outcome: str, used: float, peak: int) -> None:
    word = outcome.partition(":")[0]
    found.counts[word] += 1
    found.formats[seed.name] += 1
    found.slowest = max(found.slowest, used)
    found.largest = max(found.largest, peak)
    if word in BAD:
        found.bad.append((number, seed.name, outcome))
