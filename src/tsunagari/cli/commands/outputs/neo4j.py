"""``neo4j``: the graph in a shared Neo4j database."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsunagari.cli.shell.catalogue import COMMANDS
from tsunagari.cli.shell.localized import (
    Decorated,
    LocalizedArgument,
    LocalizedCommand,
    LocalizedGroup,
    LocalizedOption,
)
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.output import emit_bytes
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import busy, progress_bar, say, terminal_width
from tsunagari.errors import Message, StoreError

if TYPE_CHECKING:
    from tsunagari.graph.neo4j import Address

PULL_FORMATS = {".nq": "nquads", ".trig": "trig", ".ttl": "turtle", ".jsonld": "jsonld"}
KINDS = {
    "nodes": Message("ノード", "nodes"),
    "relationships": Message("関係", "relationships"),
    "shortcuts": Message("人のための近道", "shortcuts for people"),
}
HEADINGS = {
    "kind": Message("種類", "Kind"),
    "created": Message("追加", "Created"),
    "changed": Message("変更", "Changed"),
    "deleted": Message("削除", "Deleted"),
    "total": Message("合計", "Total"),
    "batch": Message("組", "Batch"),
    "first": Message("最初の主語", "First subject"),
    "here": Message("手元の記載", "Here"),
    "there": Message("先方の記載", "There"),
    "equal": Message("一致", "Equal"),
    "example": Message("違う例", "Example"),
    "fact": Message("項目", "Fact"),
    "value": Message("値", "Value"),
}


@click.group(
    "neo4j",
    cls=LocalizedGroup,
    summary=COMMANDS["neo4j"],
    details=Message(
        "\b\ntsunagari neo4j push bolt://localhost:7687 -w my-town   送る（違うところだけ）\n"
        "tsunagari neo4j verify bolt://localhost:7687 -w my-town 照合する\n"
        "tsunagari neo4j pull bolt://localhost:7687 -o graph.nq  読み戻す\n"
        "tsunagari neo4j status bolt://localhost:7687            何が入っているか\n\n"
        "パスワードは環境変数 NEO4J_PASSWORD か --password-file で渡します。どちらもなければ尋ねます。",
        "\b\ntsunagari neo4j push bolt://localhost:7687 -w my-town    send it (only what differs)\n"
        "tsunagari neo4j verify bolt://localhost:7687 -w my-town  compare\n"
        "tsunagari neo4j pull bolt://localhost:7687 -o graph.nq   read it back\n"
        "tsunagari neo4j status bolt://localhost:7687             what is in it\n\n"
        "The password comes from the variable NEO4J_PASSWORD or --password-file; without either you are asked for it.",
    ),
)
@shared_options()
def neo4j_command() -> None:
    """Nothing by itself."""


def database_options(function: Decorated) -> Decorated:
    """Add what says which database, and who asks."""
    choices = (
        (
            "--user",
            {"metavar": "NAME"},
            Message(
                "利用者名。省略すると NEO4J_USERNAME、なければ neo4j。",
                "The user. Default: NEO4J_USERNAME, else neo4j.",
            ),
        ),
        (
            "--password-file",
            {"metavar": "FILE"},
            Message("パスワードだけを書いたファイル。", "A file that holds the password and nothing else."),
        ),
        (
            "--database",
            {"metavar": "NAME", "default": "neo4j", "show_default": True},
            Message("データベースの名前。", "Name of the database."),
        ),
        (
            "--ca",
            {"metavar": "FILE"},
            Message(
                "サーバーの証明書に署名した認証局の証明書（PEM）。",
                "Certificate (PEM) of the authority that signed the server's.",
            ),
        ),
    )
    for name, attributes, text in reversed(choices):
        function = click.option(name, cls=LocalizedOption, text=text, **attributes)(function)
    return click.argument("url", cls=LocalizedArgument, metavar="URL")(function)


def part(name: str, summary: Message) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a part of the command."""
    return neo4j_command.command(name, cls=LocalizedCommand, summary=summary)


@part("push", Message("グラフを送る。違うところだけを書く。", "Send the graph; only what differs is written."))
@database_options
@click.option(
    "--dry-run",
    cls=LocalizedOption,
    is_flag=True,
    text=Message("何も書かず、何が変わるかだけを示す。", "Write nothing; show what would change."),
)
@click.option(
    "--replace",
    cls=LocalizedOption,
    is_flag=True,
    text=Message(
        "別の作業フォルダーのグラフも置き換え、すべてを書き直す。",
        "Replace the graph of another workspace too, and write everything anew.",
    ),
)
@shared_options("workspace", "stated_by", "public", "format", "output")
def push_command(url: str, dry_run: bool, replace: bool, **who: str | None) -> None:
    """Open, push, show."""
    from tsunagari.graph.neo4j import push

    chosen = settings()
    address = _address(url, chosen, **who)
    graph = open_graph(chosen)
    with progress_bar(chosen) as progress:
        frame = push(
            graph._reader, graph.title, address, dry_run=dry_run, replace=replace, progress=progress, lang=chosen.lang
        )
    if frame.attrs["unchanged"]:
        say(Message("変わりありません。何も書いていません。", "Nothing has changed; nothing was written."), chosen)
    elif dry_run:
        say(Message("試しの結果です。何も書いていません。", "A rehearsal: nothing was written."), chosen)
    if frame.attrs["foreign"]:
        other = f"{frame.attrs['foreign']:,}"
        say(
            Message(f"ほかのノード {other} 個には触れていません。", f"{other} nodes of other people were not touched."),
            chosen,
        )
    if chosen.format == "table":
        frame = frame.assign(kind=[KINDS[kind].text(chosen.lang) for kind in frame["kind"]])
    _show(frame, chosen)


@part("pull", Message("グラフを読み戻し、RDF のファイルに書く。", "Read the graph back into an RDF file."))
@database_options
@shared_options("output")
def pull_command(url: str, **who: str | None) -> None:
    """Pull, write."""
    from tsunagari.graph.knowledge import open_database

    chosen = settings(suffixes=tuple(PULL_FORMATS))
    suffix = Path(chosen.output or ".nq").suffix.lower()
    address = _address(url, chosen, **who)
    with busy(Message("Neo4j から読み込み中", "reading from Neo4j"), chosen):
        graph = open_database(address)
        data = graph.export(PULL_FORMATS.get(suffix, "nquads"))
    assert isinstance(data, bytes)
    emit_bytes(data, chosen.output)


@part(
    "verify",
    Message("手元のグラフと記載ごとに照合する。違えば終了コード 1。", "Compare with the graph here; exit 1 if unlike."),
)
@database_options
@shared_options("workspace", "stated_by", "public", "format", "output")
def verify_command(url: str, **who: str | None) -> None:
    """Open, compare, show."""
    from tsunagari.graph.neo4j import verify

    chosen = settings()
    address = _address(url, chosen, **who)
    graph = open_graph(chosen)
    with busy(Message("照合中", "comparing"), chosen):
        frame = verify(graph._reader, address)
    _show(frame, chosen)
    if not frame["equal"].all():
        raise StoreError(
            Message(f"{url} は手元のグラフと違います。", f"{url} differs from the graph here."),
            Message(
                "`tsunagari neo4j push` で合わせてください。ほかの人が値を書き換えたときは --replace を付けます。",
                "Bring it up to date by `tsunagari neo4j push`, with --replace where somebody else changed values.",
            ),
        )
    say(Message("すべて一致しました。", "Everything is equal."), chosen)


@part("status", Message("データベースに何が入っているかを示す。", "Show what the database holds."))
@database_options
@shared_options("format", "output")
def status_command(url: str, **who: str | None) -> None:
    """Ask, show."""
    from tsunagari.graph.neo4j import status

    chosen = settings()
    _show(status(_address(url, chosen, **who)), chosen)


def _show(frame: Any, chosen: Settings) -> None:
    frame.attrs["column_labels"] = {name: HEADINGS[name].text(chosen.lang) for name in frame.columns}
    show_frame(frame, chosen, width=terminal_width())


def _address(
    url: str,
    chosen: Settings,
    *,
    user: str | None = None,
    password_file: str | None = None,
    database: str | None = None,
    ca: str | None = None,
) -> Address:
    from tsunagari.graph.neo4j import PASSWORD_VARIABLE, address_of

    found = address_of(url, user=user, database=database, ca=ca)  # a wrong address is told before anybody is asked
    password = os.environ.get(PASSWORD_VARIABLE) if password_file is None else _password_in(password_file)
    if password is None and sys.stdin.isatty():
        asked = Message(f"{found.user or 'neo4j'} のパスワード", f"Password of {found.user or 'neo4j'}")
        password = click.prompt(asked.text(chosen.lang), hide_input=True, default="", show_default=False, err=True)
    return address_of(url, user=user, password=password or None, database=database, ca=ca)


def _password_in(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            Message(f"パスワードのファイルを読めません: {file}", f"The password file cannot be read: {file}"),
            Message("UTF-8 のファイルを指定してください。", "Name a file in UTF-8."),
        ) from error
