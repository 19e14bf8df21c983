"""Namespaces, and the only functions that make the IRIs of terms, concepts, things, graphs and table rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

BASE = "https://w3id.org/tsunagari/"
ONTOLOGY = f"{BASE}ont"
TSU = f"{BASE}ont#"
TSUT = f"{BASE}table#"  # what shapes say about tables; never stands in a graph
SCHEME = f"{BASE}scheme/"
ID = f"{BASE}id/"
KEY_DIGITS = 16

CPSV = "http://purl.org/vocab/cpsv#"
CV = "http://data.europa.eu/m8g/"
DC = "http://purl.org/dc/elements/1.1/"
DCT = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SACS = "http://data.e-stat.go.jp/lod/terms/sacs#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "cpsv": CPSV,
    "cv": CV,
    "dc": DC,
    "dct": DCT,
    "geo": GEO,
    "id": ID,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sacs": SACS,
    "schema": SCHEMA,
    "scheme": SCHEME,
    "sh": SH,
    "skos": SKOS,
    "tsu": TSU,
    "xsd": XSD,
}

REFERENCE_GRAPH = f"{ID}graph/reference"
PROVENANCE_GRAPH = f"{ID}graph/provenance"
PUBLICATION_GRAPH = f"{ID}graph/publication"  # a server's note of what was published there; no part of any graph
REFUSED, BLANK = "refused", "blank"

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _segment(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe="-._~")


def scheme_iri(scheme: str) -> str:
    """Return the IRI of the concept scheme with this id."""
    return f"{SCHEME}{_segment(scheme)}"


def concept_iri(scheme: str, notation: str) -> str:
    """Return the IRI of the concept with this notation in the scheme.

    Examples
    --------
    >>> concept_iri("hyogo", "housing")
    'https://w3id.org/tsunagari/scheme/hyogo/housing'
    """
    return f"{SCHEME}{_segment(scheme)}/{_segment(notation)}"


def instance_iri(segment: str, key: str) -> str:
    """Return the IRI of the thing `key` under `segment` (``org``, ``area``, ``source``, …); percent-encoded."""
    return f"{ID}{segment}/{_segment(key)}"


def content_key(parts: Iterable[str]) -> str:
    """Return the key of a thing that is known by what is said of it: `KEY_DIGITS` hexadecimal digits of a SHA-256.

    Examples
    --------
    >>> content_key(["架空の会", "31201"]) == content_key(["架空の会", "31302"])
    False
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_DIGITS]


def graph_iri(name: str) -> str:
    """Return the IRI of the named graph of one source file."""
    return instance_iri("graph", name)


def withheld_graph_iri(graph: str, answer: str) -> str:
    """Return the IRI of the named graph of the rows of a file that do not say that they may be made public.

    Parameters
    ----------
    graph
        IRI of the named graph of the file.
    answer
        `REFUSED` for rows that say no, `BLANK` for rows that say nothing though the list asks.
    """
    return f"{graph}#{answer}"


def inferred_graph_iri(rule: str) -> str:
    """Return the IRI of the named graph that holds everything one inference rule gave."""
    return instance_iri("graph/inferred", rule)


def row_iri(source: str, row: int, sheet: str | None = None) -> str:
    """Return the IRI of a row of the table `source` as an RFC 7111 fragment; the first line of the file is row 1.

    Examples
    --------
    >>> row_iri("https://w3id.org/tsunagari/id/source/members.csv", 12)
    'https://w3id.org/tsunagari/id/source/members.csv#row=12'
    """
    return f"{source}#row={row}" if sheet is None else f"{source}#sheet={_segment(sheet)};row={row}"


def local_name(iri: str) -> str:
    """Return what follows the last ``#`` or ``/`` of `iri`."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


@cache
def column_name(iri: str) -> str:
    """Return the column that a property stands for: its local name in snake case.

    Examples
    --------
    >>> column_name("https://w3id.org/tsunagari/ont#validFrom")
    'valid_from'
    """
    return _CAPITAL.sub("_", local_name(iri)).lower()


def shrink(iri: str) -> str:
    """Return `iri` with a prefix of `PREFIXES` where the rest is a plain name, else unchanged.

    Examples
    --------
    >>> shrink("http://www.w3.org/ns/org#member")
    'org:member'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """Return the IRI of a prefixed name; a name without a known prefix is returned unchanged."""
    prefix, colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest if colon and prefix in PREFIXES else name
