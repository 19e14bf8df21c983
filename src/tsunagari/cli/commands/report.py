"""``report``."""

from __future__ import annotations

from datetime import date
from functools import partial

from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.options import COMPOSED, Day, settings, shared_options
from tsunagari.cli.shell.pictures import WHERE, write_picture
from tsunagari.errors import Message


@command("report", details=WHERE)
@shared_options("workspace", *COMPOSED, "output")
@option(
    "--since",
    type=Day(),
    metavar="YYYY-MM-DD",
    text=Message("この日からの変化のシートも加える。", "Add a sheet of what changed since this day."),
)
def report_command(since: date | None) -> None:
    """Open, write the workbook."""
    from tsunagari.viz.report.workbook import write_report

    write_picture(partial(write_report, since=since), "report.xlsx", settings(suffixes=(".xlsx",)))
