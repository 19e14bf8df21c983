"""The options that several commands share, and the settings they add up to.

An option of the root may stand before or after the command's name (``tsunagari -w lists gaps`` is ``tsunagari gaps -w
lists``): what is given is noted in the context, and `settings` reads the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from tsunagari.cli.shell.language import LANGUAGES, current_language, remember_language
from tsunagari.cli.shell.localized import Decorated, LocalizedChoice, option
from tsunagari.cli.shell.output import checked_output
from tsunagari.cli.shell.parameter_types import Day, Number
from tsunagari.cli.shell.suggestions import complete_areas, complete_fields
from tsunagari.errors import Message

WORKBOOK = "xlsx"
FORMATS = ("table", "csv", "json", "markdown", "parquet", WORKBOOK)
SUFFIXES = dict(zip((".txt", ".csv", ".json", ".md", ".parquet", ".xlsx"), FORMATS, strict=True))
STATUSES = ("multiple", "single", "wide_only", "none", "unknown", "withheld")
_META = "tsunagari."


@dataclass(frozen=True, slots=True)
class Settings:
    """What the shared options say.

    Parameters
    ----------
    workspace
        Folder of the workspace, or the address of a SPARQL endpoint.
    at
        Day the answer is for; None for the workspace's own ``as_of``.
    stated_by
        Day after which sources do not count; None counts every source.
    public
        Whether to leave out members that are not to be named.
    lang
        ``"ja"`` or ``"en"``.
    format
        Layout of a table, one of `FORMATS`.
    output
        File the result goes to; None or ``"-"`` for standard output.
    quiet, verbose, strict
        Say less, say more, let issues fail the command.
    areas, fields, statuses
        What the answer is about; None for all of it.
    top
        The first so many rows of what is ranked; None as the command sees fit.
    everything
        Whether a table on the screen has every row.
    explain
        Whether a table is explained.
    user, ca, patience
        Who asks a server, whose certificate is trusted, and the seconds to wait for it; None for what the environment
        and the server's kind say.
    """

    workspace: str
    at: date | None
    stated_by: date | None
    public: bool
    lang: str
    format: str
    output: str | None
    quiet: bool
    verbose: bool
    strict: bool
    areas: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    top: int | None = None
    everything: bool = False
    explain: bool = False
    user: str | None = None
    ca: str | None = None
    patience: float | None = None

    def for_workspace(self, workspace: Path | str) -> Settings:
        """Return the same settings for another workspace."""
        return replace(self, workspace=str(workspace))

    def on_screen(self) -> Settings:
        """Return the settings of a table that is only to be looked at."""
        return replace(self, format=FORMATS[0], output=None)


def settings(*, suffixes: Sequence[str] | None = None, folder: bool = False) -> Settings:
    """Return the settings of the command that is running, once its output is known to be a place to write to.

    Parameters
    ----------
    suffixes
        Endings that ``-o`` may have; None takes those of the formats that the command has, or of the one that
        ``--format`` names.
    folder
        Whether ``-o`` may name a folder.

    Raises
    ------
    OutputError, UsageError
        See `checked_output`.
    """
    context = click.get_current_context()
    meta = context.meta
    layouts, chosen = _layouts(context), meta.get(_META + "format")
    fitting = {chosen} if chosen in (None, "parquet", WORKBOOK) else {chosen, FORMATS[0]}  # any text may be .txt
    usual = tuple(suffix for suffix, form in SUFFIXES.items() if form in (fitting if chosen else layouts))
    workspace = meta.get(_META + "workspace", ".")
    output = checked_output(
        meta.get(_META + "output"),
        suffixes=usual if suffixes is None else suffixes,
        bare=chosen is not None or suffixes is not None,
        folder=folder,
        workspace=workspace,
        force=meta.get(_META + "force", False),
    )
    by_suffix = SUFFIXES.get(Path(output).suffix.lower(), FORMATS[0]) if output else FORMATS[0]
    return Settings(
        workspace=workspace,
        at=meta.get(_META + "at"),
        areas=meta.get(_META + "areas"),
        fields=meta.get(_META + "fields"),
        statuses=meta.get(_META + "statuses"),
        top=meta.get(_META + "top"),
        everything=meta.get(_META + "everything", False),
        explain=meta.get(_META + "explain", False),
        stated_by=meta.get(_META + "stated_by"),
        public=meta.get(_META + "public", False),
        lang=current_language(),
        format=chosen or (by_suffix if by_suffix in layouts else FORMATS[0]),
        output=output,
        quiet=meta.get(_META + "quiet", False),
        verbose=meta.get(_META + "verbose", False),
        strict=meta.get(_META + "strict", False),
        user=meta.get(_META + "user"),
        ca=meta.get(_META + "ca"),
        patience=meta.get(_META + "patience", context.params.get("timeout")),
    )


def _layouts(context: click.Context) -> Sequence[str]:
    """Return the formats that the command takes."""
    choices = (param.type for param in context.command.params if param.name == "format")
    return next((choice.choices for choice in choices if isinstance(choice, click.Choice)), FORMATS)


def _note(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and value is not False and value != ():
        ctx.meta[f"{_META}{param.name}"] = value


def _note_language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        remember_language(ctx, value)


def _noted(*declarations: str, text: Message, **attributes: Any) -> Callable[[Decorated], Decorated]:
    return option(*declarations, text=text, expose_value=False, callback=_note, **attributes)


SHARED: dict[str, Callable[[Any], Any]] = {
    "workspace": _noted(
        "-w",
        "--workspace",
        metavar="DIR",
        is_eager=True,
        text=Message(
            "作業フォルダー。省略すると今のフォルダー。", "The workspace folder. Default: the current folder."
        ),
    ),
    "at": _noted(
        "--at",
        type=Day(),
        metavar="YYYY-MM-DD",
        text=Message(
            "この日の時点で答える。省略すると作業フォルダーの as_of。",
            "Answer as of this day. Default: as_of of the workspace.",
        ),
    ),
    "at_or_ever": _noted(
        "--at",
        type=Day(),
        metavar="YYYY-MM-DD",
        text=Message(
            "この日に成り立つものだけ。省略するとすべての時点。", "Only what holds on this day. Default: every time."
        ),
    ),
    "stated_by": _noted(
        "--stated-by",
        type=Day(),
        metavar="YYYY-MM-DD",
        text=Message(
            "この日までに出た資料だけで答える。省略するとすべての資料。",
            "Answer from sources of this day or before. Default: every source.",
        ),
    ),
    "public": _noted(
        "--public",
        is_flag=True,
        text=Message(
            "公開用。公開に同意した行と、tsunagari.toml の [public] が許す項目だけで答える。",
            "The public edition: only rows that agree to it, and of them what [public] of tsunagari.toml allows.",
        ),
    ),
    "format": _noted(
        "--format",
        type=LocalizedChoice(FORMATS),
        text=Message(
            "出力の形。省略すると --output の拡張子から、なければ table。",
            "Layout of the output. Default: by the suffix of --output, else table.",
        ),
    ),
    "layout": _noted(
        "--format",
        type=LocalizedChoice(FORMATS),
        text=Message(
            "出力の形。xlsx は自分の表に印と直し方を付けた Excel。省略すると --output の拡張子から、なければ table。",
            "Layout of the output; xlsx is Excel with your own tables marked. Default: by the suffix of --output, else "
            "table.",
        ),
    ),
    "output": _noted(
        "-o",
        "--output",
        metavar="FILE",
        text=Message("書き出すファイル。- は標準出力。", "Write to this file; - is standard output."),
    ),
    "force": _noted(
        "--force",
        is_flag=True,
        text=Message(
            "-o の名前がどんな拡張子でも、一覧や読んだファイルの上でも書く（設定・判断の記録・グラフには書かない）。",
            "Write to -o whatever its ending, even over a list or a file that was read (never over settings, ledger or "
            "graph).",
        ),
    ),
    "timeout": option(
        "--timeout",
        type=Number(float, 0),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        text=Message(
            "この秒数で終わらなければ止める。0 は制限なし。", "Stop when it takes longer than this; 0 is no limit."
        ),
    ),
    "user": _noted(
        "--user",
        metavar="NAME",
        text=Message(
            "サーバーに尋ねる利用者名。パスワードは TSUNAGARI_PASSWORD（Neo4j は NEO4J_PASSWORD）か、問いへの答えで。",
            "The user of a server. The password comes from TSUNAGARI_PASSWORD (NEO4J_PASSWORD for Neo4j), or is asked "
            "for.",
        ),
    ),
    "ca": _noted(
        "--ca",
        metavar="FILE",
        text=Message(
            "サーバーの証明書を署名した認証局の証明書。省略すると TSUNAGARI_CA。",
            "Certificate of the authority that signed the server's. Default: TSUNAGARI_CA.",
        ),
    ),
    "patience": _noted(
        "--timeout",
        "patience",
        type=Number(float, 0),
        metavar="SECONDS",
        text=Message(
            "サーバーがこの秒数だけ何も返さなければやめる。省略すると 60。0 は制限なし。",
            "Give a server up when it gives nothing for so long. Default: 60; 0 is no limit.",
        ),
    ),
    "strict": _noted(
        "--strict",
        is_flag=True,
        text=Message("警告もエラーとして扱い、終了コード 1 で終わる。", "Treat warnings as errors: exit with 1."),
    ),
    "lang": option(
        "--lang",
        type=LocalizedChoice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_note_language,
        text=Message(
            "表示の言語。省略すると TSUNAGARI_LANG、ロケール、日本語の順。",
            "Language of the output. Default: TSUNAGARI_LANG, then the locale, then Japanese.",
        ),
    ),
    "quiet": _noted(
        "-q", "--quiet", is_flag=True, text=Message("結果とエラーだけを出す。", "Say nothing but results and errors.")
    ),
    "verbose": _noted(
        "-v", "--verbose", is_flag=True, text=Message("途中経過と詳細も出す。", "Say more about what happens.")
    ),
    "area": _noted(
        "--area",
        "areas",
        multiple=True,
        metavar="AREA",
        shell_complete=complete_areas,
        text=Message(
            "この市区町村・都道府県・圏域についてだけ。名前かコード。何度でも書ける。",
            "Only about this municipality, prefecture or partnership, by name or code; may be repeated.",
        ),
    ),
    "field": _noted(
        "--field",
        "fields",
        multiple=True,
        metavar="FIELD",
        shell_complete=complete_fields,
        text=Message(
            "この支援分野についてだけ。名前か記号。何度でも書ける。",
            "Only about this field of support, by name or notation; may be repeated.",
        ),
    ),
    "status": _noted(
        "--status",
        "statuses",
        type=LocalizedChoice(STATUSES),
        multiple=True,
        text=Message(
            "この状況の市区町村×分野についてだけ。何度でも書ける。",
            "Only about municipality × field of this status; may be repeated.",
        ),
    ),
    "top": _noted(
        "--top",
        type=Number(int, 1),
        metavar="N",
        text=Message(
            "順位のあるものを上位 N 行まで。省略すると画面の表は 20 行、ほかはすべて。",
            "The first N of what is ranked. Default: 20 rows of a table on the screen, else all.",
        ),
    ),
    "all": _noted(
        "--all", "everything", is_flag=True, text=Message("画面の表にもすべての行を示す。", "Show every row.")
    ),
    "explain": _noted(
        "--explain",
        is_flag=True,
        text=Message(
            "行ごとの説明と、数の意味・出し方・読んではいけない読み方も示す。",
            "Also say each row in words, and what the numbers mean, how they come about and what they do not say.",
        ),
    ),
}
COMPOSED = ("area", "field", "status", "top", "at", "stated_by", "public")
"""What may be asked of every command that answers about a graph; each means the same in all of them."""
REMOTE = ("user", "ca", "patience")
ALWAYS = ("lang", "quiet", "verbose")


def shared_options(*names: str) -> Callable[[Decorated], Decorated]:
    """Add the shared options `names`, in that order, ``--force`` beside an output, and the three of every command."""

    def decorate(function: Decorated) -> Decorated:
        forced = ("force",) if "output" in names else ()
        for name in reversed((*names, *forced, *_of_servers(names), *ALWAYS)):
            function = SHARED[name](function)
        return function

    return decorate


def _of_servers(names: Sequence[str]) -> tuple[str, ...]:
    """Return the options about a server, for commands that answer for a day: their graph may be on one."""
    if "workspace" not in names or not {"at", "at_or_ever"} & set(names):
        return ()
    return REMOTE if "timeout" not in names else REMOTE[:-1]
