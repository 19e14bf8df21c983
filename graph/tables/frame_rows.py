"""The things that a table is about, and what they say, each property for all of them at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns import NONE, Codes, Columns, rows_of
from tsunagari.graph.facts import document_titles, notations

VALIDITIES = ("no", "possible", "certain")
TIMES = ("valid_from", "valid_to", "as_of")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table; a thing may have several.

    Parameters
    ----------
    columns
        The graph.
    things
        Code of the thing of each row.
    lang
        Language of the labels.
    held
        0 where the row does not hold on the day asked for, 1 where it holds possibly, 2 where certainly; None without a
        day.
    """

    columns: Columns
    things: Codes
    lang: str
    held: npt.NDArray[np.int8] | None

    def __len__(self) -> int:
        return len(self.things)

    def take(self, rows: npt.NDArray[Any]) -> Rows:
        """Return the rows that a mask or places choose, in that order."""
        held = None if self.held is None else self.held[rows]
        return replace(self, things=self.things[rows], held=held)

    def of_kind(self, names: tuple[str, ...], kinds: dict[str, str]) -> list[str]:
        """Return what `kinds` calls the class of each row, of those that classes `names` lead to."""
        found, places = self.columns.classes(self.things, *names)
        return [kinds[found[place]] for place in places.tolist()]

    # ---- values ----

    def one(self, name: str) -> Codes:
        """Return the code of the first value of a property of each row, -1 where it has none."""
        return self.columns.one(name, self.things)

    def text(self, codes: Codes) -> npt.NDArray[np.object_]:
        """Return texts, None for -1."""
        return self.columns.objects(codes)

    def label(self, codes: Codes) -> npt.NDArray[np.object_]:
        """Return labels, None for -1 and for what has an empty one."""
        unique, places = np.unique(codes, return_inverse=True)
        found = np.array([label or None for label in self.columns.labels(unique, self.lang)], dtype=object)
        return found[places.reshape(-1)]

    def notation(self, codes: Codes) -> list[str | None]:
        """Return what IRIs end with, None for -1."""
        return notations(self.columns, codes)

    def number(self, name: str) -> list[float | None]:
        """Return the first value of a property as a number, None where there is none."""
        values = self.columns.numbers(name, self.things).tolist()
        return [None if value != value else value for value in values]

    def lists(self, name: str, read: Callable[[Codes], npt.NDArray[np.object_]]) -> list[list[Any]]:
        """Return what `read` makes of all values of a property, a list for each row."""
        starts, values = self.columns.all(name, self.things)
        found, bounds = read(values).tolist(), starts.tolist()
        return [found[start:end] for start, end in itertools.pairwise(bounds)]

    def labels(self, name: str) -> list[list[str]]:
        """Return the labels of all values of a property, a list for each row."""
        return [[label or "" for label in labels] for labels in self.lists(name, self.label)]

    def each(self, name: str) -> tuple[npt.NDArray[np.int64], Codes]:
        """Return every value of a property with the place of its row; a row without any is there once, with -1."""
        starts, values = self.columns.all(name, self.things)
        first, last = starts[:-1], starts[1:]
        rows = np.repeat(np.arange(len(self)), np.maximum(last - first, 1))
        has_none = np.repeat(last == first, np.maximum(last - first, 1))
        found = np.full(len(rows), NONE, dtype=np.int32)
        found[~has_none] = values[rows_of(first, last)]
        return rows, found

    # ---- what every row says ----

    def claims(self) -> dict[str, Any]:
        """Return status, validity and source of each row."""
        statuses = np.array(self.columns.statuses, dtype=object)
        unknown = np.full(len(self), None, dtype=object)
        return {
            "status": statuses[self.columns.status(self.things)],
            "validity": unknown if self.held is None else np.array(VALIDITIES, dtype=object)[self.held],
            "source": document_titles(self.columns, self.things, lang=self.lang),
        }

    def times(self) -> dict[str, Any]:
        """Return the dates of each row."""
        return {name: self.text(self.one(name)) for name in TIMES}


def rows_on(columns: Columns, things: Codes, at: str | None, every: bool, lang: str) -> Rows:
    """Return the rows of things that hold on a day, certainly or possibly; with `every` those of every time."""
    if at is None:
        return Rows(columns, things, lang, None)
    rows = Rows(columns, things, lang, columns.holds(things, at))
    assert rows.held is not None
    return rows if every else rows.take(rows.held > 0)
