"""Lists that are added to a workspace: guesses, looks, settings."""

from __future__ import annotations

from tsunagari.loaders.adding.adding import (
    COPY,
    KNOWN,
    NEW,
    UNREADABLE,
    Addition,
    Answers,
    Change,
    find_lists,
    free_names,
    look_at,
    passed_over,
    without_copies,
    write_change,
)
from tsunagari.loaders.adding.inspection import Inspection, TableView, inspect_file, named_kind
from tsunagari.loaders.adding.platforms import declared_platforms

__all__ = [
    "COPY",
    "KNOWN",
    "NEW",
    "UNREADABLE",
    "Addition",
    "Answers",
    "Change",
    "Inspection",
    "TableView",
    "declared_platforms",
    "find_lists",
    "free_names",
    "inspect_file",
    "look_at",
    "named_kind",
    "passed_over",
    "without_copies",
    "write_change",
]
