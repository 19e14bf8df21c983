"""References of cells to things: ids, names, codes of areas and local governments, numbers of organisations."""

from __future__ import annotations

import re
from functools import lru_cache

from tsunagari.errors import Message
from tsunagari.loaders.areas import Areas, Prefecture
from tsunagari.loaders.identity.facts import Facts
from tsunagari.loaders.identity.organizations import Organizations
from tsunagari.loaders.issues import join_names
from tsunagari.loaders.registry import Accepts, Entity, Registry, describe
from tsunagari.loaders.values import HINTS, CellError
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.columns import Column
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

AREA = "AdministrativeArea"
ORGANIZATION = "Organization"
_URL = re.compile(r"""https?://[^\s<>"{}|\\^`\x00-\x20]+""")
_BARE_URL = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#:]\S*)?", re.IGNORECASE)
# Where something lies is told by the areas of today, so that lists of different years agree.
_PRESENT = frozenset({"municipality", "governs"})


class Resolver:
    """References over the whole workspace.

    Parameters
    ----------
    vocabulary
        The ontology.
    registry, areas, organizations
        What can be referred to.
    """

    def __init__(self, vocabulary: Vocabulary, registry: Registry, areas: Areas, organizations: Organizations) -> None:
        self._vocabulary = vocabulary
        self._registry = registry
        self._areas = areas
        self._organizations = organizations
        self._fits = lru_cache(maxsize=None)(self._fits_uncached)
        self.facts = Facts()
        self._means_facts = lru_cache(maxsize=None)(self._means_facts_uncached)
        self._nearest: dict[tuple[str, tuple[str, ...]], Message] = {}

    def resolve(self, column: Column, text: str, prefecture: Prefecture = None) -> str:
        """Return the IRI that `text` refers to in a column.

        Raises
        ------
        CellError
            When nothing is known by it, several things are, or a code in it is wrong.
        """
        targets = column.targets
        if column.name == "see_also" or (not targets and text.startswith(("http://", "https://"))):
            return parse_url(text)
        if targets == (AREA,):
            return self._areas.area(text, prefecture, present=column.name in _PRESENT)
        found = self.entity(targets, text, prefecture)
        if found is not None:
            return found.iri
        if AREA in targets or not targets:
            return self._area(text, prefecture, targets)
        raise self.unknown(targets, text)

    def resolve_all(self, column: Column, text: str, prefecture: Prefecture = None) -> list[str]:
        """Return the IRIs that `text` refers to: one, or the municipalities of a 郡 where a cell may hold several.

        Raises
        ------
        CellError
            As `resolve`.
        """
        try:
            return [self.resolve(column, text, prefecture)]
        except CellError as error:
            if column.single or error.code not in ("unknown-area", "unknown-reference") or AREA not in column.targets:
                raise
            found = self._areas.district(text, prefecture)
            if not found:
                raise
            return found

    def entity(self, targets: tuple[str, ...], text: str, prefecture: Prefecture = None) -> Entity | None:
        """Return the entity of one of the classes (of any when empty) that `text` refers to, or None.

        Raises
        ------
        CellError
            When several are meant, or a code in it is wrong.
        """
        accepts = self._accepts(targets)
        means_facts = self._means_facts(targets)
        found = self._registry.by_id(text, accepts)
        found += self.facts.by_id(text, accepts) if means_facts else ()
        if not found:
            found = self._registry.by_name(text, accepts)
            found += self.facts.by_name(text, accepts) if means_facts else ()
        if len(found) > 1:
            raise CellError("ambiguous-name", text, nearest=describe(found))
        if found:
            return found[0]
        takes_organizations = ORGANIZATION in targets or (not targets and not text.isdigit())
        if not takes_organizations or self._registry.looks_like_id(text):
            return None
        return self._organizations.find(text, prefecture)

    def unknown(self, targets: tuple[str, ...], text: str) -> CellError:
        """Return the error for a reference to nothing known, with the nearest names."""
        key = (text, targets)
        if key not in self._nearest and len(self._nearest) < HINTS:
            further = self.facts if self._means_facts(targets) else ()
            self._nearest[key] = self._registry.nearest(text, self._accepts(targets), further=further)
        labels = [
            Message(self._vocabulary.label(target, "ja"), self._vocabulary.label(target, "en")) for target in targets
        ]
        what = join_names(labels) if labels else Message("一覧にある行", "any row")
        return CellError("unknown-reference", text, nearest=self._nearest.get(key, join_names([])), target=what)

    def _area(self, text: str, prefecture: Prefecture, targets: tuple[str, ...]) -> str:
        if self._registry.looks_like_id(text) and not text.startswith("area/"):
            raise self.unknown(targets, text)
        try:
            return self._areas.area(text, prefecture)
        except CellError as error:
            if error.code == "unknown-area" and not targets:
                raise self.unknown(targets, text) from None
            raise

    def _accepts(self, targets: tuple[str, ...]) -> Accepts:
        return lambda entity: not targets or self._fits(entity.cls, targets)

    def _means_facts_uncached(self, targets: tuple[str, ...]) -> bool:
        """Tell whether a cell for these classes may refer to a row of a list that names an organisation in each."""
        return not targets or any(self._fits(kind.cls, targets) for kind in KINDS.values() if kind.party)

    def _fits_uncached(self, cls: str, targets: tuple[str, ...]) -> bool:
        return any(self._vocabulary.is_a(cls, target) for target in targets)


def parse_url(text: str) -> str:
    """Return the address of a web page; one without http:// gets https:// in front.

    Raises
    ------
    CellError
        When it is none.

    Examples
    --------
    >>> parse_url("www.example.jp/about")
    'https://www.example.jp/about'
    """
    url = fold_text(text)
    if _BARE_URL.fullmatch(url):
        url = f"https://{url}"
    if not _URL.fullmatch(url):
        raise CellError("bad-url", text)
    return url
