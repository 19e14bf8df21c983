"""The nodes of the graph as plain values: what every table and network is made from.

All nodes of a class are read at once with all they say. A value is found under the snake-case name of its property
(``org:member`` is ``member``), so that a new property of the ontology needs no change here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from tsunagari.graph.columns import TIME_COLUMNS, Validity, validity
from tsunagari.graph.facts.kept import Kept
from tsunagari.graph.store import Store
from tsunagari.ontology.namespaces import local_name
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.columns import Columns

T = TypeVar("T")
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


def read_things(columns: Columns, *classes: str) -> dict[str, Thing]:
    """Read every node of the classes and of their subclasses, with all it says.

    Parameters
    ----------
    columns
        Where to look.
    classes
        Local names of classes of the ontology.

    Returns
    -------
    IRI to thing, sorted by IRI; empty when there is none.
    """
    codes = columns.of_class(*classes)
    if not len(codes):
        return {}
    names, places = columns.classes(codes, *classes)
    found: list[dict[str, tuple[str, ...]]] = [{} for _ in range(len(codes))]
    for name in columns.names:
        starts, values = columns.all(name, codes)
        if len(values):
            texts, bounds = columns.text(values), starts.tolist()
            for row in (starts[1:] > starts[:-1]).nonzero()[0].tolist():
                found[row][name] = tuple(texts[bounds[row] : bounds[row + 1]])
    labels = columns.preferred_labels(codes)
    return {
        iri: Thing(iri, names[place], said, labels.get(code, {}))
        for iri, code, place, said in zip(columns.text(codes), codes.tolist(), places.tolist(), found, strict=True)
    }


class Reader:
    """Reads things of a graph once and keeps them, because tables and networks need the same ones.

    Parameters
    ----------
    store
        Where to look; what changes there later is not seen.

    Attributes
    ----------
    kept
        What was computed of the graph: networks, coverage, brokers of a day, scope and need.
    whole
        The whole graph where this is its public edition: coverage asks it which cells hang on what is withheld. None
        otherwise.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._columns: Columns | None = None
        self._things: dict[str, dict[str, Thing]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._remembered: dict[str, Any] = {}
        self.kept = Kept()
        self.whole: Reader | None = None

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
            self._things[name] = read_things(self.columns, name)
        found = {iri: thing for name in classes for iri, thing in self._things[name].items()}
        return dict(sorted(found.items())) if len(classes) > 1 else found

    def remember(self, name: str, read: Callable[[Columns], T]) -> T:
        """Return what `read` makes of the columns, read once under this name."""
        if name not in self._remembered:
            self._remembered[name] = read(self.columns)
        found: T = self._remembered[name]
        return found

    def label(self, iri: str | None, lang: str = "ja") -> str:
        """Return the label of anything, from the store or else from the ontology; empty for None."""
        if iri is None:
            return ""
        known = self._labels.setdefault(lang, {})
        if iri not in known:
            known[iri] = self.columns.labels([self.columns.code(iri)], lang)[0] or vocabulary().label(iri, lang)
        return known[iri]
