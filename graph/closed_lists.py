"""Which lists are complete, and for what: the only ground on which an absence is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from tsunagari.graph.coverage import ClosedList
from tsunagari.graph.offers import unit_of
from tsunagari.graph.store import select
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.namespaces import concept_iri, local_name

_CLOSED = f"tsu:listCompleteness <{concept_iri('list-completeness', 'closed')}>"
_LISTED = "VALUES ?class { tsu:SupportService tsu:PlatformMembership } ?thing a ?class"
_IN_THE_FILE = f"SELECT DISTINCT ?source ?thing {{ GRAPH ?file {{ ?source {_CLOSED} . {_LISTED} }} }}"
_CITED = f"""
    SELECT DISTINCT ?source ?thing {{
      ?source {_CLOSED} . ?place oa:hasSource ?source . ?thing tsu:statedIn ?place . {_LISTED}
    }}"""


def read_closed_lists(reader: Reader, *, lang: str = "ja") -> list[ClosedList]:
    """Return what complete lists cover, sorted.

    A complete list of services (``closed = true`` in the workspace) covers the areas that it names. A complete list of
    members covers the areas that the platform reaches, provided that the sources say of every member in which field it
    works, local governments apart: of a member without a field nobody knows what it does not do. The same holds for a
    platform that is stated to have a complete list. A survey of residents covers nothing: it does not
    ask who offers support.

    Parameters
    ----------
    reader
        The graph.
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
    return sorted(found, key=lambda item: (item.name, item.unit))


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
                yield from (ClosedList(name, unit_of(area)) for area in platforms[platform].all("reach"))


def _title(reader: Reader, source: str, lang: str) -> str:
    return unquote(reader.label(source, lang))


def _is_closed(thing: Thing) -> bool:
    return local_name(thing.one("list_completeness") or "") == "closed"
