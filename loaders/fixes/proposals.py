"""What is to be asked of a person: the values that could not be read, each once, with what may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from tsunagari.errors import Message
from tsunagari.loaders.fixes.fixes import Fix
from tsunagari.loaders.issues import CODES, Issue
from tsunagari.ontology.spelling import fold_text, spelling_key

ASKED, NEAR = "ask", "near"
"""What `fix` of an issue code says: a person has to answer, or a name that is near enough may be proposed."""
FIELD_WORDS = frozenset({"unmatched-field", "ambiguous-field", "narrow-field"})
"""Codes that `tsunagari fields` settles for all lists at once."""
_LIKE, _AHEAD = 75, 10  # percent of likeness of a proposal, and how far it must be before the next
_CUT = "…"
_PREFECTURE = re.compile("^(?:東京都|北海道|(?:京都|大阪)府|..県|...県)")


@dataclass(slots=True)
class Question:
    """A value of a column that could not be read as it stands.

    Parameters
    ----------
    file, sheet, column, value
        Where it stands; an empty value for cells that hold nothing.
    code, message
        What is wrong with it.
    candidates
        What may be meant, best first.
    proposal
        The one candidate that is near enough to be taken without asking; None when there is none.
    rows
        Numbers of the rows that were told one by one.
    further
        How many more rows were only counted, with this value or another of the column.
    """

    file: str
    sheet: str | None
    column: str
    value: str
    code: str
    message: Message
    candidates: tuple[str, ...] = ()
    proposal: str | None = None
    rows: list[int] = field(default_factory=list)
    further: int = 0

    def answered(self, correct: str | None, *, skips: bool = False) -> Fix:
        """Return the correction that an answer makes of it; None as long as there is no answer."""
        return Fix(self.file, self.sheet, self.column, self.value, correct, skips=skips)


def open_questions(issues: Iterable[Issue]) -> list[Question]:
    """Return the values that a correction can settle, those of most rows first.

    A value that was cut for display, or that is not a whole value of its cell, cannot be looked up again; it is left
    out, and stays an issue.
    """
    questions: dict[tuple[str, str | None, str, str], Question] = {}
    for issue in issues:
        if CODES[issue.code].fix is None or issue.file is None or issue.column is None or issue.row is None:
            continue
        value = issue.value or ""
        if value.endswith(_CUT):
            continue
        key = (issue.file, issue.sheet, issue.column, value)
        question = questions.get(key)
        if question is None:
            question = questions[key] = Question(*key, issue.code, issue.message)
            question.candidates = issue.candidates
            question.proposal = near_candidate(issue)
        question.rows.append(issue.row)
    return sorted(questions.values(), key=lambda question: -len(question.rows))


def near_candidate(issue: Issue) -> str | None:
    """Return what is near enough to the value of an issue to be proposed; None when nothing is, or two are.

    Which body, number or date is meant is never proposed.
    """
    if CODES[issue.code].fix != NEAR or not issue.value:
        return None
    scored = sorted(((_likeness(issue.value, name), name) for name in dict.fromkeys(issue.candidates)), reverse=True)
    if not scored or scored[0][0] < _LIKE or fold_text(scored[0][1]) == fold_text(issue.value):
        return None
    return scored[0][1] if len(scored) == 1 or scored[0][0] - scored[1][0] >= _AHEAD else None


def _likeness(text: str, name: str) -> float:
    """Return how like a name is, in percent; a municipality may be written without its prefecture."""
    wanted = spelling_key(text)
    return max(fuzz.ratio(wanted, spelling_key(shown)) for shown in (name, _PREFECTURE.sub("", name)) if shown)
