"""What a query gave: RDF terms read from Oxigraph's solutions, and as Python values in a data frame."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

import pandas as pd
import pyoxigraph as ox

from tsunagari.ontology.namespaces import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | bool | Iterable[ox.Triple]
Cell: TypeAlias = str | int | float | bool | date | datetime | None
INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
)
FLOATS = frozenset(f"{XSD}{name}" for name in ("decimal", "double", "float"))


@dataclass(slots=True)
class Answer:
    """What a query gave, still as RDF terms.

    Parameters
    ----------
    columns
        Names of the variables; ``subject``, ``predicate``, ``object`` for triples, ``answer`` for ASK.
    rows
        One tuple a solution.
    truncated
        Whether there were more rows than allowed.
    error
        What stopped the query, None when it ended.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[tuple[Term | None, ...]] = field(default_factory=list)
    truncated: bool = False
    error: BaseException | None = None


def read_answer(found: Found, answer: Answer, limit: int | None, deadline: float | None = None) -> None:
    """Read what Oxigraph found into `answer`, at most `limit` rows of it and until the clock shows `deadline`.

    Raises
    ------
    TimeoutError
        The deadline has passed.
    """
    if isinstance(found, ox.QueryBoolean | bool):
        answer.columns, answer.rows = ["answer"], [(ox.Literal(bool(found)),)]
        return
    if isinstance(found, ox.QuerySolutions):
        answer.columns = [variable.value for variable in found.variables]
    else:
        answer.columns = ["subject", "predicate", "object"]
    for solution in found:
        if limit is not None and len(answer.rows) >= limit:
            answer.truncated = True
            return
        if deadline is not None and time.monotonic() > deadline:
            raise TimeoutError
        answer.rows.append(tuple(_terms(solution)))


def _terms(solution: ox.QuerySolution | ox.Triple) -> Iterable[Term | None]:
    if isinstance(solution, ox.Triple):
        return (solution.subject, solution.predicate, solution.object)
    return solution


def python_value(term: Term | None) -> Cell:
    """Return an RDF term as a Python value: IRIs and texts as str, blank nodes as ``_:x``, the rest as what it is.

    A literal whose text does not fit its datatype is returned as its text.

    Examples
    --------
    >>> python_value(ox.Literal("2023-10-01", datatype=ox.NamedNode(f"{XSD}date")))
    datetime.date(2023, 10, 1)
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return term.value
    if not isinstance(term, ox.Literal):
        return str(term)
    try:
        return _literal_value(term.value, term.datatype.value)
    except ValueError:
        return term.value


def _literal_value(text: str, datatype: str) -> Cell:
    if datatype in INTEGERS:
        return int(text)
    if datatype in FLOATS:
        return float(text)
    if datatype == f"{XSD}boolean":
        return text in ("true", "1")
    if datatype == f"{XSD}date":
        return date.fromisoformat(text)
    if datatype == f"{XSD}dateTime":
        return datetime.fromisoformat(text)
    return text


def tidy_frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return a data frame whose columns hold Python objects, or numpy numbers where no value is missing."""
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    for column in columns:
        kinds = {type(value) for value in frame[column]}
        if kinds in ({int}, {float}, {bool}):  # with a gap, pandas would turn whole numbers into fractions
            frame[column] = frame[column].infer_objects()
    return frame
