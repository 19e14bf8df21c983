"""Where things are stated: documents, lines, pages, quotes and rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

import numpy as np
import pandas as pd

from tsunagari.graph.facts.matched_words import matched_words
from tsunagari.graph.facts.things import Reader, Thing
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy.typing as npt

    from tsunagari.graph.columns import Codes, Columns

STATED_IN = "stated_in"


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place where something is stated.

    Parameters
    ----------
    document
        IRI of the document or file.
    title
        Its title, or the name of the file.
    line, page
        Line and page of the document.
    quote
        The phrase that pins the statement down.
    row, sheet
        Row and sheet of a table.
    """

    document: str
    title: str
    line: int | None = None
    page: str | None = None
    quote: str | None = None
    row: int | None = None
    sheet: str | None = None

    def text(self, lang: str = "ja") -> str:
        """Return the place in one phrase.

        Examples
        --------
        >>> Citation("urn:d", "資料1", line=12).text(), Citation("urn:f", "members.csv", row=3).text("en")
        ('資料1 12行', 'members.csv row 3')
        """
        words = [self.title]
        if self.sheet and not self.title.endswith(self.sheet):
            words.append(self.sheet)
        if self.page:
            words.append(f"p. {self.page}" if lang == "en" else f"{self.page}頁")
        if self.line is not None:
            words.append(f"line {self.line}" if lang == "en" else f"{self.line}行")
        if self.row is not None:
            words.append(f"row {self.row}" if lang == "en" else f"{self.row}行目")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class NumberedPlaces:
    """Where many things are stated: each place once, sorted by document, line and row, and named by its number.

    Parameters
    ----------
    starts
        Where the places of each thing start, and where those of the last one end.
    numbers
        Numbers of the places of one thing after the other.
    places
        The places.
    """

    starts: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    places: list[Citation]


class Citations:
    """The places of a store, read once.

    Parameters
    ----------
    reader
        The graph.
    lang
        Language of the titles.
    """

    def __init__(self, reader: Reader, *, lang: str = "ja") -> None:
        self._reader = reader
        self._lang = lang
        self._places = reader.remember("places", _read_places)
        self._titles: dict[str, str] = {}

    def stated(self, iri: str) -> list[Citation]:
        """Return the places where the thing with this IRI is stated, sorted by document and line; none if unknown."""
        columns = self._reader.columns
        places = columns.all(STATED_IN, [columns.code(iri)])[1]
        return in_order(self.at(place) for place in columns.text(places))

    def each(self, iris: Sequence[str]) -> list[list[Citation]]:
        """Return for each IRI what `stated` returns for it; a place that states several things is read once."""
        columns = self._reader.columns
        starts, places = columns.all(STATED_IN, columns.codes(iris))
        unique, back = np.unique(places, return_inverse=True)
        known = [self.at(place) for place in columns.text(unique)]
        cited = [known[place] for place in back.reshape(-1).tolist()]
        return [in_order(cited[start:end]) for start, end in pairwise(starts.tolist())]

    def numbered(self, iris: Sequence[str]) -> NumberedPlaces:
        """Return the places of many things by number, see `NumberedPlaces`."""
        columns = self._reader.columns
        starts, places = columns.all(STATED_IN, columns.codes(iris))
        unique, back = np.unique(places, return_inverse=True)
        cited = [self.at(place) for place in columns.text(unique)]
        order = np.array(sorted(range(len(cited)), key=[_order(place) for place in cited].__getitem__), dtype=np.int64)
        found = [cited[place] for place in order.tolist()]
        is_new = np.array([True, *(one != other for one, other in pairwise(found))][: len(found)], dtype=bool)
        number = np.empty(len(cited), dtype=np.int64)
        number[order] = np.cumsum(is_new) - 1
        numbers = number[back.reshape(-1)]
        found = [place for place, new in zip(found, is_new.tolist(), strict=True) if new]
        owners = np.repeat(np.arange(len(iris)), np.diff(starts))
        return NumberedPlaces(starts, numbers[np.lexsort((numbers, owners))], found)

    def counts(self) -> dict[str, int]:
        """Return how many things other than itself each document states, by the document's IRI, sorted."""
        columns = self._reader.columns
        things, places = columns.pairs(STATED_IN)
        document, iris = documents_of(columns, places)
        pairs = np.unique(things.astype(np.int64) * len(iris) + document)
        thing, document = np.divmod(pairs, max(len(iris), 1))
        counts = np.bincount(document[thing != columns.codes(iris)[document]], minlength=len(iris)).tolist()
        return {iri: count for iri, count in zip(iris, counts, strict=True) if count}

    def of(self, thing: Thing) -> list[Citation]:
        """Return the places where a thing is stated, sorted by document and line."""
        return in_order(self.at(place) for place in thing.all("stated_in"))

    def at(self, place: str) -> Citation:
        """Return what is known of a place by its IRI."""
        if place in self._places:
            source, line, page, quote = self._places[place]
            return Citation(source, self.title(source), line, page, quote)
        source, _, fragment = place.partition("#")
        if fragment.startswith("row=") and fragment[4:].isdigit():
            return Citation(source, self.title(source), row=int(fragment[4:]))
        parts = dict(part.partition("=")[::2] for part in fragment.replace(";", "&").split("&"))
        row, sheet = parts.get("row", ""), parts.get("sheet")
        return Citation(
            source,
            self.title(source),
            row=int(row) if row.isdigit() else None,
            sheet=None if sheet is None else _sheet_name(sheet),
        )

    def title(self, source: str) -> str:
        """Return the title of a document, the name of a file that has none."""
        if source not in self._titles:
            self._titles[source] = unquote(self._reader.label(source, self._lang))
        return self._titles[source]

    def titles(self, thing: Thing) -> list[str]:
        """Return the titles of the documents a thing is stated in, each once."""
        return list(dict.fromkeys(place.title for place in self.of(thing)))

    def documents(self, thing: Thing) -> list[str]:
        """Return the IRIs of the documents a thing is stated in, sorted, each once."""
        return sorted({place.document for place in self.of(thing)})


@lru_cache(maxsize=1000)
def _sheet_name(written: str) -> str:
    return unquote_plus(written)


def _read_places(columns: Columns) -> Mapping[str, tuple[str, int | None, str | None, str | None]]:
    """Return the places with a line, page or quote; a row of a table tells everything by its IRI."""
    quoted, selectors = columns.pairs("has_selector")
    exact = columns.one("exact", selectors)
    named = np.unique(np.concatenate([columns.pairs("line")[0], columns.pairs("page")[0], quoted[exact >= 0]]))
    source = columns.one("has_source", named)
    named, source = named[source >= 0], source[source >= 0]
    quotes: dict[int, int] = {}
    for place, text in sorted(zip(quoted.tolist(), exact.tolist(), strict=True), reverse=True):
        if text >= 0:
            quotes[place] = text  # the first of several
    found = zip(
        *map(columns.text, (named, source, columns.one("line", named))),
        columns.objects(columns.one("page", named)).tolist(),
        columns.objects([quotes.get(place, -1) for place in named.tolist()]).tolist(),
        strict=True,
    )
    return {place: (iri, int(line) if line else None, page, quote) for place, iri, line, page, quote in found}


def in_order(citations: Iterable[Citation]) -> list[Citation]:
    """Return places sorted by document, line and row."""
    listed = list(citations)
    if len(listed) > 1:
        listed.sort(key=_order)
    return listed


def _order(place: Citation) -> tuple[str | int, ...]:
    rest = (place.page, place.quote, place.sheet)
    return place.document, place.line or 0, place.row or 0, *(text or "\U0010ffff" for text in rest)


def documents_of(columns: Columns, places: Codes) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return the document that each place is in, as a place in a list of IRIs of documents; and the list, sorted."""
    unique, back = np.unique(places, return_inverse=True)
    source = columns.one("has_source", unique)
    numbers: dict[str, int] = {}
    found = np.empty(len(unique), dtype=np.int64)
    for code in np.unique(source[source >= 0]).tolist():
        found[source == code] = numbers.setdefault(columns.terms.one(code), len(numbers))
    rows = np.flatnonzero(source < 0)
    plain, start = unique[rows], 0
    while start < len(rows):  # the places in one file come one after the other
        iri, mark, _ = columns.terms.one(int(plain[start])).partition("#")
        after = columns.terms.place(f"{iri}#\U0010ffff")[0] if mark else plain[start] + 1
        end = int(np.searchsorted(plain, after))
        found[rows[start:end]] = numbers.setdefault(iri, len(numbers))
        start = end
    documents = sorted(numbers)
    order = np.argsort(np.array([numbers[iri] for iri in documents], dtype=np.int64))
    return order[found][back.reshape(-1)], documents


def stated_places(reader: Reader, codes: Codes, *, lang: str = "ja") -> list[str]:
    """Return where each thing is stated, in words: documents with line, page or row, joined by semicolons.

    Examples
    --------
    >>> stated_places(kg._reader, kg._reader.columns.codes([kg.services["service_id"][0]]))
    ['地方版「孤独・孤立対策官民連携プラットフォーム」の推進 60行']
    """
    citations = Citations(reader, lang=lang)
    starts, places = reader.columns.all(STATED_IN, codes)
    cited = [citations.at(place) for place in reader.columns.text(places)]
    return [
        "; ".join(dict.fromkeys(place.text(lang) for place in in_order(cited[start:end])))
        for start, end in pairwise(starts.tolist())
    ]


def stated_names(reader: Reader, codes: Codes, *, lang: str = "ja") -> list[str]:
    """Return the name of each thing, with the places where it is stated in brackets, and the words read as its fields.

    Examples
    --------
    >>> stated_names(kg._reader, kg._reader.columns.codes([kg.services["service_id"][0]]))[0].endswith("60行)")
    True
    """
    columns = reader.columns
    places, words = stated_places(reader, codes, lang=lang), matched_words(columns, codes, lang=lang)
    told = ["; ".join(filter(None, parts)) for parts in zip(places, words, strict=True)]
    return [f"{name} ({text})" if text else name for name, text in zip(columns.labels(codes, lang), told, strict=True)]


def document_titles(columns: Columns, things: Codes, *, lang: str = "ja") -> list[list[str]]:
    """Return for each thing the titles of the documents that state it, each once.

    Parameters
    ----------
    columns
        The graph.
    things
        Codes of things.
    lang
        Language of the titles.

    Returns
    -------
    One list a thing, by the IRIs of the documents, as `Citations.titles`; empty for what is stated nowhere.
    """
    starts, places = columns.all(STATED_IN, things)
    document, documents = documents_of(columns, places)
    owner = np.repeat(np.arange(len(things)), np.diff(starts))
    owner, document = np.divmod(np.unique(owner * (len(documents) + 1) + document), len(documents) + 1)
    labels = columns.labels(columns.codes(documents), lang)
    titles = [unquote(label or vocabulary().label(iri, lang)) for label, iri in zip(labels, documents, strict=True)]
    listed = [titles[position] for position in document.tolist()]
    bounds = np.searchsorted(owner, np.arange(len(things) + 1)).tolist()
    return [list(dict.fromkeys(listed[start:end])) for start, end in pairwise(bounds)]


def evidence_table(citations: Iterable[Citation]) -> pd.DataFrame:
    """Return places as a table: document, title, line, page, quote, row, sheet, one row a place."""
    columns = ("document", "title", "line", "page", "quote", "row", "sheet")
    rows = [[getattr(place, column) for column in columns] for place in citations]
    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return table.astype({"line": "Int64", "row": "Int64"})
