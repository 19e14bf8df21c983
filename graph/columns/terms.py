"""Every text of a graph once, in sorted order, so that a number stands for it and numbers compare as the texts do."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Codes: TypeAlias = npt.NDArray[np.int32]
NONE = -1  # the code of what is not there
READ_WHOLE = 8  # a stretch of so many texts for each wanted one is read as one


class Terms:
    """IRIs and texts as numbers: the code of a text is its place among all texts in the order of their code points.

    Parameters
    ----------
    data
        The texts in order, one after the other, in UTF-8; an array in memory or a mapped file.
    offsets
        Where each text starts, and where the last one ends.
    """

    def __init__(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> None:
        self.data = data
        self.offsets = offsets
        self._bytes = data.data

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def one(self, code: int) -> str:
        """Return the text of a code, the empty text for `NONE`."""
        return "" if code < 0 else str(self._bytes[self.offsets[code] : self.offsets[code + 1]], "utf-8")

    def place(self, text: str) -> tuple[int, bool]:
        """Return how many texts come before `text`, and whether `text` itself is there."""
        wanted = text.encode()
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(self._bytes[self.offsets[middle] : self.offsets[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low, low < len(self) and self.one(low) == text

    def code(self, text: str) -> int:
        """Return the code of a text, `NONE` when it is not there."""
        place, is_there = self.place(text)
        return place if is_there else NONE

    def codes(self, texts: Iterable[str]) -> Codes:
        """Return the code of each text, `NONE` for those that are not there."""
        wanted = [text.encode() for text in texts]
        low, high = (self.place(str(end, "utf-8"))[0] for end in (min(wanted), max(wanted))) if wanted else (0, 0)
        if high - low > READ_WHOLE * len(wanted):  # few of many: each is looked up by itself
            return np.fromiter((self.code(str(text, "utf-8")) for text in wanted), dtype=np.int32)
        bounds = (self.offsets[low : high + 2] - self.offsets[low]).tolist()
        stretch = bytes(self._bytes[self.offsets[low] : self.offsets[min(high + 1, len(self))]])
        known = {stretch[start:end]: low + place for place, (start, end) in enumerate(itertools.pairwise(bounds))}
        return np.fromiter((known.get(text, NONE) for text in wanted), dtype=np.int32)

    def text(self, codes: npt.ArrayLike) -> list[str]:
        """Return the text of each code, the empty text for `NONE`."""
        found: list[str] = self.objects(codes, missing="").tolist()
        return found

    def objects(self, codes: npt.ArrayLike, *, missing: Any = None) -> npt.NDArray[np.object_]:
        """Return the text of each code as an array of objects, with `missing` for `NONE`."""
        unique, inverse = np.unique(np.asarray(codes, dtype=np.int64), return_inverse=True)
        starts, ends = self.offsets[unique], self.offsets[unique + 1]
        texts = np.empty(len(unique), dtype=object)
        whole = self._bytes
        texts[:] = [str(whole[start:end], "utf-8") for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        texts[unique < 0] = missing
        return texts[inverse.reshape(-1)]


def no_codes(size: int) -> Codes:
    """Return an array of `NONE`."""
    return np.full(size, NONE, dtype=np.int32)


def rows_of(starts: Sequence[int] | npt.NDArray[Any], ends: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the numbers from each start up to its end, one stretch after the other.

    Examples
    --------
    >>> rows_of(np.array([5, 0]), np.array([7, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    lengths = np.asarray(ends) - np.asarray(starts)
    before = np.cumsum(lengths) - lengths
    return np.repeat(np.asarray(starts) - before, lengths) + np.arange(int(lengths.sum()))
