"""What ships is permissive: the check knows what is, and sees what is not."""

from __future__ import annotations

import importlib.util
import json
import re
from email.message import Message
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "scripts" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("expression", "permissive"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-or-later", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("(MIT OR LGPL-2.1) AND BSD-2-Clause", True),
        ("LGPL-2.1-only", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_alternatives_and_what_is_asked_together(licences: ModuleType, expression: str, permissive: bool) -> None:
    assert licences.is_permissive(expression) is permissive


@pytest.mark.parametrize(
    ("field", "value", "licence"),
    [
        ("License-Expression", "Apache-2.0", "Apache-2.0"),
        ("Classifier", "License :: OSI Approved :: MIT License", "MIT"),
        (
            "Classifier",
            "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
            "GNU General Public License v3 (GPLv3)",
        ),
        ("License", "BSD-3-Clause", "BSD-3-Clause"),
        ("License", "All rights reserved", "All rights reserved"),
    ],
)
def test_what_the_metadata_says(licences: ModuleType, field: str, value: str, licence: str) -> None:
    metadata = Message()
    metadata[field] = value
    assert licences.licence_of(SimpleNamespace(metadata=metadata)) == licence


def test_every_library_of_the_lock_file_is_looked_at(licences: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    names = licences.locked_names((ROOT / "requirements" / "run.lock").read_text(encoding="utf-8"))
    assert {"click", "numpy", "pyoxigraph", "rdflib"} <= set(names)
    assert licences.main() == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in names)


def test_the_scripts_that_pages_bring_are_checked_and_in_the_bill(licences: ModuleType) -> None:
    scripts = licences.bundled_scripts(licences.NOTICES.read_text(encoding="utf-8"))
    names = [name for name, _, _ in scripts]
    built = re.search(r"const LIBRARY = \[([^\]]+)\]", (licences.NOTICES.parents[1] / "app" / "build.mjs").read_text())
    assert built is not None
    assert names == re.findall(r'"([^"]+)"', built[1])
    locked = json.loads((licences.NOTICES.parents[1] / "app" / "package-lock.json").read_text(encoding="utf-8"))
    for name, version, licence in scripts:
        assert locked["packages"][f"node_modules/{name}"]["version"] == version
        assert licences.is_permissive(licence)
    bill = licences.add_scripts({"bomFormat": "CycloneDX", "components": [{"bom-ref": "click"}]}, scripts)
    refs = [component["bom-ref"] for component in bill["components"]]
    assert refs[0] == "click"
    assert "pkg:npm/%40egjs/hammerjs@2.0.17" in refs
    assert licences.add_scripts(bill, scripts) == bill
