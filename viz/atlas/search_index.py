"""The names of everything in the atlas, compressed, as a script that a page loads when somebody searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tsunagari.viz.look.compressed import data_block

Entry: TypeAlias = tuple[str, str, int, str, int, int]
NAME = "search.js"
VARIABLE = "TSUNAGARI_SEARCH"


@dataclass(slots=True)
class SearchIndex:
    """Names and where each leads: pages once, entries as columns."""

    pages: dict[str, int] = field(default_factory=dict)
    where: dict[str, int] = field(default_factory=dict)
    rows: list[Entry] = field(default_factory=list)

    def add(self, name: str, reading: str | None, page: str, anchor: str, where: str, rank: int) -> None:
        """Add a name.

        Parameters
        ----------
        name, reading
            As people type it.
        page, anchor
            Where it leads.
        where
            The words beside it: the municipality of a body, the kind of an area.
        rank
            Of two names that fit equally the higher stands first.
        """
        self.rows.append(
            (
                name,
                reading if reading and reading != name else "",
                self.pages.setdefault(page, len(self.pages)),
                anchor,
                self.where.setdefault(where, len(self.where)),
                rank,
            )
        )

    def script(self) -> str:
        """Return the script; entries of one page stand together, which compresses best."""
        rows = sorted(_shortened(self.rows), key=lambda row: (row[2], row[3], row[0]))
        names = ("name", "reading", "page", "anchor", "place", "rank")
        columns: dict[str, Any] = {
            name: list(cells) for name, cells in zip(names, zip(*rows, strict=True), strict=False)
        }
        data = {"pages": list(self.pages), "where": list(self.where), **{name: columns.get(name, []) for name in names}}
        return f'globalThis.{VARIABLE}="{data_block(data)}";\n'


def _shortened(rows: list[Entry]) -> Iterator[Entry]:
    """Yield the rows with as much of the end of each id as tells it apart on its page; the page finds the rest."""
    ids: dict[int, list[str]] = {}
    for row in rows:
        ids.setdefault(row[2], []).append(row[3])
    length = {page: _ending(found) for page, found in ids.items()}
    for name, reading, page, anchor, where, rank in rows:
        yield name, reading, page, anchor[-length[page] :], where, rank


def _ending(ids: list[str]) -> int:
    """Return of how many characters the ends of some ids are all different."""
    distinct = set(ids)
    whole = max(map(len, distinct), default=1) or 1
    return next((size for size in range(2, whole) if len({one[-size:] for one in distinct}) == len(distinct)), whole)
