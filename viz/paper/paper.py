"""What a council's paper says, whatever it is written in: conclusion, figure, tables, lists and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.wording import ColumnEntry
    from tsunagari.viz.look.matrix import CoverageMatrix
    from tsunagari.viz.picture import NetworkPicture


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence, and the rows that it counts.

    Parameters
    ----------
    number
        How many there are.
    target
        Key of the rows in one of the lists of the paper: as many as the number says.
    """

    number: int
    target: str

    def __str__(self) -> str:
        return f"{self.number:,}"


Sentence: TypeAlias = tuple["str | Count", ...]
"""Words, and counts that open their lists."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown.

    Parameters
    ----------
    key
        Name for links.
    title, note
        What it is called, and a line about it; empty for none.
    columns
        Its columns in order.
    frame
        The rows.
    """

    key: str
    title: str
    note: str
    columns: tuple[ColumnEntry, ...]
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Listing(Table):
    """A list whose rows are counted elsewhere.

    Parameters
    ----------
    spans
        Key to the first row and the one after the last that it stands for; the list's own key stands for all rows.
    group_titles
        Titles of the spans that part the list.
    """

    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    group_titles: Mapping[str, str] = field(default_factory=dict)

    def rows_of(self, target: str) -> range | None:
        """Return the places of the rows that a count stands for; None when they are in no span of this list."""
        if target == self.key:
            return range(len(self.frame))
        return range(*self.spans[target]) if target in self.spans else None

    def starts(self) -> dict[int, list[str]]:
        """Return the keys of the spans that begin at each row."""
        found: dict[int, list[str]] = {}
        for key, (first, after) in self.spans.items():
            if after > first:
                found.setdefault(first, []).append(key)
        return found


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.
    title, day, scope
        What it is about, the day it is for, and what was looked at.
    conclusion
        A few sentences that stand alone.
    statuses
        Sign and name, number with its rows, and key of each status.
    figure
        Municipalities and fields as a matrix; None when it would be too large or there is nothing.
    tiles
        Code of a prefecture to the share of its cells without anybody local; empty for fewer than two prefectures.
    front
        The tables of page one.
    lists
        The lists behind it.
    cautions
        How not to read it.
    sources
        The first documents, by title.
    source_count
        How many documents there are.
    is_brief
        Whether page one is all.
    is_one
        Whether it is about one municipality.
    picture
        The map of the ties; None where the form shows none, page one is all, or no tie is stated.
    """

    lang: str
    title: str
    day: str
    scope: str
    conclusion: tuple[Sentence, ...]
    statuses: tuple[tuple[str, Count, str], ...]
    figure: CoverageMatrix | None
    tiles: Mapping[str, float]
    front: tuple[Table, ...]
    lists: tuple[Listing, ...]
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    source_count: Count
    is_brief: bool = False
    is_one: bool = False
    picture: NetworkPicture | None = None

    def counts(self) -> Iterator[Count]:
        """Yield every count that opens a list."""
        for sentence in self.conclusion:
            yield from (piece for piece in sentence if isinstance(piece, Count))
        yield from (count for _, count, _ in self.statuses)
        yield self.source_count
        if self.picture is not None:  # its sources stand below it
            yield self.source_count

    @property
    def front_spans(self) -> Mapping[str, tuple[int, int]]:
        """The rows that the table of gaps of page one stands for: those of the list, where page one is all."""
        gaps = self.lists[0]
        return {**gaps.spans, gaps.key: (0, len(gaps.frame))} if self.is_brief else {}

    def opens(self, count: Count) -> bool:
        """Tell whether the rows that a number counts are in the paper as it is written."""
        return count.number > 0 and (count.target in self.front_spans if self.is_brief else True)

    def find(self, target: str) -> tuple[Listing, range] | None:
        """Return the list and the rows that a count stands for; None when the paper holds no list of them."""
        for listing in self.lists:
            rows = listing.rows_of(target)
            if rows is not None:
                return listing, rows
        return None


def plain(sentence: Sentence) -> str:
    """Return a sentence as text.

    Examples
    --------
    >>> plain(("空白は", Count(1200, "gaps"), "か所です。"))
    '空白は1,200か所です。'
    """
    return "".join(str(piece) for piece in sentence)
