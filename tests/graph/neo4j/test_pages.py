"""What the pages about Neo4j show runs, on the documents and on the practice region."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

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


def test_both_pages_ask_the_same() -> None:
    assert queries("neo4j.md") == queries("neo4j.ja.md")


def test_the_style_names_kinds_and_arrows_that_there_are(bundled: KnowledgeGraph, address: Address, run: Run) -> None:
    push(bundled._reader, bundled.title, address)
    style = (ROOT / "docs" / "neo4j.grass").read_text(encoding="utf-8")
    labels = {row["label"] for row in run("CALL db.labels() YIELD label")}
    assert set(re.findall(r"node\.(\w+)", style)) <= labels
    assert set(re.findall(r"relationship\.(\w+)", style)) == set(SHORTCUTS)
    assert style.count("{") - style.count('caption: "{') == style.count("}") - style.count('}";')


def test_the_compose_file_listens_on_this_machine_only() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    ports = re.findall(r'- "([\d.:]+)"', text)
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "image: neo4j:5.26" in text
