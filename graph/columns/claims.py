"""Which statements count: what is there, what is only planned, and what holds on a day."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns.columns import Columns

PRESENT = frozenset({"stated", "inferred"})
PLANNED = frozenset({"planned", "under-consideration", "desired"})


def counted(
    columns: Columns, subjects: npt.ArrayLike, at: str | None, statuses: Collection[str] = PRESENT
) -> npt.NDArray[np.bool_]:
    """Tell of each thing whether it has one of the claim statuses and holds on a day, certainly or possibly.

    Parameters
    ----------
    columns
        The graph.
    subjects
        Codes of things.
    at
        ISO date; None takes every time.
    statuses
        Notations of claim statuses.

    Examples
    --------
    >>> import tsunagari as tsu
    >>> columns = kg._reader.columns
    >>> bool(counted(columns, columns.of_class("Platform"), None).any())
    True
    """
    wanted = [place for place, status in enumerate(columns.statuses) if status in statuses]
    found: npt.NDArray[np.bool_] = np.isin(columns.status(subjects), wanted) & (columns.holds(subjects, at) > 0)
    return found
