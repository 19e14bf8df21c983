"""Remedies, plans and losses where there is little or nothing to go by, and where a name is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.graph.small import FILES, write

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.load_report import LoadReport
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.extension_table import COLUMNS as EXTENSION_COLUMNS
from tsunagari.graph.remedies.loss import COLUMNS as LOSS_COLUMNS
from tsunagari.graph.remedies.shown_remedies import COLUMNS

HEADS = {name: FILES[f"{name}.csv"].split("\n")[0] + "\n" for name in ("organizations", "members", "services", "ties")}


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """One organisation without services and ties."""
    lists = HEADS | {"organizations": "名称,市区町村\n架空の会,鳥取市\n"}
    return build(write(tmp_path_factory.mktemp("lonely"), **lists))


def empty_graph() -> KnowledgeGraph:
    return KnowledgeGraph(MemoryStore(iter(())), LoadReport("架空", date(2025, 4, 1)))


def test_an_organisation_without_services_or_ties_is_no_candidate_and_loses_nothing(lonely: KnowledgeGraph):
    assert (lonely.remedies()["candidate"] == "").all()
    assert lonely.remedies()["sentence"].str.contains("グラフにありません").all()
    assert lonely.extensions().empty
    assert lonely.extensions().attrs["open_gaps"] == 21.0  # two towns × 21 fields, each not known: 0.5
    (row,) = lonely.loss().to_dict("records")
    assert (row["parts"], row["severity_lost"], row["critical"]) == (0, 0.0, False)
    assert row["sentence"].startswith("架空の会がなくなっても")
    assert lonely.loss_of("架空の会").empty


def test_an_empty_graph_has_no_candidates_plans_or_losses():
    empty = empty_graph()
    assert (empty.remedies().empty, empty.extensions().empty, empty.loss().empty) == (True, True, True)
    assert empty.remedies().columns.tolist() == list(COLUMNS)
    assert empty.extensions().columns.tolist() == list(EXTENSION_COLUMNS)
    assert empty.extensions().attrs["guarantee"] == 1.0
    assert empty.loss().columns.tolist() == list(LOSS_COLUMNS)
    assert empty.remedies(["鳥取市"])["candidate"].tolist() == [""] * 21


def test_a_scope_without_municipalities_has_nothing_to_fill_and_no_cell_to_lose():
    turtle = """
    prefix tsu: <https://w3id.org/tsunagari/ns#> prefix org: <http://www.w3.org/ns/org#>
    prefix skos: <http://www.w3.org/2004/02/skos/core#> prefix id: <https://w3id.org/tsunagari/id/org/>
    id:a a org:Organization ; skos:prefLabel "架空の会"@ja . id:b a org:Organization ; skos:prefLabel "架空の団"@ja .
    """
    kg = KnowledgeGraph(MemoryStore(ox.parse(turtle, format=ox.RdfFormat.TURTLE)), LoadReport("架空", None))
    assert kg.coverage().area_codes == ()
    assert kg.remedies().empty
    assert kg.gaps(candidates=3).columns.tolist()[-3:] == ["candidates", "candidate_ids", "remedy"]
    assert kg.extensions().empty
    assert kg.loss()["organization"].tolist() == ["架空の会", "架空の団"]
    assert kg.loss()["to_nobody"].tolist() == [0, 0]


def test_before_all_data_every_cell_is_open_and_nobody_can_fill_it(tmp_path: Path):
    with build(write(tmp_path / "dated")) as kg:
        assert (kg.remedies(fields=["介護"])["candidate"] != "").any()
        early = kg.remedies(at="1900-01-01")
        assert set(early["status"]) == {"unknown"}
        assert (early["candidate"] == "").all()
        assert kg.extensions(at="1900-01-01").empty
        losses = kg.loss(at="1900-01-01")
        assert (losses["to_nobody"].sum(), losses["parts"].sum()) == (0, 0)
        with pytest.raises(UnknownNameError):
            kg.remedies(at="someday")


def test_unknown_areas_fields_and_organisations_get_the_nearest_names(region: KnowledgeGraph):
    for ask in (region.remedies, region.extensions, region.loss, region.gaps):
        with pytest.raises(UnknownNameError) as error:
            ask(["八頭"])
        assert "八頭町" in error.value.hint.ja
        with pytest.raises(UnknownNameError) as error:
            ask(fields=["フードバン"])
        assert "フードバンク" in error.value.hint.ja
    with pytest.raises(UnknownNameError) as error:
        region.loss_of("架空の食道")
    assert "架空の食堂" in error.value.hint.ja
