"""JSON-LD with the ontology's own context: the same quads in the same order give the same bytes.

rdflib and pyoxigraph write JSON-LD too, but the first keeps no order and the second takes no context.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, TypeAlias

import pyoxigraph as ox

from tsunagari.ontology.namespaces import RDF, XSD

Value: TypeAlias = ox.NamedNode | ox.Literal
Node: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What of a JSON-LD context is needed to write with it.

    Parameters
    ----------
    source
        The context as it stands in its file.
    prefixes
        Namespace to prefix.
    terms
        IRI to each term that stands for it and the type that the term gives its values (an IRI, ``@id`` or None).
    """

    source: Mapping[str, Any]
    prefixes: Mapping[str, str]
    terms: Mapping[str, tuple[tuple[str, str | None], ...]]

    def term(self, iri: str, kind: str | None) -> str | None:
        """Return the term for a property whose values have the type, None when there is none."""
        return next((term for term, found in self.terms.get(iri, ()) if found == kind), None)

    def shrink(self, iri: str) -> str:
        """Return an IRI as prefix and rest where that is shorter, else as it is."""
        for namespace, prefix in self.prefixes.items():
            rest = iri.removeprefix(namespace)
            if rest != iri and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri


@cache
def bundled_context() -> Context:
    """Return the context of the ontology (``ontology/context.jsonld``)."""
    text = (files("tsunagari.ontology") / "context.jsonld").read_text(encoding="utf-8")
    return read_context(json.loads(text)["@context"])


def read_context(source: Mapping[str, Any]) -> Context:
    """Read prefixes and terms of a context of the simple kind: prefixes, names of IRIs, types of values."""
    simple = {name: value for name, value in source.items() if isinstance(value, str) and not name.startswith("@")}
    prefixes = {value: name for name, value in simple.items() if value.endswith(("#", "/"))}
    names = {name: namespace for namespace, name in prefixes.items()}
    terms: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for name, value in source.items():
        if name.startswith("@") or name in names:
            continue
        target = value if isinstance(value, str) else value["@id"]
        kind = None if isinstance(value, str) else value.get("@type")
        terms[_expand(target, names)].append((name, kind if kind in (None, "@id") else _expand(kind, names)))
    longest_first = dict(sorted(prefixes.items(), key=lambda item: (-len(item[0]), item[0])))
    return Context(source, longest_first, {iri: tuple(found) for iri, found in terms.items()})


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else name


def jsonld_parts(quads: Iterable[ox.Quad], context: Context | None = None) -> Iterator[str]:
    """Yield a JSON-LD document with one ``@graph`` for each named graph, a node at once: no more needs to be held.

    Parameters
    ----------
    quads
        What to write, in the order in which nodes and values shall stand; quads of one graph and of one subject
        together.
    context
        The context to use and to include; None for that of the ontology.

    Examples
    --------
    >>> subject, predicate, graph = (ox.NamedNode(f"urn:{name}") for name in "apg")
    >>> quad = ox.Quad(subject, predicate, ox.Literal("あ", language="ja"), graph)
    >>> json.loads("".join(jsonld_parts([quad], read_context({}))))["@graph"]
    [{'@id': 'urn:g', '@graph': [{'@id': 'urn:a', 'urn:p': {'@value': 'あ', '@language': 'ja'}}]}]
    """
    words = context or bundled_context()
    yield '{\n "@context": ' + _indented(words.source, 1) + ',\n "@graph": ['
    between = "\n"
    for graph, inside in groupby(quads, key=lambda quad: _iri(quad.graph_name)):
        yield f'{between}  {{\n   "@id": {_indented(words.shrink(graph), 0)},\n   "@graph": ['
        between = ",\n"
        before = "\n"
        for subject, said in groupby(inside, key=lambda quad: _iri(quad.subject)):
            yield f"{before}    {_indented(_node(subject, said, words), 4)}"
            before = ",\n"
        yield "\n   ]\n  }"
    yield "]\n}\n" if between == "\n" else "\n ]\n}\n"


def _node(subject: str, said: Iterable[ox.Quad], words: Context) -> Node:
    node: Node = {"@id": words.shrink(subject)}
    for quad in said:
        key, value = _entry(quad.predicate.value, quad.object, words)
        node.setdefault(key, []).append(value)
    return _tidy(node)


def _indented(value: Any, depth: int) -> str:
    """Return a value as JSON whose further lines stand `depth` deeper; no text in it holds a line break of its own."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _iri(node: object) -> str:
    if not isinstance(node, ox.NamedNode):
        raise TypeError(f"only IRIs can stand here: {node}")
    return node.value


def _tidy(node: Node) -> Node:
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _entry(predicate: str, value: object, words: Context) -> tuple[str, Any]:
    """Return the key and the value of a statement."""
    if isinstance(value, ox.NamedNode):
        if predicate == f"{RDF}type":
            return "@type", words.term(value.value, None) or words.shrink(value.value)
        term = words.term(predicate, "@id")
        shown = words.shrink(value.value)
        return (term, shown) if term else (words.term(predicate, None) or words.shrink(predicate), {"@id": shown})
    if not isinstance(value, ox.Literal):
        raise TypeError(f"only IRIs and literals can stand here: {value}")
    datatype = value.datatype.value
    if value.language:
        return words.term(predicate, None) or words.shrink(predicate), {
            "@value": value.value,
            "@language": value.language,
        }
    if datatype == f"{XSD}string":
        return words.term(predicate, None) or words.shrink(predicate), value.value
    term = words.term(predicate, datatype)
    if term:
        return term, value.value
    typed = {"@value": value.value, "@type": words.shrink(datatype)}
    return words.term(predicate, None) or words.shrink(predicate), typed
