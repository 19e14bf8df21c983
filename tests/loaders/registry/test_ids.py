from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.loaders.registry.ids import fold_id, is_id
from tsunagari.loaders.session.load import load_workspace

Write = Callable[..., Path]
NAMES = ("架空ひだまりの会", "架空こだま福祉会", "架空つむぎ舎", "架空みなと食堂")
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
# Scripts in which offices number their lists: letters, full-width forms, kanji, kana, signs between.
IDS = st.text("abzABZ019ａＡ１あア団体番号甲乙_-", min_size=1, max_size=8).filter(
    lambda text: any(sign.isalnum() for sign in text)  # signs alone say nothing
)


def table(header: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def graph_of(folder: Path) -> set[tuple[object, ...]]:
    """Everything that is said, without the ids that people gave."""
    found = set()
    for record in load_workspace(folder).records:
        for column, values in record.values.items():
            if column != "id":
                found.update((record.iri, record.cls, column, str(value)) for value in values)
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(ids=st.lists(IDS, min_size=4, max_size=4, unique_by=fold_id))
def test_renaming_ids_never_changes_the_graph(write_workspace: Write, ids: list[str]) -> None:
    def lists(names: list[str]) -> dict[str, str]:
        bodies = [[id, name, "鳥取市"] for id, name in zip(names, NAMES, strict=True)]
        return {
            "platforms": PLATFORMS,
            "organizations": table(["ID", "団体名", "市区町村"], bodies),
            "members": table(["団体名", "PF"], [[id, "pf"] for id in names]),
            "ties": table(["連携元", "連携先", "連携の種類"], [[a, b, "紹介"] for a, b in pairwise(names)]),
            "services": table(["支援名", "団体名"], [["架空相談", names[0]], ["架空相談", names[3]]]),
        }

    assert graph_of(write_workspace(**lists(ids))) == graph_of(write_workspace(**lists(["a", "b", "c", "d"])))


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("A001", "ａ００１"),
        ("NPO_1", "npo_1"),
        ("団体1", "団体１"),
        ("001", "００１"),
        ("ｱ-1", "ア-1"),
        ("甲-2", "甲ー２"),
        ("NPO-3", "npo−3"),
    ],
)
def test_an_id_is_found_in_any_width_and_case_and_stays_as_it_was_declared(
    write_workspace: Write, declared: str, written: str
) -> None:
    lists = {"organizations": f"ID,団体名\n{declared},架空の会\n", "members": f"団体名,PF\n{written},pf\n"}
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    assert not load.issues
    (body,) = [record for record in load.records if record.cls == "StakeholderOrganization"]
    assert (body.values["id"], body.values["pref_label"]) == ((declared,), ("架空の会",))


@pytest.mark.parametrize("missing", ["A777", "NPO_12", "団体99", "ｂ００２"])
def test_a_reference_that_looks_like_an_id_and_is_declared_nowhere_makes_no_body(
    write_workspace: Write, missing: str
) -> None:
    lists = {"organizations": "ID,団体名\n団体1,架空の会\n", "members": f"団体名,PF\n団体1,pf\n{missing},pf\n"}
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    assert [(issue.code, issue.row) for issue in load.issues] == [("unknown-reference", 3)]
    assert len([record for record in load.records if record.cls == "StakeholderOrganization"]) == 1


@pytest.mark.parametrize("name", ["K2", "LFA", "架空の会1", "3B", "第2架空荘"])
def test_a_name_with_digits_stays_a_name(write_workspace: Write, name: str) -> None:
    lists = {"organizations": "ID,団体名\nA001,架空の会\n", "members": f"団体名,PF\n{name},pf\n"}
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    assert not load.issues
    assert not is_id(name)


def test_what_a_row_says_beside_an_id_is_said_of_the_body(write_workspace: Write) -> None:
    lists = {"organizations": "ID,団体名\nA001,架空の会\n", "members": "団体名,PF,市区町村\nA001,pf,鳥取市\n"}
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    places = [
        r.values["municipality"]
        for r in load.records
        if r.cls == "StakeholderOrganization" and "municipality" in r.values
    ]
    assert len(places) == 1


def test_ids_that_differ_in_width_alone_are_one(write_workspace: Write) -> None:
    lists = {"organizations": "ID,団体名\nA001,架空の会\nａ００１,架空の園\n"}
    load = load_workspace(write_workspace(platforms=PLATFORMS, **lists))
    assert [(issue.code, issue.row) for issue in load.issues] == [("duplicate-id", 3)]
