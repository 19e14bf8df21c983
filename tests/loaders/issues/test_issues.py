from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

from tsunagari.errors import Message
from tsunagari.loaders.issues.issue_codes import CODES
from tsunagari.loaders.issues.issues import Issue, issues_frame, join_names, make_issue, plain_names

NEW = ("candidates", "count", "of")
PLACES = {"file", "column", "value"}
CODE_NAMES = Path(__file__).with_name("issue_codes.txt")
CODE_TABLE = Path(__file__).parents[3] / "loaders" / "issues" / "issue_codes.toml"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", CODES)
def test_every_code_speaks_both_languages_of_the_same_things(code: str) -> None:
    kind = CODES[code]
    assert kind.severity in ("error", "warning", "notice")
    assert fields(kind.message.ja) == fields(kind.message.en)
    assert fields(kind.hint.ja) == fields(kind.hint.en)
    params = (fields(kind.message.ja) | fields(kind.hint.ja)) - PLACES
    issue = make_issue(code, file="members.csv", row=2, column="列", value="値", **dict.fromkeys(params, "x"))
    for text in (issue.message.ja, issue.message.en, issue.hint.ja, issue.hint.en):
        assert text
        assert "{" not in text


def test_no_code_is_ever_renamed(regen: bool) -> None:
    pinned = CODE_NAMES.read_text(encoding="utf-8").split()
    assert set(pinned) <= set(CODES), "users filter by these names"
    if regen:
        CODE_NAMES.write_text("".join(f"{code}\n" for code in sorted(CODES)), encoding="utf-8", newline="\n")
    else:
        assert pinned == sorted(CODES), "pytest --regen pins the new ones"


def test_a_code_stands_in_one_group_only() -> None:
    headings = re.findall(r"^\[\w+\.([a-z-]+)\]$", CODE_TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings
    assert sorted(headings) == sorted(CODES)


def test_an_issue_survives_json() -> None:
    issue = make_issue("bad-date", file="members.csv", sheet="会員", row=3, column="入会日", value="未定")
    assert Issue.from_dict(json.loads(json.dumps(issue.as_dict()))) == issue


def test_the_frame_holds_plain_values_in_the_language_asked_for() -> None:
    issue = make_issue("unknown-concept", file="a.csv", row=2, value="x", scheme=Message("分野", "fields"), nearest="y")
    (japanese,), (english,) = issues_frame([issue]), issues_frame([issue], "en")
    assert list(japanese) == ["severity", "code", "file", "sheet", "row", "column", "value", "message", "hint", *NEW]
    assert japanese["message"] == "「x」は分野にありません。"
    assert english["message"] == "'x' is not in the list fields."


def test_braces_in_a_value_and_huge_values_do_no_harm() -> None:
    assert "{0}" in make_issue("bad-date", value="{0}").message.ja
    issue = make_issue("bad-date", value="あ" * 1000)
    assert issue.value is not None
    assert len(issue.value) == 80
    assert issue.value.endswith("…")


def test_lists_of_names() -> None:
    assert (join_names([]).ja, join_names([]).en) == ("－", "–")
    assert (plain_names(["a", "b"]).ja, plain_names(["a", "b"]).en) == ("a、b", "a, b")
