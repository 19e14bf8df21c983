"""Ready-made questions: listed in the user's language, and answered for given parameters."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from rapidfuzz import process

from tsunagari.errors import Message, Place, QueryError, UnknownNameError
from tsunagari.graph.sparql.answers import Cell, Term, python_value, tidy_frame
from tsunagari.graph.sparql.engine import QuestionEngine, SparqlEngine
from tsunagari.graph.sparql.node_labels import best_labels
from tsunagari.graph.sparql.parameters import RESOLVERS, Parameter, Value, examples, resolve
from tsunagari.graph.sparql.queries import Queryable, too_slow
from tsunagari.graph.sparql.query_files import QueryFile, bundled_queries, options, queries_in
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

AnswerCell: TypeAlias = Cell | list[str]
AS_OF = "as-of"
AT = "at"
MOST_COMBINATIONS = 200
NO_THEME = Message("そのほか", "Other")


@dataclass(frozen=True, slots=True)
class ColumnHeader:
    """How a column of the answer is shown.

    Parameters
    ----------
    ja, en
        Heading.
    is_list
        Whether a cell holds several IRIs separated by spaces, which become a list.
    is_id
        Whether IRIs stay IRIs; else they become labels.
    is_texts
        Whether a cell holds several texts separated by U+001F, which become a list in their order.
    """

    ja: str
    en: str
    is_list: bool = False
    is_id: bool = False
    is_texts: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A ready-made question.

    Parameters
    ----------
    name
        Its name, in kebab-case.
    theme
        What it is listed under: a notation of the scheme ``question-theme``, or the user's own words; empty for none.
    ja, en
        The question.
    parameters
        What it asks for, in the order of its file.
    columns
        Variable to heading.
    file
        Where it comes from.
    """

    name: str
    theme: str
    ja: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, ColumnHeader]
    file: QueryFile

    def text(self, lang: str) -> str:
        """Return the question in `lang`."""
        return self.en if lang == "en" else self.ja

    def heading(self, lang: str) -> str:
        """Return what it is listed under in `lang`."""
        return _themes(lang).get(self.theme, self.theme) or NO_THEME.text(lang)


class MissingParameterError(QueryError):
    """A question lacks what it asks for.

    Parameters
    ----------
    missing
        Each parameter that is missing, with values that could be given.
    """

    def __init__(self, missing: Mapping[Parameter, Sequence[str]]) -> None:
        super().__init__(self.message_for(missing, {item.name: item.name for item in missing}))
        self.missing = missing

    @staticmethod
    def message_for(missing: Mapping[Parameter, Sequence[str]], names: Mapping[str, str]) -> Message:
        """Return what is missing, what it means and what could be given; `names` tells how to call the parameters."""
        ja = [
            f"{names[item.name]}（{item.ja}）" + (f"例: {'、'.join(some)}" if some else "")
            for item, some in missing.items()
        ]
        en = [
            f"{names[item.name]} ({item.en})" + (f", for example {', '.join(some)}" if some else "")
            for item, some in missing.items()
        ]
        return Message(f"パラメーターが足りません: {'。'.join(ja)}", f"Missing parameter: {'; '.join(en)}")


def read_question(file: QueryFile) -> Question:
    """Read a question from its file.

    Raises
    ------
    QueryError
        The header lacks a part or names an unknown kind of parameter.
    """
    parameters = []
    for line in file.all("parameter"):
        words, pairs = options(line, file)
        kind = pairs.get("type", "name")
        if not words or kind not in RESOLVERS:
            kinds = ", ".join(RESOLVERS)
            message = Message(
                f"parameter の行が読めません。type は {kinds} のどれか。", f"Bad parameter; types: {kinds}."
            )
            raise file.mistake(line.row, message)
        ja, en = pairs.get("ja", words[0]), pairs.get("en", words[0])
        required = "required" in words[1:]
        parameters.append(Parameter(words[0], ja, en, kind, pairs.get("of", ""), required, pairs.get("default")))
    columns = {}
    for line in file.all("column"):
        words, pairs = options(line, file)
        ja, en = pairs.get("ja", words[0]), pairs.get("en", words[0])
        columns[words[0]] = ColumnHeader(ja, en, *(word in words[1:] for word in ("list", "id", "texts")))
    theme = next((line.text for line in file.all("theme")), "")
    return Question(file.first("name"), theme, file.first("ja"), file.first("en"), tuple(parameters), columns, file)


def _themes(lang: str) -> dict[str, str]:
    """Return notation to heading of the themes, in their order."""
    concepts = vocabulary().schemes["question-theme"].concepts
    return {concept.notation: concept.labels[lang] for concept in concepts}


def all_questions(folder: Path | str | None = None) -> dict[str, Question]:
    """Return the bundled questions and those in a user's folder by name; a user's question replaces a bundled one.

    Examples
    --------
    >>> all_questions()["partnership-members"].en
    'Which municipalities form a regional partnership on a day?'
    """
    own = queries_in(Path(folder)) if folder is not None else ()
    found = [read_question(file) for file in (*bundled_queries("questions"), *own)]
    return {question.name: question for question in sorted(found, key=lambda item: item.name)}


def questions(lang: str = "ja", *, folder: Path | str | None = None) -> pd.DataFrame:
    """List the questions.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.
    folder
        The user's own question files (``questions/`` of the workspace).

    Returns
    -------
    One row a question by theme and name: ``theme``, ``name``, ``question``, ``parameters`` (text; optional ones in
    brackets). Questions of the user's own without a bundled theme come last.
    """
    order = {theme: place for place, theme in enumerate(_themes(lang))}
    found = sorted(all_questions(folder).values(), key=lambda item: (order.get(item.theme, len(order)), item.theme))
    rows = [(item.heading(lang), item.name, item.text(lang), _usage(item, lang)) for item in found]
    return tidy_frame(("theme", "name", "question", "parameters"), rows)


def ask(
    store: Queryable | ox.Store,
    name: str,
    *,
    lang: str = "ja",
    at: date | str | None = None,
    params: Mapping[str, object] | None = None,
    folder: Path | str | None = None,
    timeout: float | None = None,
) -> pd.DataFrame:
    """Answer a ready-made question.

    Parameters
    ----------
    store
        The graph.
    name
        Name of the question, see `questions`.
    lang
        Language of the labels in the answer.
    at
        The day it is asked for; None takes every time, where the question allows that.
    params
        Parameter to what the user gave. A name is matched by a whole name or code, else by a part of one; where it fits
        several things, all are answered.
    folder
        The user's own question files.
    timeout
        Seconds after which the question is stopped; None or 0 lets it run for ever.

    Returns
    -------
    The columns and the order of the question's file. ``attrs`` holds ``question`` and ``column_labels`` in `lang`. In
    the column ``validity``, ``certain`` means that every reading of the dates covers the day, ``possible`` that one
    does.

    Raises
    ------
    UnknownNameError
        There is no such question, or a name in `params` stands for nothing.
    MissingParameterError
        A parameter is missing.
    QueryError
        A parameter is unknown, the question's file is wrong, or the time is up.
    """
    return answer(SparqlEngine(store), name, lang=lang, at=at, params=params, folder=folder, timeout=timeout)


def answer(
    engine: QuestionEngine,
    name: str,
    *,
    lang: str = "ja",
    at: date | str | None = None,
    params: Mapping[str, object] | None = None,
    folder: Path | str | None = None,
    timeout: float | None = None,
) -> pd.DataFrame:
    """Answer a ready-made question by any engine; for parameters, answer and errors see `ask`."""
    question = _find(name, folder)
    engine.check(question.file)
    given = _given(engine, question, {**(params or {}), **({AT: at} if at is not None else {})})
    choices = {item.name: resolve(engine, item, given[item.name]) for item in question.parameters if item.name in given}
    columns, rows = _answers(engine, question, choices, timeout or None)
    shown = _show(engine, question, columns, rows, lang)
    frame = tidy_frame(columns, shown)
    headings = {column: question.columns.get(column) for column in columns}
    frame.attrs["question"] = question.text(lang)
    frame.attrs["column_labels"] = {
        column: column if head is None else (head.en if lang == "en" else head.ja) for column, head in headings.items()
    }
    return frame


def _find(name: str, folder: Path | str | None) -> Question:
    known = all_questions(folder)
    if name in known:
        return known[name]
    near = [found for found, _, _ in process.extract(name, list(known), limit=3)]
    raise UnknownNameError(
        Message(f"質問「{name}」はありません。", f"There is no question {name!r}."),
        hint=Message(f"近い名前: {'、'.join(near)}", f"Nearest names: {', '.join(near)}"),
    )


def _usage(question: Question, lang: str) -> list[str]:
    return [
        f"{item.name} ({item.meaning(lang)})" if item.required else f"[{item.name} ({item.meaning(lang)})]"
        for item in question.parameters
    ]


def _given(engine: QuestionEngine, question: Question, params: Mapping[str, object]) -> dict[str, object]:
    """Return what is given or stands by default; the day may be given to questions that do not ask for it."""
    known = {item.name for item in question.parameters}
    given = {name: value for name, value in params.items() if name in known and value is not None}
    for item in question.parameters:
        if item.default not in (None, AS_OF):
            given.setdefault(item.name, item.default)
    unknown = ", ".join(sorted(set(params) - known - {AT}))
    if unknown:
        raise QueryError(
            Message(f"知らないパラメーター: {unknown}", f"Unknown parameter: {unknown}"),
            hint=Message(
                f"使い方: {', '.join(_usage(question, 'ja')) or 'なし'}",
                f"Parameters: {', '.join(_usage(question, 'en')) or 'none'}",
            ),
        )
    missing = [item for item in question.parameters if item.required and item.name not in given]
    if missing:
        raise MissingParameterError({item: examples(engine, item) for item in missing})
    return given


def _answers(
    engine: QuestionEngine, question: Question, choices: Mapping[str, Sequence[Value]], timeout: float | None
) -> tuple[list[str], list[tuple[Term | None, ...]]]:
    """Run the query once for each combination of what the names may stand for."""
    combinations = prod(len(found) for found in choices.values())
    if combinations > MOST_COMBINATIONS:
        vague = max(choices, key=lambda name: len(choices[name]))
        some = "、".join(_labels(engine, [term.value for term in choices[vague][:3]]).values())
        raise QueryError(
            Message(
                f"{vague} の指定に当てはまるものが多すぎます（{len(choices[vague])}件）。",
                f"The value of {vague} fits too many things ({len(choices[vague])}).",
            ),
            hint=Message(f"もっと詳しく書いてください。例: {some}", f"Be more specific, for instance: {some}"),
        )
    columns: list[str] = []
    rows: list[tuple[Term | None, ...]] = []
    end = None if timeout is None else time.monotonic() + timeout
    for combination in product(*choices.values()):
        if end is not None and time.monotonic() >= end:
            raise too_slow(timeout or 0)
        left = None if end is None else end - time.monotonic()
        found = engine.answer(question.file, dict(zip(choices, combination, strict=True)), left)
        columns = found.columns
        rows += [row for row in found.rows if any(row)]
    if len(columns) != len(set(columns)) or not columns:
        raise QueryError(
            Message("答えの列がありません。", "The question selects no columns."), place=Place(question.file.path)
        )
    return columns, rows


def _show(
    engine: QuestionEngine,
    question: Question,
    columns: Sequence[str],
    rows: Sequence[tuple[Term | None, ...]],
    lang: str,
) -> list[tuple[AnswerCell, ...]]:
    """Turn terms into what a reader sees: labels for IRIs, lists for cells of several, values for the rest."""
    plain = ColumnHeader("", "", is_id=True)
    labelled = ColumnHeader("", "")
    heads = [question.columns.get(column, plain if column.endswith("_id") else labelled) for column in columns]
    iris: dict[str, None] = {}
    for row in rows:
        for head, term in zip(heads, row, strict=True):
            if isinstance(term, ox.NamedNode) and not head.is_id:
                iris[term.value] = None
            elif isinstance(term, ox.Literal) and head.is_list:
                iris.update(dict.fromkeys(term.value.split()))
    labels = _labels(engine, iris, lang)
    return [tuple([_cell(term, head, labels) for head, term in zip(heads, row, strict=True)]) for row in rows]


def _labels(engine: QuestionEngine, iris: Iterable[str], lang: str = "ja") -> dict[str, str]:
    wanted = [iri for iri in dict.fromkeys(iris) if ":" in iri]
    return best_labels(wanted, engine.labels(wanted), lang=lang)


def _cell(term: Term | None, head: ColumnHeader, labels: Mapping[str, str]) -> AnswerCell:
    if head.is_texts:
        return term.value.split("\x1f") if isinstance(term, ox.Literal) and term.value else []
    if head.is_list:
        parts = term.value.split() if isinstance(term, ox.Literal | ox.NamedNode) else []
        return sorted({labels.get(part, part) for part in parts})
    if isinstance(term, ox.NamedNode) and not head.is_id:
        return labels[term.value]
    value = python_value(term)
    return None if value == "" else value  # a list of no texts: Oxigraph leaves it out, Jena gives an empty text
