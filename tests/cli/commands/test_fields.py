"""``tsunagari fields``: the words that were not understood, and the file that says what they mean."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

LIST = """団体名,市区町村,活動分野
架空の会A,鳥取市,謎の活動
架空の会B,鳥取市,謎の活動、居場所
架空の会C,鳥取市,相談
架空の会D,鳥取市,=1+1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2024-01-01\n[[source]]\nfile = "a.csv"\nkind = "organizations"\n', encoding="utf-8"
    )
    return tmp_path


def lines(folder: Path) -> list[list[str]]:
    return list(csv.reader((folder / "field-words.csv").read_text(encoding="utf-8-sig").splitlines()))


def test_open_words_are_listed_with_counts_and_written_to_fill_in(folder: Path, invoke: Any) -> None:
    shown = json.loads(invoke("fields", "-w", folder, "--format", "json").stdout)
    assert [(row["word"], row["count"], row["status"]) for row in shown] == [
        ("謎の活動", 2, "unmatched-field"),
        ("=1+1", 1, "unmatched-field"),
        ("相談", 1, "ambiguous-field"),
    ]
    assert lines(folder)[0] == ["語", "分野", "対応", "件数", "候補"]
    assert [line[0] for line in lines(folder)[1:]] == ["謎の活動", "'=1+1", "相談"], "no cell is a formula"
    assert "地域共生社会" in lines(folder)[3][4]


def test_what_was_filled_in_counts_at_the_next_build_and_stays(folder: Path, invoke: Any) -> None:
    invoke("fields", "-w", folder)
    text = (folder / "field-words.csv").read_text(encoding="utf-8-sig")
    text = text.replace("謎の活動,,,", "謎の活動,防災,含まれる,").replace("相談,,,", "相談,,対象外,")
    (folder / "field-words.csv").write_text(text, encoding="utf-8-sig")
    before = (folder / "field-words.csv").read_bytes()
    shown = json.loads(invoke("fields", "-w", folder, "--all", "--format", "json").stdout)
    known = {row["word"]: (row["status_label"], row["fields"]) for row in shown}
    assert known["謎の活動"] == ("対応済み", ["防災 (含まれる)"])
    assert known["居場所"] == ("対応済み", ["地域共生社会 (含まれる)"])
    assert known["相談"] == ("対象外", [])
    assert known["=1+1"] == ("対応なし", [])
    assert (folder / "field-words.csv").read_bytes() == before, "nothing new, nothing written"
    invoke("build", "-w", folder)
    cells = json.loads(invoke("gaps", "-w", folder, "--format", "json").stdout)
    evidence = next(cell["evidence"] for cell in cells if cell["field"] == "防災")
    assert any("「謎の活動」は防災に含まれる" in place for place in evidence)


def test_only_new_words_are_added(folder: Path, invoke: Any) -> None:
    (folder / "field-words.csv").write_text("source,target,relation\n相談,生活困窮,related\n", encoding="utf-8")
    assert "2 語" in invoke("fields", "-w", folder).output
    assert lines(folder)[:2] == [["source", "target", "relation"], ["相談", "生活困窮", "related"]]
    assert [line[0] for line in lines(folder)[2:]] == ["謎の活動", "'=1+1"]


def test_nothing_is_written_when_not_wanted_or_not_needed(folder: Path, invoke: Any) -> None:
    invoke("fields", "-w", folder, "--no-write")
    (folder / "a.csv").write_text("団体名,活動分野\n架空の会A,居場所\n", encoding="utf-8")
    assert "すべて読めました" in invoke("fields", "-w", folder).output
    assert not (folder / "field-words.csv").exists()


def test_it_speaks_english(folder: Path, invoke: Any) -> None:
    page = invoke("fields", "-w", folder, "--lang", "en").output
    assert "not matched" in page
    assert "words added to" in page
    assert lines(folder)[0] == ["word", "field", "relation", "count", "candidates"]
