"""A list of edits is read from every form it may have, and each mistake is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.errors import Place, ScenarioError, SourceError
from tsunagari.graph.change.edits import Edit, read_edits

TABLE = """\
架空の見直し案
操作,種類,団体,相手,分野,市区町村,メモ
除く,団体,架空の会,,,,来年で終わる

追加,支援,架空の団,,居場所,鳥取市,
退会,会員,架空の輪,架空プラットフォーム,,,
"""
EXPECTED = [
    Edit("remove", "organization", "架空の会"),
    Edit("add", "service", "架空の団", field="居場所", area="鳥取市"),
    Edit("remove", "membership", "架空の輪", "架空プラットフォーム"),
]
TOML = """\
[[edit]]
action = "remove"
what = "organization"
organization = "架空の会"
[[edit]]
"操作" = "加える"
"種類" = "支援"
"団体" = "架空の団"
"分野" = "居場所"
"市区町村" = "鳥取市"
[[edit]]
action = "remove"
what = "membership"
organization = "架空の輪"
other = "架空プラットフォーム"
"""
JSON = """\
[{"action": "remove", "what": "organization", "organization": "架空の会", "area": null},
 {"action": "add", "what": "service", "organization": "架空の団", "field": "居場所", "area": "鳥取市"},
 {"action": "-", "what": "member", "organization": "架空の輪", "other": "架空プラットフォーム"}]
"""


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("案.csv", TABLE, "cp932"),
        ("案.tsv", TABLE.replace(",", "\t"), "utf-16"),
        ("案.toml", TOML, "utf-8"),
        ("案.json", JSON, "utf-8-sig"),
        ("案.json", f'{{"edit": {JSON}}}', "utf-8"),
    ],
)
def test_every_form_says_the_same(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert read_edits(path) == EXPECTED
    assert read_edits(str(path)) == EXPECTED


def test_python_edits_may_be_objects_or_mappings() -> None:
    mapping = {"操作": "加える", "種類": "連携", "団体": "甲", "相手": "乙"}
    assert read_edits([mapping, Edit("add", "tie", "甲", "乙")]) == [Edit("add", "tie", "甲", "乙")] * 2
    assert read_edits([]) == []


def test_a_table_says_the_row(tmp_path: Path) -> None:
    path = tmp_path / "案.csv"
    path.write_text(TABLE + "のぞく,団体,架空の会\n加える,連携,甲\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_edits(path)
    assert caught.value.place == Place("案.csv", None, 7, "action", "のぞく")
    assert "（ほかに 1 件: 8）" in caught.value.text("ja")
    assert "Use one of: add, remove" in caught.value.text("en")


@pytest.mark.parametrize(
    ("edit", "place", "told"),
    [
        ({"what": "tie", "organization": "甲"}, Place(column="edit[1].action"), "'action' is missing"),
        ({"action": "add", "what": "club", "organization": "甲"}, Place(column="edit[1].what", value="club"), "club"),
        ({"action": "add", "what": "tie", "organization": "甲"}, Place(column="edit[1].other"), "'other' must be"),
        ({"action": "add", "what": "tie", "other": "甲"}, Place(column="edit[1].organization"), "'organization'"),
        (
            {"action": "add", "what": "service", "organization": "甲", "area": "鳥取市"},
            Place(column="edit[1].field"),
            "'field' must be given",
        ),
        (
            {"action": "add", "what": "organization", "organization": "甲", "field": "居場所"},
            Place(column="edit[1].area"),
            "'area' must be given",
        ),
        (
            {"action": "remove", "what": "tie", "organization": "甲", "other": "乙", "field": "居場所"},
            Place(column="edit[1].field", value="居場所"),
            "has no meaning for a tie",
        ),
        ({"actoin": "add"}, Place(column="edit[1]"), "no key 'actoin'"),
        (3, Place(column="edit[1]"), "no key"),
    ],
)
def test_a_wrong_edit_is_told_with_its_place(edit: object, place: Place, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_edits([edit])  # type: ignore[list-item]
    assert caught.value.place == place
    assert told in caught.value.text("en")
    assert caught.value.text("ja") != caught.value.text("en")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.toml", "[[edit]\n", "line 1"),
        ("a.json", "[{]", "line 1"),
        ("a.toml", "title = 'x'\n", "no list of edits"),
        ("a.csv", "甲,乙\n1,2\n", "no row of headings"),
    ],
)
def test_a_file_of_another_form_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=told) as caught:
        read_edits(tmp_path / name)
    assert caught.value.place.file == name


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file 案\.csv"):
        read_edits(tmp_path / "案.csv")
