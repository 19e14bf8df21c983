from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from tsunagari.errors import OutputError, UnknownNameError
from tsunagari.graph.export import FORMATS, TABLES, export
from tsunagari.graph.graph_files import to_gexf, to_graphml
from tsunagari.graph.jsonld import bundled_context, to_jsonld
from tsunagari.graph.networks import network
from tsunagari.graph.output import write_output
from tsunagari.graph.store import MemoryStore
from tsunagari.graph.things import Reader
from tsunagari.ontology.namespaces import graph_iri


def text(reader: Reader, name: str, **options: object) -> bytes:
    found = export(reader, name, **options)  # type: ignore[arg-type]
    assert isinstance(found, bytes)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(tiny_quads: list[ox.Quad], name: str) -> None:
    readers = (Reader(MemoryStore(quads)) for quads in (tiny_quads, tiny_quads[::-1]))
    one, other = (text(reader, name) for reader in readers)
    assert one == other


@pytest.mark.parametrize("name", ["turtle", "jsonld", "trig"])
def test_no_blank_node_labels(tiny: Reader, name: str) -> None:
    assert b"_:" not in text(tiny, name)


@pytest.mark.parametrize(("name", "rdf_format"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_named_graphs_come_back_as_they_were(
    tiny: Reader, tiny_quads: list[ox.Quad], name: str, rdf_format: ox.RdfFormat
) -> None:
    assert set(ox.parse(text(tiny, name), format=rdf_format)) == set(tiny_quads)


def test_turtle_is_the_union(tiny: Reader, tiny_quads: list[ox.Quad]) -> None:
    found = {quad.triple for quad in ox.parse(text(tiny, "turtle"), format=ox.RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in tiny_quads}


def test_rdflib_reads_turtle_and_jsonld_as_the_same_graph(tiny: Reader) -> None:
    from rdflib import Dataset, Graph

    turtle = Graph().parse(data=text(tiny, "turtle"), format="turtle")
    dataset = Dataset(default_union=True)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's own, in its parser
        dataset.parse(data=text(tiny, "jsonld"), format="json-ld")
    assert {tuple(triple) for triple in turtle} == {tuple(quad[:3]) for quad in dataset.quads()}


def test_jsonld_uses_the_terms_of_the_context(tiny: Reader) -> None:
    document = json.loads(text(tiny, "jsonld"))
    assert document["@context"] == bundled_context().source
    nodes = {node["@id"]: node for graph in document["@graph"] for node in graph["@graph"]}
    tie = nodes["id:tie/t1"]
    assert (tie["@type"], tie["tieFrom"], tie["strength"]) == ("CollaborationTie", "id:org/food", "2")


def test_jsonld_keeps_awkward_values() -> None:
    values = [
        ox.Literal('引用"\\\n', language="ja"),
        ox.Literal("plain"),
        ox.Literal("id:not-an-iri"),
        ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ox.NamedNode("https://w3id.org/tsunagari/id/source/会員.csv#sheet=名簿;row=12"),
        ox.NamedNode("https://w3id.org/tsunagari/id//double"),
    ]
    predicates = ("https://w3id.org/tsunagari/ont#basis", "https://w3id.org/tsunagari/ont#strength", "urn:p")
    quads = {
        ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(predicate), value, ox.NamedNode("urn:g"))
        for predicate in predicates
        for value in values
    }
    ordered = sorted(quads, key=str)
    assert set(ox.parse(to_jsonld(ordered), format=ox.RdfFormat.JSON_LD)) == quads


def test_a_day_leaves_out_what_does_not_hold_and_what_stood_for_it(tiny: Reader) -> None:
    found = text(tiny, "turtle", at="2023-10-01").decode()
    assert "id-membership:m2" not in found
    assert "id-membership:m1" in found
    everything = {quad.triple for quad in ox.parse(text(tiny, "turtle"), format=ox.RdfFormat.TURTLE)}
    now = {quad.triple for quad in ox.parse(found, format=ox.RdfFormat.TURTLE)}
    gone = {
        (triple.subject.value.rpartition("/")[2], triple.predicate.value.rpartition("#")[2])
        for triple in everything - now
    }
    assert ("listen", "memberOf") in gone
    assert {subject for subject, _ in gone} == {"m2", "listen"}
    assert now < everything


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_network_files_come_back_through_networkx(tiny: Reader, name: str) -> None:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    found, graph = read(io.BytesIO(text(tiny, name))), network(tiny, "all", statuses=None)
    assert set(found) == set(graph)
    assert found.number_of_edges() == graph.number_of_edges()
    kinds = sorted((a, b, data["kind"], data["weight"]) for a, b, data in graph.edges(data=True))
    assert sorted((a, b, data["kind"], data["weight"]) for a, b, data in found.edges(data=True)) == kinds
    labels = dict(graph.nodes(data="label"))
    assert {node: data["label"] for node, data in found.nodes(data=True)} == labels


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_network_files_survive_hostile_text(write: object) -> None:
    graph = nx.Graph()
    graph.add_node("a", label="</node><!--\x00\x0b & \"'", fields=["x", "y"], size=None, ok=True)
    read = nx.read_graphml if write is to_graphml else nx.read_gexf
    found = read(io.BytesIO(write(graph)))  # type: ignore[operator]
    assert found.nodes["a"]["label"] == "</node><!--\ufffd\ufffd & \"'"
    assert found.nodes["a"]["fields"] == "x|y"
    assert found.nodes["a"]["ok"] is True
    assert "size" not in found.nodes["a"]


def test_no_clock_in_gexf(tiny: Reader) -> None:
    assert b"lastmodified" not in text(tiny, "gexf")


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
    assert ',"=HYPERLINK' in (tmp_path / "plain" / "organizations.csv").read_text(encoding="utf-8")


def test_an_unknown_format_lists_the_known_ones(tiny: Reader) -> None:
    with pytest.raises(UnknownNameError) as error:
        export(tiny, "xml")
    assert all(name in error.value.text("en") for name in FORMATS)


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


def test_the_graph_of_a_source_keeps_its_name(tiny: Reader) -> None:
    assert f"<{graph_iri('tiny')}> {{" in text(tiny, "trig").decode()
