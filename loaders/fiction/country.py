"""The truth: a fictional country prefecture by prefecture, before anybody writes it down.

Organisations know each other mostly within their municipality and prefecture, popular ones gain more ties, and a few
brokers (councils of social welfare, networks, centres) reach across sectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tsunagari.loaders.fiction import names
from tsunagari.loaders.fiction.names import Name
from tsunagari.loaders.fiction.words import words
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.municipalities import Municipality
from tsunagari.ontology.vocabulary import vocabulary

FIELD_SCHEME = "hyogo"
# No registry office has this code, so no real body has a corporate number that goes on like this.
FICTIONAL_OFFICE = "9999"
FIRST_DAY, LAST_DAY = date(2022, 2, 25), date(2025, 3, 31)
_FORMS_BEFORE = frozenset(("npo", "social-welfare", "medical", "school"))
_TIE_KINDS = ("information", "joint-activity", "referral", "funding", "premises", "food", "agreement")
_DIRECTED = frozenset(("referral", "funding", "premises", "food"))
_CLASSES = ("full", "cooperating", "supporting")
_CHANNELS = ("in-person", "telephone", "sns", "visit", "event")
_TARGETS = ("older-people", "children", "young-people", "parents", "people-in-hardship", "hikikomori", "residents")
_STAGES = ("birth", "school", "employment", "childbirth-childcare", "old-age")
_HUBS = 40  # organisations of a prefecture that others beyond it know


@dataclass(slots=True, eq=False)
class Organization:
    """A fictional organisation as it really is.

    Parameters
    ----------
    id
        Its id in the truth.
    name
        Name without legal form, reading, form and sector.
    form_first
        Whether the legal form stands before the name.
    place
        Its municipality.
    corporate_number
        Its number; None for a body without one.
    fields
        Notations of its fields of support.
    is_broker
        Whether it reaches across sectors.
    parent
        The body that it is a branch of.
    has_namesake
        Whether another body of its prefecture has the same name.
    mentions
        How many rows speak of it.
    """

    id: str
    name: Name
    form_first: bool
    place: Municipality
    corporate_number: str | None
    fields: tuple[str, ...]
    is_broker: bool = False
    parent: Organization | None = None
    has_namesake: bool = False
    mentions: int = 0


@dataclass(slots=True, eq=False)
class Platform:
    """A platform; `place` is None for the national one."""

    id: str
    name: str
    level: str
    place: Municipality | None
    founded: date


@dataclass(slots=True, eq=False)
class Membership:
    """An organisation in a platform; the days are None where nobody knows them."""

    id: str
    organization: Organization
    platform: Platform
    member_class: str
    joined: date | None
    left: date | None


@dataclass(slots=True, eq=False)
class Service:
    """What an organisation offers, where and to whom."""

    id: str
    name: str
    provider: Organization
    field: str
    area: Municipality | None  # None: the whole country
    target: str | None
    life_stage: str | None
    channel: str | None
    status: str
    since: date


@dataclass(slots=True, eq=False)
class Tie:
    """How two organisations work together."""

    id: str
    one: Organization
    other: Organization
    kind: str
    directed: bool
    strength: int
    since: date
    basis: str


@dataclass(slots=True)
class Region:
    """What there is in one prefecture."""

    prefecture: Municipality
    organizations: list[Organization] = field(default_factory=list)
    platforms: list[Platform] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


NATIONAL = Platform(
    "kakuu-pf-national", "架空全国孤独・孤立対策官民連携プラットフォーム", "national", None, date(2022, 2, 25)
)


class Country:
    """Makes one prefecture after another; only the best known bodies of the earlier ones are kept.

    Parameters
    ----------
    seed
        The same seed gives the same country.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._made = 0
        self._hubs: list[Organization] = []
        self._professions: set[str] = set()
        self._fields = [concept.notation for concept in vocabulary().schemes[FIELD_SCHEME].concepts]

    def make_region(self, prefecture: Municipality, counts: Mapping[Municipality, int]) -> Region:
        """Return a prefecture with as many organisations in each municipality as `counts` says."""
        chance = Random(f"{self._seed}:{prefecture.code5}")
        region = Region(prefecture)
        self._professions.clear()
        for place, count in counts.items():
            region.organizations += self._organizations(place, count, prefecture, chance)
        names_held = Counter(body.name.core for body in region.organizations)
        for body in region.organizations:
            body.has_namesake = names_held[body.name.core] > 1
        region.platforms = list(_platforms(prefecture, region.organizations, chance))
        region.memberships = list(_memberships(region, chance))
        region.services = list(self._services(region, chance))
        region.ties = list(self._ties(region, chance))
        return region

    def national_members(self, region: Region) -> list[Membership]:
        """Return the bodies of a prefecture that are members of the national platform."""
        chance = Random(f"{self._seed}:national:{region.prefecture.code5}")
        found = []
        for organization in region.organizations:
            if chance.random() < (0.25 if organization.is_broker else 0.01):
                joined = _day(chance, NATIONAL.founded)
                found.append(Membership(f"n-{organization.id}", organization, NATIONAL, "full", joined, None))
        return found

    # ---- organisations ----

    def _organizations(
        self, place: Municipality, count: int, prefecture: Municipality, chance: Random
    ) -> Iterator[Organization]:
        sections = names.section_names(place)
        taken: dict[str, Organization] = {}
        for number in range(count):
            name, parent = self._name(place, number, prefecture, taken, sections, chance)
            organization = self._organization(name, place, parent, chance)
            taken[name.core] = organization
            yield organization

    def _name(
        self,
        place: Municipality,
        number: int,
        prefecture: Municipality,
        taken: dict[str, Organization],
        sections: list[Name],
        chance: Random,
    ) -> tuple[Name, Organization | None]:
        """Draw a name that is free in the municipality; councils, sections, branches and namesakes come in between."""
        if number == 0:
            return names.council_name(place), None
        draw = chance.random()
        if draw < 0.03 and sections:
            return sections.pop(chance.randrange(len(sections))), None
        others = list(taken.values()) if draw > 0.95 else []
        if draw > 0.985:
            parent = chance.choice(others)
            made = names.department_name(parent.name) if draw > 0.996 else names.branch_name(parent.name, chance)
            if made.core not in taken and parent.parent is None:
                return made, parent
        name = names.profession_name(prefecture, chance) if draw > 0.98 else names.make_name(place, chance)
        if draw > 0.98 and name.core not in self._professions:
            self._professions.add(name.core)
            return name, None
        for _ in range(8):
            if name.core not in taken and name.core not in self._professions:
                return name, None
            name = names.make_name(place, chance)
        return names.numbered_name(name, number), None

    def _organization(
        self, name: Name, place: Municipality, parent: Organization | None, chance: Random
    ) -> Organization:
        self._made += 1
        number = None
        if name.form is not None and parent is None:
            twelve = f"{FICTIONAL_OFFICE}{self._made:08}"
            number = corporate_check_digit(twelve) + twelve
        form_first = name.form in _FORMS_BEFORE or (name.form != "consumer-cooperative" and chance.random() < 0.7)
        is_broker = name.sector in ("social-welfare-council", "network") or chance.random() < 0.01
        fields = tuple(chance.sample(self._fields, chance.choices((1, 2, 3, 5), (5, 4, 2, 1))[0]))
        return Organization(f"o{self._made:07}", name, form_first, place, number, fields, is_broker, parent)

    # ---- services and ties ----

    def _services(self, region: Region, chance: Random) -> Iterator[Service]:
        for organization in region.organizations:
            count = chance.choices((0, 1, 2, 3), (50, 35, 11, 4))[0]
            used = set()
            for turn in range(count):
                parts = (chance.choice(words(name))[0] for name in ("themes", "service-tails"))
                name = "".join(("架空", *parts))
                if name in used:
                    continue
                used.add(name)
                areas = (organization.place, region.prefecture, None)
                planned = chance.random() < 0.06
                yield Service(
                    f"s{organization.id[1:]}-{turn}",
                    name,
                    organization,
                    chance.choice(organization.fields),
                    chance.choices(areas, (90, 9, 1))[0],
                    chance.choice((None, *_TARGETS)),
                    chance.choice((None, None, *_STAGES)),
                    chance.choice((None, *_CHANNELS)),
                    "planned" if planned else "stated",
                    LAST_DAY + timedelta(chance.randrange(10, 700)) if planned else _day(chance, date(2015, 4, 1)),
                )

    def _ties(self, region: Region, chance: Random) -> Iterator[Tie]:
        """Draw pairs from urns: a body goes into them again with each tie, brokers start with many lots."""
        bodies = region.organizations
        urns: dict[str, list[Organization]] = {}
        for body in bodies:
            urns.setdefault(body.place.code5, []).extend([body] * (6 if body.is_broker else 1))
        whole = [body for urn in urns.values() for body in urn]
        drawn = set()
        for number in range(int(1.6 * len(bodies))):
            one, draw = chance.choice(bodies), chance.random()
            near = urns[one.place.code5]
            other = chance.choice(self._hubs if draw > 0.96 and self._hubs else whole if draw > 0.6 else near)
            kind = chance.choice(_TIE_KINDS)
            pair = (min(one.id, other.id), max(one.id, other.id), kind)
            unlike = one.name.sector != other.name.sector and not (one.is_broker or other.is_broker)
            if one is other or pair in drawn or (unlike and chance.random() < 0.4):
                continue
            drawn.add(pair)
            whole.append(other)
            near.append(one)
            day = _day(chance, date(2018, 4, 1))
            basis = chance.choice(("", "", f"架空連携協定{day.year}", "架空の聞き取り"))
            strength = chance.choices((1, 2, 3, 5), (6, 3, 2, 1))[0]
            tie_id = f"t{region.prefecture.code5[:2]}{number:07}"
            yield Tie(tie_id, one, other, kind, kind in _DIRECTED, strength, day, basis)
        self._hubs += sorted(bodies, key=lambda body: (not body.is_broker, body.id))[:_HUBS]


def _platforms(prefecture: Municipality, bodies: list[Organization], chance: Random) -> Iterator[Platform]:
    code = prefecture.code5[:2]
    name = f"架空{prefecture.name}孤独・孤立対策官民連携プラットフォーム"
    yield Platform(f"kakuu-pf-{code}", name, "prefectural", prefecture, _day(chance, FIRST_DAY))
    sizes: dict[Municipality, int] = {}
    for body in bodies:
        sizes[body.place] = sizes.get(body.place, 0) + 1
    for place, size in sizes.items():
        if size >= 12 and (place.kind != "village" and chance.random() < 0.6):
            name = f"架空{place.name}つながり支え合いプラットフォーム"
            yield Platform(f"kakuu-pf-{place.code5}", name, "municipal", place, _day(chance, FIRST_DAY))


def _memberships(region: Region, chance: Random) -> Iterator[Membership]:
    for platform in region.platforms:
        share = 0.4 if platform.level == "prefectural" else 0.6
        for body in region.organizations:
            if platform.level == "municipal" and body.place is not platform.place:
                continue
            if chance.random() >= (0.9 if body.is_broker else share):
                continue
            joined = _day(chance, platform.founded) if chance.random() < 0.9 else None
            left = _day(chance, joined + timedelta(60)) if joined and chance.random() < 0.04 else None
            kind = chance.choices(_CLASSES, (8, 3, 2))[0]
            yield Membership(f"m-{platform.id}-{body.id}", body, platform, kind, joined, left)


def _day(chance: Random, first: date) -> date:
    """Return a day from `first` to the last day that the lists speak of."""
    return first + timedelta(chance.randrange(max((LAST_DAY - first).days, 1)))
