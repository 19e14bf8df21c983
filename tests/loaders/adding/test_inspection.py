from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tsunagari.errors import SourceError, UnknownNameError
from tsunagari.loaders.adding.inspection import inspect_file, named_kind
from tsunagari.loaders.workspace.kinds import KINDS

MEMBERS = "架空県　会員一覧,,,\n令和5年6月1日現在,,,\n加盟の団体さま,区分,担当,活動分野\n架空の会,会員,x,ひきこもり\n"


def test_a_list_in_an_old_encoding_is_understood_and_its_settings_proposed(tmp_path: Path) -> None:
    path = tmp_path / "名簿.csv"
    path.write_bytes(MEMBERS.encode("cp932"))
    found = inspect_file(path)
    assert (found.encoding, found.kind) == ("cp932", KINDS["members"])
    (table,) = found.tables
    assert (table.header_rows, table.rows) == ((3, 3), 1)
    columns = {view.column: (view.header, view.label.ja, view.sample) for view in table.columns}
    assert columns["member"] == ("加盟の団体さま", "団体", "架空の会")
    assert columns["party.support_field"] == ("活動分野", "支援分野", "ひきこもり")
    assert [issue.value for issue in found.issues if issue.code == "unmapped-column"] == ["担当"]
    (entry,) = tomllib.loads(found.entry)["source"]
    assert entry == {
        "file": "名簿.csv",
        "kind": "members",
        "platform": "…",
        "as_of": date(2023, 6, 1),
        "columns": {"加盟の団体さま": "member"},
    }
    assert "# 似た名前からの提案" in found.entry
    assert "# alike" in inspect_file(path, lang="en").entry


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("団体名,法人番号,法人格", "organizations"),
        ("団体名,会員区分,入会日", "members"),
        ("連携元,連携先,連携の種類", "ties"),
        ("支援名,提供団体,分野,対象者,窓口の方法", "services"),
        ("施設名,団体名,分野,対象者", "services"),
    ],
)
def test_the_headers_tell_the_kind(tmp_path: Path, headers: str, kind: str) -> None:
    (tmp_path / "a.csv").write_text(headers + "\n" + ",".join("架空" for _ in headers.split(",")), encoding="utf-8")
    found = inspect_file(tmp_path / "a.csv")
    assert found.kind is not None
    assert found.kind.name == kind


def test_each_sheet_is_shown_and_one_can_be_chosen(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name, rows in {"書き方": [["一行に一団体"]], "東部": [["団体名", "会員区分"], ["架空", "会員"]]}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = inspect_file(tmp_path / "a.xlsx")
    assert found.sheets == [("書き方", 1), ("東部", 2)]
    assert [table.sheet for table in found.tables] == ["東部"]
    assert [issue.code for issue in found.issues] == ["sheet-left-out"]
    chosen = inspect_file(tmp_path / "a.xlsx", sheets=["東部"])
    assert not chosen.issues
    assert tomllib.loads(chosen.entry)["source"][0]["sheet"] == ["東部"]


def test_what_is_no_list_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("拝啓\n架空の手紙です\n", encoding="utf-8")
    found = inspect_file(tmp_path / "a.txt")
    assert (found.kind, found.tables, found.entry) == (None, [], "")
    forced = inspect_file(tmp_path / "a.txt", kind=KINDS["members"])
    assert forced.problem is not None
    assert "lacks the required column" in str(forced.problem)
    with pytest.raises(SourceError, match="There is no file"):
        inspect_file(tmp_path / "b.csv")


def test_kinds_have_names() -> None:
    assert named_kind("member").name == "members"
    with pytest.raises(UnknownNameError, match="membres"):
        named_kind("membres")


def test_a_wide_table_is_known_by_its_first_columns_and_read_to_the_last(tmp_path: Path) -> None:
    wide = 3_000
    heads = ["団体名", "市区町村", *(f"列{number}" for number in range(wide)), "電話番号"]
    lines = [["架空の会", "鳥取市", *(f"値{number}" for number in range(wide)), "0857-00-0000"]] * 2
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(map(",".join, [heads, *lines])), encoding="utf-8")
    found = inspect_file(path)
    assert found.kind is not None
    assert found.kind.name == "organizations"
    assert [view.header for view in found.tables[-1].columns + found.tables[0].columns].count("電話番号") >= 1
    unread = [issue for issue in found.issues if issue.code == "unmapped-column"]
    assert len(unread) == wide, "every column that is not read is named"


def test_a_list_with_names_and_providers_is_one_of_services_and_no_area_is_taken_for_people(tmp_path: Path) -> None:
    path = tmp_path / "窓口.csv"
    path.write_text("名称,運営団体,対象地域,分野,電話番号\n架空相談室,架空の会,鳥取市,相談,\n", encoding="utf-8")
    found = inspect_file(path)
    assert found.kind == KINDS["services"]
    assert "target_group" not in inspect_file(path, kind=KINDS["organizations"]).entry


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("団体名,市区町村,活動分野\n架空の会,鳥取市,子育て\n", "organizations"),
        ("会員名,区分\n架空の会,正会員\n", "members"),
        ("団体名,役割\n架空の会,幹事\n空想の会,事務局\n", "roles"),
        ("団体名,所属先,役割\n架空の会,pf,幹事\n空想の会,pf,\n", "members"),
        ("団体名,連携先,内容\n架空の会,空想の会,相談\n", "ties"),
        ("市区町村,人口\n鳥取市,180000\n", "needs"),
        ("団体コード,市区町村名,指標,値\n312011,鳥取市,人口,180000\n", "needs"),
        ("団体コード,市区町村名,総人口（人）,独自の数\n312011,鳥取市,180000,2\n", "needs"),
        ("市区町村,人口,備え\n鳥取市,180000,あり\n", None),
        ("ID,名称,別名\na,架空の居場所づくり,居場所\n", None),
        ("窓口名,電話番号\n架空相談,0857-00-0000\n", None),
        ("支援団体,支援内容,地域\n架空の会,相談,鳥取市\n", None),
        ("品名,数量,価格\nりんご,1,100\n", None),
    ],
)
def test_what_columns_say_decides_and_what_could_be_several_kinds_is_not_guessed(
    tmp_path: Path, text: str, kind: str | None
) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(text, encoding="utf-8")
    found = inspect_file(path)
    assert (found.kind and found.kind.name) == kind
    assert kind is not None or not found.tables


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "架空県つながりプラットフォーム 会員名簿,,\n名称,市町村,住所,加入年月日\n架空の会,鳥取市,東町1,R6.4.1\n",
            "members",
        ),
        (
            "支援・相談窓口一覧,,\n事業・窓口の名称,実施団体,対象地域,電話番号\n架空相談,架空の会,鳥取市,0857-00-0001\n",
            "services",
        ),
        ("団体間の連携状況,,\n団体名,連携先,連携の内容,開始時期\n架空の会,空想の会,食材の提供,R6.4\n", "ties"),
    ],
)
def test_the_title_of_a_list_says_what_it_is(tmp_path: Path, text: str, kind: str) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(text, encoding="cp932")
    found = inspect_file(path)
    assert found.kind is KINDS[kind]
    assert [table.rows for table in found.tables][:1] == [1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Member,Organization,Role\n架空の会,p1,Secretariat\n", "roles"),
        ("Member,Platform,Role\n架空の会,p1,Secretariat\n空想の会,p1,Lead body\n", "roles"),
        ("Municipality,Partnership,Role\n鳥取市,ken,Core city\n岩美町,ken,Partner municipality\n", "partnerships"),
        ("市町村,圏域,役割\n鳥取市,ken,連携中枢都市\n", "partnerships"),
        ("Tie from,Tie to,Tie kind\n架空の会,空想の会,information\n", "ties"),
    ],
)
def test_english_headers_tell_the_kind_as_japanese_ones_do(tmp_path: Path, text: str, kind: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    found = inspect_file(path)
    assert (found.kind, found.problem) == (KINDS[kind], None)
