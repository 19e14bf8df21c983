"""One scale in a column of shares, or a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.session.load import Load, load_workspace

Write = Callable[..., Path]
PLACES = ("鳥取市", "米子市", "倉吉市", "境港市")


def load(write: Write, cells: list[str], header: str = "高齢化率") -> Load:
    rows = "".join(f'{place},"{cell}"\n' for place, cell in zip(PLACES, cells, strict=False))
    return load_workspace(write(needs=f"市区町村,{header}\n{rows}"))


def values(found: Load) -> list[float]:
    return [float(record.values["value"][0]) for record in found.records if record.cls == "NeedStatement"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cells", "read", "codes"),
    [
        (["30.5%", "0.38", "38"], [30.5, 38.0], ["two-scales"]),
        (["0.301", "38.5", "42.1"], [38.5, 42.1], ["two-scales"]),
        (["0.301", "0.385"], [30.1, 38.5], ["fractions-read"]),
        (["30.1", "385"], [30.1], ["share-outside"]),
        (["0.3%", "30%"], [0.3, 30.0], []),
        (["30.1", "38.5"], [30.1, 38.5], []),
        (["－", "38.5"], [38.5], ["need-absent"]),
    ],
)
def test_a_column_of_shares(write_workspace: Write, cells: list[str], read: list[float], codes: list[str]) -> None:
    found = load(write_workspace, cells)
    assert values(found) == pytest.approx(read)
    assert [issue.code for issue in found.issues] == codes
    for issue in found.issues:
        if issue.code in ("two-scales", "share-outside"):
            assert all(cell in issue.message.ja for cell in cells), "the values are shown"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(cells=st.lists(st.sampled_from(["0.2", "0.9", "12.5", "99", "31%", "130", "-3"]), min_size=1, max_size=4))
def test_every_share_is_taken_in_one_scale_or_told(write_workspace: Write, cells: list[str]) -> None:
    found = load(write_workspace, cells)
    told = sum(issue.code in ("two-scales", "share-outside") for issue in found.issues)
    assert len(values(found)) + told == len(cells)
    assert all(0 <= value <= 100 for value in values(found))


@pytest.mark.parametrize(
    ("cell", "value"), [("約1.6万", 16_000), ("およそ１２千人", 12_000), ("300人程度", 300), ("2万人弱", 20_000)]
)
def test_an_approximate_number_is_read_and_told(write_workspace: Write, cell: str, value: int) -> None:
    found = load(write_workspace, [cell], "総人口")
    assert values(found) == [value]
    assert [issue.code for issue in found.issues] == ["approximate-value"]


def needs_of(
    write_workspace: Callable[..., Path], column: str, *values: str
) -> tuple[list[str], list[tuple[str, int]]]:
    names = ("鳥取市", "岩美町", "八頭町", "智頭町", "若桜町")
    rows = "".join(
        f"{name},{value},{number}\n" for number, (name, value) in enumerate(zip(names, values, strict=False))
    )
    load = load_workspace(write_workspace(needs=f"市区町村,{column},総人口\n{rows}"))
    found = [str(r.values["value"][0]) for r in load.records if r.cls == "NeedStatement"]
    return found, [(issue.code, issue.row) for issue in load.issues if issue.row]


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        # 0.38 % among shares of 30 to 45 is a fraction more likely than not
        ("高齢化率（％）", ("30.5", "0.38", "38", "45.1"), [("two-scales", 3)]),
        # small shares that go on in large ones are what they are
        ("高齢化率（％）", ("0.8", "1.2", "2.5"), []),
        # most are fractions, so what is above 1 is no percentage either
        ("高齢化率", ("0.305", "0.38", "0.4", "1.02"), [("two-scales", number) for number in (2, 3, 4, 5)]),
        ("65歳以上の単独世帯", ("12345", "▲3", "-0"), [("negative-count", 3)]),
    ],
)
def test_numbers_of_another_scale_or_below_zero_are_questions(
    write_workspace: Callable[..., Path], column: str, values: tuple[str, ...], told: list[tuple[str, int]]
) -> None:
    found, issues = needs_of(write_workspace, column, *values)
    assert sorted(issue for issue in issues if issue[0] in ("two-scales", "negative-count")) == sorted(told)
    assert len(found) == 2 * len(values) - len(told)
