"""Which municipalities and which fields a table of coverage is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.coverage.surroundings import read_partnerships
from tsunagari.graph.facts import AREA, Reader, unit_of
from tsunagari.ontology.area_changes import area_changes, present_place
from tsunagari.ontology.municipalities import NATION_CODE, Municipality, municipality_table
from tsunagari.ontology.namespaces import REFERENCE_GRAPH, SCHEME, inferred_graph_iri, local_name, scheme_iri
from tsunagari.ontology.vocabulary import vocabulary

_NAMING = ("municipality", "governs", "reach", "service_area")


def scope_areas(reader: Reader, wanted: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the municipalities of a scope in the order of their codes: ``area_code``, ``area``, ``prefecture``.

    Parameters
    ----------
    reader
        The graph.
    wanted
        Codes or names of municipalities, of prefectures (all their municipalities) or of the nation (00000), or names,
        ids or IRIs of partnerships and platforms (what they reach); a ward stands for its city. None takes every
        municipality that a source names.

    Raises
    ------
    UnknownNameError
        A name or code stands for nothing known; the hint gives the nearest names.
    """
    if wanted is None:
        codes = named_municipalities(reader)
    else:
        codes = sorted({code for name in wanted for code in _resolved(reader, name)})
    table = municipality_table()
    rows = [(code, entry.name, entry.prefecture) for code in codes if (entry := table.by_code(code)) is not None]
    return pd.DataFrame(rows, columns=["area_code", "area", "prefecture"], dtype=object)


def _resolved(reader: Reader, name: str) -> list[str]:
    """Return the municipalities of a name; partnerships and platforms are only looked up when it is no area."""
    try:
        return resolve_area(name)
    except UnknownNameError:
        return resolve_area(name, named_groups(reader))


def named_groups(reader: Reader) -> dict[str, frozenset[str]]:
    """Return the municipalities of each partnership and platform under every name, id and IRI it has."""
    partnerships = read_partnerships(reader)
    found: dict[str, frozenset[str]] = {}
    for iri, thing in reader.things("Collaboration").items():
        reach = (
            part for area in thing.all("reach") if area.startswith(AREA) for part in resolve_area(local_name(area))
        )
        codes = partnerships.get(iri) or frozenset(reach)
        names = {iri, *thing.all("pref_label"), *thing.all("alt_label"), *thing.all("local_id")}
        found |= dict.fromkeys(names, codes)
    return found


def named_municipalities(reader: Reader) -> list[str]:
    """Return the codes of the municipalities that a source names as a place, a reach or a service area, sorted.

    What only a rule inferred is no such naming. A prefecture or the nation does not stand for its municipalities.
    """
    columns = reader.columns
    areas = np.concatenate([columns.values_in(name, _is_source) for name in _NAMING])
    codes = {unit_of(area) for area in columns.text(np.unique(areas))}
    table = municipality_table()
    return sorted(code for code in codes if (entry := table.by_code(code)) is not None and _is_municipality(entry))


def _is_source(graph: str) -> bool:
    """Tell whether a named graph is that of a source: it was neither inferred nor is it the reference."""
    return graph not in ("", REFERENCE_GRAPH) and not graph.startswith(inferred_graph_iri(""))


def resolve_area(name: str, groups: Mapping[str, Collection[str]] | None = None) -> list[str]:
    """Return the codes of the municipalities that a name or code stands for, sorted; an old one for what followed it.

    Raises
    ------
    UnknownNameError
        It stands for nothing known.

    Examples
    --------
    >>> resolve_area("鳥取市"), len(resolve_area("鳥取県")), len(resolve_area("00000"))
    (['31201'], 19, 1741)
    """
    text, table = name.strip(), municipality_table()
    if text == NATION_CODE:
        return [entry.code5 for entry in table if _is_municipality(entry)]
    code = present_place(text)
    found = [code] if code is not None else table.by_name(text)
    found = found or [change.present for change in area_changes().by_name(text)] or table.in_district(text)
    if not found and groups and text in groups:
        return sorted(groups[text])
    if not found:
        near = "、".join(f"{entry.full_name}（{entry.code5}）" for entry in table.nearest(text))
        raise UnknownNameError(
            Message(f"「{name}」という地域は見つかりません。", f"There is no area {name!r}."),
            Message(f"近いもの: {near}", f"Nearest: {near}") if near else None,
        )
    prefectures = [entry for entry in found if entry.kind == "prefecture"]
    entries = [part for entry in prefectures for part in table.in_prefecture(entry.code5)] or found
    return sorted({unit_of(entry.area_iri) for entry in entries if entry.has_government or entry.kind == "ward"})


def _is_municipality(entry: Municipality) -> bool:
    return entry.has_government and entry.kind != "prefecture"


def scope_fields(
    reader: Reader, wanted: Iterable[str] | None = None, *, scheme: str = "hyogo", lang: str = "ja"
) -> pd.DataFrame:
    """Return the fields of a scope in the order of their IRIs: ``field_id`` and ``field``.

    Parameters
    ----------
    reader
        The graph.
    wanted
        Notations, labels or IRIs of fields of the scheme; None takes all.
    scheme
        The scheme of fields that gaps are counted in.
    lang
        Language of the labels.

    Raises
    ------
    UnknownNameError
        There is no such scheme of fields or no such field in it.
    """
    known = _concepts(reader, scheme)
    if not known:
        schemes = "、".join(vocabulary().field_schemes)
        raise UnknownNameError(
            Message(f"分野の体系「{scheme}」はありません。", f"There is no scheme of fields {scheme!r}."),
            Message(f"使える体系: {schemes}", f"Schemes: {schemes}"),
        )
    labels = (
        {iri: Message(reader.label(iri, "ja"), reader.label(iri, "en")) for iri in known} if wanted is not None else {}
    )
    chosen = known if wanted is None else sorted({named_field(name, scheme, labels) for name in wanted})
    rows = [(iri, reader.label(iri, lang)) for iri in chosen]
    return pd.DataFrame(rows, columns=["field_id", "field"], dtype=object)


def _concepts(reader: Reader, scheme: str) -> list[str]:
    columns = reader.columns
    concepts, schemes = columns.pairs("in_scheme")
    stored = set(columns.text(concepts[schemes == columns.code(scheme_iri(scheme))]))
    bundled = vocabulary().schemes.get(scheme)
    return sorted(stored or {concept.iri for concept in (bundled.concepts if bundled else ())})


def named_field(name: str, scheme: str, labels: Mapping[str, Message]) -> str:
    """Return the IRI of the field that a notation, label or IRI means.

    Parameters
    ----------
    name
        What somebody wrote.
    scheme
        The scheme of fields.
    labels
        IRI of each field of the scheme to its label.

    Raises
    ------
    UnknownNameError
        There is none; the hint gives the nearest names.

    Examples
    --------
    >>> named_field("ibasho", "hyogo", {"urn:f": Message("ibasho", "a place to be")})
    'urn:f'
    """
    text = name.strip()
    for iri, label in labels.items():
        if text in (iri, local_name(iri), label.ja, label.en):
            return iri
    concept = vocabulary().concept(scheme, text) if scheme in vocabulary().schemes else None
    if concept is not None and concept.iri in labels:
        return concept.iri
    near = _nearest(text, scheme, labels)
    raise UnknownNameError(
        Message(f"「{name}」という分野は {scheme} にありません。", f"There is no field {name!r} in {scheme}."),
        Message(f"近いもの: {near}", f"Nearest: {near}") if near else None,
    )


def _nearest(text: str, scheme: str, labels: Mapping[str, Message]) -> str:
    best = process.extract(text, {iri: label.ja for iri, label in labels.items()}, scorer=fuzz.ratio, limit=3)
    return "、".join(f"{label}（{iri.removeprefix(SCHEME + scheme + '/')}）" for label, _, iri in best)
