"""From lines of N-Quads to columns: each part of a graph by itself, then all parts together.

The lines are those that fill the store, so that the columns cannot differ from it. Texts are handled by Arrow, outside
Python's lock, while Python makes the next part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from tsunagari.graph.columns.column_statements import Statements
from tsunagari.graph.columns.terms import Codes, Terms
from tsunagari.ontology.namespaces import DCT, RDFS, SKOS, column_name

Bytes = npt.NDArray[np.uint8]

# Properties that name a thing, the most particular first.
LABELS = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCT}title")
_NO_TEXTS = pa.array([], type=pa.large_string())
_ESCAPE = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Part:
    """The statements of some lines, in terms of its own texts.

    Parameters
    ----------
    texts
        The different texts, in no stated order.
    subjects, values
        The two ends of each statement as places in `texts`.
    paths, properties
        The different properties, and for each statement a place among them.
    labels
        Rows of subject, place in `LABELS`, place in `languages` and value: the statements that name things.
    languages
        Language tags, the empty tag for texts without one.
    """

    texts: pa.LargeStringArray
    subjects: Codes
    values: Codes
    paths: list[str]
    properties: npt.NDArray[np.int16]
    labels: Codes
    languages: list[str]


def read_part(data: bytes) -> Part:
    """Return the statements of lines of N-Quads, each in a named graph; which graph it is makes no difference."""
    lines = _lines(data)
    subjects, properties, rest = _columns(pc.split_pattern(lines, " ", max_splits=2), 3)
    (objects,) = _columns(pc.split_pattern(rest, " ", max_splits=2, reverse=True), 3)[:1]
    del rest
    subject = subjects.dictionary_encode()
    path = properties.dictionary_encode()
    value = objects.dictionary_encode()
    paths = [text[1:-1] for text in path.dictionary.to_pylist()]
    value_texts, tags = _plain_values(value.dictionary)
    both = pa.concat_arrays([_plain_nodes(subject.dictionary), value_texts]).dictionary_encode()
    codes = both.indices.to_numpy().astype(np.int32)
    split = len(subject.dictionary)
    subject_codes = codes[:split][subject.indices.to_numpy()]
    value_places = value.indices.to_numpy()
    value_codes = codes[split:][value_places]
    property_places = path.indices.to_numpy().astype(np.int16)
    languages = sorted({tag for tag in tags if tag is not None} | {""})
    labels = _labels(paths, property_places, subject_codes, value_codes, value_places, tags, languages)
    return Part(both.dictionary, subject_codes, value_codes, paths, property_places, labels, languages)


def _lines(data: bytes) -> pa.LargeStringArray:
    """Return the lines as an array on the bytes themselves, without their ends."""
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
    offsets = np.zeros(len(ends) + 1, dtype=np.int64)
    offsets[1:] = ends + 1
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.large_string(), len(ends), buffers)


def _columns(lists: Any, width: int) -> list[pa.LargeStringArray]:
    """Return the items of lists of `width` items as so many arrays."""
    flat = lists.flatten()
    places = np.arange(0, len(flat), width)
    return [flat.take(pa.array(places + column)) for column in range(width)]


def _plain_nodes(nodes: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return IRIs without their brackets and blank nodes without their sign."""
    is_iri = pc.starts_with(nodes, "<")
    return pc.if_else(is_iri, pc.utf8_slice_codeunits(nodes, 1, -1), pc.utf8_slice_codeunits(nodes, 2))


def _plain_values(values: pa.LargeStringArray) -> tuple[pa.LargeStringArray, list[str | None]]:
    """Return IRIs and texts as they are read, and for each text its language; None for IRIs."""
    is_text = pc.starts_with(values, '"').to_numpy(zero_copy_only=False)
    places = np.flatnonzero(is_text)
    tags: list[str | None] = [None] * len(values)
    texts: list[str] = []
    typed: dict[int, ox.Literal] = {}
    for place, written in zip(places.tolist(), values.take(pa.array(places)).to_pylist(), strict=True):
        text, tags[place], datatype = _literal(written)
        if datatype:
            typed[len(texts)] = ox.Literal(text, datatype=ox.NamedNode(datatype))
        texts.append(text)
    for number, text in _as_stored(typed):
        texts[number] = text
    plain = pc.replace_with_mask(_plain_nodes(values), pa.array(is_text), pa.array(texts, type=pa.large_string()))
    return plain, tags


def _literal(written: str) -> tuple[str, str, str]:
    r"""Return text, language and datatype of a literal; the empty text for a language or datatype that it lacks.

    >>> _literal(r'"say \"a\""@en')
    ('say "a"', 'en', '')
    """
    end = written.rfind('"')
    text, tail = written[1:end], written[end + 1 :]
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
    if tail.startswith("@"):
        return text, tail[1:].partition("--")[0], ""
    return text, "", tail[3:-1]


def _as_stored(typed: Mapping[int, ox.Literal]) -> Iterator[tuple[int, str]]:
    """Yield each text as Oxigraph gives it back: it keeps the value of a number, not how it was written (5.0 is 5)."""
    store = ox.Store()
    path = ox.NamedNode("urn:value")
    store.extend(ox.Quad(ox.NamedNode(f"urn:{number}"), path, value) for number, value in typed.items())
    for quad in store.quads_for_pattern(None, None, None, None):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.Literal)
        yield int(quad.subject.value[4:]), quad.object.value


def _character(escape: re.Match[str]) -> str:
    short, four, eight = escape.groups()
    return _CHARACTERS[short] if short else chr(int(four or eight, 16))


def _labels(
    paths: Sequence[str],
    properties: npt.NDArray[np.int16],
    subjects: Codes,
    values: Codes,
    places: npt.NDArray[Any],
    tags: Sequence[str | None],
    languages: Sequence[str],
) -> Codes:
    kinds = np.array([LABELS.index(path) if path in LABELS else -1 for path in paths], dtype=np.int32)
    rows = np.flatnonzero(kinds[properties] >= 0)
    numbers = {tag: number for number, tag in enumerate(languages)}
    found = [numbers[tags[place] or ""] for place in places[rows].tolist()]
    return np.column_stack(
        (subjects[rows], kinds[properties[rows]], np.array(found, dtype=np.int32), values[rows])
    ).astype(np.int32)


def join_parts(parts: list[Part]) -> Statements:
    """Return the statements of all parts; `parts` is empty afterwards, so that its memory is free."""
    texts = [part.texts for part in parts]
    parts[:] = [replace(part, texts=_NO_TEXTS) for part in parts]
    terms, codes = _join_texts(texts)
    names = sorted({column_name(path) for part in parts for path in part.paths})
    languages = sorted({tag for part in parts for tag in part.languages})
    sizes = np.zeros(len(names), dtype=np.int64)
    keys, labels = [], []
    for own in reversed(codes):
        part = parts.pop()
        places = np.array([names.index(column_name(path)) for path in part.paths], dtype=np.int16)[part.properties]
        keys.append((places, own[part.subjects], own[part.values]))
        tags = np.array([languages.index(tag) for tag in part.languages], dtype=np.int32)
        rows = part.labels
        labels.append(np.column_stack((own[rows[:, 0]], rows[:, 1], tags[rows[:, 2]], own[rows[:, 3]])))
    subjects, values, sizes = _sort_statements(keys, len(names))
    starts = np.concatenate(([0], np.cumsum(sizes)))
    named = np.unique(np.concatenate(labels), axis=0) if labels else np.empty((0, 4), dtype=np.int32)
    return Statements(terms, names, starts, subjects, values, named.astype(np.int32), languages)


def _join_texts(texts: list[pa.LargeStringArray]) -> tuple[Terms, list[Codes]]:
    """Return all texts in order, and for each array the codes of its texts; `texts` is empty afterwards."""
    if not texts:
        return Terms(np.empty(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)), []
    bounds = np.cumsum([len(array) for array in texts])[:-1]
    chunks = pa.chunked_array(texts)
    texts.clear()
    every = chunks.dictionary_encode().chunks
    del chunks
    distinct = every[0].dictionary  # of all chunks
    order = pc.array_sort_indices(distinct)
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    codes = np.split(ranks[np.concatenate([chunk.indices.to_numpy() for chunk in every])], bounds)
    del every
    _, offsets, data = distinct.take(order).buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[: len(order) + 1]
    return Terms(np.frombuffer(data or b"", dtype=np.uint8)[: places[-1]], places), codes


def _sort_statements(
    keys: list[tuple[npt.NDArray[np.int16], Codes, Codes]], names: int
) -> tuple[Codes, Codes, npt.NDArray[np.int64]]:
    """Return subjects and values sorted by property, subject and value, each statement once, and how many of which."""
    chosen: list[list[npt.NDArray[np.int64]]] = [[] for _ in range(names)]
    while keys:
        places, subjects, values = keys.pop()
        pairs = (subjects.astype(np.int64) << 32) | values
        order = np.argsort(places, kind="stable")
        ends = np.cumsum(np.bincount(places, minlength=names))
        for name, found in enumerate(np.split(pairs[order], ends[:-1])):
            if len(found):
                chosen[name].append(found)
    sorted_pairs = [np.unique(np.concatenate(found)) for found in chosen if found]
    sizes = np.array([len(found) for found in sorted_pairs], dtype=np.int64)
    every = np.concatenate(sorted_pairs) if sorted_pairs else np.empty(0, dtype=np.int64)
    return (every >> 32).astype(np.int32), (every & 0x7FFFFFFF).astype(np.int32), sizes
