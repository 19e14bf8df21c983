"""Files are read in a process of their own: what crashes, hangs or explodes there is told here, and the rest goes on.

One process serves all files, one after the other. It is started when first needed (about 0.1 s of CPU time), ended and
replaced when a file brings it down, and bound to a time and a memory that grow with the size of the file.
"""

from __future__ import annotations

import atexit
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsunagari.errors import Message, Place, SourceError, TsunagariError
from tsunagari.loaders.files import apart_worker
from tsunagari.loaders.files.spool import spool_folder

SECONDS, SECONDS_PER_MB = 12.0, 4.0
MEMORY, MEMORY_PER_BYTE = 1 << 30, 40
SECONDS_VARIABLE, MEMORY_VARIABLE = "TSUNAGARI_FILE_SECONDS", "TSUNAGARI_FILE_MEMORY"
WAITING = 5  # a busy machine gives a process a fifth of its time: seconds of the clock for one of CPU time
_ENDED_FOR_TIME = tuple(-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name))


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take.

    Parameters
    ----------
    seconds
        CPU time; where the system cannot limit it, and five times over everywhere, time of the clock.
    memory
        Bytes beyond what the empty process has; not limited where the system cannot (Windows, macOS).
    """

    seconds: float
    memory: int


class ApartError(Exception):
    """The process did not come back with an answer.

    Parameters
    ----------
    reason
        ``"slow"``, ``"memory"``, ``"crashed"``, or ``"failed"`` with an exception that nobody expects.
    detail
        Name of that exception.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def limits_for(size: int) -> Limits:
    """Return what a file of `size` bytes may take; the two variables of the environment set other limits.

    Examples
    --------
    >>> limits_for(0).seconds, limits_for(10 << 20).seconds
    (12.0, 52.0)
    """
    given = os.environ.get(SECONDS_VARIABLE, ""), os.environ.get(MEMORY_VARIABLE, "")
    seconds = float(given[0]) if given[0].isdecimal() else SECONDS + SECONDS_PER_MB * size / (1 << 20)
    memory = int(given[1]) << 20 if given[1].isdecimal() else MEMORY + MEMORY_PER_BYTE * size
    return Limits(seconds, memory)


def read_apart(file: str, module: str, function: str, *arguments: Any, size: int) -> Any:
    """Return what a function that reads a file gives, called in the other process.

    Parameters
    ----------
    file
        Name of the file for messages.
    module, function, arguments
        What to call there; a module is a name, or the path of a file that imports nothing of the package.
    size
        Bytes of the file.

    Raises
    ------
    SourceError
        Whatever the function raises, or the process was brought down or took too much.
    """
    try:
        return run_apart(module, function, *arguments, limits=limits_for(size))
    except ApartError as error:
        raise unparsed(file, error, limits_for(size)) from None


def run_apart(module: str, function: str, *arguments: Any, limits: Limits) -> Any:
    """Return what a function gives, called in the other process; see `read_apart`.

    Raises
    ------
    ApartError
        The process was brought down, took too much, or the function failed.
    TsunagariError
        What the function raises.
    """
    try:
        here = str(Path.cwd())  # names of files mean what they mean here, wherever the other process was started
    except OSError:  # the folder has been removed
        here = ""
    with _lock:
        answer = _process().ask((here, module, function, arguments, limits.seconds, limits.memory), limits)
    kind, *rest = answer
    if kind == "value":
        return rest[0]
    if kind == "told":
        raised: TsunagariError = rest[0](*rest[1:])
        raise raised
    raise ApartError(*rest)


def unparsed(file: str, error: ApartError, limits: Limits) -> SourceError:
    """Return the error for a file that brought the reader down."""
    if error.reason == "slow":
        what = Message(
            f"{file} は {limits.seconds:,.0f} 秒（CPU 時間）で読み終わりませんでした。",
            f"{file} was not read within {limits.seconds:,.0f} s of CPU time.",
        )
    elif error.reason == "memory":
        what = Message(
            f"{file} を読むにはメモリーが {limits.memory >> 20:,} MB では足りません。",
            f"{file} needs more than {limits.memory >> 20:,} MB of memory to be read.",
        )
    else:
        shown = f"（{error.detail}）" if error.detail else ""
        what = Message(
            f"{file} は壊れていて、読み取りの途中で処理が止まりました{shown}。",
            f"{file} is damaged: its reader broke off{f' ({error.detail})' if error.detail else ''}.",
        )
    hint = Message(
        "Excel などで開き、必要な表だけを新しいファイルに写して保存してください。"
        f"正しい大きなファイルなら、環境変数 {SECONDS_VARIABLE}（秒）と {MEMORY_VARIABLE}（MB）で制限を広げられます。",
        "Open it, copy the needed table alone into a new file and save that. For a sound large file the variables "
        f"{SECONDS_VARIABLE} (seconds) and {MEMORY_VARIABLE} (MB) allow more.",
    )
    return SourceError(what, hint, Place(file))


class _Process:
    """The other process, from its start to its end."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        paths = os.pathsep.join(path for path in sys.path if path)
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL  # what a library says of a panic helps nobody
        self._popen = subprocess.Popen(  # noqa: S603 - a file of our own
            [sys.executable, "-P", str(Path(apart_worker.__file__))],
            stdin=pipe,
            stdout=pipe,
            stderr=nothing,
            env=os.environ | {"PYTHONPATH": paths},
        )

    def ask(self, request: tuple[Any, ...], limits: Limits) -> tuple[Any, ...]:
        """Send a request and return the answer; the process is gone when there is none, or it asks to be replaced."""
        expired = threading.Event()
        timer = threading.Timer(WAITING * limits.seconds, self._expire, (expired,))
        timer.daemon = True
        folder = tempfile.mkdtemp(prefix="tsunagari-rows-", dir=spool_folder())
        answer: tuple[Any, ...] | None = None
        stays = False
        timer.start()
        try:
            assert self._popen.stdin is not None
            assert self._popen.stdout is not None
            with suppress(BrokenPipeError):
                apart_worker.send(self._popen.stdin, (*request, folder))
            try:
                stays, *rest = apart_worker.receive(self._popen.stdout)
                answer = tuple(rest)
            except (EOFError, pickle.UnpicklingError):
                with suppress(subprocess.TimeoutExpired):
                    self._popen.wait(WAITING)  # how it ended tells why
        finally:
            timer.cancel()
            shutil.rmtree(folder, ignore_errors=True)
            if not stays:
                self.end()
        if answer is not None:
            return answer
        is_slow = expired.is_set() or self._popen.returncode in _ENDED_FOR_TIME
        return ("error", "slow" if is_slow else "crashed")

    def is_usable(self) -> bool:
        """Tell whether it is this process's own and still there."""
        return self.owner == os.getpid() and self._popen.poll() is None

    def end(self) -> None:
        """End the process; what it was doing is not wanted any more."""
        self._popen.kill()
        for stream in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError, ValueError):
                assert stream is not None
                stream.close()
        self._popen.wait()

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        self._popen.kill()


_lock = threading.Lock()
_running: list[_Process] = []
_inherited: list[_Process] = []
"""Those of a parent that forked: not ours to end."""


def _process() -> _Process:
    if _running and not _running[0].is_usable():
        (_inherited if _running[0].owner != os.getpid() else []).append(_running.pop())
    if not _running:
        _running.append(_Process())
    return _running[0]


@atexit.register
def end_process() -> None:
    """End the other process, if there is one."""
    if _running and _running[0].owner == os.getpid():
        _running.pop().end()
