"""``map``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tsunagari.cli.shell.localized import command
from tsunagari.cli.shell.options import COMPOSED, settings, shared_options
from tsunagari.cli.shell.pictures import WHERE, write_picture
from tsunagari.errors import Message

MANY = Message(
    "団体が {0} を超えるので、地図は一つずつではなく地域ごとに描きました（近づくと見えている分だけ一つずつ）。"
    "地域ごとの頁に分けるには: tsunagari atlas",
    "With more than {0} organisations the map draws places instead of single bodies (those in view from near). "
    "For a page of each region: tsunagari atlas",
)


@command("map", details=WHERE)
@shared_options("workspace", *COMPOSED, "output")
def map_command() -> None:
    """Open, write the map."""
    from tsunagari.viz.map import MOST_BODIES, write_map

    chosen = settings(suffixes=(".html", ".htm"))

    def write(graph: Any, path: Path, **how: Any) -> None:
        write_map(graph, path, **how)
        if len(graph.frame("organizations", at=how["at"])) > MOST_BODIES:
            click.echo(MANY.text(chosen.lang).format(f"{MOST_BODIES:,}"), err=True)

    write_picture(write, "map.html", chosen)
