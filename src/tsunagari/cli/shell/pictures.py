"""Files for people who only look: where they go and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings
from tsunagari.cli.shell.output import emit_bytes
from tsunagari.errors import Message

Writer = Callable[..., Any]

WHERE = Message(
    "省略すると作業フォルダーの out/ に書き、その場所を表示します。",
    "Without -o it is written to out/ in the workspace; its place is printed.",
)


def write_picture(write: Writer, name: str, chosen: Settings) -> None:
    """Write a file about the graph to where the user wants it, and say where it is."""
    if chosen.output == "-":
        graph = open_graph(chosen)
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            write(graph, path, lang=chosen.lang, at=chosen.at, top=chosen.top)
            emit_bytes(path.read_bytes())
        return
    target = Path(chosen.output or default_folder(chosen) / name)
    graph = open_graph(replace(chosen, output=str(target)))
    write(graph, target, lang=chosen.lang, at=chosen.at, top=chosen.top)
    click.echo(target)


def default_folder(chosen: Settings) -> Path:
    """Return where pictures go when nothing is said: ``out/`` in the workspace, or here for a remote graph."""
    return Path("out") if "://" in chosen.workspace else Path(chosen.workspace, "out")
