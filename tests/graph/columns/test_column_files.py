"""What a build writes beside the store says what the store says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tsunagari.errors import StoreError
from tsunagari.graph.columns.column_files import ARRAYS, COLUMNS, INDEX, ColumnWriter, open_columns
from tsunagari.graph.columns.columns import Columns, columns_of
from tsunagari.graph.knowledge.build import build, open_graph
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.replacement import FOLDER
from tsunagari.loaders.fiction import synthesize

KEPT = """\
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/a> a org:Organization ; skos:prefLabel "架空の会A"@ja, "Fictional A"@en ; org:linkedTo _:b .
_:b a org:Organization ; <https://example.org/note> "two\\nlines and \\"quotes\\"" ;
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


def contents(columns: Columns) -> dict[str, object]:
    """Return all that columns say, as texts."""
    codes = np.arange(len(columns.terms))
    said: dict[str, object] = {name: [columns.text(part) for part in columns.pairs(name)] for name in columns.names}
    labels = {f"label {lang}": columns.labels(codes, lang) for lang in ("ja", "en", "")}
    return {"terms": columns.text(codes)} | said | labels


def test_a_build_writes_the_columns_of_its_store(region: KnowledgeGraph, bundled: KnowledgeGraph) -> None:
    for graph in (region, bundled):
        assert graph.workspace is not None
        written = open_columns(graph.workspace / FOLDER / COLUMNS)
        assert written is not None
        assert contents(written) == contents(columns_of(graph.store))


def test_kept_rdf_is_in_the_columns(region: KnowledgeGraph) -> None:
    columns = region._reader.columns
    (note,) = columns.pairs("note")[1]
    assert columns.text([note]) == ['two\nlines and "quotes"']
    assert columns.text(columns.pairs("size")[1]) == ["2.5", "7", "true"]


def test_the_same_lists_give_the_same_bytes(region: KnowledgeGraph) -> None:
    assert region.workspace is not None
    folder = region.workspace / FOLDER / COLUMNS
    before = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    assert set(before) == {INDEX, *(f"{name}.npy" for name in ARRAYS)}
    build(region.workspace).close()
    assert {path.name: path.read_bytes() for path in sorted(folder.iterdir())} == before


@pytest.mark.parametrize("cut", [1, 7])
def test_lines_may_come_in_any_order(tmp_path: Path, cut: int) -> None:
    lines = [f'<urn:x/s{n % 5}> <urn:x/p{n % 3}> "{n}"@ja <urn:g> .\n' for n in range(20)]
    whole, parts = ColumnWriter(), ColumnWriter()
    whole.add("".join(lines).encode())
    for start in reversed(range(0, 20, cut)):
        parts.add("".join(lines[start : start + cut]).encode())
    whole.write(tmp_path / "whole")
    parts.write(tmp_path / "parts")
    for name in (INDEX, *(f"{name}.npy" for name in ARRAYS)):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parts" / name).read_bytes()


def spoil_index(folder: Path) -> None:
    (folder / INDEX).write_text("{", encoding="utf-8")


def spoil_array(folder: Path) -> None:
    (folder / "values.npy").write_bytes(b"no numbers")


@pytest.mark.parametrize("spoil", [spoil_index, spoil_array])
def test_damaged_columns_are_an_error_that_says_what_to_do(
    region: KnowledgeGraph, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    ColumnWriter().write(tmp_path / "columns")
    spoil(tmp_path / "columns")
    with pytest.raises(StoreError, match="tsunagari build"):
        open_columns(tmp_path / "columns")


def test_a_graph_without_columns_of_this_version_makes_them_from_its_store(region: KnowledgeGraph) -> None:
    assert region.workspace is not None
    index = region.workspace / FOLDER / COLUMNS / INDEX
    written = index.read_text(encoding="utf-8")
    try:
        index.write_text(json.dumps(json.loads(written) | {"version": 0}), encoding="utf-8")
        with open_graph(region.workspace) as graph:
            assert len(graph._reader.columns.of_class("Organization")) == len(
                region._reader.columns.of_class("Organization")
            )
    finally:
        index.write_text(written, encoding="utf-8")
