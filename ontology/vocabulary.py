"""The ontology as Python sees it: classes, columns, concept schemes and labels, all read from the Turtle files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from tsunagari.errors import Message, UnknownNameError
from tsunagari.ontology.columns import ADDED_SHAPE, COMMON_SHAPES, CONCEPT_SHAPE, Column, read_columns
from tsunagari.ontology.concepts import Concept, ConceptScheme, read_schemes
from tsunagari.ontology.namespaces import ORG, RDF, RDFS, SH, SKOS, TSU, TSUT, local_name
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.terms import Terms, ontology_terms

__all__ = ["Column", "Concept", "ConceptScheme", "Vocabulary", "vocabulary"]

FIELDS = "fields"  # the scheme name of columns that take concepts of any field scheme
_NAMES = 65_536  # texts of headers that are remembered
_NEAR = 45.0  # percent of likeness below which a name is no hint


@dataclass(frozen=True)
class Vocabulary:
    """Names, columns and concepts of the ontology, with the concept schemes of a workspace added.

    Parameters
    ----------
    terms
        Triples of the ontology.
    extra
        Schemes of the workspace; they are searched before the bundled ones.
    """

    terms: Terms
    extra: tuple[ConceptScheme, ...] = ()

    # ---- classes ----

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """Local name to IRI of every class; where two vocabularies share a name, ours wins."""
        marks = (f"{RDFS}subClassOf", f"{SH}targetClass")
        found = {iri for subject in self.terms for mark in marks for iri in self.terms.iris(subject, mark)}
        found |= {subject for subject in self.terms if f"{RDFS}Class" in self.terms.iris(subject, f"{RDF}type")}
        return {local_name(iri): iri for iri in sorted(found, key=lambda iri: (iri.startswith(TSU), iri))}

    def class_iri(self, local: str) -> str:
        """Return the IRI of the class with this local name.

        Raises
        ------
        UnknownNameError
            When there is no such class.
        """
        if local not in self.classes:
            raise UnknownNameError(
                Message(f"クラス「{local}」はありません。", f"There is no class {local!r}."),
                Message(f"使えるクラス: {', '.join(self.classes)}", f"Classes: {', '.join(self.classes)}"),
            )
        return self.classes[local]

    def subclasses(self, local: str) -> tuple[str, ...]:
        """Return the local names of the class and of our classes below it, the class first."""
        found = self._walk(self.class_iri(local), self._below)
        return tuple(local_name(iri) for iri in found if self.classes.get(local_name(iri)) == iri)

    def is_a(self, local: str, ancestor: str) -> bool:
        """Tell whether the class `local` is `ancestor` or below it."""
        return self.class_iri(ancestor) in self._walk(self.class_iri(local), self._above)

    def kind_class(self, local: str) -> str:
        """Return the class of all rows in a table declared with `local`: itself, or the class it is the default of.

        Examples
        --------
        >>> vocabulary().kind_class("Platform"), vocabulary().kind_class("RoleHolding")
        ('Collaboration', 'RoleHolding')
        """
        return next((top for top, default in self._defaults.items() if default == local), local)

    def default_class(self, local: str) -> str:
        """Return the class of a row that names none: ``StakeholderOrganization`` in a table of ``Organization``."""
        return self._defaults.get(local, local)

    def usable_classes(self, local: str) -> tuple[str, ...]:
        """Return the local names that the column ``class`` may hold in a table declared with `local`."""
        return self.subclasses(self.kind_class(local))

    @cached_property
    def _defaults(self) -> Mapping[str, str]:
        return {
            local_name(top): local_name(default)
            for shape in self.terms
            for default in self.terms.iris(shape, f"{TSUT}defaultClass")
            for top in self.terms.iris(shape, f"{SH}targetClass")
        }

    @cached_property
    def _above(self) -> Mapping[str, list[str]]:
        return {subject: self.terms.iris(subject, f"{RDFS}subClassOf") for subject in self.terms}

    @cached_property
    def _below(self) -> Mapping[str, list[str]]:
        below: dict[str, list[str]] = {}
        for subject, parents in self._above.items():
            for parent in parents:
                below.setdefault(parent, []).append(subject)
        return below

    @staticmethod
    def _walk(start: str, steps: Mapping[str, list[str]]) -> Iterator[str]:
        seen = {start: None}
        queue = [start]
        while queue:
            iri = queue.pop(0)
            yield iri
            new = [item for item in steps.get(iri, ()) if item not in seen]
            seen.update(dict.fromkeys(new))
            queue += new

    # ---- columns ----

    @cached_property
    def _shapes(self) -> Mapping[str, list[str]]:
        shapes: dict[str, list[str]] = {}
        for shape in self.terms:
            for target in self.terms.iris(shape, f"{SH}targetClass"):
                shapes.setdefault(target, []).append(shape)
        return shapes

    @cached_property
    def _columns(self) -> dict[str, dict[str, Column]]:
        return {}

    def columns(self, local: str) -> dict[str, Column]:
        """Return the columns of a table of this class by name: its own, then inherited ones, then common ones."""
        if local not in self._columns:
            found: dict[str, Column] = {}
            for column in self._read(local):
                found.setdefault(column.name, column)
            self._columns[local] = found
        return self._columns[local]

    def _read(self, local: str) -> Iterator[Column]:
        """Yield the columns from the most particular shape to the common ones; a name may come more than once."""
        line = list(self._walk(self.class_iri(local), self._above))
        shapes = dict.fromkeys(shape for iri in line for shape in self._shapes.get(iri, ()))
        if line[0] == f"{SKOS}Concept":
            shapes = {CONCEPT_SHAPE: None}
        for shape in shapes:
            if shape not in (*COMMON_SHAPES, ADDED_SHAPE):
                yield from read_columns(self.terms, shape)
        if COMMON_SHAPES[0] in shapes:
            yield from (column for shape in COMMON_SHAPES for column in read_columns(self.terms, shape))

    def header_to_column(self, local: str, header: str) -> Column | None:
        """Return the column that a table header stands for, whatever its width, case, spaces and underscores.

        The column's name and the synonyms of this class count before labels, and these before general synonyms; the
        class's own columns before inherited and common ones. None when no column is known by the header.
        """
        return self._headers(local).get(_header_key(header))

    def header_beginnings(self, *locals: str) -> HeaderBeginnings:
        """Return what tells most texts of cells from headers of some classes before they are looked up."""
        known = self._beginnings.get(locals)
        if known is None:
            found = {key for local in locals for key in self._headers(local)}
            known = self._beginnings[locals] = HeaderBeginnings(found)
        return known

    @cached_property
    def _beginnings(self) -> dict[tuple[str, ...], HeaderBeginnings]:
        return {}

    def _headers(self, local: str) -> Mapping[str, Column]:
        if local not in self._header_index:
            index: dict[str, Column] = {}
            columns = self.columns(local).values()
            for rank in range(3):
                for column in columns:
                    for header in column.ranked_headers[rank]:
                        index.setdefault(_header_key(header), column)
            self._header_index[local] = index
        return self._header_index[local]

    @cached_property
    def _header_index(self) -> dict[str, Mapping[str, Column]]:
        return {}

    # ---- concepts ----

    @cached_property
    def schemes(self) -> Mapping[str, ConceptScheme]:
        """Id to concept scheme, those of the workspace first; they replace bundled ones of the same id."""
        own = {scheme.id: scheme for scheme in self.extra}
        return own | {scheme.id: scheme for scheme in read_schemes(self.terms) if scheme.id not in own}

    @property
    def field_schemes(self) -> tuple[str, ...]:
        """Ids of the schemes that fields of support may be counted in."""
        return tuple(scheme.id for scheme in self.schemes.values() if scheme.is_field)

    def with_scheme(self, extra: ConceptScheme) -> Vocabulary:
        """Return a vocabulary that also knows the scheme `extra`."""
        return Vocabulary(self.terms, (*self.extra, extra))

    def concept(self, scheme: str, text: str) -> Concept | None:
        """Return the concept that `text` names in the scheme (``"fields"``: in any field scheme), or None.

        Examples
        --------
        >>> found = vocabulary().concept("fields", "引きこもり")
        >>> found and found.notation
        'hikikomori'
        """
        return next((found for item in self._searched(scheme) if (found := item.find(text))), None)

    def is_concept_name(self, text: str) -> bool:
        """Tell whether any scheme has a concept of this name, in any spelling."""
        return spelling_key(text) in self._concept_keys

    def concept_names(self, text: str, spellings: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
        """Return the spellings of a header that are names of concepts; each kind of list asks for the same headers."""
        known = self._known_names.get(text)
        if known is None:
            known = tuple(name for name in spellings(text) if self.is_concept_name(name))
            if len(self._known_names) < _NAMES:
                self._known_names[text] = known
        return known

    @cached_property
    def _known_names(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _concept_keys(self) -> frozenset[str]:
        return frozenset(key for scheme in self.schemes.values() for key in scheme.keys)

    def nearest_concepts(self, scheme: str, text: str, n: int = 3) -> list[Concept]:
        """Return up to `n` concepts of the scheme whose names look most like `text`, best first; none that is far."""
        wanted = spelling_key(text)
        scored = [
            (-max(fuzz.WRatio(wanted, spelling_key(word)) for word in concept.words), order, concept)
            for order, concept in enumerate(concept for item in self._searched(scheme) for concept in item.concepts)
        ]
        near = [item for item in scored if -item[0] >= _NEAR]
        return [concept for _, _, concept in sorted(near, key=lambda item: item[:2])[:n]]

    def _searched(self, scheme: str) -> Iterable[ConceptScheme]:
        if scheme == FIELDS:
            return [item for item in self.schemes.values() if item.is_field]
        if scheme not in self.schemes:
            raise UnknownNameError(
                Message(f"概念体系「{scheme}」はありません。", f"There is no concept scheme {scheme!r}."),
                Message(f"使える体系: {', '.join(self.schemes)}", f"Schemes: {', '.join(self.schemes)}"),
            )
        return [self.schemes[scheme]]

    def role_properties(self, role: str) -> list[str]:
        """Return the IRIs of the direct links that holding the role (an IRI) stands for; empty when there is none."""
        return self.terms.iris(role, f"{ORG}roleProperty")

    # ---- labels ----

    def label(self, name: str, lang: str = "ja") -> str:
        """Return the label of a class, property, concept or scheme, given its IRI or our local name.

        Falls back to the other language, then to the last part of the name.
        """
        iri = name if name in self._labels else self.classes.get(name, TSU + name)
        labels = self._labels.get(iri, {})
        return labels.get(lang) or labels.get("ja") or labels.get("en") or local_name(name)

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        known: dict[str, Mapping[str, str]] = {
            subject: self.terms.by_language(subject, f"{RDFS}label")
            or self.terms.by_language(subject, f"{SKOS}prefLabel")
            for subject in self.terms
        }
        for scheme in self.extra:
            known[scheme.iri] = scheme.labels
            known.update((concept.iri, concept.labels) for concept in scheme.concepts)
        return known


class HeaderBeginnings:
    """The first two letters of headers: a text without any of them holds no header, whatever stands round it.

    Parameters
    ----------
    keys
        Headers as `_header_key` writes them.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        listed = set(keys)
        self._pairs = frozenset(key[:2] for key in listed if len(key) > 1)
        self._short = frozenset(key for key in listed if len(key) == 1)

    def __or__(self, texts: Iterable[str]) -> HeaderBeginnings:
        """Return those that also know other headers."""
        found = HeaderBeginnings(map(_header_key, texts))
        found._pairs |= self._pairs
        found._short |= self._short
        return found

    def are_in(self, text: str) -> bool:
        """Tell whether a text may hold one of the headers; what stands behind a bracket may complete one."""
        is_open, key, pairs = _pairs_of(text)
        return is_open or not (self._pairs.isdisjoint(pairs) and self._short.isdisjoint(key))


_OPENING = frozenset("([")


@lru_cache(maxsize=65_536)  # each kind asks for the texts of the first rows of a file
def _pairs_of(text: str) -> tuple[bool, str, frozenset[str]]:
    key = _header_key(text)
    return not _OPENING.isdisjoint(key) or "_" in text, key, frozenset(map("".join, pairwise(key)))


@lru_cache(maxsize=65_536)
def _header_key(header: str) -> str:
    return spelling_key(header).replace("_", "")


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the bundled ontology, read on first use."""
    return Vocabulary(ontology_terms())
