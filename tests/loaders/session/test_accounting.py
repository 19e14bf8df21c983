"""Everything is accounted for: a marked cell stands in the graph or in the report, whatever list it is in."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from pathlib import Path

import pytest

from tsunagari.loaders.fiction.synthesis import synthesize
from tsunagari.loaders.issues.issues import Issue
from tsunagari.loaders.workspace.workspace import Load, load_workspace
from tsunagari.ontology.records import Reference, Temporal

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
SETTINGS = tomllib.loads((SAMPLES / "tsunagari.toml").read_text(encoding="utf-8"))
# RDF and schemes have rules of their own; what a register leaves out is counted, not listed.
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
        if issue.row == row and ("この行" in issue.message.ja or issue.column == header):
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
    files = sorted(
        {
            str(source["file"])
            for source in settings["source"]
            if source["kind"] in ("members", "organizations", "services")
        }
    )
    files = [file for file in files if file.endswith(".csv") and is_table(tmp_path / file)]
    chance = random.Random(7)
    lost = []
    for number in range(12):
        file = chance.choice(files)
        path = tmp_path / file
        before = path.read_bytes()
        rows = table(path)
        header_row = max(range(min(8, len(rows))), key=lambda place: sum(map(bool, rows[place])))
        place, column = chance.randrange(header_row + 1, len(rows)), chance.randrange(len(rows[header_row]))
        mark, header = MARK.format(number), rows[header_row][column]
        if len(rows[place]) <= column or not any(rows[place]):
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
