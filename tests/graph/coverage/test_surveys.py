"""What was looked at: an absence means none where somebody looked, from the day of the survey on."""

from __future__ import annotations

import pandas as pd
import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = """[workspace]
title = "架空の県"
as_of = 2023-10-01
[scope]
areas = ["31000"]
fields = "hyogo"
[[source]]
file = "services.csv"
kind = "services"
[[source]]
file = "surveys.csv"
kind = "surveys"
title = "架空の把握調査"
"""
SERVICES = "窓口名,団体名,分野,市区町村\n架空の居場所,架空の会,引きこもり,鳥取市\n"
SURVEYS = """調査区域,分野,調査日,調査方法,調査主体,結果,市区町村ごとに調査
鳥取県,引きこもり,2023-04-01,全市町村への照会,架空の調査会,,
岩美町、若桜町,フードバンク,2023-06-01,電話,,無,
智頭町,引きこもり,令和5年6月1日,聞き取り,,有,
鳥取県,住まい,2023-05-01,,,無,×
鳥取市,架空の分野,2023-05-01,,,,
札幌市中央区、富谷町、岩舟町,教育,2011-05-01,,,無,
"""


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("surveys")
    for name, text in (("tsunagari.toml", SETTINGS), ("services.csv", SERVICES), ("surveys.csv", SURVEYS)):
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


def status(kg: KnowledgeGraph, area: str, field: str, at: str = "2023-10-01") -> str:
    table = kg.gaps(areas=[area], at=at)
    return str(table[table["field_id"].str.endswith(field)].iloc[0]["status"])


def test_a_surveyed_municipality_without_a_provider_has_none(surveyed: KnowledgeGraph) -> None:
    assert status(surveyed, "岩美町", "food-bank") == "none"
    assert status(surveyed, "八頭町", "food-bank") == "unknown", "nobody looked there"


def test_a_survey_of_a_prefecture_speaks_of_its_municipalities_unless_it_says_otherwise(
    surveyed: KnowledgeGraph,
) -> None:
    assert status(surveyed, "八頭町", "hikikomori") == "none"
    assert status(surveyed, "鳥取市", "hikikomori") == "single", "who is named there counts"
    assert status(surveyed, "八頭町", "housing") == "unknown"


def test_a_survey_counts_from_its_day_on(surveyed: KnowledgeGraph) -> None:
    assert status(surveyed, "八頭町", "hikikomori", at="2023-03-31") == "unknown"
    assert status(surveyed, "八頭町", "hikikomori", at="2023-04-01") == "none"


def test_a_survey_of_a_part_says_nothing_of_the_whole(surveyed: KnowledgeGraph) -> None:
    assert status(surveyed, "札幌市", "education") == "unknown", "one ward was looked at"
    assert status(surveyed, "栃木市", "education") == "unknown", "a town that became a part of it was"
    assert status(surveyed, "富谷市", "education") == "none", "the same place as a town was"


def test_where_a_survey_found_support_without_naming_it_nothing_is_absent(surveyed: KnowledgeGraph) -> None:
    assert status(surveyed, "智頭町", "hikikomori") == "unknown"
    assert status(surveyed, "智頭町", "hikikomori", at="2023-05-01") == "none", "the later survey was not made yet"


def test_the_survey_is_the_evidence_of_the_absence(surveyed: KnowledgeGraph) -> None:
    table: pd.DataFrame = surveyed.gaps(areas=["岩美町"])
    row = table[table["field_id"].str.endswith("food-bank")].iloc[0]
    assert row["evidence"] == ["架空の把握調査 3行目"]
    assert "架空の把握調査（2023-06-01）で確認済み" in row["sentence"]


def test_what_was_looked_at_can_be_asked_and_a_wrong_cell_is_located(surveyed: KnowledgeGraph) -> None:
    asked = surveyed.ask("surveyed-areas")
    asked = asked[asked["as_of"].astype(str) > "2020-01-01"]
    assert len(asked) == 5
    assert set(asked["area"]) == {"鳥取県", "岩美町", "若桜町", "智頭町"}
    assert len(surveyed.ask("surveyed-areas", at="2023-04-30")) == 4
    assert surveyed.ask("surveyed-areas", area="智頭町")["found"].tolist() == [True]
    issue, *notices = surveyed.issues.to_dict("records")
    assert [notice["code"] for notice in notices] == ["former-area", "former-area"]
    assert (issue["code"], issue["row"], issue["value"]) == ("unmatched-field", 6, "架空の分野")


def test_who_made_a_survey_becomes_an_organisation(surveyed: KnowledgeGraph) -> None:
    assert "架空の調査会" in set(surveyed.organizations["name"])


def test_the_question_of_fields_without_support_knows_the_surveys(surveyed: KnowledgeGraph) -> None:
    def fields(area: str, at: str = "2023-10-01") -> set[str]:
        return set(surveyed.ask("fields-without-support", area=area, at=at)["field"])

    assert fields("岩美町") == {"フードバンク", "ひきこもり"}
    assert fields("岩美町", "2023-05-31") == {"ひきこもり"}
    assert fields("鳥取市") == set(), "somebody supports there"
    assert fields("智頭町") == set(), "a later survey found support"
    assert fields("智頭町", "2023-05-01") == {"ひきこもり"}
    assert fields("八頭町", "2023-03-01") == set()
