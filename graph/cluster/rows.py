"""The rows of every table of the layout, read from the columns of a graph a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tsunagari.graph.cluster.layout import NOWHERE, layout_tables
from tsunagari.graph.columns import NONE, Codes, Columns
from tsunagari.graph.coverage import SUPPORT
from tsunagari.graph.facts import (
    NODE_KINDS,
    Reader,
    class_labels,
    classes_of_nodes,
    home_areas,
    notations,
    place_of,
    plain_organizations,
    stated_names,
    unit_of,
)
from tsunagari.ontology.vocabulary import vocabulary

Flags: TypeAlias = "npt.NDArray[np.bool_]"
Places: TypeAlias = "npt.NDArray[np.int16]"
RELATIONS = ("PlatformMembership", "RoleHolding", "PartnershipMembership", "CollaborationTie")
CLASSES = {
    "is_organization": ("Organization",),
    "is_support": SUPPORT,
    "is_collaboration": ("Collaboration",),
    "is_partnership": ("RegionalPartnership",),
    "is_platform": ("Platform",),
    "is_platform_part": ("PlatformBody",),
    "is_programme": ("Programme",),
}
PLACES = ("municipality", "governs", "reach", "service_area")
LINKS = (
    *(*PLACES, "carried_out_by", "host", "member", "organization", "provided_by", "role"),
    *("sub_organization_of", "support_field", "tie_from", "tie_to"),
)
OWNERS = ("member", "provided_by", "carried_out_by", "tie_from", "organization", "sub_organization_of")
"""What a thing without a place of its own is kept with, the first that it has."""
TIMES = ("valid_from", "valid_from_not_before", "valid_to", "valid_to_not_after")
STRETCH = 50_000
"""Things that are put into rows at a time."""


@dataclass(frozen=True)
class ThingRows:
    """The rows of the two tables that are partitioned, ``things`` and ``links``.

    Parameters
    ----------
    reader
        The graph.
    """

    reader: Reader

    @property
    def columns(self) -> Columns:
        """The graph by columns."""
        return self.reader.columns

    @cached_property
    def codes(self) -> Codes:
        """Codes of every thing that is a row, sorted."""
        tops = {name for names in CLASSES.values() for name in names}
        return self.columns.of_class(*sorted(tops), *RELATIONS)

    @cached_property
    def prefectures(self) -> tuple[tuple[str, ...], npt.NDArray[np.int8]]:
        """Codes of prefectures with things, sorted, and for each thing a place among them."""
        home = home_areas(self.columns, self.codes)
        for name in OWNERS:
            missing = np.flatnonzero(home < 0)
            owner = self.columns.one(name, self.codes[missing])
            found = home_areas(self.columns, owner)
            home[missing] = np.where(owner >= 0, found, np.int32(NONE))
        areas, places = np.unique(home, return_inverse=True)
        units = [unit_of(iri) if iri else "" for iri in self.columns.text(areas)]
        codes = np.array([unit[:2] if unit[:5].isdigit() else NOWHERE for unit in units] or [NOWHERE], dtype=object)
        names, numbers = np.unique(codes.astype(str), return_inverse=True)
        return tuple(names.tolist()), numbers.astype(np.int8)[places.reshape(-1)]

    def stretches(self) -> Iterator[tuple[str, Codes]]:
        """Yield prefectures with codes of things, those of one after the other, each sorted."""
        names, places = self.prefectures
        for number, name in enumerate(names):
            chosen = self.codes[np.flatnonzero(places == number)]
            for start in range(0, len(chosen), STRETCH):
                yield name, chosen[start : start + STRETCH]

    def things(self, codes: Codes) -> pa.Table:
        """Return the rows of ``things`` of some codes."""
        columns, schema = self.columns, layout_tables()["things"].schema
        flags = {name: np.isin(codes, columns.of_class(*tops)) for name, tops in CLASSES.items()}
        flags["is_body"] = np.isin(codes, self._plain)
        (names, classes), (kinds, relations) = self._classes
        rows = np.searchsorted(self.codes, codes)
        strength = columns.one("strength", codes) >= 0
        found: dict[str, Any] = {
            "id": columns.text(codes),
            "class": [names[place] if place >= 0 else None for place in classes[rows].tolist()],
            **flags,
            "relation": _tops(kinds, relations[rows]),
            "status": [columns.statuses[place] for place in columns.status(codes).tolist()],
            **{name: columns.objects(columns.one(name, codes)) for name in TIMES},
            "strength": pa.array(columns.numbers("strength", codes), mask=~strength),
            "is_directed": columns.is_true("directed", codes),
            "sector": notations(columns, columns.one("sector", codes)),
            "place": self._place_codes(codes),
            **self._names(codes, flags),
        }
        return pa.table({name: found[name] for name in schema.names}, schema=schema)

    def links(self, codes: Codes) -> Iterator[pa.Table]:
        """Yield the rows of ``links`` whose subjects are some codes, property by property."""
        schema = layout_tables()["links"].schema
        for name in LINKS:
            starts, values = self.columns.all(name, codes)
            for first in range(0, len(values), STRETCH * 4):
                part = slice(first, first + STRETCH * 4)
                subjects = codes[np.searchsorted(starts, np.arange(len(values))[part], side="right") - 1]
                rows = [self.columns.text(subjects), [name] * len(subjects), self.columns.text(values[part])]
                yield pa.table(dict(zip(schema.names, rows, strict=True)), schema=schema)

    @cached_property
    def _classes(self) -> tuple[tuple[tuple[str, ...], Places], tuple[tuple[str, ...], Places]]:
        """The most specific class of each thing, and which relation it is."""
        every = self.columns.classes(self.codes, *NODE_KINDS.values(), *RELATIONS)
        return every, self.columns.classes(self.codes, *RELATIONS)

    @cached_property
    def _plain(self) -> Codes:
        return plain_organizations(self.columns)

    def _place_codes(self, codes: Codes) -> list[str | None]:
        areas, rows = np.unique(home_areas(self.columns, codes), return_inverse=True)
        found = [place_of(iri or None).code for iri in self.columns.text(areas)]
        return [found[row] for row in rows.reshape(-1).tolist()]

    def _names(self, codes: Codes, flags: dict[str, Flags]) -> dict[str, list[str | None]]:
        """Return names and where things are stated; relations have no names of their own."""
        named = np.flatnonzero(flags["is_organization"] | flags["is_support"] | flags["is_programme"])
        offering = np.flatnonzero(flags["is_body"] | flags["is_support"])
        found: dict[str, list[str | None]] = {}
        for lang in ("ja", "en"):
            found[f"name_{lang}"] = _spread(named, self.columns.labels(codes[named], lang), len(codes))
            stated = stated_names(self.reader, codes[offering], lang=lang)
            found[f"stated_{lang}"] = _spread(offering, stated, len(codes))
        return found


def area_rows(columns: Columns) -> pa.Table:
    """Return the rows of ``areas``: every area that something is in, reaches or serves."""
    codes = np.unique(np.concatenate([columns.pairs(name)[1] for name in PLACES]))
    iris = [iri for iri in columns.text(codes) if iri]
    schema = layout_tables()["areas"].schema
    return pa.table({"area": iris, "unit": [unit_of(iri) for iri in iris]}, schema=schema)


def word_rows(reader: Reader, indicators: Codes) -> pa.Table:
    """Return the rows of ``words``: sectors and classes of organisations and programmes, and indicators of need."""
    columns = reader.columns
    bodies = columns.of_class("Organization", "Programme")
    sectors = np.unique(columns.one("sector", bodies))
    names, classes = classes_of_nodes(columns, bodies)
    rows: list[tuple[str, str, str, str]] = []
    for kind, codes in (("sector", sectors[sectors >= 0]), ("indicator", indicators)):
        ids = notations(columns, codes, missing="") if kind == "sector" else columns.text(codes)
        labels = (columns.labels(codes, lang) for lang in ("ja", "en"))
        rows += [(kind, *row) for row in zip(ids, *labels, strict=True)]
    used = sorted(set(classes))
    said = (class_labels(columns, names, used, lang) for lang in ("ja", "en"))
    rows += [("class", names[place], ja, en) for place, ja, en in zip(used, *said, strict=True)]
    schema = layout_tables()["words"].schema
    return pa.table(dict(zip(schema.names, zip(*rows, strict=True), strict=True)) if rows else {}, schema=schema)


def _tops(names: tuple[str, ...], places: Places) -> list[str | None]:
    """Return which of `RELATIONS` each class is or specialises."""
    tops = [next(top for top in RELATIONS if name in vocabulary().subclasses(top)) for name in names]
    return [tops[place] if place >= 0 else None for place in places.tolist()]


def _spread(rows: npt.NDArray[np.int64], texts: list[str], size: int) -> list[str | None]:
    found: list[str | None] = [None] * size
    for row, text in zip(rows.tolist(), texts, strict=True):
        found[row] = text
    return found
