"""Scenarios: what a graph says of coverage and network, the edits carried out on it, and what they change."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.change.edits import Edits, read_edits
from tsunagari.graph.change.effects import Labels, Scenario, weigh
from tsunagari.graph.change.trial import Names, carry_out
from tsunagari.graph.columns import Columns, counted
from tsunagari.graph.coverage import (
    Coverage,
    Integers,
    Surroundings,
    cover,
    hide,
    read_coverage,
    read_surroundings,
    resolve_area,
    scope_fields,
)
from tsunagari.graph.facts import Bodies, Reader, Scope, area_name, field_names, units_of
from tsunagari.graph.networks import Relationships, read_relationships
from tsunagari.ontology.municipalities import NATION_CODE, municipality_table

GROUPS = ("Collaboration", "PlatformBody")
NATION = frozenset({NATION_CODE, "全国", "nation", "Japan"})


def scenario(
    reader: Reader,
    edits: Edits,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    at: str | None = None,
    need: str | None = None,
    lang: str = "ja",
) -> Scenario:
    """Return what would be different after some edits; nothing is written.

    Parameters
    ----------
    reader
        The graph.
    edits
        A file or a list, see `tsunagari.graph.change.edits.read_edits`.
    scope
        The workspace's settings.
    areas, fields
        The municipalities and fields whose coverage is looked at; None takes the scope's.
    at
        ISO date; None takes every time.
    need
        Indicator that weighs the severity, as for `KnowledgeGraph.gaps`.
    lang
        ``"ja"`` or ``"en"``.

    Raises
    ------
    ScenarioError
        An edit cannot be understood or carried out; its place is named.
    UnknownNameError
        An area or a field that is asked for is not known.
    SourceError
        The file cannot be read.
    """
    told = read_edits(edits)
    before = read_coverage(reader, scope=scope, areas=areas, fields=fields, at=at, need=need, lang=lang)
    network = read_relationships(reader, at=at)
    around = _surroundings(reader, before, at)
    trial = carry_out(before.offers, network, told, _names(reader, scope or Scope(), around, at))
    after = hide(cover(before.area_codes, before.field_ids, trial.offers, around), before.hidden)
    return weigh(told, network, trial, (before, after), _labels(reader, before, network, trial.network, lang))


def _surroundings(reader: Reader, coverage: Coverage, at: str | None) -> Surroundings:
    """Return what is known of the areas beside the offers, as the coverage was made with it."""
    known = zip(coverage.area_codes, coverage.need.tolist(), strict=True)
    need = {code: value for code, value in known if value == value}
    return read_surroundings(reader, at=at, closed=coverage.closed_lists, need=need)


def _names(reader: Reader, scope: Scope, around: Surroundings, at: str | None) -> Names:
    """Return what the words of edits stand for."""
    columns = reader.columns
    bodies, groups = Bodies(columns, "Organization"), Bodies(columns, *GROUPS, segments=("platform", "body"))
    reach = _Reach(columns, at)

    def field(text: str) -> str:
        return str(scope_fields(reader, [text], scheme=scope.fields)["field_id"][0])

    def unit(text: str) -> str:
        return _unit(text, groups, columns, around)

    def inside(outer: str, other: str) -> bool:
        if outer in (other, NATION_CODE):
            return True
        if outer in around.partnerships:
            return other in around.partnerships[outer]
        return outer.endswith("000") and len(other) == len(outer) and other[:2] == outer[:2]

    return Names(
        lambda text: columns.text([bodies.find(text)])[0],
        lambda text: columns.text([groups.find(text)])[0],
        field,
        unit,
        inside,
        reach.of_group,
        reach.of_hosted,
        reach.within,
    )


def _unit(text: str, groups: Bodies, columns: Columns, around: Surroundings) -> str:
    """Return what an area's name stands for: a municipality, a prefecture, the nation or a partnership."""
    if text in NATION:
        return NATION_CODE
    table = municipality_table()
    found = [entry for entry in (table.by_code(text), *table.by_name(text)) if entry is not None]
    if len({entry.code5 for entry in found}) == 1 and found[0].kind == "prefecture":
        return found[0].code5
    try:
        codes = resolve_area(text)
    except UnknownNameError:
        try:
            iri = columns.text([groups.find(text)])[0]
        except UnknownNameError:
            iri = ""
        if iri not in around.partnerships:
            raise
        return iri
    if len(codes) > 1:
        listed = "、".join(codes[:5])
        raise UnknownNameError(
            Message(f"「{text}」は複数の市区町村を指します。", f"{text!r} stands for several municipalities."),
            Message(f"1 行に 1 つ、コードで書いてください: {listed}", f"Write one code a row: {listed}"),
        )
    return codes[0]


class _Reach:
    """Which areas platforms reach."""

    def __init__(self, columns: Columns, at: str | None) -> None:
        self._columns = columns
        platforms = columns.of_class("Collaboration")
        platforms = platforms[counted(columns, platforms, at)]
        self._platforms = np.setdiff1d(platforms, columns.of_class("RegionalPartnership"))
        self._parts = columns.of_class("PlatformBody")

    def of_group(self, iri: str) -> list[str]:
        """Return the units that a platform, or the platform of a body, reaches; none for a partnership."""
        code = np.int32(self._columns.code(iri))
        if code in self._parts:
            code = self._columns.one("sub_organization_of", [code])[0]
        return self._units(np.array([code]))

    def of_hosted(self, iri: str) -> list[str]:
        """Return the units that the platforms reach which an organisation hosts."""
        hosted, hosts = self._columns.pairs("host")
        return self._units(hosted[hosts == self._columns.code(iri)])

    def within(self, iri: str) -> list[str]:
        """Return a group and its bodies."""
        part, whole = self._columns.pairs("sub_organization_of")
        return [iri, *self._columns.text(part[whole == self._columns.code(iri)])]

    def _units(self, platforms: Integers) -> list[str]:
        _, areas = self._columns.all("reach", platforms[np.isin(platforms, self._platforms)])
        places, units = units_of(self._columns, areas)
        return [units[place] for place in np.unique(places).tolist()]


def _labels(reader: Reader, coverage: Coverage, before: Relationships, after: Relationships, lang: str) -> Labels:
    columns = reader.columns
    areas = [area_name(code) for code in coverage.area_codes]
    fields = field_names(columns, coverage.field_ids, lang)
    nodes = sorted({*before.nodes, *after.nodes})
    names = columns.labels(columns.codes(nodes), lang)
    return Labels(areas, fields, dict(zip(nodes, names, strict=True)), lang)
