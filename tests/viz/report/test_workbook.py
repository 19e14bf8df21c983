"""The report is read back cell by cell; a small made-up graph holds what real lists may hold at worst."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.workbook import Workbook

from tsunagari.errors import Message, OutputError
from tsunagari.graph.wording import sheet_columns
from tsunagari.viz.excel.cells import Book, add_sheet, make_formats, new_workbook, write_table
from tsunagari.viz.look.gap_status import statuses_of
from tsunagari.viz.map.network import TIES
from tsunagari.viz.report import prospects as workbook_prospects
from tsunagari.viz.report.words import OVERVIEW, PURPOSES, WAVES
from tsunagari.viz.report.workbook import write_workbook

EVIL = ('=HYPERLINK("http://x.example",1)', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "http://x.example/a")
AREAS = (("31201", "鳥取市"), ("31302", "岩美町"), ("28585", "香美町"))
FIELDS = ("児童・子育て", "ひきこもり", "居場所", "食支援", "その他")
SHEETS = {
    "ja": (
        *(
            "概要",
            "空白一覧",
            "被覆表",
            "つながりの図",
            "構成表",
            "施策表",
            "橋渡し団体",
            "単独依存",
            "提案",
            "展開計画",
            "変化",
        ),
        *("方法", "出典", "データの問題"),
    )
}
FIVE = statuses_of(())


class MadeUpGraph:
    """What the report asks of a graph, with values that try to break a workbook."""

    title = "架空の名簿 & <b>テスト</b>"
    as_of = date(2023, 10, 1)
    wave_days = ()
    ties = 1

    def projection(self, name: str, *, at: date | str | None = None, statuses: object = ()) -> SimpleNamespace:
        said = (
            "label",
            "kind",
            "class",
            "class_label",
            "sector",
            "sector_label",
            "municipality",
            "prefecture",
            "stated_size",
        )
        rows = [(f"b{number}", EVIL[number], "organization", *[""] * 6, None) for number in range(2)]
        nodes = pd.DataFrame(rows, columns=["id", *said])
        ties = pd.DataFrame([dict.fromkeys(TIES, "")] * self.ties, columns=list(TIES))
        ends = {"source": np.zeros(self.ties, dtype=int), "target": np.ones(self.ties, dtype=int)}
        return SimpleNamespace(nodes=lambda _lang: nodes, edges=lambda _lang: ties, **ends)

    def gaps(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        names = [*FIVE, *FIVE, *FIVE]
        rows = []
        for number, ((code, area), field) in enumerate((a, f) for a in AREAS for f in FIELDS):
            status = names[number]
            rows.append(
                {
                    "area": area,
                    "area_code": code,
                    "prefecture": "鳥取県",
                    "field": field,
                    "field_id": f"f{FIELDS.index(field)}",
                    "status": status,
                    "status_label": FIVE[status].label.text(lang),
                    "local": {"multiple": 2, "single": 1}.get(status, 0),
                    "wide": int(status == "wide_only"),
                    "partnership": 0,
                    "planned": number % 2,
                    "connected": number % 2 == 0,
                    "providers": [EVIL[number % len(EVIL)]] if status == "single" else [],
                    "provider_ids": [],
                    "evidence": ["長い根拠" * 9000] if number == 0 else [],
                    "severity": 1 - number / 20,
                    "sentence": EVIL[number % len(EVIL)],
                    "settle": "窓口の一覧",
                }
            )
        frame = pd.DataFrame(rows)
        frame.attrs["severity_formula"] = "重み"
        return frame

    def brokers(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return pd.DataFrame(
            [
                {
                    "rank": 1,
                    "organization": "=1+1",
                    "group": "@x",
                    "sentence": "+つなぐ",
                    "brokerage": 3,
                    "betweenness": 0.5,
                }
                | {"constraint": float("nan"), "degree": 2, "is_cut_point": True, "bridges": ["鳥取市"]},
            ]
        )

    def coverage_matrix(self, kind: str, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        if kind == "stage-category":
            return pd.DataFrame({"女性": [6]}, index=["出生"])
        return pd.DataFrame({"NPO": [3, "記載あり"], "県": ["unknown", 0]}, index=["=架空の場", "もう一つの場"])

    def remedies(self, *, at: date | str | None = None, told: int | None = None, lang: str = "ja") -> pd.DataFrame:
        gaps = self.gaps(at=at, lang=lang)
        gaps = gaps[gaps["status"] != "multiple"]
        named = gaps.assign(rank=1, candidate="=架空の候補", candidate_id="urn:c", reasons="同じ圏域")
        named = named.assign(hops=1, broker="@架空の会", broker_id="urn:b", distance_km=None)
        named.loc[named.index[-1:], ["rank", "candidate", "broker"]] = [None, "", ""]
        told = {"offers_in": ["鳥取市"], "path": ["架空の会", "=架空の候補"], "path_ids": [], "path_evidence": []}
        lists = {name: [*[entries] * (len(named) - 1), []] for name, entries in told.items()}
        return named.assign(**lists)

    def extensions(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        row = {
            "step": 1,
            "organization": "=架空の候補",
            "field": "居場所",
            "areas": ["岩美町"],
            "cells": 1,
            "gain": 0.6,
        }
        plan = pd.DataFrame([row | {"share": 0.25, "sentence": "=広げると25%"}])
        plan.attrs["method"] = "greedy (1978)"
        return plan

    def loss(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        numbers = {"to_wide_only": 0, "to_single": 0, "platforms_split": 0, "dependents": 0, "cut_off": 0}
        words = {"cells": "=鳥取市", "platforms": [], "only_brokers": [], "sentence": "-なくなると"}
        return pd.DataFrame(
            [
                {"rank": rank, "organization": name, "critical": rank == 1, "to_nobody": lost, "severity_lost": lost}
                | {"parts": parts, "is_cut_point": parts > 1, **numbers, **words}
                for rank, (name, lost, parts) in enumerate(
                    (("=架空の会", 2, 2), ("架空の輪", 1, 1), ("架空の木", 0, 1)), 1
                )
            ]
        )

    def diff(self, *, since: date | str, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        row = {"change_label": "入会", "organization": "=架空の会", "other": "架空の場", "area": "", "field": ""}
        changes = pd.DataFrame([row | {"before": "", "after": "", "sentence": "=加わりました"}])
        changes.attrs["sentence"] = f"{since}からの変化"
        return changes

    def summary(self, *, lang: str = "ja") -> pd.DataFrame:
        return pd.DataFrame({"what": ["団体", "=1"], "count": [12, 3]})

    def issue_table(self, lang: str = "ja") -> pd.DataFrame:
        row = {"severity": "warning", "code": "x", "file": "=cmd.csv", "sheet": None, "row": 12, "column": "読み"}
        return pd.DataFrame([row | {"value": "いこまし", "message": "違う", "hint": "いいやまし"}])

    def source_table(self, lang: str = "ja") -> pd.DataFrame:
        return pd.DataFrame({"title": ["資料"], "file": ["001.txt"], "issued": [date(2023, 6, 1)]})


class EmptyGraph(MadeUpGraph):
    """A graph of which nothing is known yet."""

    ties = 0

    def gaps(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().gaps(at=at, lang=lang).iloc[:0]

    def brokers(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().brokers(at=at, lang=lang).iloc[:0]

    def loss(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().loss(at=at, lang=lang).iloc[:0]

    def extensions(self, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().extensions(at=at, lang=lang).iloc[:0]

    def diff(self, *, since: date | str, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().diff(since=since, at=at, lang=lang).iloc[:0]

    def coverage_matrix(self, kind: str, *, at: date | str | None = None, lang: str = "ja") -> pd.DataFrame:
        return super().coverage_matrix(kind, at=at, lang=lang).iloc[:0, :0]

    def issue_table(self, lang: str = "ja") -> pd.DataFrame:
        return super().issue_table(lang).iloc[:0]


def load(path: Path) -> Workbook:
    with warnings.catch_warnings():  # openpyxl does not know data bars and says so
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def report(graph: Any, folder: Path, lang: str = "ja") -> Path:
    return write_workbook(graph, folder / f"{lang}.xlsx", lang=lang, since="2022-10-01")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(MadeUpGraph(), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load(path)


def cells(book: Workbook) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def header_row(sheet: Any) -> int:
    return int(re.search(r"\d+", sheet.freeze_panes)[0]) - 1  # type: ignore[index]


def column_values(sheet: Any, title: str) -> list[Any]:
    row = header_row(sheet)
    column = [cell.value for cell in sheet[row]].index(title) + 1
    return [sheet.cell(line, column).value for line in range(row + 1, sheet.max_row + 1)]


def test_the_sheets_stand_in_order(book: Workbook) -> None:
    told = tuple(name.ja for name in PURPOSES if name is not WAVES)  # there is but one list of members
    assert tuple(book.sheetnames) == SHEETS["ja"] == (OVERVIEW.ja, *told)
    assert book.active is not None
    assert book.active.title == "概要"


def test_every_cell_of_the_gaps_is_there(book: Workbook) -> None:
    sheet = book["空白一覧"]
    gaps = MadeUpGraph().gaps()
    place = {name: number for number, name in enumerate(("none", "wide_only", "unknown", "single", "multiple"))}
    keys = zip(gaps["status"].map(place), -gaps["severity"], gaps["area_code"], gaps["field_id"], strict=True)
    ordered = gaps.loc[[number for *_, number in sorted((*key, number) for number, key in enumerate(keys))]]
    assert column_values(sheet, "市区町村") == ordered["area"].tolist()
    assert column_values(sheet, "深刻度") == pytest.approx(ordered["severity"].tolist())
    assert column_values(sheet, "状況") == [f"{FIVE[s].symbol} {FIVE[s].label.ja}" for s in ordered["status"]]
    assert column_values(sheet, "PF参加") == ["○" if found else None for found in ordered["connected"]]


def test_nothing_is_a_formula_a_link_out_or_a_macro(path: Path, book: Workbook) -> None:
    assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f"]
    assert all(cell.hyperlink is None or cell.hyperlink.target is None for cell in cells(book))
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
        for name in (name for name in names if not name.endswith(".png")):
            text = archive.read(name).decode("utf-8")
            assert 'TargetMode="External"' not in text
            assert "<f>" not in re.sub(r"<c:f>|<formula>", "", text)


def test_what_looks_like_a_formula_is_marked_as_text(book: Workbook) -> None:
    found = [
        cell for cell in cells(book) if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    ]
    assert {cell.value for cell in found} >= {EVIL[0], "+1+1", "-2+3", "@SUM(A1)", "=cmd.csv", "=1+1"}
    tables = [cell for cell in found if cell.parent.title != "概要"]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in tables)


def test_the_matrix_holds_every_combination(book: Workbook) -> None:
    sheet = book["被覆表"]
    top = header_row(sheet)
    fields = [cell.value for cell in sheet[top]][1:]
    assert fields == list(FIELDS)
    rows = {sheet.cell(line, 1).value: line for line in range(top + 1, top + 1 + len(AREAS))}
    gaps = MadeUpGraph().gaps()
    for area, field, status, planned in gaps[["area", "field", "status", "planned"]].itertuples(index=False):
        expected = FIVE[status].symbol + ("予" if planned else "")
        assert sheet.cell(rows[area], fields.index(field) + 2).value == expected


def test_the_map_is_a_picture_with_how_to_read_it_and_its_sources_below(book: Workbook, path: Path) -> None:
    sheet = book["つながりの図"]
    (picture,) = sheet._images  # type: ignore[attr-defined]
    below = picture.anchor.to.row + 1
    told = [(cell.row, str(cell.value)) for row in sheet.iter_rows(max_col=1) for cell in row if cell.value]
    below_it = "".join(text for row, text in told if row > below)
    assert below_it.startswith("印は団体・連携の場・活動の一つずつ")
    assert "描いていません。出典: " in below_it
    assert sheet.page_setup.orientation == "portrait"
    with zipfile.ZipFile(path) as archive:
        assert b'descr="\xe5\x9b\xb3' in archive.read("xl/drawings/drawing2.xml")  # it has a name for who cannot see


def test_the_other_matrices_hold_counts_words_and_what_is_not_known(book: Workbook) -> None:
    sheet = book["構成表"]
    top = header_row(sheet)
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top, max_row=top + 2)]
    assert [row[1:2] for row in shown] == [["NPO"], [3], ["記載あり"]]  # of 県 nothing is known anywhere
    assert "県" not in [cell for row in shown for cell in row]
    assert [row[0] for row in shown[1:]] == ["=架空の場", "もう一つの場"]
    assert book["施策表"].cell(header_row(book["施策表"]) + 1, 2).value == 6


def test_colours_never_stand_without_a_sign(book: Workbook) -> None:
    symbols = {status.symbol for status in FIVE.values()}
    assert len(symbols) == len(FIVE)
    for name in ("空白一覧", "被覆表"):
        rules = [rule for found in book[name].conditional_formatting for rule in found.rules]
        assert {rule.text for rule in rules if rule.type == "beginsWith"} == symbols


def test_of_whom_something_hangs_is_told_with_what_would_be_lost(book: Workbook) -> None:
    sheet = book["単独依存"]
    assert column_values(sheet, "団体") == ["=架空の会", "架空の輪"]
    assert column_values(sheet, "要注意") == ["○", None]
    assert column_values(sheet, "分かれる数") == [2, None]


def test_every_gap_has_candidates_with_reasons_path_and_whom_to_ask(book: Workbook) -> None:
    gaps = MadeUpGraph().remedies()
    sheet = book["提案"]
    assert column_values(sheet, "候補の団体") == ["=架空の候補"] * (len(gaps) - 1)
    assert "候補の見つからない空白が 1 所" in "".join(str(row[0].value) for row in sheet.iter_rows(max_row=4))
    assert column_values(sheet, "仲介を頼む団体")[0] == "@架空の会"
    named = dict(zip(column_values(book["空白一覧"], "順位"), column_values(book["空白一覧"], "候補"), strict=True))
    assert named[1] == "=架空の候補"
    assert "候補は=架空の候補です" in "".join(
        str(cell.value).strip() for row in book["概要"].iter_rows() for cell in row
    )


def test_the_plan_names_its_bound_and_the_changes_their_days(book: Workbook) -> None:
    plan, changes = (
        "".join(str(row[0].value) for row in book[name].iter_rows(max_row=5)) for name in ("展開計画", "変化")
    )
    assert "greedy (1978)" in plan
    assert "2022-10-01からの変化" in changes
    assert column_values(book["展開計画"], "累計の割合") == [0.25]
    assert column_values(book["変化"], "団体") == ["=架空の会"]


def test_without_an_earlier_day_there_is_no_sheet_of_changes(tmp_path: Path) -> None:
    plain = load(write_workbook(MadeUpGraph(), tmp_path / "plain.xlsx"))  # type: ignore[arg-type]
    assert tuple(plain.sheetnames) == tuple(name for name in SHEETS["ja"] if name != "変化")
    assert "変化" not in [cell.value for row in plain["概要"].iter_rows(max_col=1) for cell in row]


def test_many_candidates_are_cut_and_the_sheet_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook_prospects, "MOST_REMEDIES", 4)
    book = load(report(MadeUpGraph(), tmp_path))
    assert len(column_values(book["提案"], "候補の団体")) == 4
    told = "".join(str(row[0].value) for row in book["提案"].iter_rows(max_row=4))
    assert "全部で 11 行" in told


def test_tables_can_be_filtered_and_printed(book: Workbook) -> None:
    for name in ("空白一覧", "橋渡し団体", "単独依存", "提案", "展開計画", "変化", "データの問題", "出典"):
        sheet = book[name]
        top = header_row(sheet)
        assert sheet.auto_filter.ref.startswith(f"A{top}:")
        assert sheet.print_title_rows == f"${top}:${top}"
    for sheet in book:
        upright = "portrait" if sheet.title in ("概要", "つながりの図") else "landscape"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (upright, 9)
        assert sheet.page_setup.fitToWidth in (None, 1)  # one page wide is the default
        assert sheet.page_setup.fitToHeight == 0 or sheet.title in (
            "概要",
            "被覆表",
            "つながりの図",
            "構成表",
            "施策表",
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_overview_counts_and_draws_the_statuses(path: Path, book: Workbook) -> None:
    sheet = book["概要"]
    counts = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, 40)}
    assert [counts[f"{s.symbol} {s.label.ja}"] for s in FIVE.values()] == [3] * 5
    assert counts["合計"] == 15
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode("utf-8")
    assert "概要" in chart
    assert chart.count("<c:dPt>") == len(FIVE)


def test_missing_long_and_listed_values_are_kept_readable(book: Workbook) -> None:
    assert column_values(book["橋渡し団体"], "拘束度") == [None]
    assert column_values(book["橋渡し団体"], "切断点") == ["○"]
    longest = max(len(str(cell.value)) for cell in cells(book))
    assert longest <= 32_767
    assert any(str(value).endswith("…") for value in column_values(book["空白一覧"], "根拠"))


def test_the_method_holds_the_formula_and_every_status(book: Workbook) -> None:
    text = " ".join(str(cell.value) for row in book["方法"].iter_rows() for cell in row)
    assert "深刻度 = 重み" in text
    assert all(status.meaning.ja in text for status in FIVE.values())


def test_the_same_graph_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert report(MadeUpGraph(), tmp_path).read_bytes() == path.read_bytes()


def test_english_has_no_japanese_words_of_ours(tmp_path: Path) -> None:
    book = load(report(MadeUpGraph(), tmp_path, "en"))
    assert book.sheetnames == [OVERVIEW.en, *(name.en for name in PURPOSES if name is not WAVES)]
    for sheet in book:
        if sheet.freeze_panes and sheet.title not in ("Coverage", "Composition", "Measures by stage"):
            titles = [str(cell.value) for cell in sheet[header_row(sheet)] if cell.value]
            assert all(title.isascii() for title in titles), titles


def test_an_empty_graph_gives_a_report_that_says_so(tmp_path: Path) -> None:
    book = load(report(EmptyGraph(), tmp_path))
    assert set(SHEETS["ja"]) - set(book.sheetnames) <= {
        "つながりの図",
        "構成表",
        "施策表",
        "データの問題",
    }  # these had nothing to say
    for name in ("空白一覧", "橋渡し団体", "単独依存", "提案", "展開計画", "変化"):
        sheet = book[name]
        assert sheet.cell(header_row(sheet) + 1, 1).value == "該当なし"


def test_an_unwritable_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        write_workbook(MadeUpGraph(), tmp_path / "file" / "report.xlsx")  # type: ignore[arg-type]


def test_libreoffice_opens_it(path: Path, tmp_path: Path, lacking: Callable[[str], None]) -> None:
    if shutil.which("soffice") is None:
        lacking("LibreOffice is not installed; `make test` installs it where it may")
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "ja.pdf").stat().st_size > 10_000


# ---- page one and its numbers ----


def test_every_number_of_page_one_selects_exactly_the_rows_it_counts(book: Workbook) -> None:
    found = []
    for row in book["概要"].iter_rows():
        for cell in row:
            if cell.hyperlink is None or not isinstance(cell.value, int):
                continue
            name, cells = cell.hyperlink.location.replace("'", "").split("!")
            selected = book[name][cells]
            assert all(line[0].value is not None for line in selected)
            assert selected[0][0].row > header_row(book[name])
            found.append((cell.value, len(selected)))
    assert len(found) >= 10
    assert [number for number, _ in found] == [rows for _, rows in found]


def test_the_rows_of_a_status_are_of_that_status(book: Workbook) -> None:
    labels = {f"{status.symbol} {status.label.ja}" for status in FIVE.values()}
    seen = 0
    for row in book["概要"].iter_rows(max_col=2):
        if row[0].value in labels and row[1].hyperlink is not None:
            name, cells = row[1].hyperlink.location.replace("'", "").split("!")
            place = [cell.value for cell in book[name][header_row(book[name])]].index("状況")
            assert {line[place].value for line in book[name][cells]} == {row[0].value}
            seen += 1
    assert seen == len(FIVE)


def test_page_one_has_a_conclusion_and_no_hint_for_staff(book: Workbook) -> None:
    text = "".join(str(cell.value) for row in book["概要"].iter_rows() for cell in row if cell.value is not None)
    for word in ("結論", "主な空白と候補", "主な橋渡し団体", "読むときの注意", "出典"):
        assert word in text
    assert "tsunagari" not in text.lower()
    assert "closed" not in text


# ---- printing ----


def pages(frame: pd.DataFrame, table: str, folder: Path) -> int:
    """How many A4 pages LibreOffice prints of a table."""
    buffer = io.BytesIO()
    book = new_workbook(buffer, title="印刷", day="")
    report = Book(book, "ja", "印刷", "", make_formats(book))
    sheet, top = add_sheet(report, Message(table, table))
    write_table(report, sheet, top, frame, sheet_columns(table))
    book.close()
    path = folder / f"{table}.xlsx"
    path.write_bytes(buffer.getvalue())
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", path.with_suffix(".pdf").read_bytes()))


NAME = "特定非営利活動法人 架空の地域よりそい支援センター"
CELL: dict[str, Any] = {
    "area": "大和郡山市",
    "prefecture": "奈良県",
    "field": "性的マイノリティ",
    "status_mark": "△ 広域のみ",
}
CELL |= {"severity": 0.6, "rank": 1, "broker": NAME, "sentence": "長い説明" * 60}
BETWEEN: dict[str, Any] = {"standing": "120（100–150）", "organization": NAME, "group": "社会福祉協議会", "degree": 30}
BETWEEN |= {"brokerage": 384, "betweenness": 0.012, "constraint": 0.1, "is_cut_point": True, "sentence": "説明" * 120}
REASONS = {"candidate": NAME, "reasons": "同じ圏域の市町村で活動、" * 4, "path": NAME * 3}


@pytest.mark.parametrize(
    ("table", "rows", "row", "most"),
    [
        ("brokers", 220, BETWEEN, 10),
        ("gaps", 105, CELL | {"providers": [NAME] * 12, "candidates": [NAME] * 3}, 6),
        ("remedies", 50, CELL | REASONS, 2),
    ],
)
def test_lists_print_on_few_pages(
    tmp_path: Path, lacking: Callable[[str], None], table: str, rows: int, row: dict[str, Any], most: int
) -> None:
    if shutil.which("soffice") is None:
        lacking("LibreOffice is not installed")
    assert 1 <= pages(pd.DataFrame([row] * rows), table, tmp_path) <= most


def test_many_names_in_a_cell_are_counted_and_open_all_of_them(tmp_path: Path) -> None:
    names = [f"架空の会{number}" for number in range(12)]
    buffer = io.BytesIO()
    book = new_workbook(buffer, title="", day="")
    report = Book(book, "ja", "", "", make_formats(book))
    rows = pd.DataFrame([CELL | {"providers": found} for found in (names, names[:2])])
    sheet, top = add_sheet(report, Message("表", "table"))
    write_table(report, sheet, top, rows, sheet_columns("gaps"))
    book.close()
    shown = openpyxl.load_workbook(buffer)["表"]
    titles = [cell.value for cell in shown[top + 1]]
    cell = shown.cell(top + 2, titles.index("提供団体") + 1)
    assert cell.value == "架空の会0、架空の会1　ほか10"
    assert shown[cell.hyperlink.location.rpartition("!")[2]].value == "、".join(names)
    assert titles[-1] == "提供団体（すべて）"
    assert shown.cell(top + 3, cell.column).value == "架空の会0、架空の会1"
    assert shown.print_area.endswith(f"${top + 3}")
    assert not shown.print_area.partition(":")[2].startswith(f"${shown.cell(1, len(titles)).column_letter}$")
