"""``export``: the graph for other software."""

from __future__ import annotations

from pathlib import Path

import click

from tsunagari.cli.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import settings, shared_options
from tsunagari.cli.output import emit_bytes, emit_text, file_path
from tsunagari.errors import Message

EXPORTS = ("turtle", "jsonld", "trig", "graphml", "gexf", "csv")


@command(
    "export",
    details=Message(
        "turtle・jsonld・trig は RDF（trig は資料ごとに分かれたまま）、graphml は yEd や Cytoscape、gexf は Gephi、"
        "csv は一覧表（-o がフォルダーなら 1 表 1 ファイル、.zip なら 1 つの書庫）です。"
        "同じ入力からは同じバイト列になります。",
        "turtle, jsonld and trig are RDF (trig keeps the sources apart), graphml is for yEd or Cytoscape, "
        "gexf for Gephi, csv is tables (a folder, or an archive when -o ends in .zip). "
        "The same input gives the same bytes.",
    ),
)
@click.argument("form", cls=LocalizedArgument, metavar="FORMAT", type=LocalizedChoice(EXPORTS))
@shared_options("workspace", "at", "stated_by", "public", "output")
@option(
    "--excel",
    is_flag=True,
    text=Message("csv を Excel 用にする（文字化けと数式を防ぐ）。", "Make csv fit for Excel (encoding, no formulas)."),
)
def export_command(form: str, excel: bool) -> None:
    """Open, export."""
    chosen = settings()
    graph = open_graph(chosen)
    if chosen.output is not None and chosen.output != "-":
        target = Path(chosen.output) if form == "csv" else file_path(chosen.output)
        click.echo(graph.export(form, target, at=chosen.at, lang=chosen.lang, excel=excel))
        return
    data = graph.export(form, at=chosen.at, lang=chosen.lang, excel=excel)
    assert isinstance(data, bytes)  # no path was given
    if form == "csv":
        emit_bytes(data)
    else:
        emit_text(data.decode("utf-8"), None)
