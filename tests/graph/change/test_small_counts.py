"""Few persons are in no figure of a public edition, and follow from none: not from totals, not from withheld rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tsunagari as tsu
from tsunagari.graph.change.small_counts import suppress
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

Build = Callable[..., KnowledgeGraph]
HEAD = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n'


@pytest.fixture
def built(tmp_path: Path) -> Build:
    def make(settings: str = "", **lists: str) -> KnowledgeGraph:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        sources = "".join(f'[[source]]\nfile = "{name}.csv"\nkind = "{name}"\n' for name in lists)
        (folder / "tsunagari.toml").write_text(f"{HEAD}{settings}\n{sources}", encoding="utf-8")
        for name, text in lists.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return tsu.build(folder)

    return make


def shown(graph: KnowledgeGraph) -> dict[tuple[str, str], float]:
    needs = graph.needs
    return {
        (area, kind): value for area, kind, value in needs[["area", "indicator_id", "value"]].itertuples(index=False)
    }


def test_a_small_count_of_persons_goes_and_a_large_one_stays(built: Build) -> None:
    graph = built(needs="市区町村,自殺者数（人）,高齢化率（%）\n鳥取市,3,2\n岩美町,4,3\n")
    assert shown(graph.public()) == {
        ("岩美町", "suicides"): 4,
        ("鳥取市", "older-share"): 2,
        ("岩美町", "older-share"): 3,
    }
    assert len(shown(graph)) == 4


def test_the_limit_is_a_setting(built: Build) -> None:
    text = "市区町村,自殺者数\n鳥取市,3\n岩美町,9\n"
    assert set(shown(built("[public]\npersons = 0", needs=text).public()).values()) == {3, 9}
    assert set(shown(built("[public]\npersons = 2", needs=text).public()).values()) == {3, 9}
    assert shown(built("[public]\npersons = 9", needs=text).public()) == {}


def test_a_total_does_not_tell_the_part_that_is_left_out(built: Build) -> None:
    graph = built(needs="市区町村,自殺者数\n鳥取県,62\n鳥取市,40\n米子市,20\n岩美町,2\n").public()
    found = shown(graph)
    assert found["鳥取県", "suicides"] == 62
    assert found["鳥取市", "suicides"] == 40
    assert ("米子市", "suicides") not in found  # 62 - 40 - 20 would tell the other
    assert ("岩美町", "suicides") not in found


def test_a_total_that_is_none_tells_nothing(built: Build) -> None:
    graph = built(needs="市区町村,自殺者数\n鳥取県,100\n鳥取市,40\n米子市,20\n岩美町,2\n").public()
    assert len(shown(graph)) == 3  # others of the prefecture are in no list


def test_columns_that_add_up_are_seen_without_a_word(built: Build) -> None:
    graph = built(needs="市区町村,総人口,15歳未満人口,65歳以上人口\n鳥取市,100,40,60\n岩美町,52,50,2\n").public()
    found = shown(graph)
    assert found["岩美町", "population"] == 52
    assert ("岩美町", "children") not in found
    assert found["鳥取市", "children"] == 40


def test_what_a_withheld_row_counts_does_not_follow_from_the_total(built: Build) -> None:
    graph = built(needs="市区町村,自殺者数,公開可否\n鳥取県,62,○\n鳥取市,30,○\n米子市,20,○\n岩美町,12,×\n").public()
    assert set(shown(graph)) == {("鳥取県", "suicides"), ("鳥取市", "suicides")}


def test_counts_of_documents_are_suppressed_where_they_are_of_persons(built: Build) -> None:
    graph = built(
        platforms="id,pref_label\npf,架空の場\n",
        counts="id,about,count,counted,part_of_count\na,pf,60,参加者,\nb,pf,2,参加者（甲の部）,a\n"
        "c,pf,18,参加者（乙の部）,a\nd,pf,40,参加者（丙の部）,a\ne,pf,2,会員団体,\n",
    )
    text = graph.public().export("nquads")
    assert isinstance(text, bytes)
    said = text.decode()
    for word, there in (("甲の部", False), ("乙の部", False), ("丙の部", True), ("会員団体", True)):
        assert (word in said) is there, word


def test_a_sample_goes_and_what_it_is_the_sample_of_stays(built: Build) -> None:
    text = "取組名,class,sample_size,団体\n架空の調査,Survey,3,架空の団\n架空の別の調査,Survey,300,架空の団\n"
    lists = {"organizations": "団体名\n架空の団\n", "activities": text}
    graph = built('[public]\nallow = ["body", "activity"]', **lists).public()
    said = graph.export("nquads")
    assert isinstance(said, bytes)
    assert "架空の調査" in said.decode()
    assert re.findall(r'sampleSize> "(\d+)"', said.decode()) == ["300"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=4), min_size=2, max_size=4).filter(
        lambda rows: len({len(row) for row in rows}) == 1
    )
)
def test_no_small_cell_of_a_table_follows_from_its_margins(rows: list[list[int]]) -> None:
    table = np.array(rows)
    cells = {(r, c): float(table[r, c]) for r, c in itertools.product(*map(range, table.shape))}
    values = cells | {("row", r): float(n) for r, n in enumerate(table.sum(axis=1))}
    values |= {("column", c): float(n) for c, n in enumerate(table.sum(axis=0))}
    values |= {("all", 0): float(table.sum())}
    sums = [(("row", r), [(r, c) for c in range(table.shape[1])]) for r in range(table.shape[0])]
    sums += [(("column", c), [(r, c) for r in range(table.shape[0])]) for c in range(table.shape[1])]
    sums += [(("all", 0), [("row", r) for r in range(table.shape[0])])]
    sums += [(("all", 0), [("column", c) for c in range(table.shape[1])])]
    small = {key for key, value in values.items() if value <= 3}
    hidden = sorted(suppress(values, sums, small, 3), key=str)
    assert small <= set(hidden)
    matrix = np.zeros((len(sums), len(hidden)))
    for row, (total, parts) in enumerate(sums):
        for key in parts:
            if key in hidden:
                matrix[row, hidden.index(key)] += 1
        if total in hidden:
            matrix[row, hidden.index(total)] -= 1
    for number, key in enumerate(hidden):  # a figure that follows is a combination of the equations
        unit = np.zeros(len(hidden))
        unit[number] = 1
        solution = np.linalg.lstsq(matrix.T, unit, rcond=None)[0]
        assert np.abs(matrix.T @ solution - unit).max() > 1e-6, key
