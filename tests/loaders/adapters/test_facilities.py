"""Lists of facilities that the state publishes: what a row says is in the graph, or in the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.records import Record, Reference

TOLD = ("recognized-dataset", "serial-columns")  # of every list
ID = "https://w3id.org/tsunagari/id/"
FIELD = "https://w3id.org/tsunagari/scheme/hyogo/"
SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nfields = "hyogo"\n[[source]]\n'
CARE = (
    "都道府県コード又は市町村コード",
    "No",
    "都道府県名",
    "市区町村名",
    "事業所名",
    "事業所名カナ",
    "サービスの種類",
    "住所",
    "方書（ビル名等）",
    "緯度",
    "経度",
    "電話番号",
    "FAX番号",
    "法人番号",
    "法人の名称",
    "事業所番号",
    "利用可能曜日",
    "利用可能曜日特記事項",
    "定員",
    "URL",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス",
    "介護保険の通常の指定基準を満たしている",
    "障害福祉の通常の指定基準を満たしている",
    "備考",
)
DISABILITY = (
    "都道府県コード又は市区町村コード",
    "NO（※システム内の固有の番号、連番）",
    "指定機関名",
    "法人の名称",
    "法人の名称_かな",
    "法人番号",
    "法人住所（市区町村）",
    "法人住所（番地以降）",
    "法人電話番号",
    "法人FAX番号",
    "法人URL",
    "サービス種別",
    "事業所の名称",
    "事業所の名称_かな",
    "事業所番号",
    "事業所住所（市区町村）",
    "事業所住所（番地以降）",
    "事業所電話番号",
    "事業所FAX番号",
    "事業所URL",
    "事業所緯度",
    "事業所経度",
    "利用可能な時間帯（平日）",
    "利用可能な時間帯（土曜）",
    "利用可能な時間帯（日曜）",
    "利用可能な時間帯（祝日）",
    "定休日",
    "利用可能曜日特記事項（留意事項）",
    "定員",
)
CAFETERIA = (
    "全国地方公共団体コード",
    "ID",
    "都道府県",
    "市区町村名",
    "名称",
    "名称_カナ",
    "実施支援の主な区分",
    "住所",
    "方書",
    "緯度",
    "経度",
    "電話番号1",
    "電話番号1_連絡先備考",
    "メールアドレス1",
    "法人番号",
    "運営団体名",
    "開催頻度",
    "開催曜日",
    "参加費_小学生",
    "参加費_大人",
    "フードパントリー実施",
    "URL",
    "備考",
)


def number_of(serial: int) -> str:
    twelve = f"{310005000000 + serial:012}"
    return corporate_check_digit(twelve) + twelve


def load(
    folder: Path, header: Sequence[str], *lines: Mapping[str, str], encoding: str = "utf-8-sig", further: str = ""
) -> Load:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *([line.get(name, "") for name in header] for line in lines)])
    (folder / "list.csv").write_bytes(text.getvalue().encode(encoding))
    (folder / "tsunagari.toml").write_text(
        f'{SETTINGS}file = "list.csv"\nkind = "open-dataset"\n{further}', encoding="utf-8"
    )
    return load_workspace(folder)


def of_class(loaded: Load, cls: str) -> list[Record]:
    return [record for record in loaded.records if record.cls == cls]


def iris(record: Record, column: str) -> list[str]:
    found = (value.iri for value in record.values[column] if isinstance(value, Reference))
    return [iri.removeprefix(ID).removeprefix(FIELD) for iri in found]


def provider(loaded: Load, service: Record) -> Record:
    (iri,) = iris(service, "provided_by")
    return next(record for record in loaded.records if record.iri == f"{ID}{iri}")


def codes(loaded: Load) -> list[str]:
    return [issue.code for issue in loaded.issues if issue.code not in TOLD]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_care_office(tmp_path: Path, encoding: str) -> None:
    line = {
        "都道府県コード又は市町村コード": "312011",
        "No": "3170100001",
        "都道府県名": "鳥取県",
        "市区町村名": "鳥取市",
        "事業所名": "架空の里",
        "事業所名カナ": "カクウノサト",
        "サービスの種類": "通所介護",
        "住所": "鳥取県鳥取市架空町１－１架空ビル",
        "方書（ビル名等）": "架空ビル",
        "緯度": "35.5",
        "経度": "134.2",
        "電話番号": "0857-00-0000",
        "FAX番号": "0857-00-0001",
        "法人番号": number_of(1),
        "法人の名称": "社会福祉法人架空会",
        "事業所番号": "3170100001",
        "利用可能曜日": "平日",
        "定員": "20",
        "URL": "https://example.jp/",
        "備考": "架空",
    }
    loaded = load(tmp_path, CARE, line, encoding=encoding)
    assert codes(loaded) == []
    (service,) = of_class(loaded, "SupportService")
    assert service.values["pref_label"] == ("架空の里",)
    assert service.values["service_type"] == ("通所介護",)
    assert service.values["address"] == ("鳥取県鳥取市架空町１－１架空ビル",)
    assert iris(service, "support_field") == ["elder-care"]
    assert iris(service, "service_area") == ["area/31201"]
    assert service.values["note"] == ("事業所番号: 3170100001；利用可能曜日: 平日；定員: 20；備考: 架空",)
    assert provider(loaded, service).values["pref_label"] == ("社会福祉法人架空会",)
    (contact,) = of_class(loaded, "ContactPoint")
    assert iris(contact, "contact_of") == iris(service, "provided_by") == [f"org/{number_of(1)}"]
    assert contact.values["telephone"] == ("0857-00-0000",)


def test_services_of_one_office_stay_apart_and_so_do_branches_of_one_name(tmp_path: Path) -> None:
    base = {"都道府県コード又は市町村コード": "312011", "都道府県名": "鳥取県", "市区町村名": "鳥取市"}
    base |= {"事業所名": "架空の里", "法人番号": number_of(1), "法人の名称": "社会福祉法人架空会"}
    lines = [
        {**base, "サービスの種類": "通所介護", "住所": "鳥取県鳥取市架空町1", "定員": "20"},
        {**base, "サービスの種類": "訪問介護", "住所": "鳥取県鳥取市架空町1"},
        {**base, "サービスの種類": "訪問介護", "住所": "鳥取県鳥取市架空町2"},
    ]
    loaded = load(tmp_path, CARE, *lines)
    assert len(of_class(loaded, "SupportService")) == 3
    assert len(of_class(loaded, "StakeholderOrganization")) == 1
    assert codes(loaded) == []


def test_an_office_for_people_with_disabilities_is_where_the_office_is(tmp_path: Path) -> None:
    line = {
        "都道府県コード又は市区町村コード": "31201",
        "指定機関名": "鳥取市",
        "法人の名称": "合同会社架空",
        "法人番号": number_of(2),
        "法人住所（市区町村）": "岡山県岡山市北区",
        "法人住所（番地以降）": "架空1-1",
        "法人電話番号": "086-000-0000",
        "サービス種別": "放課後等デイサービス",
        "事業所の名称": "架空の木",
        "事業所の名称_かな": "かくうのき",
        "事業所住所（市区町村）": "鳥取県鳥取市",
        "事業所住所（番地以降）": "架空町2-2",
        "事業所電話番号": "0857-00-0002",
        "事業所緯度": "35.5",
        "事業所経度": "134.2",
        "利用可能な時間帯（平日）": "10:00～18:00",
        "定員": "10",
        "事業所URL": "https://example.jp/ki",
    }
    loaded = load(tmp_path, DISABILITY, line, encoding="cp932")
    assert codes(loaded) == []
    (service,) = of_class(loaded, "SupportService")
    assert iris(service, "service_area") == ["area/31201"]
    assert service.values["address"] == ("鳥取県鳥取市架空町2-2",)
    assert "disability" in iris(service, "support_field")
    body = provider(loaded, service)
    assert iris(body, "municipality") == ["area/33101"]
    assert body.values["address"] == ("岡山県岡山市北区架空1-1",)
    assert service.values["note"][0].startswith("指定機関名: 鳥取市；")
    contacts = [contact.values for contact in of_class(loaded, "ContactPoint")]
    telephones = {values["telephone"][0]: "department" in values for values in contacts}
    assert telephones == {"0857-00-0002": True, "086-000-0000": False}


def test_cafeterias_of_unnamed_operators_are_nobody_s(tmp_path: Path) -> None:
    base = {"全国地方公共団体コード": "312011", "都道府県": "鳥取県", "市区町村名": "鳥取市", "名称": "みんなの食堂"}
    lines = [
        {**base, "住所": "鳥取県鳥取市架空町1", "電話番号1": "0857-00-0001", "メールアドレス1": "a@example.jp"},
        {**base, "住所": "鳥取県鳥取市架空町2", "運営団体名": "個人"},
        {**base, "全国地方公共団体コード": "313025", "市区町村名": "岩美町", "住所": "鳥取県岩美郡岩美町架空1"},
        {**base, "名称": "そら", "住所": "鳥取県鳥取市架空町3", "運営団体名": "NPO法人架空の空"},
    ]
    lines[3]["実施支援の主な区分"] = "ひきこもり"
    loaded = load(tmp_path, CAFETERIA, *lines)
    services = of_class(loaded, "SupportService")
    assert len(services) == 4
    bodies = [provider(loaded, service) for service in services]
    assert [body.cls for body in bodies] == ["UnnamedGroup"] * 3 + ["StakeholderOrganization"]
    assert len({body.iri for body in bodies}) == 4
    assert [iris(body, "municipality") for body in bodies[:3]] == [["area/31201"], ["area/31201"], ["area/31302"]]
    assert services[1].values["note"] == ("運営団体名: 個人",)
    fields = [iris(service, "support_field") for service in services]
    assert fields == [["childcare"]] * 3 + [["childcare", "hikikomori"]]
    assert not of_class(loaded, "LocalGovernment")
    (contact,) = of_class(loaded, "ContactPoint")
    assert contact.values["email"] == ("a@example.jp",)
    assert iris(contact, "contact_of") == iris(services[0], "provided_by")
    assert codes(loaded) == ["unnamed-provider"]


def test_the_list_of_the_next_year_speaks_of_the_same_unnamed_groups(tmp_path: Path) -> None:
    line = {"全国地方公共団体コード": "312011", "名称": "架空こども食堂", "住所": "鳥取県鳥取市架空町1"}
    load(tmp_path, CAFETERIA, line)
    (tmp_path / "next.csv").write_bytes((tmp_path / "list.csv").read_bytes())
    settings_file = tmp_path / "tsunagari.toml"
    text = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(f'{text}\n[[source]]\nfile = "next.csv"\nkind = "open-dataset"\n', encoding="utf-8")
    loaded = load_workspace(tmp_path)
    assert len({record.iri for record in of_class(loaded, "UnnamedGroup")}) == 1
    assert len({record.iri for record in of_class(loaded, "SupportService")}) == 1
    assert not [issue for issue in loaded.issues if issue.severity == "error"]


def test_a_municipality_is_the_provider_where_its_number_or_name_says_so(tmp_path: Path) -> None:
    header = ("全国地方公共団体コード", "名称", "住所", "法人番号", "団体名")
    base = {"全国地方公共団体コード": "312011", "住所": "鳥取県鳥取市架空町1"}
    by_number, by_name = {"名称": "架空公民館", "法人番号": "9000020312011"}, {"名称": "架空図書館", "団体名": "鳥取市"}
    loaded = load(tmp_path, header, base | by_number, base | by_name)
    providers = [iris(service, "provided_by") for service in of_class(loaded, "SupportService")]
    assert providers == [["org/9000020312011"]] * 2


MARKED: Mapping[str, Callable[[str], str]] = {
    "名称": lambda mark: f"{mark}食堂",
    "住所": lambda mark: f"鳥取県鳥取市{mark}町1",
    "方書": lambda mark: f"{mark}ビル",
    "電話番号1": lambda mark: f"0857-{mark}",
    "電話番号1_連絡先備考": str,
    "メールアドレス1": lambda mark: f"{mark}@example.jp",
    "運営団体名": lambda mark: f"NPO法人{mark}",
    "開催頻度": str,
    "参加費_小学生": str,
    "フードパントリー実施": str,
    "URL": lambda mark: f"https://example.jp/{mark}",
    "備考": str,
    "独自の列": str,
    "緯度": str,
    "都道府県": str,
    "市区町村名": str,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_marked_cell_is_in_the_graph_or_in_the_report(tmp_path: Path, data: st.DataObject) -> None:
    header = data.draw(st.permutations([*CAFETERIA, "独自の列"]))
    optional = [name for name in header if name not in ("名称", "参加費_小学生")]
    dropped = data.draw(st.sets(st.sampled_from(optional), max_size=8))
    header = [name for name in header if name not in dropped]
    column = data.draw(st.sampled_from([name for name in MARKED if name in header]))
    line = {"名称": "架空", "住所": "鳥取県鳥取市架空1", "全国地方公共団体コード": "312011", "参加費_小学生": "0"}
    line[column] = MARKED[column]("しるし9")
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]))
    loaded = load(tmp_path, header, line, encoding=encoding)
    in_graph = "しるし9" in repr([record.values for record in loaded.records])
    told = any("しるし9" in f"{issue.value}" or issue.value == column for issue in loaded.issues)
    assert in_graph or told, column
    assert len(of_class(loaded, "SupportService")) == 1
