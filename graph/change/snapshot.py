"""The statements of the graph that hold on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.views import Flags, kept_without, linked_pairs, part_of
from tsunagari.graph.networks import happened
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes, Columns, ColumnStore, Statements
    from tsunagari.graph.facts import Reader


def valid_at(reader: Reader, day: str) -> ColumnStore:
    """Return the part of the graph that holds on a day, in memory: without what is about things that do not.

    What took place before the day stays.

    Parameters
    ----------
    reader
        The graph.
    day
        ISO date.
    """
    return part_of(reader.columns, _holding(reader.columns, day))


def statements_at(reader: Reader, at: str | None) -> Statements:
    """Return the statements that hold on a day, as `valid_at`; None gives all."""
    said = reader.columns.statements
    return said if at is None else said.where(_holding(reader.columns, at))


def _holding(columns: Columns, day: str) -> Flags:
    dated = columns.of_class(*_dated_classes())
    over = dated[(columns.holds(dated, day) == 0) & ~happened(columns, dated, day)]
    is_over = columns.mask(np.asarray(over))

    def gone(_graph: npt.NDArray[Any], codes: Codes) -> Flags:
        return is_over[codes]

    return kept_without(columns, gone, linked_pairs(columns, at=day))


def _dated_classes() -> list[str]:
    """Return the classes of everything that may carry a time of its own."""
    words = vocabulary()
    return [name for name in words.classes if "valid_from" in words.columns(name)]
