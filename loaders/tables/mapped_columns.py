"""What a cell of a header was found to stand for."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import Concept


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A cell of the header and the column it stands for.

    Parameters
    ----------
    position
        Its place in the row, from 0.
    header
        As written.
    column
        What the ontology says of it.
    owner
        ``"row"``, ``"party"`` (it describes the organisation the row is about), ``"prefecture"`` (it tells places of
        one name apart), or the kind of what it says beside the row: ``"roles"``,
        ``"bodies"`` or ``"contacts"``.
    """

    position: int
    header: str
    column: Column
    owner: str

    @property
    def name(self) -> str:
        """Name of the column."""
        return self.column.name

    @property
    def key(self) -> str:
        """Name that is unique in the row: a column of something beside the row has its owner in front."""
        return self.name if self.owner in ("row", "prefecture") else f"{self.owner}.{self.name}"


@dataclass(frozen=True, slots=True)
class ConceptHeader:
    """A header that is a value: the column that takes it and the concept it names."""

    target: MappedColumn
    concept: Concept
