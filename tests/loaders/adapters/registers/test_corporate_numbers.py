from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from tsunagari.errors import SourceError, WorkspaceError
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.session.parts import SourceInput, recognized_kinds
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.codes import corporate_check_digit, corporate_number_of
from tsunagari.ontology.records import Record, Reference
from tsunagari.ontology.vocabulary import vocabulary

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
ID = "https://w3id.org/tsunagari/id/"
COLUMNS = (
    *("sequenceNumber", "corporateNumber", "process", "correct", "updateDate", "changeDate", "name", "nameImageId"),
    *("kind", "prefectureName", "cityName", "streetNumber", "addressImageId", "prefectureCode", "cityCode", "postCode"),
    *("addressOutside", "addressOutsideImageId", "closeDate", "closeCause", "successorCorporateNumber", "changeCause"),
    *(
        "assignmentDate",
        "latest",
        "enName",
        "enPrefectureName",
        "enCityName",
        "enAddressOutside",
        "furigana",
        "hihyoji",
    ),
)
ORGANIZATIONS = "団体名,法人番号,市区町村\n"


def number_of(serial: int) -> str:
    twelve = f"{310005000000 + serial:012}"
    return corporate_check_digit(twelve) + twelve


def record(serial: int, name: str = "特定非営利活動法人架空の会", **cells: str) -> list[str]:
    values = {
        "sequenceNumber": str(serial),
        "corporateNumber": number_of(serial),
        **{"process": "01", "correct": "0", "updateDate": "2020-01-01", "changeDate": "2015-10-05"},
        **{"name": name, "kind": "399", "assignmentDate": "2015-10-05", "latest": "1", "hihyoji": "0"},
        **{"prefectureName": "鳥取県", "cityName": "鳥取市", "streetNumber": "架空町１番地"},
        **{"prefectureCode": "31", "cityCode": "201"},
        **cells,
    }
    assert set(values) <= set(COLUMNS)
    return [values.get(column, "") for column in COLUMNS]


@pytest.fixture
def load(put_source: Put, csv_bytes: Bytes) -> Callable[..., Load]:
    def load(rows: Iterable[Sequence[str]], organizations: str = "", further: str = "", **options: str) -> Load:
        encoding = options.pop("encoding", "cp932")
        path = put_source("register.csv", csv_bytes(rows, encoding), "corporate-numbers", further, **options)
        if organizations:
            path = put_source("organizations.csv", ORGANIZATIONS + organizations, "organizations")
        return load_workspace(path)

    return load


Loading = Callable[..., Load]


def bodies(load: Load) -> dict[str, Record]:
    classes = ("StakeholderOrganization", "LocalGovernment")
    return {
        record.iri.removeprefix(f"{ID}org/"): record
        for record in load.records
        if record.cls in classes and record.graph.endswith("/register")
    }


def municipality(record: Record) -> str:
    (value,) = record.values["municipality"]
    assert isinstance(value, Reference)
    return value.iri.removeprefix(f"{ID}area/")


def codes(load: Load) -> list[str]:
    return [issue.code for issue in load.issues]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_record_becomes_an_organisation_with_name_place_and_number(load: Loading, encoding: str) -> None:
    cells = {"furigana": "カクウノカイ", "enName": "Kaku Association"}
    loaded = load([record(1, **cells)], further='keep = "all"', encoding=encoding)
    assert codes(loaded) == ["register-kept", "unread-columns"]
    ((number, body),) = bodies(loaded).items()
    assert number == number_of(1)
    assert body.values["pref_label"] == ("特定非営利活動法人架空の会",)
    assert body.values["reading"] == ("かくうのかい",)
    assert body.values["label_en"] == ("Kaku Association",)
    assert body.values["address"] == ("鳥取県鳥取市架空町１番地",)
    assert municipality(body) == "31201"
    (form,) = body.values["legal_form"]
    assert isinstance(form, Reference)
    assert form.iri.endswith("/legal-form/npo")
    assert body.evidence[0].row == 1


def test_kinds_tell_the_form_only_where_they_stand_for_one(load: Loading) -> None:
    rows = [
        record(1, "架空商店", kind="301"),
        record(2, "架空会", kind="399"),
        record(3, "社会福祉法人架空会", kind="399"),
    ]
    forms = {
        number: body.values.get("legal_form") for number, body in bodies(load(rows, further='keep = "all"')).items()
    }
    assert [form and str(form).rpartition("/")[2][:7] for form in forms.values()] == ["stock-c", None, "social-"]


def test_by_default_only_what_other_lists_mention_is_kept(load: Loading) -> None:
    rows = [
        record(1),
        record(2, "社会福祉法人架空福祉会"),
        record(3, "特定非営利活動法人架空の会", cityCode="202", cityName="米子市"),
        record(4, "株式会社架空の会"),
        record(5, "株式会社無関係"),
    ]
    loaded = load(rows, f"NPO法人 架空の会,,鳥取市\n架空福祉会,{number_of(2)},\n")
    assert sorted(bodies(loaded)) == sorted([number_of(1), number_of(2)])
    (issue,) = (issue for issue in loaded.issues if issue.code == "register-kept")
    assert issue.message.en.startswith("2 of 5 rows were read")
    # the row of the list and that of the register are one body, which has the number now
    assert {record.iri for record in loaded.records if record.cls == "StakeholderOrganization"} == {
        f"{ID}org/{number_of(1)}",
        f"{ID}org/{number_of(2)}",
    }


def test_a_name_that_several_corporations_of_the_place_have_gets_no_number(load: Loading) -> None:
    loaded = load([record(1), record(2)], "NPO法人架空の会,,鳥取市\n")
    assert bodies(loaded) == {}
    (issue,) = (issue for issue in loaded.issues if issue.code == "ambiguous-in-register")
    assert number_of(1) in issue.message.ja
    assert number_of(2) in issue.message.ja


def test_a_name_without_a_place_is_not_looked_up(load: Loading) -> None:
    assert bodies(load([record(1)], "NPO法人架空の会,,\n")) == {}


def test_a_body_in_a_ward_is_that_of_a_list_that_names_the_city(load: Loading) -> None:
    ward = {"prefectureName": "北海道", "cityName": "札幌市中央区", "prefectureCode": "01", "cityCode": "101"}
    loaded = load([record(1, **ward)], "NPO法人架空の会,,札幌市\n")
    (body,) = bodies(loaded).values()
    assert municipality(body) == "01101"
    assert body.values["pref_label"] == ("特定非営利活動法人架空の会",) or "alt_label" in body.values
    assert len({record.iri for record in loaded.records if record.cls == "StakeholderOrganization"}) == 1


def test_keep_scope_adds_the_corporations_of_the_areas(load: Loading) -> None:
    head = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n[scope]\nareas = ["米子市"]\n'
    rows = [record(1), record(2, "架空の友", cityCode="202", cityName="米子市")]
    assert list(bodies(load(rows, further='keep = "scope"', head=head))) == [number_of(2)]


def test_deleted_past_and_hidden_records_are_left_out_and_counted(load: Loading) -> None:
    rows = [record(1, process="99"), record(2, latest="0"), record(3, hihyoji="1"), record(4)]
    loaded = load(rows, further='keep = "all"')
    assert list(bodies(loaded)) == [number_of(4)]
    assert "deleted 1, past 1, hidden 1, in no other list 0" in loaded.issues[0].message.en


def test_a_closed_corporation_has_an_end_and_its_successor_is_named_and_kept(load: Loading) -> None:
    rows = [
        record(2, "社会福祉法人架空合同会"),
        record(1, process="71", closeDate="2022-04-01", closeCause="11", successorCorporateNumber=number_of(2)),
    ]
    loaded = load(rows, f"NPO法人架空の会,{number_of(1)},\n")
    found = bodies(loaded)
    assert set(found) == {number_of(1), number_of(2)}
    closed = found[number_of(1)]
    assert str(closed.values["valid_to"][0]).count("2022") > 0
    assert closed.values["note"] == (f"合併による解散等、承継した法人 社会福祉法人架空合同会（{number_of(2)}）",)
    (issue,) = (issue for issue in loaded.issues if issue.code == "succeeded-organization")
    assert "社会福祉法人架空合同会" in issue.message.ja


def test_a_local_government_keeps_its_own_area(load: Loading) -> None:
    number = corporate_number_of("011002")
    cells = {"kind": "201", "prefectureCode": "01", "cityCode": "101", "corporateNumber": number}
    loaded = load([record(1, "札幌市", **cells)], further='keep = "all"')
    assert codes(loaded) == ["register-kept", "unread-columns"]
    assert "municipality" not in bodies(loaded)[number].values


def test_bad_rows_are_located(load: Loading) -> None:
    wrong = f"{(int(number_of(3)[0]) + 1) % 10}{number_of(3)[1:]}"
    rows = [
        record(1),
        record(1),
        ["2", "x"],
        [*record(2, "架空の友"), "余り"],
        record(3, "架空の里", corporateNumber=wrong),
    ]
    loaded = load(rows, further='keep = "all"')
    found = {(issue.code, issue.row) for issue in loaded.issues if issue.row is not None}
    assert found == {("repeated-number", 2), ("missing-cells", 3), ("surplus-cells", 4), ("bad-check-digit", 5)}
    names = {body.values["pref_label"] for body in bodies(loaded).values()}
    assert ("架空の里",) in names


def test_another_file_is_refused(put_source: Put, csv_bytes: Bytes) -> None:
    path = put_source("register.csv", csv_bytes([["法人番号", "名称"], ["1", "架空"]]), "corporate-numbers")
    with pytest.raises(SourceError, match="2 cells: 法人番号、名称"):
        load_workspace(path)


def test_an_unknown_choice_of_keep_is_refused(load: Loading) -> None:
    with pytest.raises(WorkspaceError, match="keep = 'some'") as caught:
        load([record(1)], further='keep = "some"')
    assert "mentioned" in str(caught.value.hint)


def test_the_file_is_recognised_by_its_first_row(put_source: Put, csv_bytes: Bytes) -> None:
    workspace = read_workspace(put_source("register.csv", csv_bytes([record(1)]), "corporate-numbers"))
    content = SourceInput(workspace, workspace.sources[0], vocabulary()).content
    assert [kind.name for kind in recognized_kinds(content)] == ["corporate-numbers"]


def test_a_member_list_without_numbers_gets_numbers_and_addresses(put_source: Put, csv_bytes: Bytes) -> None:
    put_source("platforms.csv", "ID,プラットフォーム名\npf,架空プラットフォーム\n", "platforms")
    members = "団体名,市区町村\n（特非）架空の会,鳥取市\n架空の友,鳥取市\n"
    put_source("register.csv", csv_bytes([record(1), record(2, "社会福祉法人架空の友")]), "corporate-numbers")
    loaded = load_workspace(put_source("members.csv", members, "members", 'platform = "pf"'))
    named = {
        value.iri.removeprefix(f"{ID}org/")
        for record in loaded.records
        if record.cls == "PlatformMembership"
        for value in record.values["member"]
        if isinstance(value, Reference)
    }
    assert number_of(1) in named
    assert number_of(2) not in named, "a name without its legal form may be another body"
    assert [body.values["address"] for body in bodies(loaded).values()] == [("鳥取県鳥取市架空町１番地",)]


@pytest.mark.parametrize("header", [COLUMNS, tuple(reversed(COLUMNS)), tuple(name.upper() for name in COLUMNS)])
def test_a_header_may_stand_above_the_records_in_any_order(
    load: Callable[..., Load], put_source: Put, csv_bytes: Bytes, header: Sequence[str]
) -> None:
    values = dict(zip((name.upper() for name in COLUMNS), record(1), strict=True))
    table = [header, [values[name.upper()] for name in header]]
    loaded = load(table, further='keep = "all"')
    bodies = [item for item in loaded.records if item.iri == f"{ID}org/{number_of(1)}"]
    assert [body.values["address"] for body in bodies] == [("鳥取県鳥取市架空町１番地",)]
    workspace = read_workspace(put_source("other.csv", csv_bytes(table, "utf-8"), "corporate-numbers"))
    content = SourceInput(workspace, workspace.sources[-1], vocabulary()).content
    assert [kind.name for kind in recognized_kinds(content)] == ["corporate-numbers"]
