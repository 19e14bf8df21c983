"""The triples of the ontology's own Turtle files, read once and looked up by subject and property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from tsunagari.ontology.namespaces import RDF

SHAPES = "shapes.ttl"

Node = NamedNode | BlankNode | Literal | Triple


def ontology_files() -> list[Traversable]:
    """Return the Turtle files of the ontology: core, shapes, then the schemes by name."""
    folder = files("tsunagari.ontology")
    schemes = [item for item in (folder / "schemes").iterdir() if item.name.endswith(".ttl")]
    return [folder / "core.ttl", folder / SHAPES, *sorted(schemes, key=lambda item: item.name)]


class Terms:
    """Triples by subject, in the order of the files.

    Parameters
    ----------
    triples
        Subject, property and object of each statement.
    """

    def __init__(self, triples: Iterable[tuple[str, str, Node]]) -> None:
        self._statements: dict[str, dict[str, list[Node]]] = {}
        for subject, predicate, value in triples:
            self._statements.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)

    def nodes(self, subject: str, predicate: str) -> list[Node]:
        """Return the objects of `subject` and `predicate`; empty when there are none."""
        return self._statements.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the IRIs and blank node ids among the objects."""
        return [key(node) for node in self.nodes(subject, predicate) if isinstance(node, NamedNode | BlankNode)]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the texts of the literals among the objects, whatever their language."""
        return [node.value for node in self.nodes(subject, predicate) if isinstance(node, Literal)]

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first literal's text, or None."""
        return next(iter(self.texts(subject, predicate)), None)

    def by_language(self, subject: str, predicate: str) -> dict[str, str]:
        """Return language tag to text of the language-tagged objects; the first of each language."""
        found: dict[str, str] = {}
        for node in self.nodes(subject, predicate):
            if isinstance(node, Literal) and node.language:
                found.setdefault(node.language, node.value)
        return found

    def members(self, head: str) -> list[str]:
        """Return the members of the RDF list that starts at `head`."""
        found: list[str] = []
        while head != f"{RDF}nil":
            found += self.iris(head, f"{RDF}first")
            head = next(iter(self.iris(head, f"{RDF}rest")), f"{RDF}nil")
        return found


def key(node: NamedNode | BlankNode) -> str:
    """Return the IRI of a named node, or ``_:`` and the id of a blank one."""
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


def _triples(sources: Iterable[Traversable]) -> Iterator[Triple]:
    for source in sources:
        yield from (quad.triple for quad in parse(source.read_bytes(), format=RdfFormat.TURTLE))


def term_triples() -> Iterator[Triple]:
    """Yield the triples of core and schemes, in the order of the files."""
    return _triples(item for item in ontology_files() if item.name != SHAPES)


def shape_triples() -> Iterator[Triple]:
    """Yield the triples of the shapes."""
    return _triples(item for item in ontology_files() if item.name == SHAPES)


@cache
def ontology_terms() -> Terms:
    """Return the triples of the bundled ontology, shapes included, read on first use."""
    return Terms(
        (key(triple.subject), triple.predicate.value, triple.object)
        for triple in _triples(ontology_files())
        if isinstance(triple.subject, NamedNode | BlankNode)
    )
