"""Talking to the person at the terminal: encodings, notes and progress bars on standard error."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

import click

from tsunagari.cli.shell.language import current_language
from tsunagari.cli.shell.options import Settings
from tsunagari.errors import Message
from tsunagari.viz.look.wrapping import display_width, wrap_text

NEXT = Message("次は", "Next")


class Progress(Protocol):
    """What a long piece of work is given to report how far it is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` parts of `stage` are done."""


def prepare_streams() -> None:
    """Make standard output and error safe for any character.

    A terminal keeps its encoding, and what it cannot show appears as an escape instead of ending the program (an old
    Japanese Windows console knows only cp932). A pipe or file gets UTF-8, unless ``PYTHONIOENCODING`` says otherwise.
    """
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if plain else "utf-8", errors="backslashreplace")


class _ClosedStream(io.RawIOBase):
    """Standard output that was closed before the program began: what is written to it fails, as it should, once."""

    failed = False

    def writable(self) -> bool:
        """Yes, else nothing would be told."""
        return True

    def write(self, data: Any) -> int:
        """Fail; what is flushed when the program ends is not complained about again."""
        if not self.failed:
            self.failed = True
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return len(data)


def _fill_closed_streams() -> None:
    """Take the place of streams that are closed, else the next file that is opened gets their number and their text."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_ClosedStream()))
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False))
    if sys.stdin is None:
        sys.stdin = io.StringIO()


def terminal_width() -> int | None:
    """Return the columns of the terminal on standard output; None when it is none and ``COLUMNS`` says nothing."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return shutil.get_terminal_size().columns
    return None


def say(text: Message | str, settings: Settings | None = None, *, err: bool = True, mark: str = "") -> None:
    """Print a remark for the person, not part of the data: nothing when `settings` ask for quiet.

    `mark` stands before the first line, and blanks of its width before the others.
    """
    if settings is not None and settings.quiet:
        return
    words = text if isinstance(text, str) else text.text(settings.lang if settings else current_language())
    hang = " " * display_width(mark)
    click.echo(wrap_text(words, shutil.get_terminal_size().columns, first=mark, rest=hang), err=err)


def say_next(command: str, settings: Settings) -> None:
    """Print the command that comes next, in one line that can be copied whatever its length; nothing when quiet."""
    if not settings.quiet:
        click.echo(f"{NEXT.text(settings.lang)}: {command}", err=True)


@contextmanager
def busy(what: Message, settings: Settings) -> Iterator[None]:
    """Show on standard error that `what` is being done and for how long; nothing when that is no terminal or quiet."""
    if settings.quiet or not sys.stderr.isatty():
        yield
        return
    from rich import console, progress

    columns = (progress.SpinnerColumn(), progress.TextColumn("{task.description}"), progress.TimeElapsedColumn())
    with progress.Progress(*columns, console=console.Console(stderr=True), transient=True) as bars:
        bars.add_task(what.text(settings.lang), total=None)
        yield


@contextmanager
def progress_bar(settings: Settings) -> Iterator[Progress | None]:
    """Give a function that draws progress on standard error; None when that is no terminal or quiet is asked for."""
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich import console, progress

    counts = progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeElapsedColumn()
    columns = (progress.TextColumn("{task.description}"), *counts)
    with progress.Progress(*columns, console=console.Console(stderr=True), transient=True) as bars:
        tasks: dict[str, progress.TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:
                task = tasks[stage] = bars.add_task(stage, total=total)
            bars.update(task, completed=done, total=total)

        yield report


def later_progress(settings: Settings) -> Progress | None:
    """Return a function that draws progress from its first call until all is done; None as for `progress_bar`."""
    if settings.quiet or not sys.stderr.isatty():
        return None
    shown = ExitStack()
    reports: list[Progress | None] = []

    def report(stage: str, done: int, total: int) -> None:
        if not reports:
            reports.append(shown.enter_context(progress_bar(settings)))
        if reports[0] is not None:
            reports[0](stage, done, total)
        if done >= total:
            shown.close()
            reports.clear()

    return report
