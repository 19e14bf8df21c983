"""The load report in every layout."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from tests.cli.conftest import Invoke, run

KEYS = {
    "severity",
    "code",
    "file",
    "sheet",
    "row",
    "column",
    "value",
    "message",
    "hint",
    "candidates",
    "count",
    "of",
    "node",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty") / "作業 フォルダー"
    run("init", folder)
    members = folder / "会員名簿.csv"
    members.write_bytes("団体名,入会日\n架空の会,近日中\n".encode("cp932"))
    with (folder / "tsunagari.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[source]]\nfile = "会員名簿.csv"\nkind = "members"\nplatform = "example-pf"\n')
    run("build", "-w", folder, "-q")
    return folder


def test_json_has_the_documented_keys(invoke: Invoke, faulty: Path) -> None:
    found = json.loads(invoke("check", "-w", faulty, "--format", "json", exit_code=1).stdout)
    assert set(found[0]) == KEYS
    issue = next(item for item in found if item["code"] == "bad-date")
    assert (issue["severity"], issue["file"], issue["sheet"]) == ("error", "会員名簿.csv", None)
    assert (issue["row"], issue["column"], issue["value"]) == (2, "入会日", "近日中")


def test_csv_for_excel_has_a_mark(invoke: Invoke, faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "問題.csv"
    invoke("check", "-w", faulty, "-o", target, exit_code=1)
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))["severity"] == "error"


def test_xlsx_is_chosen_by_the_suffix_and_ends_like_the_others(invoke: Invoke, faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "問題.xlsx"
    result = invoke("check", "-w", faulty, "-o", target, exit_code=1)
    assert result.stdout.strip() == str(target)
    assert "会員名簿.csv" in openpyxl.load_workbook(target).sheetnames


def test_without_a_place_the_workbook_goes_to_out(invoke: Invoke, faulty: Path) -> None:
    invoke("build", "-w", faulty, "--format", "xlsx")
    assert (faulty / "out" / "issues.xlsx").is_file()
    (faulty / "out" / "issues.xlsx").unlink()
    invoke("build", "-w", faulty, "--dry-run", "--format", "xlsx")
    assert (faulty / "out" / "issues.xlsx").is_file()


def test_standard_output_gets_the_bytes(invoke: Invoke, faulty: Path) -> None:
    result = invoke("check", "-w", faulty, "--format", "xlsx", "-o", "-", exit_code=1)
    assert openpyxl.load_workbook(io.BytesIO(result.stdout_bytes)).sheetnames[0] == "直すもの"


def test_other_commands_write_their_table_alone(invoke: Invoke, faulty: Path) -> None:
    result = invoke("gaps", "-w", faulty, "--format", "xlsx", "-o", "-")
    book = openpyxl.load_workbook(io.BytesIO(result.stdout_bytes))
    assert book.sheetnames == ["表"]
    assert book["表"].max_row > 1


def test_what_a_rule_finds_leads_to_the_row_of_the_sheet(invoke: Invoke, tmp_path: Path) -> None:
    invoke("init", tmp_path)
    path = tmp_path / "つながり.xlsx"
    book = openpyxl.load_workbook(path)
    book["会員名簿"].append(["架空こども食堂", None, "任意団体", None, "協力会員", "令和6年12月1日", None, "鳥取市"])
    book.save(path)
    book.close()
    settings = (tmp_path / "tsunagari.toml").read_text(encoding="utf-8")
    titled = settings.replace('sheet = "会員名簿"', 'sheet = "会員名簿"\ntitle = "架空の名簿"')
    (tmp_path / "tsunagari.toml").write_text(titled, encoding="utf-8")
    invoke("build", "-w", tmp_path, "-q")
    found = json.loads(invoke("check", "-w", tmp_path, "--format", "json").stdout)
    rule = next(item for item in found if item["code"] == "joined-once")
    assert (rule["file"], rule["sheet"]) == ("つながり.xlsx", "会員名簿")
    invoke("check", "-w", tmp_path, "-o", tmp_path / "issues.xlsx")
    assert "会員名簿（つながり.xlsx）" in openpyxl.load_workbook(tmp_path / "issues.xlsx").sheetnames
