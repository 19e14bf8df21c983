"""A scenario says what a graph built from the changed lists would say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest
from tests.graph.small import FILES, write

from tsunagari.errors import Place, ScenarioError, UnknownNameError
from tsunagari.graph.change.effects import (
    BROKER_COLUMNS,
    CELL_COLUMNS,
    EDIT_COLUMNS,
    MEASURE_COLUMNS,
    MEASURES,
    PLATFORM_COLUMNS,
    Scenario,
)
from tsunagari.graph.coverage.coverage import STATUSES
from tsunagari.graph.knowledge.build import build

if TYPE_CHECKING:
    from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

PLATFORMS = FILES["platforms.csv"] + "region,架空の広いプラットフォーム,岩美町\n"
LISTS = {
    "platforms": PLATFORMS,
    "organizations": FILES["organizations.csv"] + "架空の家,岩美町,\n",
    "members": "団体,プラットフォーム\n架空の会,pf\n架空の団,pf\n架空の輪,pf\n架空の輪,region\n",
    "services": "名称,実施団体,分野,対象区域\n食堂,架空の会,子育て,鳥取市\n相談,架空の団,介護,鳥取市\n"
    "電話,架空の団,介護,鳥取県\n集い,架空の輪,介護,岩美町\n教室,架空の輪,教育,全国\n",
    "ties": "連携元,連携先,種類\n架空の会,架空の団,情報共有\n架空の団,架空の輪,情報共有\n架空の輪,架空の友,情報共有\n",
}


def edit(action: str, what: str, organization: str, other: str = "", field: str = "", area: str = "") -> dict[str, str]:
    return {"action": action, "what": what, "organization": organization, "other": other, "field": field, "area": area}


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with build(write(tmp_path_factory.mktemp("scenario") / "now", **LISTS)) as graph:
        yield graph


def cell_table(kg: KnowledgeGraph) -> pd.DataFrame:
    return kg.gaps().set_index(["area_code", "field_id"]).sort_index()


def state_of(kg: KnowledgeGraph, gaps: pd.DataFrame) -> dict[str, float]:
    """Count by the tables and networks of a graph what a scenario counts by arrays."""
    network = kg.network()
    bodies = {iri for iri, kind in network.nodes(data="kind") if kind == "organization"}
    parts = [part & bodies for part in nx.connected_components(network) if part & bodies]
    return {
        **{status: int((gaps["status"] == status).sum()) for status in STATUSES},
        "severity": pytest.approx(gaps["severity"].sum()),
        "organizations": len(bodies),
        "ties": kg.network("ties").number_of_edges(),
        "memberships": kg.network("members").number_of_edges(),
        "components": len(parts),
        "largest_component": max(map(len, parts)),
        "isolated": sum(not network[iri] for iri in bodies),
        "cut_points": len(set(nx.articulation_points(network)) & bodies),
    }


def measures(scenario: Scenario, when: str) -> dict[str, float]:
    return dict(zip(scenario.measures["measure"], scenario.measures[when], strict=True))


def without(name: str) -> dict[str, str]:
    return {
        key: "".join(line for line in text.splitlines(keepends=True) if name not in line) for key, text in LISTS.items()
    }


CASES: dict[str, tuple[list[dict[str, str]], dict[str, str]]] = {
    "a body with everything": ([edit("remove", "organization", "架空の団")], without("架空の団")),
    "the middle": ([edit("remove", "organization", "架空の輪")], without("架空の輪")),
    "a body without anything": ([edit("remove", "organization", "架空の家")], without("架空の家")),
    "a new body with a service, a tie and a membership": (
        [
            edit("add", "organization", "架空の新星", field="教育", area="岩美町"),
            edit("add", "tie", "架空の新星", "架空の家"),
            edit("add", "membership", "架空の新星", "架空プラットフォーム"),
        ],
        {
            "organizations": LISTS["organizations"] + "架空の新星,岩美町,\n",
            "services": LISTS["services"] + "塾,架空の新星,教育,岩美町\n",
            "ties": LISTS["ties"] + "架空の家,架空の新星,情報共有\n",
            "members": LISTS["members"] + "架空の新星,pf\n",
        },
    ),
    "a service for a prefecture and one for the nation": (
        [
            edit("add", "service", "架空の家", field="子育て", area="鳥取県"),
            edit("add", "service", "架空の友", "", "介護", "全国"),
        ],
        {"services": LISTS["services"] + "宿,架空の家,子育て,鳥取県\n声,架空の友,介護,全国\n"},
    ),
    "one field of a body": (
        [edit("remove", "service", "架空の団", field="介護")],
        {"services": "".join(line for line in LISTS["services"].splitlines(keepends=True) if "架空の団" not in line)},
    ),
    "one area of a service, a tie and a membership": (
        [
            edit("remove", "service", "架空の団", field="介護", area="鳥取市"),
            edit("remove", "tie", "架空の輪", "架空の団"),
            edit("remove", "membership", "架空の輪", "架空の広いプラットフォーム"),
        ],
        {
            "services": LISTS["services"].replace("相談,架空の団,介護,鳥取市\n", ""),
            "ties": LISTS["ties"].replace("架空の団,架空の輪,情報共有\n", ""),
            "members": LISTS["members"].replace("架空の輪,region\n", ""),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_equals_a_graph_built_from_the_changed_lists(kg: KnowledgeGraph, tmp_path: Path, case: str) -> None:
    edits, changed = CASES[case]
    found = kg.scenario(edits)
    old = cell_table(kg)
    assert measures(found, "before") == state_of(kg, old)
    with build(write(tmp_path / "after", **(LISTS | changed))) as after:
        new = cell_table(after)
        deserted = (new["status"] == "unknown") & ~old["status"].isin(["none", "unknown"])
        new.loc[deserted, ["status", "severity"]] = "none", 1.0  # nothing is planned there, and nobody is connected
        assert measures(found, "after") == state_of(after, new)
        kept = ["status", "severity"]
        changed_cells = old[(old[kept] != new[kept]).any(axis=1)]
        cells = found.cells.set_index(["area_code", "field_id"]).sort_index()
        assert cells.index.tolist() == changed_cells.index.tolist()
        assert cells["before"].tolist() == changed_cells["status"].tolist()
        assert cells["after"].tolist() == new.loc[changed_cells.index, "status"].tolist()
        assert cells["severity_after"].tolist() == new.loc[changed_cells.index, "severity"].tolist()


def test_the_tables_have_the_documented_columns(kg: KnowledgeGraph) -> None:
    assert measures(kg.scenario([]), "after") == state_of(kg, kg.gaps())
    for edits in ([], [edit("remove", "organization", "架空の輪")]):
        found = kg.scenario(edits)
        for table, columns in (
            (found.edits, EDIT_COLUMNS),
            (found.measures, MEASURE_COLUMNS),
            (found.cells, CELL_COLUMNS),
            (found.brokers, BROKER_COLUMNS),
            (found.platforms, PLATFORM_COLUMNS),
        ):
            assert tuple(table.columns) == columns
        assert found.measures["measure"].tolist() == list(MEASURES)


def test_what_is_lost_is_said(kg: KnowledgeGraph) -> None:
    found = kg.scenario([edit("remove", "organization", "架空の団")])
    assert found.cells[["change", "area", "field", "before", "after"]].values.tolist() == [
        ["gap-opened", "鳥取市", "介護", "single", "none"]
    ]
    assert found.cells["sentence"][0] == "鳥取市の「介護」は「1団体のみ」から「担い手なし」になります。"
    assert found.platforms.values.tolist() == [
        ["split", "架空プラットフォーム", found.platforms["platform_id"][0], 1, 2]
    ]
    assert found.sentence.startswith("1件の変更で、空白が生じる所は1、埋まる所は0です。")
    assert "会員どうしのつながりが分かれるのは架空プラットフォームです。" in found.sentence
    english = kg.scenario([edit("remove", "organization", "架空の団")], lang="en")
    assert english.sentence.startswith("1 edit: 1 gaps open and 0 close.")
    assert "<table" in english._repr_html_()


def test_cut_points_and_platforms_come_and_go(kg: KnowledgeGraph) -> None:
    lost = kg.scenario([edit("add", "tie", "架空の友", "架空の会")]).brokers
    assert lost[["change", "organization"]].values.tolist() == [["lost", "架空の輪"]]
    gained = kg.scenario([edit("add", "tie", "架空の家", "架空の友")]).brokers
    assert gained[["change", "organization", "parts_before", "parts_after"]].values.tolist() == [
        ["gained", "架空の友", 1, 2]
    ]
    cut = [edit("remove", "tie", "架空の会", "架空の団")]
    assert kg.scenario(cut).platforms[["change", "parts_before", "parts_after"]].values.tolist() == [["split", 1, 2]]
    joined = kg.scenario([*cut, edit("add", "tie", "架空の会", "架空の輪")]).platforms
    assert joined.empty  # what one edit cuts the other joins


def test_nothing_is_written(kg: KnowledgeGraph) -> None:
    before = len(kg.store), kg.gaps()["status"].tolist()
    kg.scenario([edit("remove", "organization", "架空の団"), edit("add", "organization", "架空の新星")])
    assert (len(kg.store), kg.gaps()["status"].tolist()) == before


def test_the_scope_can_be_narrowed(kg: KnowledgeGraph) -> None:
    found = kg.scenario([edit("remove", "organization", "架空の団")], areas=["岩美町"], fields=["介護"])
    assert sum(measures(found, "after")[status] for status in STATUSES) == 1
    with pytest.raises(UnknownNameError, match="no field"):
        kg.scenario([], fields=["介護支援の"])


WRONG: list[tuple[list[dict[str, Any]], str, str, str]] = [
    ([edit("remove", "organization", "架空の階")], "edit[1].organization", "架空の階", "Nearest: 架空の"),
    ([edit("add", "organization", "架空の会")], "edit[1].organization", "架空の会", "already"),
    ([edit("add", "service", "架空の会", "", "子育て", "鳥取市")], "edit[1].field", "子育て", "offers this already"),
    ([edit("add", "service", "架空の会", "", "子そだて", "鳥取市")], "edit[1].field", "子そだて", "Nearest: 子育て"),
    ([edit("add", "service", "架空の会", "", "子育て", "鳥取し")], "edit[1].area", "鳥取し", "Nearest"),
    ([edit("add", "service", "架空の会", "", "子育て", "高山村")], "edit[1].area", "高山村", "several"),
    ([edit("remove", "service", "架空の会", "", "介護")], "edit[1].organization", "架空の会", "offers no such thing"),
    ([edit("remove", "tie", "架空の会", "架空の友")], "edit[1].other", "架空の友", "not tied"),
    ([edit("add", "tie", "架空の会", "架空の会")], "edit[1].other", "架空の会", "itself"),
    (
        [edit("add", "membership", "架空の会", "架空プラットフオーム")],
        "edit[1].other",
        "架空プラットフオーム",
        "Nearest",
    ),
    ([edit("remove", "membership", "架空の友", "pf")], "edit[1].other", "pf", "not in it"),
    ([edit("remove", "organization", "架空の会")] * 2, "edit[2].organization", "架空の会", "earlier edit removes it"),
]


@pytest.mark.parametrize(("edits", "column", "value", "told"), WRONG, ids=[told for *_, told in WRONG])
def test_what_cannot_be_carried_out_is_told_with_its_place(
    kg: KnowledgeGraph, edits: list[dict[str, Any]], column: str, value: str, told: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        kg.scenario(edits)
    assert caught.value.place == Place(column=column, value=value)
    assert told in caught.value.text("en")
