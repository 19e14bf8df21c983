"""Rows inside a table that are no data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.workspace.workspace import Load, load_workspace
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
