"""Ready-made questions asked of a Neo4j database in Cypher: the files ``*.cypher`` beside those in SPARQL.

A file returns the columns of its twin. A node, or a map with nothing but ``iri``, stands for the thing of that IRI; a
list for several things or texts. Parameters come under their own names: IRIs as text, days as dates, null where nothing
is given. What a question is about, its parameters and its columns stand in the head of the SPARQL file alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox

from tsunagari.errors import Message, Place, QueryError
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import whole_marker
from tsunagari.graph.neo4j.names import RESOURCE, label_of
from tsunagari.graph.neo4j.property_graph import NAMED_BY as LABELLED_BY
from tsunagari.graph.neo4j.writing import chunks
from tsunagari.graph.sparql import NAMED_BY, Answer, QueryFile, Term, Value, too_slow
from tsunagari.ontology.namespaces import TSU, XSD, scheme_iri
from tsunagari.ontology.vocabulary import FIELDS, vocabulary

_VALUES = "[key IN $keys WHERE n[key] IS NOT NULL | [key, n[key]]]"
OF_CLASSES = f"MATCH (n:{RESOURCE}) WHERE any(label IN labels(n) WHERE label IN $labels) RETURN n.iri, {_VALUES}"
OF_FIELDS = f"MATCH (n:{RESOURCE})-[:IN_SCHEME]->(:{label_of(f'{TSU}FieldScheme')}) RETURN DISTINCT n.iri, {_VALUES}"
OF_SCHEME = f"MATCH (n:{RESOURCE})-[:IN_SCHEME]->(:{RESOURCE} {{iri: $scheme}}) RETURN n.iri, {_VALUES}"
LABELS = f"UNWIND $iris AS iri MATCH (n:{RESOURCE} {{iri: iri}}) RETURN iri, {_VALUES}"


class CypherEngine:
    """Answers questions in Cypher, see `tsunagari.graph.sparql.engine.QuestionEngine`.

    Parameters
    ----------
    database
        The database; it is only read.

    Raises
    ------
    StoreError
        It holds no whole graph of ours.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = whole_marker(database).names.keys

    def names(self, kind: str, of: str) -> Iterator[tuple[str, str, str, str]]:
        """Yield the names of all things of some classes, or of the concepts of a scheme."""
        keys = self._keys_of(NAMED_BY)
        if kind == "name":
            words = vocabulary()
            labels = [label_of(words.class_iri(top)) for top in of.split("|")]
            rows = self._database.read(OF_CLASSES, keys=keys, labels=labels)
        elif of == FIELDS:
            rows = self._database.read(OF_FIELDS, keys=keys)
        else:
            rows = self._database.read(OF_SCHEME, keys=keys, scheme=scheme_iri(of))
        for iri, path, text, language in self._texts(rows):
            if not iri.startswith("_:"):
                yield iri, path, text, language

    def labels(self, iris: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Yield every label of some IRIs with its language."""
        keys = self._keys_of(LABELLED_BY)
        for part in chunks(iris):
            for iri, _, text, language in self._texts(self._database.read(LABELS, keys=keys, iris=list(part))):
                yield iri, text, language

    def check(self, file: QueryFile) -> None:
        """Refuse a question that no file asks in Cypher.

        Raises
        ------
        QueryError
            There is none.
        """
        self._text(file)

    def answer(self, file: QueryFile, values: Mapping[str, Value], timeout: float | None) -> Answer:
        """Return what the Cypher file gives.

        Raises
        ------
        QueryError
            The server does not understand it, it would write, or the time is up.
        """
        text, path = self._text(file)
        asked: dict[str, Any] = {line.text.split()[0]: None for line in file.all("parameter")}
        asked |= {name: _parameter(value) for name, value in values.items()}
        try:
            columns, rows = self._database.table(text, asked, timeout=timeout)
        except TimeoutError as error:
            raise too_slow(timeout or 0) from error
        except QueryError as error:
            raise QueryError(error.message, error.hint, Place(file=path)) from error
        return Answer(columns, [tuple(_term(value) for value in row) for row in rows])

    def _text(self, file: QueryFile) -> tuple[str, str]:
        found = file.twin()
        if found is None:
            raise QueryError(
                Message(
                    f"質問「{file.name}」には Cypher の文がありません。",
                    f"The question {file.name!r} has no Cypher text.",
                ),
                Message(
                    f"{file.name}.cypher を同じフォルダーに置くか、--engine を付けずに尋ねてください。",
                    f"Put {file.name}.cypher beside it, or ask without --engine.",
                ),
                Place(file=file.path),
            )
        return found

    def _keys_of(self, paths: Sequence[str]) -> list[str]:
        return [key for key, (path, _) in self._keys.items() if path in paths]

    def _texts(self, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str, str, str]]:
        for iri, found in rows:
            for key, value in found:
                path, language = self._keys[key]
                for text in value if isinstance(value, list) else [value]:
                    yield iri, path, str(text), language or ""


def _parameter(value: Value) -> str | int | date:
    """Return a term as Cypher takes it."""
    if isinstance(value, ox.NamedNode):
        return value.value
    datatype = value.datatype.value
    if datatype == f"{XSD}date":
        return date.fromisoformat(value.value)
    return int(value.value) if datatype == f"{XSD}integer" else value.value


def _term(value: Any) -> Term | None:
    """Return what a cell stands for; a list becomes one text, as SPARQL's twin gives it."""
    if isinstance(value, list):
        return ox.Literal("\x1f".join(str(item["iri"] if isinstance(item, dict) else item) for item in value))
    if isinstance(value, dict):
        iri = value.get("iri")
        if not iri:
            return None
        return ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
    return None if value is None else ox.Literal(value)
