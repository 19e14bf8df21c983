"""Concept schemes: the lists that cells take their values from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tsunagari.ontology.namespaces import RDF, SKOS, TSU, local_name
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.terms import Terms


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a concept scheme.

    Parameters
    ----------
    iri, scheme, notation
        Its IRI, the id of its scheme, and its code inside the scheme.
    labels, definitions
        Text by language.
    synonyms
        Other words for it.
    broader
        IRI of the concept above it; None at the top.
    """

    iri: str
    scheme: str
    notation: str
    labels: dict[str, str] = field(hash=False)
    synonyms: tuple[str, ...] = ()
    broader: str | None = None
    definitions: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What the concept itself is called: notation, labels, and its IRI in full and in short."""
        return (self.notation, *self.labels.values(), self.iri, f"{self.scheme}/{self.notation}")

    @property
    def words(self) -> tuple[str, ...]:
        """What people may write for it: notation, labels and synonyms."""
        return (self.notation, *self.labels.values(), *self.synonyms)


@dataclass(frozen=True)
class ConceptScheme:
    """A list of concepts in its own order.

    Parameters
    ----------
    id, iri
        Last part of its IRI, and the IRI.
    labels
        Name by language.
    concepts
        Its entries in the order of the file.
    is_field
        Whether fields of support may be counted in it.
    """

    id: str
    iri: str
    labels: dict[str, str]
    concepts: tuple[Concept, ...]
    is_field: bool = False

    @cached_property
    def _by_word(self) -> dict[str, Concept]:
        # Labels go first, so that one concept's synonym never hides another's own name.
        index: dict[str, Concept] = {}
        for words in ("names", "synonyms"):
            for concept in self.concepts:
                for word in getattr(concept, words):
                    index.setdefault(spelling_key(word), concept)
        return index

    @property
    def keys(self) -> Iterable[str]:
        """Keys of the spellings of all names, synonyms, notations and IRIs."""
        return self._by_word.keys()

    def find(self, text: str) -> Concept | None:
        """Return the concept that `text` names by notation, label, synonym or IRI in any spelling; None if none."""
        return self._by_word.get(spelling_key(text))


def read_schemes(terms: Terms) -> Iterator[ConceptScheme]:
    """Yield the concept schemes in the order of their files."""
    members: dict[str, list[Concept]] = {}
    for subject in terms:
        for scheme in terms.iris(subject, f"{SKOS}inScheme"):
            members.setdefault(scheme, []).append(_read_concept(terms, subject, local_name(scheme)))
    for iri, concepts in members.items():
        types = terms.iris(iri, f"{RDF}type")
        yield ConceptScheme(
            id=local_name(iri),
            iri=iri,
            labels=terms.by_language(iri, f"{SKOS}prefLabel"),
            concepts=tuple(concepts),
            is_field=f"{TSU}FieldScheme" in types,
        )


def _read_concept(terms: Terms, iri: str, scheme: str) -> Concept:
    return Concept(
        iri=iri,
        scheme=scheme,
        notation=terms.text(iri, f"{SKOS}notation") or local_name(iri),
        labels=terms.by_language(iri, f"{SKOS}prefLabel"),
        synonyms=tuple(text for name in ("altLabel", "hiddenLabel") for text in terms.texts(iri, f"{SKOS}{name}")),
        broader=next(iter(terms.iris(iri, f"{SKOS}broader")), None),
        definitions=terms.by_language(iri, f"{SKOS}definition"),
    )
