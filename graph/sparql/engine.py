"""What answers a ready-made question: here a store by SPARQL; `tsunagari.graph.neo4j.questions` is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from tsunagari.graph.sparql import parameters, sparql_text
from tsunagari.graph.sparql.node_labels import stated_labels
from tsunagari.graph.sparql.queries import Queryable, solve
from tsunagari.graph.sparql.query_guard import check_query
from tsunagari.ontology.namespaces import TSU, scheme_iri
from tsunagari.ontology.vocabulary import FIELDS, vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.sparql.answers import Answer
    from tsunagari.graph.sparql.query_files import QueryFile


class QuestionEngine(parameters.Engine, Protocol):
    """What answers the query of a file, and knows names and labels in the graph that it is asked of."""

    def labels(self, iris: Sequence[str]) -> Iterable[tuple[str, str, str]]:
        """Yield every label of some IRIs: the IRI, the label and its language (empty for none)."""
        ...

    def check(self, file: QueryFile) -> None:
        """Refuse a file that cannot be asked.

        Raises
        ------
        QueryError
            What is wrong with it.
        """
        ...

    def answer(self, file: QueryFile, values: Mapping[str, parameters.Value], timeout: float | None) -> Answer:
        """Return what the query gives for some values.

        Raises
        ------
        QueryError
            It fails, or the time is up.
        """
        ...


class SparqlEngine:
    """Answers by SPARQL.

    Parameters
    ----------
    store
        The graph.
    """

    def __init__(self, store: Queryable | ox.Store) -> None:
        self._store = store

    def names(self, kind: str, of: str) -> Iterator[tuple[str, str, str, str]]:
        """See `tsunagari.graph.sparql.parameters.Engine`."""
        pattern = _of_classes(of) if kind == "name" else _of_scheme(of)
        paths = " ".join(f"<{path}>" for path in parameters.NAMED_BY)
        text = f"SELECT ?thing ?path ?name {{ {pattern} VALUES ?path {{ {paths} }} ?thing ?path ?name }}"
        for thing, path, name in solve(self._store, text).rows:
            if isinstance(thing, ox.NamedNode) and isinstance(path, ox.NamedNode) and isinstance(name, ox.Literal):
                yield thing.value, path.value, name.value, name.language or ""

    def labels(self, iris: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """See `QuestionEngine`."""
        return stated_labels(self._store, iris)

    def check(self, file: QueryFile) -> None:
        """See `QuestionEngine`."""
        check_query(file.text, file=file.path)

    def answer(self, file: QueryFile, values: Mapping[str, parameters.Value], timeout: float | None) -> Answer:
        """See `QuestionEngine`."""
        text = sparql_text.bind(file.text, values)
        check_query(text, file=file.path)  # a value may stand where none of its kind can
        return solve(self._store, text, timeout=timeout)


def _of_classes(tops: str) -> str:
    """Return the pattern that finds the things of some classes."""
    words = vocabulary()
    names = dict.fromkeys(name for top in tops.split("|") for name in words.subclasses(top))
    classes = " ".join(f"<{words.class_iri(name)}>" for name in names)
    return f"VALUES ?class {{ {classes} }} ?thing a ?class ."


def _of_scheme(scheme: str) -> str:
    """Return the pattern that finds the concepts of a scheme."""
    if scheme == FIELDS:
        return f"?scheme a <{TSU}FieldScheme> . ?thing skos:inScheme ?scheme ."
    return f"?thing skos:inScheme <{scheme_iri(scheme)}> ."
