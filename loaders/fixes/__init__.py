"""Answers to questions: fixes of cells that the lists keep as they are."""

from __future__ import annotations

from tsunagari.loaders.fixes.applying import apply_fixes
from tsunagari.loaders.fixes.fixes import (
    COLUMNS,
    FIXES_NAME,
    Fix,
    Fixes,
    line_cells,
    merged,
    read_answers,
    read_fixes,
    shown_value,
    stray_fixes,
)
from tsunagari.loaders.fixes.headers import SEARCHED_ROWS, find_positions, positions_at
from tsunagari.loaders.fixes.proposals import FIELD_WORDS, Question, open_questions

__all__ = [
    "COLUMNS",
    "FIELD_WORDS",
    "FIXES_NAME",
    "SEARCHED_ROWS",
    "Fix",
    "Fixes",
    "Question",
    "apply_fixes",
    "find_positions",
    "line_cells",
    "merged",
    "open_questions",
    "positions_at",
    "read_answers",
    "read_fixes",
    "shown_value",
    "stray_fixes",
]
