"""The nodes of the graph as plain values: what every table and network is made from.

One query reads all nodes of a class with all they say. A value is found under the snake-case name of its property
(``org:member`` is ``member``), so that a new property of the ontology needs no change here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from tsunagari.graph.columns import TIME_COLUMNS, Validity, validity
from tsunagari.graph.store import Store, select
from tsunagari.ontology.namespaces import RDF, SKOS, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.columns import Columns

T = TypeVar("T")
RDF_TYPE = f"{RDF}type"
PREF_LABEL = f"{SKOS}prefLabel"
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Thing:
    """One node of the graph.

    Parameters
    ----------
    iri
        Its identifier.
    cls
        Local name of its most specific class.
    values
        Property, by the snake-case form of its local name, to the values as text (IRI or lexical form), sorted.
    labels
        Language to preferred label.
    """

    iri: str
    cls: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    labels: Mapping[str, str] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a property, empty when it has none."""
        return self.values.get(name, ())

    def one(self, name: str) -> str | None:
        """Return the first value of a property, None when it has none."""
        found = self.values.get(name, ())
        return found[0] if found else None

    def label(self, lang: str = "ja") -> str:
        """Return the preferred label in `lang`, else in Japanese, else in any language, else the end of the IRI."""
        for wanted in (lang, "ja", *sorted(self.labels)):
            if wanted in self.labels:
                return self.labels[wanted]
        return local_name(self.iri)

    @property
    def status(self) -> str:
        """Notation of the claim status; a node that says nothing about it is stated."""
        return local_name(self.one("status") or "stated")

    def holds(self, at: str | None) -> Validity:
        """Tell whether it holds on a day; without a day everything holds certainly."""
        return "certain" if at is None else validity({name: self.one(name) for name in TIME_COLUMNS}, at)


def read_things(store: Store, *classes: str) -> dict[str, Thing]:
    """Read every node of the classes and of their subclasses, with all it says.

    Parameters
    ----------
    store
        Where to look.
    classes
        Local names of classes of the ontology.

    Returns
    -------
    IRI to thing, sorted by IRI; empty when there is none.
    """
    ranks = _class_ranks(classes)
    types = " ".join(f"<{iri}>" for iri in ranks)
    answer = store.query(f"SELECT ?s ?p ?o {{ VALUES ?c {{ {types} }} ?s a ?c ; ?p ?o }}")
    assert isinstance(answer, ox.QuerySolutions)
    said: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in answer:
        said[subject.value][predicate.value].add(value)
    return {iri: _thing(iri, said[iri], ranks) for iri in sorted(said)}


def _class_ranks(classes: Iterable[str]) -> dict[str, int]:
    """Return the IRI of each class asked for with the number of classes below it: the fewer, the more specific."""
    words = vocabulary()
    names = {name for top in classes for name in words.subclasses(top)}
    return {words.class_iri(name): len(words.subclasses(name)) for name in sorted(names)}


def _thing(iri: str, said: Mapping[str, set[ox.NamedNode | ox.Literal]], ranks: Mapping[str, int]) -> Thing:
    types = [value.value for value in said[RDF_TYPE] if value.value in ranks]
    cls = local_name(min(types, key=lambda name: (ranks[name], name)))
    texts: dict[str, set[str]] = defaultdict(set)
    for path, found in said.items():
        texts[column_name(path)].update(value.value for value in found)
    values = {name: tuple(sorted(found)) for name, found in texts.items()}
    labels = {
        value.language or "": value.value
        for value in sorted(said.get(PREF_LABEL, ()), key=str, reverse=True)
        if isinstance(value, ox.Literal)
    }
    return Thing(iri, cls, values, labels)


def read_labels(store: Store, *, lang: str = "ja") -> dict[str, str]:
    """Return the label of everything that has one: things, concepts, classes, properties, documents.

    Parameters
    ----------
    store
        Where to look.
    lang
        Language to prefer; Japanese, then any other, stands in.
    """
    best: dict[str, tuple[int, str]] = {}
    order = {"ja": 1, "": 2, lang: 0}
    query = "SELECT ?s ?l (LANG(?l) AS ?g) { VALUES ?p { skos:prefLabel rdfs:label dct:title } ?s ?p ?l }"
    for iri, text, language in select(store, query):
        if iri is not None and text is not None:
            found = (order.get(language or "", 3), text)
            best[iri] = min(found, best.get(iri, found))
    return {iri: text for iri, (_, text) in best.items()}


class Reader:
    """Reads things of a store once and keeps them, because tables and networks need the same ones.

    Parameters
    ----------
    store
        Where to look; what changes there later is not seen.
    columns
        The same by columns; made from the store when they are first needed if None.
    """

    def __init__(self, store: Store, *, columns: Columns | None = None) -> None:
        self.store = store
        self._columns = columns
        self._things: dict[str, dict[str, Thing]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._read_labels: dict[str, dict[str, str]] = {}
        self._remembered: dict[str, Any] = {}

    @property
    def columns(self) -> Columns:
        """Everything the store says as arrays of numbers, see `tsunagari.graph.columns.columns`."""
        if self._columns is None:
            from tsunagari.graph.columns import columns_of

            self._columns = columns_of(self.store)
        return self._columns

    def things(self, *classes: str) -> dict[str, Thing]:
        """Return the things of all these classes, see `read_things`."""
        missing = [name for name in classes if name not in self._things]
        for name in missing:
            self._things[name] = read_things(self.store, name)
        found = {iri: thing for name in classes for iri, thing in self._things[name].items()}
        return dict(sorted(found.items())) if len(classes) > 1 else found

    def remember(self, name: str, read: Callable[[Store], T]) -> T:
        """Return what `read` makes of the store, read once under this name."""
        if name not in self._remembered:
            self._remembered[name] = read(self.store)
        found: T = self._remembered[name]
        return found

    def label(self, iri: str | None, lang: str = "ja") -> str:
        """Return the label of anything, from the store or else from the ontology; empty for None."""
        if iri is None:
            return ""
        if self._columns is not None:  # a look-up in open columns is quicker than reading every label of the store
            known = self._labels.setdefault(lang, {})
            if iri not in known:
                known[iri] = self._columns.labels([self._columns.code(iri)], lang)[0] or vocabulary().label(iri, lang)
            return known[iri]
        if lang not in self._read_labels:
            self._read_labels[lang] = read_labels(self.store, lang=lang)
        return self._read_labels[lang].get(iri) or vocabulary().label(iri, lang)

    def class_label(self, thing: Thing, lang: str = "ja") -> str:
        """Return the label of a thing's class."""
        return self.label(vocabulary().class_iri(thing.cls), lang)
