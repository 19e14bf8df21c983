"""A small region with everything a paper tells of, and names that try to break a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

EVIL = "架空の<b>&\"'|[x](http://x.example)会"
TURNED = "架空の\u202e逆さ\u200b会"
LONG = "架空の長い" * 2000
LISTS = {
    "members": (
        "団体名,市区町村,活動分野\n"
        f"架空の会,鳥取市,ひきこもり、介護\n架空の輪,岩美町,子育て\n架空の木,鳥取市,介護\n架空の森,八頭町,子育て\n"
        f'"{EVIL.replace(chr(34), chr(34) * 2)}",若桜町,教育\n{TURNED},智頭町,教育\n{LONG},八頭町,防災\n'
    ),
    "ties": (
        "連携元,連携先,連携の種類\n架空の会,架空の輪,情報共有\n架空の輪,架空の木,情報共有\n架空の木,架空の森,情報共有\n"
    ),
    "services": "窓口名,提供団体,活動分野,対象区域\n架空の窓口,架空の会,就労,鳥取県\n",
    "platforms": "プラットフォーム名,ID\n架空の場,pf\n",
}
AREAS = ("鳥取市", "岩美町", "若桜町", "智頭町", "八頭町")


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp("paper")
    text = f'[workspace]\ntitle = "架空の圏域"\nas_of = 2025-04-01\n[scope]\nareas = {list(AREAS)}\n'.replace("'", '"')
    for kind in ("members", "ties", "services", "platforms"):
        (folder / f"{kind}.csv").write_text(LISTS[kind], encoding="utf-8")
        extra = 'platform = "架空の場"\n' if kind == "members" else ""
        text += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n{extra}'
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
    with build(folder) as graph:
        yield graph


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
