"""Rows inside a table that are no data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.tables.filling import RowSorter
from tsunagari.loaders.tables.sections import find_notices
from tsunagari.ontology.records import Reference

Write = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
MEMBERS = 'platform = "pf"'
TITLES = [
    "【行政】",
    "■オブザーバー",
    "◆ 民間団体",
    "〔関係機関〕",
    "＜企業＞",
    "Ⅱ．団体",
    "第2部 民間",
    "――民間団体――",
]
FOOTERS = [
    "（令和6年4月現在）",
    "以下余白",
    "以上",
    "令和6年4月1日時点",
    "- 3 -",
    "2/5ページ",
    "※敬称略",
    "出典：架空の資料",
    "（裏面に続く）",
    "END",
]


def load(write: Write, rows: str) -> Load:
    return load_workspace(write(platforms=PLATFORMS, members=(f"団体名,市区町村\n{rows}", MEMBERS)))


def names(found: Load) -> list[str]:
    return [str(r.values["pref_label"][0]) for r in found.records if r.cls == "StakeholderOrganization"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(rows=st.lists(st.sampled_from([*TITLES, *FOOTERS]), max_size=6))
def test_titles_and_footers_are_told_and_are_no_members(write_workspace: Write, rows: list[str]) -> None:
    text = "".join(f"{row},\n架空会{place}甲,鳥取市\n" for place, row in enumerate(rows)) + "架空会末,鳥取市\n"
    found = load(write_workspace, text)
    assert names(found) == [*(f"架空会{place}甲" for place in range(len(rows))), "架空会末"]
    told = {issue.row: issue.code for issue in found.issues}
    assert set(told) == {2 * place + 2 for place in range(len(rows))}
    assert set(told.values()) <= {"heading-row", "section-row", "note-row", "repeated-header"}


@pytest.mark.parametrize("name", ["◎架空会B", "架空会B", "（株）架空配送", "※架空会", "3B"])
def test_a_member_without_a_municipality_is_no_title(write_workspace: Write, name: str) -> None:
    found = load(write_workspace, f"◎架空会A,鳥取市\n{name},\n" if name != "※架空会" else "架空会A,鳥取市\n架空会B,\n")
    assert len(names(found)) == 2


def test_a_title_gives_the_class_of_the_members_below_it(write_workspace: Write) -> None:
    found = load(
        write_workspace,
        "【協力会員】,\n架空会A,鳥取市\n■賛助会員（2団体）,\n架空会B,鳥取市\n◆その他の見出し,\n架空会C,鳥取市\n",
    )
    classes = [r.values.get("member_class") for r in found.records if r.cls == "PlatformMembership"]
    scheme = "https://w3id.org/tsunagari/scheme/membership-class/"
    assert classes == [(Reference(f"{scheme}cooperating"),), (Reference(f"{scheme}supporting"),), None]
    assert [issue.code for issue in found.issues] == ["section-row", "section-row", "heading-row"]


def test_titles_in_a_list_of_one_column(write_workspace: Write) -> None:
    rows = "【行政】\n鳥取市\n■民間団体\n架空あ会\n◎架空い会\n● 福祉・医療関係\n架空う会\n〔企業等〕\n架空え会\n"
    found = load_workspace(write_workspace(platforms=PLATFORMS, members=(f"団体名\n{rows}", MEMBERS)))
    assert names(found) == ["架空あ会", "架空い会", "架空う会", "架空え会"]
    told = {issue.row: issue.code for issue in found.issues}
    assert {row for row, code in told.items() if code in ("heading-row", "section-row")} == {2, 4, 7, 9}


def test_brackets_round_every_name_are_no_titles(write_workspace: Write) -> None:
    rows = "「架空あ会」\n「架空い会」\n「架空う会」\n"
    found = load_workspace(write_workspace(platforms=PLATFORMS, members=(f"団体名\n{rows}", MEMBERS)))
    assert len(names(found)) == 3


LONE = {
    "heading-row": [
        "１　行政機関",
        "（１）社会福祉協議会等",
        "一、教育関係",
        "Ａ　民間",
        "民間団体",
        "関係機関",
        "会員名簿",
        "一覧",
        "ア. 福祉関係",
        "事務局",
    ],
    "note-row": [
        "－以上－",
        "（敬称略）",
        "（五十音順、敬称略）",
        "担当：福祉保健部",
        "P.2",
        "1/3",
        "ページ 1",
        "ここまで",
        "作成日 2024/4/1",
        "更新日：R6.4.1",
        "印刷日時：2024/04/01 10:00",
        "欠番",
        "（欠）",
        "ア行",
        "か行",
    ],
    "total-row": ["全12団体", "12団体", "（計３団体）", "合計 12"],
    "name-alone-in-row": ["第1部会", "幹事会", "東部圏域", "未加入", "退会", "なぞの一行"],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in LONE.items() for text in texts])
def test_a_row_with_one_cell_is_a_title_a_note_a_sum_or_a_question(code: str, text: str) -> None:
    rows = [
        ["架空の会", "鳥取市"],
        ["空想の集い", "米子市"],
        [text, ""],
        ["夢想の輪", "岩美町"],
        ["無名の団", "鳥取市"],
    ]
    told: list[tuple[int, str]] = []
    grid = list(enumerate(rows, 2))
    found = list(find_notices(grid, 1, RowSorter([], [], [0], ()), lambda *row: told.append(row)))
    assert found == ([] if code == "name-alone-in-row" else [(4, text, code)])
    assert told == ([(4, text)] if code == "name-alone-in-row" else [])


@pytest.mark.parametrize(
    "name", ["NPO法人架空", "架空の会", "鳥取市", "架空支援センター", "3.11を語る会", "一般社団法人空想"]
)
def test_a_name_alone_that_is_built_like_one_of_a_body_is_data(name: str) -> None:
    rows = [["空想の集い", "米子市"], [name, ""], ["夢想の輪", "岩美町"], ["無名の団", "鳥取市"], ["謎の会", "鳥取市"]]
    told: list[tuple[int, str]] = []
    grid = list(enumerate(rows, 2))
    assert list(find_notices(grid, 1, RowSorter([], [], [0], ()), lambda *row: told.append(row))) == []
    assert told == []
