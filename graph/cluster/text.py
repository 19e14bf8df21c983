"""The SQL text: one file a view, the same for every engine, in the order in which they need each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

KEPT = frozenset(
    {
        "held",
        "homes",
        "ends",
        "given",
        "offers",
        "partnerships",
        "reached",
        "containing",
        "found",
        "connecting",
        "cells",
    }
    | {"tie_claims", "belonging", "nodes", "arcs", "grouped"}
)
"""Views that several others read: an engine computes them once for a question."""
_READS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


@cache
def view_names() -> tuple[str, ...]:
    """Return the names of all views, sorted.

    Examples
    --------
    >>> "cells" in view_names()
    True
    """
    folder = files(__package__) / "sql"
    return tuple(sorted(file.name.removesuffix(".sql") for file in folder.iterdir() if file.name.endswith(".sql")))


@cache
def view_text(name: str) -> str:
    """Return the query of a view.

    Examples
    --------
    >>> view_text("degrees").splitlines()[0]
    '-- How many different bodies each node is tied to, in either direction.'
    """
    return (files(__package__) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def views_for(*wanted: str) -> Sequence[str]:
    """Return the views that some need, themselves last, each after all that it reads.

    Examples
    --------
    >>> views_for("degrees")[-2:]
    ['arcs', 'degrees']
    """
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in found or name not in view_names():
            return
        for read in _READS.findall(view_text(name)):
            visit(read)
        found[name] = None

    for name in wanted:
        visit(name)
    return list(found)
