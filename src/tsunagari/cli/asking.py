"""``ask`` and ``query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsunagari.cli.language import current_language, scan_option
from tsunagari.cli.localized import (
    LocalizedArgument,
    LocalizedCommand,
    LocalizedGroup,
    LocalizedOption,
    command,
    option,
)
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import Number, Settings, settings, shared_options
from tsunagari.cli.tables import show_frame
from tsunagari.cli.terminal import say, terminal_width
from tsunagari.errors import Message, Place, QueryError

if TYPE_CHECKING:
    from tsunagari.graph.sparql import Question

SHARED = ("workspace", "at", "stated_by", "timeout", "format", "output")
NO_ROWS = Message("該当する行はありません。", "No rows.")


class QuestionGroup(LocalizedGroup):
    """A group whose commands are the questions, bundled ones and those in ``questions/`` of the workspace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions."""
        return list(self._questions(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the question `cmd_name` a command with an option for each of its parameters."""
        question = self._questions(ctx).get(cmd_name)
        return question_command(question) if question else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Note a workspace named behind the question: it may hold the question itself."""
        workspace = scan_option(args, "-w", "--workspace")
        if workspace is not None:
            ctx.meta["tsunagari.workspace"] = workspace
        return super().resolve_command(ctx, args)

    @staticmethod
    def _questions(ctx: click.Context) -> dict[str, Question]:
        from tsunagari.graph.sparql import all_questions

        return all_questions(questions_folder(str(ctx.meta.get("tsunagari.workspace", "."))))


def questions_folder(workspace: str) -> Path | None:
    """Return where a workspace keeps its own questions; None for a remote graph."""
    return None if "://" in workspace else Path(workspace, "questions")


def question_command(question: Question) -> click.Command:
    """Return the command that asks `question`."""

    def answer(timeout: float, **given: Any) -> None:
        chosen = settings()
        params = {name: value for name, value in given.items() if value is not None}
        try:
            frame = open_graph(chosen).ask(question.name, lang=chosen.lang, at=chosen.at, timeout=timeout, **params)
        except QueryError as error:
            raise _as_usage(error, chosen) from error
        say(Message(question.ja, question.en), chosen)
        readable = [name for name in frame.columns if not name.endswith("_id")]
        show_frame(frame, chosen, columns=readable, width=terminal_width())
        if not len(frame):
            say(NO_ROWS, chosen)

    options = [
        LocalizedOption(
            [option_name(item.name), item.name],
            text=Message(item.ja + "（必須）", item.en + " (required)") if item.required else Message(item.ja, item.en),
            metavar=item.kind.upper(),
        )
        for item in question.parameters
        if item.name not in SHARED
    ]
    made = LocalizedCommand(question.name, callback=answer, params=[], summary=Message(question.ja, question.en))
    shared_options(*SHARED)(made)
    made.params = [*options, *reversed(made.params)]  # decorators add from the last to the first
    return made


def _as_usage(error: QueryError, chosen: Settings) -> Exception:
    """Return a missing parameter as wrong use, called by the name of its option; any other error as it is."""
    from tsunagari.graph.sparql import MissingParameterError

    if not isinstance(error, MissingParameterError):
        return error
    names = {item.name: option_name(item.name) for item in error.missing}
    return click.UsageError(error.message_for(error.missing, names).text(chosen.lang), click.get_current_context())


def option_name(parameter: str) -> str:
    """Return the option for a parameter of a question.

    >>> option_name("fiscal_year")
    '--fiscal-year'
    """
    return f"--{parameter.replace('_', '-')}"


@click.group(
    "ask",
    cls=QuestionGroup,
    invoke_without_command=True,
    subcommand_metavar="[QUESTION] [OPTIONS]",
    details=Message(
        "\b\ntsunagari ask                              質問の一覧\n"
        "tsunagari ask 質問名 --help                その質問の条件\n"
        "tsunagari ask partnership-members --partnership 鳥取 --at 2023-10-01\n\n"
        "名前は一部でもかまいません。作業フォルダーの questions/ に .rq を置くと、自分の質問も加わります。",
        "\b\ntsunagari ask                              lists the questions\n"
        "tsunagari ask QUESTION --help              its parameters\n"
        "tsunagari ask partnership-members --partnership 鳥取 --at 2023-10-01\n\n"
        "Part of a name is enough. Put .rq files into questions/ of the workspace to add your own.",
    ),
)
@shared_options(*SHARED)
@click.pass_context
def ask_command(ctx: click.Context, timeout: float) -> None:  # noqa: ARG001 - for the questions
    """List the questions when none is named."""
    if ctx.invoked_subcommand is not None:
        return
    from tsunagari.graph.sparql import questions

    chosen = settings()
    frame = questions(chosen.lang, folder=questions_folder(chosen.workspace))
    if chosen.format == "table":  # a theme is named once, above its questions; their --help tells the parameters
        frame["theme"] = frame["theme"].mask(frame["theme"].duplicated(), "")
    show_frame(frame, chosen, columns=("theme", "name", "question"), width=terminal_width())
    say(Message("条件は tsunagari ask 質問名 --help", "Parameters: tsunagari ask QUESTION --help"), chosen)


@command(
    "query",
    details=Message(
        "問い合わせは、そのまま書くか、@ファイル名、--file ファイル名、- （標準入力）で渡します。"
        "tsu: skos: org: dct: などの接頭辞は宣言なしで使えます。更新と SERVICE は断ります。"
        "--at を書かないときは、すべての時点の記載が対象です。Ctrl-C で止まります。",
        "Give the query itself, @FILE, --file FILE, or - for standard input. Prefixes such as tsu:, skos: and org: "
        "need no declaration. Updates and SERVICE are refused. "
        "Without --at the statements of every time count. Ctrl-C stops it.",
    ),
)
@click.argument("sparql", cls=LocalizedArgument, metavar="[SPARQL|@FILE|-]", required=False)
@option("--file", "file", metavar="FILE", text=Message("問い合わせを書いたファイル。", "File that holds the query."))
@option(
    "--limit",
    type=Number(int, 0),
    default=1_000_000,
    show_default=True,
    metavar="ROWS",
    text=Message("読む行数の上限。0 は制限なし。", "Read no more rows than this; 0 is no limit."),
)
@shared_options(*("at_or_ever" if name == "at" else name for name in SHARED))
@click.pass_context
def query_command(ctx: click.Context, sparql: str | None, file: str | None, limit: int, timeout: float) -> None:
    """Open, query, show."""
    chosen = settings()
    text = _query_text(ctx, sparql, file)
    graph = open_graph(chosen)
    graph = graph if chosen.at is None else graph.valid_at(chosen.at)
    frame = graph.query(text, timeout=timeout, limit=limit)
    show_frame(frame, chosen, width=terminal_width())
    _say_count(len(frame), chosen)
    if frame.attrs["truncated"]:
        more = Message("まだ続きがあります。--limit で増やせます。", "There are more rows; --limit allows them.")
        say(more, chosen)


def _query_text(ctx: click.Context, sparql: str | None, file: str | None) -> str:
    if sparql is not None and sparql.startswith("@"):
        file, sparql = sparql[1:], None
    if sparql is not None and file is None:
        return sys.stdin.read() if sparql == "-" else sparql
    if file is not None and sparql is None:
        return _read_query(file)
    wrong = Message("問い合わせを 1 つだけ書いてください。", "Give exactly one query.")
    raise click.UsageError(wrong.text(current_language()), ctx)


def _read_query(file: str) -> str:
    """Return the text of a query file.

    Raises
    ------
    QueryError
        It cannot be read or is not UTF-8.
    """
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = _reason(error)
        raise QueryError(
            Message(
                f"問い合わせのファイルを読めません（{reason.ja}）。", f"The query file cannot be read ({reason.en})."
            ),
            Message("名前を確かめ、UTF-8 で保存してください。", "Check its name and save it as UTF-8."),
            Place(file=file),
        ) from error


def _reason(error: OSError | UnicodeDecodeError) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("ファイルがありません", "there is no such file")
    if isinstance(error, IsADirectoryError):
        return Message("フォルダーです", "it is a folder")
    if isinstance(error, PermissionError):
        return Message("読む権限がありません", "no permission to read it")
    if isinstance(error, UnicodeDecodeError):
        return Message(f"{error.start + 1} バイト目が UTF-8 ではありません", f"byte {error.start + 1} is not UTF-8")
    return Message(str(error.strerror), str(error.strerror))


def _say_count(rows: int, chosen: Settings) -> None:
    say(Message(f"{rows:,} 行", f"{rows:,} rows") if rows else NO_ROWS, chosen)
