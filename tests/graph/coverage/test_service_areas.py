"""A service may be for a ward, a municipality, a 郡, a partnership, a prefecture or the nation; coverage follows."""

from __future__ import annotations

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = """[workspace]
title = "架空の県"
as_of = 2023-10-01
[scope]
areas = ["八頭郡", "31201", "32201", "01100"]
"""
FILES = {
    "platforms": "ID,名称,種類\nkirin,麒麟のまち圏域（架空）,連携中枢都市圏等\n",
    "partnerships": (
        "圏域,市町村,役割,開始日,終了日\n麒麟のまち圏域（架空）,鳥取市,連携中枢都市,2018-04-01,\n"
        "麒麟のまち圏域（架空）,若桜町,連携市町村,2018年度,令和4年4月\n麒麟のまち圏域（架空）,智頭町,連携市町村,2018-04-01,\n"
    ),
    "services": (
        "窓口名,団体名,分野,提供区域\n区の窓口,架空の会A,引きこもり,札幌市中央区\n郡の窓口,架空の会B,住宅,八頭郡\n"
        "圏域の窓口,架空の会C,教育,麒麟のまち圏域（架空）\n県の窓口,架空の会D,生活困窮,鳥取県\n"
        "全国の窓口,架空の会E,人権啓発,全国\nどこかの窓口,架空の会F,人権啓発,海部郡\n知らない窓口,架空の会G,人権啓発,架空郡\n"
    ),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("services")
    settings = SETTINGS
    for kind, text in FILES.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        settings += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return tsu.build(folder)


def statuses(kg: KnowledgeGraph, field: str, at: str = "2021-10-01") -> dict[str, str]:
    table = kg.gaps(at=at)
    return {row.area: row.status for row in table[table["field"] == field].itertuples() if row.status != "unknown"}


def test_the_scope_may_name_a_county(served: KnowledgeGraph) -> None:
    assert set(served.gaps()["area"]) == {"若桜町", "智頭町", "八頭町", "鳥取市", "松江市", "札幌市"}


def test_a_service_reaches_what_its_area_holds(served: KnowledgeGraph) -> None:
    assert statuses(served, "ひきこもり") == {"札幌市": "single"}
    assert statuses(served, "住宅") == dict.fromkeys(("若桜町", "智頭町", "八頭町"), "single")
    assert statuses(served, "生活困窮") == dict.fromkeys(("若桜町", "智頭町", "八頭町", "鳥取市"), "wide_only")
    assert len(statuses(served, "人権啓発")) == 6


def test_a_partnership_holds_its_members_of_the_day(served: KnowledgeGraph) -> None:
    assert set(statuses(served, "教育", "2021-10-01")) == {"鳥取市", "若桜町", "智頭町"}
    assert set(statuses(served, "教育", "2022-05-01")) == {"鳥取市", "智頭町"}
    assert set(statuses(served, "教育", "2018-03-31")) == set()
    joined = served.ask("partnership-members", partnership="麒麟", at="2018-10-01").set_index("member")
    assert joined["validity"].to_dict() == {"鳥取市": "certain", "若桜町": "possible", "智頭町": "certain"}


def test_what_was_made_of_a_county_is_told_and_two_of_a_name_are_ambiguous(served: KnowledgeGraph) -> None:
    issues = served.issues
    told = {(row.code, row.row, row.value) for row in issues[issues["file"] == "services.csv"].itertuples()}
    assert told == {
        ("district-area", 3, "八頭郡"),
        ("ambiguous-area", 7, "海部郡"),
        ("unknown-area", 8, "架空郡"),
    }
    hint = issues[issues["code"] == "ambiguous-area"].iloc[0]["hint"]
    assert "愛知県海部郡" in hint
    assert "徳島県海部郡" in hint
