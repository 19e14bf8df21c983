"""Who could fill a gap, as a planner reads it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import tsunagari as tsu
from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.shown_remedies import COLUMNS


def rows(table: pd.DataFrame, area: str, *columns: str) -> list[list[object]]:
    return table.loc[table["area"] == area, list(columns)].values.tolist()


def write_lists(folder: Path, areas: str, lists: dict[str, str]) -> Path:
    settings = f'[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n\n[scope]\nareas = {areas}\n'
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        settings += f'\n[[source]]\nfile = "{name}.csv"\nkind = "{name}"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return folder


def test_candidates_come_with_rank_steps_and_the_one_to_ask(region: KnowledgeGraph):
    table = region.remedies(fields=["food-bank"])
    columns = ("rank", "candidate", "hops", "broker", "offers_in")
    assert rows(table, "岩美町", *columns) == [
        [1, "架空の食堂", 2, "架空の場", ["鳥取市"]],  # shares a platform, which comes before a direct tie
        [2, "架空の炊き出し", 1, "架空の居場所", ["米子市"]],
        [3, "架空の宅配", 4, "架空の中間支援", ["米子市"]],
    ]
    assert [name for (name,) in rows(table, "鳥取市", "candidate")] == ["架空の宅配", "架空の炊き出し"]


def test_the_path_leads_from_the_town_to_the_candidate_and_each_step_is_stated(region: KnowledgeGraph):
    first = region.remedies(["八頭町"], ["food-bank"], limit=1).iloc[0]
    assert first["path"] == ["架空の集い", "架空の中間支援", "架空の食堂"]
    assert len(first["path_ids"]) == 3
    assert first["path_ids"][-1] == first["candidate_id"]
    assert first["path_evidence"] == [
        "架空の集い – 架空の中間支援: ties.csv 3行目",
        "架空の中間支援 – 架空の食堂: ties.csv 4行目",
    ]
    assert first["evidence"] == ["架空の食事 (services.csv 2行目)"]
    assert first["sentence"] == (
        "八頭町の「フードバンク」（未調査）は、架空の食堂が候補です（八頭町の団体まで2歩、同じ都道府県）。"
        "仲介は架空の中間支援に頼めます。"
    )


def test_a_cell_without_any_candidate_says_so(region: KnowledgeGraph):
    table = region.remedies(["岩美町"], ["housing"])
    (row,) = table.to_dict("records")
    assert (row["candidate"], row["path_ids"], row["sentence"]) == (
        "",
        [],
        "岩美町の「住宅」（未調査）は、候補になる団体がグラフにありません。",
    )
    assert pd.isna(row["rank"])
    assert pd.isna(row["hops"])


def test_every_gap_has_a_row_and_no_other_cell(region: KnowledgeGraph):
    gaps, table = region.gaps(), region.remedies()
    wanted = gaps[gaps["status"] != "multiple"]
    cells = table[["area_code", "field_id"]].drop_duplicates()
    assert cells.values.tolist() == wanted[["area_code", "field_id"]].values.tolist()
    assert table.columns.tolist() == list(COLUMNS)
    assert set(region.remedies(statuses=["single"])["status"]) == {"single"}


def test_rows_beyond_those_told_name_who_and_whom_to_ask(region: KnowledgeGraph):
    whole, part = region.remedies(), region.remedies(told=2)
    names = ["area", "field", "severity", "rank", "candidate", "candidate_id", "path", "broker", "broker_id"]
    pd.testing.assert_frame_equal(part[names], whole[names])
    told = part["sentence"].ne("")
    pd.testing.assert_frame_equal(part[told], whole[told])
    assert part.loc[told, "rank"].notna().sum() == 2 < len(part)
    assert told[: told.sum()].all()
    assert set(part.loc[~told, "reasons"]) == {""}
    assert set(region.remedies(told=0)["sentence"]) == {""}


def test_rows_of_gaps_name_the_same_candidates_when_asked(region: KnowledgeGraph):
    plain, named = region.gaps(), region.gaps(candidates=2)
    assert named.columns.tolist() == [*plain.columns, "candidates", "candidate_ids", "remedy"]
    assert named[plain.columns.tolist()].equals(plain)
    assert named.attrs == plain.attrs
    table = region.remedies(limit=2)
    for row in named.to_dict("records"):
        own = table[(table["area_code"] == row["area_code"]) & (table["field_id"] == row["field_id"])]
        assert row["candidates"] == [name for name in own["candidate"] if name]
        assert row["candidate_ids"] == [iri for iri in own["candidate_id"] if iri]
        assert row["remedy"] == ("" if row["status"] == "multiple" else own["sentence"].iloc[0])
    assert ["架空の食堂", "架空の炊き出し"] in named["candidates"].tolist()


def test_in_english_everything_is_in_english(region: KnowledgeGraph):
    sentence = region.remedies(["岩美町"], ["food-bank"], limit=1, lang="en")["sentence"].iloc[0]
    assert sentence == (
        "架空の食堂 could offer Food banks in 岩美町 (not known): in 架空の場 with bodies of 岩美町, same prefecture."
        " Ask 架空の場 to introduce it."
    )


def test_what_makes_no_sense_is_an_error_with_the_choices(region: KnowledgeGraph):
    with pytest.raises(NetworkError):
        region.remedies(limit=0)
    with pytest.raises(UnknownNameError) as error:
        region.remedies(statuses=["multiple"])
    assert "wide_only" in error.value.hint.en
    with pytest.raises(NetworkError):
        region.gaps(candidates=-1)


def test_who_plans_it_comes_first_and_no_city_is_asked_to_work_in_another(bundled: KnowledgeGraph):
    table = bundled.remedies(["香美町"], limit=5)
    assert not table["path"].str.join("→").str.contains("15団体").any()  # no path through an unnamed group
    named = table[table["candidate"] != ""]
    both = [["フードバンク", "香美町"], ["フードバンク", "鳥取市"]]
    assert named[["field", "candidate"]].values.tolist() == both  # though other cities offer other fields at home
    row = named.iloc[1]
    assert row["reasons"] == "香美町での実施を予定・検討中、同じ圏域の市町村で活動、香美町の団体と直接つながりがある"
    assert row[["offers_in", "path"]].tolist() == [
        ["鳥取市", "因幡・但馬麒麟のまち連携中枢都市圏"],
        ["香美町", "鳥取市"],
    ]
    assert "フードサポート事業 (" in row["evidence"][0]
    assert row["path_evidence"]


def test_a_prefecture_is_asked_in_its_own_municipalities_and_a_council_at_home(tmp_path: Path):
    lists = {
        "organizations": "id,pref_label,sector,municipality\npref,架空の県,prefecture,鳥取県\n"
        "here,架空の社協,social-welfare-council,鳥取市\nthere,架空の他社協,social-welfare-council,米子市\n"
        "free,架空の会,npo,米子市\n",
        "services": "id,pref_label,provided_by,support_field,service_area\ns1,架空の甲,pref,food-bank,米子市\n"
        "s2,架空の乙,here,food-bank,岩美町\ns3,架空の丙,there,food-bank,米子市\ns4,架空の丁,free,food-bank,米子市\n",
    }
    with tsu.build(write_lists(tmp_path, '["鳥取市", "32448"]', lists)) as kg:
        table = kg.remedies(["鳥取市", "32448"], ["food-bank"])
        plan = kg.extensions(["鳥取市", "32448"], ["food-bank"], hops=0)
    found = table.groupby("area_code")["candidate"].agg(list)
    assert found["31201"][0] == "架空の社協"
    assert sorted(found["31201"][1:]) == ["架空の会", "架空の県"]
    assert found["32448"] == ["架空の会"]
    (step,) = plan.to_dict("records")
    assert step["area_codes"] == ["31201"]
    assert step["organization"] in ("架空の社協", "架空の県")


def test_the_nearest_by_coordinates_comes_first_and_the_distance_is_told(tmp_path: Path):
    lists = {
        "organizations": "id,pref_label,municipality,support_field\n"
        "far,架空の遠方,32201,food-bank\nnear,架空の近所,31202,food-bank\nnowhere,架空の不明,31203,food-bank\n",
        "areas": "code,name,latitude,longitude\n"
        "31201,鳥取市,35.5,134.2\n31202,米子市,35.5,133.3\n32201,松江市,35.5,133.0\n",
    }
    with tsu.build(write_lists(tmp_path, '["鳥取市"]', lists)) as kg:
        assert kg.issues.empty, kg.issues.to_dict("records")
        table = kg.remedies(["鳥取市"], ["food-bank"])
    assert table["candidate"].tolist() == ["架空の近所", "架空の遠方", "架空の不明"]
    assert table["distance_km"].tolist()[:2] == [81.5, 108.6]
    assert table["reasons"].tolist() == ["約81km", "約109km", "同じ都道府県"]


def test_gaps_of_one_scope_and_day_are_made_once_and_may_be_changed_by_who_asked(region: KnowledgeGraph):
    first, again = region.gaps(), region.gaps()
    first.loc[0, "area"] = "別の町"
    assert again.loc[0, "area"] != "別の町" == first.loc[0, "area"]
    assert region.gaps().equals(again)
    assert len(region.gaps(statuses=["single"])) < len(again)
