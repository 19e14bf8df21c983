from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tsunagari.cli.shell.options import FORMATS, Settings
from tsunagari.cli.shell.output import emit_text, folder_path
from tsunagari.cli.shell.tables import DATA_WRITERS, show_frame
from tsunagari.errors import OutputError
from tsunagari.viz.look.wrapping import display_width


def settings(*, form: str = "table", output: str | None = None, lang: str = "ja") -> Settings:
    return Settings(".", None, None, False, lang, form, output, quiet=False, verbose=False, strict=False)


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area": ["鳥取市", "八頭町"],
            "severity": [0.91234, float("nan")],
            "connected": [True, False],
            "fields": [["居場所", "食支援"], []],
            "valid_from": [date(2018, 4, 1), None],
            "sentence": ["一つ目 | の文\n二行目", '「引用」, と "コンマ"'],
        }
    )


def test_the_formats_are_those_the_option_offers() -> None:
    assert {*DATA_WRITERS, "table", "markdown", "parquet", "xlsx"} == set(FORMATS)


def test_csv_keeps_the_stable_column_names(frame: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(frame, settings(form="csv"))
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "area,severity,connected,fields,valid_from,sentence"
    assert "鳥取市,0.91234,True,居場所 | 食支援,2018-04-01," in out
    assert '"「引用」, と ""コンマ"""' in out


def test_csv_in_a_file_opens_in_excel(frame: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "新しい" / "gaps.csv"
    show_frame(frame, settings(form="csv", output=str(path)))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfarea,")
    assert pd.read_csv(path)["area"].tolist() == ["鳥取市", "八頭町"]


def test_json_has_types_and_no_nan(frame: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(frame, settings(form="json"))
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["fields"] == ["居場所", "食支援"]
    assert rows[0]["connected"] is True
    assert rows[0]["valid_from"] == "2018-04-01"
    assert rows[1]["severity"] is None


def test_a_column_that_is_empty_throughout_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(pd.DataFrame({"row": pd.array([None], dtype="Int64"), "file": ["b.ttl"]}), settings(form="json"))
    assert json.loads(capsys.readouterr().out) == [{"row": None, "file": "b.ttl"}]


def test_markdown_cells_stay_cells(frame: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(frame, settings(form="markdown"))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("| 市区町村 | 深刻度 |")
    assert "一つ目 \\| の文 二行目" in lines[2]


def test_markdown_cells_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = pd.DataFrame({"file": ["[架空](javascript:alert(1)) <img src=x> ![絵](x)"]})
    show_frame(hostile, settings(form="markdown"))
    assert "\\[架空](javascript:alert(1)) &lt;img src=x> !\\[絵](x)" in capsys.readouterr().out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_table_fits_the_screen_and_keeps_every_character(
    frame: pd.DataFrame, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    long = frame.assign(
        sentence="鳥取市の居場所は、提供する団体の記載がありません。完全な一覧がないので「ない」とは言えません。"
    )
    show_frame(long, settings(), columns=("area", "severity", "sentence"), width=width)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(display_width, lines)) <= width
    text = "".join(line[20:].strip() for line in lines[2:])
    assert "…" not in text
    assert text.count("完全な一覧") == 2


def test_columns_of_wide_characters_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(pd.DataFrame({"area": ["鳥取市", "津"], "count": [1, 22]}), settings(), width=80)
    lines = capsys.readouterr().out.splitlines()
    assert len({display_width(line) for line in lines}) == 1


def test_too_many_columns_become_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    wide = pd.DataFrame([{f"column{i}": "とても長い値がここに入ります" for i in range(9)}] * 2)
    show_frame(wide, settings(), width=80)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 19
    assert max(map(display_width, lines)) <= 80


def test_without_a_screen_every_row_is_one_line(frame: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(frame.assign(sentence="長い文" * 60), settings(), width=None)
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 4
    assert "\x1b" not in out


def test_markup_in_a_value_is_only_text(capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(pd.DataFrame({"area": ["[red]赤[/red] :smile:"]}), settings(), width=80)
    assert "[red]赤[/red] :smile:" in capsys.readouterr().out


def test_an_empty_frame_shows_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show_frame(pd.DataFrame({"area": [], "severity": []}), settings(form="csv"))
    assert capsys.readouterr().out == "area,severity\n"


def test_a_file_is_replaced_only_when_it_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        emit_text("new\n", str(blocked / "inside.csv"))
    assert blocked.read_text(encoding="utf-8") == "x"


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"):
        emit_text("text", str(tmp_path))
    path = tmp_path / "a"
    path.touch()
    with pytest.raises(OutputError, match="file"):
        folder_path(path)


def test_whether_a_statement_holds_is_words_to_people_and_a_key_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"validity": ["certain", "possible"]})
    for form, lang, text in (("table", "ja", "可能性あり"), ("markdown", "en", "possible"), ("csv", "ja", "possible")):
        show_frame(frame, settings(form=form, lang=lang))
        assert text in capsys.readouterr().out
