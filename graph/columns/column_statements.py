"""All statements of a graph as arrays: what columns are written from and read into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns.terms import Codes, Terms


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of a graph, each once, sorted by property, subject and value.

    Parameters
    ----------
    terms
        Every text.
    names
        Column names of properties, sorted.
    starts
        Where the statements of each property start, and where those of the last one end.
    subjects, values
        Codes of the two ends of each statement.
    labels
        One row a name of a thing: subject, place in `LABELS`, place in `languages`, value; sorted.
    languages
        Language tags, sorted.
    """

    terms: Terms
    names: list[str]
    starts: npt.NDArray[np.int64]
    subjects: Codes
    values: Codes
    labels: Codes
    languages: list[str]
