"""Coverage matrices as rows of cells, for the map page and any other table of the same kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.look.cells import plain

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

MATRIX_KINDS = ("municipality-field", "platform-constituent", "stage-category")


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """One matrix.

    Parameters
    ----------
    kind
        One of `MATRIX_KINDS`.
    rows, columns
        Labels in the order shown.
    row_ids, column_ids
        What identifies them (codes, IRIs); the labels where they have nothing else.
    cells
        One list a row: a coverage status, a count, or None where nothing is known.
    """

    kind: str
    rows: tuple[str, ...]
    row_ids: tuple[str, ...]
    columns: tuple[str, ...]
    column_ids: tuple[str, ...]
    cells: tuple[tuple[str | int | float | None, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the matrix as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__slots__}


def coverage_matrices(
    kg: KnowledgeGraph, gaps: pd.DataFrame, *, at: date | str | None = None, lang: str = "ja"
) -> list[CoverageMatrix]:
    """Return every matrix that has at least one row and one column, in the order of `MATRIX_KINDS`.

    Parameters
    ----------
    kg
        The graph.
    gaps
        Its gaps for the same date and language; the first matrix is these, laid out.
    at, lang
        As in the graph's own methods.
    """
    found = [municipality_field_matrix(gaps)]
    for kind in MATRIX_KINDS[1:]:
        found.append(frame_matrix(kind, kg.coverage_matrix(kind, at=at, lang=lang)))
    return [matrix for matrix in found if matrix.rows and matrix.columns]


def municipality_field_matrix(gaps: pd.DataFrame) -> CoverageMatrix:
    """Lay gaps out with one row a municipality (by code) and one column a field (in the order of its scheme).

    Examples
    --------
    >>> import pandas as pd
    >>> columns = ["area", "area_code", "prefecture", "field", "field_id", "status"]
    >>> row = ["鳥取市", "31201", "鳥取県", "福祉", "1", "single"]
    >>> municipality_field_matrix(pd.DataFrame([row], columns=columns)).cells
    (('single',),)
    """
    columns = (gaps[name].astype(str).tolist() for name in ("area_code", "area", "prefecture"))
    places = sorted(set(zip(*columns, strict=True)))
    often = Counter(name for _, name, _ in places)
    areas = {code: f"{name}（{prefecture}）" if often[name] > 1 else name for code, name, prefecture in places}
    fields_of, areas_of, statuses = (gaps[name].astype(str).tolist() for name in ("field_id", "area_code", "status"))
    named = dict(zip(fields_of, gaps["field"].astype(str).tolist(), strict=True))
    place = _scheme_order()
    fields = {iri: named[iri] for iri in sorted(named, key=lambda iri: (place.get(iri, len(place)), iri))}
    status = dict(zip(zip(areas_of, fields_of, strict=True), statuses, strict=True))
    return CoverageMatrix(
        MATRIX_KINDS[0],
        tuple(areas.values()),
        tuple(areas),
        tuple(fields.values()),
        tuple(fields),
        tuple(tuple(status.get((area, field)) for field in fields) for area in areas),
    )


def _scheme_order() -> dict[str, int]:
    """Return the place of every bundled field in its scheme; a user's own fields follow by identifier."""
    words = vocabulary()
    fields = [concept.iri for name in words.field_schemes for concept in words.schemes[name].concepts]
    return {iri: position for position, iri in enumerate(fields)}


def frame_matrix(kind: str, frame: pd.DataFrame) -> CoverageMatrix:
    """Return a frame of statuses or counts (labels in its index and columns) as a matrix."""
    rows, columns = _labels(frame.index), _labels(frame.columns)
    cells = tuple(tuple(plain(value) for value in row) for row in frame.itertuples(index=False, name=None))
    return CoverageMatrix(kind, rows, rows, columns, columns, cells)


def _labels(index: pd.Index[Any]) -> tuple[str, ...]:
    return tuple(" · ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in index)
