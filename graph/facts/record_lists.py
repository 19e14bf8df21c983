"""In which lists and documents records stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tsunagari.graph.columns import Columns

STATED_BY = ("stated_in", "has_source")


def lists_of(
    columns: Columns, records: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str]]:
    """Return the lists in which records stand: files without their row, documents without their page.

    Parameters
    ----------
    columns
        The graph.
    records
        Codes of what lists state, such as memberships, ties and services, in any order.

    Returns
    -------
    Where the lists of each record start, and where those of the last one end; the numbers of the lists, those of each
    record ascending and each once; and the IRIs of the lists, sorted. A record that stands nowhere has none.

    Examples
    --------
    >>> memberships = kg._reader.columns.of_class("PlatformMembership")
    >>> starts, numbers, lists = lists_of(kg._reader.columns, memberships)
    >>> len(starts) == len(memberships) + 1, len(numbers) >= len(memberships)
    (True, True)
    """
    rows, places = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for name in STATED_BY:
        starts, found = columns.all(name, records)
        rows.append(np.repeat(np.arange(len(records)), np.diff(starts)))
        places.append(found)
    codes, of_place = np.unique(np.concatenate(places), return_inverse=True)
    names = [text.partition("#")[0] for text in columns.text(codes)]
    lists = sorted(set(names))
    number = {name: place for place, name in enumerate(lists)}
    of_code = np.array([number[name] for name in names], dtype=np.int64)
    width = max(len(lists), 1)
    found_in = of_code[of_place.reshape(-1)] if len(codes) else np.zeros(0, dtype=np.int64)
    pairs = np.unique(np.concatenate(rows) * width + found_in)
    starts = np.searchsorted(pairs, np.arange(len(records) + 1) * width)
    return starts.astype(np.int64), pairs % width, lists
