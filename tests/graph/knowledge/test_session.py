"""What every method of a graph has in common: languages and days are checked at the door, help shows a method."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Callable
from typing import Any

import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

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
