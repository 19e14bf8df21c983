"""The page for researchers: every command, query and line of Python on it runs, in the order it shows them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from tsunagari.cli import cli
from tsunagari.graph.export import FORMATS

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("researchers.md", "researchers.ja.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w/-]+\.rq)`")


def blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield each block of code: its language, its text, and the file that the lines above name last."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        named = FILE.findall(text[: found.start()])
        yield found[1], found[2], named[-1] if named else ""


def run_command(line: str) -> Result:
    """Run a command of the program as a shell would, standard input included."""
    words = shlex.split(line, comments=True)
    given = Path(words[words.index("<") + 1]).read_bytes() if "<" in words else None
    return CliRunner().invoke(cli, words[1 : words.index("<") if "<" in words else None], input=given)


@pytest.fixture(scope="module")
def read_through(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Do all that the page says in an empty folder; give what its Python has named and what its commands printed."""
    names: dict[str, Any] = {}
    printed: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("study"))
        for language, body, file in blocks(PAGES[0]):
            if language == "sparql":
                Path(file).parent.mkdir(parents=True, exist_ok=True)
                Path(file).write_text(body, encoding="utf-8")
            elif language == "python":
                exec(body, names)
            else:
                for line in body.splitlines():
                    if not line.startswith("pip install "):
                        done = run_command(line)
                        assert done.exit_code == 0, (line, done.output)
                        printed[line] = done.stdout
        yield {"printed": printed, **names}
        names["kg"].close()


def test_a_cited_table_comes_out(read_through: dict[str, Any]) -> None:
    assert len(read_through["table"]) == 10
    assert "\\begin{tabular}" in Path("table.tex").read_text(encoding="utf-8")
    assert "@article{gould-fernandez-1989," in Path("references.bib").read_text(encoding="utf-8")
    items = json.loads(Path("references.json").read_text(encoding="utf-8"))
    assert {"burt-1992", "freeman-1977", "graph", "tsunagari"} <= {item["id"] for item in items}


def test_every_way_to_ask_sparql_gives_the_same(read_through: dict[str, Any]) -> None:
    printed = {line: text for line, text in read_through["printed"].items() if " query " in line}
    found = read_through["found"]
    assert len(found) > 5
    assert not found.attrs["truncated"]
    given = {way: text for way in ("--format json", "--format csv") for line, text in printed.items() if way in line}
    assert json.loads(given["--format json"]) == found.to_dict("records")
    assert given["--format csv"].splitlines()[1] == ",".join(map(str, found.iloc[0]))
    pd.testing.assert_frame_equal(pd.read_parquet("fields.parquet"), found, check_dtype=False)


def test_ones_own_question_is_listed_asked_and_explained(read_through: dict[str, Any]) -> None:
    lists, helps, answers, _ = [text for line, text in read_through["printed"].items() if " ask " in line]
    assert "providers-of" in lists
    assert "--field" in helps
    assert "--least" in helps
    assert "架空" in answers
    assert Path("members.csv").read_text(encoding="utf-8-sig").startswith("platform,member_class,member,")
    kg = read_through["kg"]
    asked = kg.ask("providers-of", field="住宅")
    assert len(kg.ask("providers-of", field="housing", least=2)) < len(asked)
    assert asked["services"].ge(1).all()


def test_files_for_other_programs_are_written(read_through: dict[str, Any]) -> None:
    assert Path("network.graphml").stat().st_size > 1000
    assert Path("tables.zip").stat().st_size > 1000


def test_both_pages_show_the_same() -> None:
    def shown(page: str) -> list[tuple[str, str]]:
        words = {"住宅": "housing", '"不明"': '"not known"', "自分の研究": "My study"}
        found = []
        for language, body, _ in blocks(page):
            text = re.sub(r"\s+# [^\n]*", "", body) if language != "sparql" else body
            for ja, en in words.items():
                text = text.replace(ja, en)
            found.append((language, text))
        return found

    assert shown(PAGES[0]) == shown(PAGES[1])


def test_the_pages_tell_of_every_column_that_they_show(read_through: dict[str, Any]) -> None:
    text = (DOCS / PAGES[0]).read_text(encoding="utf-8")
    for column in read_through["table"].columns.difference(["rank", "organization", "group"]):
        assert f"`{column}`" in text or column.startswith("z_"), column
    assert {15: "fifteen", 16: "sixteen"}[len(FORMATS)] in text
