"""Builds that are killed: at any moment, in the exchange of the old graph for the new one, while lists are kept."""

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

from tsunagari.graph.store.replacement import COLUMNS, FOLDER, NEW, OLD
from tsunagari.loaders.kept.shelf import LISTS

CHANGED = "services1.csv"
EXCHANGE, KEEPING = "of the exchange", "of keeping lists"
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
# Answers from what a killed build left, builds again, and names the files that are then not whole.
ANSWER_AND_BUILD = """
import sys
import tsunagari
from tsunagari.graph.knowledge.integrity import integrity
graph = tsunagari.open(sys.argv[1])
sys.stdout.buffer.write(graph.gaps().to_csv().encode() + b"\\0")
graph.close()
tsunagari.build(sys.argv[1]).close()
files = integrity(sys.argv[1])
sys.stdout.write(", ".join(files["file"][files["state"] == "damaged"]))
"""
# Ends the process before, in the middle of, or after the given one of the files that are kept of lists.
IN_THE_LISTS = """
import os, pathlib, signal, sys
shelf = __import__("importlib").import_module("tsunagari.loaders.kept.shelf")
left = [int(sys.argv.pop(1))]
def step():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
write, link = pathlib.Path.write_bytes, os.link
def write_bytes(path, data):
    if path.parent.name != shelf.LISTS:
        return write(path, data)
    step()
    write(path, data[: len(data) // 2])
    step()
    done = write(path, data)
    step()
    return done
def linked(*arguments, **more):
    step()
    link(*arguments, **more)
    step()
pathlib.Path.write_bytes, os.link = write_bytes, linked
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


def run_kills(workspace: Path, moments: int, swaps: int, lists: int = 0, *, seed: int = 1) -> Iterator[Kill]:
    """Change a list in copies of a workspace that has a graph, build them, kill the builds, and yield what was left.

    What was left is right when it answers as before, the next build cleans up, and gives, byte for byte, the graph of a
    build that takes nothing over; every file of it is then whole.

    Parameters
    ----------
    workspace
        It is built here.
    moments, swaps, lists
        How many builds are ended at a random moment (every third by SIGTERM); how many in the exchange: at each of
        its steps, and where these do not suffice at those of an exchange that keeps the graph before; and how many
        while what was read of the lists is kept. A build that was done before its moment came does not count.
    """
    began = time.monotonic()
    assert _run("build", "-w", str(workspace), "-q").returncode == 0
    usual = time.monotonic() - began
    before = _answer(workspace)
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        copy = Path(scratch, "copy")
        shutil.copytree(workspace, copy)
        _change(copy)
        assert _run("build", "-w", str(copy), "-q", "--fresh").returncode == 0
        from_nothing = _columns(copy)
        shutil.rmtree(copy)
        steps = (_each_step(IN_THE_SWAP, EXCHANGE), swaps), (_each_step(IN_THE_LISTS, KEEPING), lists)
        for ways, wanted in ((_any_moment(usual, seed), moments), *steps):
            left = wanted
            for end, moment, tidy in ways:
                if not left:
                    break
                shutil.copytree(workspace, copy)
                _change(copy)
                if end(copy):
                    left -= 1
                    yield Kill(moment, True, _problem(copy, before, from_nothing, tidy=tidy))
                shutil.rmtree(copy)


def write_lists(folder: Path) -> None:
    """Add lists to a workspace of which a build keeps all that there is to keep: their tables and their facts."""
    bodies = "".join(f"o{number},架空の会{number},鳥取市\n" for number in range(40))
    (folder / "bodies.csv").write_text(f"id,団体名,市区町村\n{bodies}", encoding="utf-8")
    for place in range(3):
        rows = "".join(f"s{place}-{number},架空の支援{number},o{number},子育て,鳥取市\n" for number in range(40))
        (folder / f"services{place}.csv").write_text(f"id,支援名,提供団体,分野,市区町村\n{rows}", encoding="utf-8")
    kinds = [("bodies.csv", "organizations"), *((f"services{place}.csv", "services") for place in range(3))]
    with (folder / "tsunagari.toml").open("a", encoding="utf-8") as settings:
        settings.writelines(f'[[source]]\nfile = "{file}"\nkind = "{kind}"\n' for file, kind in kinds)


def _change(workspace: Path) -> None:
    """Add a row to one of the lists, so that what is kept of it is written and the rest is taken over."""
    with (workspace / CHANGED).open("a", encoding="utf-8") as file:
        file.write("s1-more,架空の支援の追加,o3,子育て,岩美町\n")


def _columns(workspace: Path) -> dict[str, bytes]:
    """Return the columns of a graph, and everything that is kept of the lists."""
    folders = [workspace / FOLDER / COLUMNS, workspace / FOLDER / LISTS]
    return {f"{folder.name}/{path.name}": path.read_bytes() for folder in folders for path in folder.iterdir()}


Way = tuple[Callable[[Path], bool], str, bool]
"""What builds and ends it, and tells whether it did; when that is, in words; whether nothing may be left behind."""


def _any_moment(usual: float, seed: int) -> Iterator[Way]:
    chance = Random(seed)
    for number in count():
        by = signal.SIGTERM if number % 3 == 0 else signal.SIGKILL
        delay = chance.uniform(0.1, 1.0) * usual
        yield partial(_killed_after, delay=delay, by=by), f"{by.name} after {delay / usual:.0%}", by is signal.SIGTERM


def _each_step(code: str, where: str) -> Iterator[Way]:
    for more in ((), ("--keep-previous",)):
        ended = True
        for step in count(1):
            if not ended:
                break

            def end(copy: Path, step: int = step, more: tuple[str, ...] = more) -> bool:
                nonlocal ended
                built = _run(str(step), "build", "-w", str(copy), "-q", *more, code=code + MAIN)
                ended = built.returncode != 0
                return ended

            yield end, f"SIGKILL at step {step} {where}", False


def _problem(workspace: Path, before: bytes, from_nothing: dict[str, bytes], *, tidy: bool) -> str:
    if tidy:
        left = [path.name for path in workspace.iterdir() if path.name.startswith((".tsunagari-", ".tsunagari_"))]
        if left:
            return f"left behind: {', '.join(left)}"
    after = _run(str(workspace), code=ANSWER_AND_BUILD)
    if after.returncode != 0:
        return f"cannot be used or built again: {after.stderr.decode('utf-8', 'replace')[-300:]}"
    answer, _, damaged = after.stdout.partition(b"\0")
    if answer != before:
        return f"another answer: {answer.decode('utf-8', 'replace')[:300]}"
    left = [path.name for path in workspace.iterdir() if path.name.startswith((NEW, OLD))]
    if left:
        return f"not cleaned by the next build: {', '.join(left)}"
    now = _columns(workspace)
    if now != from_nothing:
        others = sorted({name for name, _ in now.items() ^ from_nothing.items()})
        return f"not what a build from nothing gives: {', '.join(others)}"
    return f"damaged: {damaged.decode()}" if damaged else ""


def _answer(workspace: Path) -> bytes:
    return _run(str(workspace), code=ANSWER_AND_BUILD).stdout.partition(b"\0")[0]


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
