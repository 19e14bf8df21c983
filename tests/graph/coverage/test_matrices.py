"""Platforms, life stages and programmes as matrices, with zeros only where a complete list shows them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.coverage.matrices import KINDS, coverage_matrix
from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.graph.facts.things import Reader
from tsunagari.ontology.namespaces import PREFIXES

SCHEMES = ("hyogo", "life-stage", "list-completeness", "sector")
DOCUMENT = "<https://w3id.org/tsunagari/id/source/list.csv>"
# Everything in it is made up; only the municipalities exist.
GRAPH = """
    id:org\\/a a tsu:StakeholderOrganization ; skos:prefLabel "架空の会A"@ja ; tsu:municipality id:area\\/31201 ;
        tsu:supportField hyogo:housing .
    id:org\\/b a tsu:StakeholderOrganization ; skos:prefLabel "架空の会B"@ja ; tsu:municipality id:area\\/31201 .
    id:org\\/city a tsu:LocalGovernment ; skos:prefLabel "鳥取市役所（架空）"@ja ; tsu:governs id:area\\/31201 .
    id:org\\/some a tsu:UnnamedGroup ; skos:prefLabel "ほか3団体"@ja ; tsu:supportField hyogo:youth .
    id:service\\/s a tsu:SupportService ; skos:prefLabel "架空の窓口"@ja ; tsu:providedBy id:org\\/b ;
        tsu:supportField hyogo:housing , hyogo:food-bank ; tsu:lifeStage life-stage:school ;
        tsu:serviceArea id:area\\/31201 ; tsu:statedIn <https://w3id.org/tsunagari/id/source/list.csv#row=2> .
    id:platform\\/p a tsu:Platform ; skos:prefLabel "架空の場"@ja ; tsu:reach id:area\\/31000 .
    id:platform\\/q a tsu:Platform ; skos:prefLabel "架空の別の場"@ja .
    id:membership\\/1 a tsu:PlatformMembership ; org:member id:org\\/a ; org:organization id:platform\\/p .
    id:membership\\/2 a tsu:PlatformMembership ; org:member id:org\\/b ; org:organization id:platform\\/p .
    id:membership\\/3 a tsu:PlatformMembership ; org:member id:org\\/city ; org:organization id:platform\\/p .
    id:role\\/4 a tsu:RoleHolding ; org:member id:org\\/b ; org:organization id:platform\\/p .
"""
COMPLETE = "id:platform\\/p tsu:listCompleteness list-completeness:closed ."
COMPLETE_SERVICES = f"""
    {DOCUMENT} a tsu:SourceDocument ; dct:title "全件一覧（架空）"@ja ; tsu:listCompleteness list-completeness:closed .
    id:service\\/s tsu:serviceArea id:area\\/31302 .
"""
PROGRAMME = """
    id:programme\\/x a tsu:Programme ; skos:prefLabel "架空の事業"@ja .
    id:requirement\\/1 a tsu:ProgrammeRequirement ; skos:prefLabel "場をつくる"@ja ; tsu:mandatory true ;
        tsu:requiresIn id:programme\\/x ; tsu:fiscalYear 2022 .
    id:requirement\\/2 a tsu:ProgrammeRequirement ; skos:prefLabel "知らせる"@ja ; tsu:mandatory false ;
        tsu:requiresIn id:programme\\/x ; tsu:fiscalYear 2023 .
    id:requirement\\/3 a tsu:ProgrammeRequirement ; skos:prefLabel "調べる"@ja ;
        tsu:requiresIn id:programme\\/x ; tsu:fiscalYear 2023 .
    id:participation\\/1 a tsu:ProgrammeParticipation ; org:member id:org\\/a ; tsu:programme id:programme\\/x ;
        tsu:fiscalYear 2022 ; tsu:statedIn <https://w3id.org/tsunagari/id/source/list.csv#row=2> .
    id:participation\\/2 a tsu:ProgrammeParticipation ; org:member id:org\\/b ; tsu:programme id:programme\\/x ;
        tsu:fiscalYear 2023 .
"""


def reader_of(*parts: str) -> Reader:
    schemes = {name: f"https://w3id.org/tsunagari/scheme/{name}/" for name in SCHEMES}
    prefixes = "".join(f"prefix {name}: <{iri}>\n" for name, iri in {**PREFIXES, **schemes}.items())
    text = prefixes + "".join(parts)
    return Reader(MemoryStore(ox.parse(text, format=ox.RdfFormat.TRIG)))


def test_a_member_counts_for_its_type_and_for_each_group_above_it() -> None:
    typed = """
        id:org\\/a tsu:constituentType
            <https://w3id.org/tsunagari/scheme/constituent-type/agricultural-cooperative> .
    """
    counts = coverage_matrix(reader_of(GRAPH, typed), "platform-constituent").loc["架空の場"]
    assert [counts[name] for name in ("農協", "生協、農協、漁協、労働者協同組合", "その他関係団体", "生協")] == [
        1,
        1,
        1,
        "unknown",
    ]
    places = [list(counts.index).index(name) for name in ("その他関係団体", "生協、農協、漁協、労働者協同組合", "農協")]
    assert places == sorted(places)


def test_members_are_counted_by_the_fields_they_or_their_services_name() -> None:
    matrix = coverage_matrix(reader_of(GRAPH), "platform-field")
    assert matrix.shape == (2, 21)
    assert matrix.loc["架空の場", ["住宅", "フードバンク", "青少年"]].tolist() == [2, 1, "unknown"]
    assert set(matrix.loc["架空の別の場"]) == {"unknown"}


def test_no_member_of_a_complete_list_that_tells_every_field_is_a_zero() -> None:
    telling = GRAPH.replace("tsu:governs id:area", "tsu:supportField hyogo:food-bank ; tsu:governs id:area")
    matrix = coverage_matrix(reader_of(telling, COMPLETE), "platform-field")
    assert matrix.loc["架空の場", ["住宅", "青少年"]].tolist() == [2, "none"]
    silent = telling.replace("tsu:supportField hyogo:housing .", "tsu:stakeholder true .")
    for vague in (GRAPH, silent):  # the city that does not tell its fields is as silent as any other member
        assert coverage_matrix(reader_of(vague, COMPLETE), "platform-field").loc["架空の場", "青少年"] == "unknown"
    assert set(coverage_matrix(reader_of(GRAPH, COMPLETE), "platform-constituent").loc["架空の場"]) == {"none"}


def test_life_stages_reach_municipalities_by_services() -> None:
    scope = Scope(areas=("31201", "31302"))
    matrix = coverage_matrix(reader_of(GRAPH), "stage-municipality", scope=scope)
    assert matrix.columns.tolist() == ["鳥取市", "岩美町"]
    assert matrix.index[-1] == "記載なし"
    assert matrix["鳥取市"].value_counts().to_dict() == {"unknown": 5, "single": 1}
    assert set(matrix["岩美町"]) == {"unknown"}


def test_a_complete_list_of_services_confirms_stages_unless_one_of_them_tells_no_stage() -> None:
    scope = Scope(areas=("31201", "31302"))
    matrix = coverage_matrix(reader_of(GRAPH, COMPLETE_SERVICES), "stage-municipality", scope=scope)
    assert matrix["岩美町"].value_counts().to_dict() == {"none": 5, "single": 1}
    vague = GRAPH.replace("tsu:lifeStage life-stage:school ;", "")
    matrix = coverage_matrix(reader_of(vague, COMPLETE_SERVICES), "stage-municipality", scope=scope)
    assert matrix["岩美町"].tolist() == ["unknown"] * 5 + ["single"]


def test_what_a_programme_asks_of_those_who_take_part() -> None:
    matrix = coverage_matrix(reader_of(GRAPH, PROGRAMME), "requirement-participant")
    assert matrix.index.tolist() == ["場をつくる（2022年度）", "知らせる（2023年度）", "調べる（2023年度）"]
    assert matrix["架空の会A"].tolist() == ["必須", "unknown", "unknown"]
    assert matrix["架空の会B"].tolist() == ["unknown", "任意", "参加（必須かどうかの記載なし）"]
    closed = coverage_matrix(reader_of(GRAPH, PROGRAMME, COMPLETE_SERVICES), "requirement-participant", lang="en")
    assert closed["架空の会B"].tolist()[0] == "none", "the list of 2022 is complete and does not have it"
    assert closed.iloc[1, 1] == "optional"


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_graph_gives_an_empty_matrix_with_the_labels_there_are(kind: str) -> None:
    matrix = coverage_matrix(reader_of(""), kind)
    assert matrix.size == 0 or kind == "stage-category"
    assert matrix.index.name
    assert matrix.columns.name
    assert len(matrix.columns) > 0 or len(matrix) > 0 or kind == "requirement-participant"
