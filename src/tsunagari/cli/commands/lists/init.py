"""``init``."""

from __future__ import annotations

from pathlib import Path

import click

from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.loaders.starter import init_workspace


@command(
    "init",
    details=Message(
        "DIR に tsunagari.toml と、選択肢・記入例・記入のしかたの付いた Excel を書きます。そのまま build できます。"
        "今あるファイルは上書きしません。",
        "Writes tsunagari.toml and an Excel workbook with drop-downs, examples and instructions to DIR; it builds as "
        "it is. Files that are there already are not overwritten.",
    ),
)
@click.argument("folder", cls=LocalizedArgument, metavar="DIR", default=".")
@shared_options()
@option(
    "--csv",
    "as_csv",
    is_flag=True,
    text=Message("Excel の代わりに CSV を書く。", "Write CSV files instead of a workbook."),
)
def init_command(folder: str, as_csv: bool) -> None:
    """Write a starter workspace."""
    from tsunagari.viz.starter.workbook import starter_workbook

    chosen = settings()
    for path in init_workspace(Path(folder), workbook=None if as_csv else starter_workbook()):
        click.echo(path)
    say(Message(f"次は: tsunagari build -w {folder}", f"Next: tsunagari build -w {folder}"), chosen)
