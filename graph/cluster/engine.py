"""What an engine has to do: read Parquet files, take small tables, keep views, and answer a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from tsunagari.errors import Message, UnknownNameError


class Engine(Protocol):
    """An engine that runs the SQL text."""

    def files(self, name: str, paths: Sequence[str], schema: pa.Schema) -> None:
        """Give a name to the rows of some Parquet files, which have these columns."""

    def give(self, name: str, table: pa.Table) -> None:
        """Give a name to a small table."""

    def view(self, name: str, text: str) -> None:
        """Give a name to a query."""

    def keep(self, name: str, text: str) -> None:
        """Give a name to the answer of a query, so that several others may read it."""

    def rows(self, text: str) -> pa.Table:
        """Return the answer of a query."""

    def forget(self) -> None:
        """Let go of what was kept."""

    def close(self) -> None:
        """Let go of everything."""


def duckdb_engine(*, master: str | None, memory: int | None) -> Engine:
    """Make DuckDB ready, see `tsunagari.graph.cluster.duckdb_engine`."""
    from tsunagari.graph.cluster.duckdb_engine import DuckDB  # an extra, and only one of the two is asked for

    return DuckDB(master=master, memory=memory)


def spark_engine(*, master: str | None, memory: int | None) -> Engine:
    """Make Spark ready, see `tsunagari.graph.cluster.spark_engine`."""
    from tsunagari.graph.cluster.spark_engine import Spark

    return Spark(master=master, memory=memory)


ENGINES: Mapping[str, Callable[..., Engine]] = {"duckdb": duckdb_engine, "spark": spark_engine}


def start_engine(name: str, *, master: str | None = None, memory: str | None = None) -> Engine:
    """Make an engine ready.

    Parameters
    ----------
    name
        ``"duckdb"`` or ``"spark"``.
    master
        Where Spark runs, such as ``"local[4]"``, ``"yarn"`` or ``"spark://host:7077"``; None takes what the Spark of
        this machine is set to, else all processors of this machine.
    memory
        How much memory it may use, such as ``"4GB"``; None takes the engine's own limit.

    Raises
    ------
    UnknownNameError
        There is no such engine, `master` is given to another than Spark, or `memory` is no size.
    StoreError
        The engine, or the Java it needs, is not installed.
    """
    if name not in ENGINES:
        raise UnknownNameError(
            Message(f"「{name}」というエンジンはありません。", f"There is no engine {name!r}."),
            Message(f"使えるもの: {', '.join(ENGINES)}", f"Engines: {', '.join(ENGINES)}"),
        )
    if master is not None and name != "spark":
        raise UnknownNameError(
            Message("master を選べるのは spark だけです。", "Only spark runs on a master that can be chosen."),
            Message("engine を spark にするか、master を省いてください。", "Take spark, or leave the master out."),
        )
    return ENGINES[name](master=master, memory=None if memory is None else mebibytes(memory))


def mebibytes(size: str) -> int:
    """Return a size such as ``4GB``, ``500 MB`` or ``2g`` in MiB, at least 1.

    Raises
    ------
    UnknownNameError
        It is no size.

    Examples
    --------
    >>> mebibytes("4GB"), mebibytes("1.5g"), mebibytes("500 MB")
    (4096, 1536, 500)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([mgt])i?b?", size.strip().lower())
    if found is None or not float(found.group(1)):
        raise UnknownNameError(
            Message(f"メモリの量として読めません: {size}", f"Not an amount of memory: {size}"),
            Message("4GB や 500MB のように書いてください。", "Write it like 4GB or 500MB."),
        )
    factor = {"m": 1, "g": 1024, "t": 1024 * 1024}[found.group(2)]
    return max(1, round(float(found.group(1)) * factor))
