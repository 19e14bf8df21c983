"""Tables as files, read back by pandas, pyarrow and libhxl."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeAlias

import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.export.tables import TABLES
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.tables.frames import COLUMNS, frame
from tsunagari.graph.tables.parquet import to_parquet
from tsunagari.graph.wording import hxl_tags
from tsunagari.ontology.namespaces import PREFIXES

Export: TypeAlias = Callable[..., bytes]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def missing_as_none(value: Any) -> Any:
    if isinstance(value, list):
        return value
    return None if value is None or pd.isna(value) else value


@pytest.mark.parametrize("name", TABLES)
def test_parquet_comes_back_with_every_value_and_type(exported: Export, tiny: Reader, name: str) -> None:
    table = pq.read_table(io.BytesIO(members(exported(tiny, "parquet"))[f"{name}.parquet"]))
    wanted = frame(tiny, name)
    assert table.column_names == list(COLUMNS[name])
    rows = [tuple(map(missing_as_none, row)) for row in wanted.itertuples(index=False, name=None)]
    assert [tuple(row.values()) for row in table.to_pylist()] == rows
    assert len(pd.read_parquet(io.BytesIO(members(exported(tiny, "parquet"))[f"{name}.parquet"]))) == len(wanted)


def test_parquet_knows_numbers_truth_and_lists(exported: Export, tiny: Reader) -> None:
    found = members(exported(tiny, "parquet"))
    schema = {name: pq.read_schema(io.BytesIO(data)) for name, data in found.items()}
    assert str(schema["organizations.parquet"].field("fields").type).startswith("list<")
    assert str(schema["organizations.parquet"].field("stated_size").type) == "int64"
    assert str(schema["ties.parquet"].field("directed").type) == "bool"
    assert str(schema["ties.parquet"].field("strength").type) == "double"


def test_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="names of their own"):
        to_parquet(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_every_column_has_a_tag_of_its_own() -> None:
    core = {"activity", "adm1", "adm2", "beneficiary", "channel", "date", "description", "geo", "indicator", "loc"}
    core |= {"meta", "org", "sector", "service", "status", "value"}  # HXL 1.1, core hashtags
    for name in TABLES:
        tags = [hxl_tags(name)[column] for column in COLUMNS[name]]
        assert len(tags) == len(set(tags)), name
        assert {tag[1:].split("+")[0] for tag in tags} <= core


@pytest.mark.parametrize("name", TABLES)
def test_libhxl_reads_tags_and_values_back(
    exported: Export, tiny: Reader, name: str, lacking: Callable[[str], None]
) -> None:
    if find_spec("six") is None:
        lacking("six is not installed, which libhxl imports without naming it; `make test` installs it")
    import hxl

    data = members(exported(tiny, "hxl"))[f"{name}.csv"]
    source = hxl.data(hxl.input.make_input(io.BytesIO(data), hxl.InputOptions(allow_local=True)))
    assert [column.display_tag for column in source.columns] == [hxl_tags(name)[column] for column in COLUMNS[name]]
    assert [column.header for column in source.columns] == list(COLUMNS[name])
    wanted = list(csv.reader(io.StringIO(data.decode())))[2:]
    assert [row.values for row in source] == wanted
    assert len(wanted) == len(frame(tiny, name))


def test_lists_in_hxl_are_told_apart(exported: Export, tiny: Reader) -> None:
    rows = csv.DictReader(io.StringIO(members(exported(tiny, "hxl"))["organizations.csv"].decode()))
    assert "フードバンク|ひきこもり" in {row["fields"] for row in rows}


@pytest.mark.parametrize("name", ["csv", "hxl", "hsds"])
def test_formulas_are_harmless_for_excel(exported: Export, tiny_quads: list[ox.Quad], name: str) -> None:
    node, label = ox.NamedNode("urn:evil"), ox.NamedNode(f"{PREFIXES['skos']}prefLabel")
    types = ox.NamedNode(f"{PREFIXES['rdf']}type"), ox.NamedNode(f"{PREFIXES['tsu']}StakeholderOrganization")
    hostile = [
        ox.Quad(node, label, ox.Literal('=HYPERLINK("x")', language="ja"), ox.NamedNode("urn:g")),
        ox.Quad(node, *types, ox.NamedNode("urn:g")),
    ]
    reader = Reader(MemoryStore([*tiny_quads, *hostile]))
    safe, plain = (members(exported(reader, name, excel=excel))["organizations.csv"] for excel in (True, False))
    assert safe.startswith(b"\xef\xbb\xbf")
    for written in (safe, plain):
        names = [row["name"] for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))]
        assert '\'=HYPERLINK("x")' in names
