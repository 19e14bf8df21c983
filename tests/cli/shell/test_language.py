from __future__ import annotations

import pytest

from tsunagari.cli.shell.language import default_language, scan_language, scan_option
from tsunagari.viz.look.wrapping import display_width, wrap_text


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "ja"),
        ({"LANG": "C"}, "ja"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "TSUNAGARI_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "TSUNAGARI_LANG": "fr"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(environ: dict[str, str], expected: str) -> None:
    assert default_language(environ) == expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["gaps"], None),
        (["gaps", "--lang", "en"], "en"),
        (["--lang=en", "gaps"], "en"),
        (["gaps", "--lang", "en", "--lang", "ja"], "ja"),
        (["gaps", "--lang"], None),
        (["gaps", "--lang", "fr"], None),
        (["query", "--", "--lang", "en"], None),
    ],
)
def test_the_option_is_found_wherever_it_stands(args: list[str], expected: str | None) -> None:
    assert scan_language(args) == expected


def test_scan_takes_the_last_of_several_spellings() -> None:
    assert scan_option(["-w", "a", "--workspace=b"], "-w", "--workspace") == "b"


def test_wide_characters_take_two_columns() -> None:
    assert display_width("鳥取市A") == 7
    assert display_width("か\u3099") == 2


@pytest.mark.parametrize("width", [10, 21, 40, 80])
def test_wrapped_lines_fit_and_lose_nothing(width: int) -> None:
    text = "鳥取市と八頭町をつなぐ唯一の団体です。tsunagari build を（もう一度）実行してください。"
    lines = wrap_text(text, width, first="・", rest="　").split("\n")
    assert all(display_width(line) <= width + 2 for line in lines)
    assert "".join(line[1:] for line in lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_starts_with_a_closing_mark() -> None:
    for width in range(8, 40):
        lines = wrap_text("鳥取市の食支援、居場所。次の「見守り」です。", width).split("\n")
        assert not any(line[0] in "、。」" for line in lines)


def test_a_word_longer_than_a_line_stays_whole() -> None:
    assert wrap_text("see https://example.org/a/long/path now", 12) == "see\nhttps://example.org/a/long/path\nnow"
