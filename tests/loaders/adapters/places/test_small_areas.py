"""Population by area and age: parts add up to the municipality, and a part without a number leaves the sum open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Reference

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
HEADER = (
    *("全国地方公共団体コード", "地方公共団体名", "調査年月日", "地域名", "総人口", "男性", "女性", "0-4歳の男性"),
    *("10-14歳の女性", "15-19歳の男性", "65-69歳の男性", "85歳以上の女性", "世帯数", "備考"),
)


def line(part: str, *numbers: str) -> list[str]:
    return ["312011", "鳥取県鳥取市", "2024-04-01", part, *numbers]


def values(loaded: Load) -> dict[str, object]:
    found = {}
    for record in loaded.records:
        if record.cls == "NeedStatement":
            (indicator,) = record.values["indicator"]
            assert isinstance(indicator, Reference)
            found[indicator.iri.rsplit("/", 1)[-1]] = record.values["value"][0]
    return found


def read(put_source: Put, csv_bytes: Bytes, *lines: list[str]) -> Load:
    return load_workspace(put_source("p.csv", csv_bytes([HEADER, *lines], "utf-8"), "open-dataset"))


def test_parts_are_added_up(put_source: Put, csv_bytes: Bytes) -> None:
    one = line("架空一丁目", "100", "50", "50", "5", "6", "9", "7", "8", "40", "")
    other = line("架空二丁目", "200", "100", "100", "1", "2", "9", "3", "4", "80", "")
    loaded = read(put_source, csv_bytes, one, other)
    assert values(loaded) == {"population": 300.0, "children": 14.0, "older-people": 22.0, "households": 120.0}
    assert ("parts-added-up", "312011") in [(issue.code, issue.value) for issue in loaded.issues]
    (unused,) = (issue for issue in loaded.issues if issue.code == "columns-not-used")
    assert unused.value == "男性、女性、15-19歳の男性、備考"


def test_the_row_of_the_whole_counts_alone(put_source: Put, csv_bytes: Bytes) -> None:
    one = line("架空一丁目", "100", "50", "50", "5", "6", "9", "7", "8", "40", "")
    whole = line("総数", "900", "450", "450", "50", "60", "90", "70", "80", "400", "")
    loaded = read(put_source, csv_bytes, one, whole)
    assert values(loaded)["population"] == 900.0
    assert "parts-added-up" not in [issue.code for issue in loaded.issues]


def test_a_part_that_is_withheld_leaves_the_sum_open(put_source: Put, csv_bytes: Bytes) -> None:
    one = line("架空一丁目", "100", "50", "50", "x", "6", "9", "7", "8", "40", "")
    other = line("架空二丁目", "200", "100", "100", "1", "2", "9", "3", "4", "80", "")
    loaded = read(put_source, csv_bytes, one, other)
    assert set(values(loaded)) == {"population", "older-people", "households"}
    said = [(issue.code, issue.row, issue.column) for issue in loaded.issues]
    assert ("part-without-number", 2, "0-4歳の男性") in said
