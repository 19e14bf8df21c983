"""Engines that are not there are told in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tsunagari.errors import StoreError, UnknownNameError
from tsunagari.graph.cluster.engine import mebibytes, start_engine


def test_an_engine_is_chosen_by_name() -> None:
    with pytest.raises(UnknownNameError, match="duckdb, spark"):
        start_engine("mysql")
    with pytest.raises(UnknownNameError, match="master"):
        start_engine("duckdb", master="local[2]")
    with pytest.raises(UnknownNameError, match="much"):
        start_engine("duckdb", memory="much")


@pytest.mark.parametrize(("name", "module"), [("duckdb", "duckdb"), ("spark", "pyspark")])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, name: str, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StoreError, match=rf"tsunagari\[{name}\]"):
        start_engine(name)


def test_sizes() -> None:
    assert [mebibytes(text) for text in ("1GB", "1 GiB", "2g", "300mb", "1TB")] == [1024, 1024, 2048, 300, 1024**2]
    for wrong in ("", "0GB", "-1GB", "lots", "5 apples"):
        with pytest.raises(UnknownNameError):
            mebibytes(wrong)


def test_nothing_is_written_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country_tables: Path
) -> None:
    from tsunagari.graph.cluster import open_tables

    monkeypatch.chdir(tmp_path)
    with open_tables(country_tables) as tables:
        tables.loss()
    assert list(tmp_path.iterdir()) == []
