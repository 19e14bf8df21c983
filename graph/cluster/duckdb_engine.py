"""DuckDB: one process that reads the tables from disk or from an object store, and spills to disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pyarrow as pa

from tsunagari.errors import Message, StoreError

if TYPE_CHECKING:
    import duckdb

EXTRA = Message(
    "`pip install 'tsunagari[duckdb]'` で入れてください。", "Install it with `pip install 'tsunagari[duckdb]'`."
)


class DuckDB:
    """DuckDB in this process; see `tsunagari.graph.cluster.engine.Engine`.

    Parameters
    ----------
    master
        Not used.
    memory
        Most memory in MiB; None takes four fifths of the machine's.

    Raises
    ------
    StoreError
        DuckDB is not installed.
    """

    def __init__(self, *, master: str | None = None, memory: int | None = None) -> None:
        del master  # Spark alone has one
        try:
            import duckdb
        except ImportError as error:
            raise StoreError(Message("DuckDB が入っていません。", "DuckDB is not installed."), EXTRA) from error
        self._spill = tempfile.TemporaryDirectory(prefix="tsunagari-duckdb-", ignore_cleanup_errors=True)
        self._errors = (duckdb.Error,)
        self._out_of_memory = duckdb.OutOfMemoryException
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect()
        self._kept: list[str] = []
        with self._told():
            self._connection.execute(f"SET temp_directory = {_quoted(self._spill.name)}")
            if memory is not None:
                self._connection.execute(f"SET memory_limit = {_quoted(f'{memory}MiB')}")

    def files(self, name: str, paths: Sequence[str], schema: pa.Schema) -> None:
        """Give a name to the rows of some Parquet files, which have these columns."""
        listed, columns = ", ".join(map(_quoted, paths)), ", ".join(schema.names)
        reading = f"read_parquet([{listed}], hive_partitioning = false)"
        self.view(name, f"SELECT {columns} FROM {reading}")  # noqa: S608 # names of our own, paths quoted

    def give(self, name: str, table: pa.Table) -> None:
        """Give a name to a small table."""
        with self._told():
            self._connection.register("given_table", table)
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM given_table")
            self._connection.unregister("given_table")

    def view(self, name: str, text: str) -> None:
        """Give a name to a query."""
        with self._told():
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {text}")

    def keep(self, name: str, text: str) -> None:
        """Give a name to the answer of a query."""
        with self._told():
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")
        self._kept.append(name)

    def rows(self, text: str) -> pa.Table:
        """Return the answer of a query."""
        with self._told():
            return self._connection.sql(text).to_arrow_table()

    def forget(self) -> None:
        """Let go of what was kept."""
        with self._told():
            for name in self._kept:
                self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        self._kept.clear()

    def close(self) -> None:
        """Let go of everything."""
        with suppress(*self._errors):
            self._connection.close()
        self._spill.cleanup()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of an error in one line."""
        try:
            yield
        except self._out_of_memory as error:
            raise StoreError(
                Message(
                    f"DuckDB のメモリが足りません（{_first(error)}）。", f"DuckDB ran out of memory ({_first(error)})."
                ),
                Message(
                    "--memory を大きくするか、--area で地域を絞るか、--engine spark をお使いください。",
                    "Give it more by --memory, ask for fewer areas by --area, or use --engine spark.",
                ),
            ) from error
        except self._errors as error:
            raise StoreError(
                Message(f"DuckDB が答えられません（{_first(error)}）。", f"DuckDB cannot answer ({_first(error)})."),
                Message("表のフォルダーを確かめてください。", "Check the folder of the tables."),
            ) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
