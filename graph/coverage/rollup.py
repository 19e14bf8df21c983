"""Coverage put together over areas and over broader fields; an organisation counts once in each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.coverage.coverage import (
    MULTIPLE,
    NONE,
    SHOWN_STATUSES,
    STATUSES,
    UNKNOWN,
    WITHHELD,
    Coverage,
    Statuses,
    status_of,
    without_withheld,
)
from tsunagari.graph.coverage.gaps import read_coverage, whole_coverage
from tsunagari.graph.coverage.providers import Relation, minus, product, relation, row_counts
from tsunagari.graph.coverage.surroundings import read_partnerships
from tsunagari.graph.facts import Reader, Scope, unit_name
from tsunagari.graph.wording import STATUS_LABELS, frame_columns
from tsunagari.ontology.municipalities import NATION_CODE

AREA_GROUPS = ("municipality", "partnership", "prefecture", "nation")
COLUMNS = frame_columns("rollup")
MINGLED = 2
"""So many municipalities whose cells are not published make a wider area in which withheld organisations may count."""
Groups: TypeAlias = "Mapping[str, Sequence[str]]"


@dataclass(frozen=True, slots=True)
class _Cells:
    """Areas × fields with their organisations, as in `Coverage`."""

    shape: tuple[int, int]
    local: Relation
    wide: Relation
    planned: Relation
    status: Statuses


def read_rollup(
    reader: Reader,
    by: str = "prefecture",
    *,
    broader: bool = False,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    need: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the coverage of a graph put together over areas and, if asked, over broader fields.

    Parameters
    ----------
    reader
        The graph.
    by
        ``"municipality"`` (each alone), ``"partnership"``, ``"prefecture"`` or ``"nation"``. Municipalities of no
        partnership are in none of the groups of partnerships.
    broader
        Count every field in the broadest concepts above it (``skos:broader``, followed to its end); a field without
        one stays itself, and a field below two of them counts in both.
    scope, areas, fields, at, need
        As in `tsunagari.graph.coverage.read_coverage`. Groups hold what the scope has of them.
    lang
        Language of the labels.

    Returns
    -------
    DataFrame
        See `rollup_table`; areas by their codes or IRIs, fields by their IRIs.

    Raises
    ------
    UnknownNameError
        Areas cannot be grouped like that, or an area, a field or the indicator is not known.
    """
    check_area_group(by)
    coverage = read_coverage(reader, scope=scope, areas=areas, fields=fields, at=at, need=need, lang=lang)
    area_groups = _area_groups(reader, by, coverage.area_codes, at)
    field_groups = broadest(reader, coverage.field_ids) if broader else {iri: [iri] for iri in coverage.field_ids}
    names = _area_names(reader, area_groups, lang) | {iri: reader.label(iri, lang) for iri in field_groups}
    whole = whole_coverage(reader, coverage, at=at, lang=lang)
    return rollup_table(coverage, area_groups, field_groups, names=names, whole=whole, lang=lang)


def check_area_group(by: str) -> None:
    """Refuse what areas cannot be put together by.

    Raises
    ------
    UnknownNameError
        It is none of `AREA_GROUPS`.

    Examples
    --------
    >>> check_area_group("nation")
    """
    if by not in AREA_GROUPS:
        listed = ", ".join(AREA_GROUPS)
        raise UnknownNameError(
            Message(f"地域を「{by}」ごとにまとめることはできません。", f"Areas cannot be put together by {by!r}."),
            Message(f"使えるもの: {listed}", f"Choose one of: {listed}"),
        )


def area_group(by: str, code: str) -> str:
    """Return the municipality, prefecture or nation that a municipality is put into.

    Examples
    --------
    >>> area_group("prefecture", "31201")
    '31000'
    """
    return {"municipality": code, "prefecture": f"{code[:2]}000", "nation": NATION_CODE}[by]


def _area_groups(reader: Reader, by: str, codes: Sequence[str], at: str | None) -> Groups:
    if by == "partnership":
        return dict(sorted((iri, sorted(parts)) for iri, parts in read_partnerships(reader, at=at).items()))
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(area_group(by, code), []).append(code)
    return dict(sorted(groups.items()))


def _area_names(reader: Reader, groups: Iterable[str], lang: str) -> dict[str, str]:
    names = {group: unit_name(reader.columns, group, lang) for group in groups}
    return names | {NATION_CODE: Message("全国", "Japan").text(lang)}


def broadest(reader: Reader, field_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the broadest concepts above fields with the fields below each, both sorted; a circle ends where it began.

    Examples
    --------
    >>> len(broadest(kg._reader, kg.coverage().field_ids))  # the bundled fields have none above them
    21
    """
    columns = reader.columns
    above: dict[str, list[str]] = {}
    for narrow, broad in zip(*map(columns.text, columns.pairs("broader")), strict=True):
        above.setdefault(narrow, []).append(broad)
    groups: dict[str, list[str]] = {}
    for field in sorted(field_ids):
        seen, waiting = {field}, [field]
        tops: set[str] = set()
        while waiting:
            iri = waiting.pop()
            further = [broad for broad in above.get(iri, ()) if broad not in seen]
            tops |= set() if further else {iri}
            seen.update(further)
            waiting += further
        for top in tops:
            groups.setdefault(top, []).append(field)
    return dict(sorted(groups.items()))


def rollup_table(
    coverage: Coverage,
    area_groups: Groups,
    field_groups: Groups,
    *,
    names: Mapping[str, str] | None = None,
    whole: Coverage | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row a group of municipalities and group of fields.

    An organisation that works in several municipalities or fields of a group counts once in it. Groups may overlap: a
    municipality of two partnerships counts in both.

    Parameters
    ----------
    coverage
        What is known of every municipality and field.
    area_groups
        Id of a group to the codes of its municipalities; those that the coverage does not have are left out.
    field_groups
        IRI of a broader field to the IRIs of the fields in it.
    names
        Names of the groups by their ids; the id stands in.
    whole
        The same cells of the whole graph where the coverage is that of its public edition: a group whose status hangs
        on withheld organisations is ``withheld``, unless `MINGLED` of its municipalities are: then nobody can tell
        where these organisations are, and the group counts them. Without it a group with a cell that is not published
        is ``withheld`` too, unless published organisations alone make it ``multiple``; it counts these.
    lang
        Language of the labels of the statuses.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, in the order of the groups given. ``local`` are the organisations that support in at
        least one municipality of the group itself, ``wide`` those that only cover some of it from a wider area,
        ``planned`` those that only plan to. ``status`` is that of the group as a whole by the rule of a cell; an
        absence is confirmed (``none``) only where it is in every cell of the group. ``municipalities`` is their number,
        and ``multiple`` … ``unknown`` tell how many of them have which status in this field: a prefecture with two
        organisations in one town is ``multiple`` as a whole and empty elsewhere. ``need`` is the sum of the needs of
        the municipalities (their number when no need was given) and ``need_without_local`` the part of those without
        anybody of their own; needs that are not known are left out. A group without municipalities or fields of the
        coverage has no row.

    Examples
    --------
    >>> from tsunagari.graph.coverage.coverage import cover
    >>> from tsunagari.graph.coverage.providers import Offer, Offers
    >>> offers = Offers.of([Offer("a", "food", "13101"), Offer("a", "food", "13102")])
    >>> found = cover(["13101", "13102"], ["food"], offers)
    >>> rollup_table(found, {"13000": ["13101", "13102"]}, {"food": ["food"]})[["local", "single"]].values.tolist()
    [[1, 2]]
    """
    labels = names or {}
    fields = _members(field_groups, coverage.field_ids)
    areas = _members(area_groups, coverage.area_codes)
    own = coverage if whole is None else replace(coverage, status=np.minimum(coverage.status, np.int8(UNKNOWN)))
    by_field, merged = _steps(own, areas, fields)
    counts = {name: row_counts(getattr(merged, name)) for name in ("local", "wide", "planned")}
    if whole is not None:
        known = _steps(whole, areas, fields)
        by_field, merged = map(_hidden, (by_field, merged), known)
        several = _sums(areas, by_field.status == WITHHELD) >= MINGLED
        merged = replace(merged, status=np.where(several, known[1].status, merged.status))
        counts = {
            name: np.where(several.ravel(), row_counts(getattr(known[1], name)), count)
            for name, count in counts.items()
        }
    size = merged.shape[0] * merged.shape[1]
    area, field = np.divmod(np.arange(size), max(merged.shape[1], 1))
    kept = (row_counts(areas)[area] > 0) & (row_counts(fields)[field] > 0)
    status = merged.status.ravel()
    weights = np.nan_to_num(coverage.need)
    local = (row_counts(by_field.local).reshape(by_field.shape) > 0) | (by_field.status == WITHHELD)
    found: dict[str, Any] = {
        "area": _pick([labels.get(group, group) for group in area_groups], area),
        "area_id": _pick(list(area_groups), area),
        "field": _pick([labels.get(group, group) for group in field_groups], field),
        "field_id": _pick(list(field_groups), field),
        "status": _pick(SHOWN_STATUSES, status),
        "status_label": _pick([STATUS_LABELS[name].text(lang) for name in SHOWN_STATUSES], status),
        **{name: count.astype(np.int64) for name, count in counts.items()},
        "municipalities": row_counts(areas)[area].astype(np.int64),
        "need": _sums(areas, weights[:, None])[area, 0],
        "need_without_local": _sums(areas, np.where(local, 0.0, weights[:, None])).ravel(),
    }
    for place, name in enumerate(STATUSES):
        found[name] = _sums(areas, by_field.status == place).ravel().astype(np.int64)
    return pd.DataFrame({name: found[name] for name in COLUMNS})[kept].reset_index(drop=True)


def _steps(coverage: Coverage, areas: Relation, fields: Relation) -> tuple[_Cells, _Cells]:
    """Return the cells of each municipality and group of fields, and those of groups of both."""
    cells = _Cells(coverage.shape, coverage.local, coverage.wide, coverage.planned, coverage.status)
    by_field = _merged(cells, _identity(coverage.shape[0]), fields)
    return by_field, _merged(by_field, areas, _identity(fields.shape[0]))


def _hidden(shown: _Cells, whole: _Cells) -> _Cells:
    """Return the cells without a status where the whole graph knows another one."""
    return replace(shown, status=without_withheld(shown.status, whole.status))


def _members(groups: Groups, listed: Sequence[str]) -> Relation:
    """Return which groups hold which of the listed, as a matrix of truths."""
    places = {name: place for place, name in enumerate(listed)}
    pairs = [(row, places[name]) for row, names in enumerate(groups.values()) for name in names if name in places]
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    return relation(rows, columns, (len(groups), len(listed)))


def _sums(groups: Relation, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the sums of the rows of `values` that each group holds."""
    found: npt.NDArray[np.float64] = groups.astype(np.float64) @ values.astype(np.float64)
    return found


def _identity(size: int) -> Relation:
    places = np.arange(size, dtype=np.int32)
    return relation(places, places, (size, size))


def _merged(cells: _Cells, areas: Relation, fields: Relation) -> _Cells:
    """Return the cells of groups of areas and groups of fields."""
    pairs, others = areas.tocoo(), fields.tocoo()
    rows = (pairs.coords[0][:, None] * fields.shape[0] + others.coords[0]).ravel()
    columns = (pairs.coords[1][:, None] * fields.shape[1] + others.coords[1]).ravel()
    shape = (areas.shape[0], fields.shape[0])
    groups = relation(rows.astype(np.int32), columns.astype(np.int32), (shape[0] * shape[1], cells.local.shape[0]))
    local = product(groups, cells.local)
    wide = minus(product(groups, cells.wide), local)
    planned = minus(product(groups, cells.planned), local + wide)
    absent = _sums(groups, cells.status.reshape(-1, 1) == NONE).ravel() == row_counts(groups)
    status = status_of(row_counts(local), row_counts(wide), absent)
    unpublished = _sums(groups, cells.status.reshape(-1, 1) == WITHHELD).ravel() > 0
    status = np.where(unpublished & (status != MULTIPLE), np.int8(WITHHELD), status).reshape(shape)
    return _Cells(shape, local, wide, planned, status)


def _pick(texts: Sequence[str], places: npt.NDArray[Any]) -> npt.NDArray[np.object_]:
    found: npt.NDArray[np.object_] = np.array([*texts, ""], dtype=object)[places]
    return found
