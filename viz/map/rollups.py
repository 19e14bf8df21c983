"""Groups in which the rows and columns of the coverage matrix can be put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph


def rollups(kg: KnowledgeGraph, gaps: pd.DataFrame, *, at: Any, lang: str) -> list[dict[str, Any]]:
    """Return the groupings that put something together: ``prefecture``, ``partnership``, ``broader``.

    Each names for the code of a municipality (``rows``) or the IRI of a field (``columns``) the groups it is in; a
    municipality may be in several partnerships, and is in none of the groups when it is in no partnership.
    """
    found = {
        "prefecture": {"rows": _prefectures(gaps)},
        "partnership": {"rows": _partnerships(kg, gaps, at, lang)},
        "broader": {"columns": _broader(gaps, lang)},
    }
    return [{"key": key, **groups} for key, groups in found.items() if _puts_together(next(iter(groups.values())))]


def _puts_together(groups: dict[str, list[str]]) -> bool:
    names = [name for found in groups.values() for name in found]
    return len(set(names)) < len(names)


def _prefectures(gaps: pd.DataFrame) -> dict[str, list[str]]:
    pairs = gaps[["area_code", "prefecture"]].drop_duplicates()
    return (
        {str(code): [str(name)] for code, name in sorted(zip(*pairs.to_numpy().T, strict=True))} if len(pairs) else {}
    )


def _partnerships(kg: KnowledgeGraph, gaps: pd.DataFrame, at: Any, lang: str) -> dict[str, list[str]]:
    members, bodies = (kg.frame(name, at=at, lang=lang) for name in ("memberships", "organizations"))
    if "kind" not in members or "municipality_code" not in bodies:
        return {}
    local = bodies[bodies["class"] == "LocalGovernment"]
    code = dict(zip(local["organization_id"], local["municipality_code"], strict=True))
    wanted = set(gaps["area_code"].astype(str))
    rows = members[members["kind"] == "partnership"]
    found: dict[str, list[str]] = {}
    for body, name in sorted(zip(rows["organization_id"], rows["platform"], strict=True)):
        area = str(code.get(body, ""))
        if area in wanted and name not in found.setdefault(area, []):
            found[area].append(str(name))
    return found


def _broader(gaps: pd.DataFrame, lang: str) -> dict[str, list[str]]:
    words = vocabulary()
    above = {concept.iri: concept.broader for name in words.field_schemes for concept in words.schemes[name].concepts}
    found: dict[str, list[str]] = {}
    for field, name in sorted(
        set(zip(gaps["field_id"].astype(str).tolist(), gaps["field"].astype(str).tolist(), strict=True))
    ):
        top = field
        for _ in above:  # a circle ends after as many steps as there are fields
            top = above.get(top) or top
        found[field] = [name if top == field else words.label(top, lang)]
    return found
