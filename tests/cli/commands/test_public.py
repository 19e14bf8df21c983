"""``--public`` keeps names out of every file that is handed on."""

from __future__ import annotations

import base64
import gzip
import re
import zipfile
from pathlib import Path

import pytest
from tests.cli.conftest import Invoke, run

SECRET = "架空の秘密会"
MEMBERS = f"団体名,市区町村,公開可否\n架空の公開会,鳥取市,○\n{SECRET},どこか市,×\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public") / "workspace"
    run("init", folder, "--csv")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    run("build", "-w", folder, "-q")
    return folder


def text_of(path: Path) -> str:
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        blocks = re.findall(r'<script type="application/gzip" id="data">([^<]*)', page)
        return page + "".join(gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in blocks)
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["map"], "map.html"),
        (["report"], "report.xlsx"),
        (["export", "turtle"], "graph.ttl"),
        (["export", "jsonld"], "graph.jsonld"),
        (["export", "graphml"], "graph.graphml"),
        (["export", "csv"], "tables.zip"),
    ],
)
def test_the_name_is_in_no_file(invoke: Invoke, workspace: Path, tmp_path: Path, command: list[str], name: str) -> None:
    for options, is_there in (((), True), (("--public",), False)):
        target = tmp_path / name
        result = invoke(*command, "-w", workspace, "-o", target, *options)
        # a report names those who support, lack or broker; nobody here does
        assert (SECRET in text_of(target)) is (is_there and name != "report.xlsx")
        assert ("架空の公開会" in text_of(target)) is (name != "report.xlsx")
        assert ("団体を除きました。" in result.stderr) is not is_there
        for suffix in (".removed.md", ".removed.xlsx"):
            beside = target.with_name(f"{name}{suffix}")
            assert beside.exists() is not is_there
            assert is_there or SECRET not in text_of(beside)


@pytest.fixture(scope="module")
def helping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the withheld body provides a field, connects others and has joined since."""
    folder = tmp_path_factory.mktemp("helping") / "workspace"
    run("init", folder, "--csv")
    (folder / "members.csv").write_text(
        f"団体名,市区町村,活動分野,入会日,公開可否\n架空の公開会,鳥取市,子育て,2020-01-01,○\n"
        f"{SECRET},鳥取市,ひきこもり,2023-01-01,×\n架空の別会,岩美町,子育て,2020-01-01,○\n",
        encoding="utf-8",
    )
    run("build", "-w", folder, "-q")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["gaps", "--area", "鳥取市"],
        ["brokers"],
        ["centrality", "degree"],
        ["remedies", "--area", "岩美町", "--field", "ひきこもり"],
        ["loss"],
        ["diff", "--since", "2021-01-01"],
    ],
    ids=lambda command: command[0],
)
def test_the_name_is_in_no_answer(invoke: Invoke, helping: Path, command: list[str]) -> None:
    for options, is_there in (((), True), (("--public",), False)):
        shown = invoke(*command, "-w", helping, "--format", "csv", *options).stdout
        assert (SECRET in shown) is is_there
