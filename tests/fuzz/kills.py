"""Builds that are killed: at any moment, and in the middle of the exchange of the old graph for the new one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from tests.fuzz.campaign import ROOT

MAIN = "from tsunagari.cli import main; main()"
# Ends the process at the given one of the steps of the exchange: the renames, the removals, what is waited for.
IN_THE_SWAP = """
import os, pathlib, shutil, signal, sys
from importlib import import_module
replacement = import_module("tsunagari.graph.store.replacement")
left = [int(sys.argv.pop(1))]
def counted(function):
    def call(*arguments, **more):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        done = function(*arguments, **more)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return call
swap = replacement._swap
def watched(*arguments, **more):
    pathlib.Path.rename = counted(pathlib.Path.rename)
    os.unlink, os.rmdir = counted(os.unlink), counted(os.rmdir)
    shutil._rmtree_safe_fd = counted(shutil._rmtree_safe_fd)
    return swap(*arguments, **more)
replacement._swap = watched
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """What was left after a build was ended.

    Parameters
    ----------
    moment
        When it was ended, in words.
    ended
        Whether the build was still running.
    problem
        What is wrong with what it left; empty when nothing is.
    """

    moment: str
    ended: bool
    problem: str


def run_kills(workspace: Path, moments: int, swaps: int, *, seed: int = 1) -> Iterator[Kill]:
    """Build copies of a workspace that has a graph, kill the builds, and yield what was left each time.

    Parameters
    ----------
    workspace
        It has been built.
    moments, swaps
        How many builds are ended at a random moment (every third by SIGTERM), and how many in the exchange: at each of
        its steps, and where these do not suffice at those of an exchange that keeps the graph before. A build that was
        done before its moment came does not count.
    """
    began = time.monotonic()
    assert _run("build", "-w", str(workspace), "-q").returncode == 0
    usual = time.monotonic() - began
    before = _answer(workspace)
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        copy = Path(scratch, "copy")
        for ways, wanted in ((_any_moment(usual, seed), moments), (_each_step(), swaps)):
            left = wanted
            for end, moment, tidy in ways:
                if not left:
                    break
                shutil.copytree(workspace, copy)
                if end(copy):
                    left -= 1
                    yield Kill(moment, True, _problem(copy, before, tidy=tidy))
                shutil.rmtree(copy)


Way = tuple[Callable[[Path], bool], str, bool]
"""What builds and ends it, and tells whether it did; when that is, in words; whether nothing may be left behind."""


def _any_moment(usual: float, seed: int) -> Iterator[Way]:
    chance = Random(seed)
    for number in count():
        by = signal.SIGTERM if number % 3 == 0 else signal.SIGKILL
        delay = chance.uniform(0.1, 1.0) * usual
        yield partial(_killed_after, delay=delay, by=by), f"{by.name} after {delay / usual:.0%}", by is signal.SIGTERM


def _each_step() -> Iterator[Way]:
    for more in ((), ("--keep-previous",)):
        ended = True
        for step in count(1):
            if not ended:
                break

            def end(copy: Path, step: int = step, more: tuple[str, ...] = more) -> bool:
                nonlocal ended
                built = _run(str(step), "build", "-w", str(copy), "-q", *more, code=IN_THE_SWAP + MAIN)
                ended = built.returncode != 0
                return ended

            yield end, f"SIGKILL at step {step} of the exchange", False


def _problem(workspace: Path, before: bytes, *, tidy: bool) -> str:
    if tidy:
        left = [path.name for path in workspace.iterdir() if path.name.startswith((".tsunagari-", ".tsunagari_"))]
        if left:
            return f"left behind: {', '.join(left)}"
    after = _run("gaps", "-w", str(workspace), "--format", "csv", "-q")
    if after.returncode != 0 or after.stdout != before:
        return f"another answer: {after.stderr.decode('utf-8', 'replace')[-300:]}"
    again = _run("build", "-w", str(workspace), "-q")
    if again.returncode != 0:
        return f"cannot be built again: {again.stderr.decode('utf-8', 'replace')[-300:]}"
    left = [path.name for path in workspace.iterdir() if path.name.startswith(".tsunagari-")]
    return f"not cleaned by the next build: {', '.join(left)}" if left else ""


def _answer(workspace: Path) -> bytes:
    return _run("gaps", "-w", str(workspace), "--format", "csv", "-q").stdout


def _environ() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


def _run(*arguments: str, code: str = MAIN) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, env=_environ(), timeout=600)


def _killed_after(workspace: Path, delay: float, by: signal.Signals) -> bool:
    command = [sys.executable, "-c", MAIN, "build", "-w", str(workspace), "-q"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environ()) as process:
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.send_signal(by)
            process.wait(60)
        return process.returncode != 0
