"""What the graph says about who supports whom and where: the raw material of coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tsunagari.graph.columns import PLANNED, PRESENT, Columns, counted, rows_of
from tsunagari.graph.coverage.providers import Integers, Offers
from tsunagari.graph.facts import Reader, home_areas, plain_organizations, units_of

SUPPORT = ("SupportService", "CommunitySupport", "Consultation")
"""Classes whose instances are support itself. A survey, a training or a meeting about a field supports nobody yet."""
Found = tuple[Integers, Integers, Integers, Integers]


def read_offers(reader: Reader, field_ids: Sequence[str], *, at: str | None = None) -> Offers:
    """Return who offers what for which area, and how far the platforms they belong to reach.

    Three things count: a support service for its service areas, else for where its provider is based; an activity of
    community support or consultation for where those who carry it out are based; and an organisation's own support
    field for where it is based, when no service or activity of its own says more about that field.

    A body is in a platform when it is a member of it, holds a role in it or in one of its parts, or hosts it.

    Parameters
    ----------
    reader
        The graph.
    field_ids
        IRIs of the fields that count.
    at
        ISO date on which it shall hold, certainly or possibly; None takes every time.

    Returns
    -------
    Offers
        ``stated`` are codes in ``reader.columns``.
    """
    columns = reader.columns
    wanted = columns.codes(field_ids)
    things, row, provider, field = _given(columns, "support_field", wanted)
    told = np.unique(np.column_stack((provider, field)), axis=0)
    offered = _located(columns, things, row, provider, field, at)
    parts = (offered, _own_fields(columns, wanted, at, told))
    stated, provider, field, area = (np.concatenate(found) for found in zip(*parts, strict=True))
    return _offers(columns, field_ids, (stated, provider, _place_in(wanted, field), area), at)


def stage_offers(columns: Columns, stages: Sequence[str], at: str | None) -> Offers:
    """Return who offers what for people of which life stage, with stages in the place of fields.

    Parameters
    ----------
    columns
        The graph.
    stages
        IRIs of life stages and, last, the empty text: it holds what is for people of no stated stage.
    at
        As in `read_offers`.
    """
    wanted = columns.codes(stages[:-1])
    given = _located(columns, *_given(columns, "life_stage", wanted), at)
    things = columns.of_class(*SUPPORT)
    row, provider = _known_providers(columns, things)
    silent = columns.one("life_stage", things)[row] < 0
    row, provider = row[silent], provider[silent]
    others = _located(columns, things, row, provider, np.full(len(row), -1, dtype=np.int32), at)
    stated, provider, stage, area = (np.concatenate(found) for found in zip(given, others, strict=True))
    place = np.full(len(stage), len(stages) - 1, dtype=np.int32)
    place[stage >= 0] = _place_in(wanted, stage[stage >= 0])
    return _offers(columns, stages, (stated, provider, place, area), at)


def _offers(columns: Columns, names: Sequence[str], found: Found, at: str | None) -> Offers:
    """Return offers of what is stated by whom, with the place of its field and the area it is for."""
    stated, provider, field, area = found
    members, reach = platform_reach(columns, at)
    bodies = np.unique(provider)
    known = np.isin(members, bodies)
    places, units = units_of(columns, np.concatenate((area, reach[known])))
    planned = np.isin(columns.status(stated), _places(columns, PLANNED))
    return Offers(
        tuple(columns.text(bodies)),
        bodies,
        tuple(names),
        units,
        _place_in(bodies, provider),
        field,
        places[: len(area)],
        planned,
        stated,
        _place_in(bodies, members[known]),
        places[len(area) :],
    )


def _places(columns: Columns, statuses: frozenset[str]) -> list[int]:
    return [place for place, status in enumerate(columns.statuses) if status in statuses]


def _place_in(codes: Integers, wanted: Integers) -> Integers:
    """Return the place of each of `wanted` among different codes in any order."""
    order = np.argsort(codes, kind="stable")
    return order[np.searchsorted(codes, wanted, sorter=order)].astype(np.int32)


def _known_providers(columns: Columns, things: Integers) -> tuple[Integers, Integers]:
    row, provider = providers(columns, things)
    known = np.isin(provider, columns.of_class("Organization"))
    return row[known], provider[known]


def _given(columns: Columns, name: str, wanted: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """Return services and activities, and of each a row with a provider and a wanted value of a property.

    Those that are over are among them: also a service that is over tells more than the provider itself.
    """
    things = columns.of_class(*SUPPORT)
    row, provider = _known_providers(columns, things)
    return things, *_with_values(columns, name, things, row, provider, wanted)


def _located(
    columns: Columns, things: Integers, row: Integers, provider: Integers, value: Integers, at: str | None
) -> Found:
    """Return thing, provider, value and area of what holds: its service areas, else where the provider is based."""
    kept = counted(columns, things, at, PRESENT | PLANNED)[row]
    row, provider, value = row[kept], provider[kept], value[kept]
    starts, areas = columns.all("service_area", things)
    at_home = starts[row] == starts[row + 1]
    spread = np.repeat(np.arange(len(row)), np.diff(starts)[row])
    area = areas[rows_of(starts[row], starts[row + 1])]
    home = home_areas(columns, provider[at_home])
    based = home >= 0
    pick = np.concatenate((spread, np.flatnonzero(at_home)[based]))
    return things[row[pick]], provider[pick], value[pick], np.concatenate((area, home[based]))


def providers(columns: Columns, things: Integers) -> tuple[Integers, Integers]:
    """Return who provides each service, else who carries out each activity: place of the thing, code of the provider.

    One that several provide is there several times, one without a provider is not there.
    """
    starts, provided = columns.all("provided_by", things)
    others, carried = columns.all("carried_out_by", things)
    counts = np.diff(starts)
    without = np.flatnonzero(counts == 0)
    rows = np.concatenate((np.repeat(np.arange(len(things)), counts), np.repeat(without, np.diff(others)[without])))
    found = np.concatenate((provided, carried[rows_of(others[without], others[without + 1])]))
    return rows.astype(np.int32), found.astype(np.int32)


def _with_values(
    columns: Columns, name: str, things: Integers, row: Integers, provider: Integers, wanted: Integers
) -> tuple[Integers, Integers, Integers]:
    """Repeat pairs of thing and provider for every wanted value of a property of the thing."""
    starts, fields = columns.all(name, things)
    spread = np.repeat(np.arange(len(row)), np.diff(starts)[row])
    field = fields[rows_of(starts[row], starts[row + 1])]
    kept = np.isin(field, wanted[wanted >= 0])
    return row[spread][kept], provider[spread][kept], field[kept]


def _own_fields(columns: Columns, wanted: Integers, at: str | None, told: Integers) -> Found:
    """Return thing, provider, field and area of what organisations say of themselves."""
    bodies = plain_organizations(columns)
    places = np.arange(len(bodies), dtype=np.int32)
    row, provider, field = _with_values(columns, "support_field", bodies, places, bodies, wanted)
    size = len(columns.terms)
    more = np.isin(provider.astype(np.int64) * size + field, told[:, 0].astype(np.int64) * size + told[:, 1])
    kept = counted(columns, bodies, at, PRESENT | PLANNED)[row] & ~more
    home = home_areas(columns, bodies)[row]
    kept &= home >= 0
    return provider[kept], provider[kept], field[kept], home[kept]


def supported_fields(columns: Columns, at: str | None) -> tuple[Integers, Integers]:
    """Return the codes of bodies and of the fields they work in, by themselves or by a service, wherever that is."""
    things = columns.of_class(*SUPPORT)
    things = things[counted(columns, things, at)]
    row, provider = providers(columns, things)
    bodies = plain_organizations(columns)
    bodies = bodies[counted(columns, bodies, at)]
    speaking = np.concatenate((things[row], bodies))
    starts, fields = columns.all("support_field", speaking)
    return np.repeat(np.concatenate((provider, bodies)), np.diff(starts)), fields


def platform_reach(columns: Columns, at: str | None) -> tuple[Integers, Integers]:
    """Return codes of bodies and of the areas that platforms they belong to reach, pair by pair; no partnerships."""
    platforms = columns.of_class("Collaboration")
    platforms = platforms[counted(columns, platforms, at)]
    platforms = np.setdiff1d(platforms, columns.of_class("RegionalPartnership"))
    member, platform = platform_members(columns, at)
    known = np.isin(platform, platforms)
    member, platform = member[known], platform[known]
    starts, hosts = columns.all("host", platforms)
    member = np.concatenate((member, hosts))
    platform = np.concatenate((platform, np.repeat(platforms, np.diff(starts))))
    starts, areas = columns.all("reach", platforms)
    row = np.searchsorted(platforms, platform)
    spread = np.repeat(np.arange(len(row)), np.diff(starts)[row])
    return member[spread].astype(np.int32), areas[rows_of(starts[row], starts[row + 1])].astype(np.int32)


def platform_members(columns: Columns, at: str | None) -> tuple[Integers, Integers]:
    """Return the codes of members and of what they belong to, pair by pair; a part of a platform stands for it."""
    held = columns.of_class("PlatformMembership", "RoleHolding")
    held = held[counted(columns, held, at)]
    group = columns.one("organization", held)
    is_part = np.isin(group, columns.of_class("PlatformBody"))
    platform = np.where(is_part, columns.one("sub_organization_of", group), group)
    starts, members = columns.all("member", held)
    platform = np.repeat(platform, np.diff(starts))
    known = platform >= 0
    return members[known].astype(np.int32), platform[known].astype(np.int32)
