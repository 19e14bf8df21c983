"""Many issues as few lines, in words that are true of all of them."""

from __future__ import annotations

from typing import Any

from tsunagari.loaders.issues.issues import issues_frame, make_issue
from tsunagari.viz.issues.groups import IssueGroup, group_issues


def rows(*values: str, code: str = "bad-date", **params: Any) -> list[dict[str, object]]:
    issues = [
        make_issue(code, file="a.csv", column="列", row=row, value=value, **params)
        for row, value in enumerate(values, 2)
    ]
    return issues_frame(issues)


def only(issues: list[dict[str, object]]) -> IssueGroup:
    (group,) = group_issues(issues)
    return group


def test_one_value_keeps_its_words_and_several_get_those_of_the_kind() -> None:
    assert only(rows("いつか", "いつか")).message("ja") == "「いつか」は日付として読めません。"
    mixed = only(rows("いつか", "そのうち", "いつか"))
    assert mixed.message("ja") == "「…」は日付として読めません。"
    assert mixed.shown_values("ja") == "いつか ×2、そのうち"
    assert mixed.shown_rows() == "2,3,4"


def test_a_hint_about_one_value_is_not_given_for_several() -> None:
    found = only(rows("謎", "闇", code="unmatched-field", nearest="防災"))
    assert "防災" not in found.hint("ja")
    assert "field-words.csv" in found.hint("ja")
    assert "防災" in only(rows("謎", code="unmatched-field", nearest="防災")).hint("ja")


def test_issues_that_were_only_counted_belong_to_their_kind() -> None:
    further = rows("x")[0] | {"code": "further-issues", "of": "bad-date", "count": 98, "value": None, "row": None}
    group = only([further, *rows("いつか", "いつか")])
    assert (group.count, group.message("ja")) == (100, "「いつか」は日付として読めません。")


def test_what_is_serious_comes_first_then_what_is_frequent() -> None:
    unread = rows("x", code="unreadable-file", reason="r", remedy="m")
    notice = rows("x", "y", "z", code="blank-word")
    found = group_issues([*notice, *rows("a"), *rows("b", "c", code="bad-url"), *unread])
    assert [group.code for group in found] == ["unreadable-file", "bad-url", "bad-date", "blank-word"]
