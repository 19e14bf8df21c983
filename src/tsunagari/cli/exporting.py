"""``export``: the graph for other software."""

from __future__ import annotations

import click

from tsunagari.cli.localized import LocalizedArgument, LocalizedChoice, command
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import settings, shared_options
from tsunagari.cli.output import emit_bytes, file_path
from tsunagari.errors import Message

EXPORTS = ("turtle", "jsonld", "trig", "graphml", "gexf", "csv")


@command(
    "export",
    details=Message(
        "turtle・jsonld・trig は RDF（trig は資料ごとに分かれたまま）、graphml は yEd や Cytoscape、gexf は Gephi、"
        "csv は表計算や Neo4j のための一覧です。同じ入力からは同じバイト列になります。",
        "turtle, jsonld and trig are RDF (trig keeps the sources apart), graphml is for yEd or Cytoscape, "
        "gexf for Gephi, csv for spreadsheets and databases. The same input gives the same bytes.",
    ),
)
@click.argument("form", cls=LocalizedArgument, metavar="FORMAT", type=LocalizedChoice(EXPORTS))
@shared_options("workspace", "at", "output")
def export_command(form: str) -> None:
    """Open, export."""
    chosen = settings()
    graph = open_graph(chosen)
    if chosen.output is None or chosen.output == "-":
        emit_bytes(graph.export(form, None, at=chosen.at))
        return
    graph.export(form, file_path(chosen.output), at=chosen.at)
