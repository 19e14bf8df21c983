"""Statements as lines of N-Quads and as quads of RDF, with all that follows from the rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from tsunagari.graph.columns.column_statements import Origin, Statements, Unsorted, arrange
from tsunagari.graph.columns.terms import Codes, Terms
from tsunagari.ontology.statements import BLANK, HAS_SOURCE, IRI, PLACE, PLAIN, ROW, TRIPLE, TYPE, table_of

AT_ONCE = 100_000
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))


def expanded(statements: Statements) -> Statements:
    """Return the statements with what follows from the IRIs of rows: that each is a place, and in which table."""
    is_row = np.array([origin.form == ROW for origin in statements.origins], dtype=bool)
    if not is_row.any():
        return statements
    origins = [Origin(origin.from_blank, IRI if origin.form == ROW else origin.form, origin.graph)
               for origin in statements.origins]  # fmt: skip
    rows = np.flatnonzero(is_row[statements.sources])
    graphs, graph_of = statements.graphs
    pairs = np.unique(statements.values[rows].astype(np.int64) * len(graphs) + graph_of[statements.sources[rows]])
    places, graph = np.divmod(pairs, len(graphs))
    places = places.astype(np.int32)
    sources = len(origins) + graph
    origins += [Origin(from_blank=False, form=IRI, graph=name) for name in graphs]
    predicates = [*statements.predicates, TYPE, HAS_SOURCE]
    kind = np.full(len(places), statements.terms.code(PLACE), dtype=np.int32)
    sizes = np.diff(statements.starts)
    parts = [
        Unsorted(statements.subjects, np.repeat(np.arange(len(sizes)), sizes), statements.values, statements.sources),
        Unsorted(places, np.full(len(places), len(sizes)), kind, sources),
        Unsorted(places, np.full(len(places), len(sizes) + 1), tables(statements.terms, places), sources),
    ]
    return arrange(statements.terms, predicates, origins, parts)


def tables(terms: Terms, places: Codes) -> Codes:
    """Return the tables that the IRIs of rows, sorted, name; -1 for a table that no text is."""
    found, start = np.empty(len(places), dtype=np.int32), 0
    while start < len(places):  # the rows of one table come one after the other
        table = table_of(terms.one(int(places[start])))
        end = max(int(np.searchsorted(places, terms.place(f"{table}#\U0010ffff")[0])), start + 1)
        found[start:end] = terms.code(table)
        start = end
    return found


def merged(statements: Statements) -> Statements:
    """Return the statements, expanded, each once whichever graphs hold it, all in the default graph."""
    every = expanded(statements)
    origins = [Origin(origin.from_blank, origin.form, "") for origin in every.origins]
    known = sorted(set(origins))
    places = np.array([known.index(origin) for origin in origins], dtype=every.sources.dtype)
    sources = places[every.sources] if len(places) else every.sources
    first = np.ones(len(every), dtype=bool)
    # of statements with the same ends, those of the same form come together: origins are sorted by form, then graph
    same = (every.subjects[1:] == every.subjects[:-1]) & (every.values[1:] == every.values[:-1])
    first[1:] = ~(same & (sources[1:] == sources[:-1]))
    first[every.starts[:-1][every.starts[:-1] < len(every)]] = True
    return replace(every, origins=known, sources=sources).where(first)


def lines(
    statements: Statements, rows: npt.NDArray[np.integer[Any]] | None = None, *, at_once: int = AT_ONCE
) -> Iterator[bytes]:
    """Yield statements that are expanded as lines of N-Quads, many at once.

    Parameters
    ----------
    statements
        The statements.
    rows
        Which of them, in which order; all when None.
    at_once
        Most lines in one of the texts.
    """
    total = len(statements) if rows is None else len(rows)
    writer = _Writer(statements)
    for start in range(0, total, at_once):
        end = min(start + at_once, total)
        yield writer.text(np.arange(start, end) if rows is None else np.asarray(rows[start:end]))


def quads(statements: Statements, rows: npt.NDArray[np.integer[Any]] | None = None) -> Iterator[ox.Quad]:
    """Yield statements that are expanded as quads of RDF."""
    for text in lines(statements, rows):
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS, lenient=True)


class _Writer:
    """Writes lines of N-Quads by Arrow."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        terms = statements.terms
        buffers = [None, pa.py_buffer(np.ascontiguousarray(terms.offsets)), pa.py_buffer(terms.data)]
        self._texts = pa.Array.from_buffers(pa.large_string(), len(terms), buffers)
        origins = statements.origins
        self._is_text = np.array([origin.form[:1] in '"@^' for origin in origins], dtype=bool)
        self._heads = _array("_:" if origin.from_blank else "<" for origin in origins)
        self._middles = _array("" if origin.from_blank else ">" for origin in origins)
        self._predicates = _array(f" <{iri}> " for iri in statements.predicates)
        self._before = _array(_opening(origin.form) for origin in origins)
        self._after = _array(
            f"{_closing(origin.form)} <{origin.graph}> .\n" if origin.graph else f"{_closing(origin.form)} .\n"
            for origin in origins
        )

    def text(self, rows: npt.NDArray[np.integer[Any]]) -> bytes:
        said = self._statements
        sources = said.sources[rows]
        predicate = np.searchsorted(said.starts, rows, side="right") - 1
        values = self._texts.take(pa.array(said.values[rows]))
        is_text = self._is_text[sources]
        if is_text.any():
            values = pc.replace_with_mask(values, pa.array(is_text), _escaped(values.filter(pa.array(is_text))))
        from_source = pa.array(sources)
        found = pc.binary_join_element_wise(
            self._heads.take(from_source),
            self._texts.take(pa.array(said.subjects[rows])),
            self._middles.take(from_source),
            self._predicates.take(pa.array(predicate)),
            self._before.take(from_source),
            values,
            self._after.take(from_source),
            pa.scalar("", type=pa.large_string()),
        )
        _, offsets, data = found.buffers()
        bounds = np.frombuffer(offsets, dtype=np.int64)[found.offset : found.offset + len(found) + 1]
        return bytes(memoryview(data)[bounds[0] : bounds[-1]]) if len(found) else b""


def _array(texts: Iterator[str] | Sequence[str]) -> pa.LargeStringArray:
    return pa.array(list(texts), type=pa.large_string())


def _opening(form: str) -> str:
    return {IRI: "<", ROW: "<", BLANK: "_:", TRIPLE: "<<( "}.get(form, '"')


def _closing(form: str) -> str:
    if form in (IRI, ROW, BLANK, TRIPLE):
        return {BLANK: "", TRIPLE: " )>>"}.get(form, ">")
    return '"' if form == PLAIN else f'"{form}' if form.startswith("@") else f'"^^<{form[2:]}>'


def _escaped(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    for plain, written in _ESCAPES:
        texts = pc.replace_substring(texts, plain, written)
    return texts
