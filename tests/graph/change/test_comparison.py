"""What changed: between two days of one graph, between two workspaces, and between two builds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.graph.small import FILES, SETTINGS, write

from tsunagari.errors import StoreError, UnknownNameError, WorkspaceError
from tsunagari.graph.change.comparison import CHANGES, COLUMNS
from tsunagari.graph.knowledge.build import build, open_previous

if TYPE_CHECKING:
    from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(write(tmp_path_factory.mktemp("diff") / "now"))


def test_two_days_of_one_graph(kg: KnowledgeGraph) -> None:
    changes = kg.diff(since="2023-04-01")
    assert list(changes.columns) == list(COLUMNS)
    found = changes[["change", "organization", "other", "area", "field", "before", "after"]].values.tolist()
    assert found == [
        ["gap-opened", "", "", "鳥取市", "介護", "1団体のみ", "未調査"],
        ["gap-closed", "", "", "岩美町", "介護", "未調査", "1団体のみ"],
        ["member-left", "架空の団", "架空プラットフォーム", "", "", "", ""],
        ["member-joined", "架空の輪", "架空プラットフォーム", "", "", "", ""],
        ["broker-lost", "架空の団", "", "", "", "", ""],
        ["broker-gained", "架空の輪", "", "", "", "", ""],
        ["service-ended", "架空の団", "", "鳥取市", "介護", "", ""],
        ["service-begun", "架空の輪", "", "岩美町", "介護", "", ""],
        ["tie-ended", "架空の会", "架空の団", "", "", "", ""],
        ["tie-begun", "架空の友", "架空の輪", "", "", "", ""],
    ]
    assert changes["sentence"][0] == "鳥取市の「介護」は「1団体のみ」から「未調査」になりました。"
    assert changes["sentence"][2] == "架空の団が架空プラットフォームから抜けました。"
    assert changes.attrs["counts"] == dict.fromkeys(changes["change"], 1)
    assert changes.attrs["sentence"].startswith(
        "2023-04-01から2025-04-01までの変化: 空白が生じた 1、空白が埋まった 1、"
    )


def test_nothing_changes_between_a_day_and_itself(kg: KnowledgeGraph) -> None:
    changes = kg.diff(since="2025-04-01", lang="en")
    assert changes.empty
    assert list(changes.columns) == list(COLUMNS)
    assert changes.attrs["sentence"] == "From the former graph to the present graph nothing changed."


def test_a_day_before_all_data_is_said(kg: KnowledgeGraph) -> None:
    changes = kg.diff(since="1900-01-01")
    assert set(changes["change"]) == {"gap-closed", "member-joined", "broker-gained", "service-begun", "tie-begun"}
    assert "1900-01-01に有効な参加・支援・連携の記載はない" in changes.attrs["sentence"]


def test_two_workspaces_and_the_names_of_bodies(kg: KnowledgeGraph, tmp_path: Path) -> None:
    later = write(
        tmp_path / "later",
        organizations=FILES["organizations.csv"].replace("架空の友", "架空の新しい友") + "架空の家,岩美町,\n",
        ties=FILES["ties.csv"].replace("架空の友", "架空の新しい友"),
    )
    changes = build(later).diff(kg, lang="en")
    assert changes[["change", "organization", "before", "after"]].values.tolist() == [
        ["renamed", "架空の新しい友", "架空の友", "架空の新しい友"],
        ["organization-new", "架空の家", "", ""],
    ]
    assert changes["sentence"][0] == "架空の友 is now called 架空の新しい友."
    assert changes.attrs["sentence"] == ("From the former graph to the present graph: renamed 1, new organisation 1.")
    back = kg.diff(later)
    assert set(back["change"]) == {"renamed", "organization-gone"}


def test_cells_of_one_side_only_are_counted_and_not_compared(kg: KnowledgeGraph, tmp_path: Path) -> None:
    folder = write(tmp_path / "one")
    (folder / "tsunagari.toml").write_text(SETTINGS.replace(', "岩美町"', ""), encoding="utf-8")
    changes = kg.diff(build(folder))
    assert changes.empty
    assert changes.attrs["not_compared"] == len(kg.gaps()) / 2


def test_a_build_can_keep_the_graph_it_replaces(tmp_path: Path) -> None:
    folder = write(tmp_path / "kept")
    build(folder).close()
    with pytest.raises(StoreError, match="No previous graph"):
        open_previous(folder)
    write(folder, ties=FILES["ties.csv"].replace("2024-06-01,", "2025-06-01,"))
    for _ in range(2):  # the second replaces what the first has kept
        build(folder, keep_previous=True).close()
        names = {path.name for path in folder.iterdir() if path.name.startswith(".")}
        assert names == {".tsunagari", ".tsunagari-previous"}
    write(folder)
    with build(folder, keep_previous=True) as now, open_previous(folder) as before:
        assert now.diff(before)["change"].tolist() == ["tie-begun"]


def test_there_must_be_something_to_compare_with(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="nothing to compare with"):
        kg.diff()
    with pytest.raises(UnknownNameError, match="Not a date"):
        kg.diff(since="last year")
    with pytest.raises(WorkspaceError, match="There is no folder"):
        kg.diff(tmp_path / "nowhere")


def test_an_empty_graph_has_become_what_it_is(kg: KnowledgeGraph, tmp_path: Path) -> None:
    heads = {name: FILES[f"{name}.csv"].split("\n")[0] for name in ("organizations", "members", "services", "ties")}
    empty = build(write(tmp_path / "empty", **heads))
    assert empty.diff(empty).empty
    assert set(kg.diff(empty)["change"]) <= set(CHANGES)
    assert kg.diff(empty).attrs["counts"]["organization-new"] == 4
