"""Where things are stated: as a table, as plain objects, and numbered for pages that carry many."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tsunagari.graph.facts import Citation, Citations, NumberedPlaces, evidence_table
from tsunagari.graph.knowledge.session import Session, method


@method
def evidence(self: Session, iri: str, *, lang: str = "ja") -> pd.DataFrame:
    """Return where a thing is stated, one row a place.

    Parameters
    ----------
    iri
        IRI of anything that a source states: a tie, a membership, a service, an organisation.
    lang
        Language of the titles, ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``document``, ``title``, ``line``, ``page``, ``quote``, ``row``, ``sheet``; no row for what nothing states.

    Examples
    --------
    >>> kg.evidence(kg.ties["tie_id"][0]).columns.tolist()
    ['document', 'title', 'line', 'page', 'quote', 'row', 'sheet']
    """
    return evidence_table(citations(self, iri, lang=lang))


@method
def citations(self: Session, iri: str, *, lang: str = "ja") -> list[Citation]:
    """Return the same as `evidence` as plain objects, which is quicker for many things.

    Parameters
    ----------
    iri, lang
        As in `evidence`.

    Returns
    -------
    One citation a place, in the order of `evidence`.

    Examples
    --------
    >>> kg.citations(kg.ties["tie_id"][0])[0].title != ""
    True
    """
    return _citations(self, lang).stated(iri)


@method
def citations_each(self: Session, iris: Sequence[str], *, lang: str = "ja") -> list[list[Citation]]:
    """Return what `citations` returns for each of many things, read at once.

    Parameters
    ----------
    iris
        IRIs of things that sources state.
    lang
        As in `evidence`.

    Returns
    -------
    One list of citations an IRI, in the order of `iris`; empty for what nothing states.

    Examples
    --------
    >>> tie = kg.ties["tie_id"][0]
    >>> kg.citations_each([tie, "urn:nothing"]) == [kg.citations(tie), []]
    True
    """
    return _citations(self, lang).each(iris)


@method
def numbered_places(self: Session, iris: Sequence[str], *, lang: str = "ja") -> NumberedPlaces:
    """Return where each of many things is stated, every place once and by number: for pages that carry all of them.

    Parameters
    ----------
    iris
        IRIs of things that sources state.
    lang
        As in `evidence`.

    Returns
    -------
    Numbers of places in the order of `iris`, none for what nothing states, and the places sorted by document, line and
    row.

    Examples
    --------
    >>> tie = kg.ties["tie_id"][0]
    >>> found = kg.numbered_places([tie, "urn:nothing"])
    >>> [found.places[number] for number in found.numbers] == kg.citations(tie), len(found.starts)
    (True, 3)
    """
    return _citations(self, lang).numbered(iris)


def _citations(self: Session, lang: str) -> Citations:
    if lang not in self._citations:
        self._citations[lang] = Citations(self._reader, lang=lang)
    return self._citations[lang]
