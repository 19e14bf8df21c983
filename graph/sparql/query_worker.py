"""The program of the process that answers one query, see `tsunagari.graph.sparql.query_process`.

It is run as a file and imports nothing of the package, so that it starts in some 30 ms.

Standard input holds one line of JSON (``query``; ``union``, whether the default graph is the union of all;
``location``, the folder of the store, or ``size``, the bytes of N-Quads that follow), and stays open: when it closes,
whoever asked is gone, and the process ends. Standard output begins with a line that tells the kind of answer.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

import pyoxigraph as ox


def main() -> None:
    """Answer the query; what goes wrong is told on standard error with exit code 1."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked, who then ends this process
    try:
        request = json.loads(sys.stdin.buffer.readline())
        store = open_store(request)
        threading.Thread(target=watch, daemon=True).start()
        answer(store.query(request["query"], use_default_graph_as_union=request["union"]))
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)  # enough was read
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        sys.stderr.write(str(error))
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # at once: freeing a large store takes time


def open_store(request: dict[str, Any]) -> ox.Store:
    """Open the folder that the request names, or load what follows it."""
    if request["location"] is not None:
        return ox.Store.read_only(request["location"])
    store = ox.Store()
    store.bulk_load(sys.stdin.buffer.read(request["size"]), format=ox.RdfFormat.N_QUADS)
    return store


def watch() -> None:
    """End the process when nobody is there any more."""
    sys.stdin.buffer.read(1)
    os._exit(0)


def answer(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
    """Write the kind of the answer and the answer."""
    out = sys.stdout.buffer
    if isinstance(found, ox.QueryBoolean):
        out.write(b"true\n" if found else b"false\n")
    elif isinstance(found, ox.QuerySolutions):
        out.write(b"solutions\n")
        found.serialize(out, format=ox.QueryResultsFormat.TSV)
    else:
        out.write(b"triples\n")
        found.serialize(out, format=ox.RdfFormat.N_TRIPLES)
    out.flush()


if __name__ == "__main__":
    main()
