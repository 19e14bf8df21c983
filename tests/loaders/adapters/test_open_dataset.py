from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.session.parts import SourceInput, recognized_kinds
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.records import Record, Reference
from tsunagari.ontology.vocabulary import vocabulary

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
TOLD = ("recognized-dataset", "serial-columns")  # of every list
ID = "https://w3id.org/tsunagari/id/"
SCHEME = "https://w3id.org/tsunagari/scheme/"
OLD = ("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名")
OLD_CARE = (
    *(*OLD, "介護サービス事業所名称", "介護サービス事業所名称_カナ", "実施サービス", "住所", "方書", "緯度", "経度"),
    *("電話番号", "内線番号", "FAX番号", "法人番号", "法人の名称", "事業所番号", "利用可能曜日"),
    *("利用可能曜日特記事項", "定員", "URL", "備考"),
)
OLD_CHILDCARE = (
    *(*OLD, "名称", "名称_カナ", "種別", "住所", "方書", "緯度", "経度", "アクセス方法", "駐車場情報", "電話番号"),
    *("内線番号", "FAX番号", "法人番号", "団体名", "認可等年月日", "収容定員", "受入年齢", "利用可能曜日"),
    *("開始時間", "終了時間", "利用可能日時特記事項", "一時預かりの有無", "URL", "備考"),
)
NEW_PUBLIC = (
    *("全国地方公共団体コード", "ID", "地方公共団体名", "名称", "名称_カナ", "名称_英字", "名称_通称", "POIコード"),
    *("所在地_全国地方公共団体コード", "町字ID", "所在地_連結表記", "所在地_都道府県", "所在地_市区町村"),
    *("所在地_町字", "所在地_番地以下", "建物名等(方書)", "緯度", "経度", "電話番号", "内線番号"),
    *("連絡先メールアドレス", "法人番号", "団体名", "URL", "備考"),
)
TOTTORI = {"都道府県コード又は市区町村コード": "312011", "都道府県名": "鳥取県", "市区町村名": "鳥取市"}


def number_of(serial: int) -> str:
    twelve = f"{310005000000 + serial:012}"
    return corporate_check_digit(twelve) + twelve


def rows(header: Sequence[str], *lines: Mapping[str, str]) -> list[list[str]]:
    for line in lines:
        assert set(line) <= set(header)
    return [list(header), *([line.get(name, "") for name in header] for line in lines)]


@pytest.fixture
def load(put_source: Put, csv_bytes: Bytes) -> Callable[..., Load]:
    def load(table: list[list[str]], further: str = "", *, encoding: str = "utf-8-sig") -> Load:
        return load_workspace(put_source("facilities.csv", csv_bytes(table, encoding), "open-dataset", further))

    return load


Loading = Callable[..., Load]


def of_class(load: Load, *classes: str) -> list[Record]:
    return [record for record in load.records if record.cls in classes]


def iris(record: Record, column: str) -> list[str]:
    return [value.iri for value in record.values.get(column, ()) if isinstance(value, Reference)]


def fields(record: Record) -> list[str]:
    return [iri.removeprefix(f"{SCHEME}hyogo/") for iri in iris(record, "support_field")]


def codes(load: Load) -> list[str]:
    return [issue.code for issue in load.issues if issue.code not in TOLD]


def provider(load: Load, service: Record) -> Record:
    (iri,) = iris(service, "provided_by")
    (body,) = (record for record in load.records if record.iri == iri)
    return body


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_care_service_of_the_old_family(load: Loading, encoding: str) -> None:
    line = {
        **TOTTORI,
        "介護サービス事業所名称": "架空の里デイサービス",
        "介護サービス事業所名称_カナ": "カクウノサト",
        "実施サービス": "通所介護",
        "住所": "鳥取県鳥取市架空町１－１",
        **{"緯度": "35.501133", "経度": "１３４．２３５０９１", "電話番号": "0857-00-0000", "FAX番号": "0857-00-0001"},
        **{"法人番号": number_of(1), "法人の名称": "社会福祉法人架空会", "URL": "www.example.jp/sato"},
    }
    loaded = load(rows(OLD_CARE, line), encoding=encoding)
    assert codes(loaded) == []
    (service,) = of_class(loaded, "SupportService")
    assert service.values["pref_label"] == ("架空の里デイサービス",)
    assert service.values["reading"] == ("かくうのさと",)
    assert iris(service, "provided_by") == [f"{ID}org/{number_of(1)}"]
    assert iris(service, "service_area") == [f"{ID}area/31201"]
    assert fields(service) == ["elder-care"]
    assert (service.values["latitude"], service.values["longitude"]) == ((35.501133,), (134.235091,))
    assert service.values["address"] == ("鳥取県鳥取市架空町１－１",)
    assert iris(service, "see_also") == ["https://www.example.jp/sato"]
    (body,) = of_class(loaded, "StakeholderOrganization")
    assert body.values["pref_label"] == ("社会福祉法人架空会",)
    (contact,) = of_class(loaded, "ContactPoint")
    assert iris(contact, "contact_of") == [body.iri]
    assert contact.values["department"] == ("架空の里デイサービス",)
    assert (contact.values["telephone"], contact.values["fax"]) == (("0857-00-0000",), ("0857-00-0001",))
    assert service.evidence[0].row == contact.evidence[0].row == 2


def test_a_public_facility_of_the_new_family_is_nobody_s_unless_a_column_says_so(load: Loading) -> None:
    lines = [
        {"名称": "架空公民館", "名称_英字": "Kaku Hall", "名称_通称": "かくうホール"},
        {"名称": "架空倉庫"},
        {"名称": "架空福祉会館", "団体名": "社会福祉法人架空会"},
    ]
    place = {
        **{"全国地方公共団体コード": "312011", "地方公共団体名": "鳥取県鳥取市"},
        **{"所在地_全国地方公共団体コード": "312011", "所在地_都道府県": "鳥取県", "所在地_市区町村": "鳥取市"},
        **{"所在地_町字": "架空町", "所在地_番地以下": "1番地"},
    }
    loaded = load(rows(NEW_PUBLIC, *({**place, **line} for line in lines)))
    services = of_class(loaded, "SupportService")
    bodies = [provider(loaded, service) for service in services]
    assert [body.cls for body in bodies] == ["UnnamedGroup", "UnnamedGroup", "StakeholderOrganization"]
    assert [body.values["pref_label"] for body in bodies] == [
        ("架空公民館の運営団体",),
        ("架空倉庫の運営団体",),
        ("社会福祉法人架空会",),
    ]
    assert [iris(body, "municipality") for body in bodies] == [[f"{ID}area/31201"], [f"{ID}area/31201"], []]
    assert not of_class(loaded, "LocalGovernment")
    assert [fields(service) for service in services] == [["lifelong-learning"], [], []]
    assert services[0].values["label_en"] == ("Kaku Hall",)
    assert services[0].values["alt_label"] == ("かくうホール",)
    assert services[0].values["address"] == ("鳥取県鳥取市架空町1番地",)
    said = {issue.code: issue.message.ja for issue in loaded.issues}
    assert said.keys() == {"open-fields", "unnamed-provider", *TOLD}
    assert "2 件" in said["open-fields"]
    assert "2 件" in said["unnamed-provider"]
    assert "ID、町字ID" in said["serial-columns"]


def test_kinds_of_childcare_give_fields_where_they_are_sure(load: Loading) -> None:
    kinds = ["私立認可保育所", "児童発達支援センター", "謎の施設", "謎の施設"]
    lines = [
        {**TOTTORI, "名称": f"架空{place}園", "種別": kind, "団体名": "架空法人"} for place, kind in enumerate(kinds)
    ]
    loaded = load(rows(OLD_CHILDCARE, *lines))
    assert [fields(service) for service in of_class(loaded, "SupportService")] == [
        ["childcare"],
        ["childcare", "disability"],
        [],
        [],
    ]
    (issue,) = (issue for issue in loaded.issues if issue.code not in TOLD)
    assert (issue.code, issue.value, issue.column) == ("open-field", "謎の施設", "種別")
    assert "2 件" in issue.message.ja
    assert issue.hint.ja.endswith("近い分野: －")  # nothing is near, and a wrong hint is worse than none


def test_lines_of_an_office_go_before_the_bundled_ones(load: Loading, tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("source,target\n謎の施設,青少年\n保育所,教育\n別,なし分野\n", encoding="utf-8")
    lines = [{**TOTTORI, "名称": f"架空{kind}", "種別": kind, "団体名": "架空法人"} for kind in ("謎の施設", "保育所")]
    loaded = load(rows(OLD_CHILDCARE, *lines), 'mapping = "my.csv"')
    assert [fields(service) for service in of_class(loaded, "SupportService")] == [["youth"], ["education"]]
    wrong = next(issue for issue in loaded.issues if issue.code == "unknown-match")
    assert (wrong.file, wrong.row) == ("my.csv", 4)


@pytest.mark.parametrize(
    ("name", "address", "encoding"),
    [("こども食堂名", "住所", "cp932"), ("施設名", "所在地", "utf-8"), ("名称", "所在地_連結表記", "utf-8-sig")],
)
def test_children_s_cafeterias_are_told_by_header_or_names(
    load: Loading, name: str, address: str, encoding: str
) -> None:
    table = rows(
        (name, address, "緯度", "経度", "開催日", "連絡先"),
        {
            name: "架空こども食堂",
            address: "鳥取県鳥取市架空町1",
            "開催日": "毎月第1土曜",
            "連絡先": "架空太郎 090-0000-0000",
        },
        {name: "みんなの地域食堂", address: "鳥取県東伯郡湯梨浜町架空", "連絡先": "社協 0858-00-0000"},
    )
    loaded = load(table, encoding=encoding)
    services = of_class(loaded, "SupportService")
    assert [fields(service) for service in services] == [["childcare"], ["childcare"]]
    assert [iris(service, "service_area") for service in services] == [[f"{ID}area/31201"], [f"{ID}area/31370"]]
    assert codes(loaded) == ["unnamed-provider", "contact-not-read", "contact-not-read"]
    (contact,) = of_class(loaded, "ContactPoint")
    assert contact.values["telephone"] == ("0858-00-0000",)
    assert "架空太郎" not in repr(loaded.records)
    assert "090" not in repr(loaded.records)


def test_wrong_cells_are_located_and_the_rest_stays(load: Loading) -> None:
    wrong = f"{(int(number_of(1)[0]) + 1) % 10}{number_of(1)[1:]}"
    base = {**TOTTORI, "実施サービス": "訪問介護", "法人の名称": "社会福祉法人架空会"}
    lines = [
        {**base, "介護サービス事業所名称": "架空1", "緯度": "134.2", "経度": "35.5"},
        {**base, "介護サービス事業所名称": "架空2", "緯度": "5", "経度": "35.5"},
        {**base, "介護サービス事業所名称": "架空3", "緯度": "0", "経度": "0", "法人番号": wrong},
        {**base},
        {**base, "介護サービス事業所名称": "架空5", "URL": "なし", "法人番号": "０", "電話番号": "-"},
    ]
    loaded = load(rows(OLD_CARE, *lines))
    assert [(issue.code, issue.row) for issue in loaded.issues if issue.code not in TOLD] == [
        ("swapped-coordinates", 2),
        ("bad-coordinates", 3),
        ("bad-check-digit", 4),
        ("missing-value", 5),
        ("blank-word", 6),
    ]
    services = of_class(loaded, "SupportService")
    assert len(services) == 4
    assert services[0].values["latitude"] == (35.5,)
    assert "latitude" not in services[1].values
    assert len(of_class(loaded, "StakeholderOrganization")) == 1


def test_a_code_that_lost_its_zero_and_title_rows_are_repaired(load: Loading) -> None:
    line = {"都道府県コード又は市区町村コード": "11002", "介護サービス事業所名称": "架空の里", "法人の名称": "架空法人"}
    loaded = load([["介護サービス事業所一覧（架空）"], *rows(OLD_CARE, line)])
    (service,) = of_class(loaded, "SupportService")
    assert iris(service, "service_area") == [f"{ID}area/01100"]
    assert service.evidence[0].row == 3


def test_a_list_of_something_else_is_refused(put_source: Put) -> None:
    with pytest.raises(SourceError, match="品目"):
        load_workspace(put_source("facilities.csv", "品目,出し方\n架空,資源\n", "open-dataset"))


def test_the_families_are_recognised_and_other_lists_are_not(put_source: Put, csv_bytes: Bytes) -> None:
    for header, expected in [
        (OLD_CARE, ["open-dataset"]),
        (OLD_CHILDCARE, ["open-dataset"]),
        (NEW_PUBLIC, ["open-dataset"]),
        (("名称", "住所", "会員区分"), []),
    ]:
        workspace = read_workspace(put_source("facilities.csv", csv_bytes([header], "utf-8"), "open-dataset"))
        content = SourceInput(workspace, workspace.sources[0], vocabulary()).content
        assert [kind.name for kind in recognized_kinds(content)] == expected


@pytest.mark.parametrize(
    "meanings",
    [
        ("name", "address", "service_type", "provider", "telephone"),
        ("名称", "住所", "種別", "運営団体", "電話番号"),
        ("pref_label", "address", "support_field", "provided_by", "tel"),
    ],
)
def test_the_settings_say_what_headers_of_a_list_of_facilities_mean(load: Loading, meanings: tuple[str, ...]) -> None:
    header = ["呼び名", "ばしょ", "種べつ", "うんえい", "でんわ"]
    table = [header]
    table += [["架空の居場所", "鳥取市架空1", "子育て広場", "NPO法人架空", "0857-22-0000"]]
    written = ", ".join(f'"{name}" = "{meaning}"' for name, meaning in zip(header, meanings, strict=True))
    loaded = load(table, f"columns = {{ {written} }}")
    (service,) = [record for record in loaded.records if record.cls == "SupportService"]
    assert service.values["pref_label"] == ("架空の居場所",)
    assert service.values["service_area"] == (Reference(f"{ID}area/31201"),)
    assert service.values["support_field"] == (Reference(f"{SCHEME}hyogo/childcare"),)
    assert [r.values["pref_label"] for r in loaded.records if r.cls == "StakeholderOrganization"] == [("NPO法人架空",)]
    (contact,) = [record for record in loaded.records if record.cls == "ContactPoint"]
    assert contact.values["telephone"] == ("0857-22-0000",)
