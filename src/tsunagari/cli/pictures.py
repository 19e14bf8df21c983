"""``map`` and ``report``: files for people who only look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from tsunagari.cli.localized import command, option
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import Day, Settings, settings, shared_options
from tsunagari.cli.output import emit_bytes, file_path
from tsunagari.errors import Message

Writer = Callable[..., Any]
WHERE = Message(
    "省略すると作業フォルダーの out/ に書き、その場所を表示します。",
    "Without -o it is written to out/ in the workspace; its place is printed.",
)


@command("map", details=WHERE)
@shared_options("workspace", "at", "stated_by", "public", "output")
def map_command() -> None:
    """Open, write the map."""
    from tsunagari.viz.map import write_map

    _write_picture(write_map, "map.html", settings())


@command("report", details=WHERE)
@shared_options("workspace", "at", "stated_by", "public", "output")
@option(
    "--since",
    type=Day(),
    metavar="YYYY-MM-DD",
    text=Message("この日からの変化のシートも加える。", "Add a sheet of what changed since this day."),
)
def report_command(since: date | None) -> None:
    """Open, write the workbook."""
    from tsunagari.viz.workbook import write_report

    _write_picture(partial(write_report, since=since), "report.xlsx", settings())


def _write_picture(write: Writer, name: str, chosen: Settings) -> None:
    graph = open_graph(chosen)
    if chosen.output == "-":
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            write(graph, path, lang=chosen.lang, at=chosen.at)
            emit_bytes(path.read_bytes())
        return
    target = file_path(chosen.output or default_folder(chosen) / name)
    write(graph, target, lang=chosen.lang, at=chosen.at)
    click.echo(target)


def default_folder(chosen: Settings) -> Path:
    """Return where pictures go when nothing is said: ``out/`` in the workspace, or here for a remote graph."""
    return Path("out") if "://" in chosen.workspace else Path(chosen.workspace, "out")
