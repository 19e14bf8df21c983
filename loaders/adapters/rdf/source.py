"""RDF of other programs: Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML.

Bodies, memberships, services and one concept scheme in the words of `rdf_words` become rows of the usual kinds. With
``mode = "as-is"``, or when the file speaks in the terms of this ontology, as our own exports do, every statement goes
unchanged into the graph of the source. A row is the line of the file that names its subject; what is not read is
counted in one notice for each class and property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from tsunagari.loaders.adapters.rdf.files import FORMATS, RdfFile, open_rdf
from tsunagari.loaders.adapters.rdf.rows import RdfRows
from tsunagari.loaders.adapters.rdf.words import PERSONS, TYPE, plain
from tsunagari.loaders.files import FileContent
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.tables import Table
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.namespaces import TSU, shrink

# .json and .xml files are often something else.
_ENDINGS = frozenset(FORMATS) - {".json", ".xml"}


def recognizes(content: FileContent) -> bool:
    """Tell whether a file has an ending that only RDF has."""
    return any(PurePosixPath(grid.file).suffix.lower() in _ENDINGS for grid in content.grids)


def read(given: SourceInput) -> SourceContent:
    """Return what an RDF file says, as rows or as it stands.

    Raises
    ------
    SourceError
        When the file cannot be read, is not well-formed, or needs something from the network.
    """
    document = open_rdf(given.path, given.source.file)
    mode = given.source.mode
    as_is = mode == "as-is" or (mode == "auto" and _speaks_our_terms(document))
    issues = list(_of_file(document))
    if as_is:
        return _kept(document, issues)
    rows = RdfRows(document, given.source, given.vocabulary)
    parts = rows.parts()
    parts[0].table.issues += [*issues, *rows.issues, *_unread(rows, document.file)]
    return SourceContent(parts, document.format.name, document.sha256)


def _speaks_our_terms(document: RdfFile) -> bool:
    return any(
        predicate.value.startswith(TSU) or (predicate.value == TYPE and value.value.startswith(TSU))
        for _, predicate, value in document.statements()
    )


def _of_file(document: RdfFile) -> Iterator[Issue]:
    if document.graphs:
        yield make_issue("graphs-joined", file=document.file, count=document.graphs)
    if document.skipped:
        yield make_issue("nested-statements", file=document.file, count=document.skipped)


def _kept(document: RdfFile, issues: list[Issue]) -> SourceContent:
    issues.append(make_issue("kept-as-is", file=document.file, count=document.count))
    part = Part(KINDS["documents"], Table([], {}, issues))
    return SourceContent([part], document.format.name, document.sha256, quads=partial(document.quads))


def _unread(rows: RdfRows, file: str) -> Iterator[Issue]:
    """Yield a notice for each class and property of which something was not read."""
    classes: Counter[str] = Counter()
    properties = Counter(rows.graph.unread_properties())
    persons = 0
    for types in rows.graph.unread_subjects():
        if PERSONS & {plain(iri) for iri in types}:
            persons += 1
        else:
            classes.update(types or ("－",))
    if persons:
        yield make_issue("persons-left-out", file=file, count=persons)
    for code, counted in (("unread-class", classes), ("unread-property", properties)):
        for iri, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            yield make_issue(code, file=file, value=shrink(iri), count=count)
