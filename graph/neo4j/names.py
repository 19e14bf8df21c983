"""Names in the property graph: which label, property and type of relationship stands for which IRI, and back.

A name depends on its IRI alone, never on what else the graph holds: what the ontology names goes by its local name, a
known namespace's prefix tells the rest apart, and anything else gets a mark made of its IRI.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import NamedNode

from tsunagari.errors import Message, StoreError
from tsunagari.ontology.namespaces import (
    DCT,
    OA,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    REFERENCE_GRAPH,
    SCHEME,
    SH,
    SKOS,
    TSU,
)
from tsunagari.ontology.namespaces import local_name as local
from tsunagari.ontology.quads import ontology_quads
from tsunagari.ontology.terms import shape_triples

RESOURCE = "Resource"  # the label that every node of ours has
MARKER, LOCK = "TsunagariPush", "TsunagariLock"
IRI, GRAPHS, CLASSES, NAME, STATUS, EXACT, HASH = "iri", "graphs", "classes", "name", "status", "_rdf", "_hash"
OWN_KEYS = frozenset({IRI, GRAPHS, CLASSES, NAME, STATUS, EXACT, HASH})
SHORTCUTS = ("COLLABORATES_WITH", "MEMBER_OF", "PROVIDES", "COVERS")  # derived, see `shortcuts`
# Whose word counts where two vocabularies use one local name.
_ORDER = (TSU, ORG, SKOS, DCT, PROV, OA, RDFS, OWL, RDF)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TYPE = f"{RDF}type"


@cache
def _plain_names() -> Mapping[str, str]:
    """Return the IRIs that go by their local name."""
    nodes: list[object] = []
    for quad in ontology_quads(REFERENCE_GRAPH):
        nodes += [quad.subject, quad.predicate] + [quad.object] * (quad.predicate.value == _TYPE)
    nodes += [triple.object for triple in shape_triples() if triple.predicate.value == f"{SH}path"]
    iris = {node.value for node in nodes if isinstance(node, NamedNode)}
    iris = {iri for iri in iris if not iri.startswith(SCHEME)}  # concepts are things, not words
    found: dict[str, str] = {}
    for iri in sorted(iris, key=lambda text: (_rank(text), text)):
        if _PLAIN.fullmatch(local(iri)):
            found.setdefault(local(iri), iri)
    return {iri: name for name, iri in found.items()}


def _rank(iri: str) -> int:
    return next((place for place, namespace in enumerate(_ORDER) if iri.startswith(namespace)), len(_ORDER))


@cache
def name_of(iri: str) -> str:
    """Return the name that stands for the IRI of a class or property.

    Examples
    --------
    >>> name_of("https://w3id.org/tsunagari/ont#validFrom"), name_of("http://www.w3.org/2002/07/owl#Class")
    ('validFrom', 'owl_Class')
    """
    plain = _plain_names().get(iri)
    if plain is not None:
        return plain
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _PLAIN.fullmatch(iri[len(namespace) :]):
            return f"{prefix}_{iri[len(namespace) :]}"
    mark = hashlib.sha256(iri.encode()).hexdigest()[:8]
    plain = re.sub(r"[^A-Za-z0-9]+", "_", local(iri)).strip("_")
    return f"{plain if plain[:1].isalpha() else f'x{plain}'}_{mark}"


def _prefixed(iri: str) -> str:
    prefix = next((prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)), "x")
    return f"{prefix}_{local(iri)}"


@cache
def label_of(iri: str) -> str:
    """Return the label that stands for a class."""
    name = name_of(iri)
    return name if name not in (RESOURCE, MARKER, LOCK) else _prefixed(iri)


@cache
def key_of(iri: str, language: str | None = None) -> str:
    """Return the key under which a node has the values of a property, those of a language apart.

    Examples
    --------
    >>> key_of("http://www.w3.org/2004/02/skos/core#prefLabel", "ja")
    'prefLabel_ja'
    """
    name = name_of(iri)
    name = name if name not in OWN_KEYS else _prefixed(iri)
    return name if language is None else f"{name}_{language.replace('-', '_')}"


@cache
def type_of(iri: str) -> str:
    """Return the type of the relationships that stand for a property.

    Examples
    --------
    >>> type_of("https://w3id.org/tsunagari/ont#tieFrom"), type_of("http://www.w3.org/ns/org#memberOf")
    ('TIE_FROM', 'ORG_MEMBER_OF')
    """
    found = _CAPITAL.sub("_", name_of(iri)).upper()
    return found if found not in SHORTCUTS else _CAPITAL.sub("_", _prefixed(iri)).upper()


@dataclass(slots=True)
class Names:
    """What stands for what in one database.

    Parameters
    ----------
    labels, types
        Label or type of relationship to the IRI it stands for.
    keys
        Key of a node to the IRI of the property and the language of its values, None for values without one.
    """

    labels: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    keys: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """Return the label of a class and note it."""
        return _noted(self.labels, label_of(iri), iri)

    def type(self, iri: str) -> str:
        """Return the type of a relationship and note it."""
        return _noted(self.types, type_of(iri), iri)

    def key(self, iri: str, language: str | None) -> str:
        """Return the key of a node's values and note it."""
        name = key_of(iri, language)
        if self.keys.setdefault(name, (iri, language)) != (iri, language):
            raise _clash(name, (self.keys[name][0], iri))
        return name

    def add(self, other: Names) -> None:
        """Take over what another graph has noted.

        Raises
        ------
        StoreError
            One name would stand for two IRIs.
        """
        for name, iri in other.labels.items():
            _noted(self.labels, name, iri)
        for name, iri in other.types.items():
            _noted(self.types, name, iri)
        for name, (iri, language) in other.keys.items():
            if self.keys.setdefault(name, (iri, language)) != (iri, language):
                raise _clash(name, (self.keys[name][0], iri))


def _noted(known: dict[str, str], name: str, iri: str) -> str:
    if known.setdefault(name, iri) != iri:
        raise _clash(name, (known[name], iri))
    return name


def _clash(name: str, iris: Iterable[str]) -> StoreError:
    both = " / ".join(iris)
    return StoreError(
        Message(
            f"二つの語が Neo4j で同じ名前（{name}）になります: {both}",
            f"Two terms would have one name ({name}) in Neo4j: {both}",
        ),
        Message("どちらかを別の語に替えてください。", "Use another term for one of them."),
    )
