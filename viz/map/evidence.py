"""Where the nodes and ties of the map are stated: each place once, numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

COLUMNS = ("document", "title", "line", "page", "quote", "row", "sheet")


class Evidence:
    """Numbers the places where records are stated: those of a document follow each other.

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
        found = kg.numbered_places(known, lang=lang)
        starts, numbers = found.starts.tolist(), found.numbers.tolist()
        self._places = found.places
        self._of = {iri: numbers[start:end] for iri, start, end in zip(known, starts, starts[1:], strict=False)}

    def numbers(self, iris: Sequence[str]) -> list[int]:
        """Return the numbers of the places where any of `iris` is stated, each once."""
        found = self._of[iris[0]] if len(iris) == 1 else [number for iri in iris for number in self._of[iri]]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def table(self) -> dict[str, list[Any]]:
        """Return the places, as columns."""
        return {name: [getattr(place, name) for place in self._places] for name in COLUMNS}
