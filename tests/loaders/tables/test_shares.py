"""One scale in a column of shares, or a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.workspace.workspace import Load, load_workspace

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
