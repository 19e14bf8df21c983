"""``add``: lists into a workspace, with what has to be asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.shell.inspection_page import finding_lines, kind_line, near_lines, sample_lines
from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Day
from tsunagari.cli.shell.terminal import busy, say, say_next
from tsunagari.errors import Message, WorkspaceError
from tsunagari.loaders.adding import (
    COPY,
    KNOWN,
    NEW,
    UNREADABLE,
    Answers,
    Change,
    declared_platforms,
    find_lists,
    free_names,
    look_at,
    passed_over,
    without_copies,
    write_change,
)
from tsunagari.loaders.values import UnreadableDateError, parse_date

if TYPE_CHECKING:
    from tsunagari.loaders.adding import Addition, Answers, Change

ALONE = 3  # files of which each is shown with its rows
MANY = 8  # files of which each is shown with what was found; of more the findings are put together
SHOWN = 8  # names of what is not looked at
FINDINGS = 4  # kinds of findings shown of one file
ASK_PLATFORM = Message("プラットフォームの名前か ID", "Name or id of the platform")
ASK_DAY = Message(
    "いつ現在の一覧ですか（例 2025-04-01。分からなければ Enter）", "As of which day (2025-04-01; Enter if not known)"
)
ASK_CLOSED = Message(
    "全員・全件を載せた完全な一覧ですか（y / n。分からなければ Enter）",
    "Is the list complete (y / n; Enter if not known)",
)


@command(
    "add",
    details=Message(
        "一覧表のファイル、またはフォルダーを作業フォルダーに加えます。種類を見分け、分からないこと（プラットフォーム・日付・完全か）だけを尋ね、"
        "tsunagari.toml に [[source]] を書きます。作業フォルダーがなければ作り、init の記入例だけの一覧は外します。"
        "外のファイルは作業フォルダーに写します。",
        "Adds files, or the lists of a folder, to the workspace: tells their kinds, asks only what it cannot know "
        "(platform, day, whether complete) and writes the [[source]]. Makes the workspace where there is none, takes "
        "out lists that hold only the examples of `init`, and copies files from elsewhere into it.",
    ),
)
@click.argument("paths", cls=LocalizedArgument, metavar="FILE…|FOLDER", nargs=-1, required=True, type=click.Path())
@option(
    "--platform",
    metavar="NAME",
    text=Message("名簿のプラットフォーム（名前か ID）。", "Platform of the lists (name or id)."),
)
@option(
    "--area",
    "areas",
    multiple=True,
    metavar="AREA",
    text=Message("新しい作業フォルダーで調べる区域（何度でも）。", "Area that a new workspace is about (repeatable)."),
)
@option("--as-of", "as_of", type=Day(), metavar="DATE", text=Message("一覧が表す日。", "Day that the lists speak of."))
@option(
    "--complete/--partial",
    "closed",
    default=None,
    text=Message("完全な一覧か、一部の一覧か。", "Whether the lists are complete."),
)
@option("--yes", is_flag=True, text=Message("何も尋ねない（スクリプト用）。", "Ask nothing (for scripts)."))
@option(
    "--dry-run", is_flag=True, text=Message("何も書かずに、することを示す。", "Show what would be done; write nothing.")
)
@shared_options("workspace")
def add_command(
    paths: tuple[str, ...],
    platform: str | None,
    areas: tuple[str, ...],
    as_of: date | None,
    closed: bool | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Add lists to a workspace."""
    chosen = settings()
    folder = Path(chosen.workspace)
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise WorkspaceError(
            Message(f"{missing[0]} がありません。", f"There is no {missing[0]}."),
            Message("名前を確かめてください。", "Check the name."),
        )
    files = find_lists(map(Path, paths))
    looked = []
    with busy(Message(f"{len(files)} 個のファイルを見ています", f"Looking at {len(files)} files"), chosen):
        found = [look_at(path, folder, of_members=platform is not None, lang=chosen.lang) for path in files]
        looked = free_names(without_copies([item for items in found for item in items], folder), folder)
    _say_passed_over(passed_over(map(Path, paths)), chosen)
    asks = not (yes or dry_run) and sys.stdin.isatty()
    given = Answers(platform, as_of, closed)
    change = _change(looked, folder, given, areas, asks=asks, chosen=chosen)
    for addition in looked:
        _show(addition, change, chosen, most=ALONE if len(looked) <= ALONE else MANY if len(looked) <= MANY else None)
    if len(looked) > MANY:
        told = (issue for item, _ in change.added for issue in (item.found.issues if item.found else ()))
        whatever_file = [replace(issue, file=None, sheet=None) for issue in told]
        click.echo("\n".join(finding_lines(whatever_file, chosen.lang, most=None if chosen.verbose else FINDINGS)))
    if dry_run:
        say(Message("何も書いていません（--dry-run）。", "Nothing was written (--dry-run)."), chosen)
        return
    gone = write_change(change) if change.added else []
    _say_end(change, looked, gone, chosen)


def _change(
    looked: Sequence[Addition], folder: Path, given: Answers, areas: tuple[str, ...], *, asks: bool, chosen: Settings
) -> Change:
    known = declared_platforms(folder)
    change = Change(folder, areas=areas)
    for addition in looked:
        if addition.state == NEW:
            answers = _answers(addition, given, known, asks=asks, chosen=chosen)
            if answers.platform or not addition.needs_platform:
                change.added.append((addition, answers))
            if answers.platform and addition.needs_platform and answers.platform not in known:
                change.platform, known = answers.platform, [*known, answers.platform]
    return change


def _answers(addition: Addition, given: Answers, known: Sequence[str], *, asks: bool, chosen: Settings) -> Answers:
    """Return what was given, else what the list or the workspace tells, else what the person answers."""
    said = replace(given, as_of=given.as_of or addition.as_of)
    if addition.needs_platform and not said.platform:
        only = known[0] if len(known) == 1 else None
        if asks:
            listed = (
                f"（{'、'.join(known)}）"
                if known and chosen.lang == "ja"
                else f" ({', '.join(known)})"
                if known
                else ""
            )
            text = f"{addition.file}: {ASK_PLATFORM.text(chosen.lang)}{listed}"
            only = click.prompt(text, default=only or "", show_default=bool(only), err=True).strip() or None
        said = replace(said, platform=only)
    if asks and said.as_of is None:
        said = replace(said, as_of=_ask_day(addition, chosen))
    if asks and said.closed is None:
        answer = click.prompt(
            f"{addition.file}: {ASK_CLOSED.text(chosen.lang)}", default="", show_default=False, err=True
        )
        said = replace(said, closed={"y": True, "n": False}.get(answer.strip().lower()[:1]))
    return said


def _ask_day(addition: Addition, chosen: Settings) -> date | None:
    while True:
        text = click.prompt(f"{addition.file}: {ASK_DAY.text(chosen.lang)}", default="", show_default=False, err=True)
        if not text.strip():
            return None
        try:
            found = parse_date(text).value
        except UnreadableDateError:
            found = None
        if found is not None:
            return found


def _show(addition: Addition, change: Change, chosen: Settings, *, most: int | None) -> None:
    """Print what becomes of a file: one line, for some files what was found, for few three rows as understood."""
    lang = chosen.lang
    is_added = any(other is addition for other, _ in change.added)
    if addition.state == KNOWN:
        text = Message("もう加えてあります", "is there already").text(lang)
    elif addition.state == COPY:
        text = Message(f"{addition.same_as} と同じ内容なので加えません", f"is a copy of {addition.same_as}").text(lang)
    elif addition.state == UNREADABLE and addition.problem is not None:
        text = Message("読めません: ", "cannot be read: ").text(lang) + addition.problem.message.text(lang)
    elif addition.found is not None and not addition.found.tables:
        text = "\n".join([Message("加えません", "not added").text(lang), *near_lines(addition.found, lang)])
    elif not is_added:
        text = Message(
            "加えません。どのプラットフォームの名簿か分かりません。--platform で指定してください。",
            "not added: name the platform of the list with --platform.",
        ).text(lang)
    else:
        assert addition.found is not None
        text = "\n".join(
            [
                kind_line(addition.found, lang),
                *(_details(addition, lang) if most == ALONE else _counts(addition, lang) if most else ()),
            ]
        )
    mark = "＋" if is_added else "－"
    click.echo(f"{mark} {addition.shown}: {text}")


def _details(addition: Addition, lang: str) -> list[str]:
    found = addition.found
    assert found is not None
    return [*(line for table in found.tables[:1] for line in sample_lines(table, lang)), *_counts(addition, lang)]


def _counts(addition: Addition, lang: str) -> list[str]:
    """Return the kinds of findings of a file, the most serious and frequent first."""
    assert addition.found is not None
    most = None if settings().verbose else FINDINGS
    return finding_lines(addition.found.issues, lang, most=most, indent="    ")


def _say_passed_over(names: Sequence[str], chosen: Settings) -> None:
    """Name what of a folder is not looked at."""
    if names:
        listed = "、".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
        say(
            Message(
                f"中のフォルダーと、一覧表でない形式のファイルは見ていません（{len(names)} 個）: {listed}",
                f"Folders inside and files in other formats were not looked at ({len(names)}): {listed}",
            ),
            chosen,
        )


def _say_end(change: Change, looked: Sequence[Addition], gone: Sequence[str], chosen: Settings) -> None:
    if gone:
        listed = "、".join(gone)
        say(Message(f"init の記入例を外しました: {listed}", f"Examples of init were taken out: {listed}"), chosen)
    added, others = len(change.added), len(looked) - len(change.added)
    say(
        Message(
            f"{added} 個を加えました。" + (f"{others} 個は加えていません。" if others else ""),
            f"{added} added." + (f" {others} not added." if others else ""),
        ),
        chosen,
    )
    if added:
        say_next(f"tsunagari build -w {change.folder}", chosen)
