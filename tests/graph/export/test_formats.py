from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest

from tsunagari.errors import OutputError, UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.export import FORMATS, export
from tsunagari.graph.export.tables import TABLES
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.store import write_output

Export: TypeAlias = Callable[..., bytes]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(exported: Export, tiny_quads: list[ox.Quad], name: str) -> None:
    readers = (Reader(MemoryStore(quads)) for quads in (tiny_quads, tiny_quads[::-1]))
    one, other = (exported(reader, name) for reader in readers)
    assert one == other


def test_a_day_leaves_out_what_does_not_hold_and_what_stood_for_it(exported: Export, tiny: Reader) -> None:
    found = exported(tiny, "turtle", at="2023-10-01").decode()
    assert "id-membership:m2" not in found
    assert "id-membership:m1" in found
    everything = {quad.triple for quad in ox.parse(exported(tiny, "turtle"), format=ox.RdfFormat.TURTLE)}
    now = {quad.triple for quad in ox.parse(found, format=ox.RdfFormat.TURTLE)}
    gone = {
        (triple.subject.value.rpartition("/")[2], triple.predicate.value.rpartition("#")[2])
        for triple in everything - now
    }
    assert ("listen", "memberOf") in gone
    assert {subject for subject, _ in gone} == {"m2", "listen"}
    assert now < everything


def test_csv_is_one_table_each(tiny: Reader, tmp_path: Path) -> None:
    folder = export(tiny, "csv", tmp_path / "tables")
    assert folder == tmp_path / "tables"
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(f"{name}.csv" for name in TABLES)
    text = (tmp_path / "tables" / "organizations.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    food = next(row for row in rows if row["name"] == "フードの会")
    assert (food["fields"], food["stated_size"]) == ("フードバンク、ひきこもり", "")


def test_a_zip_holds_the_same_tables(tiny: Reader, tmp_path: Path) -> None:
    export(tiny, "csv", tmp_path / "tables")
    export(tiny, "csv", tmp_path / "tables.zip")
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()
        }


def test_csv_for_excel_opens_in_japanese_and_runs_no_formula(tiny_quads: list[ox.Quad], tmp_path: Path) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    hostile = [
        ox.Quad(ox.NamedNode("urn:evil"), label, ox.Literal('=HYPERLINK("x")', language="ja"), ox.NamedNode("urn:g")),
        ox.Quad(
            ox.NamedNode("urn:evil"),
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode("https://w3id.org/tsunagari/ont#StakeholderOrganization"),
            ox.NamedNode("urn:g"),
        ),
    ]
    reader = Reader(MemoryStore([*tiny_quads, *hostile]))
    export(reader, "csv", tmp_path / "excel", excel=True)
    data = (tmp_path / "excel" / "organizations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert "'=HYPERLINK" in data.decode("utf-8-sig")
    export(reader, "csv", tmp_path / "plain")
    assert ",\"'=HYPERLINK" in (tmp_path / "plain" / "organizations.csv").read_text(encoding="utf-8")


def test_an_unknown_format_lists_the_known_ones(tiny: Reader) -> None:
    with pytest.raises(UnknownNameError) as error:
        export(tiny, "xml")
    assert all(name in error.value.text("en") for name in FORMATS)


@pytest.mark.parametrize("name", [name for name, item in FORMATS.items() if item.family != "network"])
def test_only_formats_of_networks_choose_one(tiny: Reader, name: str) -> None:
    with pytest.raises(UnknownNameError, match="graphml"):
        export(tiny, name, network="ties")


def test_an_unknown_network_lists_the_known_ones(tiny: Reader) -> None:
    with pytest.raises(UnknownNameError, match="comembers"):
        export(tiny, "pajek", network="tie")


@pytest.mark.parametrize("name", FORMATS)
def test_a_graph_without_anything_is_written_too(exported: Export, name: str) -> None:
    assert exported(Reader(MemoryStore()), name) is not None


class TestOutput:
    """A file is there whole or not at all."""

    def test_a_place_that_cannot_be_written_says_so_and_keeps_the_old_file(self, tiny: Reader, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("old", encoding="utf-8")
        with pytest.raises(OutputError) as error:
            export(tiny, "turtle", tmp_path / "file" / "graph.ttl")
        assert "graph.ttl" in error.value.text("ja")
        assert (tmp_path / "file").read_text(encoding="utf-8") == "old"

    def test_a_folder_cannot_take_the_place_of_a_file(self, tiny: Reader, tmp_path: Path) -> None:
        (tmp_path / "tables").write_text("old", encoding="utf-8")
        with pytest.raises(OutputError):
            export(tiny, "csv", tmp_path / "tables")

    def test_a_write_that_fails_midway_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.txt").write_text("old", encoding="utf-8")

        def refuse(*_: object) -> None:
            raise PermissionError(13, "in use")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(OutputError, match="in use"):
            write_output(tmp_path / "a.txt", b"new")
        assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.txt", "old")]

    def test_a_new_file_is_readable_by_others_as_usual(self, tmp_path: Path) -> None:
        (tmp_path / "usual").touch()
        assert write_output(tmp_path / "new", b"").stat().st_mode == (tmp_path / "usual").stat().st_mode
