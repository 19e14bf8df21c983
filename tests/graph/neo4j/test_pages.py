"""What the pages about Neo4j show runs, on the documents and on the practice region."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.graph.neo4j.conftest import Run

from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.names import SHORTCUTS
from tsunagari.graph.neo4j.push import push

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"^   ```cypher\n(.*?)^   ```$", re.MULTILINE | re.DOTALL)


def queries(page: str) -> list[str]:
    return [textwrap.dedent(text) for text in BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))]


def test_the_ten_questions_have_answers(bundled: KnowledgeGraph, address: Address, run: Run) -> None:
    push(bundled._reader, bundled.title, address)
    asked = queries("neo4j.md")
    assert len(asked) == 10
    for text in asked:
        assert run(text), text


@pytest.mark.parametrize("page", ["neo4j.md", "neo4j.ja.md"])
def test_the_page_leads_to_the_practice_region(page: str, address: Address, run: Run, tmp_path: Path) -> None:
    """Every command of the second step is run as it stands there, and all ten questions are asked of the region."""
    shown = re.findall(r"^tsunagari [^#\n]*", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    steps = [step for line in shown for step in line.split("&&") if "practice" in step]
    assert len(steps) == 5
    assert address.password is not None
    environment = os.environ | {"NEO4J_PASSWORD": address.password}
    for step in steps:
        words = shlex.split(step.replace("bolt://localhost:7687", address.url))
        assert words[0] == "tsunagari"
        code = "from tsunagari.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *words[1:]], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, (step, done.stderr.decode())
    found = {number: len(run(text)) for number, text in enumerate(queries(page), start=1)}
    border = 7  # the region lies in one prefecture
    assert [number for number, rows in found.items() if not rows] == [border]


def test_both_pages_ask_the_same() -> None:
    assert queries("neo4j.md") == queries("neo4j.ja.md")


def test_the_style_has_a_rule_for_every_label_and_arrow(bundled: KnowledgeGraph, address: Address, run: Run) -> None:
    """Browser makes up a rule for a label without one, and that hides all others of the node."""
    push(bundled._reader, bundled.title, address)
    style = (ROOT / "docs" / "neo4j.grass").read_text(encoding="utf-8")
    made = runpy.run_path(str(ROOT / "scripts" / "make_neo4j_style.py"))["style"]()
    assert style == made, "run python scripts/make_neo4j_style.py"
    labels = {row["label"] for row in run("MATCH (n:Resource) UNWIND labels(n) AS label RETURN DISTINCT label")}
    rules = re.findall(r"node\.(\w+)", style)
    assert labels <= set(rules)
    assert len(rules) == len(set(rules))
    assert (
        rules.index("Resource") < rules.index("Organization") < rules.index("Collaboration") < rules.index("Platform")
    )
    assert set(re.findall(r"relationship\.(\w+)", style)) == set(SHORTCUTS)
    assert style.count("{") - style.count('caption: "{') == style.count("}") - style.count('}";')


def test_the_compose_file_listens_on_this_machine_only() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    ports = re.findall(r'- "([\d.:]+)"', text)
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "image: neo4j:5.26" in text
