"""What a build writes is sealed: it opens as it was written, or says that it must be built again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import tsunagari
from tsunagari.errors import StoreError
from tsunagari.graph.columns.column_files import ARRAYS, INDEX, open_columns, save_columns
from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.columns.columns import Columns
from tsunagari.graph.facts.load_report import FILE
from tsunagari.graph.knowledge.build import build, open_graph
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.replacement import COLUMNS, FOLDER
from tsunagari.loaders.fiction import synthesize
from tsunagari.ontology.namespaces import OA

KEPT = """\
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/a> a org:Organization ; skos:prefLabel "架空の会A"@ja, "Fictional A"@en ; org:linkedTo _:b .
_:b a org:Organization ; <https://example.org/remark> "two\\nlines and \\"quotes\\"" ;
   <https://example.org/size> 007, 2.50, true .
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A fictional region with everything its lists infer, and a file of RDF that is kept as it stands."""
    folder = synthesize(
        tmp_path_factory.mktemp("columns") / "region", organizations=60, seed=3, areas=["鳥取県"]
    ).folder
    (folder / "kept.ttl").write_text(KEPT, encoding="utf-8")
    with (folder / "tsunagari.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[source]]\nfile = "kept.ttl"\nkind = "rdf"\nmode = "as-is"\n')
    return build(folder)


def said(columns: Columns) -> dict[str, object]:
    """Return all that columns say, as texts, apart from what follows from the rows of tables."""
    found: dict[str, object] = {}
    for name in columns.names:
        pairs = [columns.text(part) for part in columns.pairs(name)]
        if name in ("type", "has_source"):
            rows = [pair for pair in zip(*pairs, strict=True) if "#row=" not in pair[0] and "#sheet=" not in pair[0]]
            pairs = [list(part) for part in zip(*rows, strict=True)]
        if pairs:
            found[name] = pairs
    codes = columns.codes(sorted(set(columns.text(np.unique(columns.pairs("type")[0])))))
    return found | {f"label {lang}": columns.labels(codes, lang) for lang in ("ja", "en", "")}


def test_columns_of_the_quads_say_the_same(region: KnowledgeGraph, bundled: KnowledgeGraph) -> None:
    for graph in (region, bundled):
        again = MemoryStore(graph.store.quads())
        assert set(again.quads()) == set(graph.store.quads())
        written, made = said(graph._reader.columns), said(again.columns)
        assert {name for name in written if not name.startswith("label")} == {
            name for name in made if not name.startswith("label")
        }
        assert all(written[name] == made[name] for name in written if not name.startswith("label"))


def test_rows_of_tables_are_places_in_the_quads_only(region: KnowledgeGraph) -> None:
    columns = region._reader.columns
    places = [text for text in columns.text(np.unique(columns.pairs("stated_in")[1])) if "#row=" in text]
    assert places
    assert not set(places) & set(columns.text(columns.pairs("has_source")[0]))
    held = {(quad.subject.value, quad.object.value) for quad in region.store.quads() if OA in quad.predicate.value}
    assert {(place, place.partition("#")[0]) for place in places} <= held


def test_kept_rdf_is_in_the_columns(region: KnowledgeGraph) -> None:
    columns = region._reader.columns
    (remark,) = columns.pairs("remark")[1]
    assert columns.text([remark]) == ['two\nlines and "quotes"']
    assert columns.text(columns.pairs("size")[1]) == ["2.5", "7", "true"]


def test_the_same_lists_give_the_same_bytes(region: KnowledgeGraph) -> None:
    assert region.workspace is not None
    folder = region.workspace / FOLDER / COLUMNS
    before = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    assert set(before) == {INDEX, *(f"{name}.npy" for name in ARRAYS)}
    build(region.workspace).close()
    assert {path.name: path.read_bytes() for path in sorted(folder.iterdir())} == before


def test_columns_of_nothing_open(tmp_path: Path) -> None:
    save_columns(statements_of([]), tmp_path / COLUMNS)
    assert len(open_columns(tmp_path / COLUMNS).terms) == 0


# ---- what happens to files ----


def cut(at: float) -> Callable[[Path, Path], None]:
    def spoil(path: Path, _other: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * at)])

    return spoil


def turn(at: float) -> Callable[[Path, Path], None]:
    def spoil(path: Path, _other: Path) -> None:
        data = bytearray(path.read_bytes())
        data[int((len(data) - 1) * at)] ^= 1
        path.write_bytes(data)

    return spoil


def longer(path: Path, _other: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def swap(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def remove(path: Path, _other: Path) -> None:
    path.unlink()


SPOILERS = {
    "empty": cut(0),
    "half": cut(0.5),
    "nearly whole": cut(0.999),
    "first byte": turn(0),
    "a byte in the middle": turn(0.6),
    "last byte": turn(1),
    "longer": longer,
    "that of another graph": swap,
    "gone": remove,
}
FILES = [f"{COLUMNS}/{INDEX}", *(f"{COLUMNS}/{name}.npy" for name in ARRAYS), FILE]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another graph of the same lists but for one name of the same length."""
    folder = tmp_path_factory.mktemp("other")
    for name, text in (("a", "架空の甲会"), ("b", "架空の乙会")):
        place = folder / name
        place.mkdir()
        (place / "organizations.csv").write_text(f"団体名,市区町村\n{text},鳥取市\n", encoding="utf-8")
        settings = '[workspace]\ntitle = "架空"\nas_of = 2024-01-01\n'
        settings += '[[source]]\nfile = "organizations.csv"\nkind = "organizations"\n'
        (place / "tsunagari.toml").write_text(settings, encoding="utf-8")
        tsunagari.build(place).close()
    return folder


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("spoiler", SPOILERS)
def test_a_file_that_is_not_what_was_written_is_told(other: Path, tmp_path: Path, file: str, spoiler: str) -> None:
    """63 ways; each of them would have opened, and some would have given other answers."""
    if file.endswith(".json") and spoiler == "nearly whole":
        spoiler = "half"  # the last thousandth of it is the end of its last line
    workspace = shutil.copytree(other / "a", tmp_path / "a")
    path, twin = workspace / FOLDER / file, other / "b" / FOLDER / file
    if spoiler == "that of another graph" and path.read_bytes() == twin.read_bytes():
        return  # the same bytes are no other file
    SPOILERS[spoiler](path, twin)
    if spoiler == "longer" and file == FILE:
        assert open_graph(workspace).title == "架空"  # an empty line more says nothing else
        return
    with pytest.raises(StoreError) as error:
        open_graph(workspace)
    assert "tsunagari build" in error.value.text("ja")
    assert "tsunagari build" in error.value.text("en")


def test_whole_columns_of_another_build_do_not_fit_the_record(other: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(other / "a", tmp_path / "a")
    shutil.rmtree(workspace / FOLDER / COLUMNS)
    shutil.copytree(other / "b" / FOLDER / COLUMNS, workspace / FOLDER / COLUMNS)
    with pytest.raises(StoreError, match="same build"):
        open_graph(workspace)


def test_a_graph_of_another_version_is_told(other: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(other / "a", tmp_path / "a")
    index = workspace / FOLDER / COLUMNS / INDEX
    index.write_text(json.dumps(json.loads(index.read_text(encoding="utf-8")) | {"format": 1}), encoding="utf-8")
    with pytest.raises(StoreError, match="another version"):
        open_graph(workspace)
