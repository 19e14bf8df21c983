"""The first day that a graph tells anything of: before it, no answer rests on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.graph.change.views import known_from

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader

_BEGINNINGS = ("valid_from", "valid_from_not_before", "as_of")


def first_day(reader: Reader) -> str | None:
    """Return the first day from which, or of which, the graph states something.

    Returns
    -------
    The day as an ISO date; None when the graph has no date. What holds before that day holds only because nobody says
    when it began, see `tsunagari.graph.columns.validity`.

    Examples
    --------
    >>> from tsunagari.graph.facts.things import Reader
    >>> first_day(Reader(kg.store))
    '2018-04-01'
    """
    columns = reader.columns
    first = [int(values.min()) for _, values in map(columns.pairs, _BEGINNINGS) if len(values)]
    return columns.text([min(first)])[0] if first else None


def first_source_day(reader: Reader) -> str | None:
    """Return the day from which the first of the sources is known, see `tsunagari.graph.change.views.known_from`.

    Returns
    -------
    The day as an ISO date; None when no source has a date.

    Examples
    --------
    >>> from tsunagari.graph.facts.things import Reader
    >>> first_source_day(Reader(kg.store)) > "2015"
    True
    """
    days = [day for thing in reader.things("SourceDocument").values() if (day := known_from(thing)) is not None]
    return min(days, default=None)
