"""Rows of a recognised dataset by meaning; each column that is not read is named."""

from __future__ import annotations

from tsunagari.loaders.adapters.meanings import MeaningReader
from tsunagari.loaders.files.grid import Grid
from tsunagari.loaders.signatures import recognize_rows


def reader(*rows: tuple[str, ...]) -> MeaningReader:
    numbered = [(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    found = recognize_rows(numbered, asked=True)
    assert found is not None
    return MeaningReader(Grid("架空.csv", numbered), found)


def said(read: MeaningReader) -> list[tuple[str, int | None, str | None]]:
    return [
        (issue.code, issue.row, issue.value) for issue in read.findings.issues if issue.code != "recognized-dataset"
    ]


def test_cells_by_meaning_and_notes_with_their_headers() -> None:
    read = reader(
        ("名称", "住所", "電話番号1", "電話番号2", "定員", "参加費_大人"),
        ("架空の家", "－", "03-0000-0001", "03-0000-0002", "12", "0"),
        ("", "", "", "", "", ""),
    )
    notes = ["定員: 12", "参加費_大人: 0"]
    texts = {"name": ["架空の家"], "telephone": ["03-0000-0001", "03-0000-0002"], "note": notes}
    assert list(read.rows()) == [(2, texts)]
    assert said(read) == []
    assert (read.header_of("telephone"), read.has("fax"), read.header_of("fax")) == ("電話番号1", False, "FAX番号")


def test_columns_that_are_not_read_are_named() -> None:
    read = reader(
        ("架空の一覧",),
        ("名称", "施設名", "住所", "NO", "代表者名", "園長氏名", "独自", ""),
        ("架空の家", "別の家", "架空町1", "1", "架空花子", "架空次郎", "x", "y"),
        ("架空の庭", "", "架空町2", "2"),
        ("架空の森", "", "架空町3", "3", "", "", "", "", "はみ出し"),
    )
    assert len(list(read.rows())) == 3
    assert said(read) == [
        ("title-rows-skipped", 2, None),
        ("duplicate-column", 2, "施設名"),
        ("personal-column", 2, "代表者名"),
        ("serial-columns", 2, "NO"),
        ("personal-column", 2, "園長氏名"),
        ("unmapped-column", 2, "独自"),
        ("headerless-column", 3, "y"),
        ("missing-cells", 4, None),
        ("surplus-cells", 5, "はみ出し"),
    ]


def test_what_is_no_facility_is_told_and_cells_are_filled_from_above() -> None:
    numbered = [
        (number, list(cells))
        for number, cells in enumerate(
            (
                ("名称", "市区町村名", "住所", "運営団体名"),
                ("架空の家", "鳥取市", "架空町1", "架空会"),
                ("架空の庭", "", "〃", "同上"),
                ("【西部】", "", "", ""),
                ("架空の森", "米子市", "架空町3", ""),
                ("架空の丘", "米子市", "架空町4", "〃"),
                ("合計", "4か所", "", ""),
                ("", "", "以下余白", ""),
                ("（令和6年4月1日現在）", "", "", ""),
            ),
            start=1,
        )
    ]
    found = recognize_rows(numbered, asked=True)
    assert found is not None
    read = MeaningReader(Grid("架空.csv", numbered, merges=((2, 1, 3, 1),)), found)
    rows = [(number, texts["city"], texts.get("provider")) for number, texts in read.rows()]
    assert rows == [
        (2, ["鳥取市"], ["架空会"]),
        (3, ["鳥取市"], ["架空会"]),
        (5, ["米子市"], None),
        (6, ["米子市"], None),
    ]
    assert said(read) == [
        ("heading-row", 4, "【西部】"),
        ("ditto-alone", 6, "〃"),
        ("total-row", 7, "合計"),
        ("note-row", 8, "以下余白"),
        ("note-row", 9, "（令和6年4月1日現在）"),
        ("cells-filled", 3, None),
    ]
