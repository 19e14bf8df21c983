"""A user's own SPARQL queries: read-only, over the union of the named graphs, answered as a table."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from tsunagari.errors import Message, QueryError
from tsunagari.graph import sparql_text
from tsunagari.graph.query_guard import check_query
from tsunagari.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
Cell: TypeAlias = str | int | float | bool | date | datetime | None
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
)
FLOATS = frozenset(f"{XSD}{name}" for name in ("decimal", "double", "float"))


class Queryable(Protocol):
    """Anything that answers SPARQL text: a `tsunagari.graph.store.Store` or a bare `pyoxigraph.Store`."""

    def query(self, text: str, /) -> Found:
        """Run a query."""
        ...


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


def run_query(
    store: Queryable | ox.Store, text: str, *, timeout: float | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query; everything that could write or leave this machine is refused.

    Parameters
    ----------
    store
        The graph. Without ``FROM`` the query sees the union of all named graphs; ``FROM <graph>`` narrows it to graphs
        that are in the store (nothing is fetched).
    text
        The query. The prefixes of `tsunagari.ontology.namespaces.PREFIXES` need no declaration.
    timeout
        Seconds after which to give up; None waits for ever.
    limit
        Largest number of rows to read; ``attrs["truncated"]`` tells whether there were more.

    Returns
    -------
    One row a solution in the order of the query, values as Python types, None where unbound. ``ASK`` gives one row with
    the column ``answer``; ``CONSTRUCT`` and ``DESCRIBE`` give ``subject``, ``predicate``, ``object``.

    Raises
    ------
    QueryError
        The text is not SPARQL (with line, column and the line itself), would change the graph, calls another server
        (``SERVICE``), or takes longer than `timeout`.

    Examples
    --------
    >>> run_query(ox.Store(), "SELECT (1 + 1 AS ?two) { }")["two"].tolist()
    [2]
    """
    check_query(text)
    answer = solve(store, text, timeout=timeout, limit=limit)
    rows = [tuple([python_value(term) for term in row]) for row in answer.rows]
    frame = tidy_frame(answer.columns, rows)
    frame.attrs["truncated"] = answer.truncated
    return frame


def solve(store: Queryable | ox.Store, text: str, *, timeout: float | None = None, limit: int | None = None) -> Answer:
    """Run a query that has passed `check_query` and return its RDF terms; for the parameters see `run_query`.

    Raises
    ------
    QueryError
        The query fails while it runs, or takes longer than `timeout`.
    """
    answer = Answer()
    deadline = None if timeout is None else time.monotonic() + timeout

    def work() -> None:
        try:
            _read(_run(store, with_prefixes(text)), answer, limit, deadline)
        except BaseException as error:  # carried to the thread that waits, which raises it
            # without the traceback: it holds the solutions, which Oxigraph wants to be let go of in this thread
            answer.error = error.with_traceback(None)

    # Beside the main thread, which so stays free to give up or to take Ctrl-C: Oxigraph cannot be interrupted.
    worker = threading.Thread(target=work, name="sparql", daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive() or isinstance(answer.error, TimeoutError):
        raise _too_slow(timeout or 0)
    if isinstance(answer.error, OSError | RuntimeError | SyntaxError | ValueError):
        raise QueryError(
            Message(f"問い合わせを実行できませんでした: {answer.error}", f"The query failed: {answer.error}")
        ) from answer.error
    if answer.error is not None:
        raise answer.error
    return answer


def python_value(term: Term | None) -> Cell:
    """Return an RDF term as a Python value: IRIs and texts as str, blank nodes as ``_:x``, the rest as what it is.

    A literal whose text does not fit its datatype is returned as its text.

    Examples
    --------
    >>> python_value(ox.Literal("2023-10-01", datatype=ox.NamedNode(XSD + "date")))
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


def with_prefixes(text: str) -> str:
    """Declare the prefixes that the text uses without declaring them."""
    missing = sorted(sparql_text.used_prefixes(text) - sparql_text.declared_prefixes(text))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing if name in PREFIXES) + text


def _names_graphs(text: str) -> bool:
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in sparql_text.tokens(text))


def _run(store: Queryable | ox.Store, text: str) -> Found:
    inner = store if isinstance(store, ox.Store) else getattr(store, "inner", None)
    if isinstance(inner, ox.Store):
        # the union would hide FROM: Oxigraph lets it win
        return inner.query(text, use_default_graph_as_union=not _names_graphs(text))
    return store.query(text)


def _too_slow(timeout: float) -> QueryError:
    return QueryError(
        Message(f"問い合わせが {timeout:g} 秒以内に終わりませんでした。", f"The query took longer than {timeout:g} s."),
        hint=Message(
            "条件を絞るか LIMIT を付けるか、待つ時間を延ばしてください。",
            "Narrow the patterns, add LIMIT, or allow more time.",
        ),
    )


def _read(found: Found, answer: Answer, limit: int | None, deadline: float | None) -> None:
    if isinstance(found, ox.QueryBoolean):
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


def tidy_frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return a data frame whose columns hold Python objects, or numpy numbers where no value is missing."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    for column in columns:
        kinds = {type(value) for value in frame[column]}
        if kinds in ({int}, {float}, {bool}):  # with a gap, pandas would turn whole numbers into fractions
            frame[column] = frame[column].infer_objects()
    return frame
