"""The coverage of a graph: scope, offers and surroundings put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tsunagari.graph.coverage.certainty import Certainty, status_certainty
from tsunagari.graph.coverage.closed_lists import read_closed_lists
from tsunagari.graph.coverage.coverage import Coverage, Hidden, cover, hide
from tsunagari.graph.coverage.coverage_table import Names, coverage_table
from tsunagari.graph.coverage.needs import read_need
from tsunagari.graph.coverage.offers import read_offers
from tsunagari.graph.coverage.scope import scope_areas, scope_fields
from tsunagari.graph.coverage.surroundings import Surroundings, read_surroundings
from tsunagari.graph.coverage.unpublished import unpublished
from tsunagari.graph.facts import Reader, Scope, lists_of, stated_names
from tsunagari.graph.inference import RecordErrors, Stated


def read_coverage(
    reader: Reader,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    need: str | None = None,
    lang: str = "ja",
) -> Coverage:
    """Return the coverage of every municipality and field of the scope as arrays.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    areas, fields
        A part of the scope or another one: codes, names or IRIs (see `scope_areas` and `scope_fields`).
    at
        ISO date; None takes every time. Counted is in today's municipalities, whatever the day.
    need
        Indicator that weighs the severity (see `tsunagari.graph.coverage.needs.read_need`), e.g. ``"population"``; None
        weighs every municipality alike.
    lang
        Language of the names of complete lists.

    Raises
    ------
    UnknownNameError
        An area, a field, the scheme of fields or the indicator is not known.
    """
    return _read(reader, scope, areas, fields, at, need, lang).coverage


def covered_table(
    reader: Reader,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    need: str | None = None,
    errors: RecordErrors | None = None,
    lang: str = "ja",
) -> tuple[pd.DataFrame, Coverage]:
    """Return the status of every municipality and field of the scope as a table, and what it is the table of.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    areas, fields
        A part of the scope or another one: codes, names or IRIs (see `scope_areas` and `scope_fields`).
    at
        ISO date; None takes every time. Counted is in today's municipalities, whatever the day.
    need
        Indicator that weighs the severity (see `tsunagari.graph.coverage.needs.read_need`), e.g. ``"population"``; None
        weighs every municipality alike.
    errors
        How wrong lists are taken to be, for the certainty of each status; None tells none.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    table, coverage
        See `tsunagari.graph.coverage.coverage_table.coverage_table`; the most serious cell is first and ``evidence``
        names where each offer is stated. A scope without municipalities has no row and every column; before all data
        every cell is there without anybody.

    Raises
    ------
    UnknownNameError
        An area, a field, the scheme of fields or the indicator is not known.
    """
    found = _read(reader, scope, areas, fields, at, need, lang)
    names = Names(
        found.areas["area"].tolist(),
        found.areas["prefecture"].tolist(),
        found.fields["field"].tolist(),
        reader.columns.labels(found.coverage.offers.codes, lang),
        lambda codes: stated_names(reader, codes, lang=lang),
        found.need,
    )
    certainty = None
    if errors is not None and errors.any:
        certainty = _certainty(reader, found, errors)
    table = coverage_table(found.coverage, names, found.surroundings, certainty=certainty, lang=lang)
    return table, found.coverage


def _certainty(reader: Reader, found: _Found, errors: RecordErrors) -> Certainty:
    records = found.coverage.offers.stated.astype(np.int64)
    stated = Stated.of(records, lists_of(reader.columns, records))
    return status_certainty(found.coverage, stated, found.surroundings, errors)


@dataclass(frozen=True, slots=True)
class _Found:
    areas: pd.DataFrame
    fields: pd.DataFrame
    surroundings: Surroundings
    coverage: Coverage
    need: str


def _read(
    reader: Reader,
    scope: Scope | None,
    areas: Iterable[str] | None,
    fields: Iterable[str] | None,
    at: str | None,
    need: str | None,
    lang: str,
) -> _Found:
    """Return the coverage; what was read for a scope, day, need and language is kept by the reader."""
    settings, wanted = scope or Scope(), (_names(areas), _names(fields))
    asked = ("coverage", settings, *wanted, at, need, lang)
    return reader.kept.get(asked, lambda: _covered(reader, settings, *wanted, at, need, lang))


def _covered(
    reader: Reader,
    settings: Scope,
    areas: tuple[str, ...] | None,
    fields: tuple[str, ...] | None,
    at: str | None,
    need: str | None,
    lang: str,
) -> _Found:
    chosen_areas = scope_areas(reader, settings.areas if areas is None else areas)
    chosen_fields = scope_fields(reader, fields, scheme=settings.fields, lang=lang)
    field_ids = chosen_fields["field_id"].tolist()
    offers = read_offers(reader, field_ids, at=at)
    weights = read_need(reader, need, at=at, lang=lang) if need is not None else None
    closed = read_closed_lists(reader, at=at, lang=lang)
    values = {} if weights is None else weights.values
    around = read_surroundings(reader, at=at, lang=lang, closed=closed, need=values)
    coverage = cover(chosen_areas["area_code"].tolist(), field_ids, offers, around)
    hidden = hidden_from(reader, coverage, at=at, lang=lang)
    coverage = hide(coverage, unpublished(reader, coverage, settings, at) if hidden is None else hidden)
    return _Found(chosen_areas, chosen_fields, around, coverage, "" if weights is None else weights.text(lang))


def hidden_from(reader: Reader, coverage: Coverage, *, at: str | None, lang: str) -> Hidden | None:
    """Return what a public edition does not show of the cells of a coverage; None where the whole is not at hand."""
    whole = whole_coverage(reader, coverage, at=at, lang=lang)
    if whole is None:
        return None
    local, wide = (
        whole.counts(every) - coverage.counts(some)
        for every, some in ((whole.local, coverage.local), (whole.wide, coverage.wide))
    )
    closed = whole.closed >= 0
    return Hidden(local, wide, closed, np.zeros_like(closed))


def whole_coverage(reader: Reader, coverage: Coverage, *, at: str | None, lang: str) -> Coverage | None:
    """Return the same cells in the whole graph of which the reader sees the public edition; None for any other."""
    whole = reader.whole
    if whole is None:
        return None

    def found() -> Coverage:
        offers = read_offers(whole, coverage.field_ids, at=at)
        closed = read_closed_lists(whole, at=at, lang=lang)
        around = read_surroundings(whole, at=at, lang=lang, closed=closed)
        return cover(coverage.area_codes, coverage.field_ids, offers, around)

    asked = ("whole coverage", coverage.area_codes, coverage.field_ids, at, lang)
    return whole.kept.get(asked, found)


def _names(names: Iterable[str] | str | None) -> tuple[str, ...] | None:
    """Return names as they may be kept; a single name is one, an empty list is none of them, None is all."""
    return None if names is None else (names,) if isinstance(names, str) else tuple(names)
