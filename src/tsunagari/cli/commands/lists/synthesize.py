"""``synthesize``: a fictional country to try things on."""

from __future__ import annotations

from pathlib import Path

import click

from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.terminal import progress_bar, say
from tsunagari.errors import Message
from tsunagari.loaders.fiction import synthesize

_LARGEST = 1_000_000
_NOTHING_WRITTEN = Message("中断しました。何も書いていません。", "Interrupted. Nothing was written.")


@command(
    "synthesize",
    details=Message(
        "DIR に架空の国の作業フォルダーを書きます。名簿・一覧表は、表記の揺れ、文字コードの混在、書き誤り、空欄など、"
        "実際のファイルの乱れを含みます。正解は DIR/truth にあります。団体の名前にはすべて「架空」が入ります。\n\n"
        "同じ引数なら、すべてのファイルが同じになります。200 団体は練習用の一地域、1,000,000 団体は全国です。",
        "Writes the workspace of a fictional country to DIR. Its lists have the mess of real files: varying spellings, "
        "mixed encodings, slips, blanks. What is really so is in DIR/truth. Every name contains 架空 (fictional).\n\n"
        "The same arguments give the same files. 200 organisations make a region to practise with, 1,000,000 a "
        "country.",
    ),
)
@click.argument("folder", cls=LocalizedArgument, metavar="DIR")
@option(
    "--organizations",
    type=Number(int, 1, _LARGEST),
    default=200,
    show_default=True,
    metavar="N",
    text=Message("団体の数。", "How many organisations there are."),
)
@option(
    "--seed",
    type=Number(int),
    default=1,
    show_default=True,
    metavar="S",
    text=Message("種。違う数なら違う国になる。", "Another seed gives another country."),
)
@option(
    "--areas",
    multiple=True,
    metavar="AREA",
    text=Message(
        "都道府県・市区町村の名前かコード。何度でも書ける。省略すると団体の数に見合う都道府県。",
        "Name or code of a prefecture or municipality; may be repeated. Default: as many prefectures as N fills.",
    ),
)
@option(
    "--messiness",
    type=Number(float, 0, 1),
    default=1.0,
    show_default=True,
    metavar="0..1",
    text=Message("乱れの度合い。0 なら乱れなし。", "How messy the lists are; 0 for not at all."),
)
@option(
    "--force",
    is_flag=True,
    text=Message("前に作った架空の国を置き換える。", "Replace a fictional country written before."),
)
@shared_options()
@click.pass_context
def synthesize_command(
    ctx: click.Context,
    folder: str,
    organizations: int,
    seed: int,
    areas: tuple[str, ...],
    messiness: float,
    force: bool,
) -> None:
    """Write, then say what was written."""
    chosen = settings()
    try:
        with progress_bar(chosen) as progress:
            made = synthesize(
                Path(folder),
                organizations=organizations,
                seed=seed,
                areas=areas,
                messiness=messiness,
                force=force,
                lang=chosen.lang,
                progress=progress,
            )
    except KeyboardInterrupt:
        say(_NOTHING_WRITTEN)
        ctx.exit(130)
    click.echo(made.folder)
    say(
        Message(
            f"{made.files:,} 個の一覧表に、架空の団体 {made.organizations:,}、会員 {made.memberships:,}、"
            f"支援 {made.services:,}、連携 {made.ties:,} を書きました。正解は truth フォルダーにあります。",
            f"{made.organizations:,} fictional organisations, {made.memberships:,} memberships, "
            f"{made.services:,} services and {made.ties:,} ties in {made.files:,} lists; the truth is in truth/.",
        ),
        chosen,
    )
    say(Message(f"次は: tsunagari build -w {folder}", f"Next: tsunagari build -w {folder}"), chosen)
