from __future__ import annotations

import doctest
import importlib

import pandas as pd
import pyoxigraph as ox
import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.coverage.closed_lists import read_closed_lists
from tsunagari.graph.coverage.coverage import STATUSES, Coverage, cover
from tsunagari.graph.coverage.coverage_table import COLUMNS, Names, coverage_table
from tsunagari.graph.coverage.matrices import coverage_matrix
from tsunagari.graph.coverage.offers import read_offers
from tsunagari.graph.coverage.providers import Offer, Offers
from tsunagari.graph.coverage.scope import named_municipalities, resolve_area, scope_areas, scope_fields
from tsunagari.graph.coverage.severity import FORMULA
from tsunagari.graph.coverage.surroundings import (
    ClosedList,
    Surroundings,
    read_borders,
    read_partnerships,
    read_surroundings,
)
from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.remedies.gap_table import gap_table
from tsunagari.ontology.namespaces import PREFIXES, column_name
from tsunagari.ontology.vocabulary import vocabulary

AREAS = pd.DataFrame(
    {"area_code": ["13101", "13102"], "area": ["千代田区", "中央区"], "prefecture": ["東京都", "東京都"]}
)
FIELDS = pd.DataFrame({"field_id": ["ibasho", "work"], "field": ["居場所", "就労"]})
HYOGO = "https://w3id.org/tsunagari/scheme/hyogo/"

# Everything in it is made up; only the municipalities exist.
GRAPH = """
graph <https://w3id.org/tsunagari/id/graph/sample> {
    id:org\\/city a tsu:LocalGovernment ; skos:prefLabel "鳥取市役所（架空）"@ja ; tsu:governs id:area\\/31201 ;
        tsu:sector <https://w3id.org/tsunagari/scheme/sector/municipality> .
    id:org\\/iwami a tsu:LocalGovernment ; skos:prefLabel "岩美町役場（架空）"@ja ; tsu:governs id:area\\/31302 .
    id:org\\/food a tsu:StakeholderOrganization ; skos:prefLabel "架空フードの会"@ja ;
        tsu:municipality id:area\\/31201 ; tsu:supportField hyogo:food-bank , hyogo:housing .
    id:org\\/wide a tsu:StakeholderOrganization ; skos:prefLabel "架空県域の会"@ja ; tsu:municipality id:area\\/31201 .
    id:org\\/hidden a tsu:StakeholderOrganization ; skos:prefLabel "訂正された会"@ja ;
        tsu:municipality id:area\\/31302 ; tsu:supportField hyogo:housing ;
        tsu:status <https://w3id.org/tsunagari/scheme/claim-status/superseded> .

    id:service\\/food a tsu:SupportService ; skos:prefLabel "架空フードバンク"@ja ; tsu:providedBy id:org\\/food ;
        tsu:supportField hyogo:food-bank ; tsu:serviceArea id:platform\\/partnership ;
        tsu:statedIn <https://w3id.org/tsunagari/id/source/services.csv#row=2> .
    id:service\\/home a tsu:SupportService ; skos:prefLabel "架空住まい相談"@ja ; tsu:providedBy id:org\\/wide ;
        tsu:supportField hyogo:housing ; tsu:serviceArea id:area\\/31000 ;
        tsu:statedIn <https://w3id.org/tsunagari/id/source/services.csv#row=3> .
    id:service\\/later a tsu:SupportService ; skos:prefLabel "架空就労支援"@ja ; tsu:providedBy id:org\\/city ;
        tsu:supportField hyogo:economy-work ; tsu:status <https://w3id.org/tsunagari/scheme/claim-status/planned> .
    id:service\\/over a tsu:SupportService ; skos:prefLabel "終わった支援"@ja ; tsu:providedBy id:org\\/city ;
        tsu:supportField hyogo:youth ; tsu:serviceArea id:area\\/31201 ; tsu:validFrom "2020-04-01"^^xsd:date ;
        tsu:validTo "2022-04-01"^^xsd:date .
    id:activity\\/watch a tsu:CommunitySupport ; skos:prefLabel "架空の見守り"@ja ; tsu:carriedOutBy id:org\\/iwami ;
        tsu:supportField hyogo:elder-care .
    id:activity\\/survey a tsu:Survey ; skos:prefLabel "架空の調査"@ja ; tsu:carriedOutBy id:org\\/iwami ;
        tsu:supportField hyogo:disability .

    id:platform\\/pf a tsu:Platform ; skos:prefLabel "架空プラットフォーム"@ja ; tsu:reach id:area\\/31000 .
    id:platform\\/partnership a tsu:RegionalPartnership ; skos:prefLabel "架空圏域"@ja .
    id:membership\\/1 a tsu:PlatformMembership ; org:member id:org\\/food ; org:organization id:platform\\/pf .
    id:membership\\/2 a tsu:PlatformMembership ; org:member id:org\\/city ; org:organization id:platform\\/pf .
    id:partnership-membership\\/1 a tsu:PartnershipMembership ; org:member id:org\\/city ;
        org:organization id:platform\\/partnership .
    id:partnership-membership\\/2 a tsu:PartnershipMembership ; org:member id:org\\/iwami ;
        org:organization id:platform\\/partnership ; tsu:validFrom "2020-04-01"^^xsd:date .
    id:composition\\/1 a tsu:CompositionStatement ; tsu:about id:platform\\/pf ;
        tsu:constituentType <https://w3id.org/tsunagari/scheme/constituent-type/volunteer> .
    id:entry\\/1 a tsu:CatalogueEntry ; tsu:category <https://w3id.org/tsunagari/scheme/measure-category/women> .
    id:entry\\/2 a tsu:CatalogueEntry ; tsu:category <https://w3id.org/tsunagari/scheme/measure-category/women> ;
        tsu:repeatOf id:entry\\/1 .
}
graph <https://w3id.org/tsunagari/id/graph/inferred/all-join> {
    id:org\\/yokohama a tsu:LocalGovernment ; skos:prefLabel "横浜市役所（架空）"@ja ; tsu:governs id:area\\/14100 .
}
"""
CLOSED = """
graph <https://w3id.org/tsunagari/id/graph/documents> {
    <https://w3id.org/tsunagari/id/source/services.csv> a tsu:SourceDocument ; dct:title "支援サービス一覧（架空）"@ja ;
        tsu:listCompleteness <https://w3id.org/tsunagari/scheme/list-completeness/closed> .
    <https://w3id.org/tsunagari/id/source/services.csv#row=2>
        oa:hasSource <https://w3id.org/tsunagari/id/source/services.csv> .
    <https://w3id.org/tsunagari/id/source/services.csv#row=3>
        oa:hasSource <https://w3id.org/tsunagari/id/source/services.csv> .
}
"""


def reader_of(*parts: str) -> Reader:
    prefixes = "".join(f"prefix {name}: <{iri}>\n" for name, iri in {**PREFIXES, "hyogo": HYOGO}.items())
    return Reader(MemoryStore(ox.parse(prefixes + "".join(parts), format=ox.RdfFormat.TRIG)))


@pytest.fixture(scope="module")
def sample() -> Reader:
    return reader_of(GRAPH)


def status_of(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row.area_code, row.field_id.removeprefix(HYOGO)): row.status for row in table.itertuples()}


def table_of(
    areas: pd.DataFrame,
    fields: pd.DataFrame,
    offers: list[Offer],
    around: Surroundings | None = None,
    *,
    lang: str = "ja",
) -> pd.DataFrame:
    found = cover(areas["area_code"].tolist(), fields["field_id"].tolist(), Offers.of(offers), around)
    bodies = [f"団体{iri}" for iri in found.organization_ids]
    names = Names(
        areas["area"].tolist(),
        areas["prefecture"].tolist(),
        fields["field"].tolist(),
        bodies,
        lambda stated: [str(number) for number in stated],
    )
    return coverage_table(found, names, around, lang=lang)


def statuses(found: Coverage) -> dict[tuple[str, str], str]:
    return {
        (area, field): STATUSES[found.status[row, column]]
        for row, area in enumerate(found.area_codes)
        for column, field in enumerate(found.field_ids)
    }


# The status of a cell


def test_published_gap_matrix():
    # 2 organisations 居場所@13101, 1 就労@13102: one multiple, one single and two empty cells.
    offers = [Offer("a", "ibasho", "13101"), Offer("b", "ibasho", "13101"), Offer("c", "work", "13102")]
    assert status_of(table_of(AREAS, FIELDS, offers)) == {
        ("13101", "ibasho"): "multiple",
        ("13101", "work"): "unknown",
        ("13102", "ibasho"): "unknown",
        ("13102", "work"): "single",
    }


def test_every_municipality_meets_every_field_even_without_any_offer():
    table = table_of(AREAS, FIELDS, [])
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 4
    assert set(table["status"]) == {"unknown"}
    assert table[["local", "wide", "partnership", "planned"]].to_numpy().sum() == 0
    assert {name: str(table[name].dtype) for name in ("local", "severity", "connected")} == {
        "local": "int64",
        "severity": "float64",
        "connected": "bool",
    }


def test_no_areas_or_no_fields_give_no_row_but_every_column():
    for table in (table_of(AREAS.iloc[:0], FIELDS, []), table_of(AREAS, FIELDS.iloc[:0], [])):
        assert table.empty
        assert list(table.columns) == list(COLUMNS)
        assert table.attrs["severity_formula"]


def test_one_organisation_counts_once_however_many_services_it_has():
    offers = [Offer("a", "ibasho", "13101", stated=number) for number in (4, 3)]
    offers += [Offer("a", "ibasho", "13000"), Offer("a", "ibasho", "00000")]
    row = table_of(AREAS, FIELDS, offers).set_index(["area_code", "field_id"]).loc[("13101", "ibasho")]
    assert (row["status"], row["local"], row["wide"], row["provider_ids"]) == ("single", 1, 0, ["a"])


def test_wide_offers_reach_down_from_nation_prefecture_and_partnership_only():
    offers = [Offer("n", "ibasho", "00000"), Offer("p", "work", "12000"), Offer("q", "work", "urn:pair")]
    around = Surroundings(partnerships={"urn:pair": {"13101", "31201"}})
    found = cover(["13101", "13102"], ["ibasho", "work"], Offers.of(offers), around)
    assert statuses(found) == {
        ("13101", "ibasho"): "wide_only",
        ("13101", "work"): "wide_only",
        ("13102", "ibasho"): "wide_only",
        ("13102", "work"): "unknown",
    }
    assert found.organizations(found.wide, found.cell("13101", "work")) == ["q"]


def test_neighbours_in_a_partnership_are_counted_and_do_not_change_the_status():
    offers = [Offer("a", "ibasho", "31201"), Offer("b", "ibasho", "28585")]
    around = Surroundings(partnerships={"urn:area": {"31201", "13101", "28585"}})
    found = cover(["13101"], ["ibasho"], Offers.of(offers), around)
    assert (statuses(found)["13101", "ibasho"], found.partnership.tolist()) == ("unknown", [[2]])


def test_an_absence_counts_only_where_a_complete_list_covers_it():
    around = Surroundings(closed=[ClosedList("千代田区の一覧", "13101"), ClosedList("就労の調査", "13000", "work")])
    table = table_of(AREAS, FIELDS, [], around)
    assert status_of(table) == {
        ("13101", "ibasho"): "none",
        ("13101", "work"): "none",
        ("13102", "ibasho"): "unknown",
        ("13102", "work"): "none",
    }
    sentences = table.set_index(["area_code", "field_id"])["sentence"]
    assert "千代田区の一覧で確認済み" in sentences["13101", "ibasho"]
    assert (table.loc[table["status"] == "none", "settle"] == "").all()


def test_what_is_only_planned_is_counted_apart():
    offers = [Offer("a", "ibasho", "13101", planned=True), Offer("b", "work", "13101")]
    offers.append(Offer("b", "work", "13101", planned=True))
    table = table_of(AREAS, FIELDS, offers).set_index(["area_code", "field_id"])
    assert table.loc[("13101", "ibasho"), ["status", "planned"]].tolist() == ["unknown", 1]
    assert table.loc[("13101", "work"), ["status", "planned"]].tolist() == ["single", 0]


def test_cells_that_are_equally_serious_take_turns():
    areas = pd.DataFrame({"area_code": ["1", "2", "3"], "area": ["い", "ろ", "は"], "prefecture": ["県"] * 3})
    fields = pd.DataFrame({"field_id": ["a", "b", "c"], "field": ["甲", "乙", "丙"]})
    table = table_of(areas, fields, [])
    assert len(table) == 9
    first = table.head(3)
    assert set(first["area_code"]) == {"1", "2", "3"}
    assert set(first["field_id"]) == {"a", "b", "c"}


def test_an_unknown_cell_says_which_list_would_settle_it_in_both_languages():
    around = Surroundings(platforms={"13000": ["東京のプラットフォーム（架空）"]})
    settled = table_of(AREAS, FIELDS, [], around)["settle"]
    assert settled.str.contains(
        '東京のプラットフォーム（架空）の会員名簿（全会員の活動分野つき、kind = "members"、closed = true）', regex=False
    ).all()
    assert settled.str.contains('の支援サービス一覧（kind = "services"、closed = true）', regex=False).all()
    english = table_of(AREAS, FIELDS, [], around, lang="en")["settle"]
    assert english.str.contains('kind = "services", closed = true').all()


def test_most_serious_cells_come_first_and_the_formula_goes_with_them():
    offers = [Offer("a", "ibasho", "13101"), Offer("n", "ibasho", "00000")]
    table = table_of(AREAS, FIELDS, offers, Surroundings(closed=[ClosedList("一覧", "13102", "work")]))
    assert table["status"].tolist() == ["none", "wide_only", "unknown", "single"]
    assert table["severity"].tolist() == [1.0, 0.6, 0.5, 0.4]
    assert table.attrs["severity_formula"] == FORMULA.ja
    assert table_of(AREAS, FIELDS, [], lang="en").attrs["severity_formula"] == FORMULA.en


def test_need_weighs_the_severity_by_its_share_of_the_largest():
    table = table_of(AREAS, FIELDS, [], Surroundings(need={"13101": 50, "13102": 200}))
    assert dict(zip(table["area_code"], table["severity"], strict=True)) == {"13101": 0.125, "13102": 0.5}


# From a graph


def test_gaps_of_a_graph(sample: Reader):
    table = gap_table(sample, at="2023-10-01")
    assert sorted(set(table["area_code"])) == ["31201", "31302"]
    assert len(table) == 2 * 21
    found = {key: status for key, status in status_of(table).items() if status != "unknown"}
    assert found == {
        ("31201", "food-bank"): "wide_only",
        ("31302", "food-bank"): "wide_only",
        ("31201", "housing"): "single",
        ("31302", "housing"): "wide_only",
        ("31302", "elder-care"): "single",
    }
    rows = table.set_index(["area_code", table["field_id"].str.removeprefix(HYOGO)])
    assert rows.loc[("31201", "housing"), ["local", "wide", "providers"]].tolist() == [
        1,
        1,
        ["架空フードの会", "架空県域の会"],
    ]
    assert rows.loc[("31302", "food-bank"), "evidence"] == ["架空フードバンク (services.csv 2行目)"]
    assert rows.loc[("31302", "food-bank"), "connected"]
    assert not rows.loc[("31302", "housing"), "connected"]
    assert rows.loc[("31201", "economy-work"), ["status", "planned"]].tolist() == ["unknown", 1]
    assert rows.loc[("31201", "elder-care"), "partnership"] == 1
    assert "架空プラットフォームの会員名簿" in rows.loc[("31302", "youth"), "settle"]


def test_gaps_follow_the_date(sample: Reader):
    assert status_of(gap_table(sample, at="2021-10-01"))["31201", "youth"] == "single"
    assert status_of(gap_table(sample, at="2022-04-01"))["31201", "youth"] == "unknown"
    assert read_partnerships(sample, at="2019-01-01") != read_partnerships(sample, at="2021-01-01")


def test_gaps_of_chosen_areas_and_fields(sample: Reader):
    table = gap_table(sample, areas=["鳥取市"], fields=["フードバンク", "housing"])
    assert set(status_of(table)) == {("31201", "food-bank"), ("31201", "housing")}
    partnership = gap_table(sample, areas="架空圏域", fields="housing")
    assert sorted(partnership["area_code"]) == ["31201", "31302"]
    assert len(gap_table(sample, scope=Scope(areas=("31000",)), fields=["housing"])) == 19


def test_a_complete_list_of_services_turns_unknown_into_none(sample: Reader):
    closed = reader_of(GRAPH, CLOSED)
    assert read_closed_lists(sample) == []
    assert {(item.name, item.unit.rpartition("/")[2]) for item in read_closed_lists(closed)} == {
        ("支援サービス一覧（架空）", "partnership"),
        ("支援サービス一覧（架空）", "31000"),
    }
    assert set(gap_table(closed, at="2023-10-01")["status"]) == {"wide_only", "single", "none"}


def test_a_complete_list_of_members_counts_only_when_it_tells_fields():
    complete = """graph <urn:g> { id:platform\\/pf tsu:listCompleteness
        <https://w3id.org/tsunagari/scheme/list-completeness/closed> . }"""
    assert [(item.name, item.unit) for item in read_closed_lists(reader_of(GRAPH, complete))] == [
        ("架空プラットフォーム", "31000")
    ]
    silent = GRAPH.replace("tsu:supportField hyogo:food-bank , hyogo:housing .", "tsu:stakeholder true .")
    assert len(read_closed_lists(reader_of(silent, complete))) == 1, "its service still tells its field"
    silent = silent.replace("tsu:supportField hyogo:food-bank ;", "tsu:stakeholder true ;")
    assert read_closed_lists(reader_of(silent, complete)) == []


def test_the_basis_tells_a_weak_zero_from_a_strong_one(sample: Reader):
    assert set(gap_table(sample, at="2023-10-01")["basis"]) == {""}
    services = gap_table(reader_of(GRAPH, CLOSED), at="2023-10-01")
    assert set(services.loc[services["status"] == "none", "basis"]) == {"services"}
    assert set(services.loc[services["status"] != "none", "basis"]) == {""}
    complete = """graph <urn:g> { id:platform\\/pf tsu:listCompleteness
        <https://w3id.org/tsunagari/scheme/list-completeness/closed> . }"""
    members = gap_table(reader_of(GRAPH, complete), at="2023-10-01")
    weak = members[members["status"] == "none"]
    assert set(weak["basis"]) == {"members"}
    assert (
        weak["sentence"].str.contains("全構成団体の名簿（架空プラットフォーム）に担い手がありません", regex=False).all()
    )


def test_before_all_data_every_cell_is_there_and_nobody_in_it():
    dated = """graph <urn:g> {
        id:org\\/a a tsu:StakeholderOrganization ; tsu:municipality id:area\\/31201 ; tsu:supportField hyogo:housing ;
            tsu:validFrom "2020-04-01"^^xsd:date . }"""
    reader = reader_of(dated)
    assert set(gap_table(reader, at="2020-04-01", fields=["housing"])["status"]) == {"single"}
    table = gap_table(reader, at="1900-01-01")
    assert len(table) == 21
    assert set(table["status"]) == {"unknown"}
    assert table[["local", "wide", "planned"]].to_numpy().sum() == 0


def test_neighbours_count_where_boundaries_are_known_and_are_empty_elsewhere():
    bordering = """graph <urn:g> {
        id:area\\/31201 <http://www.opengis.net/ont/geosparql#sfTouches> id:area\\/31302 .
        id:area\\/14103 <http://www.opengis.net/ont/geosparql#sfTouches> id:area\\/14104 .
        id:area\\/31384 <http://www.opengis.net/ont/geosparql#hasGeometry> <urn:shape> . }"""
    reader = reader_of(GRAPH, bordering)
    borders = read_borders(reader.columns)
    assert borders == {
        "14100": frozenset(),
        "31201": frozenset({"31302"}),
        "31302": frozenset({"31201"}),
        "31384": frozenset(),
    }, "two wards of one city are one municipality, an island has none"
    table = gap_table(reader, areas=["31302", "31384", "31325"], fields=["housing"], at="2023-10-01")
    adjacent = table.set_index("area_code")["adjacent"]
    assert adjacent["31302"] == 1
    assert adjacent["31384"] == 0
    assert pd.isna(adjacent["31325"])


def test_an_organisations_own_field_counts_where_no_service_says_more(sample: Reader):
    offers = read_offers(sample, [HYOGO + "food-bank", HYOGO + "housing"], at="2023-10-01")
    food = [
        (offers.field_ids[field].removeprefix(HYOGO), offers.units[unit].rpartition("/")[2])
        for body, field, unit in zip(offers.organization, offers.field, offers.unit, strict=True)
        if offers.organization_ids[body].endswith("org/food")
    ]
    assert food == [("food-bank", "partnership"), ("housing", "31201")]


def test_who_is_in_a_platform(sample: Reader):
    around = read_surroundings(sample, at="2023-10-01")
    assert around.platform_names(["31302", "31000"]) == ["架空プラットフォーム"]
    assert around.partnerships_of()["31201"] == ["https://w3id.org/tsunagari/id/platform/partnership"]
    offers = read_offers(sample, [HYOGO + name for name in ("food-bank", "economy-work")], at="2023-10-01")
    reached = zip(offers.reaching.tolist(), offers.reached.tolist(), strict=True)
    assert {(offers.organization_ids[body][-4:], offers.units[unit]) for body, unit in reached} == {
        ("food", "31000"),
        ("city", "31000"),
    }


def test_the_default_scope_is_what_sources_name_and_not_what_rules_infer(sample: Reader):
    assert named_municipalities(sample) == ["31201", "31302"]


def test_areas_can_be_named_in_every_usual_way():
    assert resolve_area("312011") == resolve_area("鳥取県鳥取市") == ["31201"]
    assert resolve_area("14103") == ["14100"]
    assert len(resolve_area("兵庫県")) == 41
    assert resolve_area("府中市") == ["13206", "34208"]
    with pytest.raises(UnknownNameError, match="鳥取市") as error:
        resolve_area("鳥取し")
    assert "見つかりません" in error.value.text("ja")


def test_unknown_fields_and_schemes_are_refused_with_the_nearest(sample: Reader):
    with pytest.raises(UnknownNameError, match="hikikomori"):
        scope_fields(sample, ["ひきこもりの支"])
    with pytest.raises(UnknownNameError, match="hyogo"):
        scope_fields(sample, scheme="no-such-scheme")
    assert scope_areas(sample, ["31302", "31201"])["area"].tolist() == ["鳥取市", "岩美町"]


def test_an_empty_graph_has_a_scope_of_nothing():
    empty = reader_of("")
    assert gap_table(empty).empty
    assert len(gap_table(empty, areas=["31201"])) == 21


@pytest.mark.parametrize(
    ("cls", "names"),
    {
        "SupportService": "provided_by support_field service_area status",
        "CommunitySupport": "carried_out_by support_field status",
        "Consultation": "carried_out_by support_field status",
        "Organization": "municipality support_field sector constituent_type",
        "Platform": "reach host list_completeness local_id alt_label",
        "PlatformBody": "sub_organization_of",
        "PlatformMembership": "member organization",
        "RoleHolding": "member organization",
        "PartnershipMembership": "member organization",
        "CompositionStatement": "about constituent_type",
        "CatalogueEntry": "category life_stage repeat_of",
        "SourceDocument": "list_completeness",
    }.items(),
)
def test_what_is_read_is_what_the_ontology_calls_it(cls: str, names: str):
    paths = {column_name(column.path) for column in vocabulary().columns(cls).values()}
    assert set(names.split()) <= paths


# Matrices


def test_matrix_of_municipalities_and_fields_agrees_with_the_gaps(sample: Reader):
    matrix = coverage_matrix(sample, "municipality-field", at="2023-10-01")
    gaps = gap_table(sample, at="2023-10-01")
    assert matrix.shape == (2, 21)
    for row in gaps.itertuples():
        assert matrix.loc[row.area, row.field] == row.status


def test_matrix_of_platforms_and_constituents(sample: Reader):
    matrix = coverage_matrix(sample, "platform-constituent", at="2023-10-01")
    assert matrix.index.tolist() == ["架空プラットフォーム"]
    assert matrix.shape == (1, 32)
    row = matrix.iloc[0]
    assert (row["県内市町"], row["地方公共団体"]) == (1, 1)
    assert (row["ボランティア"], row["商店街"]) == ("記載あり", "unknown")


def test_matrix_of_life_stages_and_categories_leaves_repeats_out(sample: Reader):
    matrix = coverage_matrix(sample, "stage-category", lang="en")
    assert matrix.shape == (6, 15)
    assert matrix.to_numpy().sum() == 1
    assert matrix.index[-1] == "not stated"


def test_an_unknown_matrix_is_refused_with_the_known_ones(sample: Reader):
    with pytest.raises(UnknownNameError, match="municipality-field, platform-constituent, platform-field"):
        coverage_matrix(sample, "everything")


@pytest.mark.parametrize(
    "name",
    [
        "coverage.coverage",
        "coverage.coverage_evidence",
        "coverage.severity",
        "coverage.providers",
        "coverage.surroundings",
        "facts.places",
        "coverage.offers",
        "coverage.scope",
        "coverage.matrices",
    ],
)
def test_examples_in_the_documentation(name: str):
    assert doctest.testmod(importlib.import_module(f"tsunagari.graph.{name}")).failed == 0


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_complete_lists_of_an_area_the_newer_decides(turned: bool):
    # neither the order in which they come nor their names, which only break ties, decide before the day
    names = ("甲の一覧", "乙の一覧") if turned else ("乙の一覧", "甲の一覧")
    lists = [
        ClosedList(names[0], "13101", "ibasho", as_of="2020-04-01"),
        ClosedList(names[1], "13101", "ibasho", as_of="2023-04-01"),
        ClosedList(names[0], "13101", "work", as_of="2020-04-01"),
        ClosedList(names[1], "13101", "work", as_of="2023-04-01", found=True),
    ]
    for given in (lists, lists[::-1]):
        coverage = cover(["13101"], ["ibasho", "work"], Offers.of([]), Surroundings(closed=given))
        assert coverage.closed_lists[coverage.closed[0, 0]].as_of == "2023-04-01"
        assert coverage.closed[0, 1] == -1  # the newer one found support, so the older absence is out of date
