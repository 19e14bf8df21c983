"""What Spark needs and how its errors are told; what it answers is in ``tests/test_engines.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tsunagari.errors import StoreError
from tsunagari.graph.cluster.spark_engine import Spark, check_java

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def java(folder: Path, version: str) -> str:
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2021-01-01' >&2\n")
    program.chmod(0o755)
    return str(folder)


def test_a_java_that_is_too_old_or_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version, number in (("1.8.0_292", 8), ("11.0.2", 11)):
        with pytest.raises(StoreError, match=f"Java {number}"):
            check_java(java(tmp_path / version, version))
    for version in ("17.0.15", "21"):
        check_java(java(tmp_path / version, version))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="Install Java 17") as told:
        check_java()
    assert "\n" not in told.value.text("ja")


def test_an_error_of_spark_is_one_line_and_the_session_stays(spark: SparkSession) -> None:
    engine = Spark()
    with pytest.raises(StoreError) as told:
        engine.rows("SELECT * FROM nowhere")
    assert "\n" not in str(told.value)
    engine.close()
    assert spark.sql("SELECT 1 AS one").collect()[0]["one"] == 1
