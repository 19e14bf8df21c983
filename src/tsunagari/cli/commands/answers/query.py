"""``query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tsunagari.cli.shell.asking import NO_ROWS, SHARED
from tsunagari.cli.shell.language import current_language
from tsunagari.cli.shell.localized import (
    LocalizedArgument,
    command,
    option,
)
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message, Place, QueryError


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
