"""SSDSE-A: codes, years and labels above the rows; the indicators with their years, the rest named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.session.parts import SourceInput, recognized_kinds
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.records import Record, Reference, Temporal
from tsunagari.ontology.vocabulary import vocabulary

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
COLUMNS = {
    "A1101": ("2020", "総人口", "1,234"),
    "A110101": ("2020", "総人口（男）", "600"),
    "A1301": ("2020", "15歳未満人口", "100"),
    "A1303": ("2022", "65歳以上人口", "400"),
    "A7101": ("2015", "世帯数", "498"),
    "A710101": ("2020", "一般世帯数", "500"),
    "A810105": ("2020", "単独世帯数", "150"),
}


def table(codes: list[str], *, blank: tuple[str, ...] = ()) -> list[list[str]]:
    values = [("***" if code in blank else COLUMNS[code][2]) for code in codes]
    return [
        ["SSDSE-A-2024", "Prefecture", "Municipality", *codes],
        ["年度", "", "", *(COLUMNS[code][0] for code in codes)],
        ["地域コード", "都道府県", "市区町村", *(COLUMNS[code][1] for code in codes)],
        ["R31201", "鳥取県", "鳥取市", *values],
    ]


def needs(records: list[Record]) -> dict[str, tuple[object, object, str]]:
    found = {}
    for record in records:
        if record.cls == "NeedStatement":
            (indicator,), (when,) = record.values["indicator"], record.values["as_of"]
            assert isinstance(indicator, Reference)
            assert isinstance(when, Temporal)
            notation = indicator.iri.rsplit("/", 1)[-1]
            found[notation] = record.values["value"][0], record.values["unit"][0], when.as_written
    return found


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["needs", "open-dataset"])
def test_the_indicators_with_unit_and_year(put_source: Put, csv_bytes: Bytes, encoding: str, kind: str) -> None:
    loaded = load_workspace(put_source("ssdse.csv", csv_bytes(table(list(COLUMNS)), encoding), kind))
    assert needs(loaded.records) == {
        "population": (1234.0, "人", "2020年"),
        "children": (100.0, "人", "2020年"),
        "older-people": (400.0, "人", "2022年"),
        "households": (500.0, "世帯", "2020年"),
        "single-households": (150.0, "世帯", "2020年"),
    }
    (unused,) = (issue for issue in loaded.issues if issue.code == "columns-not-used")
    assert unused.value == "総人口（男）、世帯数"


def test_it_is_told_by_its_header(put_source: Put, csv_bytes: Bytes) -> None:
    workspace = read_workspace(put_source("x.csv", csv_bytes(table(list(COLUMNS)), "cp932"), "needs"))
    content = SourceInput(workspace, workspace.sources[0], vocabulary()).content
    assert [kind.name for kind in recognized_kinds(content)] == ["needs"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_and_choice_of_columns(tmp_path: Path, csv_bytes: Bytes, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from([code for code in COLUMNS if code != "A1101"])))
    codes = data.draw(st.permutations([*sorted(chosen), "A1101"]))
    (tmp_path / "s.csv").write_bytes(csv_bytes(table(codes, blank=("A1101",)), "cp932"))
    text = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[[source]]\nfile = "s.csv"\nkind = "needs"\n'
    (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
    loaded = load_workspace(tmp_path)
    read = {code for code in ("A1301", "A1303", "A810105") if code in codes}
    read |= {"A710101"} if "A710101" in codes else {"A7101"} & set(codes)
    assert len(needs(loaded.records)) == len(read)
    (secret,) = (issue for issue in loaded.issues if issue.code == "need-secret")
    assert (secret.row, secret.column) == (4, "総人口")


def test_indicators_of_the_settings_and_of_own_labels(put_source: Put, csv_bytes: Bytes) -> None:
    further = 'columns = { "総人口（男）" = "older-share" }'
    loaded = load_workspace(put_source("s.csv", csv_bytes(table(["A1101", "A110101"]), "cp932"), "needs", further))
    assert set(needs(loaded.records)) == {"population", "older-share"} or "older-share" in str(loaded.records)


def test_a_broken_code_loses_its_own_row_and_no_other(put_source: Put, csv_bytes: Bytes) -> None:
    rows = table(["A1101"])
    rows += [["R3120?", "鳥取県", "米子市", "148,000"], ["R31203", "鳥取県", "倉吉市", "46,000"]]
    loaded = load_workspace(put_source("ssdse.csv", csv_bytes(rows), "needs"))
    values = [record.values["value"][0] for record in loaded.records if record.cls == "NeedStatement"]
    assert values == [1234.0, 46000.0]
    assert [(issue.row, issue.value) for issue in loaded.issues if issue.code == "nothing-read"] == [(5, "R3120?")]
