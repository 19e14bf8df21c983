"""What networks say about their nodes, for all of them at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message
from tsunagari.graph.columns import NONE, Codes, Columns, rows_of
from tsunagari.graph.facts.kinds import NODE_KINDS, node_kind
from tsunagari.graph.facts.places import Place, area_name, home_areas, place_of
from tsunagari.ontology.municipalities import NATION_CODE
from tsunagari.ontology.namespaces import SCHEME, local_name
from tsunagari.ontology.vocabulary import vocabulary

CONCEPT = "Concept"
NATION = Message("全国", "the whole country")
CONCEPT_KINDS = {"measure-category": "category", "constituent-type": "constituent", "policy-area": "policy-area"}
PROVIDERS = ("Organization", "SupportService", "Activity")  # what has fields of its own or gives them to a body


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of values for each of some things: where each list starts, where the last one ends, and the values."""

    starts: npt.NDArray[np.int64]
    values: Sequence[str]

    def __iter__(self) -> Iterator[list[str]]:
        bounds = self.starts.tolist()
        return (list(self.values[start:end]) for start, end in itertools.pairwise(bounds))


def node_attributes(columns: Columns, nodes: Codes, *, lang: str = "ja") -> dict[str, list[Any]]:
    """Return what a network says about each node.

    Parameters
    ----------
    columns
        The graph.
    nodes
        Codes of things and concepts.
    lang
        Language of the labels.

    Returns
    -------
    A list, in the order of the nodes, for each of: label, reading, class, class_label, kind, sector, sector_label,
    alt_labels (list), municipality, municipality_code, prefecture, fields (labels, its own and those of the services it
    provides), stated_size, status. Text that is not known is an empty string, a size that is not known None.
    """
    names, classes = classes_of_nodes(columns, nodes)
    # of a concept only its name counts
    things = np.where(np.array(classes, dtype=np.int64) < len(names) - 1, nodes, np.int32(NONE))
    sectors = columns.one("sector", things)
    places = places_of(columns, things)
    sizes = columns.numbers("stated_size", things).tolist()
    statuses = columns.statuses
    return {
        "label": columns.labels(nodes, lang),
        "reading": columns.text(columns.one("reading", things)),
        "class": [names[place] for place in classes],
        "class_label": class_labels(columns, names, classes, lang),
        "kind": node_kinds(columns, nodes, names, classes),
        "sector": notations(columns, sectors, missing=""),
        "sector_label": columns.labels(sectors, lang),
        "alt_labels": list(texts_of(columns, "alt_label", things)),
        "municipality": [place.name or "" for place in places],
        "municipality_code": [place.code or "" for place in places],
        "prefecture": [place.prefecture or "" for place in places],
        "fields": list(field_labels(columns, things, lang=lang)),
        "stated_size": [int(size) if size == size and size else None for size in sizes],
        "status": [statuses[place] for place in columns.status(things).tolist()],
    }


def classes_of_nodes(columns: Columns, nodes: Codes) -> tuple[tuple[str, ...], list[int]]:
    """Return names of classes and for each node a place among them; what is no node of its own is a concept."""
    names, found = columns.classes(nodes, *NODE_KINDS.values())
    return (*names, CONCEPT), [place if place >= 0 else len(names) for place in found.tolist()]


def node_kinds(columns: Columns, nodes: Codes, names: Sequence[str], classes: Sequence[int]) -> list[str]:
    """Return the kind of each node: that of its class, else that of the scheme that a concept is of."""
    kinds: list[str] = [node_kind(name) or "" for name in names]
    found = [kinds[place] for place in classes]
    concepts = [place for place, kind in enumerate(found) if not kind]
    for place, iri in zip(concepts, columns.text(nodes[concepts]), strict=True):
        found[place] = CONCEPT_KINDS.get(concept_scheme(iri), "field")
    return found


def concept_scheme(iri: str) -> str:
    """Return the scheme of a concept.

    >>> concept_scheme("https://w3id.org/tsunagari/scheme/role/lead")
    'role'
    """
    return iri.removeprefix(SCHEME).split("/", 1)[0]


def class_labels(columns: Columns, names: Sequence[str], classes: Sequence[int], lang: str) -> list[str]:
    """Return the label of each class by its place among `names`."""
    iris = [vocabulary().class_iri(name) for name in names]
    stored = columns.labels(columns.codes(iris), lang)
    labels = [label or vocabulary().label(iri, lang) for label, iri in zip(stored, iris, strict=True)]
    return [labels[place] for place in classes]


def notations(columns: Columns, codes: Codes, *, missing: str | None = None) -> list[Any]:
    """Return what the IRI of each concept ends with, `missing` for -1."""
    unique, places = np.unique(codes, return_inverse=True)
    texts = [missing if code < 0 else local_name(columns.terms.one(code)) for code in unique.tolist()]
    return [texts[place] for place in places.reshape(-1).tolist()]


def texts_of(columns: Columns, name: str, things: Codes) -> Lists:
    """Return the values of a property as a list of texts for each thing."""
    starts, values = columns.all(name, things)
    return Lists(starts, columns.text(values))


def places_of(columns: Columns, things: Codes) -> list[Place]:
    """Return the place that each thing belongs to: itself when it is an area, its municipality, what it governs, or the
    only area that it reaches or serves.
    """
    areas = home_areas(columns, things)
    unique, rows = np.unique(areas, return_inverse=True)
    found = [place_of(iri or None) for iri in columns.text(unique)]
    return [found[row] for row in rows.reshape(-1).tolist()]


def field_labels(columns: Columns, things: Codes, *, lang: str = "ja") -> Lists:
    """Return the labels of the fields that each thing works in, see `fields_of`."""
    starts, fields = fields_of(columns, things)
    return Lists(starts, columns.labels(fields, lang))


def fields_of(columns: Columns, things: Codes) -> tuple[npt.NDArray[np.int64], Codes]:
    """Return the fields that each thing works in: its own and those of the services and activities it provides.

    Returns
    -------
    Where the fields of each thing start, and where those of the last one end; the codes of the fields, sorted for each.
    """
    sources = columns.of_class(*PROVIDERS)
    said, fields = columns.pairs("support_field")
    mine = np.isin(said, sources)
    said, fields = said[mine], fields[mine]
    starts, providers = columns.all("provided_by", said)
    rows = np.repeat(np.arange(len(said)), np.diff(starts))
    owners = np.concatenate((said, providers)).astype(np.int64)
    pairs = np.unique(owners << 32 | np.concatenate((fields, fields[rows])))
    owners, found = pairs >> 32, (pairs & 0x7FFFFFFF).astype(np.int32)
    first, last = np.searchsorted(owners, things), np.searchsorted(owners, things, side="right")
    return np.concatenate(([0], np.cumsum(last - first))), found[rows_of(first, last)]


def field_names(columns: Columns, field_ids: Sequence[str], lang: str) -> list[str]:
    """Return what fields are called, in the graph or else in the ontology.

    Examples
    --------
    >>> field_names(kg._reader.columns, ["https://w3id.org/tsunagari/scheme/hyogo/food-bank"], "ja")
    ['フードバンク']
    """
    names = columns.labels(columns.codes(field_ids), lang)
    return [name or vocabulary().label(iri, lang) for name, iri in zip(names, field_ids, strict=True)]


def unit_name(columns: Columns, unit: str, lang: str = "ja") -> str:
    """Return the name of what an offer is for: an area, the whole country or a partnership.

    `tsunagari.graph.facts.unit_of` tells what stands for each.

    Examples
    --------
    >>> unit_name(kg._reader.columns, "31329"), unit_name(kg._reader.columns, "00000", "en")
    ('八頭町', 'the whole country')
    """
    if unit == NATION_CODE:
        return NATION.text(lang)
    return area_name(unit) if unit.isdigit() else columns.labels([columns.code(unit)], lang)[0]
