"""Every column of the profile of member lists is read, contacts of offices among them; persons are not."""

from __future__ import annotations

from tests.loaders.conftest import PLATFORMS, WriteWorkspace

import tsunagari as tsu
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.namespaces import ID, SCHEME
from tsunagari.ontology.records import Record, Reference, Temporal, Value

HEADER = (
    "No,団体名,フリガナ,法人格,法人番号,会員区分,入会日,退会日,所属分科会,役割,都道府県,市区町村,団体コード,住所,"
    "活動分野,対象者,活動概要,電話,FAX,メール,URL,公開可否,備考\n"
)
FULL = (
    HEADER + "1,NPO法人架空の会,カクウノカイ,特定非営利活動法人,9000000000009,会員,令和6年4月1日,令和7年3月31日,"
    "広報分科会、居場所分科会,幹事,鳥取県,鳥取市,312011,鳥取県鳥取市架空町1-2,子育て、ひきこもり,子ども、高齢者,"
    "居場所を開く、訪ねる。相談も受ける,0857-00-0000,0857-00-0001,jimu@example.jp,https://example.jp/,可,架空の備考\n"
    "2,架空の園,カクウノエン,任意団体,,協力会員,2024/6/1,,広報分科会,,鳥取県,鳥取市,,,子育て,保護者,見守り,"
    "(0857)00-0002,－,,,否,\n"
)
MEMBERS = 'platform = "pf"'


def of_class(load: Load, cls: str) -> list[Record]:
    return [record for record in load.records if record.cls == cls]


def text_of(value: Value) -> str:
    if isinstance(value, Reference):
        return value.iri.removeprefix(SCHEME).removeprefix(ID)
    return str(value.value if isinstance(value, Temporal) else value)


def texts(load: Load) -> set[str]:
    """Return every value of the graph as text."""
    return {text_of(value) for record in load.records for values in record.values.values() for value in values}


def test_a_list_with_every_column_of_the_profile_is_read_whole(write_workspace: WriteWorkspace) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(FULL.encode("cp932"), MEMBERS)))
    assert load.sources[1].encoding == "cp932"
    assert [issue.message.ja for issue in load.issues] == []
    found = texts(load)
    expected = {"NPO法人架空の会", "かくうのかい", "legal-form/npo", "9000000000009", "membership-class/full"}
    expected |= {"2024-04-01", "2025-04-01", "広報分科会", "居場所分科会", "role/steering", "area/31201"}
    expected |= {"鳥取県鳥取市架空町1-2", "hyogo/childcare", "hyogo/hikikomori", "target-group/children"}
    expected |= {"target-group/older-people", "居場所を開く、訪ねる。相談も受ける", "0857-00-0000", "0857-00-0001"}
    expected |= {"jimu@example.jp", "https://example.jp/", "True", "架空の備考"}
    expected |= {"架空の園", "0857-00-0002", "False", "見守り", "target-group/parents", "membership-class/cooperating"}
    assert expected - found == set()


def test_a_contact_is_of_the_organisation_of_its_row(write_workspace: WriteWorkspace) -> None:
    rows = (
        "団体名,市区町村,TEL,E-mail,担当課\n"
        "架空の会,鳥取市,0857-00-0000,a@example.jp,\n"
        "架空の会,米子市,0859-00-0000,,総務課\n"
    )
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(rows, MEMBERS)))
    assert [issue.code for issue in load.issues] == ["same-name-elsewhere"]
    homes = {
        record.iri: record.values["municipality"][0].iri[-5:]  # type: ignore[union-attr]
        for record in of_class(load, "StakeholderOrganization")
    }
    found = {
        homes[contact.values["contact_of"][0].iri]: contact.values  # type: ignore[union-attr]
        for contact in of_class(load, "ContactPoint")
    }
    assert found["31201"]["telephone"] == ("0857-00-0000",)
    assert found["31201"]["email"] == ("a@example.jp",)
    assert "department" not in found["31201"]
    assert found["31202"]["department"] == ("総務課",)


def test_a_list_of_organisations_has_contacts_too(write_workspace: WriteWorkspace) -> None:
    rows = "ID,団体名,電話番号,メールアドレス\nkai,架空の会,0857-00-0000,a@example.jp\n,架空の園,0857-00-0001,\n"
    load = load_workspace(write_workspace(organizations=rows))
    assert not load.issues
    assert len(of_class(load, "StakeholderOrganization")) == 2
    assert len(of_class(load, "ContactPoint")) == 2


def test_two_lists_with_one_number_state_one_contact_and_another_number_is_another(
    write_workspace: WriteWorkspace,
) -> None:
    organizations = "団体名,市区町村,電話\n架空の会,鳥取市,0857-00-0000\n架空の園,鳥取市,0857-00-0001\n"
    members = "団体名,市区町村,電話番号\n架空の会,鳥取市,0857-00-0000\n架空の園,鳥取市,0857-00-0009\n"
    folder = write_workspace(platforms=PLATFORMS, organizations=organizations, members=(members, MEMBERS))
    load = load_workspace(folder)
    assert not load.issues
    assert len({record.iri for record in of_class(load, "ContactPoint")}) == 3
    assert tsu.build(folder).check().empty


def test_columns_about_persons_are_told_and_not_read(write_workspace: WriteWorkspace) -> None:
    rows = "団体名,代表者,担当者名,電話（担当者）,代表者電話,電話\n架空の会,架空,架空,1,2,0857-00-0000\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(rows, MEMBERS)))
    assert {issue.code for issue in load.issues} == {"personal-column"}
    assert [issue.value for issue in load.issues] == ["代表者", "担当者名", "電話（担当者）", "代表者電話"]
    (contact,) = of_class(load, "ContactPoint")
    assert contact.values["telephone"] == ("0857-00-0000",)


def test_what_is_wrong_in_a_row_is_told_once(write_workspace: WriteWorkspace) -> None:
    rows = "団体名,法人番号,市区町村,電話\n架空の会,2999999999999,どこか市,0857-00-0000\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(rows, MEMBERS)))
    assert sorted(issue.code for issue in load.issues) == ["bad-check-digit", "unknown-area"]


def test_descriptions_stay_with_members(write_workspace: WriteWorkspace) -> None:
    ties = "連携元,連携先,連携の種類,活動内容,対象者\n架空の会,架空の園,紹介・つなぎ,案内,子ども\n"
    load = load_workspace(write_workspace(ties=ties))
    assert [issue.value for issue in load.issues] == ["活動内容", "対象者"]


def test_the_settings_may_say_the_contact_of_all_rows(write_workspace: WriteWorkspace) -> None:
    rows = "団体名,電話\n架空の会,0857-00-0000\n架空の園,\n"
    further = MEMBERS + '\nvalues = { "電話" = "0857-00-0009" }'
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(rows, further)))
    assert not load.issues
    assert sorted(str(contact.values["telephone"][0]) for contact in of_class(load, "ContactPoint")) == [
        "0857-00-0000",
        "0857-00-0009",
    ]


def test_a_list_of_services_says_how_each_is_reached(write_workspace: WriteWorkspace) -> None:
    services = (
        "窓口名,提供団体,電話,メール,担当課\n架空相談,架空の会,0857-00-0000,a@example.jp,\n"
        "架空窓口,鳥取市,0857-00-0001,,福祉課\n"
    )
    load = load_workspace(write_workspace(services=services))
    assert not load.issues
    found = {str(contact.values["department"][0]): contact.values for contact in of_class(load, "ContactPoint")}
    assert found["架空相談"]["telephone"] == ("0857-00-0000",)
    assert found["架空相談"]["email"] == ("a@example.jp",)
    assert found["福祉課"]["telephone"] == ("0857-00-0001",)
