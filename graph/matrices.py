"""Coverage as matrices: one thing down, another across, a status or a count in each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.claims import PLANNED, PRESENT
from tsunagari.graph.coverage import STATUSES
from tsunagari.graph.gaps import Scope, read_coverage
from tsunagari.graph.scope import scope_areas
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.namespaces import local_name
from tsunagari.ontology.vocabulary import Concept, vocabulary

NOT_STATED = Message("記載なし", "not stated")


def coverage_matrix(
    reader: Reader, kind: str, *, scope: Scope | None = None, at: str | None = None, lang: str = "ja"
) -> pd.DataFrame:
    """Return one of the matrices of `KINDS`.

    ========================  =================  ==================  ==================================================
    kind                      rows               columns             cells
    ========================  =================  ==================  ==================================================
    municipality-field        municipalities     support fields      coverage status (`tsunagari.graph.coverage`)
    platform-constituent      platforms          types of members,   number of known members of the type; without one
                                                 groups first        the label of the claim that there are some, else
                                                                     ``none`` (complete list) or ``unknown``
    stage-category            life stages        categories of       number of catalogue entries, those that repeat
                                                 measures            another one left out
    ========================  =================  ==================  ==================================================

    Parameters
    ----------
    reader
        The graph.
    kind
        One of the kinds above.
    scope
        Areas and scheme of fields of the first kind.
    at
        ISO date; None takes every time.
    lang
        Language of the labels.

    Returns
    -------
    DataFrame
        Labels in the index and in the columns, both named; every row and column of the schemes is there, also where
        nothing is known.

    Raises
    ------
    UnknownNameError
        There is no such kind, or an area or scheme of the scope is not known.
    """
    if kind not in KINDS:
        names = ", ".join(KINDS)
        raise UnknownNameError(
            Message(f"「{kind}」という被覆表はありません。", f"There is no coverage matrix {kind!r}."),
            Message(f"使える表: {names}", f"Matrices: {names}"),
        )
    return KINDS[kind](reader, scope or Scope(), at, lang)


def _municipality_field(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:
    coverage = read_coverage(reader, scope=scope, at=at)
    areas = scope_areas(reader, coverage.area_codes)["area"].tolist()
    rows = [[STATUSES[place] for place in row] for row in coverage.status.tolist()]
    names = [reader.label(field, lang) for field in coverage.field_ids]
    return _labelled(rows, areas, names, "area", "field")


def _platform_constituent(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:  # noqa: ARG001 - the scope is one of municipalities
    types = _groups_first(vocabulary().schemes["constituent-type"].concepts)
    platforms = {
        iri: thing
        for iri, thing in reader.things("Platform").items()
        if thing.status in PRESENT | PLANNED and thing.holds(at) != "no"
    }
    members = _members_by_type(reader, types, at)
    claims = _claimed_types(reader, at)
    rows: list[list[object]] = []
    for iri, platform in platforms.items():
        absent = "none" if local_name(platform.one("list_completeness") or "") == "closed" else "unknown"
        rows.append(
            [
                len(members[iri, concept.iri]) or reader.label(claims.get((iri, concept.iri)), lang) or absent
                for concept in types
            ]
        )
    names = [thing.label(lang) for thing in platforms.values()]
    return _labelled(
        rows, names, [reader.label(concept.iri, lang) for concept in types], "platform", "constituent_type"
    )


def _groups_first(concepts: Sequence[Concept]) -> list[Concept]:
    """Return each top concept followed by those below it."""
    tops = [concept for concept in concepts if concept.broader is None]
    return [found for top in tops for found in (top, *(item for item in concepts if item.broader == top.iri))]


def _members_by_type(reader: Reader, types: Sequence[Concept], at: str | None) -> Mapping[tuple[str, str], set[str]]:
    """Return the known members of each platform and type; one of a type counts once for the group above it, too.

    A member without a stated type has that of its sector where both are called the same (``npo``, ``prefecture``, …).
    """
    bodies, parts = reader.things("Organization"), reader.things("PlatformBody")
    by_notation = {concept.notation: concept.iri for concept in types}
    broader = {concept.iri: concept.broader for concept in types}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group, member in _holders(reader, at):
        body = bodies.get(member)
        if body is None or body.cls == "UnnamedGroup":
            continue
        platform = parts[group].one("sub_organization_of") if group in parts else group
        sector = by_notation.get(local_name(body.one("sector") or ""))
        for stated in body.all("constituent_type") or ([sector] if sector else []):
            for concept in (stated, broader.get(stated)):
                if concept and platform:
                    found[platform, concept].add(member)
    return found


def _holders(reader: Reader, at: str | None) -> Iterator[tuple[str, str]]:
    for held in reader.things("PlatformMembership", "RoleHolding").values():
        group, member = held.one("organization"), held.one("member")
        if group and member and held.status in PRESENT and held.holds(at) != "no":
            yield group, member


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


def _stage_category(reader: Reader, scope: Scope, at: str | None, lang: str) -> pd.DataFrame:  # noqa: ARG001 - the scope is one of municipalities
    stages = vocabulary().schemes["life-stage"].concepts
    categories = vocabulary().schemes["measure-category"].concepts
    found = Counter(
        (entry.one("life_stage"), entry.one("category"))
        for entry in reader.things("CatalogueEntry").values()
        if entry.one("repeat_of") is None and entry.status in PRESENT and entry.holds(at) != "no"
    )
    rows = [[found[stage, category.iri] for category in categories] for stage in (*(item.iri for item in stages), None)]
    names = [*(reader.label(item.iri, lang) for item in stages), NOT_STATED.text(lang)]
    return _labelled(rows, names, [reader.label(item.iri, lang) for item in categories], "life_stage", "category")


def _labelled(
    rows: Sequence[Sequence[object]], index: Sequence[str], columns: Sequence[str], index_name: str, columns_name: str
) -> pd.DataFrame:
    return pd.DataFrame(
        rows,
        index=pd.Index(list(index), name=index_name, dtype=object),
        columns=pd.Index(list(columns), name=columns_name, dtype=object),
    )


KINDS: dict[str, Callable[[Reader, Scope, str | None, str], pd.DataFrame]] = {
    "municipality-field": _municipality_field,
    "platform-constituent": _platform_constituent,
    "stage-category": _stage_category,
}
