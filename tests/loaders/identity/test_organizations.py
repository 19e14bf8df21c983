from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.identity.candidates import find_candidates
from tsunagari.loaders.identity.scores import Profile
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Record, Reference

Write = Callable[..., Path]
ID = "https://w3id.org/tsunagari/id/"
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"


def bodies(load: Load) -> list[Record]:
    return [record for record in load.records if record.cls == "StakeholderOrganization"]


def targets(load: Load, cls: str, column: str) -> list[str]:
    values = [record.values[column][0] for record in load.records if record.cls == cls]
    return [value.iri.removeprefix(ID) for value in values if isinstance(value, Reference)]


def findings(load: Load) -> list[tuple[str, str | None, int | None]]:
    return [(issue.code, issue.file, issue.row) for issue in load.issues]


def test_a_local_government_is_known_by_name_code_number_and_office(write_workspace: Write) -> None:
    members = (
        "団体名,PF,団体コード,法人番号\n鳥取市,pf,,\n鳥取県鳥取市,pf,,\n鳥取市役所,pf,,\n31201,pf,,\n312011,pf,,\n9000020312011,pf,,\n"
        ",pf,312011,\n鳥取市福祉部,pf,,9000020312011\n"
    )
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert set(targets(load, "PlatformMembership", "member")) == {"org/9000020312011"}
    (city,) = (r for r in load.records if r.cls == "LocalGovernment" and r.graph.endswith("/reference"))
    assert city.values["pref_label"] == ("鳥取市",)
    assert city.values["lg_code"] == ("312011",)
    assert {issue.code for issue in load.issues} == {"duplicate-row"}


def test_prefecture_and_city_of_one_kanji_are_two_bodies(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF\n鳥取県,pf\n鳥取市,pf\n"))
    assert targets(load, "PlatformMembership", "member") == ["org/7000020310000", "org/9000020312011"]
    governments = {
        r.values["pref_label"]: r for r in load.records if r.cls == "LocalGovernment" and "sector" in r.values
    }
    sectors = {label[0]: record.values["sector"][0] for label, record in governments.items()}
    assert [str(value).rsplit("/", 1)[-1].rstrip("')") for value in sectors.values()] == ["prefecture", "municipality"]


def test_a_city_of_a_common_name_needs_more(write_workspace: Write) -> None:
    members = "団体名,PF,都道府県\n府中市,pf,\n府中市,pf,東京都\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert findings(load) == [("ambiguous-name", "members.csv", 2)]
    assert targets(load, "PlatformMembership", "member") == ["org/8000020132063"]


def test_a_code_that_contradicts_the_name_is_told_and_left_out(write_workspace: Write) -> None:
    members = "団体名,PF,団体コード\n鳥取市,pf,312029\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert findings(load) == [("code-name-mismatch", "members.csv", 2)]
    assert targets(load, "PlatformMembership", "member") == ["org/9000020312011"]


def test_a_code_beside_another_name_is_its_address(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF,団体コード\nNPO法人架空,pf,312011\n"))
    assert load.issues == []
    (body,) = bodies(load)
    assert body.values["municipality"] == (Reference(f"{ID}area/31201"),)
    assert "lg_code" not in body.values


def test_spellings_of_one_name_are_one_organisation_across_files(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            services="窓口名,提供団体\n架空相談,特定非営利活動法人 架空の会\n",
            platforms=PLATFORMS,
            members="団体名,PF,市区町村\n（特非）架空の会,pf,鳥取市\n",
            ties="連携元,連携先,連携の種類\nNPO法人架空の会,鳥取市社協,紹介\n社会福祉法人鳥取市社会福祉協議会,鳥取市,情報共有\n",
        )
    )
    assert {(issue.code, issue.file) for issue in load.issues} == {
        ("name-alone", "services.csv"),
        ("name-alone", "ties.csv"),
    }
    member = targets(load, "PlatformMembership", "member")
    assert targets(load, "SupportService", "provided_by") == member
    starts, ends = targets(load, "CollaborationTie", "tie_from"), targets(load, "CollaborationTie", "tie_to")
    assert starts[0] == member[0]
    assert starts[1] == ends[0]
    names = {
        name for body in bodies(load) for column in ("pref_label", "alt_label") for name in body.values.get(column, ())
    }
    assert "（特非）架空の会" in names


def test_equal_names_in_two_places_are_two_organisations(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            platforms=PLATFORMS,
            members="団体名,PF,市区町村\n架空の会,pf,鳥取市\n架空の会,pf,米子市\n",
            ties="連携元,連携先,連携の種類\n架空の会,鳥取市,紹介\n",
        )
    )
    assert len(set(targets(load, "PlatformMembership", "member"))) == 2
    assert findings(load) == [("same-name-elsewhere", "members.csv", 3), ("ambiguous-name", "ties.csv", 2)]
    assert all("members.csv:2" in issue.hint.ja + issue.message.ja for issue in load.issues)


def test_a_name_with_another_legal_form_is_new_and_said_to_be_similar(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(platforms=PLATFORMS, members="団体名,PF\nNPO法人架空の会,pf\n社会福祉法人架空の会,pf\n")
    )
    assert findings(load) == [("similar-organization", "members.csv", 3)]
    assert load.issues[0].severity == "warning"
    assert len(bodies(load)) == 2


def test_a_corporate_number_decides_between_spellings_of_one_name(write_workspace: Write) -> None:
    members = "団体名,PF,法人番号\n架空の会,pf,4000012090001\nNPO法人かくう架空ノ会,pf,4000012090001\n架空の会,pf,\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert set(targets(load, "PlatformMembership", "member")) == {"org/4000012090001"}
    (body,) = bodies(load)
    assert (body.values["pref_label"], body.values["alt_label"]) == (("架空の会",), ("NPO法人かくう架空ノ会",))


@pytest.mark.parametrize(("one", "other"), [("ひだまり架空園", "公益財団法人空想協会"), ("架空の会", "カクウの会")])
def test_unlike_names_under_one_number_stay_apart_and_become_a_question(
    write_workspace: Write, one: str, other: str
) -> None:
    members = f"団体名,PF,法人番号,市区町村\n{one},pf,4000012090001,鳥取市\n{other},pf,4000012090001,米子市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert len(set(targets(load, "PlatformMembership", "member"))) == 2
    assert findings(load) == [("unlike-number", "members.csv", 3)]
    profiles = [
        Profile(body.iri, (str(body.values["pref_label"][0]),), number=str(body.values["corporate_number"][0]))
        for body in bodies(load)
    ]
    (pair,) = find_candidates(profiles).pairs
    assert "same-number" in pair.reasons


@pytest.mark.parametrize("number", ["4.01101E+12", "４．０１Ｅ＋１２", "4011010000000", "9000020000000"])
def test_a_number_that_a_spreadsheet_cut_is_told_and_joins_nothing(write_workspace: Write, number: str) -> None:
    members = f"団体名,PF,法人番号,市区町村\n架空あ本部,pf,{number},鳥取市\n架空い協会,pf,{number},米子市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert len(set(targets(load, "PlatformMembership", "member"))) == 2
    assert findings(load) == [("damaged-number", "members.csv", 2), ("damaged-number", "members.csv", 3)]


@pytest.mark.parametrize("rows", [("鳥取市", ""), ("", "鳥取市")])
def test_a_list_that_leaves_the_municipality_out_joins_nobody(write_workspace: Write, rows: tuple[str, str]) -> None:
    lists = {
        "organizations": f"団体名,市区町村\n架空の会,{rows[0]}\n",
        "members": f"団体名,PF,市区町村\n架空の会,pf,{rows[1]}\n",
        "ties": "連携元,連携先,連携の種類\n架空の会,米子市,紹介\n",
    }
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    assert len({body.iri for body in bodies(load)}) == 2
    assert [code for code, *_ in findings(load)] == ["similar-organization", "name-alone"]
    assert len(targets(load, "CollaborationTie", "tie_from")) == 1  # a mere reference still finds a body, and says so


def test_names_without_a_municipality_are_one_body_only_within_a_platform(write_workspace: Write) -> None:
    platforms = "ID,プラットフォーム名\npf,架空プラットフォーム\nother,空想プラットフォーム\n"
    members = "団体名,PF\n架空の会,pf\n架空の会,other\n架空の園,pf\n"
    roles = "団体名,役割,プラットフォーム\n架空の園,事務局,pf\n"
    lists = {"members": members, "roles": roles}
    load = load_workspace(write_workspace(platforms=platforms, **lists))
    assert len({body.iri for body in bodies(load)}) == 3
    assert findings(load) == [("similar-organization", "members.csv", 3)]
    again = load_workspace(write_workspace(platforms=platforms, **lists))
    assert [body.iri for body in bodies(again)] == [body.iri for body in bodies(load)]


def test_a_service_where_the_body_is_needs_no_more_than_its_name(write_workspace: Write) -> None:
    organizations = "団体名,市区町村\n架空の会,鳥取市\n"
    services = "窓口名,提供団体,対象地域\n架空相談,架空の会,米子市\n架空電話,架空の会,札幌市\n"
    load = load_workspace(write_workspace(organizations=organizations, services=services))
    assert findings(load) == [("name-alone", "services.csv", 3)]


def test_a_repeated_name_without_a_municipality_is_told(write_workspace: Write) -> None:
    organizations = "団体名,電話番号\n架空の会,0857-00-0001\n架空の会,03-0000-0001\n"
    load = load_workspace(write_workspace(organizations=organizations))
    assert findings(load) == [("name-alone", "organizations.csv", 3)]


@pytest.mark.parametrize(
    ("address", "count"),
    [("鳥取市空想町9", 2), ("鳥取県鳥取市架空一丁目２番地", 1), ("鳥取市架空1-2 架空ビル3階", 1), ("", 1)],
)
def test_namesakes_of_one_list_at_two_addresses_are_two_bodies(
    write_workspace: Write, address: str, count: int
) -> None:
    organizations = f"団体名,市区町村,住所\nみどり会,鳥取市,鳥取市架空1-2\nみどり会,鳥取市,{address}\n"
    members = "団体名,市区町村,PF\nみどり会,鳥取市,pf\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, organizations=organizations, members=members))
    assert len({body.iri for body in bodies(load)}) == count
    told = [("similar-organization", "organizations.csv", 3), ("ambiguous-name", "members.csv", 2)]
    assert findings(load) == (told if count == 2 else [])


def test_declared_organisations_are_referred_to_by_id_and_unknown_ids_are_told(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            organizations="ID,団体名,別名,市区町村\nyorisoi,NPO法人よりそい,よりそいの会,鳥取市\n",
            platforms=PLATFORMS,
            members="団体名,PF,市区町村\nyorisoi,pf,\norg/yorisoi,platform/pf,\nよりそいの会,pf,鳥取市\nyorisoi-2,pf,\n",
        )
    )
    assert [issue.code for issue in load.issues] == ["duplicate-row", "duplicate-row", "unknown-reference"]
    assert "NPO法人よりそい (org/yorisoi)" in load.issues[-1].hint.ja
    assert len({body.iri for body in bodies(load)}) == 1


def test_values_of_several_rows_are_put_together_and_contradictions_told(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            organizations="ID,団体名,市区町村,主体の区分,活動分野\na,架空の会,鳥取市,NPO,介護\n",
            platforms=PLATFORMS,
            members="団体名,PF,市区町村,主体の区分,活動分野,読み\n架空の会,pf,鳥取市,企業,教育,かくうのかい\n",
        )
    )
    issue = load.issues[0]
    assert (issue.code, issue.file, issue.value) == ("value-differs", "members.csv", "企業")
    in_organizations, in_members = bodies(load)
    assert in_organizations.values["sector"] == (Reference("https://w3id.org/tsunagari/scheme/sector/npo"),)
    assert "sector" not in in_members.values
    assert len(in_members.values["support_field"]) == 1
    assert in_members.values["reading"] == ("かくうのかい",)


def test_a_reading_unlike_the_table_is_told_but_large_kana_are_not(write_workspace: Write) -> None:
    members = "団体名,PF,フリガナ\n飯山市,pf,いこまし\n岩美町,pf,いわみちよう\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    assert findings(load) == [("reading-differs", "members.csv", 2)]
    assert "いこまし" in load.issues[0].message.ja
    assert "いいやまし" in load.issues[0].message.ja


def test_unnamed_groups_are_never_merged(write_workspace: Write) -> None:
    load = load_workspace(
        write_workspace(
            organizations="ID,class,団体名,記された数\na,UnnamedGroup,参加団体,15\nb,UnnamedGroup,参加団体,3\n",
            platforms=PLATFORMS,
            members="団体名,PF\na,pf\nb,pf\n参加団体,pf\n",
        )
    )
    assert load.issues == []
    assert len(set(targets(load, "PlatformMembership", "member"))) == 3


@pytest.mark.parametrize(
    ("reach", "count"), [("鳥取県", 1), ("岩美町、米子市", 1), ("飯山市", 2), ("全国", 2), ("", 2)]
)
def test_a_member_without_a_municipality_is_looked_for_where_its_platform_reaches(
    write_workspace: Write, reach: str, count: int
) -> None:
    lists = {
        "platforms": f"ID,プラットフォーム名,対象区域\npf,架空プラットフォーム,{reach}\n",
        "organizations": "団体名,市区町村\n架空の会,鳥取市\n",
        "members": "団体名,PF\n架空の会,pf\n",
    }
    load = load_workspace(write_workspace(**lists))
    assert len({body.iri for body in bodies(load)}) == count
    assert [code for code, *_ in findings(load)] == ["name-alone" if count == 1 else "similar-organization"]


def test_departments_of_one_name_are_told_apart_by_their_body(write_workspace: Write) -> None:
    organizations = "ID,class,団体名,上位組織\na,Department,福祉課,鳥取市\nb,課・室,福祉課,米子市\n"
    load = load_workspace(write_workspace(organizations=organizations))
    assert load.issues == []
    assert len({record.iri for record in load.records if record.cls == "Department"}) == 2


def test_services_of_several_rows_are_one_service(write_workspace: Write) -> None:
    services = (
        "窓口名,提供団体,活動分野,対象区域\n架空相談,架空の会,介護,鳥取市\n"
        "架空相談,架空の会,教育,全国\n架空相談,別の会,教育,\n"
    )
    load = load_workspace(write_workspace(services=services))
    assert load.issues == []
    one, other = (record for record in load.records if record.cls == "SupportService")
    assert [len(one.values[name]) for name in ("support_field", "service_area")] == [2, 2]
    assert one.values["provided_by"] != other.values["provided_by"]


def test_a_number_without_a_name_must_be_known_elsewhere(write_workspace: Write) -> None:
    members = "団体名,PF\n4000012090001,pf\n312012,pf\n99999,pf\n5000012090001,pf\n"
    known = "団体名,法人番号\n架空の会,4000012090001\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members, organizations=known))
    assert targets(load, "PlatformMembership", "member") == ["org/4000012090001"]
    assert [(issue.code, issue.row) for issue in load.issues] == [
        ("bad-check-digit", 3),
        ("unknown-code", 4),
        ("bad-check-digit", 5),
    ]
    unknown = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,PF\n4000012090001,pf\n"))
    assert findings(unknown) == [("nameless-organization", "members.csv", 2)]


def test_a_list_of_an_area_names_its_own_bodies_and_places_first(write_workspace: Write) -> None:
    organizations = "団体名,市区町村\n架空よりそい,広島県府中市\n架空よりそい,東京都府中市\n"
    members = "団体名,PF,市区町村\n架空よりそい,pf,\n架空ひだまり,pf,府中市\n府中市,pf,\n飯山市,pf,\n"
    lists = {"platforms": PLATFORMS, "organizations": organizations, "members": (members, 'area = "広島県"')}
    load = load_workspace(write_workspace(**lists))
    assert findings(load) == [("same-name-elsewhere", "organizations.csv", 3)]
    homes = {record.iri: record.values["municipality"][0] for record in bodies(load) if "municipality" in record.values}
    found = targets(load, "PlatformMembership", "member")
    assert homes[ID + found[0]] == Reference(f"{ID}area/34208")
    assert homes[ID + found[1]] == Reference(f"{ID}area/34208")
    assert found[2:] == ["org/7000020342084", "org/4000020202134"]


def test_a_body_without_an_address_is_not_taken_for_its_namesake_elsewhere(write_workspace: Write) -> None:
    organizations = "団体名,市区町村\n架空よりそい,鳥取市\n"
    lists = {"platforms": PLATFORMS, "organizations": organizations}
    members = "団体名,PF\n架空よりそい,pf\n"
    elsewhere = load_workspace(write_workspace(**lists, members=(members, 'area = "飯山市"')))
    assert len({record.iri for record in bodies(elsewhere)}) == 2
    at_home = load_workspace(write_workspace(**lists, members=(members, 'area = "鳥取県"')))
    assert len({record.iri for record in bodies(at_home)}) == 1


def test_a_name_without_legal_form_that_fits_bodies_in_several_places_is_asked_about(write_workspace: Write) -> None:
    ties = "連携元,連携先,連携の種類\n架空の会,鳥取市,紹介\n"
    members = "団体名,PF,市区町村\nNPO法人架空の会,pf,鳥取市\nNPO法人架空の会,pf,福山市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members, ties=ties))
    assert findings(load) == [("same-name-elsewhere", "members.csv", 3), ("ambiguous-name", "ties.csv", 2)]


def test_a_ward_of_a_city_is_the_city_to_the_identity_of_a_body(write_workspace: Write) -> None:
    organizations = "団体名,都道府県,市区町村\n架空よりそい,神奈川県,横浜市中区\n架空よりそい,神奈川県,横浜市\n"
    load = load_workspace(write_workspace(organizations=organizations))
    assert len({record.iri for record in bodies(load)}) == 1
    assert not load.issues


def test_two_places_of_one_body_are_told(write_workspace: Write) -> None:
    organizations = (
        "団体名,法人番号,市区町村\n架空よりそい,4000012090001,横浜市中区\n架空よりそい,4000012090001,横浜市西区\n"
    )
    load = load_workspace(write_workspace(organizations=organizations))
    assert findings(load) == [("value-differs", "organizations.csv", 3)]


def test_a_branch_under_the_number_of_its_body_is_a_body_of_its_own_and_asked_about(write_workspace: Write) -> None:
    organizations = (
        "団体名,法人番号,市区町村\n社会福祉法人架空会,4000012090001,鳥取市\n"
        "社会福祉法人架空会 米子支部,4000012090001,米子市\n"
        "(福)架空会本部,4000012090001.0,鳥取市\n社会福祉法人架空会米子支部,4000012090001,米子市\n"
    )
    load = load_workspace(write_workspace(organizations=organizations))
    assert len({body.iri for body in bodies(load)}) == 2
    assert [code for code, *_ in findings(load)] == ["branch-number", "branch-number"]


@pytest.mark.parametrize("messy", ["架空ひたﾞまりﾎｰﾑ", "架空ひだまりﾎｰﾑ", "架空 ひだまりホーム"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_body_is_called_by_its_cleanest_name(write_workspace: Write, messy: str, is_first: bool) -> None:
    clean = "架空ひだまりホーム"
    names = (messy, clean) if is_first and messy != "架空 ひだまりホーム" else (clean, messy)
    load = load_workspace(
        write_workspace(
            organizations=f"団体名,市区町村\n{names[0]},鳥取市\n",
            members=f"団体名,PF,市区町村\n{names[1]},pf,鳥取市\n",
            platforms=PLATFORMS,
        )
    )
    (body,) = {body.iri for body in bodies(load)}
    found = [record for record in load.records if record.iri == body]
    assert {name for record in found for name in record.values.get("pref_label", ())} == {clean}
    assert {name for record in found for name in record.values.get("alt_label", ())} == {messy}


def test_a_messy_name_alone_is_shown_cleanly_and_kept_as_written(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(organizations="団体名,市区町村\n架空ひたﾞまりﾎｰﾑ,鳥取市\n"))
    (body,) = bodies(load)
    assert body.values["pref_label"] == ("架空ひだまりホーム",)
    assert body.values["alt_label"] == ("架空ひたﾞまりﾎｰﾑ",)


def test_names_without_a_place_are_one_question_a_column(write_workspace: Write) -> None:
    count = 7
    organizations = "団体名,市区町村\n" + "".join(f"架空{number}番の会,鳥取市\n" for number in range(count))
    ties = "団体1,団体2,種類\n" + "".join(f"架空{number}番の会,架空0番の会,紹介\n" for number in range(1, count)) * 2
    load = load_workspace(write_workspace(organizations=organizations, ties=ties))
    told = [(issue.row, issue.column, issue.value) for issue in load.issues if issue.code == "name-alone"]
    names = "架空1番の会、架空2番の会、架空3番の会、架空4番の会、架空5番の会 … (6)"
    assert told == [(2, "団体1", names), (2, "団体2", "架空0番の会")]


def test_a_body_that_a_contact_makes_known_first_is_told_as_well(write_workspace: Write) -> None:
    services = "窓口名,提供団体,電話番号\n架空相談,㈱架空フーズ,0857-00-0001\n"
    ties = "団体1,団体2,種類\n鳥取市,架空フーズ,食材の提供\n"
    load = load_workspace(write_workspace(ties=ties, services=services))
    assert [issue.code for issue in load.issues if issue.code == "similar-organization"] == ["similar-organization"]


@pytest.mark.parametrize(("first", "second"), [("㈱架空", "株式会社架空"), ("ＮＰＯ法人架空", "NPO法人架空")])
def test_a_cleaner_spelling_of_a_later_list_is_the_label(write_workspace: Write, first: str, second: str) -> None:
    members = f"団体名,PF,市区町村\n{first},pf,鳥取市\n{second},pf,鳥取市\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    (body,) = bodies(load)
    assert body.values["pref_label"] == (second,)
    assert body.values["alt_label"] == (first,)
