"""What is told of a file itself: how it was read, and the source document that its rows are stated in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tsunagari.loaders.identity import Records, SourceFile, day_of
from tsunagari.ontology.namespaces import concept_iri
from tsunagari.ontology.records import Evidence, Reference, Value


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A file as it was read.

    Parameters
    ----------
    name
        What tells it from other sources.
    file, kind
        Its file and kind.
    iri, graph
        IRI of the file and of the graph with its records.
    title, publisher, issued, licence
        What the settings say; the title falls back to the name.
    encoding, sha256
        How its bytes were read, and their hash.
    rows, records
        Rows below the header, and records they gave.
    closed
        Whether the list is complete; None when not stated.
    """

    name: str
    file: str
    kind: str
    iri: str
    graph: str
    title: str
    publisher: str | None
    issued: date | None
    licence: str | None
    encoding: str
    sha256: str
    rows: int
    records: int
    closed: bool | None


def add_source_record(records: Records, file: SourceFile) -> None:
    """Add the file itself as a source document: a row without a document of its own is stated in it."""
    source = file.source
    record = records.at(file.iri, "SourceDocument", file.graph)
    values: dict[str, Value | None] = {
        "title": source.title or source.name,
        "identifier": source.file,
        "issued": source.issued,
        "as_of": source.as_of,
        "publisher": source.publisher,
        "rights": source.licence,
    }
    if source.closed is not None:
        values["list_completeness"] = Reference(concept_iri("list-completeness", "closed" if source.closed else "open"))
    for name, value in values.items():
        if value is not None:
            record.add(name, (value,))
    record.cite((Evidence(file.iri),))


def source_info(parts: list[SourceFile]) -> SourceInfo:
    """Return what is known of a file from its tables, once all rows are read."""
    file, source = parts[0], parts[0].source
    return SourceInfo(
        name=source.name,
        file=source.file,
        kind=source.kind,
        iri=file.iri,
        graph=file.graph,
        title=source.title or source.name,
        publisher=source.publisher,
        issued=day_of(source.issued),
        licence=source.licence,
        encoding=file.encoding,
        sha256=file.sha256,
        rows=sum(part.rows for part in parts),
        records=sum(part.records for part in parts),
        closed=source.closed,
    )
