"""``map``."""

from __future__ import annotations

from tsunagari.cli.shell.localized import command
from tsunagari.cli.shell.options import COMPOSED, settings, shared_options
from tsunagari.cli.shell.pictures import WHERE, write_picture


@command("map", details=WHERE)
@shared_options("workspace", *COMPOSED, "output")
def map_command() -> None:
    """Open, write the map."""
    from tsunagari.viz.map import write_map

    write_picture(write_map, "map.html", settings(suffixes=(".html", ".htm")))
