"""What was computed and may be asked for again: kept for a while, the longest unused goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 24
"""Results kept at a time: what a report, a map and a demo of one day share, and some of another day."""


class Kept:
    """Results by what they answer.

    Parameters
    ----------
    most
        How many are kept.

    Examples
    --------
    >>> kept = Kept(most=1)
    >>> kept.get("a", lambda: 1), kept.get("a", lambda: 2), kept.get("b", lambda: 3), kept.get("a", lambda: 4)
    (1, 1, 3, 4)
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()

    def __len__(self) -> int:
        return len(self._found)

    def get(self, asked: Hashable, compute: Callable[[], T]) -> T:
        """Return what was computed for this question, or compute it; what raises is not kept."""
        if asked not in self._found:
            self._found[asked] = compute()
        self._found.move_to_end(asked)
        while len(self._found) > self._most:
            self._found.popitem(last=False)
        found: T = self._found[asked]
        return found
