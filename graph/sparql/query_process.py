"""Queries in a process of their own: Oxigraph cannot be interrupted, but a process can be ended.

Starting one takes about 30 ms. What it reads comes back row by row, so that a row limit ends the work as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from tsunagari.errors import Message, QueryError
from tsunagari.graph.sparql import query_worker
from tsunagari.graph.sparql.answers import Answer, Found, read_answer


def solve_apart(
    store: ox.Store,
    text: str,
    *,
    union: bool = True,
    location: str | None = None,
    timeout: float,
    limit: int | None = None,
) -> Answer:
    """Answer a query in a process that is ended when the time is up, enough rows are read or Ctrl-C is pressed.

    Parameters
    ----------
    store
        The graph; a store in memory is copied into the process each time.
    text
        The query, with its prefixes.
    union
        Whether the default graph is the union of the named ones.
    location
        Folder of the store, None for a store in memory.
    timeout
        Seconds after which the process is ended.
    limit
        Largest number of rows to read.

    Raises
    ------
    TimeoutError
        The time was up.
    QueryError
        The query fails, or the system ended its process, as it does for lack of memory.

    Examples
    --------
    >>> solve_apart(ox.Store(), "ASK {}", timeout=60).rows
    [(<Literal value=true datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#boolean>>,)]
    """
    answer, data = Answer(), b"" if location else store.dump(format=ox.RdfFormat.N_QUADS) or b""
    head = {"query": text, "union": union, "location": location, "size": len(data)}
    expired = threading.Event()
    with _process() as process:
        timer = threading.Timer(timeout, _stop, (process, expired))
        timer.daemon = True
        timer.start()
        try:
            _send(process, json.dumps(head).encode() + b"\n" + data)
            assert process.stdout is not None
            read_answer(_received(process.stdout), answer, limit)
            ended = 0 if answer.truncated else process.wait()
        except (OSError, RuntimeError, SyntaxError, ValueError):
            ended = process.wait() or 1  # the process broke off in the middle of its answer
        finally:
            timer.cancel()
        if expired.is_set() and ended:
            raise TimeoutError
        if ended:
            raise _failure(process, ended)
    return answer


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Start the worker, which finds what this process finds, and end it whatever happens."""
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-P", str(Path(query_worker.__file__))]
    pipe = subprocess.PIPE
    environment = os.environ | {"PYTHONPATH": paths}
    with subprocess.Popen(  # noqa: S603 - a file of our own
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()
            with suppress(OSError):  # what was not sent is not wanted any more
                assert process.stdin is not None
                process.stdin.close()


def _stop(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    process.kill()


def _send(process: subprocess.Popen[bytes], request: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(request)
    process.stdin.flush()


def _received(stream: IO[bytes]) -> Found:
    kind = stream.readline().strip()
    if kind == b"solutions":
        return ox.parse_query_results(stream, ox.QueryResultsFormat.TSV)
    if kind == b"triples":
        return (quad.triple for quad in ox.parse(stream, ox.RdfFormat.N_TRIPLES))
    if kind in (b"true", b"false"):
        return kind == b"true"
    raise ValueError(kind)


def _failure(process: subprocess.Popen[bytes], ended: int) -> QueryError:
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace").strip()
    if ended == 1 and said:
        return query_failure(said)
    return QueryError(
        Message(
            "問い合わせが途中で止められました。メモリーが足りなかったようです。",
            "The query was stopped by the system, most likely for lack of memory.",
        ),
        hint=Message("条件を絞るか LIMIT を付けてください。", "Narrow the patterns or add LIMIT."),
    )


def query_failure(reason: object) -> QueryError:
    """Return the error for a query that Oxigraph could not run."""
    return QueryError(Message(f"問い合わせを実行できませんでした: {reason}", f"The query failed: {reason}"))
