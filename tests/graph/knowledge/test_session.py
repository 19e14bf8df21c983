"""What every method of a graph has in common: languages and days are checked at the door, help shows a method."""

from __future__ import annotations

import inspect
import pydoc
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.graph.conftest import REGION

from tsunagari.cli.commands.lists import demo
from tsunagari.cli.shell.options import Settings
from tsunagari.errors import UnknownNameError
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.viz.map import write_map
from tsunagari.viz.report.workbook import write_workbook

METHODS = {
    name: function
    for name, function in vars(KnowledgeGraph).items()
    if inspect.isfunction(function) and not name.startswith("_")
}
WORDS: dict[str, tuple[Any, ...]] = {
    "frame": ("ties",),
    "evidence": ("urn:x",),
    "citations": ("urn:x",),
    "loss_of": ("鳥取市",),
    "scenario": ([],),
    "ask": ("partnership-members",),
    "export": ("turtle",),
    "diff": (),
    "qap": ("ties", "comembers"),
}


@pytest.mark.parametrize(
    "name", [name for name, method in METHODS.items() if "lang" in inspect.signature(method).parameters]
)
def test_every_method_refuses_a_language_that_no_text_is_in(bundled: KnowledgeGraph, name: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        getattr(bundled, name)(*WORDS.get(name, ()), lang="fr")
    assert "ja, en" in refused.value.hint.en


@pytest.mark.parametrize(
    "name", [name for name, method in METHODS.items() if "at" in inspect.signature(method).parameters]
)
def test_every_method_refuses_what_is_no_day(bundled: KnowledgeGraph, name: str) -> None:
    needs = {"since": "2023-01-01"} if name == "diff" else {}
    words = ("degree",) if name == "centrality" else WORDS.get(name, ())
    with pytest.raises(UnknownNameError) as refused:
        getattr(bundled, name)(*words, at="いつか", **needs)
    assert "R5.10.1" in refused.value.hint.en


@pytest.mark.parametrize(("name", "function"), METHODS.items())
def test_every_method_is_documented_as_one(name: str, function: Callable[..., Any]) -> None:
    doc = inspect.getdoc(function) or ""
    own = [word for word in inspect.signature(function).parameters if word != "self"]
    assert next(iter(inspect.signature(function).parameters)) == "self"
    assert ("Parameters\n---" in doc) == bool(own) or not own
    for word in own:
        assert word in doc.split("Returns\n")[0], f"{name}: {word} is not documented"
    assert "Examples\n---" in doc or ">>> " in doc
    assert f"{name}(self" in pydoc.plain(pydoc.render_doc(KnowledgeGraph))


COMPUTED = {
    "coverage": ("tsunagari.graph.coverage.gaps", "cover"),
    "offers": ("tsunagari.graph.coverage.gaps", "read_offers"),
    "connections": ("tsunagari.graph.remedies.connections", "Connections"),
    "brokers": ("tsunagari.graph.knowledge.broker_answers", "broker_table"),
}


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each of what a day, scope and need share is computed."""
    counts: Counter[str] = Counter()
    for what, (module, name) in COMPUTED.items():
        original = getattr(import_module(module), name)

        def compute(*given: Any, what: str = what, original: Callable[..., Any] = original, **named: Any) -> Any:
            counts[what] += 1
            return original(*given, **named)

        monkeypatch.setattr(f"{module}.{name}", compute)
    return counts


@pytest.mark.parametrize("what", ["report", "map", "demo"])
def test_what_a_day_shares_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    for name, text in REGION.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with build(tmp_path) as kg:
        counts = counted(monkeypatch)
        if what == "report":
            write_workbook(kg, tmp_path / "report.xlsx")
        elif what == "map":
            write_map(kg, tmp_path / "map.html")
        else:
            chosen = Settings(str(tmp_path), None, None, False, "ja", "table", None, True, False, False)
            demo.show_graph(demo.REAL, kg, chosen)
            demo.write_files(kg, tmp_path, chosen, "")
        assert dict(counts) == dict.fromkeys(COMPUTED, 1)


def test_another_day_is_another_answer_and_a_table_is_the_users_own(region: KnowledgeGraph) -> None:
    first = region.brokers()
    first["rank"] = 0
    assert (region.brokers()["rank"] > 0).all()
    assert region.coverage() is region.coverage(at=region.as_of)
    assert region.coverage() is not region.coverage(at="2000-01-01")


def test_an_empty_list_is_an_empty_scope(region: KnowledgeGraph) -> None:
    assert len(region.gaps()) > 0
    for nothing in ({"areas": []}, {"fields": []}, {"areas": iter(())}):
        assert region.gaps(**nothing).empty
        assert region.coverage(**{word: list(words) for word, words in nothing.items()}).status.size == 0
        assert region.remedies(**{word: [] for word in nothing}).empty
    assert region.gaps("鳥取市")["area"].unique().tolist() == ["鳥取市"]


def test_statuses_are_checked_and_one_may_be_text(region: KnowledgeGraph) -> None:
    assert len(region.projection("ties", statuses="stated").source) == 4
    with pytest.raises(UnknownNameError) as refused:
        region.network("ties", statuses=["sure"])
    assert "stated, " in refused.value.hint.en
    with pytest.raises(UnknownNameError) as refused:
        region.remedies(statuses="sure")
    assert "none" in refused.value.hint.en
    assert not region.remedies(statuses="single").empty
