"""Answering by another engine: the options of ``--engine``, and the tables that it reads."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

import tsunagari
from tsunagari.cli.shell.language import current_language
from tsunagari.cli.shell.localized import Decorated, LocalizedChoice, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings
from tsunagari.cli.shell.terminal import busy
from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.graph.cluster import TableGraph

ENGINE_NAMES = ("duckdb", "spark")
_META = "tsunagari.engine."
ANSWERING = Message("表を書き、エンジンが答えています", "Writing tables; the engine answers")
ONLY_WITH_ENGINE = Message(
    "--tables・--master・--memory は --engine と一緒に使います。", "--tables, --master and --memory go with --engine."
)
NOT_WITH_ENGINE = Message("{0} は --engine と一緒には使えません。", "{0} does not go with --engine.")
WRITTEN_BEFORE = Message(
    "{0} は --tables と一緒には使えません。書き出すときに付けてください。",
    "{0} does not go with --tables: give it to the export.",
)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What the options say.

    Parameters
    ----------
    engine
        One of `ENGINE_NAMES`.
    tables
        Folder or address of an export; None makes one of the workspace for this one answer.
    master, memory
        As in `tsunagari.open_tables`.
    """

    engine: str
    tables: str | None
    master: str | None
    memory: str | None


def _note(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None:
        ctx.meta[f"{_META}{param.name}"] = value


SAMPLING = ("missing", "false_records", "missing_lists", "seed")
"""What only random draws take, which no engine makes."""
_OPTIONS = (
    option(
        "--engine",
        type=LocalizedChoice(ENGINE_NAMES),
        expose_value=False,
        callback=_note,
        text=Message(
            "SQL のエンジンで答える（duckdb か、1 台でも何台でも動く spark）。省略するとこのパソコンの計算。",
            "Answer by an SQL engine: duckdb, or spark on one machine or many. Default: the arrays of this machine.",
        ),
    ),
    option(
        "--tables",
        metavar="FOLDER",
        expose_value=False,
        callback=_note,
        text=Message(
            "エンジンが読む表（export parquet --partition の結果。s3:// なども可）。省略すると作業フォルダーから作る。",
            "Tables that the engine reads, of export parquet --partition; also s3://. Default: made of the workspace.",
        ),
    ),
    option(
        "--master",
        metavar="URL",
        expose_value=False,
        callback=_note,
        text=Message(
            "Spark を動かす所（local[4]、yarn、spark://… など）。", "Where Spark runs: local[4], yarn, spark://…"
        ),
    ),
    option(
        "--memory",
        metavar="SIZE",
        expose_value=False,
        callback=_note,
        text=Message("エンジンが使うメモリの上限（4GB など）。", "Most memory of the engine, such as 4GB."),
    ),
)


def engine_options(function: Decorated) -> Decorated:
    """Add the options of ``--engine`` to a command."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


def engine_choice(**refused: object) -> EngineChoice | None:
    """Return which engine was asked for, None for the arrays of this machine.

    Parameters
    ----------
    refused
        What the command was given that no engine serves, by the name of its option.

    Raises
    ------
    UsageError
        Something was given that does not go together.
    """
    context = click.get_current_context()
    given = {name: context.meta.get(f"{_META}{name}") for name in ("engine", "tables", "master", "memory")}
    engine = given.pop("engine")
    if engine is None:
        if any(given.values()):
            raise click.UsageError(ONLY_WITH_ENGINE.text(current_language()), context)
        return None
    sampling = {name: context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in SAMPLING}
    for name, value in {**refused, **sampling}.items():
        if value:
            text = NOT_WITH_ENGINE.text(current_language()).format(f"--{name.replace('_', '-')}")
            raise click.UsageError(text, context)
    return EngineChoice(engine, **given)


@contextmanager
def engine_tables(choice: EngineChoice, settings: Settings) -> Iterator[TableGraph]:
    """Open the tables that were named, or write those of the workspace for as long as the block lasts.

    Raises
    ------
    TsunagariError
        The engine is not installed, the tables cannot be read, or there is no workspace.
    UsageError
        A part of a graph is asked for of tables that were written before.
    """
    for name, is_given in (("--stated-by", settings.stated_by is not None), ("--public", settings.public)):
        if choice.tables is not None and is_given:
            raise click.UsageError(WRITTEN_BEFORE.text(settings.lang).format(name), click.get_current_context())
    with tempfile.TemporaryDirectory(prefix="tsunagari-tables-") as folder, busy(ANSWERING, settings):
        location = choice.tables
        if location is None:
            target = Path(folder) / "tables"
            whole = replace(settings, areas=None, fields=None, statuses=None)  # what an answer is about is asked of it
            graph = open_graph(whole)
            if settings.public and settings.at is not None:  # an edition tells the cells of its own day
                graph = graph.valid_at(settings.at)
            graph.export("parquet", target, partition="prefecture")
            location = str(target)
        with tsunagari.open_tables(
            location, engine=choice.engine, master=choice.master, memory=choice.memory
        ) as tables:
            yield tables
