"""What commands that ask in SPARQL share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from tsunagari.cli.shell.localized import LocalizedChoice, option
from tsunagari.errors import Message

SHARED = ("workspace", "at", "stated_by", "public", "timeout", "format", "output")
NO_ROWS = Message("該当する行はありません。", "No rows.")
ENGINES = ("sparql", "neo4j")
_ENGINE = "tsunagari.engine"


def _note_engine(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_ENGINE] = value


engine_option: Callable[[Any], Any] = option(
    "--engine",
    type=LocalizedChoice(ENGINES),
    expose_value=False,
    callback=_note_engine,
    text=Message(
        "何で尋ねるか。neo4j なら -w に書いた Neo4j のデータベースに Cypher で。省略すると sparql。",
        "What to ask with: neo4j asks the Neo4j database named by -w in Cypher. Default: sparql.",
    ),
)


def chosen_engine() -> str:
    """Return the engine that the running command was given, before or after the name of the question."""
    engine: str = click.get_current_context().meta.get(_ENGINE, ENGINES[0])
    return engine
