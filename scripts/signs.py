"""The signs of the house: how full rooms are, what imports what, what a new thing touches, what is computed twice.

Each sign has an aim, and a floor that the tree must not fall below; a floor that is missed ends with status 1. What is
counted stands beside each number. Run it with ``make check`` or ``python scripts/signs.py``.
"""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {
    "tsunagari": ROOT / "src" / "tsunagari",
    "tsunagari.ontology": ROOT / "ontology",
    "tsunagari.loaders": ROOT / "loaders",
    "tsunagari.graph": ROOT / "graph",
    "tsunagari.viz": ROOT / "viz",
}
LINKS = tuple(PACKAGES)[1:]


@dataclass(frozen=True)
class Sign:
    """One sign: what was found, what is aimed at, and what may not be exceeded."""

    name: str
    found: float
    aim: float
    floor: float
    counts: str


def modules() -> dict[str, Path]:
    """Return every module by its name."""
    found = {}
    for name, folder in PACKAGES.items():
        for path in folder.rglob("*.py"):
            inside = path.relative_to(folder).parts
            if name == "tsunagari" and f"tsunagari.{inside[0]}" in LINKS:
                continue
            parts = path.relative_to(folder).with_suffix("").parts
            found[".".join([name, *(part for part in parts if part != "__init__")])] = path
    return found


def imported(path: Path, known: dict[str, Path]) -> set[str]:
    """Return every module that a file imports, at the top, inside functions and for types; a seam counts as itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= named if named <= known.keys() else {node.module}
    return found & known.keys()


def late_imports(path: Path) -> int:
    """Return how many imports stand inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = (node for function in functions for node in ast.walk(function))
    return len({(node.lineno, node.col_offset) for node in inside if isinstance(node, ast.Import | ast.ImportFrom)})


def fullest(known: dict[str, Path]) -> int:
    folders = Counter(path.parent for path in known.values() if path.name != "__init__.py")
    return max(folders.values())


def files_naming(word: str) -> list[str]:
    """Return the files that a person writes which hold the word by itself: no tests, samples or generated pages."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    found = []
    for folder in ("ontology", "loaders", "graph", "viz", "src/tsunagari", "scripts/templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            part = path.relative_to(ROOT).parts
            if part[:2] == ("src", "tsunagari") and f"tsunagari.{part[2]}" in LINKS:
                continue
            if path.suffix not in (".py", ".toml", ".ttl", ".ts", ".md", ".rq") or "datasets" in part:
                continue
            if pattern.search(path.read_text(encoding="utf-8")):
                found.append(path.relative_to(ROOT).as_posix())
    return found


def kinds() -> list[str]:
    """Return the kinds of sources."""
    from tsunagari.loaders.workspace.kinds import KINDS

    return [name for name in KINDS if "-" in name]  # a plain word such as areas means other things too


def measures() -> list[str]:
    """Return the measures of centrality that no other table holds and whose names mean nothing else."""
    from tsunagari.graph.measures import MEASURES

    return [name for name in MEASURES if name in ("harmonic", "eigenvector", "pagerank", "coreness")]


def columns() -> list[str]:
    """Return the columns of the gap table whose names mean nothing else."""
    from tsunagari.graph.coverage.coverage_table import COLUMNS

    return [name for name in COLUMNS if "_" in name and name not in ("area_code", "field_id")]


def commands_elsewhere() -> int:
    """Return how many commands do not stand in a file of their name."""
    import click

    from tsunagari.cli import cli

    folder = ROOT / "src" / "tsunagari" / "cli" / "commands"
    names = cli.list_commands(click.Context(cli))
    return sum(not list(folder.glob(f"*/{name.replace('-', '_')}.py")) for name in names)


def computed_in_a_report() -> Counter[str]:
    """Return how often one report computes coverage, connections and brokers, by writing one of a small workspace."""
    import tsunagari.graph.coverage.gaps as gaps
    import tsunagari.graph.knowledge.broker_answers as brokers
    import tsunagari.graph.remedies.connections as connections
    from tsunagari import build
    from tsunagari.viz.report.workbook import write_workbook

    counts: Counter[str] = Counter()

    def count(module: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(module, name)

        def compute(*given: Any, **named: Any) -> Any:
            counts[name] += 1
            return original(*given, **named)

        setattr(module, name, compute)

    for module, name in ((gaps, "cover"), (connections, "Connections"), (brokers, "broker_table")):
        count(module, name)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        settings = '[workspace]\ntitle = "架空"\nas_of = 2025-01-01\n[scope]\nareas = ["鳥取市"]\n'
        for kind, text in {
            "services": "名称,実施団体,分野,対象区域\n食堂,架空の会,子育て,鳥取市\n",
            "ties": "連携元,連携先,種類\n架空の会,架空の輪,情報共有\n",
        }.items():
            (place / f"{kind}.csv").write_text(text, encoding="utf-8")
            settings += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
        (place / "tsunagari.toml").write_text(settings, encoding="utf-8")
        with build(place) as kg:
            write_workbook(kg, place / "report.xlsx")
    return counts


def signs() -> Iterator[Sign]:
    known = modules()
    graph = nx.DiGraph((name, target) for name, path in known.items() for target in imported(path, known))
    circles = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    seams = {name for name, path in known.items() if path.name == "__init__.py"}
    fans = sorted(graph.out_degree(name) for name in graph if name not in seams)
    late = {name: late_imports(path) for name, path in known.items()}
    outside = sum(number for name, number in late.items() if not name.startswith("tsunagari.cli"))
    yield Sign("modules in the fullest folder", fullest(known), 20, 20, "Python files beside each other, no __init__")
    yield Sign("circles of imports", len(circles), 0, 0, "strong components, lazy and type imports too")
    yield Sign("fan-out, 90th percentile", fans[len(fans) * 9 // 10], 8, 11, "own modules a module imports; no seams")
    yield Sign("fan-out, most", fans[-1], 15, 22, "the same, the largest")
    yield Sign("late imports", sum(late.values()), 60, 80, "import statements inside functions, everywhere")
    yield Sign("late imports outside the command line", outside, 60, 45, "the same without cli/")
    for name, words, aim, floor in (
        ("kind of source", kinds(), 8, 8),
        ("measure", measures(), 4, 4),
        ("column of the gap table", columns(), 2, 5),
    ):
        found = median(len(files_naming(word)) for word in words)
        yield Sign(f"files that name a {name}", found, aim, floor, f"median over {len(words)} of them")
    yield Sign("commands not in a file of their name", commands_elsewhere(), 0, 0, "of the command's list")
    for what, number in computed_in_a_report().items():
        yield Sign(f"{what} in one report", number, 1, 1, "calls while report.xlsx is written")


def main() -> int:
    """Print the table; return 1 when a floor is missed."""
    missed = []
    print(f"{'sign':<42}{'found':>7}{'aim':>6}{'floor':>7}  counted")
    for sign in signs():
        mark = "" if sign.found <= sign.aim else " (aim missed)" if sign.found <= sign.floor else " FLOOR MISSED"
        print(f"{sign.name:<42}{sign.found:>7g}{sign.aim:>6g}{sign.floor:>7g}  {sign.counts}{mark}")
        if sign.found > sign.floor:
            missed.append(sign.name)
    if missed:
        print(f"below the floor: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
