from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.issues.issues import Issue
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.records import Record, Reference, Temporal

Put = Callable[..., Path]
CsvBytes = Callable[..., bytes]
ID = "https://w3id.org/tsunagari/id/"
SCHEME = "https://w3id.org/tsunagari/scheme/"
WIDE = "０１２３４５６７８９"


def wide(number: int) -> str:
    return "".join(WIDE[int(digit)] for digit in str(number))


HEADER = [
    *("法人名称", "法人名称カナ", "所轄庁", "権限移譲先市町村", "主たる事務所の所在地", "主たる事業所の郵便番号"),
    *("従たる事務所の所在地", "代表者氏名", "団体代表者名（フリガナ）", "法人設立認証年月日", "設立年月日"),
    "定款に記載された目的",
    *(f"活動分野{wide(number)}" for number in range(1, 21)),
    *(f"認定（認定・特例認定{wide(number)}）" for number in range(1, 5)),
    *(f"認定（PST基準{wide(number)}）" for number in range(1, 4)),
    "認定（PST基準 条例指定（都道府県及び市区町村名））",
    *("認定（認定開始日）", "認定（認定満了日）", "認定（認定取消日）"),
    *("認定（特例認定年月日）", "認定（特例認定満了日）", "認定（特例認定取消日）"),
    *("監督情報", "解散情報", "法人情報URL", "法人番号", "条例個別指定フラグ"),
    *("特定非営利活動に係る事業", "その他の事業", "事業年度開始日", "事業年度終了日"),
    *("条例個別指定：有効期間(開始日)", "条例個別指定：有効期間(満了日)", "条例個別指定：有効期限（更新申請日)"),
    *("条例個別指定：有効期限（更新日)", "条例個別指定：有効期限（条例個別指定：取消日)"),
]


def number_of(serial: int) -> str:
    twelve = f"{700005000000 + serial:012}"
    return corporate_check_digit(twelve) + twelve


def row(name: str = "特定非営利活動法人架空の会", serial: int = 1, **cells: str) -> list[str]:
    values = {
        "法人名称": name,
        "所轄庁": "鳥取県",
        "主たる事務所の所在地": "鳥取市架空町1番地",
        "代表者氏名": "代表架空",
        "団体代表者名（フリガナ）": "ダイヒョウカクウ",
        "設立年月日": "2001/02/03",
        "定款に記載された目的": "この法人は架空の目的をもつ。",
        "法人番号": number_of(serial),
        **cells,
    }
    assert set(values) <= set(HEADER)
    return [values.get(header, "") for header in HEADER]


def flags(*fields: int, sign: str = "○") -> dict[str, str]:
    return {f"活動分野{wide(field)}": sign for field in fields}


@pytest.fixture
def load(put_source: Put, csv_bytes: CsvBytes) -> Callable[..., Load]:
    def load(rows: Iterable[Sequence[str]], further: str = "", **options: str) -> Load:
        data = csv_bytes([HEADER, *rows])
        return load_workspace(put_source("gyousei.csv", data, "npo-portal", further, **options))

    return load


def bodies(load: Load) -> list[Record]:
    return [record for record in load.records if record.cls == "StakeholderOrganization"]


def others(load: Load) -> list[Issue]:
    """Return what is said beside the columns that are never read."""
    return [issue for issue in load.issues if issue.code != "unread-columns"]


def codes(load: Load) -> list[str]:
    return [issue.code for issue in others(load)]


def iris(record: Record, column: str) -> list[str]:
    return [value.iri for value in record.values.get(column, ()) if isinstance(value, Reference)]


def fields(record: Record) -> list[str]:
    return [iri.removeprefix(SCHEME) for iri in iris(record, "support_field")]


def day(record: Record, column: str) -> date | None:
    (value,) = record.values[column]
    assert isinstance(value, Temporal)
    return value.value


Loading = Callable[..., Load]


def test_the_header_has_the_60_columns_of_the_register() -> None:
    assert len(HEADER) == len(set(HEADER)) == 60
    assert HEADER.index("法人番号") == 49


def test_a_row_becomes_an_organisation_with_its_number_place_fields_and_page(load: Loading) -> None:
    page = "https://www.example.jp/npoportal/detail/1"
    loaded = load([row(法人名称カナ="カクウノカイ", 法人情報URL=page, **flags(2, 7))])
    assert others(loaded) == []
    assert [issue.code for issue in loaded.issues] == ["unread-columns"]
    (body,) = bodies(loaded)
    assert body.iri == f"{ID}org/{number_of(1)}"
    assert (body.values["pref_label"], body.values["reading"]) == (("特定非営利活動法人架空の会",), ("かくうのかい",))
    assert iris(body, "municipality") == [f"{ID}area/31201"]
    assert body.values["address"] == ("鳥取市架空町1番地",)
    assert iris(body, "legal_form") == [f"{SCHEME}legal-form/npo"]
    assert iris(body, "see_also") == [page]
    assert day(body, "valid_from") == date(2001, 2, 3)
    assert fields(body) == ["npo-fields/social-education", "hyogo/lifelong-learning", "npo-fields/environment"]
    (evidence,) = body.evidence
    assert (evidence.source, evidence.row) == (f"{ID}source/gyousei.csv", 2)
    assert (loaded.sources[0].encoding, loaded.sources[0].rows) == ("cp932", 1)


def test_names_of_persons_and_the_texts_of_the_articles_are_never_read(load: Loading) -> None:
    loaded = load([row(解散情報="2014年05月18日 社員総会の決議(清算人架空)", 特定非営利活動に係る事業="架空事業")])
    text = repr(loaded.records) + repr(loaded.issues)
    assert "架空の会" in text
    for kept_out in ("代表架空", "ダイヒョウ", "清算人", "架空の目的", "架空事業"):
        assert kept_out not in text


def test_the_archive_of_the_portal_is_read_as_it_is(put_source: Put, csv_bytes: CsvBytes, zip_bytes: CsvBytes) -> None:
    archive = zip_bytes(
        readme_dot_txt=b"x", **{"000_AdministrativeInputData_20231001_dot_csv": csv_bytes([HEADER, row()])}
    )
    loaded = load_workspace(put_source("gyousei_000.zip", archive, "npo-portal"))
    assert (codes(loaded), len(bodies(loaded)), loaded.sources[0].encoding) == ([], 1, "cp932")
    assert bodies(loaded)[0].evidence[0].row == 2


@pytest.mark.parametrize(
    ("authority", "address", "code"),
    [
        ("横浜市", "中区架空町1", "14104"),
        ("神奈川県", "横浜市中区架空町1", "14104"),
        ("北海道", "余市郡余市町架空1", "01408"),
        ("北海道", "余市町架空1", "01408"),
        ("広島県", "府中市架空町1", "34208"),
        ("広島県", "安芸郡府中町架空1", "34302"),
        ("東京都", "千葉県市川市架空1", "12203"),
        ("宮城県", "刈田郡七ケ宿町字架空", "04302"),
        ("内閣府", "東京都府中市架空町1", "13206"),
    ],
)
def test_the_place_follows_from_the_address_within_the_prefecture_of_the_authority(
    load: Loading, authority: str, address: str, code: str
) -> None:
    (body,) = bodies(load([row(所轄庁=authority, 主たる事務所の所在地=address)]))
    assert iris(body, "municipality") == [f"{ID}area/{code}"]


def test_dissolved_bodies_without_address_are_loaded_with_their_end(load: Loading) -> None:
    loaded = load(
        [
            row(serial=1, 主たる事務所の所在地="", 解散情報="2014年05月18日 社員総会の決議"),
            row("架空の友", 2, 主たる事務所の所在地="", 監督情報="2020年02月19日 認証取消し(架空)"),
            row("架空の里", 3, 主たる事務所の所在地="", 解散情報="平成30年3月1日 破産"),
        ]
    )
    assert [day(body, "valid_to") for body in bodies(loaded)] == [
        date(2014, 5, 19),
        date(2020, 2, 20),
        date(2018, 3, 2),
    ]
    (issue,) = others(loaded)
    assert (issue.code, issue.severity) == ("ended-organizations", "notice")
    assert "3" in issue.message.ja


def test_what_the_place_or_the_end_cannot_be_told_from_is_said(load: Loading) -> None:
    loaded = load(
        [
            row(serial=1, 主たる事務所の所在地=""),
            row("架空の友", 2, 主たる事務所の所在地="架空島1番地"),
            row("架空の里", 3, 主たる事務所の所在地="", 解散情報="社員総会の決議"),
        ]
    )
    assert [(issue.code, issue.row) for issue in others(loaded)] == [
        ("no-address", 2),
        ("unplaced-address", 3),
        ("end-without-date", 4),
    ]
    assert len(bodies(loaded)) == 3
    assert bodies(loaded)[1].values["address"] == ("架空島1番地",)


def test_certification_is_noted_with_its_period(load: Loading) -> None:
    since = {"認定（認定・特例認定１）": "○", "認定（認定開始日）": "2014/09/02", "認定（認定満了日）": "2029/09/01"}
    revoked = {"認定（特例認定取消日）": "2020/01/01"}
    first, second = bodies(load([row(serial=1, **since), row("架空の友", 2, **revoked)]))
    assert first.values["note"] == ("認定NPO法人（2014/09/02～2029/09/01）",)
    assert second.values["note"] == ("特例認定の取消し 2020/01/01",)


def test_columns_are_found_by_their_headers_wherever_they_stand(put_source: Put, csv_bytes: CsvBytes) -> None:
    rows = [HEADER, row(**flags(7, sign="1"))]
    kept = [index for index, header in enumerate(HEADER) if header != "法人情報URL"]
    turned = [["行政入力情報（架空）"], *([line[index] for index in reversed(kept)] for line in rows)]
    loaded = load_workspace(put_source("gyousei.csv", csv_bytes(turned, "utf-8-sig"), "npo-portal"))
    assert codes(loaded) == []
    (body,) = bodies(loaded)
    assert iris(body, "municipality") == [f"{ID}area/31201"]
    assert fields(body) == ["npo-fields/environment"]
    assert body.evidence[0].row == 3


def test_another_file_is_refused_with_what_was_expected_and_found(put_source: Put, csv_bytes: CsvBytes) -> None:
    path = put_source("gyousei.csv", csv_bytes([["団体名", "住所"], ["架空の会", "鳥取市"]]), "npo-portal")
    with pytest.raises(SourceError, match="法人名称") as caught:
        load_workspace(path)
    assert "2 列で「団体名、住所」" in caught.value.text("ja")


def test_bad_rows_are_located_and_the_others_stay_whole(load: Loading) -> None:
    wrong = f"{(int(number_of(4)[0]) + 1) % 10}{number_of(4)[1:]}"
    loaded = load(
        [
            row(serial=1),
            row("特定非営利活動法人架空の会", 1),
            row("", 2),
            ["架空の友", "", "鳥取県"],
            [*row("架空の里", 3), "はみ出し"],
            row("架空の森", 4, 法人番号=wrong),
            row("架空の川", 5, **flags(1, sign="済")),
        ]
    )
    found = {(issue.code, issue.row) for issue in others(loaded)}
    assert found == {
        ("repeated-number", 3),
        ("missing-value", 4),
        ("missing-cells", 5),
        ("no-address", 5),
        ("surplus-cells", 6),
        ("bad-check-digit", 7),
        ("bad-boolean", 8),
    }
    names = {str(name) for body in bodies(loaded) for name in body.values["pref_label"]}
    assert names == {"特定非営利活動法人架空の会", "架空の友", "架空の里", "架空の森", "架空の川"}


def test_an_office_may_use_its_own_mapping(load: Loading, tmp_path: Path) -> None:
    text = "source,target,relation\n環境の保全,hyogo/participation,closeMatch\nまちづくり,住宅,narrowMatch\n"
    (tmp_path / "my-mapping.csv").write_text(text, encoding="utf-8")
    (body,) = bodies(load([row(**flags(3, 7))], 'mapping = "my-mapping.csv"'))
    assert fields(body) == ["npo-fields/community-building", "npo-fields/environment", "hyogo/participation"]


def test_gaps_may_be_counted_in_the_fields_of_the_act_themselves(load: Loading) -> None:
    head = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n[scope]\nfields = "npo-fields"\n'
    (body,) = bodies(load([row(**flags(2))], head=head))
    assert fields(body) == ["npo-fields/social-education"]
