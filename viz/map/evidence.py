"""Where the nodes and ties of the map are stated: each place once, numbered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

COLUMNS = ("document", "title", "line", "page", "quote", "row", "sheet")


class Evidence:
    """Numbers the places where records are stated, in the order in which they are asked for.

    Parameters
    ----------
    kg
        The graph.
    iris
        Every record that will be asked for.
    lang
        Language of the titles.
    """

    def __init__(self, kg: KnowledgeGraph, iris: Iterable[str], lang: str) -> None:
        known = list(dict.fromkeys(iris))
        self._cited = dict(zip(known, kg.citations_each(known, lang=lang), strict=True))
        self._places: dict[Any, int] = {}
        self._of: dict[str, list[int]] = {}

    def numbers(self, iris: Iterable[str]) -> list[int]:
        """Return the numbers of the places where any of `iris` is stated, each once."""
        found: list[int] = []
        for iri in iris:
            known = self._of.get(iri)
            if known is None:
                cited = self._cited[iri]
                known = self._of[iri] = [self._places.setdefault(place, len(self._places)) for place in cited]
            found.extend(known)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def table(self) -> dict[str, list[Any]]:
        """Return the places numbered so far, as columns."""
        return {name: [getattr(place, name) for place in self._places] for name in COLUMNS}
