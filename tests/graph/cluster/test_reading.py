"""What is wrong with a folder of tables is told before an engine reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tsunagari.errors import StoreError
from tsunagari.graph.cluster import open_tables


@pytest.fixture
def folder(country_tables: Path, tmp_path: Path) -> Path:
    return shutil.copytree(country_tables, tmp_path / "copy")


def refused(folder: Path | str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as told:
        open_tables(folder)
    assert "\n" not in told.value.text("ja")
    assert told.value.hint is not None


def test_a_folder_of_others_is_not_ours(tmp_path: Path) -> None:
    refused(tmp_path, "no folder of tables")
    refused(tmp_path / "nowhere", "no folder of tables")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "layout.parquet")
    refused(tmp_path, "no such layout")
    (tmp_path / "layout.parquet").write_bytes(b"PAR1")
    refused(tmp_path, r"layout\.parquet")


def test_another_version_is_named(folder: Path) -> None:
    table = pq.read_table(folder / "layout.parquet")
    other = table.set_column(0, "version", pa.array([99], pa.int64()))
    pq.write_table(other, folder / "layout.parquet")
    refused(folder, "99.*reads 2")


def test_a_missing_partition_and_a_cut_file_are_named(folder: Path) -> None:
    part = sorted((folder / "things").iterdir())[0] / "part-0.parquet"
    data = part.read_bytes()
    part.write_bytes(data[:-20])
    refused(folder, f"{part.parent.name}.*bytes, not")
    part.write_bytes(data[:-20] + bytes(20))
    refused(folder, f"{part.parent.name}.*cannot be read")
    shutil.rmtree(part.parent)
    refused(folder, f"{part.parent.name}.*missing")


def test_a_file_of_another_table_is_not_what_was_written(folder: Path) -> None:
    place = folder / "needs" / "part-0.parquet"
    size = place.stat().st_size
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), place, compression="none")
    short = size - place.stat().st_size
    assert short > 0
    pq.write_table(pa.table({"a": pa.array([], pa.string())}).replace_schema_metadata({"p": "x" * 10}), place)
    refused(folder, "needs")


def test_an_address_is_read_by_the_engine(folder: Path) -> None:
    with open_tables(folder.as_uri()) as tables:
        assert len(tables.gaps(["大分県"]))
    shutil.rmtree(sorted((folder / "links").iterdir())[0])
    with pytest.raises(StoreError) as told:
        open_tables(folder.as_uri())
    assert "\n" not in str(told.value)
