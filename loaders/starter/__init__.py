"""The files of a workspace itself: its template, examples, and what nothing overwrites."""

from __future__ import annotations

from tsunagari.loaders.starter.examples import drop_examples, is_all_examples
from tsunagari.loaders.starter.own_files import ALWAYS_KEPT, own_role
from tsunagari.loaders.starter.starter import WORKBOOK_NAME, StarterTable, init_workspace, starter_names, starter_tables

__all__ = [
    "ALWAYS_KEPT",
    "WORKBOOK_NAME",
    "StarterTable",
    "drop_examples",
    "init_workspace",
    "is_all_examples",
    "own_role",
    "starter_names",
    "starter_tables",
]
