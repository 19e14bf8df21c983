"""A user's own SPARQL queries: read-only, over the union of the named graphs, answered as a table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from tsunagari.errors import Message, QueryError
from tsunagari.graph.sparql import sparql_text
from tsunagari.graph.sparql.answers import Answer, Found, python_value, read_answer, tidy_frame
from tsunagari.graph.sparql.query_guard import check_query, refuse_commands
from tsunagari.graph.sparql.query_process import query_failure, solve_apart
from tsunagari.graph.store import Index
from tsunagari.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

TIMEOUT = 60.0  # seconds
LIMIT = 1_000_000  # rows
NEVER = 1e8  # seconds: three years


class Queryable(Protocol):
    """Anything that answers SPARQL text: a `tsunagari.graph.store.Store` or a bare `pyoxigraph.Store`."""

    def query(self, text: str, /) -> Found:
        """Run a query."""
        ...


def run_query(
    store: Queryable | ox.Store, text: str, *, timeout: float | None = TIMEOUT, limit: int | None = LIMIT
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
        Seconds after which the query is stopped; None or 0 lets it run for ever.
    limit
        Largest number of rows to read; None or 0 reads all. ``attrs["truncated"]`` tells whether there were more.

    Returns
    -------
    One row a solution in the order of the query, values as Python types, None where unbound. ``ASK`` gives one row with
    the column ``answer``; ``CONSTRUCT`` and ``DESCRIBE`` give ``subject``, ``predicate``, ``object``.

    Raises
    ------
    QueryError
        The text is not SPARQL (with line, column and the line itself), would change the graph, calls another server
        (``SERVICE``), takes longer than `timeout`, or a limit is negative.

    Examples
    --------
    >>> run_query(ox.Store(), "SELECT (1 + 1 AS ?two) { }")["two"].tolist()
    [2]
    """
    check_query(text)
    for value in (timeout, limit):
        if value is not None and not value >= 0:
            raise QueryError(Message(f"制限が負の数です: {value}", f"A limit may not be negative: {value}"))
    answer = solve(store, text, timeout=timeout or NEVER, limit=limit or None)
    rows = [tuple([python_value(term) for term in row]) for row in answer.rows]
    frame = tidy_frame(answer.columns, rows)
    frame.attrs["truncated"] = answer.truncated
    return frame


def solve(store: Queryable | ox.Store, text: str, *, timeout: float | None = None, limit: int | None = None) -> Answer:
    """Run a query that has passed `check_query` and return its RDF terms; for the parameters see `run_query`.

    Queries of the package itself come here too: none of them may hold a command or call another server, whatever the
    values that were put into it.

    With a time limit, a query to a store on this machine runs in a process of its own (`solve_apart`), which is ended
    when the time is up; an endpoint is no longer waited for.

    Raises
    ------
    QueryError
        The query fails while it runs, or takes longer than `timeout`.
    """
    refuse_commands(text)
    whole = with_prefixes(text)
    index = _index(store, whole)
    try:
        if index is None:
            as_written = getattr(store, "query_as_written", None) if _names_graphs(whole) else None
            return _solve_beside(as_written or store.query, whole, timeout, limit)
        if timeout is None:
            return _solve_beside(index.query, whole, timeout, limit)
        return solve_apart(index.inner, whole, union=index.union, location=index.folder, timeout=timeout, limit=limit)
    except TimeoutError as error:
        raise too_slow(timeout or 0) from error


def _solve_beside(run: Callable[[str], Found], text: str, timeout: float | None, limit: int | None) -> Answer:
    """Run a query beside the main thread, which so stays free to give up or to take Ctrl-C.

    Raises
    ------
    TimeoutError
        The time was up.
    """
    answer = Answer()
    deadline = None if timeout is None else time.monotonic() + timeout

    def work() -> None:
        try:
            read_answer(run(text), answer, limit, deadline)
        except BaseException as error:  # carried to the thread that waits, which raises it
            # without the traceback: it holds the solutions, which Oxigraph wants to be let go of in this thread
            answer.error = error.with_traceback(None)

    worker = threading.Thread(target=work, name="sparql", daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive():
        raise TimeoutError
    if isinstance(answer.error, OSError | RuntimeError | SyntaxError | ValueError) and not isinstance(
        answer.error, TimeoutError
    ):
        raise query_failure(answer.error) from answer.error
    if answer.error is not None:
        raise answer.error
    return answer


def with_prefixes(text: str) -> str:
    """Declare the prefixes that the text uses without declaring them."""
    missing = sorted(sparql_text.used_prefixes(text) - sparql_text.declared_prefixes(text))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing if name in PREFIXES) + text


def _names_graphs(text: str) -> bool:
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in sparql_text.tokens(text))


def _index(store: Queryable | ox.Store, text: str) -> Index | None:
    """Return what answers a query on this machine, None for an endpoint."""
    if isinstance(store, ox.Store):
        return Index(store, union=not _names_graphs(text))  # the union would hide FROM: Oxigraph lets it win
    make = getattr(store, "index", None)
    return None if make is None else make(text)


def too_slow(timeout: float) -> QueryError:
    """Return the error for a query whose time is up."""
    return QueryError(
        Message(f"問い合わせが {timeout:g} 秒以内に終わりませんでした。", f"The query took longer than {timeout:g} s."),
        hint=Message(
            "条件を絞るか LIMIT を付けるか、待つ時間を延ばしてください。",
            "Narrow the patterns, add LIMIT, or allow more time.",
        ),
    )
