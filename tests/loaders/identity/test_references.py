from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.identity.references import parse_url
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.values.cells import CellError
from tsunagari.ontology.records import Reference

Write = Callable[..., Path]
ID = "https://w3id.org/tsunagari/id/"
PLATFORMS = (
    "ID,class,プラットフォーム名,別名,設置主体\npf,,架空の場,架空PF,鳥取市\nken,RegionalPartnership,架空圏域,,\n"
)


def value(load: Load, cls: str, column: str) -> list[str]:
    records = (record for record in load.records if record.cls == cls)
    return [
        item.iri.removeprefix(ID)
        for record in records
        for item in record.values.get(column, ())
        if isinstance(item, Reference)
    ]


@pytest.mark.parametrize("text", ["pf", "platform/pf", "架空の場", "架空ＰＦ", "架空 の場"])
def test_a_platform_by_id_or_any_of_its_names(write_workspace: Write, text: str) -> None:
    load = load_workspace(write_workspace(members=f"団体名,PF\n架空の会,{text}\n", platforms=PLATFORMS))
    assert load.issues == []
    assert value(load, "PlatformMembership", "organization") == ["platform/pf"]
    assert value(load, "Platform", "host") == ["org/9000020312011"]


def test_an_id_under_another_kind_is_not_meant(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF\n架空の会,body/pf\n"))
    assert [issue.code for issue in load.issues] == ["unknown-reference"]


def test_a_reference_of_the_wrong_class_is_not_found(write_workspace: Write) -> None:
    partnerships = "市町村,圏域,役割\n鳥取市,ken,core\n岩美町,pf,partner\n架空の会,ken,partner\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, partnerships=partnerships))
    assert [(issue.code, issue.row, issue.value) for issue in load.issues] == [
        ("unknown-reference", 3, "pf"),
        ("unknown-reference", 4, "架空の会"),
    ]
    assert "架空圏域 (platform/ken)" in load.issues[0].hint.ja


def test_a_service_area_is_a_municipality_or_a_partnership(write_workspace: Write) -> None:
    services = "窓口名,提供団体,対象区域\n架空相談,架空の会,鳥取市、ken、架空圏域、全国、須阪市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, services=services))
    assert value(load, "SupportService", "service_area") == ["area/31201", "platform/ken", "area/00000"]
    assert [(issue.code, issue.value) for issue in load.issues] == [("unknown-area", "須阪市")]


def test_a_statement_may_be_about_anything(write_workspace: Write) -> None:
    counts = "対象,数,数えたもの\npf,3,会員\n鳥取市,2,会員\n31302,1,会員\n誰か,1,会員\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, counts=counts))
    assert value(load, "CountStatement", "about") == ["platform/pf", "org/9000020312011", "area/31302"]
    assert [(issue.code, issue.value) for issue in load.issues] == [("unknown-reference", "誰か")]


def test_two_things_of_one_name_must_be_told_apart_by_id(write_workspace: Write) -> None:
    platforms = "ID,プラットフォーム名\na,架空の場\nb,架空の場\n"
    load = load_workspace(write_workspace(platforms=platforms, members="団体名,PF\n架空の会,架空の場\n"))
    (issue,) = load.issues
    assert issue.code == "ambiguous-name"
    assert "架空の場 (platform/a)、架空の場 (platform/b)" in issue.hint.ja


def test_rows_refer_to_rows_of_later_files(write_workspace: Write) -> None:
    roles = "ID,団体名,機関,役割\nr1,架空の会,pf,事務局\nr2,別の会,pf,事務局\n"
    transfers = "移管元,移管先\nr1,r2\n"
    load = load_workspace(write_workspace(transfers=transfers, roles=roles, platforms=PLATFORMS))
    assert load.issues == []
    assert value(load, "RoleTransfer", "from_holding") == ["role/r1"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://www.example.jp/a?b=1;c", "https://www.example.jp/a?b=1;c"),
        ("ｗｗｗ．example．jp", "https://www.example.jp"),
        ("http://example.jp/架空", "http://example.jp/架空"),
    ],
)
def test_addresses_of_web_pages_are_read(written: str, url: str) -> None:
    assert parse_url(written) == url


@pytest.mark.parametrize("written", ["なし", "http://", "https://a b", "ftp://example.jp", 'https://"', "javascript:x"])
def test_what_is_no_address_of_a_web_page_is_said(written: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_url(written)
    assert caught.value.code == "bad-url"
