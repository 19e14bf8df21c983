"""A new store filled part by part has every quad, and errors come out."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from tsunagari.graph.store.bulk import BulkLoader


def line(number: int) -> str:
    return f'<urn:s{number}> <urn:p> "{number}" <urn:g> .\n'


@pytest.mark.parametrize("part", [1, 3, 1000])
def test_every_quad_arrives_whatever_the_size_of_the_parts(tmp_path: Path, part: int) -> None:
    store = ox.Store(str(tmp_path))
    told: list[tuple[int, int]] = []
    with BulkLoader(store, part=part) as loader:
        for number in range(10):
            loader.add([line(number), line(0)])
        loader.add_quads([ox.Quad(ox.NamedNode("urn:s0"), ox.NamedNode("urn:p"), ox.Literal('a "b"\\\n\r'))])
        loader.finish(lambda done, total: told.append((done, total)))
    assert len(store) == 11
    assert told[-1] == (21, 21)
    assert told == sorted(told)


def test_a_part_that_is_no_n_quads_is_an_error(tmp_path: Path) -> None:
    with BulkLoader(ox.Store(str(tmp_path))) as loader:
        loader.add(["no quad\n"])
        with pytest.raises(SyntaxError):
            loader.finish()


def test_an_error_in_the_block_ends_it_and_lets_go_of_the_store(tmp_path: Path) -> None:
    loader = BulkLoader(ox.Store(str(tmp_path)), part=1)
    with pytest.raises(ZeroDivisionError), loader:
        loader.add([line(1), line(1 // 0)])
    assert len(ox.Store(str(tmp_path))) == 0  # the lock is free
