"""The public notice of regional councils: platform, coordinating body, constituents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.signatures import recognize_rows
from tsunagari.ontology.records import Record, Reference

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
HEADER = ["協議会の名称", "設置日", "孤独・孤立対策調整機関", "構成機関等の名称"]


def of_class(loaded: Load, cls: str) -> list[Record]:
    return [record for record in loaded.records if record.cls == cls]


def labels(loaded: Load, records: list[Record], column: str) -> list[str]:
    names = {
        record.iri: str(record.values["pref_label"][0]) for record in loaded.records if "pref_label" in record.values
    }
    return [names[value.iri] for record in records for value in record.values[column] if isinstance(value, Reference)]


@pytest.mark.parametrize("between", ["、", "\n", "；"])
def test_a_council_with_its_bodies(put_source: Put, csv_bytes: Bytes, between: str) -> None:
    bodies = between.join(["社会福祉法人架空会", "NPO法人架空の空"])
    table = [HEADER, ["架空市孤独・孤立対策地域協議会", "令和6年10月1日", "鳥取市", bodies], ["", "", "", "架空大学"]]
    loaded = load_workspace(put_source("koji.csv", csv_bytes(table, "utf-8"), "open-dataset"))
    (council,) = of_class(loaded, "RegionalCouncil")
    assert council.values["pref_label"] == ("架空市孤独・孤立対策地域協議会",)
    assert str(council.values["valid_from"][0].value) == "2024-10-01"  # type: ignore[union-attr]
    (role,) = of_class(loaded, "RoleHolding")
    assert labels(loaded, [role], "member") == ["鳥取市"]
    assert str(role.values["role"][0].iri).endswith("/role/coordinating-agency")  # type: ignore[union-attr]
    members = of_class(loaded, "PlatformMembership")
    assert sorted(labels(loaded, members, "member")) == ["NPO法人架空の空", "架空大学", "社会福祉法人架空会"]
    assert set(labels(loaded, members, "organization")) == {"架空市孤独・孤立対策地域協議会"}
    assert {str(record.values["member_class"][0].iri).rsplit("/", 1)[-1] for record in members} == {
        "constituent-agency"
    }  # type: ignore[union-attr]
    assert not [issue for issue in loaded.issues if issue.severity != "notice"]


def test_several_councils_and_what_else_a_notice_says(put_source: Put, csv_bytes: Bytes) -> None:
    header = ["番号", "市区町村名", "都道府県", "協議会名", "設置者", "調整機関名", "構成機関", "事務局", "独自"]
    table = [
        header,
        ["1", "鳥取市", "鳥取県", "架空A協議会", "鳥取市", "鳥取市", "架空の会", "架空課", "x"],
        ["2", "岩美町", "鳥取県", "架空B協議会", "岩美町", "岩美町", "架空の会", "", ""],
        ["3", "", "", "", "", "", "", "", ""],
    ]
    loaded = load_workspace(put_source("koji.csv", csv_bytes(table, "cp932"), "open-dataset"))
    councils = of_class(loaded, "RegionalCouncil")
    assert [record.values["reach"][0].iri[-5:] for record in councils] == ["31201", "31302"]  # type: ignore[union-attr]
    assert labels(loaded, councils, "host") == ["鳥取市", "岩美町"]
    assert councils[0].values["note"] == ("事務局: 架空課",)
    assert len(of_class(loaded, "RoleHolding")) == 2
    assert len(of_class(loaded, "PlatformMembership")) == 2
    assert ("unmapped-column", "独自") in [(issue.code, issue.value) for issue in loaded.issues]


@given(header=st.permutations([*HEADER, "備考"]))
def test_the_order_of_the_columns_does_not_matter(header: list[str]) -> None:
    found = recognize_rows([(1, header)])
    assert found is not None
    assert found.dataset.name == "chiiki-kyogikai"


FORM = [
    ["架空市公示第1号", ""],
    ["協議会の名称", "架空市孤独・孤立対策地域協議会"],
    ["設置年月日", "令和6年10月1日"],
    ["孤独・孤立対策調整機関", "鳥取市"],
    ["構成機関等の名称", "社会福祉法人架空会"],
    ["", "NPO法人架空の空"],
    ["", "架空大学"],
]
NUMBERED = [
    ["1", "設置の日", "令和6年10月1日"],
    ["2", "協議会の名称", "架空市孤独・孤立対策地域協議会"],
    ["3", "調整機関", "鳥取市"],
    ["4", "構成機関", "社会福祉法人架空会、NPO法人架空の空、架空大学"],
]
BELOW = [
    ["（1）協議会の名称：架空市孤独・孤立対策地域協議会"],
    ["（2）設置日：令和6年10月1日"],
    ["（3）調整機関：鳥取市"],
    ["（4）構成機関等の名称"],
    ["社会福祉法人架空会"],
    ["NPO法人架空の空"],
    ["架空大学"],
    ["以上"],
]


@pytest.mark.parametrize(
    ("table", "untold"),
    [(FORM, "架空市公示第1号"), (NUMBERED, None), (BELOW, "以上")],
    ids=["form", "numbered", "below"],
)
def test_a_notice_that_stands_down_the_page(
    put_source: Put, csv_bytes: Bytes, table: list[list[str]], untold: str | None
) -> None:
    loaded = load_workspace(put_source("koji.csv", csv_bytes(table, "utf-8"), "open-dataset"))
    (council,) = of_class(loaded, "RegionalCouncil")
    assert council.values["pref_label"] == ("架空市孤独・孤立対策地域協議会",)
    assert str(council.values["valid_from"][0].value) == "2024-10-01"  # type: ignore[union-attr]
    (role,) = of_class(loaded, "RoleHolding")
    assert labels(loaded, [role], "member") == ["鳥取市"]
    members = of_class(loaded, "PlatformMembership")
    assert sorted(labels(loaded, members, "member")) == ["NPO法人架空の空", "架空大学", "社会福祉法人架空会"]
    if table is FORM:
        assert [place.row for record in members for place in record.evidence] == [5, 6, 7]
    told = [issue.value for issue in loaded.issues if issue.code == "form-rows"]
    assert told == [*filter(None, [untold])]
    assert not [issue for issue in loaded.issues if issue.severity != "notice"]


def test_several_councils_down_one_page_and_a_table_of_names_is_none(put_source: Put, csv_bytes: Bytes) -> None:
    second = [[label, value.replace("架空市", "空想市")] for label, value in FORM[1:]]
    loaded = load_workspace(put_source("koji.csv", csv_bytes([*FORM[1:], *second], "utf-8"), "open-dataset"))
    names = [record.values["pref_label"][0] for record in of_class(loaded, "RegionalCouncil")]
    assert names == ["架空市孤独・孤立対策地域協議会", "空想市孤独・孤立対策地域協議会"]
    assert len(of_class(loaded, "PlatformMembership")) == 6
