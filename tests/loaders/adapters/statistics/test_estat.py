"""Tables of the e-Stat database: lines above, codes beside labels, one indicator a column, parts never as the whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Reference, Temporal

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
ABOVE = [
    ["統計名：", "架空の調査"],
    ["表番号：", "1-1"],
    ["表題：", "架空の表"],
    ["実施年月：", "2020年", "-", "-"],
    ["***", "数値が得られないもの"],
    [],
]
AREA = ["全国，都道府県，市区町村 コード", "全国，都道府県，市区町村 補助コード", "全国，都道府県，市区町村"]
TIME = ["時間軸(年次) コード", "時間軸(年次) 補助コード", "時間軸(年次)"]
ITEM = ["表章項目 コード", "表章項目 補助コード", "表章項目"]
SEX = ["男女 コード", "男女 補助コード", "男女"]


def read(put_source: Put, csv_bytes: Bytes, table: list[list[str]], *, kind: str = "needs") -> Load:
    return load_workspace(put_source("FEH_00200521.csv", csv_bytes(table, "cp932"), kind))


def values(loaded: Load) -> dict[tuple[str, str], tuple[object, str]]:
    found = {}
    for record in loaded.records:
        if record.cls == "NeedStatement":
            (area,), (indicator,) = record.values["area"], record.values["indicator"]
            assert isinstance(area, Reference)
            assert isinstance(indicator, Reference)
            (when,) = record.values.get("as_of", ("",))
            written = when.as_written if isinstance(when, Temporal) else ""
            key = area.iri.rsplit("/", 1)[-1], indicator.iri.rsplit("/", 1)[-1]
            found[key] = record.values["value"][0], written
    return found


@pytest.mark.parametrize("kind", ["needs", "open-dataset"])
def test_several_columns_of_values_and_rows_of_parts(put_source: Put, csv_bytes: Bytes, kind: str) -> None:
    header = [*ITEM, *SEX, *AREA, *TIME, "/年齢", "総数【人】", "15歳未満【人】", "65歳以上【人】", "架空の数【人】"]
    item, when = ["2020_01", "", "人口"], ["2020000000", "", "2020年"]
    tottori, iwami = ["31201", "", "鳥取市"], ["31302", "", "岩美町"]
    table = [
        *ABOVE,
        header,
        [*item, "0", "", "総数", *tottori, *when, "", "188,465", "22,000", "53,000", "1"],
        [*item, "1", "", "男", *tottori, *when, "", "90,000", "11,000", "20,000", "1"],
        [*item, "0", "", "総数", *iwami, *when, "", "10,799", "***", "-", ""],
    ]
    loaded = read(put_source, csv_bytes, table, kind=kind)
    assert values(loaded) == {
        ("31201", "population"): (188465.0, "2020年"),
        ("31201", "children"): (22000.0, "2020年"),
        ("31201", "older-people"): (53000.0, "2020年"),
        ("31302", "population"): (10799.0, "2020年"),
    }
    said = [(issue.code, issue.column, issue.value) for issue in loaded.issues]
    assert ("part-of-whole", "男女", "男") in said
    assert ("unknown-indicator", "架空の数【人】", "架空の数【人】") in said
    assert ("need-unknown", "15歳未満【人】", "***") in said
    assert ("need-absent", "65歳以上【人】", "-") in said


def test_the_item_of_a_row_says_what_a_column_of_totals_counts(put_source: Put, csv_bytes: Bytes) -> None:
    table = [
        *ABOVE,
        [*ITEM, *AREA, "総数"],
        ["1", "", "一般世帯数", "31201", "", "鳥取市", "80,000"],
        ["2", "", "架空の面", "31201", "", "鳥取市", "765"],
    ]
    loaded = read(put_source, csv_bytes, table)
    assert values(loaded) == {("31201", "households"): (80000.0, "2020年")}
    assert ("part-of-whole", "架空の面") in [(issue.code, issue.value) for issue in loaded.issues]


def test_the_long_form_of_the_interface(put_source: Put, csv_bytes: Bytes) -> None:
    header = ["cat01_code", "分類", "area_code", "地域", "time_code", "調査年", "unit", "value", "annotation"]
    table = [
        header,
        ["A1101", "A1101_総人口（人）", "31201", "鳥取県 鳥取市", "2020100000", "2020年度", "人", "188465", ""],
        ["A9999", "A9999_架空の数", "31201", "鳥取県 鳥取市", "2020100000", "2020年度", "人", "5", ""],
    ]
    loaded = read(put_source, csv_bytes, table)
    assert values(loaded) == {("31201", "population"): (188465.0, "2020年度")}
    assert ("part-of-whole", "A9999_架空の数") in [(issue.code, issue.value) for issue in loaded.issues]


def test_a_row_without_an_area_is_told(put_source: Put, csv_bytes: Bytes) -> None:
    loaded = read(put_source, csv_bytes, [[*AREA, *TIME, "人口"], ["", "", "", "", "", "2020年", "5"]])
    assert values(loaded) == {}
    assert [(issue.code, issue.row) for issue in loaded.issues if issue.code == "nothing-read"] == [("nothing-read", 2)]
