"""``report``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import click

from tsunagari.cli.shell.localized import LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Day
from tsunagari.cli.shell.pictures import default_folder, write_picture
from tsunagari.cli.shell.ranked import NO_MUNICIPALITY
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message

FORMS = ("xlsx", "html", "docx", "md", "json", "csv")
SUFFIXES = (".xlsx", ".html", ".htm", ".docx", ".md", ".json", ".csv")
EACH = ("municipality",)
APART = Message("--since は xlsx の報告で、--each なしで使います。", "--since goes with xlsx, and not with --each.")


@command(
    "report",
    details=Message(
        "\b\n"
        "tsunagari report -o 報告.docx                       Word。1枚目だけで分かる\n"
        "tsunagari report -o 報告.docx --template 用紙.docx  自治体の用紙に書く\n"
        "tsunagari report --area 鳥取市 -o 鳥取市.docx       その市区町村の1枚\n"
        "tsunagari report --each municipality -o 市町村別/   どの市区町村も1枚ずつ\n\n"
        "形は -o の拡張子で決まります（xlsx html docx md json csv）。"
        "文中の数は、数えた行へのリンクです。csv は空白一覧です。"
        "-o を省略すると作業フォルダーの out/ に書き、その場所を表示します。",
        "\b\n"
        "tsunagari report -o report.docx                   page one stands alone\n"
        "tsunagari report -o r.docx --template paper.docx  on the letterhead of a body\n"
        "tsunagari report --area 鳥取市 -o tottori.docx    one page about it\n"
        "tsunagari report --each municipality -o pages/    one such page for each\n\n"
        "The ending of -o decides the form (xlsx html docx md json csv). A number in a sentence is a link to the rows "
        "it counts. csv holds the list of gaps. Without -o it is written to out/ in the workspace; its place is "
        "printed.",
    ),
)
@shared_options("workspace", *COMPOSED, "output")
@option(
    "--format",
    "form",
    type=LocalizedChoice(FORMS),
    text=Message(
        "報告の形。省略すると -o の拡張子から、なければ xlsx（--each は docx）。",
        "Form of the report. Default: by the ending of -o, else xlsx (docx with --each).",
    ),
)
@option(
    "--since",
    type=Day(),
    metavar="YYYY-MM-DD",
    text=Message("この日からの変化のシートも加える（xlsx）。", "Add a sheet of what changed since this day (xlsx)."),
)
@option(
    "--each",
    type=LocalizedChoice(EACH),
    text=Message(
        "市区町村ごとに1枚ずつ、-o のフォルダーに書く。", "Write a page for each municipality into the folder of -o."
    ),
)
@option(
    "--template",
    type=click.Path(),
    metavar="FILE",
    text=Message(
        "用紙にする Word の文書（docx）。その後ろに書く。", "A Word file with your letterhead to write into (docx)."
    ),
)
def report_command(form: str | None, since: date | None, each: str | None, template: str | None) -> None:
    """Open, write the report."""
    from tsunagari.viz.report.write import write_each, write_report

    if each is not None:
        each_of = partial(write_each, form=form or "docx", template=template)
        _write_each(each_of, settings(suffixes=(), folder=True), since)
        return
    chosen = settings(suffixes=SUFFIXES if form is None else (f".{form}",))
    known = form or (Path(chosen.output).suffix[1:].lower() if chosen.output not in (None, "-") else "xlsx")
    known = "html" if known == "htm" else known
    if since is not None and known != "xlsx":
        raise click.UsageError(APART.text(chosen.lang), click.get_current_context())
    write = partial(write_report, form=known if known in FORMS else None, since=since, template=template)
    write_picture(write, f"report.{known}", chosen)


def _write_each(write: Callable[..., list[Path]], chosen: Settings, since: date | None) -> None:
    if since is not None:
        raise click.UsageError(APART.text(chosen.lang), click.get_current_context())
    folder = Path(chosen.output) if chosen.output else default_folder(chosen) / "municipalities"
    written = write(open_graph(chosen), folder, lang=chosen.lang, at=chosen.at)
    for path in written:
        click.echo(path)
    if not written:
        say(NO_MUNICIPALITY, chosen)
