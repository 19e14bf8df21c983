"""How great the need of each municipality is, by an indicator such as the population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import Codes, Columns, counted
from tsunagari.graph.facts import Reader, whole_unit
from tsunagari.ontology.namespaces import local_name
from tsunagari.ontology.vocabulary import vocabulary

SCHEME = "need-indicators"


@dataclass(frozen=True, slots=True)
class Need:
    """The values of one indicator.

    Parameters
    ----------
    indicator
        IRI of the indicator.
    label
        Its label.
    values
        Code of an area to its value.
    days
        The days of which the values tell, sorted; empty when the source names none.
    """

    indicator: str
    label: str
    values: Mapping[str, float] = field(default_factory=dict)
    days: tuple[str, ...] = ()

    def text(self, lang: str = "ja") -> str:
        """Return the label with the days, to be read after "need = ".

        Examples
        --------
        >>> Need("urn:i", "総人口", {"31201": 188465.0}, ("2020-10-01",)).text()
        '総人口（2020-10-01）'
        """
        if not self.days:
            return self.label
        first, last = self.days[0], self.days[-1]
        span = first if first == last else f"{first}–{last}"
        return f"{self.label} ({span})" if lang == "en" else f"{self.label}（{span}）"


def read_need(reader: Reader, indicator: str, *, at: str | None = None, lang: str = "ja") -> Need:
    """Return the value of an indicator for every area that has one.

    Of several values of an area the latest on or before the day counts, else the first after it; without a day the
    latest. A value of a ward, or of a town that is now a part of a city, says nothing of the whole.

    Parameters
    ----------
    reader
        The graph.
    indicator
        Notation, label or IRI of an indicator of the scheme ``need-indicators``.
    at
        ISO date; None takes every time.
    lang
        Language of the label.

    Raises
    ------
    UnknownNameError
        There is no such indicator, or the graph has no value of it; the hint names those it has.

    Examples
    --------
    >>> read_need(kg._reader, "no-such-indicator")
    Traceback (most recent call last):
    tsunagari.errors.UnknownNameError: There is no indicator 'no-such-indicator'. Indicators with values: –
    """
    columns = reader.columns
    given = columns.of_class("NeedStatement")
    given = given[counted(columns, given, at)]
    kinds = columns.one("indicator", given)
    found = _indicator(columns, indicator, np.unique(kinds[kinds >= 0]), lang)
    given = given[kinds == columns.code(found)]
    values = columns.numbers("indicator_value", given)
    areas, days = columns.one("about", given), _days(columns, given)
    kept = ~np.isnan(values) & (areas >= 0)
    given, values, areas, days = given[kept], values[kept], areas[kept], days[kept]
    order = np.lexsort((given, *_nearness(columns, days, at)))
    chosen: dict[str, float] = {}
    told = set()
    for area, value, day in zip(
        columns.text(areas[order]), values[order].tolist(), columns.text(days[order]), strict=True
    ):
        unit = whole_unit(area)
        if unit is not None and unit not in chosen:
            chosen[unit] = value
            told.add(day)
    label = columns.labels([columns.code(found)], lang)[0]
    return Need(found, label, chosen, tuple(sorted(told - {""})))


def _days(columns: Columns, given: Codes) -> Codes:
    day = columns.one("as_of", given)
    return np.where(day >= 0, day, columns.one("not_before", given)).astype(np.int32)


def _nearness(columns: Columns, days: Codes, at: str | None) -> tuple[Codes, Codes]:
    """Return keys that put the latest value up to a day first, then the first after it; the last key counts most."""
    place, is_there = columns.terms.place(at) if at is not None else (len(columns.terms), False)
    after = days >= (place + is_there)
    return np.where(after, days, -days), after.astype(np.int32)


def _indicator(columns: Columns, wanted: str, known: Codes, lang: str) -> str:
    """Return the IRI of an indicator that the graph has values of."""
    labels = {
        iri: Message(*(columns.labels([columns.code(iri)], tag)[0] for tag in ("ja", "en")))
        for iri in columns.text(known)
    }
    return named_indicator(wanted, labels, lang=lang)


def named_indicator(wanted: str, labels: Mapping[str, Message], *, lang: str = "ja") -> str:
    """Return the IRI of the indicator that a name, notation or IRI means.

    Parameters
    ----------
    wanted
        What somebody wrote.
    labels
        IRI of each indicator that there are values of to its label.
    lang
        Language in which the error names them.

    Raises
    ------
    UnknownNameError
        There is no such indicator, or no value of it.

    Examples
    --------
    >>> named_indicator("総人口", {"urn:i": Message("総人口", "population")})
    'urn:i'
    """
    text = wanted.strip()
    for iri, label in labels.items():
        if text in (iri, local_name(iri), label.ja, label.en):
            return iri
    listed = "、".join(f"{label.text(lang)}（{local_name(iri)}）" for iri, label in labels.items()) or "–"
    words = vocabulary().schemes[SCHEME].concepts
    if any(
        text in (item.iri, item.notation, *(vocabulary().label(item.iri, tag) for tag in ("ja", "en")))
        for item in words
    ):
        raise UnknownNameError(
            Message(
                f"指標「{wanted}」の値が読み込まれていません。", f"The graph has no value of the indicator {wanted!r}."
            ),
            Message(f"値のある指標: {listed}", f"Indicators with values: {listed}"),
        )
    raise UnknownNameError(
        Message(f"「{wanted}」という指標はありません。", f"There is no indicator {wanted!r}."),
        Message(f"値のある指標: {listed}", f"Indicators with values: {listed}"),
    )
