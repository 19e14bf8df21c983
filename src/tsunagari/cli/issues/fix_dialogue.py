"""Asking at the terminal what a value that could not be read is meant to be."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tsunagari.cli.shell.options import Settings
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.loaders.fixes import shown_value

if TYPE_CHECKING:
    from tsunagari.loaders.fixes import Fix, Question

LETTERS = "abc"
ROWS_SHOWN = 5
EMPTY, SKIP, STOP = "-", "x", "q"
HOW_TO = Message(
    "正しい値を書くか、候補の文字を入れます。"
    "Enter: あとで、-: 空欄にする、x: その行を読まない、q: やめる（それまでの答えは使います）。",
    "Write the correct value or the letter of a candidate. Enter: later, -: make it empty, x: leave the rows out, "
    "q: stop (answers so far count).",
)
PROMPT = Message("正しい値", "Correct value")


def can_ask() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty()


def ask_questions(questions: Sequence[Question], chosen: Settings) -> list[Fix]:
    """Return what the person answers, question by question, until all are asked or it is enough."""
    if not questions:
        return []
    say(HOW_TO, chosen)
    answered: list[Fix] = []
    for number, question in enumerate(questions, 1):
        click.echo(f"\n[{number}/{len(questions)}] {described(question, chosen.lang)}", err=True)
        answer = click.prompt(PROMPT.text(chosen.lang), default="", show_default=False, err=True).strip()
        if answer.lower() == STOP:
            break
        fix = read_answer(answer, question)
        if fix is not None:
            answered.append(fix)
    return answered


def read_answer(answer: str, question: Question) -> Fix | None:
    """Return the correction that an answer means; None for no answer.

    A letter stands for a candidate only where there is one.
    """
    if not answer:
        return None
    if answer == EMPTY:
        return question.answered("")
    if answer.lower() == SKIP:
        return question.answered(None, skips=True)
    place = LETTERS.find(answer.lower()) if len(answer) == 1 else -1
    if 0 <= place < len(question.candidates):
        return question.answered(question.candidates[place])
    return question.answered(answer)


def described(question: Question, lang: str) -> str:
    """Return where a value stands, what is wrong with it and what may be meant, as lines."""
    place = question.file + (f" {question.sheet}" if question.sheet else "")
    rows = ", ".join(map(str, question.rows[:ROWS_SHOWN])) + ("…" if len(question.rows) > ROWS_SHOWN else "")
    count = len(question.rows)
    value = shown_value(question.value, lang)
    head = Message(
        f"{place}「{question.column}」: {value}（{count:,} 行: {rows} 行目）",
        f"{place}, {question.column}: {value} ({count:,} rows: {rows})",
    )
    lines = [head.text(lang), f"  {question.message.text(lang)}"]
    listed = "  ".join(f"{letter}: {name}" for letter, name in zip(LETTERS, question.candidates, strict=False))
    if listed:
        lines.append(("  候補  " if lang == "ja" else "  candidates  ") + listed)
    return "\n".join(lines)
