"""Readable names for the IRIs of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

import pyoxigraph as ox

from tsunagari.graph.sparql.queries import Queryable, solve
from tsunagari.ontology.namespaces import ID, local_name
from tsunagari.ontology.vocabulary import vocabulary

LABELS_AT_ONCE = 2000


def labels_of(store: Queryable | ox.Store, iris: Iterable[str], *, lang: str = "ja") -> dict[str, str]:
    """Return a readable name for each IRI: its label in `lang`, else in Japanese, in any language, else the IRI's end.

    Examples
    --------
    >>> labels_of(ox.Store(), ["https://w3id.org/tsunagari/id/source/a.csv#row=2"])
    {'https://w3id.org/tsunagari/id/source/a.csv#row=2': 'a.csv#row=2'}
    """
    wanted = [iri for iri in dict.fromkeys(iris) if ":" in iri]
    return best_labels(wanted, stated_labels(store, wanted), lang=lang)


def stated_labels(store: Queryable | ox.Store, wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield every label of some IRIs: the IRI, the label and its language (empty for none)."""
    known = [node for node in map(named_node, wanted) if node is not None]
    for start in range(0, len(known), LABELS_AT_ONCE):
        nodes = " ".join(map(str, known[start : start + LABELS_AT_ONCE]))
        paths = "skos:prefLabel rdfs:label dct:title"
        query = f"SELECT ?s ?l {{ VALUES ?s {{ {nodes} }} VALUES ?p {{ {paths} }} ?s ?p ?l }}"
        for subject, label in solve(store, query).rows:
            if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal):
                yield subject.value, label.value, label.language or ""


def named_node(text: str) -> ox.NamedNode | None:
    """Return the node with an IRI; None for a text that is no IRI, which so never becomes a part of a query.

    Examples
    --------
    >>> named_node("http://a> } SERVICE <http://b") is None
    True
    """
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def best_labels(wanted: Iterable[str], labels: Iterable[tuple[str, str, str]], *, lang: str = "ja") -> dict[str, str]:
    """Return the label to show for each IRI, of all that are stated; see `labels_of`.

    Examples
    --------
    >>> best_labels(["urn:a"], [("urn:a", "sea", "en"), ("urn:a", "海", "ja")], lang="fr")
    {'urn:a': '海'}
    """
    best: dict[str, tuple[int, str]] = {}
    order = {"ja": 1, "": 2, lang: 0}
    for iri, label, language in labels:
        found = (order.get(language, 3), label)
        best[iri] = min(found, best.get(iri, found))
    return {iri: best[iri][1] if iri in best else _readable_end(iri, lang) for iri in wanted}


def _readable_end(iri: str, lang: str) -> str:
    if iri.startswith(ID):
        rest = iri.removeprefix(ID)
        return unquote(rest.partition("/")[2] or rest)
    return vocabulary().label(iri, lang) if iri.startswith("http") else local_name(iri)
