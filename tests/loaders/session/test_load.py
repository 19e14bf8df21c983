from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tsunagari.errors import SourceError, WorkspaceError
from tsunagari.loaders.issues.issues import Issue
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.quads import quads
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal

Write = Callable[..., Path]
ID = "https://w3id.org/tsunagari/id/"
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"


def codes(load: Load) -> list[str]:
    return [issue.code for issue in load.issues]


def only(load: Load, code: str) -> Issue:
    (issue,) = (issue for issue in load.issues if issue.code == code)
    return issue


def of_class(load: Load, cls: str) -> list[Record]:
    return [record for record in load.records if record.cls == cls]


def iri(record: Record, column: str) -> str:
    (value,) = record.values[column]
    assert isinstance(value, Reference)
    return value.iri


# ---- a sound workspace ----


def test_a_member_list_becomes_memberships_organisations_areas_and_a_source(write_workspace: Write) -> None:
    members = (
        "団体名,フリガナ,会員区分,入会日,市区町村,活動分野,備考\nNPO法人架空,カクウ,会員,R4.4.1,鳥取市,介護、教育,x\n"
    )
    settings = (
        'platform = "pf"\ntitle = "会員名簿"\nissued = 2023-06-01\npublisher = "架空市"\nlicence = "CC0"\nclosed = true'
    )
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(members, settings)))
    assert load.issues == []
    (membership,) = of_class(load, "PlatformMembership")
    row = (Evidence(f"{ID}source/members.csv", row=2),)
    assert membership.graph == f"{ID}graph/members"
    assert membership.evidence == row
    assert iri(membership, "organization") == f"{ID}platform/pf"
    assert iri(membership, "member_class").endswith("/membership-class/full")
    (since,) = membership.values["valid_from"]
    assert isinstance(since, Temporal)
    assert since.value == date(2022, 4, 1)
    assert membership.values["note"] == ("x",)
    (body,) = of_class(load, "StakeholderOrganization")
    assert body.iri == iri(membership, "member")
    assert body.evidence == row
    assert (body.values["pref_label"], body.values["reading"]) == (("NPO法人架空",), ("かくう",))
    assert iri(body, "municipality") == f"{ID}area/31201"
    assert iri(body, "legal_form").endswith("/legal-form/npo")
    assert iri(body, "sector").endswith("/sector/npo")
    assert len(body.values["support_field"]) == 2
    source = next(record for record in load.records if record.iri == f"{ID}source/members.csv")
    assert source.cls == "SourceDocument"
    assert (source.values["title"], source.values["rights"], source.values["publisher"]) == (
        ("会員名簿",),
        ("CC0",),
        ("架空市",),
    )
    assert iri(source, "list_completeness").endswith("/closed")
    areas = {record.iri.removeprefix(f"{ID}area/") for record in of_class(load, "AdministrativeArea")}
    assert areas == {"00000", "31000", "31201"}
    info = load.sources[1]
    assert (info.file, info.kind, info.rows, info.closed, info.issued) == (
        "members.csv",
        "members",
        1,
        True,
        date(2023, 6, 1),
    )
    assert len(info.sha256) == 64


def test_every_record_becomes_quads_and_has_evidence(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(platforms=PLATFORMS, members="団体名,PF\n鳥取市,pf\n中央区,pf\n札幌市中央区,pf\n")
    )
    for record in load.records:
        assert record.evidence
        assert list(quads(record, load.vocabulary))


def test_the_same_files_give_the_same_records(write_workspace: Write) -> None:
    path = write_workspace(platforms=PLATFORMS, members="団体名,PF\n架空1,pf\n架空2,pf\n鳥取市,pf\n")
    one, other = load_workspace(path), load_workspace(path)
    assert one.records == other.records
    assert one.issues == other.issues
    assert gc.isenabled()


def test_encodings_of_windows_are_read(write_workspace: Write) -> None:
    text = "団体名,PF\r\n㈱髙島屋架空,pf\r\n"
    for data in (text.encode("cp932"), text.encode("utf-16"), text.encode("utf-8-sig")):
        load = load_workspace(write_workspace(platforms=PLATFORMS, members=data))
        assert load.issues == []
        (body,) = of_class(load, "StakeholderOrganization")
        assert body.values["pref_label"] == ("㈱髙島屋架空",)
        assert iri(body, "sector").endswith("/company")


def test_progress_is_told_in_the_language_asked_for(write_workspace: Write) -> None:
    told: list[tuple[str, int, int]] = []
    load_workspace(
        write_workspace(platforms=PLATFORMS),
        lang="en",
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    assert told[0] == ("Reading files", 0, 1)
    assert told[-1] == ("Matching rows", 1, 1)


# ---- bad files ----


def test_the_only_file_in_no_known_encoding_stops_and_names_the_byte(write_workspace: Write) -> None:
    with pytest.raises(SourceError, match=r"members\.csv.*byte offset 11"):
        load_workspace(write_workspace(members=b"name,PF\nabc\xff\xff,pf\n"))


def test_the_only_file_without_a_required_column_stops_with_the_headers_found(write_workspace: Write) -> None:
    with pytest.raises(SourceError, match="Headers found in row 1: なまえ、PF"):
        load_workspace(write_workspace(members="なまえ,PF\n架空,pf\n"))


def test_the_platform_of_the_settings_must_exist(write_workspace: Write) -> None:
    with pytest.raises(WorkspaceError, match="'架空プラットホーム' is not known") as caught:
        load_workspace(
            write_workspace(platforms=PLATFORMS, members=("団体名\n架空\n", 'platform = "架空プラットホーム"'))
        )
    assert "架空プラットフォーム (platform/pf)" in caught.value.text("ja")


def test_the_field_scheme_of_the_settings_must_exist(write_workspace: Write) -> None:
    settings = '[workspace]\nas_of = 2023-10-01\n[scope]\nfields = "hyougo"\n'
    with pytest.raises(WorkspaceError, match="Field schemes: hyogo"):
        load_workspace(write_workspace(settings, platforms=PLATFORMS))


def test_an_area_of_the_settings_that_is_unknown_is_an_issue(write_workspace: Write) -> None:
    settings = '[workspace]\nas_of = 2023-10-01\n[scope]\nareas = ["31201", "鳥取", "312012", "pf"]\n'
    load = load_workspace(write_workspace(settings, platforms=PLATFORMS))
    assert [(issue.code, issue.value) for issue in load.issues] == [
        ("unknown-scope-area", "鳥取"),
        ("unknown-scope-area", "312012"),
    ]
    assert "鳥取県鳥取市 312011" in load.issues[0].hint.ja


# ---- bad rows: an issue, and the rest is loaded ----


def test_a_membership_in_an_unknown_platform(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(platforms=PLATFORMS, members="団体名,PF\n架空1,架空プラットホーム\n架空2,pf\n")
    )
    issue = only(load, "unknown-reference")
    assert (issue.severity, issue.file, issue.row, issue.column, issue.value) == (
        "error",
        "members.csv",
        2,
        "PF",
        "架空プラットホーム",
    )
    assert "架空プラットフォーム (platform/pf)" in issue.hint.ja
    assert issue.message.ja.endswith("この行は読みませんでした。")
    assert issue.message.en.endswith("The row was left out.")
    assert len(of_class(load, "PlatformMembership")) == 1


def test_an_unknown_municipality_names_the_nearest(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF,市区町村\n架空,pf,須阪市\n"))
    issue = only(load, "unknown-area")
    assert (issue.row, issue.column, issue.value) == (2, "市区町村", "須阪市")
    assert issue.hint.ja.startswith("近いもの: 長野県須坂市 202070")
    assert len(of_class(load, "PlatformMembership")) == 1


def test_a_municipality_of_a_common_name_needs_its_prefecture(write_workspace: Write) -> None:
    members = "団体名,PF,都道府県,市区町村\n架空1,pf,,府中市\n架空2,pf,広島県,府中市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    issue = only(load, "ambiguous-area")
    assert issue.row == 2
    assert "東京都府中市 132063" in issue.hint.ja
    assert "広島県府中市 342084" in issue.hint.ja
    assert iri(of_class(load, "StakeholderOrganization")[1], "municipality") == f"{ID}area/34208"


@pytest.mark.parametrize(
    ("column", "value", "place", "right"),
    [("法人番号", "5000012090001", "1", "4"), ("団体コード", "312019", "6", "1")],
)
def test_a_wrong_check_digit_names_value_place_and_right_digit(
    write_workspace: Write, column: str, value: str, place: str, right: str
) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=f"団体名,PF,{column}\n架空,pf,{value}\n"))
    issue = only(load, "bad-check-digit")
    assert (issue.file, issue.row, issue.column, issue.value) == ("members.csv", 2, column, value)
    assert f"（{place} 桁目）" in issue.message.ja
    assert f"正しくは {right} です" in issue.message.ja
    assert f"should be {right}" in issue.message.en
    assert len(of_class(load, "PlatformMembership")) == 1


def test_a_field_outside_the_scheme_names_a_near_one(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF,活動分野\n架空,pf,介護、教育学\n"))
    issue = only(load, "unmatched-field")
    assert issue.value == "教育学"
    assert issue.hint.ja.endswith("近い分野: 教育")
    (body,) = of_class(load, "StakeholderOrganization")
    assert len(body.values["support_field"]) == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [("春ごろか", "bad-date"), ("2023-02-30", "impossible-date"), ("本年5月9日", "date-without-year")],
)
def test_a_date_that_is_no_date(write_workspace: Write, value: str, code: str) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=f"団体名,PF,入会日\n架空,pf,{value}\n"))
    issue = only(load, code)
    assert (issue.row, issue.column, issue.value) == (2, "入会日", value)
    (membership,) = of_class(load, "PlatformMembership")
    assert "valid_from" not in membership.values


def test_an_empty_required_cell_leaves_the_row_out(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF\n,pf\n架空,pf\n"))
    assert (only(load, "missing-value").row, only(load, "missing-value").column) == (2, "団体名")
    assert len(of_class(load, "PlatformMembership")) == 1


def test_an_end_before_the_start_is_left_out(write_workspace: Write) -> None:
    members = "団体名,PF,入会日,退会日\n架空,pf,2023-04-01,2022-04-01\n架空2,pf,2023-04-01,2023-04-01まで\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert only(load, "reversed-dates").row == 2
    one, other = of_class(load, "PlatformMembership")
    assert "valid_to" not in one.values
    assert "valid_to" in other.values


def test_an_id_used_twice_leaves_the_second_row_out(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS + "pf,別の場\n"))
    issue = only(load, "duplicate-id")
    assert (issue.row, issue.value) == (3, "pf")
    assert "platforms.csv:2" in issue.message.ja
    assert len(of_class(load, "Platform")) == 1


def test_a_class_that_the_table_cannot_hold_is_told(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(platforms="ID,class,プラットフォーム名\na,既存の会議,あ\nb,ExistingForum,い\nc,,う\n")
    )
    assert only(load, "unknown-class").value == "既存の会議"
    assert "ExistingForum" in only(load, "unknown-class").hint.ja
    assert len(of_class(load, "Platform")) == 2
    assert len(of_class(load, "ExistingForum")) == 1


def test_rows_that_repeat_or_contradict_each_other(write_workspace: Write) -> None:
    members = "団体名,PF,会員区分\n架空,pf,会員\n架空,pf,会員\n架空,pf,賛助会員\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert [(issue.code, issue.severity, issue.row) for issue in load.issues] == [
        ("duplicate-row", "notice", 3),
        ("same-key", "warning", 4),
    ]
    one, other = of_class(load, "PlatformMembership")
    assert [place.row for place in one.evidence] == [2, 3]
    assert [place.row for place in other.evidence] == [4]


def test_the_same_fact_in_two_lists_has_two_evidences_and_no_issue(write_workspace: Write) -> None:
    path = write_workspace(platforms=PLATFORMS, members="団体名,PF\n架空,pf\n")
    (path / "second.csv").write_text("会員名,PF\n架空,pf\n", encoding="utf-8")
    with (path / "tsunagari.toml").open("a", encoding="utf-8") as stream:
        stream.write('[[source]]\nfile = "second.csv"\nkind = "members"\n')
    load = load_workspace(path)
    one, other = of_class(load, "PlatformMembership")
    assert load.issues == []
    assert one.iri == other.iri
    assert [record.graph for record in (one, other)] == [f"{ID}graph/members", f"{ID}graph/second"]


def test_files_that_differ_in_the_ending_alone_have_graphs_of_their_own(write_workspace: Write) -> None:
    path = write_workspace(platforms=PLATFORMS)
    (path / "platforms.tsv").write_text("ID\tプラットフォーム名\nq\t別\n", encoding="utf-8")
    with (path / "tsunagari.toml").open("a", encoding="utf-8") as stream:
        stream.write('[[source]]\nfile = "platforms.tsv"\nkind = "platforms"\n')
    assert [info.graph for info in load_workspace(path).sources] == [
        f"{ID}graph/platforms.csv",
        f"{ID}graph/platforms.tsv",
    ]


# ---- evidence ----

DOCUMENTS = "ID,資料名,発行日\ns1,資料一,2023-05-01\ns2,資料二,\n"


def test_rows_may_cite_documents_lines_and_quotes(write_workspace: Write) -> None:
    platforms = (
        "ID,プラットフォーム名,設置日,資料,行,ページ,該当語句\na,あ,今年度,s1|s2,59|,3,岩美町|\n"
        "b,い,,s1,,,\nc,う,,s9,,,\nd,え,,s1|s2,1,,\n"
    )
    load = load_workspace(write_workspace(platforms=platforms, documents=DOCUMENTS))
    one, other = of_class(load, "Platform")
    assert one.evidence == (Evidence(f"{ID}source/s1", 59, "3", "岩美町"), Evidence(f"{ID}source/s2", None, "3", None))
    assert other.evidence == (Evidence(f"{ID}source/s1"),)
    (since,) = one.values["valid_from"]
    assert isinstance(since, Temporal)
    assert (since.value, since.rule) == (date(2023, 4, 1), "relative-fiscal-year")
    assert [(issue.code, issue.row, issue.value) for issue in load.issues] == [
        ("unknown-reference", 4, "s9"),
        ("evidence-counts", 5, "document 2, line 1"),
    ]


def test_a_list_of_its_own_is_dated_by_the_settings(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            platforms=("ID,プラットフォーム名,設置日\na,あ,今年度\n", 'issued = "令和4年6月1日"\nas_of = 2022-06-01')
        )
    )
    (platform,) = of_class(load, "Platform")
    (since,) = platform.values["valid_from"]
    assert isinstance(since, Temporal)
    assert since.value == date(2022, 4, 1)


def test_a_platform_for_a_list_that_has_none_is_told(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(platforms=PLATFORMS, services=("窓口名,提供団体\n架空,架空の会\n", 'platform = "pf"'))
    )
    assert [(issue.code, issue.file, issue.value) for issue in load.issues] == [
        ("unused-platform", "services.csv", "pf")
    ]
