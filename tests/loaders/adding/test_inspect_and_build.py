"""What `inspect` says a file is, and which rows it would give, is what a build reads of it; for mutated files too."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.adding.inspection import inspect_file, named_kind
from tsunagari.loaders.fiction.synthesis import synthesize
from tsunagari.loaders.fixes.fixes import Fixes
from tsunagari.loaders.session.reading import read_files
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.vocabulary import vocabulary

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".csv", ".xlsx", ".ttl"))
Rows = list[list[str]]
MUTANTS = 4


def texts(row: Row) -> dict[str, str]:
    found = {**row.cells, **{f"party.{name}": text for name, text in row.party.items()}}
    return found | ({"in_prefecture": row.prefecture} if row.prefecture else {})


def compare(folder: Path, file: str, kind: str | None = None) -> bool:
    """Compare both for a file of a folder; tell whether it is of a kind at all."""
    shown = inspect_file(folder / file, kind=named_kind(kind) if kind is not None else None)
    if shown.kind is None:
        assert not shown.tables
        return False
    settings = f"[workspace]\nas_of = 2025-04-01\n{shown.entry}"
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    reading = (
        read_files(read_workspace(folder), vocabulary(), lambda _done, _total: None, Fixes()) if shown.tables else None
    )
    if reading is None:
        assert shown.problem is not None
        return True
    assert [(view.kind.name, view.sheet, view.rows) for view in shown.tables] == [
        (part.kind.name, part.table.sheet, len(part.table.rows)) for part in reading.files
    ]
    for view, part in zip(shown.tables, reading.files, strict=True):
        first = [(row.number, texts(row)) for row in part.table.rows[: len(view.samples)]]
        assert view.samples == first
        assert [(column.column, column.header) for column in view.columns] == list(part.table.headers.items())
    told = [(issue.code, issue.row, issue.column, issue.value) for issue in shown.issues]
    read = {(issue.code, issue.row, issue.column, issue.value) for issue in reading.issues}
    assert [item for item in told if item not in read | others(reading.files)] == []
    return True


def others(files: list) -> set[tuple[str, int | None, str | None, str | None]]:  # type: ignore[type-arg]
    """Issues of the tables themselves."""
    return {(issue.code, issue.row, issue.column, issue.value) for part in files for issue in part.table.issues}


@pytest.mark.parametrize("file", FILES)
def test_a_sample_is_read_as_it_is_shown(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_bytes((SAMPLES / file).read_bytes())
    # names alone, and parts of a partnership, could be several kinds: nothing is guessed
    kinds = {"list.csv": None, "partnerships.csv": "partnerships", "support-measures.csv": "support-measures"}
    if file in kinds:
        assert not compare(tmp_path, file)
    assert kinds.get(file, "") is None or compare(tmp_path, file, kinds.get(file))


def rename(rows: Rows, chance: random.Random) -> None:
    header = rows[0]
    header[chance.randrange(len(header))] = "独自の列"


def blank_rows(rows: Rows, chance: random.Random) -> None:
    rows[:0] = [[""] * len(rows[0]) for _ in range(chance.randrange(1, 4))] + [["架空の一覧（令和7年4月1日現在）"]]


def odd_cell(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows[1:])
    row[chance.randrange(len(row))] = chance.choice(["該当なし", "不明", "※注", "合計", "１２３", "4.01E+12", "x" * 60])


def drop_column(rows: Rows, chance: random.Random) -> None:
    place = chance.randrange(len(rows[0]))
    for row in rows:
        del row[place : place + 1]


def heading(rows: Rows, chance: random.Random) -> None:
    rows.insert(chance.randrange(1, len(rows) + 1), ["【架空の区分】"])


CHANGES: list[Callable[[Rows, random.Random], None]] = [rename, blank_rows, odd_cell, drop_column, heading]
TABLES = [file for file in FILES if file.endswith(".csv") and file != "corporate-numbers.csv"]


@pytest.mark.parametrize("file", TABLES)
def test_a_mutated_sample_is_read_as_it_is_shown(tmp_path: Path, file: str) -> None:
    data = (SAMPLES / file).read_bytes()
    encoding = "cp932" if "cp932" in file or file == "npo-portal.csv" else "utf-8-sig"
    chance = random.Random(file)
    for number in range(MUTANTS):
        rows = list(csv.reader(io.StringIO(data.decode(encoding))))
        for change in chance.sample(CHANGES, 2):
            change(rows, chance)
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        (tmp_path / file).write_bytes(text.getvalue().encode("cp932" if number % 2 else "utf-8", "replace"))
        compare(tmp_path, file)


def test_each_file_of_the_fictional_country_is_read_as_it_is_shown(tmp_path: Path) -> None:
    made = synthesize(tmp_path / "country", organizations=60, seed=3)
    names = sorted({source.file for source in read_workspace(made.folder).sources})
    assert len(names) > 10
    for name in names:
        folder = tmp_path / "one"
        folder.mkdir(exist_ok=True)
        target = Path(name).name
        (folder / target).write_bytes((made.folder / name).read_bytes())
        assert compare(folder, target), name
