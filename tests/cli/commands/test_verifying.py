"""What ``verify`` shows a researcher who asks whether the measures are those of the literature."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

module = import_module("tsunagari.graph.verify.verify")


def test_every_number_is_shown_with_its_source(invoke: Any) -> None:
    found = invoke("verify", "--lang", "en")
    assert "Krackhardt's kite" in found.stdout
    assert "D. Krackhardt (1990)" in found.stdout
    rows = json.loads(invoke("verify", "--format", "json", "-q").stdout)
    assert {row["passed"] for row in rows} == {True}
    assert f"{len(rows)} of {len(rows)} agree" in found.stderr


def test_a_number_that_differs_fails_the_command(invoke: Any, monkeypatch: Any) -> None:
    bridges = dict(module.MEASURES) | {"bridges": lambda _: {"all": 6}}
    monkeypatch.setattr(module, "MEASURES", bridges)
    found = invoke("verify", "--format", "json", exit_code=1)
    wrong = [row for row in json.loads(found.stdout) if not row["passed"]]
    assert [(row["network"], row["published"], row["computed"]) for row in wrong] == [
        ("フィレンツェ名家の婚姻", "all 5", "all 6")
    ]
