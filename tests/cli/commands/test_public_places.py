"""Marks of withheld bodies beside the cells: names of files and sheets, titles, settings, partners, the ledger."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from tests.cli.commands.test_public_marks import shown, texts_of
from tests.cli.conftest import run

import tsunagari as tsu

SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[[source]]
file = "pf.csv"
kind = "platforms"
[[source]]
file = "members.csv"
kind = "members"
platform = "pf"
[[source]]
file = "qz01/名簿_qz02.xlsx"
kind = "members"
platform = "pf"
title = "qz03名簿"
publisher = "qz04課"
[[source]]
file = "ties.csv"
kind = "ties"
[[source]]
file = "partner_qz05.ttl"
kind = "rdf"
mode = "as-is"
"""
TURTLE = """\
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix prov: <http://www.w3.org/ns/prov#> .
<http://qz06.example/1> a org:Organization ; skos:prefLabel "架空qz07団体"@ja ; skos:note "qz08"@ja ;
  foaf:homepage <https://qz09.example/> ; prov:wasDerivedFrom <http://qz10.example/doc> .
"""
FILES = {
    "tsunagari.toml": SETTINGS,
    "pf.csv": "id,名称,対象区域\npf,架空プラットフォーム,鳥取県\n",
    "members.csv": "団体名,旧名称,市区町村,活動分野,URL,公開可否\n"
    "架空いずみ福祉会,,鳥取市,子育て,,○\n架空とびら相談室,,岩美町,子育て,,○\n"
    "架空qz07団体,架空qz11旧会,鳥取市,介護,https://qz12.example,×\n【qz13の部】,,,,,\n※qz14は退会,,,,,\n",
    "ties.csv": "連携元,連携先,連携の種類,公開可否\n架空qz11旧会,架空いずみ福祉会,紹介,\n"
    "架空いずみ福祉会,架空qz15隣の会,紹介,×\n"
    "架空いずみ福祉会,架空とびら相談室,紹介,○\n",
    "partner_qz05.ttl": TURTLE,
}
MARK = re.compile(r"qz\d\d")
HELD = {*(f"qz{number:02d}" for number in range(1, 20))} - {"qz13", "qz14", "qz17"}  # the whole graph holds them


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "qz16部会"
    for row in (["qz17の名簿"], ["団体名", "市区町村", "公開可否"], ["架空qz18商会", "鳥取市", "×"]):
        book.active.append(row)
    (folder / "qz01").mkdir()
    book.save(folder / "qz01" / "名簿_qz02.xlsx")
    run("build", "-w", folder, "-q")
    kg = tsu.open(folder)
    ids = dict(zip(kg.organizations["name"], kg.organizations["organization_id"], strict=True))
    kg.close()
    (folder / "matches.csv").write_text(
        "left,right,left_name,right_name,verdict,note\n"
        f"{ids['架空qz07団体']},{ids['架空とびら相談室']},架空qz07団体,架空とびら相談室,different,qz19\n",
        encoding="utf-8",
    )
    run("build", "-w", folder, "-q", "--keep-previous")
    return folder


def test_the_whole_graph_holds_the_marks(workspace: Path) -> None:
    data = tsu.open(workspace).export("trig")
    assert isinstance(data, bytes)
    assert set(MARK.findall(data.decode())) >= HELD


@pytest.mark.parametrize(
    "command",
    [
        ["gaps", "--all"],
        ["gaps", "--all", "--engine", "duckdb"],
        ["brokers", "--all", "--engine", "duckdb"],
        ["diff", "--previous"],
        ["diff", "--since", "2000-01-01"],
        ["query", "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"],
        ["ask", "match-decisions"],
        ["check"],
    ],
    ids=" ".join,
)
def test_no_mark_is_on_the_screen(workspace: Path, command: list[str]) -> None:
    assert MARK.findall(shown(*command, "-w", workspace, "--public", "--format", "json", "-v")) == []


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["map"], "map.html"),
        (["report"], "report.xlsx"),
        (["report"], "report.docx"),
        (["atlas"], "atlas"),
        (["export", "trig"], "graph.trig"),
        (["export", "statnet"], "statnet.zip"),
        (["export", "parquet", "--partition", "prefecture"], "tables"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_no_mark_is_in_any_byte(workspace: Path, tmp_path: Path, command: list[str], name: str) -> None:
    run(*command, "-w", workspace, "-o", tmp_path / "out" / name, "--public")
    text = "\n".join(texts_of(tmp_path / "out"))
    assert MARK.findall(text) == []
    assert "架空いずみ福祉会" in text
