"""What the graph says about who supports whom and where: the raw material of coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from tsunagari.graph.coverage import ClosedList, Surroundings
from tsunagari.graph.networks import organizations
from tsunagari.graph.places import AREA, home_area
from tsunagari.graph.providers import Offer
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.area_changes import present_place
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import local_name

PRESENT = frozenset({"stated", "inferred"})
PLANNED = frozenset({"planned", "under-consideration", "desired"})
SUPPORT = ("SupportService", "CommunitySupport", "Consultation")
"""Classes whose instances are support itself. A survey, a training or a meeting about a field supports nobody yet."""

Cite = Callable[[str], str]


def read_offers(
    reader: Reader, field_ids: Collection[str], *, at: str | None = None, lang: str = "ja", cite: Cite | None = None
) -> list[Offer]:
    """Return who offers what for which area, sorted.

    Three things count: a support service for its service areas, else for where its provider is based; an activity of
    community support or consultation for where those who carry it out are based; and an organisation's own support
    field for where it is based, when no service or activity of its own says more about that field.

    Parameters
    ----------
    reader
        The graph.
    field_ids
        IRIs of the fields that count.
    at
        ISO date on which it shall hold, certainly or possibly; None takes every time.
    lang
        Language of the names.
    cite
        Gives the text of the evidence for the IRI of what states an offer; None leaves it empty.
    """
    bodies = reader.things("Organization")
    found: list[Offer] = []
    told: set[tuple[str, str]] = set()
    for thing in reader.things(*SUPPORT).values():
        for provider in _providers(thing):
            if provider in bodies:
                units = [unit_of(area) for area in thing.all("service_area")]
                found += _offers(thing, bodies[provider], units, field_ids, at, lang, cite)
                told.update((provider, field_id) for field_id in thing.all("support_field"))
    for body in organizations(reader).values():
        own = [field_id for field_id in field_ids if (body.iri, field_id) not in told]
        found += _offers(body, body, [], own, at, lang, cite)
    return sorted(set(found))


def _providers(thing: Thing) -> tuple[str, ...]:
    return thing.all("provided_by") or thing.all("carried_out_by")


def _offers(
    thing: Thing,
    provider: Thing,
    units: Collection[str],
    field_ids: Collection[str],
    at: str | None,
    lang: str,
    cite: Cite | None,
) -> Iterator[Offer]:
    if thing.status not in PRESENT | PLANNED or thing.holds(at) == "no":
        return
    fields = [field_id for field_id in thing.all("support_field") if field_id in field_ids]
    evidence = cite(thing.iri) if cite is not None and fields else ""
    home = home_area(provider)
    for field_id in fields:
        for unit in units or ([unit_of(home)] if home else []):
            yield Offer(provider.label(lang), provider.iri, field_id, unit, thing.status in PLANNED, evidence)


def unit_of(area: str) -> str:
    """Return the code of an area's IRI, for a ward that of its city; other IRIs (partnerships) stay as they are.

    An area that ended counts in the one that took over its territory, whatever the day: the tables are of today's
    municipalities.

    Examples
    --------
    >>> unit_of("https://w3id.org/tsunagari/id/area/31201"), unit_of("https://w3id.org/tsunagari/id/area/14103")
    ('31201', '14100')
    >>> unit_of("https://w3id.org/tsunagari/id/area/09367")
    '09203'
    """
    if not area.startswith(AREA):
        return area
    code = local_name(area)
    entry = present_place(code)
    if entry is None or entry.kind != "ward":
        return code if entry is None else entry.code5
    cities = municipality_table().by_name(entry.district, prefecture=entry.prefecture)
    return next((city.code5 for city in cities if city.kind != "ward"), code)


def read_surroundings(
    reader: Reader, *, at: str | None = None, lang: str = "ja", closed: Collection[ClosedList] = ()
) -> Surroundings:
    """Return partnerships, and what platforms there are and whom they reach, as they stand on a day.

    A body is in a platform when it is a member of it, holds a role in it or in one of its parts, or hosts it.
    """
    platforms = {
        iri: thing
        for iri, thing in reader.things("Collaboration").items()
        if thing.status in PRESENT and thing.holds(at) != "no"
    }
    reach = {iri: frozenset(map(unit_of, thing.all("reach"))) for iri, thing in platforms.items()}
    reached: dict[str, set[str]] = defaultdict(set)
    for body, platform in _places_in_platforms(reader, platforms.values(), at):
        if platform in platforms and platforms[platform].cls != "RegionalPartnership":
            reached[body] |= reach[platform]
    names: dict[str, list[str]] = defaultdict(list)
    for iri, thing in platforms.items():
        if thing.cls == "Platform":
            for unit in sorted(reach[iri]):
                names[unit].append(thing.label(lang))
    return Surroundings(read_partnerships(reader, at=at), reached, names, tuple(closed))


def _places_in_platforms(reader: Reader, platforms: Iterable[Thing], at: str | None) -> Iterator[tuple[str, str]]:
    bodies = reader.things("PlatformBody")
    for held in reader.things("PlatformMembership", "RoleHolding").values():
        group = held.one("organization")
        if held.status in PRESENT and held.holds(at) != "no" and group:
            platform = bodies[group].one("sub_organization_of") if group in bodies else group
            yield from ((member, platform) for member in held.all("member") if platform)
    for platform_thing in platforms:
        yield from ((host, platform_thing.iri) for host in platform_thing.all("host"))


def read_partnerships(reader: Reader, *, at: str | None = None) -> dict[str, frozenset[str]]:
    """Return the codes of the municipalities of each partnership: those of its members, else its reach."""
    bodies = reader.things("Organization")
    found: dict[str, set[str]] = defaultdict(set)
    for held in reader.things("PartnershipMembership").values():
        partnership, member = held.one("organization"), bodies.get(held.one("member") or "")
        home = home_area(member) if member else None
        if partnership and home and held.status in PRESENT and held.holds(at) != "no":
            found[partnership].add(unit_of(home))
    for iri, thing in reader.things("RegionalPartnership").items():
        if iri not in found:
            found[iri].update(map(unit_of, thing.all("reach")))
    return {iri: frozenset(codes) for iri, codes in found.items() if codes}
