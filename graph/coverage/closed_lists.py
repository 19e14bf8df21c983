"""Which lists and surveys are complete, and for what: the only ground on which an absence is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import numpy as np

from tsunagari.graph.columns import PRESENT, Codes, Columns
from tsunagari.graph.coverage.providers import Flags
from tsunagari.graph.coverage.surroundings import ClosedList
from tsunagari.graph.facts import Citations, Reader, unit_of, whole_unit
from tsunagari.ontology.namespaces import concept_iri

CLOSED = concept_iri("list-completeness", "closed")


def read_closed_lists(reader: Reader, *, at: str | None = None, lang: str = "ja") -> list[ClosedList]:
    """Return what complete lists and surveys cover, sorted.

    A complete list of services (``closed = true`` in the workspace) covers the areas that it names. A complete list of
    members covers the areas that the platform reaches, provided that the sources say of every member in which field it
    works, local governments too: of a member without a field nobody knows what it does not do. The same holds for a
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
    found = {item for item in every_closed_list(reader, lang=lang) if item.counts_on(at)}
    return sorted(found, key=lambda item: (item.name, item.unit, item.field_id or "", item.evidence))


def every_closed_list(reader: Reader, *, lang: str = "ja") -> Iterator[ClosedList]:
    """Yield what complete lists and surveys of every time cover, in the same order for every language.

    Examples
    --------
    >>> len(list(every_closed_list(kg._reader))) == len(list(every_closed_list(kg._reader, lang="en")))
    True
    """
    columns = reader.columns
    yield from _surveys(reader, lang)
    if is_closed(columns, columns.pairs("list_completeness")[0]).any():
        yield from _service_lists(columns, lang)
        yield from _member_lists(columns, lang)


def _surveys(reader: Reader, lang: str) -> Iterator[ClosedList]:
    surveys = reader.things("CoverageSurvey")
    citations = Citations(reader, lang=lang) if surveys else None
    for survey in surveys.values():
        day = survey.one("as_of") or survey.one("not_after") or ""
        if citations is None or survey.status not in PRESENT:
            continue
        titles = "; ".join(citations.titles(survey))
        name = f"{titles}（{day}）" if day else titles
        evidence = "; ".join(dict.fromkeys(place.text(lang) for place in citations.of(survey)))
        parts, some = (survey.one(name) for name in ("includes_parts", "found_support"))
        starts = survey.one("valid_from_not_before") or survey.one("valid_from") or ""
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
                    source=survey.iri,
                    begins=max(starts, day),
                    ends=survey.one("valid_to_not_after") or survey.one("valid_to") or "",
                )


def in_closed_lists(columns: Columns, things: Codes) -> tuple[Codes, Codes]:
    """Return the things that stand in a complete list with that list, pair by pair: its file, or a document they cite.

    A document is complete when it says so (``tsu:listCompleteness``). A row of a file is named after the file.
    """
    documents = columns.of_class("SourceDocument")
    documents = documents[is_closed(columns, documents)]
    subjects, places = columns.pairs("stated_in")
    parts = [(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))]
    for document, iri in zip(documents.tolist(), columns.text(documents), strict=True):
        first, last = (columns.terms.place(f"{iri}{mark}")[0] for mark in ("#", "$"))  # $ comes after #
        cited, sources = columns.pairs("has_source")
        there = ((places >= first) & (places < last)) | (places == document)
        there |= np.isin(places, cited[sources == document])
        found = np.intersect1d(subjects[there], things)
        parts.append((found, np.full(len(found), document, dtype=np.int32)))
    listed, lists = (np.concatenate(part) for part in zip(*parts, strict=True))
    return listed, lists


def _service_lists(columns: Columns, lang: str) -> Iterator[ClosedList]:
    services, lists = in_closed_lists(columns, columns.of_class("SupportService"))
    starts, areas = columns.all("service_area", services)
    pairs = np.unique(np.column_stack((np.repeat(lists, np.diff(starts)), areas)), axis=0)
    named = columns.labels(pairs[:, 0], lang), columns.text(pairs[:, 1]), columns.text(pairs[:, 0])
    for name, area, iri in zip(*named, strict=True):
        yield ClosedList(unquote(name), unit_of(area), ground="services", source=iri)


def _member_lists(columns: Columns, lang: str) -> Iterator[ClosedList]:
    """Yield the areas that platforms with a complete list of members reach."""
    platforms, lists = complete_member_lists(columns)
    for platform, name, iri in zip(platforms.tolist(), columns.labels(lists, lang), columns.text(lists), strict=True):
        _, areas = columns.all("reach", [platform])
        for area in columns.text(areas):
            yield ClosedList(unquote(name), unit_of(area), ground="members", source=iri)


def complete_member_lists(columns: Columns) -> tuple[Codes, Codes]:
    """Return platforms with their complete list of members, where the sources tell the field of every member.

    The list is a file or document, or the platform itself where it is stated to have a complete one. A local government
    without a field is as silent as any other member.
    """
    held = columns.of_class("PlatformMembership")
    listed, lists = in_closed_lists(columns, held)
    platforms = columns.of_class("Platform")
    complete = platforms[is_closed(columns, platforms)]
    belongs = columns.one("organization", held)
    own = np.isin(belongs, complete)
    listed, lists = np.concatenate((listed, held[own])), np.concatenate((lists, belongs[own]))
    platform, member = columns.one("organization", listed), columns.one("member", listed)
    _, places = columns.classes(member, "Organization")
    known = np.isin(platform, platforms) & (places >= 0)
    tells = np.isin(member, telling(columns))
    pairs, row = np.unique(np.column_stack((platform, lists))[known], axis=0, return_inverse=True)
    silent = np.bincount(row.reshape(-1), weights=~tells[known], minlength=len(pairs)) > 0
    return pairs[~silent, 0], pairs[~silent, 1]


def telling(columns: Columns) -> Codes:
    """Return the bodies of which the sources say in which field they work, by themselves or by a service."""
    services = columns.of_class("SupportService")
    services = services[columns.one("support_field", services) >= 0]
    _, provided = columns.all("provided_by", services)
    return np.union1d(columns.pairs("support_field")[0], provided)


def is_closed(columns: Columns, things: Codes) -> Flags:
    """Tell of documents or platforms whether their list is complete."""
    found: Flags = columns.one("list_completeness", things) == columns.code(CLOSED)
    return found & (columns.code(CLOSED) >= 0)
