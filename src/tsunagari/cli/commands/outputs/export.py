"""``export``: the graph for other software."""

from __future__ import annotations

from pathlib import Path

import click

from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.output import emit_bytes, emit_text
from tsunagari.cli.shell.ranked import EXPORTED, network_option
from tsunagari.cli.shell.terminal import progress_bar
from tsunagari.errors import Message

EXPORTS = (
    *("turtle", "jsonld", "trig", "nquads"),
    *("graphml", "gexf", "pajek", "dl", "kumu", "cytoscape", "statnet"),
    *("csv", "hxl", "parquet", "hsds", "neo4j-csv"),
)
PARTITIONS = ("prefecture",)
EVERY_TIME = Message(
    "分けた表にはすべての時点が入ります。--at は、表に問うときに付けてください。",
    "Partitioned tables hold every time; give --at to the question that is asked of them.",
)


@command(
    "export",
    details=Message(
        "\b\nRDF          turtle・jsonld・trig・nquads（turtle のほかは資料ごとに分かれたまま）\n"
        "ネットワーク graphml（yEd・igraph）・gexf（Gephi）・pajek・dl（UCINET）・kumu・cytoscape・\n"
        "             statnet（R の sna・ergm。表を作り直すスクリプトつき）\n"
        "表           csv・hxl（HXL タグ付き）・parquet・hsds（Open Referral HSDS）\n"
        "Neo4j        neo4j-csv（neo4j-admin の一括取り込みと import.sh）\n\n"
        "表は、-o がフォルダーなら 1 表 1 ファイル、.zip なら 1 つの書庫です。"
        "何が入り何が入らないかは docs/exports.ja.md にあります。同じ入力からは同じバイト列になります。",
        "\b\nRDF       turtle, jsonld, trig, nquads (all but turtle keep the sources apart)\n"
        "networks  graphml (yEd, igraph), gexf (Gephi), pajek, dl (UCINET), kumu, cytoscape,\n"
        "          statnet (R: sna, ergm; with a script that makes our tables anew)\n"
        "tables    csv, hxl (with HXL tags), parquet, hsds (Open Referral HSDS)\n"
        "Neo4j     neo4j-csv (for neo4j-admin, with import.sh)\n\n"
        "Tables are a folder, or an archive when -o ends in .zip. docs/exports.md tells what each holds and loses. "
        "The same input gives the same bytes.",
    ),
)
@click.argument("form", cls=LocalizedArgument, metavar="FORMAT", type=LocalizedChoice(EXPORTS))
@shared_options("workspace", "area", "field", "status", "top", "at_or_ever", "stated_by", "public", "output")
@network_option(
    EXPORTED,
    Message(
        "書き出すネットワーク。省略すると、指標と同じ collaboration。all はすべての関係。",
        "The network to write, in the formats of networks; without it collaboration, which measures take. "
        "all is every relation.",
    ),
    None,
)
@option(
    "--excel",
    is_flag=True,
    text=Message(
        "csv・hxl・hsds を Excel 用にする（文字化けと数式を防ぐ）。",
        "Make csv, hxl and hsds fit for Excel (encoding, no formulas).",
    ),
)
@option(
    "--partition",
    type=LocalizedChoice(PARTITIONS),
    text=Message(
        "parquet を、gaps などの --engine が読む、都道府県ごとに分けた表にする（docs/tables.ja.md）。",
        "Write parquet as the tables that --engine of gaps and others reads, split by prefecture (docs/tables.md).",
    ),
)
def export_command(form: str, network: str | None, excel: bool, partition: str | None) -> None:
    """Open, export."""
    from tsunagari.graph.export import FORMATS

    tables = FORMATS[form].family == "tables"
    chosen = settings(suffixes=_suffixes(FORMATS[form].suffix), folder=tables)
    if partition is not None and chosen.at is not None:
        raise click.UsageError(EVERY_TIME.text(chosen.lang), click.get_current_context())
    graph = open_graph(chosen).about(top=chosen.top, at=chosen.at)
    if partition is not None:
        target = None if chosen.output in (None, "-") else Path(str(chosen.output))
        with progress_bar(chosen) as progress:
            click.echo(graph.export(form, target, partition=partition, progress=progress, lang=chosen.lang))
        return
    if chosen.output is not None and chosen.output != "-":
        click.echo(
            graph.export(form, Path(chosen.output), network=network, at=chosen.at, lang=chosen.lang, excel=excel)
        )
        return
    data = graph.export(form, network=network, at=chosen.at, lang=chosen.lang, excel=excel)
    assert isinstance(data, bytes)  # no path was given
    if FORMATS[form].suffix == ".zip":
        emit_bytes(data)
    else:
        emit_text(data.decode("utf-8"), None)


def _suffixes(usual: str) -> tuple[str, ...]:
    """Return the endings of a format: its own, and the general one of files that hold JSON."""
    return (usual, ".json") if usual in (".jsonld", ".cyjs") else (usual,)
