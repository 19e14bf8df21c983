"""Where support reaches: the status of every municipality and field, zeros of two kinds included.

An absence that a complete list shows (`none`) and one that nobody looked into (`unknown`) are different findings. The
table is the full cross product of the municipalities and fields of the scope, so a cell nobody wrote about is a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from tsunagari.graph.providers import Offer, ProviderIndex, Providers
from tsunagari.graph.sentences import STATUS_LABELS, gap_sentence, settle_phrase
from tsunagari.graph.severity import FORMULA, severity
from tsunagari.ontology.municipalities import NATION_CODE

STATUSES = ("multiple", "single", "wide_only", "none", "unknown")
COLUMNS = (
    "area",
    "area_code",
    "prefecture",
    "field",
    "field_id",
    "status",
    "status_label",
    "local",
    "wide",
    "partnership",
    "planned",
    "connected",
    "providers",
    "provider_ids",
    "evidence",
    "need",
    "severity",
    "sentence",
    "settle",
)


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list or survey that is complete for an area, so that an absence in it means that there is nothing.

    Parameters
    ----------
    name
        What it is called.
    unit
        The area it is complete for, as in `Offer`.
    field_id
        The field it is complete for, None for all.
    includes_parts
        Whether it speaks of each municipality in the area as well.
    found
        Whether it found support without naming who offers it: then an absence means nothing.
    as_of
        ISO date for which it is stated, empty when it has none; of two for one area the later one counts.
    evidence
        Where this is stated.
    """

    name: str
    unit: str
    field_id: str | None = None
    includes_parts: bool = True
    found: bool = False
    as_of: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the areas beside the offers.

    Parameters
    ----------
    partnerships
        IRI of a partnership to the codes of its municipalities.
    reached
        IRI of an organisation to the areas (as in `Offer.unit`) that the platforms it is a member of reach.
    platforms
        Area to the names of the platforms that reach it.
    closed
        Lists that are complete.
    need
        Code of a municipality to its need, e.g. its population; where it is not given the need is 1.
    """

    partnerships: Mapping[str, Collection[str]] = field(default_factory=dict)
    reached: Mapping[str, Collection[str]] = field(default_factory=dict)
    platforms: Mapping[str, Collection[str]] = field(default_factory=dict)
    closed: Collection[ClosedList] = ()
    need: Mapping[str, float] = field(default_factory=dict)

    def units(self, area_code: str) -> tuple[str, ...]:
        """Return the areas that contain a municipality, from near to far: itself, partnerships, prefecture, nation."""
        shared = sorted(iri for iri, codes in self.partnerships.items() if area_code in codes)
        return (area_code, *shared, f"{area_code[:2]}000", NATION_CODE)

    def neighbours(self, area_code: str) -> tuple[str, ...]:
        """Return the other municipalities of the partnerships of a municipality, sorted."""
        found = {code for codes in self.partnerships.values() if area_code in codes for code in codes}
        return tuple(sorted(found - {area_code}))

    def platform_names(self, area_code: str) -> list[str]:
        """Return the names of the platforms that reach a municipality, from near to far."""
        return list(dict.fromkeys(name for unit in self.units(area_code) for name in self.platforms.get(unit, ())))


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality and field.

    Parameters
    ----------
    status
        One of `STATUSES`.
    local, wide
        Those who offer support there, and those who only cover it from a wider area.
    planned
        One offer of each organisation that only plans to, those in the municipality first.
    partnership
        Number of organisations in other municipalities of the same partnership that do not serve this one.
    connected
        Whether an organisation of `local` or `wide` is a member of a platform that reaches the municipality.
    closed_list
        The complete list or survey that covers the cell, None when none does.
    """

    status: str
    local: Providers
    wide: Providers
    planned: tuple[Offer, ...] = ()
    partnership: int = 0
    connected: bool = False
    closed_list: ClosedList | None = None


def coverage_cells(
    area_codes: Collection[str], field_ids: Collection[str], offers: Collection[Offer], surroundings: Surroundings
) -> Iterator[tuple[str, str, Cell]]:
    """Yield every municipality with every field and what is known of it, in the given order.

    The status is the first that applies: ``multiple`` two or more organisations in the municipality itself, ``single``
    one, ``wide_only`` none there but one for an area that contains it, ``none`` nobody and a complete list covers the
    cell, ``unknown`` nobody and no such list. What is only planned never counts as support.

    Examples
    --------
    >>> offers = [Offer("A", "a", "food", "13101"), Offer("B", "b", "food", "13000")]
    >>> found = coverage_cells(["13101", "13102", "12100"], ["food"], offers, Surroundings())
    >>> [(area, cell.status) for area, _, cell in found]
    [('13101', 'single'), ('13102', 'wide_only'), ('12100', 'unknown')]
    """
    reached = surroundings.reached
    present = ProviderIndex((offer for offer in offers if not offer.planned), reached)
    planned = ProviderIndex((offer for offer in offers if offer.planned), reached)
    closed: dict[tuple[str, str | None], list[ClosedList]] = defaultdict(list)
    for item in sorted(sorted(surroundings.closed, key=_name_of), key=_day_of, reverse=True):
        closed[item.unit, item.field_id].append(item)
    for area in area_codes:
        units, neighbours = surroundings.units(area), surroundings.neighbours(area)
        for field_id in field_ids:
            local, wide = present.find(units[:1], field_id), present.find(units[1:], field_id)
            if not local.known.isdisjoint(wide.known):
                wide = present.group(wide.without(local))
            plans, wide_plans = planned.find(units[:1], field_id), planned.find(units[1:], field_id)
            complete = _complete(closed, area, units, field_id)
            cell = Cell(
                _status(len(local), len(wide), closed=complete is not None),
                local,
                wide,
                (*plans.without(local, wide), *wide_plans.without(local, wide, plans)),
                len(present.find(neighbours, field_id).without(local, wide)) if neighbours else 0,
                any(unit in found.reached for found in (local, wide) for unit in units),
                complete,
            )
            yield area, field_id, cell


def _complete(
    closed: Mapping[tuple[str, str | None], list[ClosedList]], area: str, units: tuple[str, ...], field_id: str
) -> ClosedList | None:
    """Return the complete list that speaks of a cell: the nearest, the latest of those; None when it found support."""
    for unit in units:
        for key in (field_id, None):
            for item in closed.get((unit, key), ()):
                if item.includes_parts or unit == area:
                    return None if item.found else item
    return None


def _name_of(item: ClosedList) -> tuple[str, str]:
    return item.name, item.evidence


def _day_of(item: ClosedList) -> str:
    return item.as_of


def coverage_table(
    areas: pd.DataFrame,
    fields: pd.DataFrame,
    offers: Collection[Offer],
    surroundings: Surroundings | None = None,
    *,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row for every municipality and field, the most serious first.

    Parameters
    ----------
    areas
        The municipalities of the scope: ``area_code``, ``area`` (name) and ``prefecture``.
    fields
        The fields of the scope: ``field_id`` and ``field`` (name).
    offers
        Who offers what for which area.
    surroundings
        Partnerships, platforms, complete lists and need, as far as they are known.
    lang
        ``"ja"`` or ``"en"``: the language of labels and sentences.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, sorted by severity (descending); cells that are equally serious take turns, so that
        neither one municipality nor one field fills the top of the list. ``providers`` names those who offer support,
        local ones first; ``settle`` which list would settle an unknown cell. The formula of the severity is in
        ``attrs["severity_formula"]``. Without areas or fields there is no row.

    Raises
    ------
    NetworkError
        A need is negative or not a number.

    Examples
    --------
    >>> areas = pd.DataFrame({"area_code": ["13101"], "area": ["千代田区"], "prefecture": ["東京都"]})
    >>> fields = pd.DataFrame({"field_id": ["ibasho"], "field": ["居場所"]})
    >>> coverage_table(areas, fields, [])[["status", "local", "severity"]].values.tolist()
    [['unknown', 0, 0.5]]
    """
    known = surroundings or Surroundings()
    columns = (areas[name].astype(str) for name in ("area_code", "area", "prefecture"))
    places = {code: (name, prefecture) for code, name, prefecture in zip(*columns, strict=True)}
    field_names = dict(zip(fields["field_id"], fields["field"], strict=True))
    largest = max((known.need.get(code, 1.0) for code in places), default=1.0)
    rows = []
    for code, field_id, cell in coverage_cells(list(places), list(field_names), offers, known):
        (area, prefecture), field_name = places[code], field_names[field_id]
        need = known.need.get(code, 1.0)
        rows.append(
            (
                area,
                code,
                prefecture,
                field_name,
                field_id,
                cell.status,
                STATUS_LABELS[cell.status].text(lang),
                len(cell.local),
                len(cell.wide),
                cell.partnership,
                len(cell.planned),
                cell.connected,
                ", ".join((*cell.local.names, *cell.wide.names)),
                [*cell.local.ids, *cell.wide.ids],
                _evidence(cell),
                need,
                severity(
                    cell.status,
                    need=need,
                    largest_need=largest,
                    planned=len(cell.planned),
                    connected=cell.connected,
                ),
                _sentence(cell, area, field_name, lang),
                _settle(cell, area, field_name, known.platform_names(code), lang),
            )
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.sort_values(["area_code", "field_id"], ignore_index=True)
    table = table.assign(turn=_turns(table)).sort_values(
        ["severity", "turn", "area_code"], ascending=[False, True, True], ignore_index=True
    )
    table = table.drop(columns="turn")
    table.attrs["severity_formula"] = FORMULA.text(lang)
    return table


def _turns(table: pd.DataFrame) -> pd.Series[int]:
    """Number the cells diagonally: the turn of a cell is its field's place less its municipality's, going around."""
    area, _ = pd.factorize(table["area_code"], sort=True)
    place, fields = pd.factorize(table["field_id"], sort=True)
    return pd.Series((place - area) % max(len(fields), 1), index=table.index)


def _status(local: int, wide: int, *, closed: bool) -> str:
    if local:
        return "multiple" if local > 1 else "single"
    if wide:
        return "wide_only"
    return "none" if closed else "unknown"


def _evidence(cell: Cell) -> str:
    offers = (*cell.local.offers, *cell.wide.offers, *cell.planned)
    texts = [offer.evidence for offer in offers]
    if cell.status == "none" and cell.closed_list is not None:
        texts.append(cell.closed_list.evidence)
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _sentence(cell: Cell, area: str, field_name: str, lang: str) -> str:
    return gap_sentence(
        cell.status,
        area,
        field_name,
        local=cell.local.names,
        wide=cell.wide.names,
        planned=len(cell.planned),
        partnership=cell.partnership,
        connected=cell.connected,
        closed_list=cell.closed_list.name if cell.closed_list is not None else "",
        lang=lang,
    )


def _settle(cell: Cell, area: str, field_name: str, platforms: Collection[str], lang: str) -> str:
    return settle_phrase(area, field_name, list(platforms), lang=lang) if cell.status == "unknown" else ""
