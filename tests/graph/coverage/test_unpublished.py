"""A public edition that was written somewhere says itself which cells it does not tell, and of which day."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
from tests.graph.coverage.test_public_coverage import FILES, SETTINGS, WITHHELD

import tsunagari as tsu
from tsunagari.errors import StoreError
from tsunagari.graph.columns import MemoryStore
from tsunagari.graph.facts import read_settings
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("edition")
    for name, text in (FILES | {"tsunagari.toml": SETTINGS}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


def read_again(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return a graph as whoever gets its export has it."""
    data = graph.export("nquads")
    assert isinstance(data, bytes)
    store = MemoryStore(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    return KnowledgeGraph(store, read_settings(store))


@pytest.fixture(scope="module")
def edition(whole: KnowledgeGraph) -> KnowledgeGraph:
    return read_again(whole.public())


def test_gaps_are_those_of_the_workspace(whole: KnowledgeGraph, edition: KnowledgeGraph) -> None:
    pd.testing.assert_frame_equal(edition.gaps(), whole.public().gaps())
    table = edition.gaps(statuses=["withheld"])
    assert set(map(tuple, table[["area", "field"]].itertuples(index=False))) == WITHHELD


def test_an_edition_of_another_day_is_one_of_that_day(whole: KnowledgeGraph) -> None:
    then = read_again(whole.public().valid_at("2021-01-01"))
    assert str(then.as_of) == "2021-01-01"
    assert set(then.gaps(statuses=["withheld"])["field"]) == {"教育", "ひきこもり"}
    pd.testing.assert_frame_equal(then.gaps(), whole.valid_at("2021-01-01").public().gaps())


def test_it_is_asked_for_no_other_day_and_no_other_place(edition: KnowledgeGraph) -> None:
    with pytest.raises(StoreError, match="2025-04-01"):
        edition.gaps(at="2021-01-01")
    with pytest.raises(StoreError, match="米子市 and 1 more"):
        edition.gaps(["琴浦町", "鳥取市", "米子市"])
    assert not edition.gaps(["鳥取市"]).empty


def test_what_is_public_stays_as_it_is(edition: KnowledgeGraph) -> None:
    assert set(edition.public().store.quads()) == set(edition.store.quads())
    assert set(edition.public().gaps()["status"]) == {"withheld", "unknown", "none", "multiple"}


def test_where_a_list_seems_complete_and_is_not_nothing_is_proved(whole: KnowledgeGraph) -> None:
    """The one who is silent in a complete list is withheld; the rest of the list speaks of all its fields."""
    public = whole.public()
    cell = {"areas": ["鳥取市"], "fields": ["介護"]}
    marked = read_again(public).gaps(**cell)["status"].tolist()
    assert marked == public.gaps(**cell)["status"].tolist() == ["unknown"]


def test_wider_areas_are_told_with_care(edition: KnowledgeGraph) -> None:
    wide = edition.rollup("prefecture").set_index("field")
    assert wide.loc["教育", ["status", "local"]].tolist() == ["withheld", 0]
    assert wide.loc["防災", ["status", "local"]].tolist() == ["multiple", 2]
    single = edition.rollup("municipality").query("status == 'withheld'")
    assert set(map(tuple, single[["area", "field"]].itertuples(index=False))) == WITHHELD


def test_what_would_be_lost_or_gained_is_not_told_there(edition: KnowledgeGraph) -> None:
    assert edition.loss_of("架空の公開会").query("kind == 'cell'").empty
    edit = {"action": "remove", "what": "organization", "organization": "架空の公開会"}
    assert edition.scenario([edit]).cells.empty


def test_matrices_that_only_the_whole_can_fill_are_refused(edition: KnowledgeGraph) -> None:
    assert edition.coverage_matrix("municipality-field").loc["岩美町", "教育"] == "withheld"
    with pytest.raises(StoreError, match="platform-field"):
        edition.coverage_matrix("platform-field")


def test_a_question_says_which_and_no_other_calls_them_empty(edition: KnowledgeGraph) -> None:
    asked = edition.ask("unpublished-cells")
    assert set(map(tuple, asked[["area", "field"]].itertuples(index=False))) == WITHHELD
    assert set(map(str, asked["day"])) == {"2025-04-01"}
    for area in ("岩美町", "八頭町", "鳥取市"):
        named = edition.ask("fields-without-support", area=area)["field"]
        assert not {(area, field) for field in named} & WITHHELD


def test_nothing_of_it_stands_in_a_graph_that_is_no_edition(whole: KnowledgeGraph) -> None:
    assert whole.ask("unpublished-cells").empty
    assert not whole.query("ASK { ?edition a tsu:PublicEdition }")["answer"].any()


def test_the_day_of_a_withheld_row_stands_nowhere(whole: KnowledgeGraph, tmp_path: Path) -> None:
    written = whole.public().export("nquads", tmp_path / "public.nq")
    assert FILES["services.csv"].count("2022-01-01") == 1
    assert "2022-01-01" not in Path(str(written)).read_text(encoding="utf-8")
