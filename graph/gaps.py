"""The coverage gaps of a graph: scope, offers and surroundings put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from tsunagari.graph.closed_lists import read_closed_lists
from tsunagari.graph.coverage import coverage_table
from tsunagari.graph.offers import SUPPORT, read_offers, read_surroundings
from tsunagari.graph.scope import scope_areas, scope_fields
from tsunagari.graph.sources import Citations
from tsunagari.graph.things import Reader


@dataclass(frozen=True, slots=True)
class Scope:
    """What a workspace counts gaps in.

    Parameters
    ----------
    areas
        Codes or names of areas; None for every municipality that a source names.
    fields
        Id of the scheme of fields.
    """

    areas: tuple[str, ...] | None = None
    fields: str = "hyogo"


def gap_table(
    reader: Reader,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the status of every municipality and field of the scope, the most serious first.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    areas, fields
        A part of the scope or another one: codes, names or IRIs (see `scope_areas` and `scope_fields`).
    at
        ISO date; None takes every time.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        See `tsunagari.graph.coverage.coverage_table`. ``evidence`` names where each offer is stated.

    Raises
    ------
    UnknownNameError
        An area, a field or the scheme of fields is not known.
    """
    settings = scope or Scope()
    chosen_areas = scope_areas(reader, _list(areas) or settings.areas or None)
    chosen_fields = scope_fields(reader, _list(fields), scheme=settings.fields, lang=lang)
    citations = Citations(reader, lang=lang)
    things = reader.things("Organization", *SUPPORT)

    def cite(iri: str) -> str:
        places = "; ".join(dict.fromkeys(place.text(lang) for place in citations.of(things[iri])))
        name = things[iri].label(lang)
        return f"{name} ({places})" if places else name

    offers = read_offers(reader, frozenset(chosen_fields["field_id"]), at=at, lang=lang, cite=cite)
    surroundings = read_surroundings(reader, at=at, lang=lang, closed=read_closed_lists(reader, at=at, lang=lang))
    return coverage_table(chosen_areas, chosen_fields, offers, surroundings, lang=lang)


def _list(names: Iterable[str] | str | None) -> list[str] | None:
    """Return names as a list; a single name is a list of one, no name at all is None."""
    return ([names] if isinstance(names, str) else list(names) or None) if names is not None else None
