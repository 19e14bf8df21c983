"""Whatever a list calls a withheld body by, what it says of it is withheld; nothing of those who agreed is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "members.csv"
kind = "members"
platform = "pf"
[[source]]
file = "bodies.csv"
kind = "bodies"
[[source]]
file = "ties.csv"
kind = "ties"
[[source]]
file = "services.csv"
kind = "services"
[[source]]
file = "register.csv"
kind = "organizations"
"""
NUMBER = "6770005711005"
MEMBERS = (
    "団体名,フリガナ,旧称,法人番号,市区町村,公開可否\n"
    f"一般社団法人あまがさ会,アマガサカイ,架空の古い名の会,{NUMBER},鳥取市,×\n架空の公開会,,,,鳥取市,○\n"
)
CALLED = {
    "name": "一般社団法人あまがさ会",
    "without its form": "あまがさ会",
    "with another form": "NPO法人 あまがさ会",
    "form behind": "あまがさ会（一社）",
    "hiragana": "あまがさかい",
    "katakana": "アマガサ カイ",
    "half-width katakana": "ｱﾏｶﾞｻｶｲ",
    "former name": "架空の古い名の会",
    "number": NUMBER,
    "branch": "一般社団法人あまがさ会鳥取支部",
    "with a note": "あまがさ会（予定）",
    "with others": "架空の公開会・あまがさ会",
    "former name of a branch": "架空の古い名の会東部",
}


def build(folder: Path, called: str) -> KnowledgeGraph:
    """Build lists in which a withheld body is called `called`, with a mark in each row that speaks of it."""
    folder.mkdir()
    lists = {
        "tsunagari.toml": SETTINGS,
        "platforms.csv": "id,名称,設置主体\npf,架空の場,鳥取県\n",
        "members.csv": MEMBERS,
        "bodies.csv": f"id,名称,上位組織\nb-1,{called}部会,pf\nb-2,架空の広報部会,pf\n",
        "ties.csv": f"連携元,連携先,連携の種類,根拠となる取決め\n{called},架空の公開会,資金,印一\n"
        "架空の公開会,架空の第三の会,資金,公の協定\n",
        "services.csv": f"窓口名,提供団体,活動分野,対象区域\n印二の窓口,{called},介護,岩美町\n"
        f"公の窓口,架空の公開会,子育て,鳥取市\n印三と{called}の窓口,架空の公開会,子育て,鳥取市\n",
        "register.csv": f"名称,法人番号,活動概要\n印四の社,{NUMBER},印五\n",
    }
    for name, text in lists.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


@pytest.mark.parametrize("called", CALLED.values(), ids=CALLED)
def test_what_is_said_of_a_withheld_body_goes_whatever_it_is_called(tmp_path: Path, called: str) -> None:
    with build(tmp_path / "w", called) as graph:
        assert "印一" in str(graph.export("nquads"), "utf-8")
        public = graph.public()
        text = str(public.export("nquads"), "utf-8")
        texts = bytes(public.store.columns.terms.data).decode()
        ties, services = public.ties, public.services
        parts = public.query("SELECT ?l { ?b a tsu:PlatformBody ; skos:prefLabel ?l }")["l"].tolist()
    for word in ("あまがさ", "アマガサ", "古い名", NUMBER, "印一", "印二", "印四", "印五"):
        assert word not in text, word
        assert word not in texts, word
    assert list(ties["to"]) == ["架空の第三の会"]
    assert "公の窓口" in services["service"].tolist()
    assert "架空の広報部会" in parts


def test_a_part_of_a_platform_keeps_its_place_and_loses_its_name(tmp_path: Path) -> None:
    with build(tmp_path / "w", "一般社団法人あまがさ会") as graph:
        rows = graph.public().query(
            "SELECT ?l ?up { ?b a tsu:PlatformBody ; skos:prefLabel ?l ; org:subOrganizationOf/skos:prefLabel ?up "
            "FILTER (LANG(?l) = 'ja') } ORDER BY ?l"
        )
    assert rows.values.tolist() == [["架空の広報部会", "架空の場"], ["連携の場1", "架空の場"]]


def test_who_agreed_is_named_though_a_withheld_body_is_called_alike(tmp_path: Path) -> None:
    with build(tmp_path / "w", "架空の公開会") as graph:  # the first tie is of the body that agreed, with itself
        public = graph.public()
        assert "架空の公開会" in public.organizations["name"].tolist()
        assert "架空の公開会部会" in str(public.export("nquads"), "utf-8")


def test_nothing_but_what_is_withheld_goes(tmp_path: Path) -> None:
    with build(tmp_path / "w", "架空の別の会") as graph:
        text = str(graph.public().export("nquads"), "utf-8")
    for word in ("架空の別の会部会", "印二の窓口", "印三と架空の別の会の窓口"):
        assert word in text


def test_a_blank_that_is_consent_does_not_spare_who_is_called_as_one_that_refused(tmp_path: Path) -> None:
    with build(tmp_path / "w", "架空の別の会") as graph:
        assert graph.workspace is not None
        settings = graph.workspace / "tsunagari.toml"
        settings.write_text(f'[public]\nblank = "publish"\n{SETTINGS}', encoding="utf-8")
        (graph.workspace / "members.csv").write_text(f"{MEMBERS}新しい名の会,,,{NUMBER},鳥取市,\n", encoding="utf-8")
    with tsu.build(tmp_path / "w") as graph:
        assert "新しい名の会" in graph.organizations["name"].tolist()
        assert "新しい名の会" not in str(graph.public().export("nquads"), "utf-8")


def test_documents_named_after_a_withheld_body_get_neutral_names(tmp_path: Path) -> None:
    with build(tmp_path / "w", "架空の別の会") as graph:
        folder = graph.workspace
        assert folder is not None
    (folder / "あまがさ会の連携.csv").write_bytes((folder / "ties.csv").read_bytes())
    allow = '[public]\nallow = ["body", "platform", "source", "evidence"]\n'
    settings = SETTINGS.replace("ties.csv", "あまがさ会の連携.csv").replace(
        '"register.csv"', '"register.csv"\ntitle = "台帳"'
    )
    (folder / "tsunagari.toml").write_text(allow + settings, encoding="utf-8")
    with tsu.build(folder) as graph:
        text = unquote(str(graph.public().export("nquads"), "utf-8"))
    assert "あまがさ" not in text
    assert "services.csv#row=3" in text
    assert "source/1#row=2" in text
