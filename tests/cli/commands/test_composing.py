"""The options that say what an answer is about mean the same in every command that takes them."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Invoke, run

from tsunagari.cli import cli
from tsunagari.cli.shell.options import COMPOSED
from tsunagari.viz.look.wrapping import display_width

HERE, THERE = "架空の鳥取会", "架空の岩美会"
LISTS = {
    "members": (
        "団体名,市区町村,活動分野,入会日,公開可否\n"
        f"{HERE},鳥取市,ひきこもり,2020-01-01,○\n"
        f"{THERE},岩美町,子育て,2023-01-01,○\n"
        "架空の隠れ会,鳥取市,ひきこもり,2023-01-01,×\n"
        "架空の八頭会,八頭町,介護,2023-01-01,○\n"
        "架空の子育て会,岩美町,子育て,2023-01-01,○\n"
    ),
    "ties": (
        "連携元,連携先,連携の種類\n架空の鳥取会,架空の子育て会,情報共有\n架空の岩美会,架空の八頭会,情報共有\n"
        "架空の岩美会,架空の子育て会,情報共有\n"
    ),
    "services": (
        "窓口名,提供団体,活動分野,対象区域,開始日\n架空の食の窓口,架空の子育て会,フードバンク,岩美町,2024-04-01\n"
        "架空の介護の窓口,架空の八頭会,介護,八頭町,2024-04-01\n"
    ),
}
SETTINGS = (
    '[workspace]\ntitle = "架空の県"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市", "岩美町", "八頭町"]\n'
    '[[source]]\nfile = "members.csv"\nkind = "members"\nplatform = "架空の場"\n'
    '[[source]]\nfile = "ties.csv"\nkind = "ties"\n'
    '[[source]]\nfile = "services.csv"\nkind = "services"\n'
    '[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
)
TABLES = {
    "gaps": ["gaps", "--format", "csv"],
    "brokers": ["brokers", "--network", "ties", "--format", "csv"],
    "centrality": ["centrality", "degree", "--network", "ties", "--format", "csv"],
    "remedies": ["remedies", "--format", "csv"],
    "loss": ["loss", "--format", "csv"],
    "diff": ["diff", "--since", "2021-01-01", "--format", "csv"],
    "scenario": ["scenario", "edits.csv", "--format", "csv"],
}
FILES = {"map": (["map"], "map.html"), "report": (["report"], "report.xlsx"), "export": (["export", "csv"], "t.zip")}
COMMANDS = ("gaps", "brokers", "centrality", "remedies", "loss", "map", "report", "export", "diff")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("composing") / "workspace"
    folder.mkdir()
    for name, text in {**LISTS, "platforms": "プラットフォーム名,ID\n架空の場,pf\n"}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "edits.csv").write_text(f"action,what,organization\nremove,organization,{HERE}\n", encoding="utf-8")
    run("build", "-w", folder, "-q")
    return folder


@pytest.fixture
def answer(invoke: Invoke, region: Path, tmp_path: Path) -> Callable[..., str]:
    """What a command says, or what stands in the file it writes."""

    def ask(name: str, *options: str) -> str:
        if name in TABLES:
            command = [str(region / word) if word == "edits.csv" else word for word in TABLES[name]]
            return invoke(*command, "-w", region, *options).stdout
        command, file = FILES[name]
        invoke(*command, "-w", region, "-o", tmp_path / file, *options)
        return text_of(tmp_path / file)

    return ask


def text_of(path: Path) -> str:
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        blocks = re.findall(r'<script type="application/gzip" id="data">([^<]*)', page)
        return "".join(gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in blocks)
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_every_option(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    taken = {word for param in command.params for word in param.opts}
    assert {f"--{option.replace('_', '-')}" for option in COMPOSED} <= taken
    assert "--lang" in taken


BODIES = ("brokers", "centrality", "loss", "export")


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    ("options", "there"),
    [
        (("--area", "岩美町"), True),
        (("--area", "31302"), True),
        (("--area", "鳥取市"), False),
        (("--field", "子育て"), True),
        (("--field", "ひきこもり"), False),
        (("--area", "岩美町", "--field", "子育て"), True),
        (("--area", "岩美町", "--field", "ひきこもり"), False),
        (("--status", "multiple"), True),
        (("--status", "single"), False),
        (("--area", "岩美町", "--status", "multiple"), True),
        (("--area", "八頭町", "--status", "multiple"), False),
    ],
)
def test_a_body_is_there_when_it_is_concerned(
    answer: Callable[..., str], name: str, options: tuple[str, ...], there: bool
) -> None:
    listed = answer(name, *options)
    column = {"brokers": "organization", "centrality": "name", "loss": "organization"}.get(name)
    named = {row[column] for row in rows(listed)} if column else set()
    if name == "export":
        assert (THERE in listed) is there or "架空の八頭会" in listed  # who is in contact stays
    else:
        assert (THERE in named) is there


@pytest.mark.parametrize("name", ["gaps", "remedies"])
def test_a_cell_is_there_when_it_is_chosen(answer: Callable[..., str], name: str) -> None:
    chosen = ("--area", "岩美町", "--field", "ひきこもり", "--status", "unknown")
    found = {(row["area"], row["field"], row["status"]) for row in rows(answer(name, *chosen))}
    assert found == {("岩美町", "ひきこもり", "unknown")}
    assert not rows(answer(name, "--area", "岩美町", "--field", "ひきこもり", "--status", "single"))
    whole = {(row["area"], row["field"], row["status"]) for row in rows(answer(name))}
    assert {cell for cell in whole if cell[0] == "岩美町"} == {
        (row["area"], row["field"], row["status"]) for row in rows(answer(name, "--area", "岩美町"))
    }


@pytest.mark.parametrize("name", ["brokers", "centrality"])
def test_a_figure_is_the_same_whatever_is_chosen(answer: Callable[..., str], name: str) -> None:
    body = "organization" if name == "brokers" else "name"
    whole = {row[body]: row for row in rows(answer(name))}
    part = {row[body]: row for row in rows(answer(name, "--area", "岩美町"))}
    assert part == {body: whole[body] for body in (THERE, "架空の子育て会")}


def test_changes_are_those_of_the_place(answer: Callable[..., str]) -> None:
    found = rows(answer("diff", "--area", "岩美町"))
    assert {row["organization"] for row in found if row["organization"]} == {THERE, "架空の子育て会"}

    assert {row["area"] for row in found if row["area"]} == {"岩美町"}
    for status, is_there in (("single", True), ("unknown", True), ("wide_only", False)):  # what it was or became
        changed = rows(answer("diff", "--area", "岩美町", "--status", status))
        assert any(row["change"] == "gap-closed" and row["field"] == "フードバンク" for row in changed) is is_there


@pytest.mark.parametrize("name", [*TABLES, "report", "map", "export"])
def test_the_options_go_together(answer: Callable[..., str], name: str) -> None:
    words = ("--area", "鳥取市", "--field", "ひきこもり", "--public", "--at", "2025-01-01", "--top", "1")
    found = answer(name, *words, "--lang", "en")
    assert "架空の隠れ会" not in found
    if name in TABLES:
        assert len(rows(found)) <= 1
    status = answer(name, "--status", "single", "--area", "鳥取市", "--top", "2")
    if name in TABLES and name != "remedies":  # a candidate may be anywhere, and a file holds who is in contact too
        assert "架空の子育て会" not in status


def test_a_map_and_a_report_are_about_the_place(answer: Callable[..., str]) -> None:
    for name in ("map", "report"):
        assert "架空の介護の窓口" in answer(name) or name == "report"
        found = answer(name, "--area", "鳥取市", "--field", "ひきこもり")
        assert HERE in found
        assert "架空の介護の窓口" not in found
    data = json.loads(answer("map", "--area", "岩美町"))
    assert set(data["matrices"][0]["rows"]) == {"岩美町"}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "どこか市"), "という地域は見つかりません"),
        (("--field", "なにか"), "という分野は"),
        (("--top", "0"), "1 以上"),
    ],
)
def test_a_wrong_name_is_one_clear_line(
    invoke: Invoke, region: Path, tmp_path: Path, name: str, options: tuple[str, str], said: str
) -> None:
    command = TABLES.get(name) or FILES[name][0]
    output = [] if name in TABLES else ["-o", str(tmp_path / FILES[name][1])]
    wrong = invoke(*command, *output, "-w", region, *options, exit_code=2 if options[0] == "--top" else 1)
    assert said in "".join(wrong.stderr.split("\n")[-2:])
    assert not list(tmp_path.iterdir())


WIDE = 80


@pytest.mark.parametrize("name", [*TABLES, "scope", "one", "rollup"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_table_fits_the_screen_and_explain_says_what_it_means(
    invoke: Invoke, region: Path, name: str, lang: str
) -> None:
    others = {"scope": ["remedies", "--scope"], "one": ["loss", HERE], "rollup": ["gaps", "--by", "prefecture"]}
    words = [str(region / word) if word == "edits.csv" else word for word in others.get(name) or TABLES[name][:-2]]
    shown = invoke(*words, "-w", region, "--lang", lang)
    assert max(map(display_width, shown.output.splitlines())) <= WIDE
    if name == "scenario":
        return
    explained = invoke(*words, "-w", region, "--lang", lang, "--explain").stdout
    assert max(map(display_width, explained.splitlines())) <= WIDE
    if name != "scope" or "Nobody" not in shown.output:
        headings = (
            ("列の意味", "数の出し方", "読むときの注意") if lang == "ja" else ("What the columns mean", "come about")
        )
        assert all(heading in explained for heading in headings) or "explain" not in shown.stderr
    data = invoke(*words, "-w", region, "--lang", lang, "--explain", "--format", "csv")
    assert "●" not in data.stdout


def test_the_status_is_one_of_six(invoke: Invoke, region: Path) -> None:
    wrong = invoke("loss", "-w", region, "--status", "ゼロ", exit_code=2).stderr
    assert "multiple, single, wide_only, none, unknown, withheld" in wrong
