"""Spark: the same tables and the same text on one machine or on many."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tsunagari.errors import Message, StoreError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTRA = Message(
    "`pip install 'tsunagari[spark]'` で入れてください。", "Install it with `pip install 'tsunagari[spark]'`."
)
JAVA = 17
LOCAL = "local[*]"


class Spark:
    """A session of Spark; see `tsunagari.graph.cluster.engine.Engine`.

    The session of the process is used when there is one, and stays when this is closed.

    Parameters
    ----------
    master
        Where it runs; None takes what Spark is set to (``spark-defaults.conf``, ``spark-submit``), else this machine.
    memory
        Memory of the driver in MiB, for a session that is started here.

    Raises
    ------
    StoreError
        Spark or Java is not installed, Java is too old, or Spark does not start.
    """

    def __init__(self, *, master: str | None = None, memory: int | None = None) -> None:
        try:
            from py4j import protocol
            from pyspark import errors, sql
        except ImportError as error:
            raise StoreError(Message("Spark が入っていません。", "Spark is not installed."), EXTRA) from error
        self._errors = (errors.PySparkException, protocol.Py4JError)
        running = sql.SparkSession.getActiveSession()
        self._owned = running is None
        if running is None:
            check_java()
            running = _start(sql.SparkSession.Builder(), master, memory)
        self._session: Any = running.newSession()
        self._kept: set[str] = set()
        # else a view that was cut off from its plan cannot be joined with itself (Spark 4.0 to 4.3)
        self._session.conf.set("spark.sql.constraintPropagation.enabled", "false")

    def files(self, name: str, paths: Sequence[str], schema: pa.Schema) -> None:
        """Give a name to the rows of some Parquet files, which have these columns."""
        columns = ", ".join(f"{field.name} {_TYPES[str(field.type)]}" for field in schema)
        with self._told():
            self._session.read.schema(columns).parquet(*paths).createOrReplaceTempView(name)

    def give(self, name: str, table: pa.Table) -> None:
        """Give a name to a small table."""
        with self._told():
            self._session.createDataFrame(table).createOrReplaceTempView(name)

    def view(self, name: str, text: str) -> None:
        """Give a name to a query."""
        with self._told():
            self._session.sql(text).createOrReplaceTempView(name)

    def keep(self, name: str, text: str) -> None:
        """Give a name to the answer of a query; its plan ends there, so that those built on it stay small."""
        with self._told():
            self._session.sql(text).localCheckpoint(eager=True).createOrReplaceTempView(name)
            self._kept.add(name)

    def rows(self, text: str) -> pa.Table:
        """Return the answer of a query."""
        with self._told():
            return self._session.sql(text).toArrow()

    def forget(self) -> None:
        """Let go of what was kept."""
        with self._told():
            while self._kept:
                self._session.catalog.dropTempView(self._kept.pop())

    def close(self) -> None:
        """Let go of everything."""
        with self._told():
            self.forget()
            if self._owned:
                self._session.stop()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of an error in one line; of the age of pandas, which nothing here depends on, nothing is told."""
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
                yield
        except self._errors as error:
            raise _failure(error) from error


_TYPES = {"string": "STRING", "double": "DOUBLE", "int64": "BIGINT", "bool": "BOOLEAN"}


def _failure(error: Exception) -> StoreError:
    text = str(error)
    if "OutOfMemoryError" in text or "Java heap space" in text or "maxResultSize" in text:
        return StoreError(
            Message("Spark のメモリが足りません。", "Spark ran out of memory."),
            Message(
                "--memory を大きくするか、--master でクラスターを使うか、--area で地域を絞ってください。",
                "Give it more by --memory, use a cluster by --master, or ask for fewer areas by --area.",
            ),
        )
    causes = re.findall(r"Caused by: ([^\n]+)", text) or text.splitlines() or [type(error).__name__]
    said = " ".join(causes[-1].split())[:300]
    return StoreError(
        Message(f"Spark が答えられません（{said}）。", f"Spark cannot answer ({said})."),
        Message("表のフォルダーとクラスターを確かめてください。", "Check the folder of the tables and the cluster."),
    )


def _start(builder: SparkSession.Builder, master: str | None, memory: int | None) -> SparkSession:
    """Start a session; one on this machine speaks to nobody else."""
    builder = builder.appName("tsunagari").config("spark.sql.session.timeZone", "UTC")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    chosen = master or (None if _is_set_up() else LOCAL)
    if chosen is not None:
        builder = builder.master(chosen)
        if chosen.startswith("local"):
            for name, value in _ON_THIS_MACHINE.items():
                builder = builder.config(name, value)
    if memory is not None:
        builder = builder.config("spark.driver.memory", f"{memory}m")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return builder.getOrCreate()
    except Exception as error:  # the gateway of Java fails in many ways
        raise StoreError(
            Message(f"Spark が始まりません（{_line(error)}）。", f"Spark does not start ({_line(error)})."),
            Message("--master と --memory、Java を確かめてください。", "Check --master, --memory and Java."),
        ) from error


_ON_THIS_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
}


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _is_set_up() -> bool:
    """Tell whether this machine says itself where Spark runs."""
    folders = [os.environ.get("SPARK_CONF_DIR"), _conf(os.environ.get("SPARK_HOME"))]
    defaults = [Path(folder) / "spark-defaults.conf" for folder in folders if folder]
    said = any("spark.master" in file.read_text(encoding="utf-8") for file in defaults if file.is_file())
    return said or any(name in os.environ for name in ("SPARK_REMOTE", "SPARK_MASTER", "MASTER"))


def _conf(home: str | None) -> str | None:
    return None if home is None else str(Path(home) / "conf")


def check_java(home: str | None = None) -> None:
    """Refuse to start without a Java that Spark runs on.

    Parameters
    ----------
    home
        Where Java is; None takes ``JAVA_HOME``, else what is on the path.

    Raises
    ------
    StoreError
        There is none, or it is too old.

    Examples
    --------
    >>> from tsunagari.errors import StoreError
    >>> try:
    ...     check_java("nowhere")
    ... except StoreError as error:
    ...     error.message.en
    'There is no Java, which Spark needs.'
    """
    home = home or os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    hint = Message(
        f"Java {JAVA} 以上を入れ、PATH か JAVA_HOME で見つかるようにしてください。",
        f"Install Java {JAVA} or newer, to be found by PATH or JAVA_HOME.",
    )
    try:
        if program is None:
            raise FileNotFoundError
        said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr  # noqa: S603 # the java of this machine
    except (OSError, subprocess.SubprocessError) as error:
        raise StoreError(
            Message("Spark に要る Java がありません。", "There is no Java, which Spark needs."), hint
        ) from error
    found = re.search(r'version "(\d+)(?:\.(\d+))?', said)
    number = int(found.group(2) or 0) if found and found.group(1) == "1" else int(found.group(1)) if found else JAVA
    if number < JAVA:
        raise StoreError(
            Message(f"Java {number} では Spark は動きません。", f"Spark does not run on Java {number}."), hint
        )
