"""Coverage put together: nobody counts twice, and an absence is confirmed only where it is everywhere."""

from __future__ import annotations

import pandas as pd
import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.coverage.coverage import cover
from tsunagari.graph.coverage.providers import Offer, Offers
from tsunagari.graph.coverage.rollup import COLUMNS, broadest, read_rollup, rollup_table
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings
from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.graph.facts.things import Reader

TOWNS = ["13101", "13102", "13103"]
OFFERS = Offers.of(
    [
        Offer("a", "meals", "13101"),
        Offer("a", "meals", "13102"),
        Offer("a", "food-bank", "13101"),
        Offer("b", "meals", "13000"),
        Offer("c", "housing", "13103", planned=True),
    ]
)
FIELDS = ["food-bank", "housing", "meals"]
FOOD = {"food": ["food-bank", "meals"], "housing": ["housing"]}


def rolled(areas: dict[str, list[str]], fields: dict[str, list[str]], **around: object) -> pd.DataFrame:
    found = cover(TOWNS, FIELDS, OFFERS, Surroundings(**around))  # type: ignore[arg-type]
    return rollup_table(found, areas, fields).set_index(["area_id", "field_id"])


def test_an_organisation_of_several_towns_and_fields_counts_once() -> None:
    row = rolled({"tokyo": TOWNS}, FOOD).loc[("tokyo", "food")]
    assert row[["local", "wide", "planned", "status"]].tolist() == [1, 1, 0, "single"]
    assert row[["municipalities", "single", "wide_only", "unknown"]].tolist() == [3, 2, 1, 0]


def test_who_is_local_anywhere_in_the_group_is_not_counted_as_wide() -> None:
    offers = Offers.of([Offer("a", "meals", "13101"), Offer("a", "meals", "13000")])
    found = cover(TOWNS, ["meals"], offers)
    row = rollup_table(found, {"tokyo": TOWNS}, {"meals": ["meals"]}).iloc[0]
    assert row[["local", "wide", "status", "wide_only"]].tolist() == [1, 0, "single", 2]


def test_plans_stay_apart_and_an_absence_is_confirmed_only_where_it_is_everywhere() -> None:
    part = rolled({"tokyo": TOWNS}, FOOD, closed=[ClosedList("一覧", "13103")]).loc[("tokyo", "housing")]
    assert part[["status", "planned", "none", "unknown"]].tolist() == ["unknown", 1, 1, 2]
    whole = rolled({"tokyo": TOWNS}, FOOD, closed=[ClosedList("一覧", "13000")]).loc[("tokyo", "housing")]
    assert whole[["status", "none"]].tolist() == ["none", 3]


def test_need_is_summed_and_what_nobody_local_serves_is_told() -> None:
    row = rolled({"tokyo": TOWNS}, FOOD, need={"13101": 10.0, "13103": 5.0}).loc[("tokyo", "food")]
    assert row[["need", "need_without_local"]].tolist() == [15.0, 5.0]
    assert rolled({"tokyo": TOWNS}, FOOD).loc[("tokyo", "food"), "need"] == 3.0


def test_groups_may_overlap_and_those_without_municipalities_have_no_row() -> None:
    table = rolled({"x": ["13101", "13102"], "y": ["13102"], "z": ["31201"]}, FOOD)
    assert table["local"].to_dict()["x", "food"] == table["local"].to_dict()["y", "food"] == 1
    assert "z" not in table.index.get_level_values(0)


def test_nothing_to_put_together_gives_no_row_but_every_column() -> None:
    for areas, fields in (({}, FOOD), ({"x": TOWNS}, {})):
        table = rollup_table(cover(TOWNS, FIELDS, OFFERS), areas, fields)
        assert table.empty
        assert tuple(table.columns) == COLUMNS
    assert rollup_table(cover([], FIELDS, OFFERS), {"x": TOWNS}, FOOD).empty


# From a graph


SCHEME = "https://w3id.org/tsunagari/scheme/shien/"
GRAPH = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix tsu: <https://w3id.org/tsunagari/ont#> .
@prefix id: <https://w3id.org/tsunagari/id/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix f: <{SCHEME}> .
f:shoku skos:inScheme <https://w3id.org/tsunagari/scheme/shien> ; skos:prefLabel "食（架空）"@ja .
f:bank skos:inScheme <https://w3id.org/tsunagari/scheme/shien> ; skos:broader f:teikyo ; skos:prefLabel "食料"@ja .
f:teikyo skos:inScheme <https://w3id.org/tsunagari/scheme/shien> ; skos:broader f:shoku .
f:en skos:inScheme <https://w3id.org/tsunagari/scheme/shien> ; skos:broader f:wa .
f:wa skos:inScheme <https://w3id.org/tsunagari/scheme/shien> ; skos:broader f:en .
<https://w3id.org/tsunagari/id/org/a> a tsu:StakeholderOrganization ; skos:prefLabel "架空の会"@ja ;
    tsu:municipality <https://w3id.org/tsunagari/id/area/31201> ; tsu:supportField f:bank , f:teikyo .
<https://w3id.org/tsunagari/id/platform/k> a tsu:RegionalPartnership ; skos:prefLabel "架空圏域"@ja ;
    tsu:reach <https://w3id.org/tsunagari/id/area/31201> , <https://w3id.org/tsunagari/id/area/28585> .
"""


@pytest.fixture(scope="module")
def shien() -> Reader:
    import pyoxigraph as ox

    from tsunagari.ontology.namespaces import TSU

    text = GRAPH.replace("https://w3id.org/tsunagari/ont#", TSU)
    return Reader(MemoryStore(ox.parse(text, format=ox.RdfFormat.TURTLE)))


def test_fields_are_put_under_the_broadest_concept_and_a_circle_ends(shien: Reader) -> None:
    groups = broadest(shien, [SCHEME + name for name in ("bank", "teikyo", "shoku", "en")])
    assert {top.removeprefix(SCHEME): len(fields) for top, fields in groups.items()} == {"shoku": 3, "wa": 1}
    scope = Scope(areas=("31000",), fields="shien")
    row = read_rollup(shien, "prefecture", broader=True, scope=scope).set_index("field").loc["食（架空）"]
    assert row[["area", "area_id", "local", "single", "unknown"]].tolist() == ["鳥取県", "31000", 1, 1, 18]


def test_a_partnership_crosses_the_prefectures(shien: Reader) -> None:
    scope = Scope(areas=("31201", "28585", "31302"), fields="shien")
    table = read_rollup(shien, "partnership", scope=scope, fields=["bank"])
    assert table[["area", "municipalities", "local"]].values.tolist() == [["架空圏域", 2, 1]]
    assert read_rollup(shien, "nation", scope=scope)["area"].unique().tolist() == ["全国"]
    assert len(read_rollup(shien, "municipality", scope=scope, fields=["bank"])) == 3


def test_an_unknown_way_to_put_areas_together_is_refused_with_the_known_ones(shien: Reader) -> None:
    with pytest.raises(UnknownNameError, match="municipality, partnership, prefecture, nation"):
        read_rollup(shien, "block")
