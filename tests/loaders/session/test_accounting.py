"""Everything is accounted for: a marked cell stands in the graph or in the report, whatever list it is in."""

from __future__ import annotations

import csv
import io
import random
import re
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook as open_workbook

from tsunagari.loaders.fiction.synthesis import synthesize
from tsunagari.loaders.issues.issues import Issue
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Reference, Temporal

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
SETTINGS = tomllib.loads((SAMPLES / "tsunagari.toml").read_text(encoding="utf-8"))
# RDF, schemes, workbooks and registers have tests of their own below.
LISTS = [
    source
    for source in SETTINGS["source"]
    if source["file"].endswith(".csv") and source["kind"] not in ("schemes", "corporate-numbers")
]
MUTANTS = 20  # of each list; more than 500 in all
MARK = "印{:04d}号"


def table(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def is_table(path: Path) -> bool:
    try:
        return bool(table(path))
    except AssertionError:
        return False


def write(folder: Path, source: dict[str, object], rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / str(source["file"])).write_text(text.getvalue(), encoding="utf-8")
    lines = ['[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "pf.csv"\nkind = "platforms"\n[[source]]']
    for key, value in source.items():
        if key in ("file", "kind", "rows", "area", "inside"):
            lines.append(f'{key} = "{value}"')
        if key in ("columns", "values") and isinstance(value, dict):
            lines.append(f"{key} = {{ " + ", ".join(f'"{name}" = "{text}"' for name, text in value.items()) + " }")
    if "platform" in source:
        lines.append('platform = "pf"')
    (folder / "tsunagari.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "pf.csv").write_text("ID,名称\npf,架空の場\n", encoding="utf-8")


def words_of(load: Load) -> str:
    """Return everything that the graph says as one text."""
    found = []
    for record in load.records:
        found.append(record.iri)
        for values in record.values.values():
            for value in values:
                written = value.as_written if isinstance(value, Temporal) else ""
                found.append(value.iri if isinstance(value, Reference) else f"{value} {written}")
        found += [f"{place.quote} {place.page}" for place in record.evidence]
    return "\n".join(found)


def is_told(issues: list[Issue], mark: str, row: int, header: str, file: str) -> bool:
    """Tell whether the report shows the cell, says that its row is none, or names its column as unread."""
    for issue in issues:
        if issue.file != file:
            continue
        if mark in f"{issue.value} {issue.message.ja} {issue.hint.ja}":
            return True
        if issue.row == row and ("この行" in issue.message.ja or issue.column == header or issue.code in ROW_CODES):
            return True
        if issue.value == header or (issue.column == header and issue.code in COLUMN_CODES):
            return True
        if issue.code in ("serial-columns", "unread-columns") and header in issue.message.ja:
            return True
        if issue.row == row and issue.code == "telephone-rest":  # which may be a person's name and is not repeated
            return True
    return False


COLUMN_CODES = {
    "unmapped-column",
    "personal-column",
    "duplicate-column",
    "unknown-indicator",
    "headerless-column",
    "beside-code",
}
ROW_CODES = {"total-row", "note-row", "heading-row", "section-row", "repeated-header", "nothing-read"}
RUNNING_NUMBERS = {"no", "no.", "番号", "通し番号", "連番", "整理番号", "#"}


@pytest.mark.parametrize("source", LISTS, ids=lambda source: source["file"])
def test_a_marked_cell_is_in_the_graph_or_in_the_report(tmp_path: Path, source: dict[str, object]) -> None:
    rows = table(SAMPLES / str(source["file"]))
    header_row = max(range(min(5, len(rows))), key=lambda place: sum(map(bool, rows[place])))
    chance = random.Random(str(source["file"]))
    lost = []
    for number in range(MUTANTS):
        place = chance.randrange(header_row + 1, len(rows))
        column = chance.randrange(len(rows[header_row]))
        mark, header = MARK.format(number), rows[header_row][column]
        changed = [list(row) for row in rows]
        changed[place] += [""] * (column + 1 - len(changed[place]))
        changed[place][column] = mark
        write(tmp_path, source, changed)
        load = load_workspace(tmp_path)
        is_kept = mark in words_of(load) or header.lower() in RUNNING_NUMBERS
        if not is_kept and not is_told(load.issues, mark, place + 1, header, str(source["file"])):
            lost.append((place + 1, header, mark))
    assert not lost


def test_there_are_enough_mutants() -> None:
    assert len(LISTS) * MUTANTS >= 500


def test_a_marked_cell_of_the_fictional_country_is_accounted_for(tmp_path: Path) -> None:
    synthesize(tmp_path, organizations=60, seed=5)
    settings = tomllib.loads((tmp_path / "tsunagari.toml").read_text(encoding="utf-8"))
    kinds = {str(source["file"]): str(source["kind"]) for source in settings["source"]}
    # what a register leaves out is counted, see below
    files = [file for file, kind in sorted(kinds.items()) if kind != "corporate-numbers" and file.endswith(".csv")]
    files = [file for file in files if is_table(tmp_path / file)]
    assert {kinds[file] for file in files} >= {"members", "services", "ties", "needs", "npo-portal", "open-dataset"}
    assert "platforms" in kinds.values()
    chance = random.Random(7)
    lost = []
    for number in range(48):
        file = files[number % len(files)]
        path = tmp_path / file
        before = path.read_bytes()
        rows = table(path)
        header_row = header_of(file, rows)
        place, column = chance.randrange(header_row + 1, len(rows)), chance.randrange(len(rows[header_row]))
        mark, header = MARK.format(number), rows[header_row][column]
        if len(rows[place]) <= column or not any(rows[place]):
            continue
        if kinds[file] == "platforms" and header == "ID":  # by which the settings name them
            continue
        rows[place][column] = mark
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8")
        load = load_workspace(tmp_path)
        is_kept = mark in words_of(load) or header.lower() in RUNNING_NUMBERS
        if not is_kept and not is_told(load.issues, mark, place + 1, header, file):
            lost.append((file, place + 1, header, mark))
        path.write_bytes(before)
    assert not lost


def test_a_marked_cell_of_a_workbook_of_the_fictional_country_is_accounted_for(tmp_path: Path) -> None:
    synthesize(tmp_path, organizations=60, seed=5)
    settings = tomllib.loads((tmp_path / "tsunagari.toml").read_text(encoding="utf-8"))
    files = sorted(str(source["file"]) for source in settings["source"] if str(source["file"]).endswith(".xlsx"))
    assert {source["kind"] for source in settings["source"] if source["file"] in files} >= {"members", "ties", "needs"}
    chance = random.Random(11)
    lost = []
    for number in range(36):
        file = files[number % len(files)]
        path = tmp_path / file
        before = path.read_bytes()
        book = open_workbook(path)
        sheet = chance.choice([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"])
        counts = [sum(cell.value is not None for cell in row) for row in sheet.iter_rows(max_row=8)]
        head = counts.index(max(counts)) + 1
        cell = chance.choice([c for row in sheet.iter_rows(min_row=head + 1) for c in row if c.value is not None])
        cell.value = mark = MARK.format(number)
        book.save(path)
        load = load_workspace(tmp_path)
        columns = [str(above.value) for above in next(sheet.iter_cols(cell.column, cell.column, 1, head))]
        is_number = not RUNNING_NUMBERS.isdisjoint(name.lower() for name in columns)
        is_known = mark in words_of(load) or is_number or header_names(load.issues, columns)
        if not is_known and not any(is_told(load.issues, mark, cell.row, name, file) for name in columns):
            lost.append((file, sheet.title, cell.coordinate))
        path.write_bytes(before)
    assert not lost


def header_of(file: str, rows: list[list[str]]) -> int:
    """Return the place of the last row of the header: that with most cells, in SSDSE the third with labels."""
    if "SSDSE" in file:
        return 2
    return max(range(min(8, len(rows))), key=lambda place: sum(map(bool, rows[place])))


HEADS = {"members.xlsx": 4, "members-marks.xlsx": 3, "ties-square.xlsx": 2}  # rows of title and header
WORKBOOKS = [source for source in SETTINGS["source"] if source["file"].endswith(".xlsx")]


@pytest.mark.parametrize("source", WORKBOOKS, ids=lambda source: source["file"])
def test_a_marked_cell_of_a_workbook_is_accounted_for(tmp_path: Path, source: dict[str, object]) -> None:
    file, lost = str(source["file"]), []
    chance = random.Random(file)
    write(tmp_path, source, [["x"]])
    for number in range(MUTANTS):
        book = open_workbook(SAMPLES / file)
        filled = [
            (sheet, cell)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and cell.row > HEADS[file]
        ]
        sheet, cell = chance.choice(filled)
        mark = MARK.format(number)
        cell.value = mark
        book.save(tmp_path / file)
        load = load_workspace(tmp_path)
        columns = [str(above.value) for above in next(sheet.iter_cols(cell.column, cell.column, 1, cell.row))]
        is_number = not RUNNING_NUMBERS.isdisjoint(name.lower() for name in columns)
        is_known = mark in words_of(load) or is_number or header_names(load.issues, columns)
        if not is_known and not is_told(load.issues, mark, cell.row, mark, file):
            lost.append((sheet.title, cell.coordinate))
    assert not lost


def header_names(issues: list[Issue], columns: list[str]) -> bool:
    """Tell whether a column is named as unread by one of the cells above the marked one."""
    told = [issue.value or "" for issue in issues if issue.code in (*COLUMN_CODES, "unknown-matrix-column")]
    return any(name in text for name in columns if name != "None" for text in told)


def test_a_marked_literal_of_rdf_is_accounted_for(tmp_path: Path) -> None:
    text = (SAMPLES / "bodies.ttl").read_text(encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "bodies.ttl"\nkind = "rdf"\n', encoding="utf-8"
    )
    literals = list(re.finditer(r'"([^"]+)"', text))
    lost = []
    for number, found in enumerate(literals):
        mark = MARK.format(number)
        changed = f"{text[: found.start(1)]}{mark}{text[found.end(1) :]}"
        (tmp_path / "bodies.ttl").write_text(changed, encoding="utf-8")
        load = load_workspace(tmp_path)
        told = " ".join(f"{issue.value} {issue.message.ja} {issue.hint.ja}" for issue in load.issues)
        quads = " ".join(str(quad) for kept in load.kept for quad in kept)
        if mark not in f"{words_of(load)} {told} {quads}":
            lost.append(found[0])
    assert len(literals) > 5
    assert not lost


def test_a_marked_cell_of_a_scheme_is_accounted_for(tmp_path: Path) -> None:
    rows = table(SAMPLES / "schemes.csv")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "schemes.csv"\nkind = "schemes"\nscheme = "kakuu"\n'
        'title = "架空の分野"\n[[source]]\nfile = "pf.csv"\nkind = "platforms"\n',
        encoding="utf-8",
    )
    (tmp_path / "pf.csv").write_text("ID,名称\npf,架空の場\n", encoding="utf-8")
    lost = []
    for place in range(1, len(rows)):
        for column, header in enumerate(rows[0]):
            mark = MARK.format(10 * place + column) if header != "記号" else f"m{place}"
            changed = [list(row) for row in rows]
            changed[place][column] = mark
            text = io.StringIO()
            csv.writer(text).writerows(changed)
            (tmp_path / "schemes.csv").write_text(text.getvalue(), encoding="utf-8")
            load = load_workspace(tmp_path)
            concepts = repr(load.vocabulary.schemes["kakuu"]) if "kakuu" in load.vocabulary.schemes else ""
            told = " ".join(f"{issue.value} {issue.message.ja}" for issue in load.issues)
            if mark not in f"{concepts} {words_of(load)} {told}":
                lost.append((place + 1, header))
    assert not lost


REGISTER_COLUMNS = (
    *(
        "一連番号",
        "法人番号",
        "処理区分",
        "訂正区分",
        "更新年月日",
        "変更年月日",
        "商号又は名称",
        "商号又は名称イメージID",
    ),
    *(
        "法人種別",
        "国内所在地（都道府県）",
        "国内所在地（市区町村）",
        "国内所在地（丁目番地等）",
        "国内所在地イメージID",
    ),
    *("都道府県コード", "市区町村コード", "郵便番号", "国外所在地", "国外所在地イメージID", "登記記録の閉鎖等年月日"),
    *(
        "登記記録の閉鎖等の事由",
        "承継先法人番号",
        "変更事由の詳細",
        "法人番号指定年月日",
        "最新履歴",
        "商号又は名称（英語表記）",
    ),
    *("国内所在地（都道府県）（英語表記）", "国内所在地（市区町村丁目番地等）（英語表記）", "国外所在地（英語表記）"),
    *("フリガナ", "検索対象除外"),
)


def test_a_register_names_what_it_leaves_out_and_reads_the_rest(tmp_path: Path) -> None:
    rows = table(SAMPLES / "corporate-numbers.csv")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "r.csv"\nkind = "corporate-numbers"\nkeep = "all"\n',
        encoding="utf-8",
    )
    assert len(rows[0]) == len(REGISTER_COLUMNS)
    lost = []
    for column, header in enumerate(REGISTER_COLUMNS):
        mark = MARK.format(column)
        changed = [list(row) for row in rows]
        changed[1][column] = mark
        text = io.StringIO()
        csv.writer(text).writerows(changed)
        (tmp_path / "r.csv").write_text(text.getvalue(), encoding="utf-8")
        load = load_workspace(tmp_path)
        told = " ".join(f"{issue.value} {issue.message.ja} {issue.hint.ja}" for issue in load.issues)
        is_switch = header in ("処理区分", "最新履歴", "検索対象除外")  # any value but one means that the row counts
        is_known = header in ("国外所在地", "法人種別")  # by the address in Japan, and by the name
        if mark not in f"{words_of(load)} {told}" and header not in told and not is_switch and not is_known:
            lost.append(header)
    assert not lost


@pytest.mark.parametrize("source", LISTS, ids=lambda source: source["file"])
def test_rows_in_are_facts_or_rows_that_the_report_names(tmp_path: Path, source: dict[str, object]) -> None:
    rows = table(SAMPLES / str(source["file"]))
    write(tmp_path, source, rows)
    load = load_workspace(tmp_path)
    stated = {
        place.row
        for record in load.records
        for place in record.evidence
        if place.source.endswith("/" + str(source["file"]))
    }
    named = {issue.row for issue in load.issues if issue.file == source["file"]}
    header_row = max(range(min(5, len(rows))), key=lambda place: sum(map(bool, rows[place])))
    cited = any("source" in record.iri for record in load.records if record.evidence)
    missing = [
        number
        for number, row in enumerate(rows, start=1)
        if number > header_row + 1 and any(row) and number not in stated | named
    ]
    assert not missing or (cited and source["kind"] not in ("members", "organizations", "services", "open-dataset"))
