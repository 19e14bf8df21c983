"""Each dataset of the municipal standard, in both generations of headers: told, read in full, nobody's by guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.signatures import datasets, recognize_rows

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
OLD = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名"
NEW = "全国地方公共団体コード,ID,地方公共団体名"
NEW_PLACE = (
    "所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,"
    "建物名等(方書),緯度,経度"
)
OPEN = "利用可能曜日,開始時間,終了時間,利用可能日時特記事項"
HEADERS = {
    "aed": [
        f"{OLD},名称,名称_カナ,住所,方書,緯度,経度,設置位置,電話番号,内線番号,法人番号,団体名,{OPEN},小児対応設備の有無,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,{NEW_PLACE},設置位置,電話番号,内線番号,連絡先メールアドレス,法人番号,団体名,"
        f"{OPEN},小児対応設備の有無,URL,備考",
    ],
    "iryo-kikan": [
        f"{OLD},名称,名称_カナ,医療機関の種類,住所,方書,緯度,経度,電話番号,内線番号,FAX番号,法人番号,法人の名称,医療機関コード,"
        "診療曜日,診療開始時間,診療終了時間,診療日時特記事項,時間外における対応,診療科目,病床数,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,医療機関の種類,{NEW_PLACE},電話番号,診療曜日,診療科目,病床数,URL,備考",
    ],
    "bunkazai": [
        f"{OLD},名称,名称_カナ,名称_通称,名称_英語,文化財分類,種類,場所名称,住所,方書,緯度,経度,電話番号,内線番号,員数（数）,"
        f"員数（単位）,法人番号,所有者等,文化財指定日,{OPEN},画像,画像_ライセンス,概要,概要_英語,説明,説明_英語,URL,備考",
        f"{NEW},名称,名称_カナ,名称_通称,名称_英字,文化財分類,種類,場所名称,{NEW_PLACE},文化財指定日,概要,説明,URL,備考",
    ],
    "kanko-shisetsu": [
        f"{OLD},名称,名称_カナ,名称_英語,POIコード,住所,方書,緯度,経度,{OPEN},料金(基本),料金(詳細),説明,説明_英語,アクセス方法,"
        "駐車場情報,バリアフリー情報,連絡先名称,連絡先電話番号,連絡先内線番号,画像,画像_ライセンス,URL,備考",
    ],
    "event": [
        f"{OLD},イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),"
        "料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,"
        "参加申込終了日,参加申込終了時間,参加申込方法,URL,備考",
        f"{NEW},イベント名,コンテンツURL,開始日,終了日,場所名称,{NEW_PLACE},イベント種類,料金種別,主催者,URL",
    ],
    "kokyo-muselan": [
        f"{OLD},名称,名称_カナ,名称_英語,住所,方書,緯度,経度,設置者,電話番号,内線番号,SSID,提供エリア,URL,備考",
    ],
    "kokyo-toilet": [
        f"{OLD},名称,名称_カナ,名称_英語,住所,方書,設置位置,緯度,経度,男性トイレ総数,男性トイレ数（小便器）,女性トイレ総数,"
        "男女共用トイレ総数,多機能トイレ数,車椅子使用者用トイレ有無,乳幼児用設備設置トイレ有無,オストメイト設置トイレ有無,"
        "利用開始時間,利用終了時間,利用可能時間特記事項,画像,画像_ライセンス,備考",
        f"{NEW},名称,名称_カナ,名称_英語,{NEW_PLACE},設置位置,バリアフリートイレ数,車椅子使用者用トイレ有無,備考",
    ],
    "shobo-suiri": [
        f"{OLD},種別,住所,方書,緯度,経度,口径,備考",
        f"{NEW},種別,{NEW_PLACE},口径,備考",
    ],
    "hinanjo": [
        "NO,名称,名称_カナ,住所,方書,緯度,経度,標高,電話番号,内線番号,市区町村コード,都道府県名,市区町村名,災害種別_洪水,"
        "災害種別_高潮,災害種別_地震,災害種別_津波,指定避難所との重複,想定収容人数,対象となる町会・自治会,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,{NEW_PLACE},標高,電話番号,災害種別_洪水,災害種別_地震,想定収容人数,URL,備考",
    ],
    "kosodate-shisetsu": [
        f"{OLD},名称,名称_カナ,種別,住所,方書,緯度,経度,アクセス方法,駐車場情報,電話番号,内線番号,FAX番号,法人番号,団体名,"
        f"認可等年月日,収容定員,受入年齢,{OPEN},一時預かりの有無,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,種別,{NEW_PLACE},電話番号,法人番号,団体名,認可等年月日,収容定員,受入年齢,URL,備考",
    ],
    "kaigo-jigyosho": [
        f"{OLD},介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,住所,方書,緯度,経度,電話番号,内線番号,FAX番号,"
        "法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,実施サービス,{NEW_PLACE},電話番号,法人番号,法人の名称,事業所番号,定員,URL,備考",
    ],
    "kokyo-shisetsu": [
        f"{OLD},名称,名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,電話番号,内線番号,法人番号,団体名,{OPEN},説明,"
        "バリアフリー情報,URL,備考",
        f"{NEW},名称,名称_カナ,名称_英字,名称_通称,POIコード,{NEW_PLACE},電話番号,連絡先メールアドレス,連絡先FormURL,法人番号,"
        "団体名,URL,備考",
    ],
}
CASES = [(name, header.split(",")) for name, headers in HEADERS.items() for header in headers]
VALUES = {
    **dict.fromkeys(("都道府県コード又は市区町村コード", "全国地方公共団体コード", "市区町村コード"), "312011"),
    **dict.fromkeys(("都道府県名", "所在地_都道府県"), "鳥取県"),
    **dict.fromkeys(("市区町村名", "所在地_市区町村"), "鳥取市"),
    **dict.fromkeys(("住所", "所在地_連結表記"), "鳥取県鳥取市架空町1-1"),
    **{"所在地_全国地方公共団体コード": "312011", "地方公共団体名": "鳥取県鳥取市", "緯度": "35.5", "経度": "134.2"},
    **{"開始日": "2025-04-01", "終了日": "2025-04-02", "法人番号": "", "電話番号": "0857-00-0000"},
    **{"URL": "https://example.jp/a", "連絡先FormURL": "https://example.jp/f", "コンテンツURL": "https://example.jp/c"},
    **{"内線番号": "123", "連絡先内線番号": "123"},
    **{"連絡先メールアドレス": "a@example.jp", "連絡先電話番号": "0857-00-0001", "FAX番号": "0857-00-0002"},
}


@pytest.mark.parametrize(("name", "header"), CASES, ids=[f"{name}-{len(header)}" for name, header in CASES])
def test_a_generation_is_told_and_read_in_full(put_source: Put, csv_bytes: Bytes, name: str, header: list[str]) -> None:
    found = recognize_rows([(1, header)])
    assert found is not None
    assert found.dataset.name == name
    line = [VALUES.get(column, f"架空{place}") for place, column in enumerate(header)]
    loaded = load_workspace(put_source("list.csv", csv_bytes([header, line], "utf-8-sig"), "open-dataset"))
    (service,) = (record for record in loaded.records if record.cls == "SupportService")
    assert str(service.values["service_area"][0].iri).endswith("/area/31201")  # type: ignore[union-attr]
    assert not [record for record in loaded.records if record.cls == "LocalGovernment"]
    assert not [issue for issue in loaded.issues if issue.severity == "error"]
    assert not [issue.value for issue in loaded.issues if issue.code == "unmapped-column"]
    written = repr([record.values for record in loaded.records])
    told = {column for issue in loaded.issues for column in f"{issue.value}".split("、")}
    lost = [
        column
        for column, text in zip(header, line, strict=True)
        if text.startswith("架空")
        and text not in written
        and column not in told
        and column not in ("町字ID", "所在地_町字")
    ]
    assert set(lost) <= {"所在地_番地以下"}  # the whole address stands beside its parts


def test_every_dataset_of_facilities_is_tried_here() -> None:
    elsewhere = {
        "kodomo-shokudo",
        "kodomo-shokudo-by-name",
        "kaigo-kohyo",
        "wamnet-shogai",
        "chiiki-hokatsu",
        "places",
        "gakko",
    }
    assert {item.name for item in datasets() if item.rows == "services"} == HEADERS.keys() | elsewhere
