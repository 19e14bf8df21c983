from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grid import Grid, Merge
from tsunagari.loaders.files.grids import csv_rows
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.table import Table, read_table
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.settings import Source
from tsunagari.ontology.vocabulary import vocabulary


def read(text: str, kind: str = "members", *, file: str = "members.csv", **settings: object) -> Table:
    source = Source(file, kind, **{"platform": "pf", **settings})  # type: ignore[arg-type]
    return read_table(Grid(file, list(csv_rows(text, file))), HeaderMap(source, KINDS[kind], vocabulary()))


def codes(table: Table) -> list[str]:
    return [issue.code for issue in table.issues]


def test_headers_are_known_in_any_spelling() -> None:
    table = read("団 体 名,ﾌﾘｶﾞﾅ,会員区分（必須）,入会日※,備　考\n架空,カクウ,会員,R4.4.1,x\n")
    assert table.rows[0].cells == {"member": "架空", "member_class": "会員", "valid_from": "R4.4.1", "note": "x"}
    assert table.rows[0].party == {"reading": "カクウ"}
    assert table.headers["party.reading"] == "ﾌﾘｶﾞﾅ"
    assert table.issues == []


def test_title_rows_above_the_header_are_skipped_with_a_notice() -> None:
    table = read("架空県　会員一覧,,\n令和5年6月1日現在,,\n,,\n団体名,区分,備考\n架空,会員,\n")
    assert [row.number for row in table.rows] == [5]
    (issue,) = table.issues
    assert (issue.code, issue.severity, issue.row) == ("title-rows-skipped", "notice", 4)
    assert "2" in issue.message.en


def test_blank_rows_are_passed_over_and_numbers_are_those_of_the_file() -> None:
    table = read('団体名,備考\n\n架空1,\n,\n架空2,"二\n行"\n架空3,\n')
    assert [(row.number, row.cells["member"]) for row in table.rows] == [(3, "架空1"), (5, "架空2"), (6, "架空3")]


@pytest.mark.parametrize(
    ("file", "text"), [("members.tsv", "団体名\t備考\n架空\t\n"), ("members.csv", "団体名\t備考\n架空\tx,y\n")]
)
def test_tabs_separate_too(file: str, text: str) -> None:
    assert read(text, file=file).rows[0].cells["member"] == "架空"


def test_the_settings_map_headers_that_no_synonym_covers() -> None:
    table = read(
        "加盟の団体さま,よびかた\n架空,かくう\n", columns={"加盟の団体さま": "member", "よびかた": "party.reading"}
    )
    assert table.rows[0].cells == {"member": "架空"}
    assert table.rows[0].party == {"reading": "かくう"}


def test_a_mapping_to_no_column_or_of_no_header_is_told() -> None:
    with pytest.raises(SourceError, match="unknown column 'menber'") as caught:
        read("団体\n架空\n", columns={"団体": "menber"})
    assert "member" in caught.value.text("en")
    (issue,) = read("団体名\n架空\n", columns={"団体": "member"}).issues
    assert (issue.code, issue.value) == ("unknown-setting", "columns: 団体")


def test_a_missing_required_column_lists_the_headers_found_and_the_nearest_synonym() -> None:
    with pytest.raises(SourceError) as caught:
        read("団体めい,区分\n架空,会員\n", platform=None)
    text = caught.value.text("ja")
    assert "見出し: 団体めい、区分" in text
    assert "最も近いのは「団体めい」（「団体」に近い）" in text
    assert "団体名" in text
    assert 'columns = { "団体めい" = "member" }' in text
    assert "必要な列「団体、所属先」" in text
    assert 'platform = "…"' in text
    assert caught.value.place.row == 1
    assert "lacks the required column(s) member, organization" in caught.value.text("en")


def test_a_code_column_names_the_members_as_well() -> None:
    assert read("団体コード\n312011\n").rows[0].party == {"lg_code": "312011"}


def test_columns_not_read_are_told_with_the_nearest_but_running_numbers_are_not() -> None:
    table = read("No,団体名,活動への気持ち\n1,架空,x\n")
    (issue,) = table.issues
    assert (issue.code, issue.severity, issue.column) == ("unmapped-column", "notice", "活動への気持ち")
    assert table.rows[0].cells == {"member": "架空"}


def test_of_two_headers_for_one_column_the_first_counts() -> None:
    table = read("団体名,会員名\n架空1,架空2\n")
    (issue,) = table.issues
    assert (issue.code, issue.value) == ("duplicate-column", "会員名")
    assert table.rows[0].cells["member"] == "架空1"


def test_a_services_list_keeps_its_own_name_and_gives_the_provider_his() -> None:
    table = read("施設名,フリガナ,団体名,法人番号\nあのね,アノネ,架空の会,4000012090001\n", "services")
    assert table.rows[0].cells == {"pref_label": "あのね", "reading": "アノネ", "provided_by": "架空の会"}
    assert table.rows[0].party == {"corporate_number": "4000012090001"}
    assert codes(table) == []


def test_surplus_and_missing_cells_are_told() -> None:
    table = read("団体名,区分,備考\n架空1,会員,a,b\n架空2,会員\n架空3,会員,a,,\n")
    assert [(issue.code, issue.severity, issue.row) for issue in table.issues] == [
        ("surplus-cells", "warning", 2),
        ("missing-cells", "notice", 3),
    ]
    assert len(table.rows) == 3


def test_a_table_without_rows_and_a_file_without_anything() -> None:
    assert codes(read("団体名\n")) == ["empty-table"]
    with pytest.raises(SourceError, match=r"members\.csv is empty"):
        read("\n,,\n")


def test_an_open_quote_is_located() -> None:
    with pytest.raises(SourceError, match="starts in line 3") as caught:
        read('団体名\n架空1\n"架空2\n架空3\n')
    assert caught.value.place.row == 3
    with pytest.raises(SourceError, match="Line 2"):
        read('団体名\n"架空"1,\n')


def grid(*rows: list[str], merges: tuple[Merge, ...] = (), sheet: str | None = "名簿") -> Grid:
    return Grid("members.xlsx", [(number, row) for number, row in enumerate(rows, start=1)], sheet, merges=merges)


def read_grid(made: Grid, kind: str = "members", **settings: object) -> Table:
    source = Source("members.xlsx", kind, **{"platform": "pf", **settings})  # type: ignore[arg-type]
    return read_table(made, HeaderMap(source, KINDS[kind], vocabulary()))


@pytest.mark.parametrize(
    "header",
    [
        "※必須　団体名",
        "1. 団体名",
        "①団体名",
        "【必須】団体名",
        "Q1 団体名",
        "貴団体名",
        "団体名（正式名称）",
        "団体名*",
        "団体名：",
        "団体\n名",
    ],
)
def test_ornaments_of_forms_do_not_hide_a_header(header: str) -> None:
    table = read_grid(grid([header, "区分"], ["架空の会", "会員"]))
    assert table.rows[0].cells["member"] == "架空の会"


def test_a_list_may_be_spread_over_numbered_columns() -> None:
    table = read_grid(
        grid(["団体名", "活動分野１", "活動分野２"], ["架空の会", "ひきこもり", "若者"], ["架空の園", "", "若者"])
    )
    assert [row.party["support_field"] for row in table.rows] == ["ひきこもり、若者", "若者"]
    assert table.headers == {"member": "団体名", "party.support_field": "活動分野１"}
    assert not table.issues


def test_the_reading_in_brackets_is_another_column() -> None:
    table = read_grid(grid(["団体名（カナ）", "団体名"], ["カクウ", "架空の会"]))
    assert table.rows[0].cells == {"member": "架空の会"}
    assert table.rows[0].party == {"reading": "カクウ"}


def test_a_header_of_two_rows_is_found_below_a_merged_title() -> None:
    made = grid(
        ["架空県 会員名簿", "", "", "", ""],
        ["団体名", "所在", "", "活動分野", ""],
        ["", "都道府県", "市区町村", "", "備考"],
        ["架空の会", "鳥取県", "鳥取市", "子育て", "x"],
        merges=((1, 0, 1, 4), (2, 1, 2, 2), (2, 0, 3, 0), (2, 3, 3, 3)),
    )
    table = read_grid(made)
    (row,) = table.rows
    assert (row.number, row.cells, row.party, row.prefecture) == (
        4,
        {"member": "架空の会", "note": "x"},
        {"municipality": "鳥取市", "support_field": "子育て"},
        "鳥取県",
    )
    assert codes(table) == ["title-rows-skipped"]
    assert table.headers["party.municipality"] == "市区町村"


def test_a_header_of_two_rows_needs_no_merged_cells() -> None:
    table = read("団体名,連絡先,,団体\n,電話番号,市町村,（カナ）\n架空の会,1,鳥取市,カクウ\n")
    assert table.rows[0].party == {"municipality": "鳥取市", "reading": "カクウ"}


def test_what_belongs_to_a_person_is_not_taken_for_the_organisation() -> None:
    made = grid(
        ["団体名", "代表者", ""], ["", "フリガナ", "市町村"], ["架空の会", "カクウ", "鳥取市"], merges=((1, 1, 1, 2),)
    )
    assert read_grid(made).rows[0].party == {}


def test_merged_cells_and_ditto_marks_take_the_value_above() -> None:
    made = grid(
        ["団体名", "市町村", "区分"],
        ["架空の会1", "鳥取市", "会員"],
        ["架空の会2", "", "〃"],
        ["架空の会3", "", "同上"],
        ["架空の会4", "々", "協力会員"],
        merges=((2, 1, 4, 1),),
    )
    table = read_grid(made)
    assert [(row.number, row.party["municipality"]) for row in table.rows] == [
        (2, "鳥取市"),
        (3, "鳥取市"),
        (4, "鳥取市"),
        (5, "鳥取市"),
    ]
    assert [row.cells["member_class"] for row in table.rows] == ["会員", "会員", "会員", "協力会員"]
    (issue,) = table.issues
    assert (issue.code, issue.severity, issue.sheet) == ("cells-filled", "notice", "名簿")
    assert "5 か所" in issue.message.ja


def test_totals_notes_headings_and_repeated_headers_are_left_out_and_told() -> None:
    made = grid(
        ["架空県 会員名簿", "", ""],
        ["No", "団体名", "区分"],
        ["【東部】", "", ""],
        ["1", "架空の会1", "会員"],
        ["", "小　計", "1"],
        ["架空県 会員名簿", "", ""],
        ["No", "団体名", "区分"],
        ["2", "計画相談室 架空", "会員"],
        ["合計（2団体）", "", ""],
        ["※ 4 月 1 日現在", "", ""],
        ["注1", "区分は申込書による", ""],
        ["以上", "", ""],
        merges=((3, 0, 3, 2),),
    )
    table = read_grid(made)
    assert [row.cells["member"] for row in table.rows] == ["架空の会1", "計画相談室 架空"]
    assert [(issue.code, issue.row) for issue in table.issues] == [
        ("title-rows-skipped", 2),
        ("heading-row", 3),
        ("total-row", 5),
        ("repeated-header", 6),
        ("repeated-header", 7),
        ("total-row", 9),
        ("note-row", 10),
        ("note-row", 11),
        ("note-row", 12),
    ]


def test_values_without_a_header_and_rows_without_values_are_told() -> None:
    made = grid(["団体名", "", "区分"], ["架空の会", "x", "会員"], ["", "y", ""], ["架空の会2", "", ""])
    table = read_grid(made)
    assert len(table.rows) == 2
    assert [(issue.code, issue.row, issue.column) for issue in table.issues] == [
        ("headerless-column", 2, "B"),
        ("nothing-read", 3, None),
    ]


def test_a_huge_cell_is_left_out_and_garbled_text_is_shown_and_kept() -> None:
    made = grid(["団体名", "備考"], ["架空の会", "長" * 4_000_000], ["æ ªå¼ä¼šç¤¾", "x"], ["架空\ufffdの会", ""])
    table = read_grid(made)
    assert [row.cells for row in table.rows] == [
        {"member": "架空の会"},
        {"member": "æ ªå¼ä¼šç¤¾", "note": "x"},
        {"member": "架空\ufffdの会"},
    ]
    assert [(issue.code, issue.severity, issue.row, issue.column) for issue in table.issues] == [
        ("long-value", "error", 2, "備考"),
        ("garbled-text", "warning", 3, "団体名"),
        ("garbled-text", "warning", 4, "団体名"),
    ]


TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["", "", "団体名", "区分", "活動分野", "子育て", "高齢者", "○", "×", "△", "〃", "合計", "※注", "架空の会", "No"]
    ),
)


@st.composite
def merged(draw: st.DrawFn) -> Merge:
    top, left = draw(st.integers(1, 8)), draw(st.integers(0, 5))
    return top, left, top + draw(st.integers(0, 4)), left + draw(st.integers(0, 4))


@given(st.lists(st.lists(TEXTS, max_size=6), max_size=10), st.lists(merged(), max_size=3))
def test_every_filled_row_of_any_grid_is_in_the_table_or_told(rows: list[list[str]], merges: list[Merge]) -> None:
    made = grid(*[[cell.strip() for cell in row] for row in rows], merges=tuple(merges))
    try:
        table = read_grid(made)
    except SourceError:
        return
    told = {issue.row for issue in table.issues} | {row.number for row in table.rows}
    below = min([row.number for row in table.rows], default=len(rows))
    for number, cells in made.rows:
        if any(cells) and number > below:
            assert number in told
