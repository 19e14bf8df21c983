from __future__ import annotations

from tsunagari.loaders.files.grid import Grid, Merge
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.table import Table, read_table
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.settings import Source
from tsunagari.ontology.vocabulary import vocabulary


def read(*rows: list[str], merges: tuple[Merge, ...] = (), kind: str = "members") -> Table:
    made = Grid("m.xlsx", [(number, row) for number, row in enumerate(rows, start=1)], "名簿", merges=merges)
    return read_table(made, HeaderMap(Source("m.xlsx", kind, platform="pf"), KINDS[kind], vocabulary()))


def fields(table: Table) -> list[str | None]:
    return [row.party.get("support_field") for row in table.rows]


HEADING = (
    ["団体名", "活動分野", "", "", "備考"],
    ["", "ひきこもり", "生活困窮", "若者", ""],
)
MERGES = ((1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 2, 4))


def test_marks_below_the_name_of_a_field_are_values() -> None:
    table = read(
        *HEADING,
        ["架空の会1", "○", "◎", "", "x"],
        ["架空の会2", "", "×", "－", ""],
        ["架空の会3", "1", "✓", "レ", ""],
        merges=MERGES,
    )
    one, _, three = fields(table)
    assert one is not None
    assert len(one.split("、")) == 2
    assert three is not None
    assert len(three.split("、")) == 3
    assert fields(table)[1] is None
    assert not table.issues


def test_an_unclear_mark_is_told_and_not_taken() -> None:
    table = read(*HEADING, ["架空の会", "○", "△", "", ""], merges=MERGES)
    (issue,) = table.issues
    assert (issue.code, issue.row, issue.value) == ("unclear-mark", 3, "△")
    assert issue.column is not None
    assert "生活困窮" in issue.column


def test_a_list_and_a_matrix_add_up() -> None:
    table = read(["団体名", "活動分野", "ひきこもり"], ["架空の会", "若者", "○"])
    (text,) = fields(table)
    assert text is not None
    assert text.startswith("若者、")
    assert len(text.split("、")) == 2


def test_a_marked_column_of_no_known_field_is_told_with_the_nearest() -> None:
    table = read(["団体名", "ひきこもり", "引きこもがちな人"], ["架空の会", "○", "○"], ["架空の会2", "", "○"])
    (issue,) = table.issues
    assert (issue.code, issue.severity, issue.value) == ("unknown-matrix-column", "warning", "引きこもがちな人")
    assert issue.hint.ja.startswith("近いもの: ")
    assert issue.hint.ja.count("、") >= 2


def test_text_below_the_name_of_a_field_is_no_matrix() -> None:
    table = read(["団体名", "ひきこもり"], ["架空の会", "月に一度集まる"])
    assert fields(table) == [None]
    assert [issue.code for issue in table.issues] == ["unmapped-column"]


def test_the_heading_decides_between_schemes_and_may_stand_in_one_cell() -> None:
    table = read(
        ["施設名", "団体名", "対象者：高齢者", "活動分野_ひきこもり"], ["架空", "架空の会", "○", "○"], kind="services"
    )
    (row,) = table.rows
    assert row.cells["target_group"].startswith("target-group/")
    assert "target-group" not in row.cells["support_field"]


def test_of_two_marks_where_one_value_is_meant_the_first_counts() -> None:
    table = read(["団体名", "協力会員", "賛助会員"], ["架空の会", "○", "○"])
    assert table.rows[0].cells["member_class"].endswith("cooperating")
    assert [issue.code for issue in table.issues] == ["several-marks"]
