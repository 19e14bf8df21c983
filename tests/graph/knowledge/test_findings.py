"""What the findings say of the bundled data and of a workspace as a user makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = """\
[workspace]
title = "架空の作業フォルダー"
as_of = 2023-10-01

[scope]
areas = ["鳥取市", "31302"]

[[source]]
file = "organizations.csv"
kind = "organizations"

[[source]]
file = "services.csv"
kind = "services"
title = "支援サービス一覧（架空）"
closed = {closed}
"""
ORGANIZATIONS = "団体名,市区町村,主体の区分\n架空の会,鳥取市,NPO\n架空の集い,鳥取市,NPO\n"
SERVICES = """\
サービス名,提供団体,分野,対象地域
架空の相談,架空の会,ひきこもり,鳥取市
架空の宅配,架空の集い,フードバンク,岩美町
"""


def workspace(folder: Path, *, closed: bool) -> Path:
    texts = {
        "tsunagari.toml": SETTINGS.format(closed=str(closed).lower()),
        "organizations.csv": ORGANIZATIONS,
        "services.csv": SERVICES,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("closed", "absent"), [(False, "unknown"), (True, "none")])
def test_a_list_marked_complete_makes_absences_findings(tmp_path: Path, closed: bool, absent: str):
    with tsu.build(workspace(tmp_path, closed=closed)) as kg:
        assert kg.issues.empty
        gaps = kg.gaps()
    assert gaps["status"].value_counts().to_dict() == {absent: 40, "single": 2}
    if closed:
        assert gaps["sentence"].str.contains("支援サービス一覧（架空）で確認済み").sum() == 40


@pytest.mark.parametrize(
    ("city", "work", "absent"),
    [("生活困窮", "フードバンク", "none"), ("生活困窮", "", "unknown"), ("", "フードバンク", "unknown")],
)
def test_a_complete_list_of_members_shows_absences_only_if_it_tells_every_members_field(
    tmp_path: Path, city: str, work: str, absent: str
):
    folder = workspace(tmp_path, closed=False)
    (folder / "platforms.csv").write_text(
        "ID,プラットフォーム名,対象区域\npf,架空の場,鳥取市、岩美町\n", encoding="utf-8"
    )
    members = f"団体名,市区町村,活動分野\n鳥取市,,{city}\n架空の会,鳥取市,ひきこもり\n架空の食堂,鳥取市,{work}\n"
    (folder / "members.csv").write_text(members, encoding="utf-8")
    with (folder / "tsunagari.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n')
        settings.write('[[source]]\nfile = "members.csv"\nkind = "members"\nplatform = "pf"\nclosed = true\n')
    with tsu.build(folder) as kg:
        assert kg.issues.empty, kg.issues.to_dict("records")
        statuses = set(kg.gaps(areas=["岩美町"])["status"])
    assert statuses == {absent, "single"}


def test_the_sources_leave_most_cells_unknown_and_say_so(bundled: KnowledgeGraph):
    gaps = bundled.gaps()
    unknown = gaps[gaps["status"] == "unknown"]
    assert len(gaps) == gaps["area_code"].nunique() * 21
    assert len(unknown) / len(gaps) > 0.9
    assert unknown["settle"].str.contains("closed = true", regex=False).all()
    assert "none" not in set(gaps["status"])


def test_what_the_sources_do_say_shows(bundled: KnowledgeGraph):
    cells = bundled.gaps().set_index(["area", "field"])
    assert cells.loc[("福山市", "ひきこもり"), "status"] == "single"
    assert any("ふきのとう" in text for text in cells.loc[("福山市", "ひきこもり"), "evidence"])
    assert cells.loc[("香美町", "フードバンク"), ["status", "planned"]].tolist() == ["unknown", 2]
    assert "兵庫県版" in cells.loc[("香美町", "子育て"), "settle"]


def test_the_partnerships_core_city_is_the_first_broker(bundled: KnowledgeGraph):
    brokers = bundled.brokers()
    first = brokers.iloc[0]
    assert first["organization"] == "鳥取市"
    assert first["coordinator"] == 30  # 6 towns, every ordered pair of them
    assert first["is_cut_point"]
    assert "6つに分かれます" in first["sentence"]
    assert bundled.centrality("betweenness").idxmax() == first["organization_id"]
    assert not brokers["organization"].str.contains("15団体").any()


def test_bodies_that_lead_two_subcommittees_are_freer_than_the_other_leads(bundled: KnowledgeGraph):
    brokers = bundled.brokers()
    leads = brokers[brokers["bridges"].str.join("、").str.contains("分科会")]
    assert set(leads["organization"].head(2)) == {"全国社会福祉協議会", "生活困窮者自立支援全国ネットワーク"}


def test_matrices_of_the_sources(bundled: KnowledgeGraph):
    stages = bundled.coverage_matrix("stage-category")
    assert stages.shape == (6, 15)
    assert stages.to_numpy().sum() == 64
    types = bundled.coverage_matrix("platform-constituent")
    hyogo = types.loc[next(name for name in types.index if "兵庫県版" in name)]
    # every type of the Hyogo material; ministries and economic organisations are named by the national platform only
    assert set(hyogo.index[hyogo == "unknown"]) == {"関係府省庁", "経済団体"}
    national = types.loc["孤独・孤立対策官民連携プラットフォーム"]
    assert (national["県"], national["県内市町"], national["地方公共団体"]) == (47, 20, 67)


def test_english_tables_are_in_english(bundled: KnowledgeGraph):
    gaps = bundled.gaps(lang="en")
    assert gaps["settle"].iloc[0].startswith("the list of")
    assert (
        gaps["status_label"].isin(["not known", "only one", "two or more", "wider area only", "confirmed none"]).all()
    )
    assert "is tied to 6 bodies" in bundled.brokers(lang="en")["sentence"].iloc[0]
