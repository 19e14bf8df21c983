"""Building a graph from a workspace, and opening one that was built."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError, WorkspaceError
from tsunagari.graph.gaps import Scope
from tsunagari.graph.knowledge import KnowledgeGraph
from tsunagari.graph.load_report import LoadReport, file_digest, read_report
from tsunagari.graph.provenance import provenance_quads, read_settings
from tsunagari.graph.replacement import STORE, current_graph, replacement
from tsunagari.graph.store import EmbeddedStore, EndpointStore
from tsunagari.loaders.load import Load, Progress, load_workspace
from tsunagari.loaders.settings import SETTINGS_NAME
from tsunagari.ontology.namespaces import REFERENCE_GRAPH
from tsunagari.ontology.quads import ontology_quads, quads, scheme_quads

WRITING = Message("グラフの書き込み", "writing the graph")
REPORT_EVERY = 2000
# A build that exchanges the folders takes a moment in which neither can be opened.
ATTEMPTS = 4
PAUSE = 0.03


def build(
    workspace: Path | str, *, inferred: bool = True, progress: Progress | None = None, lang: str = "ja"
) -> KnowledgeGraph:
    """Read the lists of a workspace and make its graph anew.

    The graph is written beside the old one, which it replaces only when it is whole: a build that fails or is
    interrupted changes nothing.

    Parameters
    ----------
    workspace
        A folder with a ``tsunagari.toml``, or that file.
    inferred
        Whether to add what rules infer (each rule in a named graph of its own).
    progress
        Called with the stage, the number of steps done and the number of steps in all.
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
        A file cannot be read at all. A row that cannot be read is no error but an issue of the graph.
    StoreError
        The graph cannot be written.
    """
    load = load_workspace(Path(workspace), lang=lang, progress=progress, inferred=inferred)
    folder = load.workspace.path
    report = _report(load)
    with replacement(folder) as new:
        _write_store(new / STORE, load, progress, lang)
        report.write(new)
    return open_graph(folder)


def _report(load: Load) -> LoadReport:
    settings = load.workspace
    digests = {SETTINGS_NAME: file_digest(settings.path / SETTINGS_NAME) or ""}
    digests |= {source.file: source.sha256 for source in load.sources}
    return LoadReport(
        settings.title, settings.as_of, Scope(settings.areas or None, settings.fields), digests, tuple(load.issues)
    )


def _write_store(folder: Path, load: Load, progress: Progress | None, lang: str) -> None:
    """Write everything into a new store and let go of its files, so that its folder can be renamed."""
    store = ox.Store(str(folder))
    try:
        store.bulk_extend(all_quads(load, progress, lang))
        store.flush()
    finally:
        del store
        gc.collect()


def all_quads(load: Load, progress: Progress | None = None, lang: str = "ja") -> Iterator[ox.Quad]:
    """Yield what a load becomes: the ontology's terms and schemes, its own schemes, its records and its settings."""
    yield from ontology_quads(REFERENCE_GRAPH)
    graphs = {source.name: source.graph for source in load.sources}
    schemes = {source.scheme: graphs[source.name] for source in load.workspace.sources if source.scheme}
    for scheme in load.vocabulary.extra:
        yield from scheme_quads(scheme, schemes[scheme.id])
    total = len(load.records)
    for done, record in enumerate(load.records):
        if progress is not None and done % REPORT_EVERY == 0:
            progress(WRITING.text(lang), done, total)
        yield from quads(record, load.vocabulary)
    yield from provenance_quads(load)
    if progress is not None:
        progress(WRITING.text(lang), total, total)


def open_graph(location: Path | str) -> KnowledgeGraph:
    """Open the graph of a workspace, or a SPARQL endpoint that holds one.

    Parameters
    ----------
    location
        The workspace's folder or its ``tsunagari.toml``; or a URL that begins with http:// or https://.

    Raises
    ------
    WorkspaceError
        There is no such folder.
    StoreError
        Nothing has been built there, the graph is damaged, or the endpoint does not answer.

    Examples
    --------
    >>> open_graph(kg.workspace).title == kg.title
    True
    """
    if str(location).startswith(("http://", "https://")):
        remote = EndpointStore(str(location))
        return KnowledgeGraph(remote, read_settings(remote))
    workspace = Path(location)
    if workspace.name == SETTINGS_NAME:
        workspace = workspace.parent
    for patience in reversed(range(ATTEMPTS)):
        folder = current_graph(workspace)
        if folder is not None:
            try:
                return _open_folder(folder, workspace)
            except FileNotFoundError:
                pass
            except StoreError:
                if not patience:
                    raise
        time.sleep(PAUSE)
    raise _nothing_built(workspace)


def _open_folder(folder: Path, workspace: Path) -> KnowledgeGraph:
    """Open store and report of one and the same build; a build that replaces the folder meanwhile is an error."""
    before = folder.stat().st_ino
    graph = KnowledgeGraph(EmbeddedStore(folder / STORE), read_report(folder), workspace)
    if folder.stat().st_ino != before:
        raise FileNotFoundError(folder)
    return graph


def _nothing_built(workspace: Path) -> WorkspaceError | StoreError:
    if not workspace.is_dir():
        return WorkspaceError(
            Message(f"フォルダーがありません: {workspace}", f"There is no folder {workspace}"),
            Message(
                "作業フォルダーを確かめるか、`tsunagari init` で作ってください。",
                "Check the workspace, or make one with `tsunagari init`.",
            ),
        )
    if not (workspace / SETTINGS_NAME).is_file():
        return WorkspaceError(
            Message(f"{workspace} に {SETTINGS_NAME} がありません。", f"There is no {SETTINGS_NAME} in {workspace}."),
            Message(
                "作業フォルダーを -w で指定するか、`tsunagari init` で作ってください。",
                "Name the workspace with -w, or make one with `tsunagari init`.",
            ),
        )
    return StoreError(
        Message(f"グラフがまだありません: {workspace}", f"No graph has been built yet: {workspace}"),
        Message(
            f"`tsunagari build -w {workspace}` で作ってください。", f"Build it with `tsunagari build -w {workspace}`."
        ),
    )
