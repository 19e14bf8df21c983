"""However many rows are bad, the report stays small and names them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.issues.collection import ALIKE, KEPT, IssueList
from tsunagari.loaders.issues.issues import Issue, make_issue
from tsunagari.loaders.session.load import load_workspace

Write = Callable[..., Path]


def bad_date(row: int, value: str) -> Issue:
    return make_issue("bad-date", file="m.csv", row=row, column="入会日", value=value)


def test_one_value_is_kept_a_number_of_times_and_the_other_rows_are_named() -> None:
    issues = IssueList(bad_date(row, "いつか") for row in range(2, 2 + 3 * ALIKE))
    found = list(issues)
    assert [issue.row for issue in found[:-1]] == list(range(2, 2 + ALIKE))
    assert (found[-1].code, found[-1].severity, found[-1].of) == ("further-issues", "error", "bad-date")
    assert found[-1].count == 2 * ALIKE
    assert f"{2 * ALIKE} 行" in found[-1].message.ja
    assert f"{2 + ALIKE}–{1 + 3 * ALIKE}" in found[-1].message.ja


def test_many_values_are_bounded_too_and_kinds_do_not_crowd_each_other_out() -> None:
    issues = IssueList(bad_date(row, f"いつか{row}") for row in range(10 * KEPT))
    issues.append(make_issue("bad-url", file="m.csv", row=7, column="URL", value="あ"))
    found = list(issues)
    assert len(found) == KEPT + 2
    assert [issue.code for issue in found[-2:]] == ["bad-url", "further-issues"]
    assert issues.count_row("bad-date", "m.csv", None, "入会日", 5)
    assert not issues.count_row("bad-url", "m.csv", None, "URL", 5)


def test_a_value_that_was_told_often_enough_is_only_counted_before_its_text_is_made() -> None:
    issues = IssueList(bad_date(row, "い" * 100) for row in range(ALIKE))
    assert issues.count_row("bad-date", "m.csv", None, "入会日", 900, "い" * 100)
    assert not issues.count_row("bad-date", "m.csv", None, "入会日", 901, "別の値")
    assert list(issues)[-1].count == 1


def test_rows_are_named_as_ranges_and_one_row_counts_once() -> None:
    issues = IssueList(bad_date(row, "い") for row in range(1000, 1000 + ALIKE))
    for row in (5, 6, 6, 7, 9):
        issues.append(bad_date(row, "い"))
    assert list(issues)[-1].count == 4
    assert "5–7, 9" in list(issues)[-1].message.ja


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from("あい")), max_size=80))
def test_few_issues_stay_as_they_are(rows: list[tuple[int, str]]) -> None:
    plain = [bad_date(row, value) for row, value in rows]
    plain = [issue for issue, before in zip(plain, [None, *plain], strict=False) if issue != before]
    assert list(IssueList(plain)) == plain
    again = IssueList()
    again += IssueList(plain)
    assert [*again] == plain


def test_a_list_of_nothing_but_bad_rows_gives_a_short_report(write_workspace: Write) -> None:
    rows = "".join(f"架空会{number},謎{number}市,いつか{number}\n" for number in range(KEPT + 500))
    load = load_workspace(write_workspace(organizations=f"団体名,市区町村,設立日\n{rows}"))
    assert len(load.issues) == 2 * KEPT + 2
    assert [issue.code for issue in load.issues if issue.row is None] == ["further-issues", "further-issues"]
    assert all("500 行" in issue.message.ja for issue in load.issues if issue.code == "further-issues")


def test_what_is_said_of_a_row_twice_running_is_told_once() -> None:
    issues = IssueList([bad_date(1, "い"), bad_date(1, "い"), bad_date(2, "い"), bad_date(2, "う"), bad_date(2, "い")])
    assert [(issue.row, issue.value) for issue in issues] == [(1, "い"), (2, "い"), (2, "う"), (2, "い")]
