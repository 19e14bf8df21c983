"""Partnerships and platforms that a list gets wrong: circular ones and two of one name are located, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2025-01-01\n'


def build(folder: Path, **files: str) -> KnowledgeGraph:
    settings = SETTINGS
    for kind, text in files.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        settings += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return tsu.build(folder)


def test_a_circle_of_bodies_or_partnerships_is_found_with_its_rows(tmp_path: Path) -> None:
    platforms = "ID,名称,種類\na,架空圏A,連携中枢都市圏等\nb,架空圏B,連携中枢都市圏等\nc,架空圏C,連携中枢都市圏等\n"
    partnerships = (
        "圏域,構成市町村,役割\n架空圏A,架空圏B,連携市町村\n架空圏B,架空圏A,連携市町村\n架空圏C,鳥取市,連携中枢都市\n"
        "架空圏A,鳥取市,連携中枢都市\n"
    )
    bodies = "団体名,上位組織\n架空の会A,架空の会B\n架空の会B,架空の会A\n架空の会C,架空の会A\n"
    with build(tmp_path, platforms=platforms, partnerships=partnerships, organizations=bodies) as kg:
        found = kg.check()
        found = found[found["rule"] == "no-part-of-itself"]
        assert {(row.file, row.row) for row in found.itertuples()} == {
            ("organizations.csv", 2),
            ("organizations.csv", 3),
            ("platforms.csv", 2),
            ("platforms.csv", 3),
        }
        assert len(kg.memberships) == 4


def test_two_platforms_of_one_name_are_told_apart_by_id_and_reported_by_name(tmp_path: Path) -> None:
    platforms = "ID,プラットフォーム名,対象区域\nnorth,架空PF,鳥取市\nsouth,架空PF,米子市\n"
    members = "団体名,プラットフォーム\n架空の会A,架空PF\n架空の会B,south\n架空の会C,platform/north\n"
    with build(tmp_path, platforms=platforms, members=members) as kg:
        (issue,) = kg.issues.to_dict("records")
        assert (issue["code"], issue["row"], issue["value"]) == ("ambiguous-name", 2, "架空PF")
        assert "platform/north" in issue["hint"]
        assert "platform/south" in issue["hint"]
        assert len(kg.platforms) == 2
        joined = kg.memberships.set_index("organization")["platform_id"].str.rpartition("/")[2]
        assert joined.to_dict() == {"架空の会B": "south", "架空の会C": "north"}


def test_members_join_and_leave_a_partnership_within_bounds(tmp_path: Path) -> None:
    platforms = "名称,種類\n架空圏,連携中枢都市圏等\n"
    partnerships = (
        "圏域,構成市町村,役割,開始日,終了日\n架空圏,鳥取市,連携中枢都市,2018-04-01,\n"
        "架空圏,若桜町,連携市町村,2019年度,令和4年3月31日まで\n架空圏,智頭町,連携市町村,2023-04-01,2020-04-01\n"
    )
    with build(tmp_path, platforms=platforms, partnerships=partnerships) as kg:
        (issue,) = kg.issues.to_dict("records")
        assert (issue["code"], issue["row"]) == ("reversed-dates", 4)

        def members(at: str) -> dict[str, str]:
            return kg.frame("memberships", at=at).set_index("organization")["validity"].to_dict()

        assert members("2018-05-01") == {"鳥取市": "certain"}
        assert members("2019-06-01") == {"鳥取市": "certain", "若桜町": "possible"}
        assert members("2022-03-31") == {"鳥取市": "certain", "若桜町": "certain"}
        assert members("2022-04-01") == {"鳥取市": "certain"}
        assert "智頭町" in members("2023-04-01")


@pytest.mark.parametrize(("kind", "reaches"), [("", True), ("連携中枢都市圏等", False)])
def test_a_partnership_is_no_platform_that_reaches(tmp_path: Path, kind: str, reaches: bool) -> None:
    lists = {
        "platforms": f"ID,名称,種類,対象区域\npf,架空の枠組み,{kind},岩美町\n",
        "organizations": "団体名,市区町村\n架空の会,鳥取市\n架空の輪,鳥取市\n",
        "members": "団体名,プラットフォーム\n架空の会,pf\n",
        "services": "名称,実施団体,分野,対象区域\n食堂,架空の会,子育て,鳥取県\n相談,架空の輪,介護,鳥取県\n",
    }
    with build(tmp_path, **lists) as kg:
        found = kg.coverage(["岩美町"], ["子育て", "介護"])
        assert sorted(found.connected[0].tolist()) == [False, reaches]
        assert len(found.offers.reaching) == int(reaches)
        joined = kg.scenario(
            [{"action": "add", "what": "membership", "organization": "架空の輪", "other": "架空の枠組み"}], ["岩美町"]
        )
        assert bool(len(joined.cells)) == reaches  # who joins a partnership comes no nearer either
