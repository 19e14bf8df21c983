"""``match``: organisations that may be one, and what people decide about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsunagari.cli.issues.building import build_graph, say_summary
from tsunagari.cli.shell.catalogue import COMMANDS
from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedCommand, LocalizedGroup, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.tables import frame_of, show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message, Place
from tsunagari.loaders.identity import (
    UNDONE,
    VERDICTS,
    append_decisions,
    find_decision,
    new_decisions,
    read_decisions,
    read_ledger,
)

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.loaders.identity import Decision
    from tsunagari.loaders.issues import Issue

SHOWN = ("left", "right", "left_name", "right_name", "score", "reasons")
PLAIN = ("left", "right", "left_name", "right_name", "verdict", "decided_at", "rule", "note")
KEYS = {"y": "same", "n": "different", "u": "unsure"}
ASK = Message("同じ団体ですか [y=同じ n=別 u=保留 s=とばす q=終わる]", "Same body? [y=yes n=no u=unsure s=skip q=quit]")
NOTHING = Message("判断が必要な組はありません。", "No pair needs deciding.")

threshold_option = option(
    "--threshold",
    type=Number(float, 0, 100),
    metavar="N",
    text=Message("この点（0〜100）以上の組だけを示す。", "Only pairs with at least this score (0 to 100)."),
)
build_option = option(
    "--build", is_flag=True, text=Message("続けてグラフを作り直す。", "Build the graph anew afterwards.")
)
note_option = option(
    "--note", default="", metavar="TEXT", text=Message("判断の理由などを残す。", "Keep a remark with the decision.")
)


class MatchGroup(LocalizedGroup):
    """The group of the commands that have to do with matches."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in the order in which they are used."""
        with formatter.section("Commands"):
            names = self.list_commands(ctx)
            formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in names])

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        """Return the names in the order of their definition."""
        return list(self.commands)


@click.group(
    "match",
    cls=MatchGroup,
    invoke_without_command=True,
    summary=COMMANDS["match"],
    details=Message(
        "法人番号、または名前・法人格・区域が一致する団体は自動で 1 つになります。それ以外は自動ではまとめず、"
        "似ている組を点と理由を付けて示すので、人が決めてください。判断は作業フォルダーの matches.csv に残り、"
        "tsunagari build のたびに適用されます。名前だけ実行すると list と同じです。",
        "Organisations with one corporate number, or with one name, legal form and area, become one by themselves. "
        "Nothing else does: similar pairs are shown with a score and the reasons, and a person decides. Decisions are "
        "kept in matches.csv of the workspace and applied by every tsunagari build. Without a command it lists.",
    ),
)
@shared_options("workspace", "format", "output")
@threshold_option
@click.pass_context
def match_command(ctx: click.Context, threshold: float | None) -> None:
    """List when no command is given."""
    if ctx.invoked_subcommand is None:
        list_candidates(threshold)


def subcommand(name: str, ja: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command of the group."""
    made: Callable[[Callable[..., Any]], click.Command] = match_command.command(
        name, cls=LocalizedCommand, summary=Message(ja, en)
    )
    return made


@subcommand(
    "list", "同じ団体かもしれない組を、点の高い順に示す。", "List pairs that may be one, the most likely first."
)
@shared_options("workspace", "format", "output")
@threshold_option
def list_command(threshold: float | None) -> None:
    """List."""
    list_candidates(threshold)


def list_candidates(threshold: float | None) -> None:
    """Show the candidates; as a table without the columns to fill in."""
    chosen = settings()
    frame = open_graph(chosen).match_candidates(threshold=threshold, lang=chosen.lang)
    columns = SHOWN if chosen.format in ("table", "markdown") else tuple(frame.columns)
    show_frame(frame, chosen, columns=columns, width=terminal_width())
    if not len(frame):
        say(NOTHING, chosen)
    for name, count in frame.attrs["cut"]:
        say(
            Message(
                f"「{name}」は {count:,} 団体にあるので、同じ都道府県の中だけで比べました。",
                f"{count:,} organisations share {name!r}; they were compared within each prefecture only.",
            ),
            chosen,
        )


@subcommand(
    "review", "1 組ずつ示して、その場で判断を聞く。", "Show one pair after the other and ask what to do with it."
)
@shared_options("workspace")
@threshold_option
@build_option
@click.pass_context
def review_command(ctx: click.Context, threshold: float | None, build: bool) -> None:
    """Ask; each answer is kept at once, so that nothing is lost when the person stops."""
    chosen = settings()
    graph, decided = open_graph(chosen), 0
    frame = graph.match_candidates(threshold=threshold, lang=chosen.lang)
    for number, row in enumerate(frame.to_dict("records"), start=1):
        click.echo(f"[{number}/{len(frame)}] {row['score']:g}  {row['reasons']}")
        for side in ("left", "right"):
            details = "  ".join(filter(None, (row[f"{side}_place"], row[f"{side}_number"], row[side])))
            click.echo(f"  {row[f'{side}_name']}  {details}")
        answer = _ask(chosen)
        if answer == "q":
            break
        if answer in KEYS:
            graph.decide(row["left"], row["right"], KEYS[answer], day=date.today(), rule=row["reasons"])
            decided += 1
    _say_kept(ctx, chosen, decided, build=build)


def _ask(chosen: Settings) -> str:
    while True:
        answer = click.prompt(ASK.text(chosen.lang), default="s", show_default=False, prompt_suffix=": ")
        if answer.strip().lower() in (*KEYS, "s", "q"):
            return str(answer).strip().lower()


def _verdict_command(name: str, verdict: str, ja: str, en: str) -> None:
    """Add the command that gives a verdict about two organisations."""

    @subcommand(name, ja, en)
    @click.argument("left", cls=LocalizedArgument, metavar="LEFT")
    @click.argument("right", cls=LocalizedArgument, metavar="RIGHT")
    @shared_options("workspace")
    @note_option
    @build_option
    @click.pass_context
    def decide_command(ctx: click.Context, left: str, right: str, note: str, build: bool) -> None:
        chosen = settings()
        decision = open_graph(chosen).decide(left, right, verdict, day=date.today(), note=note)
        _say_decision(decision, chosen)
        _say_kept(ctx, chosen, 1, build=build)


_verdict_command("accept", "same", "2 つは同じ団体だと判断する。", "Decide that two organisations are the same.")
_verdict_command("reject", "different", "2 つは別の団体だと判断する。", "Decide that two organisations are different.")
_verdict_command("unsure", "unsure", "まだ決められないとして残す。", "Keep that nobody can decide yet.")


@subcommand("undo", "2 つについての判断を取り消す。", "Take back what was decided about two organisations.")
@click.argument("left", cls=LocalizedArgument, metavar="LEFT")
@click.argument("right", cls=LocalizedArgument, metavar="RIGHT")
@shared_options("workspace")
@note_option
@build_option
@click.pass_context
def undo_command(ctx: click.Context, left: str, right: str, note: str, build: bool) -> None:
    """Add a row that takes a decision back; the history stays."""
    chosen = settings()
    folder = Path(chosen.workspace)
    known = find_decision(read_ledger(folder), left, right)
    taken_back = replace(known, verdict=UNDONE, decided_at=date.today(), rule="", note=note)
    append_decisions(folder, [taken_back])
    _say_decision(taken_back, chosen)
    _say_kept(ctx, chosen, 1, build=build)


@subcommand("log", "これまでの判断を示す。", "List what was decided.")
@shared_options("workspace", "format", "output")
def log_command() -> None:
    """Show the ledger, the history included."""
    chosen = settings()
    ledger = read_ledger(Path(chosen.workspace))
    show_frame(_decision_frame(ledger.history), chosen, columns=PLAIN, width=terminal_width())
    _say_issues(ledger.issues, chosen)


@subcommand(
    "export",
    "候補を CSV に書き出す。verdict の列に「同じ」「別」「保留」を書いて import で戻す。",
    "Write the candidates as CSV; fill the column verdict with same, different or unsure and give it to import.",
)
@shared_options("workspace", "output")
@threshold_option
def export_command(threshold: float | None) -> None:
    """Write the candidates for a person with a spreadsheet."""
    chosen = settings(suffixes=(".csv",))
    frame = open_graph(chosen).match_candidates(threshold=threshold, lang=chosen.lang)
    show_frame(frame, replace(chosen, format="csv"), columns=tuple(frame.columns))
    say(Message(f"{len(frame):,} 組を書き出しました。", f"{len(frame):,} pairs written."), chosen)


@subcommand(
    "import", "書き込んだ CSV の判断を取り込む。", "Take over the decisions from a CSV file that was filled in."
)
@click.argument("file", cls=LocalizedArgument, metavar="FILE")
@shared_options("workspace")
@option(
    "--dry-run",
    is_flag=True,
    text=Message("取り込まれる判断を示すだけにする。", "Only show which decisions would be taken over."),
)
@build_option
@click.pass_context
def import_command(ctx: click.Context, file: str, dry_run: bool, build: bool) -> None:
    """Append what is new in the file to the ledger."""
    chosen = settings()
    folder = Path(chosen.workspace)
    given = read_decisions(Path(file))
    _say_issues(given.issues, chosen)
    found = [
        decision if decision.decided_at else replace(decision, decided_at=date.today())
        for decision in new_decisions(read_ledger(folder), given)
    ]
    if dry_run:
        show_frame(_decision_frame(found), chosen, columns=PLAIN, width=terminal_width())
        say(
            Message(
                f"{len(found):,} 件の判断を取り込みます（まだ書いていません）。",
                f"{len(found):,} decisions would be taken over; nothing was written.",
            ),
            chosen,
        )
    else:
        append_decisions(folder, found)
        _say_kept(ctx, chosen, len(found), build=build)
    if any(issue.severity == "error" for issue in given.issues):
        ctx.exit(1)


def _decision_frame(decisions: Sequence[Decision]) -> pd.DataFrame:
    return frame_of(([getattr(decision, name) for name in PLAIN] for decision in decisions), PLAIN)


def _say_issues(issues: Sequence[Issue], chosen: Settings) -> None:
    for issue in issues:
        place = Place(issue.file, issue.sheet, issue.row, issue.column).text(chosen.lang)
        say(f"{issue.message.text(chosen.lang)} ({place}) {issue.hint.text(chosen.lang)}", chosen)


def _say_decision(decision: Decision, chosen: Settings) -> None:
    words = VERDICTS[decision.verdict]
    names = decision.left_name or decision.left, decision.right_name or decision.right
    say(
        Message(f"「{names[0]}」と「{names[1]}」: {words.ja}", f"{names[0]!r} and {names[1]!r}: {words.en}"),
        chosen,
    )


def _say_kept(ctx: click.Context, chosen: Settings, count: int, *, build: bool) -> None:
    """Say what to do next, or do it."""
    if build and count:
        say_summary(build_graph(ctx, chosen), chosen)
        return
    say(
        Message(
            f"{count:,} 件の判断を残しました。tsunagari build -w {chosen.workspace} で反映されます。",
            f"{count:,} decisions kept; tsunagari build -w {chosen.workspace} applies them.",
        )
        if count
        else Message("新しい判断はありません。", "No new decisions."),
        chosen,
    )
