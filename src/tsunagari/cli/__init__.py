"""The command line: open a graph, call one public function, show what it gives.

Data goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from tsunagari.cli.shell.failures import end_on_signals, run_and_exit
from tsunagari.cli.shell.localized import LazyGroup, option
from tsunagari.cli.shell.options import shared_options
from tsunagari.cli.shell.terminal import prepare_streams
from tsunagari.errors import Message

PROGRAM = "tsunagari"
COMPLETION_VARIABLE = "_TSUNAGARI_COMPLETE"
VERSION = Message("版を表示して終わる。", "Show the version and exit.")


def show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    """Print the version and end."""
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"{PROGRAM} {version('tsunagari')}")
        ctx.exit()


class Program(LazyGroup):
    """The root command; run on its own it turns every outcome into an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command with `args` (default: those of the process) and exit."""
        given = list(sys.argv[1:] if args is None else args)
        names = prog_name or PROGRAM, complete_var or COMPLETION_VARIABLE

        def run() -> Any:
            return super(Program, self).main(given, *names, standalone_mode=False, **extra)

        return run_and_exit(run, given) if standalone_mode else run()


@click.group(
    "tsunagari",
    cls=Program,
    invoke_without_command=True,
    summary=Message(
        "孤独・孤立対策の官民連携プラットフォームの名簿や一覧表から、支援の空白と橋渡し団体を見つけます。",
        "Find where support does not reach and who holds the network together, from the lists that public-private "
        "platforms against loneliness and isolation already keep.",
    ),
    details=Message(
        "はじめての方は tsunagari demo を実行してください。自分の一覧表には init、add、build の順に。",
        "New here? Run tsunagari demo. For your own lists: init, then add, then build.",
    ),
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, text=VERSION)
@shared_options("workspace")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Show the help when no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the command line with the arguments of the process."""
    prepare_streams()
    end_on_signals()
    cli.main()
    raise AssertionError  # main() always exits
