"""``atlas``."""

from __future__ import annotations

from dataclasses import replace

import click

from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, settings, shared_options
from tsunagari.cli.shell.output import folder_path
from tsunagari.cli.shell.pictures import default_folder
from tsunagari.cli.shell.terminal import progress_bar
from tsunagari.errors import Message


@command(
    "atlas",
    details=Message(
        "全国→都道府県→市区町村→団体の順に開けるページのフォルダーです。サーバーは要らず、共有フォルダーに置けます。\n\n"
        "-o には空のフォルダーか、前のアトラスのフォルダーを指定します。変わったページだけを書き直します。"
        "省略すると作業フォルダーの out/atlas に書き、最初のページの場所を表示します。",
        "A folder of pages from the nation to prefectures, municipalities and bodies; it needs no server and opens "
        "from a shared drive.\n\n"
        "-o is an empty folder or that of an earlier atlas, of which only the pages that changed are written. "
        "Without it the atlas goes to out/atlas in the workspace; the place of its first page is printed.",
    ),
)
@shared_options("workspace", *COMPOSED, "output")
@option(
    "--boundaries",
    metavar="FILE",
    type=click.Path(),
    text=Message(
        "国土数値情報「行政区域」（N03）の GeoJSON。実際の形の地図も描く。",
        "GeoJSON of the administrative areas (N03), for maps in their true shapes too.",
    ),
)
def atlas_command(boundaries: str | None) -> None:
    """Open, write the atlas."""
    from tsunagari.viz.atlas import write_atlas

    chosen = settings(suffixes=(), folder=True)
    folder = folder_path(chosen.output or default_folder(chosen) / "atlas")
    graph = open_graph(replace(chosen, output=str(folder))).about(top=chosen.top, at=chosen.at)
    with progress_bar(chosen) as progress:
        page = write_atlas(
            graph,
            folder,
            areas=chosen.areas,
            at=chosen.at,
            boundaries=boundaries,
            lang=chosen.lang,
            progress=progress,
        )
    click.echo(page)
