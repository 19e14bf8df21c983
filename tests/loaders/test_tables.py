from __future__ import annotations

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.grids import Grid, csv_rows
from tsunagari.loaders.headers import HeaderMap
from tsunagari.loaders.kinds import KINDS
from tsunagari.loaders.settings import Source
from tsunagari.loaders.tables import Table, read_table
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
    table = read("No,団体名,担当者の気持ち\n1,架空,x\n")
    (issue,) = table.issues
    assert (issue.code, issue.severity, issue.column) == ("unmapped-column", "notice", "担当者の気持ち")
    assert table.rows[0].cells == {"member": "架空"}


def test_of_two_headers_for_one_column_the_first_counts() -> None:
    table = read("団体名,会員名\n架空1,架空2\n")
    (issue,) = table.issues
    assert (issue.code, issue.value) == ("duplicate-column", "会員名")
    assert table.rows[0].cells["member"] == "架空1"


def test_a_services_list_keeps_its_own_name_and_gives_the_provider_his() -> None:
    table = read("施設名,フリガナ,団体名,法人番号\nあのね,アノネ,架空の会,4000012090001\n", "services")
    assert table.rows[0].cells == {"pref_label": "あのね", "provided_by": "架空の会"}
    assert table.rows[0].party == {"corporate_number": "4000012090001"}
    assert codes(table) == ["unmapped-column"]


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
