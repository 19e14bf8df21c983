"""The house: no circle of imports, tests that mirror the rooms, rooms that are not too full."""

from __future__ import annotations

import ast
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {
    "tsunagari.ontology": ROOT / "ontology",
    "tsunagari.loaders": ROOT / "loaders",
    "tsunagari.graph": ROOT / "graph",
    "tsunagari.viz": ROOT / "viz",
    "tsunagari.cli": ROOT / "src" / "tsunagari" / "cli",
}
FULLEST = 20


def modules() -> dict[str, Path]:
    found = {"tsunagari": ROOT / "src/tsunagari/__init__.py", "tsunagari.errors": ROOT / "src/tsunagari/errors.py"}
    found["tsunagari.spreadsheets"] = ROOT / "src/tsunagari/spreadsheets.py"
    found["tsunagari.atomic_files"] = ROOT / "src/tsunagari/atomic_files.py"
    for name, folder in PACKAGES.items():
        for path in folder.rglob("*.py"):
            parts = path.relative_to(folder).with_suffix("").parts
            found[".".join([name, *(part for part in parts if part != "__init__")])] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> set[str]:
    """Every module that a file imports, at the top, inside functions and for types alike; a seam counts as itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            seam = path.name == "__init__.py" or (node.module in known and known[node.module].name == "__init__.py")
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (
                {node.module}
                if seam and not named <= known.keys()
                else {n if n in known else node.module for n in named}
            )
    return found & known.keys()


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = modules()
    graph = nx.DiGraph((name, target) for name, path in known.items() for target in imports(path, known))
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert circles == []


ROOMS = {
    "graph": ROOT / "graph",
    "loaders": ROOT / "loaders",
    "viz": ROOT / "viz",
    "cli": ROOT / "src" / "tsunagari" / "cli",
}


@pytest.mark.parametrize("package", ROOMS)
def test_each_test_file_stands_in_the_room_of_what_it_tests(package: str) -> None:
    rooms = {path.name for path in ROOMS[package].iterdir() if path.is_dir()}
    tests = ROOT / "tests" / package
    assert {path.name for path in tests.iterdir() if path.is_dir() and path.name != "__pycache__"} <= rooms
    assert [path.name for path in tests.glob("test_*.py")] == []


@pytest.mark.parametrize("package", ROOMS)
def test_no_room_is_too_full(package: str) -> None:
    rooms = {path.parent for path in ROOMS[package].rglob("*.py")}
    counts = {room.name: len(list(room.glob("[a-z]*.py"))) for room in rooms}
    assert {name: count for name, count in counts.items() if count > FULLEST} == {}
