"""Which lists and surveys are complete, and for what: the only ground on which an absence is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from tsunagari.graph.claims import PRESENT
from tsunagari.graph.places import unit_of, whole_unit
from tsunagari.graph.sources import Citations
from tsunagari.graph.store import select
from tsunagari.graph.surroundings import ClosedList
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.namespaces import concept_iri, local_name

_CLOSED = f"tsu:listCompleteness <{concept_iri('list-completeness', 'closed')}>"
_LISTED = "VALUES ?class { tsu:SupportService tsu:PlatformMembership } ?thing a ?class"
_IN_THE_FILE = f"SELECT DISTINCT ?source ?thing {{ GRAPH ?file {{ ?source {_CLOSED} . {_LISTED} }} }}"
_CITED = f"""
    SELECT DISTINCT ?source ?thing {{
      ?source {_CLOSED} . ?place oa:hasSource ?source . ?thing tsu:statedIn ?place . {_LISTED}
    }}"""


def read_closed_lists(reader: Reader, *, at: str | None = None, lang: str = "ja") -> list[ClosedList]:
    """Return what complete lists and surveys cover, sorted.

    A complete list of services (``closed = true`` in the workspace) covers the areas that it names. A complete list of
    members covers the areas that the platform reaches, provided that the sources say of every member in which field it
    works, local governments apart: of a member without a field nobody knows what it does not do. The same holds for a
    platform that is stated to have a complete list. A coverage survey covers the areas and fields that somebody looked
    at, from its day on: what was done later says nothing about an earlier day. A survey of a ward says nothing of its
    city. A survey of residents covers nothing: it does not ask who offers support.

    Parameters
    ----------
    reader
        The graph.
    at
        ISO date on which the surveys must have been made; None takes all of them.
    lang
        Language of the names.
    """
    lists = _closed_sources(reader)
    found = {
        ClosedList(_title(reader, source, lang), unit)
        for thing in reader.things("SupportService").values()
        for source in lists.get(thing.iri, ())
        for unit in map(unit_of, thing.all("service_area"))
    }
    found.update(_member_lists(reader, lists, lang))
    found.update(_surveys(reader, at, lang))
    return sorted(found, key=lambda item: (item.name, item.unit, item.field_id or "", item.evidence))


def _surveys(reader: Reader, at: str | None, lang: str) -> Iterator[ClosedList]:
    surveys = reader.things("CoverageSurvey")
    citations = Citations(reader, lang=lang) if surveys else None
    for survey in surveys.values():
        day = survey.one("as_of") or survey.one("not_after") or ""
        if citations is None or survey.status not in PRESENT or survey.holds(at) == "no" or (at and day > at):
            continue
        name = f"{citations.titles(survey)}（{day}）" if day else citations.titles(survey)
        evidence = "; ".join(dict.fromkeys(place.text(lang) for place in citations.of(survey)))
        parts, some = (survey.one(name) for name in ("includes_parts", "found_support"))
        for unit in filter(None, map(whole_unit, survey.all("surveyed_area"))):
            for field_id in survey.all("support_field"):
                yield ClosedList(
                    name,
                    unit,
                    field_id,
                    includes_parts=parts not in ("false", "0"),
                    found=some in ("true", "1"),
                    as_of=day,
                    evidence=evidence,
                    ground="survey",
                )


def _closed_sources(reader: Reader) -> Mapping[str, set[str]]:
    """Return the complete lists that each service and membership is in: its file, or a document it cites."""
    closed = {iri for iri, thing in reader.things("SourceDocument").items() if _is_closed(thing)}
    found: dict[str, set[str]] = defaultdict(set)
    for query in (_IN_THE_FILE, _CITED):
        for source, iri in select(reader.store, query):
            if source in closed and iri is not None:
                found[iri].add(source)
    return found


def _member_lists(reader: Reader, lists: Mapping[str, set[str]], lang: str) -> Iterator[ClosedList]:
    bodies, platforms = reader.things("Organization"), reader.things("Platform")
    serving = {
        provider
        for service in reader.things("SupportService").values()
        if service.all("support_field")
        for provider in service.all("provided_by")
    }
    telling: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for held in reader.things("PlatformMembership").values():
        platform, member = held.one("organization"), bodies.get(held.one("member") or "")
        if platform not in platforms or member is None:
            continue
        names = [_title(reader, source, lang) for source in sorted(lists.get(held.iri, ()))]
        if _is_closed(platforms[platform]):
            names.append(platforms[platform].label(lang))
        if member.cls != "LocalGovernment":
            tells = member.iri in serving or bool(member.all("support_field"))
            for name in names:
                telling[platform][name].append(tells)
    for platform, named in telling.items():
        for name, members in named.items():
            if all(members):
                yield from (
                    ClosedList(name, unit_of(area), ground="members") for area in platforms[platform].all("reach")
                )


def _title(reader: Reader, source: str, lang: str) -> str:
    return unquote(reader.label(source, lang))


def _is_closed(thing: Thing) -> bool:
    return local_name(thing.one("list_completeness") or "") == "closed"
