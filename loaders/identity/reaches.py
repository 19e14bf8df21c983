"""Which prefectures a platform reaches: where its members are looked for whose list does not say where they are."""

from __future__ import annotations

from tsunagari.loaders.areas import Areas, Prefecture
from tsunagari.loaders.registry import fold_id
from tsunagari.loaders.values import CellError, split_parts
from tsunagari.ontology.spelling import spelling_key


class Reaches:
    """Platforms by id and name with the areas that their rows name.

    Parameters
    ----------
    areas
        The areas and local governments.
    """

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._texts: dict[str, list[tuple[str, Prefecture]]] = {}
        self._found: dict[str, frozenset[str]] = {}

    def add(self, names: tuple[str | None, ...], text: str, prefecture: Prefecture) -> None:
        """Note the cell that says which areas the platform of some names reaches."""
        for name in filter(None, names):
            for key in {fold_id(name), spelling_key(name)}:
                self._texts.setdefault(key, []).append((text, prefecture))

    def of(self, platform: str | None) -> frozenset[str]:
        """Return the two-digit codes of the prefectures that a platform reaches; none when nothing says so."""
        if platform is None or not self._texts:
            return frozenset()
        if platform not in self._found:
            local = platform.removeprefix("platform/")
            texts = self._texts.get(fold_id(local)) or self._texts.get(spelling_key(platform)) or []
            self._found[platform] = frozenset(
                code
                for text, prefecture in texts
                for part in split_parts(text)
                for code in self._codes(part, prefecture)
            )
        return self._found[platform]

    def _codes(self, text: str, prefecture: Prefecture) -> list[str]:
        try:
            return [self._areas.place(text, prefecture).code5[:2]]
        except CellError:
            return []  # reported when the cell itself is read
