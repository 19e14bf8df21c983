"""Building a graph from a workspace, and opening one that was built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns import (
    INDEX_FOLDER,
    ColumnBuilder,
    SparqlIndex,
    Statements,
    fingerprint_of,
    open_columns,
    save_columns,
)
from tsunagari.graph.facts import LoadReport, Scope, provenance_quads
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.knowledge.opening import Opened, open_kept, open_location, open_neo4j, telling
from tsunagari.graph.store import COLUMNS, PATIENCE, current_graph, replacement
from tsunagari.loaders.fields import FIELDS_NAME
from tsunagari.loaders.files import sha256_if_read
from tsunagari.loaders.fixes import FIXES_NAME
from tsunagari.loaders.identity import LEDGER_NAME
from tsunagari.loaders.kept import LISTS, Shelf
from tsunagari.loaders.session import Load, Progress, load_workspace
from tsunagari.loaders.workspace import SETTINGS_NAME, read_workspace
from tsunagari.ontology.namespaces import REFERENCE_GRAPH
from tsunagari.ontology.quads import RecordWriter, ontology_quads, scheme_quads
from tsunagari.ontology.records import Record
from tsunagari.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.neo4j import Address

WRITING = Message("グラフの書き込み", "writing the graph")


def build(
    workspace: Path | str,
    *,
    inferred: bool = True,
    keep_previous: bool = False,
    index: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
    tell_unchanged: Callable[[int, int], None] | None = None,
    lang: str = "ja",
) -> KnowledgeGraph:
    """Read the lists of a workspace and make its graph anew.

    The graph is written beside the old one, which it replaces only when it is whole: a build that fails or is
    interrupted changes nothing. A list whose file, settings and corrections are those of the last build is not read
    again: what it held is kept beside the graph. The graph is the same either way.

    Parameters
    ----------
    workspace
        A folder with a ``tsunagari.toml``, or that file.
    inferred
        Whether to add what rules infer (each rule in a named graph of its own).
    keep_previous
        Keep the graph that is replaced, for `open_previous` and ``tsunagari diff --previous``.
    index
        Make the index for SPARQL at once and keep it; else the first query makes it, and keeps it when it is large.
    fresh
        Read every list anew, whatever the last build kept.
    progress
        Called with the stage, the number of steps done and the number of steps in all.
    tell_unchanged
        Called once the lists are read, with how many did not change since the last build, and of how many.
    lang
        Language of the names of the stages.

    Returns
    -------
    The graph, opened for reading.

    Raises
    ------
    WorkspaceError
        There are no settings, or they cannot be used.
    SourceError
        Not one file can be read, or the settings need one that cannot. Any other unreadable file, and any row, is no
        error but an issue of the graph.
    StoreError
        The graph cannot be written.
    """
    settings = read_workspace(workspace)
    with replacement(settings.path, keep_previous=keep_previous) as new:
        builder = ColumnBuilder()
        last = None if fresh else current_graph(settings.path)
        shelf = Shelf(None if last is None else last / LISTS, new / LISTS, None if last is None else _graph_in(last))
        load = load_workspace(
            settings,
            lang=lang,
            progress=progress,
            inferred=inferred,
            sink=_Sink(builder),
            shelf=shelf,
            take=_Last(builder, last),
        )
        if tell_unchanged is not None:
            tell_unchanged(shelf.found, len(settings.sources))
        _add_rest(builder, load)
        statements = builder.finish(None if progress is None else partial(progress, WRITING.text(lang)))
        fingerprint = save_columns(statements, new / COLUMNS)
        shelf.bind(fingerprint)
        _report(load, fingerprint).write(new)
        if index:
            made = SparqlIndex(statements, new / INDEX_FOLDER, fingerprint)
            made.tell = telling(progress, lang)
            made.write()
    return open_graph(settings.path)


def _report(load: Load, fingerprint: str) -> LoadReport:
    settings = load.workspace
    digests = {SETTINGS_NAME: sha256_if_read(settings.path / SETTINGS_NAME) or ""}
    digests |= {source.file: source.sha256 for source in load.sources}
    for source in settings.sources:  # one that could not be read makes the graph stale once it is mended
        digests.setdefault(source.file, sha256_if_read(settings.path / source.file) or "")
    for name in (LEDGER_NAME, FIXES_NAME, FIELDS_NAME):  # one written later makes the graph stale
        digests[name] = sha256_if_read(settings.path / name) or ""
    return LoadReport(
        settings.title,
        settings.as_of,
        Scope(settings.areas or None, settings.fields),
        digests,
        tuple(load.issues),
        fingerprint,
    )


def _graph_in(folder: Path) -> str | None:
    """Return the fingerprint of the graph in a folder; None when it cannot be used."""
    try:
        return fingerprint_of(folder / COLUMNS)
    except (StoreError, FileNotFoundError):
        return None


class _Last:
    """The last graph, opened when the first facts are taken over from it."""

    def __init__(self, builder: ColumnBuilder, folder: Path | None) -> None:
        self._builder = builder
        self._folder = folder
        self._statements: Statements | None = None

    def __call__(self, vocabulary: Vocabulary, graph: str, start: str, without: Sequence[str], count: int) -> bool:
        if self._folder is None:
            return False
        try:
            if self._statements is None:
                self._statements = open_columns(self._folder / COLUMNS).statements
        except (StoreError, FileNotFoundError):  # damaged: every row is read
            self._folder = None
            return False
        return self._builder.take(self._statements, vocabulary, graph, start, without, count)


class _Sink:
    """Turns records into statements as they come."""

    def __init__(self, builder: ColumnBuilder) -> None:
        self._builder = builder
        self._add: Callable[[Record], None] | None = None

    def __call__(self, record: Record, vocabulary: Vocabulary) -> None:
        if self._add is None:
            self._add = RecordWriter(vocabulary, self._builder.rows).add
        self._add(record)
        self._builder.advance()


def _add_rest(builder: ColumnBuilder, load: Load) -> None:
    """Add what is no record: terms and schemes, those of the workspace too, its settings, and what was kept."""
    builder.add(ontology_quads(REFERENCE_GRAPH))
    graphs = {source.name: source.graph for source in load.sources}
    schemes = {
        source.scheme: graphs[source.name]
        for source in load.workspace.sources
        if source.scheme and source.name in graphs  # a file that was not read has no graph
    }
    for scheme in load.vocabulary.extra:
        builder.add(scheme_quads(scheme, schemes[scheme.id]))
    builder.add(provenance_quads(load))
    for quads in load.kept:
        builder.add(quads)


def open_graph(
    location: Path | str,
    *,
    user: str | None = None,
    password: str | None = None,
    ca: Path | str | None = None,
    timeout: float | None = PATIENCE,
    progress: Progress | None = None,
    lang: str = "ja",
) -> KnowledgeGraph:
    """Open the graph of a workspace, or a SPARQL endpoint or Neo4j database that holds one.

    Parameters
    ----------
    location
        The workspace's folder or its ``tsunagari.toml``; a URL that begins with http:// or https://; or one of Neo4j
        (``bolt://``, ``neo4j+s://``). Of a server, tables read the graph whole when the first one is asked for.
    user, password
        Who asks a server; None takes ``TSUNAGARI_USER`` and ``TSUNAGARI_PASSWORD`` of the environment, or a token in
        ``TSUNAGARI_TOKEN``; for Neo4j ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD``.
    ca
        File with the certificate of the authority that signed the server's; None takes ``TSUNAGARI_CA``.
    timeout
        Seconds after which a server that gives nothing is given up; None or 0 waits.
    progress
        Called with the stage, steps done and steps in all while a first query makes the index for SPARQL.
    lang
        Language of the name of that stage.

    Raises
    ------
    WorkspaceError
        There is no such folder.
    StoreError
        Nothing has been built there, the graph is damaged, or the server does not answer.

    Examples
    --------
    >>> open_graph(kg.workspace).title == kg.title
    True
    """
    tell = telling(progress, lang)
    return _graph(open_location(location, tell, user=user, password=password, ca=ca, timeout=timeout))


def open_database(address: Address) -> KnowledgeGraph:
    """Read the graph that a Neo4j database holds, see `tsunagari.graph.neo4j.address_of`.

    Raises
    ------
    StoreError
        The database does not answer, or holds no whole graph of ours.
    """
    return _graph(open_neo4j(address))


def open_previous(workspace: Path | str) -> KnowledgeGraph:
    """Open the graph that the last ``build(keep_previous=True)`` of a workspace replaced.

    Raises
    ------
    StoreError
        None was kept, or it is damaged.
    """
    return _graph(open_kept(workspace))


def _graph(found: Opened) -> KnowledgeGraph:
    return KnowledgeGraph(found.store, found.report, found.workspace)
