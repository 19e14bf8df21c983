"""RDF files to statements: format by ending, contexts without the network, blank nodes under lasting names."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import parse_json, read_apart, read_text, size_of
from tsunagari.ontology.namespaces import instance_iri

FORMATS: Mapping[str, ox.RdfFormat] = {
    **dict.fromkeys((".ttl", ".turtle"), ox.RdfFormat.TURTLE),
    **dict.fromkeys((".nt",), ox.RdfFormat.N_TRIPLES),
    **dict.fromkeys((".nq", ".nquads"), ox.RdfFormat.N_QUADS),
    **dict.fromkeys((".trig",), ox.RdfFormat.TRIG),
    **dict.fromkeys((".jsonld", ".json"), ox.RdfFormat.JSON_LD),
    **dict.fromkeys((".rdf", ".xml", ".owl"), ox.RdfFormat.RDF_XML),
}
# Stands in for the context of schema.org, which is never fetched: its names, and the properties that hold addresses.
_SCHEMA_CONTEXT: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "@id"} for name in ("additionalType", "image", "logo", "mainEntityOfPage", "sameAs", "url")},
}
_SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org(?:/|/docs/jsonldcontext\.jsonld?|/version/latest/.*)?")
_XML_ENCODING = re.compile(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_NESTED_ENTITY = re.compile(r"<!ENTITY\s+%?\s*\S+\s+(?:\"[^\"]*&|'[^']*&|SYSTEM|PUBLIC)")
# What may name a subject: an IRI in brackets or quotation marks, or a prefixed name.
_NAMED = re.compile(r"<([^<>\s\"]+)>|\"([^\"\s]+)\"|(?<![\w:.-])([\w.-]*:[\w.~%/-]*[\w~%/-])")

Node = ox.NamedNode | ox.Literal
Statement = tuple[ox.NamedNode, ox.NamedNode, Node]


@dataclass(frozen=True, slots=True)
class RdfFile:
    """An RDF file that was found to be well-formed.

    Parameters
    ----------
    file, format
        Its name and how it is to be read.
    written, text
        Its text, and that with what it needs from elsewhere put in.
    sha256
        Hash of its bytes.
    count
        How many statements it makes.
    graphs
        How many named graphs it has.
    skipped
        Statements about statements (RDF 1.2), which no list holds; they are left out.
    prefixes
        Prefix to namespace.
    """

    file: str
    format: ox.RdfFormat
    written: str
    text: str
    sha256: str
    count: int = 0
    graphs: int = 0
    skipped: int = 0
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of the file; a blank node is named by the order in which it appears."""
        names: dict[str, ox.NamedNode] = {}
        for quad in _parse(self):
            if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
                continue
            subject, value = self._named(quad.subject, names), self._named(quad.object, names)
            assert isinstance(subject, ox.NamedNode)
            yield subject, quad.predicate, value

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Yield every statement as a quad of one graph."""
        name = ox.NamedNode(graph)
        for subject, predicate, value in self.statements():
            yield ox.Quad(subject, predicate, value, name)

    def _named(self, node: Any, names: dict[str, ox.NamedNode]) -> Node:
        if not isinstance(node, ox.BlankNode):
            found: Node = node
            return found
        if node.value not in names:
            names[node.value] = ox.NamedNode(f"{instance_iri('blank', self.file)}/{len(names) + 1}")
        return names[node.value]

    def lines(self) -> dict[str, int]:
        """Return IRI to the line of the file that names it first, one that begins with it before any other."""
        known: dict[str, int] = {}
        begun: dict[str, int] = {}
        for number, line in enumerate(self.written.splitlines(), start=1):
            start = len(line) - len(line.lstrip())
            for found in _NAMED.finditer(line):
                name = found[1] or found[2] or found[3]
                prefix, colon, rest = name.partition(":")
                iri = self.prefixes[prefix] + rest if colon and prefix in self.prefixes and found[1] is None else name
                known.setdefault(iri, number)
                if found.start() == start or "@id" in line or ":about" in line:
                    begun.setdefault(iri, number)
        return known | begun


def open_rdf(path: Path, file: str) -> RdfFile:
    """Read the file at `path`, called `file` in messages, and make sure that all of it can be read.

    Nothing is fetched: a JSON-LD context that is named by its address must be that of schema.org, for which the names
    of its terms are known here.

    Raises
    ------
    SourceError
        When the file cannot be read, is of no known format, is not well-formed (with line and column), or needs
        something from the network.
    """
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.lower()
    if suffix not in FORMATS:
        raise SourceError(
            Message(f"{file} がどの RDF の形式か分かりません。", f"The RDF format of {file} is not known."),
            Message(f"拡張子を次のどれかにしてください: {'、'.join(FORMATS)}", f"Give it one of: {', '.join(FORMATS)}"),
            Place(file),
        )
    try:
        size = size_of(path, file)
    except OSError:
        read_text(path, file)  # says what is wrong
        raise
    text, counted = read_apart(file, __name__, check_rdf.__name__, str(path), file, size=size)
    decoded, data = read_text(path, file)
    written = decoded.text.removeprefix("\ufeff")
    digest = hashlib.sha256(data).hexdigest()
    return RdfFile(file, FORMATS[suffix], written, written if text is None else text, digest, **counted)


def check_rdf(path: str, file: str) -> tuple[str | None, dict[str, Any]]:
    """Read a file of a known ending as a whole; what `open_rdf` calls in the other process.

    Returns
    -------
    The text to read where that is another than the one of the file, and what was counted in it.
    """
    form = FORMATS[PurePosixPath(file.replace("\\", "/")).suffix.lower()]
    text = written = read_text(Path(path), file)[0].text.removeprefix("\ufeff")
    if form == ox.RdfFormat.JSON_LD:
        text = _with_local_contexts(text, file)
    elif form == ox.RdfFormat.RDF_XML:
        text = _XML_ENCODING.sub(r"\1", text)
        _refuse_entities(text, file)
    found = _checked(RdfFile(file, form, written, text, ""))
    counted = {name: getattr(found, name) for name in ("count", "graphs", "skipped", "prefixes")}
    return (None if text is written else text), counted


def _parse(document: RdfFile) -> ox.QuadParser:
    base = instance_iri("source", document.file)
    return ox.parse(document.text, format=document.format, base_iri=base)


def _checked(document: RdfFile) -> RdfFile:
    """Read the whole file once: it is well-formed, and how much it holds is known."""
    count, skipped = 0, 0
    graphs: set[str] = set()
    try:
        parser = _parse(document)
        for quad in parser:
            count += 1
            skipped += isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple)
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                graphs.add(quad.graph_name.value)
        prefixes = parser.prefixes
    except (SyntaxError, ValueError) as error:
        raise _syntax_error(document, error) from None
    return replace(document, count=count - skipped, graphs=len(graphs), skipped=skipped, prefixes=prefixes)


def _syntax_error(document: RdfFile, error: SyntaxError | ValueError) -> SourceError:
    line, column = (error.lineno, error.offset) if isinstance(error, SyntaxError) else (None, None)
    if line is None and document.format == ox.RdfFormat.RDF_XML:
        line = _broken_line(document)
    return _not_well_formed(document.file, str(error.args[0]), line, column)


class _Lines(io.BytesIO):
    """Gives a text to a parser line by line, so that where the reading stops is where the parser stopped."""

    def read(self, size: int | None = -1) -> bytes:
        """Return the rest of a line, at most `size` bytes; nothing at the end."""
        return self.readline(size)


def _broken_line(document: RdfFile) -> int | None:
    """Return the line at which an RDF/XML file cannot be read further; its parser does not say."""
    lines = _Lines(document.text.encode())
    try:
        for _ in ox.parse(lines, format=document.format, base_iri=instance_iri("source", document.file)):
            pass
    except (SyntaxError, ValueError):
        return len(lines.getvalue()[: lines.tell()].splitlines())
    return None


def _not_well_formed(file: str, reason: str, line: int | None, column: int | None) -> SourceError:
    where_ja = (f" {line} 行" + (f" {column} 文字目" if column else "目")) if line else ""
    where_en = (f" at line {line}" + (f", column {column}" if column else "")) if line else ""
    return SourceError(
        Message(
            f"{file} を RDF として読めません:{where_ja} {reason}", f"{file} cannot be read as RDF{where_en}: {reason}"
        ),
        Message("その箇所を直すか、書き出し直してください。", "Correct that place or export the file again."),
        Place(file, row=line),
    )


def _refuse_entities(text: str, file: str) -> None:
    found = _NESTED_ENTITY.search(text)
    if found is not None:
        reason = "ENTITY"
        raise _not_well_formed(file, reason, text.count("\n", 0, found.start()) + 1, 1)


def _with_local_contexts(text: str, file: str) -> str:
    """Return the document with the context of schema.org put in; any other that is named by its address is an error."""
    document = _localized(parse_json(text, file), file)
    return json.dumps(document, ensure_ascii=False) if '"@context"' in text else text


def _localized(value: Any, file: str) -> Any:
    if isinstance(value, list):
        return [_localized(item, file) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _context(item, file) if key == "@context" else _localized(item, file) for key, item in value.items()}


def _context(value: Any, file: str) -> Any:
    if isinstance(value, list):
        return [_context(item, file) for item in value]
    if isinstance(value, dict) and isinstance(value.get("@import"), str):
        raise _remote_context(value["@import"], file)
    if not isinstance(value, str):
        return value
    if _SCHEMA_ORG.fullmatch(value):
        return _SCHEMA_CONTEXT
    raise _remote_context(value, file)


def _remote_context(address: str, file: str) -> SourceError:
    return SourceError(
        Message(
            f"{file} は @context として {address} を指していますが、ネットワークからは取得しません。",
            f"{file} names {address} as its @context; nothing is fetched from the network.",
        ),
        Message(
            "@context の中身をファイルに書き込むか、Turtle など別の形式で書き出してください。",
            "Put the content of the context into the file, or export it in another format such as Turtle.",
        ),
        Place(file),
    )
