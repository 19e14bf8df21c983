"""From records and quads to columns: each part of a graph by itself, then all parts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from tsunagari.graph.columns.column_statements import Origin, Statements, Unsorted, arrange
from tsunagari.graph.columns.fact_links import links_of
from tsunagari.graph.columns.terms import Codes, Terms
from tsunagari.ontology.statements import IRI, PLACE, Rows, Way
from tsunagari.ontology.vocabulary import Vocabulary

PART = 300_000  # statements; larger parts need more memory while they grow, smaller ones more time to be joined
_AT_ONCE = 1_000
_BEHIND = "\U0010ffff"  # behind every IRI with a given beginning


@dataclass(frozen=True, slots=True)
class Part:
    """Some statements, in terms of their own texts.

    Parameters
    ----------
    texts
        The different texts, in no stated order.
    subjects, values
        The two ends of each statement as places in `texts`.
    ways
        The way of each statement.
    """

    texts: pa.LargeStringArray
    subjects: Codes
    values: Codes
    ways: Codes


class ColumnBuilder:
    """Gathers statements and makes columns of them.

    Whoever writes into `rows` calls `advance` now and then, so that full parts are put away.

    Parameters
    ----------
    part
        How many statements are put away at once; `PART` when None.
    """

    def __init__(self, *, part: int | None = None) -> None:
        self.rows = Rows()
        self._parts: list[Part] = []
        self._numbers = 3 * (part or PART)
        self._stored: dict[tuple[str, str], str] = {}

    def advance(self) -> None:
        """Put away what the rows hold when it is enough for a part."""
        if len(self.rows.numbers) >= self._numbers:
            self._put_away()

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads."""
        rest = iter(quads)
        while some := list(islice(rest, _AT_ONCE)):
            self.rows.add(some)
            self.advance()

    def take(
        self, last: Statements, vocabulary: Vocabulary, graph: str, start: str, without: Sequence[str], count: int
    ) -> bool:
        """Take facts of an earlier graph: the things in a named graph whose IRIs begin with `start`.

        The direct links that the facts stand for come with them.

        Parameters
        ----------
        last
            The statements of the earlier graph.
        vocabulary
            The ontology, with the schemes of the workspace.
        graph, start
            IRI of the named graph, and how those of the subjects begin.
        without
            Subjects that are not taken.
        count
            How many subjects there must be.

        Returns
        -------
        Whether there were so many; else nothing is taken.
        """
        terms, rows = last.terms, self.rows
        first, end = terms.place(start)[0], terms.place(start + _BEHIND)[0]
        is_there = np.array([origin.graph == graph for origin in last.origins], dtype=bool)
        kept = is_there[last.sources] & (last.subjects >= first) & (last.subjects < end)
        kept &= ~np.isin(last.subjects, terms.codes(without)) if len(without) else True
        places = np.flatnonzero(kept)
        subjects, values = last.subjects[places], last.values[places]
        if len(np.unique(subjects)) != count:
            return False
        predicates = np.searchsorted(last.starts, places, side="right") - 1
        kinds, each = np.unique(predicates * len(last.origins) + last.sources[places], return_inverse=True)
        ways = []
        for kind in kinds.tolist():
            predicate, origin = divmod(kind, len(last.origins))
            from_blank, form, named = last.origins[origin]
            ways.append(rows.way(Way(last.predicates[predicate], form, named, from_blank)))
        every = [(subjects, values, np.array(ways, dtype=np.int32)[each.reshape(-1)])]
        for link, one, other in links_of(last, places, vocabulary):
            every.append((one, other, np.full(len(one), rows.way(Way(link, IRI, graph)), dtype=np.int32)))
        subjects, values, way = map(np.concatenate, zip(*every, strict=True))
        used, codes = np.unique(np.concatenate((subjects, values)), return_inverse=True)
        own = codes.astype(np.int32).reshape(2, -1)
        self._parts.append(Part(_texts_of(terms, used), own[0], own[1], way))
        rows.text(PLACE)  # what quads of rows need, see `tsunagari.ontology.quads`
        return True

    def finish(self, tell: Callable[[int, int], None] | None = None) -> Statements:
        """Return all statements, and forget them; `tell` is called with steps done and steps in all."""
        tell = tell or (lambda _done, _total: None)
        self._put_away()
        tell(0, 3)
        ways = list(self.rows.ways)
        texts = [part.texts for part in self._parts]
        rest = [(part.subjects, part.values, part.ways) for part in self._parts]
        self._parts.clear()
        terms, codes = _join_texts(texts)
        tell(1, 3)
        # every way is a property and an origin of its own here; equal ones come together
        parts = []
        while codes:
            own, (subjects, values, way) = codes.pop(), rest.pop()
            parts.append(Unsorted(own[subjects], way, own[values], way))
        origins = [Origin(way.from_blank, way.form, way.graph) for way in ways]
        found = arrange(terms, [way.predicate for way in ways], origins, parts)
        tell(3, 3)
        return found

    def _put_away(self) -> None:
        if not self.rows.numbers:
            return
        numbers = np.array(self.rows.numbers, dtype=np.int32).reshape(-1, 3)
        subjects, ways, values = (np.ascontiguousarray(numbers[:, column]) for column in range(3))
        self._store_typed(ways, values)
        self._parts.append(Part(_texts(list(self.rows.texts)), subjects, values, ways))
        self.rows.clear()

    def _store_typed(self, ways: Codes, values: Codes) -> None:
        """Let values with a datatype be as Oxigraph gives them back: of a number the value, not the writing."""
        every = list(self.rows.ways)
        is_typed = np.array([way.form.startswith("^^") for way in every], dtype=bool)
        rows = np.flatnonzero(is_typed[ways])
        if not len(rows):
            return
        pairs, back = np.unique((ways[rows].astype(np.int64) << 32) | values[rows], return_inverse=True)
        texts = list(self.rows.texts)
        wanted = [(texts[pair & 0xFFFFFFFF], every[pair >> 32].form) for pair in pairs.tolist()]
        self._stored.update(_as_stored({pair for pair in wanted if pair not in self._stored}))
        codes = np.array([self.rows.text(self._stored[pair]) for pair in wanted], dtype=np.int32)
        values[rows] = codes[back.reshape(-1)]


def _texts_of(terms: Terms, codes: Codes) -> pa.LargeStringArray:
    """Return the texts of codes."""
    offsets, data = (pa.py_buffer(np.ascontiguousarray(array)) for array in (terms.offsets, terms.data))
    every = pa.LargeStringArray.from_buffers(len(terms), offsets, data)
    return every.take(pa.array(codes))


def statements_of(quads: Iterable[ox.Quad]) -> Statements:
    """Return quads as statements."""
    builder = ColumnBuilder()
    builder.add(quads)
    return builder.finish()


def _texts(texts: list[str]) -> pa.LargeStringArray:
    """Return texts for Arrow; half of a surrogate pair, which is no character, becomes a question mark."""
    try:
        return pa.array(texts, type=pa.large_string())
    except UnicodeEncodeError:
        return pa.array([text.encode(errors="replace").decode() for text in texts], type=pa.large_string())


def _as_stored(typed: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each text and form with the text that Oxigraph makes of it (5.0 is 5)."""
    store, path, pairs = ox.Store(), ox.NamedNode("urn:value"), list(typed)
    literals = (ox.Literal(text, datatype=ox.NamedNode(form[2:])) for text, form in pairs)
    store.extend(ox.Quad(ox.NamedNode(f"urn:{number}"), path, value) for number, value in enumerate(literals))
    for quad in store.quads_for_pattern(None, None, None, None):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.Literal)
        yield pairs[int(quad.subject.value[4:])], quad.object.value


def _join_texts(texts: list[pa.LargeStringArray]) -> tuple[Terms, list[Codes]]:
    """Return all texts in order, and for each array the codes of its texts; `texts` is empty afterwards."""
    if not texts:
        return Terms(np.empty(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)), []
    bounds = np.cumsum([len(array) for array in texts])[:-1]
    chunks = pa.chunked_array(texts)
    texts.clear()
    every = chunks.dictionary_encode().chunks
    del chunks
    distinct = every[0].dictionary  # of all chunks
    order = pc.array_sort_indices(distinct)
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    codes = np.split(ranks[np.concatenate([chunk.indices.to_numpy() for chunk in every])], bounds)
    del every
    _, offsets, data = distinct.take(order).buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[: len(order) + 1]
    return Terms(np.frombuffer(data or b"", dtype=np.uint8)[: places[-1]], places), codes


def terms_of(texts: list[str]) -> tuple[Terms, Codes]:
    """Return the different ones of some texts in order, and the code of each text."""
    terms, codes = _join_texts([_texts(texts)])
    return terms, codes[0]
