"""The statements of an RDF file by subject, what was read of them, and their values as the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from tsunagari.loaders.adapters.rdf import words as words
from tsunagari.loaders.adapters.rdf.files import Node, RdfFile
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import local_name

READINGS = ("ja-hira", "ja-kana", "ja-hrkt")
_CORPORATE = re.compile(r"[0-9]{13}")
_CODE = re.compile(r"[0-9]{6}")
_AREA_CODE = re.compile(r"[0-9]{5,6}")
_AREA = re.compile(r"(?:/lod/sac/C|jisx0402#|/id/area/)(\d{5})(?:-\d{8})?$")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T.*")


class RdfGraph:
    """A file to look things up in; what is looked up counts as read.

    Parameters
    ----------
    document
        The file.
    """

    def __init__(self, document: RdfFile) -> None:
        self._said: dict[str, dict[str, list[Node]]] = {}
        self._pointing: dict[str, list[tuple[str, str]]] = {}
        self._written: dict[str, str] = {}
        self._read: set[tuple[str, str]] = set()
        self._visited: set[str] = set()
        for subject, predicate, value in document.statements():
            word = words.plain(predicate.value)
            self._written.setdefault(word, predicate.value)
            values = self._said.setdefault(subject.value, {}).setdefault(word, [])
            if value not in values:
                values.append(value)
                if isinstance(value, ox.NamedNode):
                    self._pointing.setdefault(value.value, []).append((word, subject.value))
        self._types = {
            subject: frozenset(words.plain(node.value) for node in said.get(words.TYPE, ()))
            for subject, said in self._said.items()
        }
        self._lines = document.lines()

    def __contains__(self, subject: str) -> bool:
        return subject in self._said

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def types(self, subject: str) -> frozenset[str]:
        """Return the classes of a thing; none when the file says nothing of it."""
        return self._types.get(subject, frozenset())

    def of(self, classes: frozenset[str]) -> list[str]:
        """Return the things of these classes, in the order of the file."""
        return [subject for subject, types in self._types.items() if types & classes]

    def values(self, subject: str, properties: Iterable[str]) -> list[tuple[str, Node]]:
        """Return property and value, in the order of `properties`."""
        self._visited.add(subject)
        said = self._said.get(subject, {})
        found = []
        for word in properties:
            for value in said.get(word, ()):
                self._read.add((subject, word))
                found.append((word, value))
        return found

    def nodes(self, subject: str, properties: Iterable[str]) -> list[str]:
        """Return the IRIs among the values."""
        return [node.value for _, node in self.values(subject, properties) if isinstance(node, ox.NamedNode)]

    def holders(self, node: str, properties: Iterable[str]) -> list[str]:
        """Return the subjects that point to a thing by one of the properties."""
        names = set(properties)
        found = [(word, subject) for word, subject in self._pointing.get(node, ()) if word in names]
        self._read.update((subject, word) for word, subject in found)
        return [subject for _, subject in found]

    def line(self, *subjects: str) -> int:
        """Return the line that names the first of the subjects that the file names; 1 when it names none."""
        return next((self._lines[iri] for iri in subjects if iri in self._lines), 1)

    def written(self, word: str) -> str:
        """Return a property as the file writes it."""
        return self._written.get(word, word)

    # ---- what was not read ----

    def unread_subjects(self) -> Iterator[list[str]]:
        """Yield the classes, as written, of each subject of which nothing was read."""
        for subject, said in self._said.items():
            if subject not in self._visited:
                yield [node.value for node in said.get(words.TYPE, ())]

    def unread_properties(self) -> Iterator[str]:
        """Yield the property, as written, of each value that was not read of a subject that was."""
        for subject in self._visited & self._said.keys():
            for word, values in self._said[subject].items():
                if word != words.TYPE and (subject, word) not in self._read:
                    yield from [self._written[word]] * len(values)

    # ---- values as cells ----

    def label(self, subject: str) -> str:
        """Return the name of a thing, in Japanese or no language before any other; empty when it has none."""
        names = [node for _, node in self.values(subject, words.NAMES) if isinstance(node, ox.Literal)]
        first = [node for node in names if node.language in (None, "ja")]
        return next((node.value.strip() for node in (*first, *names)), "")

    def text(self, value: Node) -> str:
        """Return a literal, or the name of the thing that an IRI stands for, else the last part of the IRI."""
        if isinstance(value, ox.Literal):
            return _MOMENT.sub(r"\1", value.value.strip())
        return (self.label(value.value) if value.value in self else "") or local_name(value.value)

    def first_text(self, subject: str, properties: Iterable[str]) -> str:
        """Return the first value as a cell; empty when there is none."""
        return next((self.text(value) for _, value in self.values(subject, properties)), "")

    def numbers(self, subject: str) -> list[tuple[str, str]]:
        """Return property and digits of corporate numbers and of codes of local governments; others stay unread."""
        found = []
        for word, value in self.values(subject, words.NUMBERS):
            digits = self.held(value, words.NUMBER_TEXTS).replace("-", "").strip()
            if _CORPORATE.fullmatch(digits) or (_CODE.fullmatch(digits) and municipality_table().by_code(digits)):
                found.append((word, digits))
            else:
                self._read.discard((subject, word))
        return found

    def held(self, value: Node, properties: Iterable[str]) -> str:
        """Return a literal, or the first of the properties of the thing that an IRI stands for."""
        if isinstance(value, ox.Literal):
            return value.value
        return self.first_text(value.value, properties) if value.value in self else local_name(value.value)

    def area(self, value: Node) -> str:
        """Return the code or the name of an area."""
        if isinstance(value, ox.Literal):
            return value.value.strip()
        code = _AREA.search(value.value)
        if code is not None:
            return code[1]
        codes = [self.text(node) for _, node in self.values(value.value, words.NUMBERS)]
        return next((text for text in codes if _AREA_CODE.fullmatch(text)), "") or self.text(value)

    def day(self, value: Node) -> str:
        """Return a date, or that of an instant of OWL-Time."""
        return _MOMENT.sub(r"\1", self.held(value, words.INSTANTS).strip())
