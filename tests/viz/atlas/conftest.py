"""A small region with a hostile name, two municipalities, a platform with a Japanese id, and two years."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.viz.atlas import write_atlas
from tsunagari.viz.atlas.places import anchor

HOSTILE = "</script><img src=x onerror=alert(1)>の会"
FILES = {
    "organizations.csv": "id,団体名,よみ,市区町村,都道府県,分野\n"
    "a,架空の甲,かくうのこう,鳥取市,鳥取県,居場所\n"
    f"b,架空{HOSTILE},,岩美町,鳥取県,食支援\n"
    "c,架空の県の会,,,鳥取県,\n"
    "d,架空のどこかの会,,,,\n",
    "platforms.csv": "id,pref_label,reach\n架空-場,架空の場,鳥取市\n",
    "members.csv": "団体名,市区町村,加入日,公開可否\n架空の甲,鳥取市,2023-05-01,可\n"
    f"架空{HOSTILE},岩美町,2024-05-01,可\n架空の秘密の会,鳥取市,2024-05-01,否\n",
    "ties.csv": f"団体A,団体B,種類\n架空の甲,架空{HOSTILE},共同実施\n",
}
SETTINGS = """[workspace]
title = "架空の<地域>"
as_of = 2025-04-01

[scope]
areas = ["鳥取市", "岩美町"]

[[source]]
file = "organizations.csv"
kind = "organizations"

[[source]]
file = "platforms.csv"
kind = "platforms"

[[source]]
file = "members.csv"
kind = "members"
platform = "架空-場"

[[source]]
file = "ties.csv"
kind = "ties"
"""


def make(folder: Path, **changed: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **changed}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def anchor_of(graph: KnowledgeGraph, name: str) -> str:
    rows = graph.organizations
    (iri,) = rows[rows["name"] == name]["organization_id"]
    return anchor(iri)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return tsu.build(make(tmp_path_factory.mktemp("small") / "w"))


@pytest.fixture(scope="session")
def written(small: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_atlas(small, tmp_path_factory.mktemp("atlas") / "アトラス").parent


@pytest.fixture
def copied(written: Path, tmp_path: Path) -> Callable[[], Path]:
    return lambda: Path(shutil.copytree(written, tmp_path / "copy"))
