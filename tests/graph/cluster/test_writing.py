"""Partitioned tables: what lies where, replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tsunagari.errors import OutputError, UnknownNameError
from tsunagari.graph.cluster.layout import Layout, layout_tables, layout_version
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


def test_every_table_has_the_columns_of_the_layout(country_tables: Path) -> None:
    layout = Layout.of(pq.read_table(country_tables / "layout.parquet").to_pylist()[0])
    assert layout.version == layout_version()
    assert {file.table for file in layout.files} == set(layout_tables()) - {"layout"}
    for file in layout.files:
        assert pq.read_schema(country_tables / file.path).names == layout_tables()[file.table].schema.names
        assert pq.read_metadata(country_tables / file.path).metadata[b"tsunagari.layout"] == b"2"


def test_a_thing_lies_with_its_prefecture(country: KnowledgeGraph, country_tables: Path) -> None:
    wanted = country.organizations.set_index("organization_id")["municipality_code"].dropna()
    seen = 0
    for folder in (country_tables / "things").iterdir():
        code = folder.name.removeprefix("prefecture=")
        for row in pq.read_table(folder / "part-0.parquet", columns=["id", "name_ja"]).to_pylist():
            if row["id"] in wanted.index:
                assert wanted[row["id"]][:2] == code
                seen += 1
    assert seen == len(wanted)


def test_the_same_graph_gives_the_same_bytes(country: KnowledgeGraph, country_tables: Path, tmp_path: Path) -> None:
    again = country.export("parquet", tmp_path / "again", partition="prefecture")
    assert isinstance(again, Path)
    files = [path.relative_to(again) for path in sorted(again.rglob("*.parquet"))]
    assert files == [path.relative_to(country_tables) for path in sorted(country_tables.rglob("*.parquet"))]
    assert all((again / file).read_bytes() == (country_tables / file).read_bytes() for file in files)


def test_older_tables_are_replaced_and_other_things_are_not(bundled: KnowledgeGraph, tmp_path: Path) -> None:
    target = tmp_path / "tables"
    bundled.export("parquet", target, partition="prefecture")
    (target / "areas" / "mine.txt").write_text("x")
    bundled.export("parquet", target, partition="prefecture")
    assert not (target / "areas" / "mine.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "list.csv").write_text("x")
    with pytest.raises(OutputError, match="something else"):
        bundled.export("parquet", other, partition="prefecture")
    assert [path.name for path in other.iterdir()] == ["list.csv"]


def test_partitions_need_a_folder_and_parquet(bundled: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="partitioned"):
        bundled.export("csv", tmp_path / "x", partition="prefecture")
    with pytest.raises(UnknownNameError, match="sector"):
        bundled.export("parquet", tmp_path / "x", partition="sector")
    for place in (None, tmp_path / "x.zip"):
        with pytest.raises(OutputError, match="folder"):
            bundled.export("parquet", place, partition="prefecture")


def test_progress_ends_with_all(bundled: KnowledgeGraph, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    bundled.export("parquet", tmp_path / "x", partition="prefecture", progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2] > 0


def test_only_a_public_edition_has_cells_that_are_not_published(country: KnowledgeGraph, tmp_path: Path) -> None:
    country.export("parquet", tmp_path / "whole", partition="prefecture")
    public = country.public()
    public.export("parquet", tmp_path / "public", partition="prefecture")
    tables = {name: pq.read_table(tmp_path / name / "unpublished") for name in ("whole", "public")}
    editions = [pq.read_table(tmp_path / name / "layout.parquet")["edition"].to_pylist() for name in tables]
    assert editions == [[""], ["public"]]
    assert tables["whole"].num_rows == 0
    cells = public.gaps(missing=0).query("status == 'withheld'")
    assert set(zip(cells["area_code"], cells["field_id"], strict=True)) == {
        (row["unit"], row["field"]) for row in tables["public"].to_pylist() if row["status"] == "withheld"
    }
