"""What platforms are made of: their members by type and by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from tsunagari.graph.columns import PLANNED, PRESENT, Codes, Columns, counted, rows_of
from tsunagari.graph.coverage.closed_lists import complete_member_lists, is_closed
from tsunagari.graph.coverage.offers import platform_members, supported_fields
from tsunagari.graph.coverage.providers import Integers
from tsunagari.graph.coverage.scope import scope_fields
from tsunagari.graph.facts import Reader, Thing
from tsunagari.ontology.namespaces import local_name
from tsunagari.ontology.vocabulary import Concept, vocabulary


def labelled(
    rows: Sequence[Sequence[object]], index: Sequence[str], columns: Sequence[str], index_name: str, columns_name: str
) -> pd.DataFrame:
    """Return cells with labels; without rows or columns the labels of the others are still there.

    Examples
    --------
    >>> labelled([], [], ["食"], "platform", "field").shape
    (0, 1)
    """
    return pd.DataFrame(
        rows,
        index=pd.Index(list(index), name=index_name, dtype=object),
        columns=pd.Index(list(columns), name=columns_name, dtype=object),
    )


def platform_constituent(reader: Reader, at: str | None, lang: str) -> pd.DataFrame:
    """Return platforms × types of members: how many known members are of a type, else what is known of it.

    A member of a type counts once for each group above it, too. One without a stated type has that of its sector where
    both are called the same (``npo``, ``prefecture``, …). Where no member is known the cell holds the label of the
    claim that there are some, else ``none`` when the platform's list is complete, else ``unknown``.
    """
    columns = reader.columns
    types = _groups_first(vocabulary().schemes["constituent-type"].concepts)
    platforms = _platforms(columns, at)
    member, platform = _known_members(columns, platforms, at)
    row, kind = _types(columns, types, member)
    counts = _counts(member[row], platform[row], kind, (len(platforms), len(types)))
    claims = _claimed_types(reader, at)
    absent = np.where(is_closed(columns, platforms), "none", "unknown").tolist()
    rows = [
        [
            number or reader.label(claims.get((iri, concept.iri)), lang) or absence
            for number, concept in zip(numbers, types, strict=True)
        ]
        for iri, numbers, absence in zip(columns.text(platforms), counts.tolist(), absent, strict=True)
    ]
    labels = [reader.label(concept.iri, lang) for concept in types]
    return labelled(rows, columns.labels(platforms, lang), labels, "platform", "constituent_type")


def platform_field(reader: Reader, scheme: str, at: str | None, lang: str) -> pd.DataFrame:
    """Return platforms × fields: how many members work in a field, by themselves or by a service, wherever it is.

    Without any the cell is ``none`` when the list of members is complete and tells the field of every member, local
    governments apart (`tsunagari.graph.coverage.closed_lists.read_closed_lists`), else ``unknown``.
    """
    columns = reader.columns
    fields = scope_fields(reader, scheme=scheme, lang=lang)
    codes = columns.codes(fields["field_id"])
    platforms = _platforms(columns, at)
    member, platform = _known_members(columns, platforms, at)
    body, field = supported_fields(columns, at)
    row, kind = _joined(member, body, _places(codes, field))
    counts = _counts(member[row], platform[row], kind, (len(platforms), len(codes)))
    absent = np.where(np.isin(platforms, complete_member_lists(columns)[0]), "none", "unknown").tolist()
    rows = [[number or absence for number in numbers] for numbers, absence in zip(counts.tolist(), absent, strict=True)]
    return labelled(rows, columns.labels(platforms, lang), fields["field"].tolist(), "platform", "field")


def _platforms(columns: Columns, at: str | None) -> Codes:
    found = columns.of_class("Platform")
    kept: Codes = found[counted(columns, found, at, PRESENT | PLANNED)]
    return kept


def _known_members(columns: Columns, platforms: Codes, at: str | None) -> tuple[Codes, Integers]:
    """Return named members and the place of their platform, each pair once."""
    member, platform = platform_members(columns, at)
    names, places = columns.classes(member, "Organization")
    unnamed = names.index("UnnamedGroup")
    known = (places >= 0) & (places != unnamed) & np.isin(platform, platforms)
    pairs = np.unique(np.column_stack((member[known], platform[known])), axis=0)
    return pairs[:, 0], np.searchsorted(platforms, pairs[:, 1]).astype(np.int32)


def _counts(member: Codes, platform: Integers, kind: Integers, shape: tuple[int, int]) -> Integers:
    """Return the number of different members of each platform and kind; a kind of -1 counts nowhere."""
    known = kind >= 0
    found = np.unique(np.column_stack((member[known], platform[known], kind[known])), axis=0)
    counts = np.zeros(shape, dtype=np.int32)
    np.add.at(counts, (found[:, 1], found[:, 2]), 1)
    return counts


def _places(codes: Codes, wanted: Codes) -> Integers:
    """Return the place of each code in a list, -1 for one that is not in it."""
    places = {code: place for place, code in enumerate(codes.tolist()) if code >= 0}
    return np.array([places.get(code, -1) for code in wanted.tolist()], dtype=np.int32)


def _joined(member: Codes, body: Codes, kind: Integers) -> tuple[Integers, Integers]:
    """Return rows of members with each kind that is given for the same body."""
    order = np.argsort(body, kind="stable")
    first, last = (np.searchsorted(body[order], member, side=side) for side in ("left", "right"))
    rows = np.repeat(np.arange(len(member)), last - first).astype(np.int32)
    return rows, kind[order][rows_of(first, last)]


def _types(columns: Columns, types: Sequence[Concept], member: Codes) -> tuple[Integers, Integers]:
    """Return rows of members with the place of each of their types and of the groups above it."""
    by_iri = {concept.iri: place for place, concept in enumerate(types)}
    by_notation = {concept.notation: place for place, concept in enumerate(types)}
    above = np.array([by_iri.get(concept.broader or "", -1) for concept in types] + [-1], dtype=np.int32)
    starts, stated = columns.all("constituent_type", member)
    kinds = _translated(columns, stated, by_iri)
    silent = np.flatnonzero(np.diff(starts) == 0)
    sectors = columns.one("sector", member[silent])
    called = {iri: by_notation.get(local_name(iri), -1) for iri in columns.text(np.unique(sectors)) if iri}
    rows = np.concatenate((np.repeat(np.arange(len(member)), np.diff(starts)), silent)).astype(np.int32)
    kinds = np.concatenate((kinds, _translated(columns, sectors, called)))
    levels = [kinds]
    while (levels[-1] >= 0).any():
        levels.append(above[levels[-1]])
    return np.tile(rows, len(levels)), np.concatenate(levels)


def _translated(columns: Columns, codes: Codes, places: Mapping[str, int]) -> Integers:
    unique, inverse = np.unique(codes, return_inverse=True)
    found = np.array([places.get(iri, -1) for iri in columns.text(unique)], dtype=np.int32)
    return found[inverse.reshape(-1)]


def _groups_first(concepts: Sequence[Concept]) -> list[Concept]:
    """Return each top concept followed by those below it, each of these followed by its own."""

    def below(above: str | None) -> Iterator[Concept]:
        for concept in concepts:
            if concept.broader == above:
                yield concept
                yield from below(concept.iri)

    return list(below(None))


def _claimed_types(reader: Reader, at: str | None) -> dict[tuple[str, str], str]:
    """Return the firmest claim that a platform has members of a type: the IRI of its status."""
    found: dict[tuple[str, str], Thing] = {}
    for claim in reader.things("CompositionStatement").values():
        platform, concept = claim.one("about"), claim.one("constituent_type")
        if platform and concept and claim.status in PRESENT | PLANNED and claim.holds(at) != "no":
            key = (platform, concept)
            if key not in found or claim.status in PRESENT:
                found[key] = claim
    stated = next(item.iri for item in vocabulary().schemes["claim-status"].concepts if item.notation == "stated")
    return {key: claim.one("status") or stated for key, claim in found.items()}
