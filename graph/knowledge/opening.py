"""Finding the graph of a workspace, an endpoint or a Neo4j database, and opening its files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tsunagari.errors import Message, StoreError, WorkspaceError
from tsunagari.graph.columns import RemoteStore, Tell, cache_folder, open_folder
from tsunagari.graph.facts import LoadReport, read_report, read_settings
from tsunagari.graph.store import COLUMNS, PATIENCE, PREVIOUS, EndpointStore, Store, access_of, current_graph
from tsunagari.loaders.session import Progress
from tsunagari.loaders.workspace import SETTINGS_NAME

if TYPE_CHECKING:
    from tsunagari.graph.neo4j import Address

# A build that exchanges the folders takes a moment in which neither can be opened.
ATTEMPTS = 4
PAUSE = 0.03


@dataclass(frozen=True, slots=True)
class Opened:
    """A graph as it lies on disk or on a server.

    Parameters
    ----------
    store
        Where its quads are.
    report
        What the build noted beside it.
    workspace
        The folder it was built from; None for a remote graph.
    """

    store: Store
    report: LoadReport
    workspace: Path | None = None


def telling(progress: Progress | None, lang: str) -> Tell | None:
    """Return what tells `progress` of a stage in a language; None where nobody wants to know."""
    if progress is None:
        return None
    return lambda stage, done, total: progress(stage.text(lang), done, total)


def open_location(
    location: Path | str,
    tell: Tell | None = None,
    *,
    user: str | None = None,
    password: str | None = None,
    ca: Path | str | None = None,
    timeout: float | None = PATIENCE,
) -> Opened:
    """Open the graph of a workspace or of a server, see `tsunagari.graph.knowledge.build.open_graph`.

    Raises
    ------
    WorkspaceError
        There is no such folder.
    StoreError
        Nothing has been built there, the graph is damaged, or the server does not answer.

    Examples
    --------
    >>> open_location(kg.workspace).report.title == kg.title
    True
    """
    if str(location).startswith(("http://", "https://")):
        access = access_of(user=user, password=password, ca=ca, timeout=timeout)
        remote = RemoteStore(EndpointStore(str(location), access), cache_folder())
        remote.tell = tell
        return Opened(remote, read_settings(remote))
    if urlsplit(str(location)).scheme.startswith(("bolt", "neo4j")):
        from tsunagari.graph.neo4j import address_of

        return open_neo4j(address_of(str(location), user=user, password=password, ca=ca, patience=timeout or PATIENCE))
    workspace = Path(location)
    if workspace.name == SETTINGS_NAME:
        workspace = workspace.parent
    for patience in reversed(range(ATTEMPTS)):
        folder = current_graph(workspace)
        if folder is not None:
            try:
                return _open_folder(folder, workspace, tell)
            except FileNotFoundError:
                pass
            except StoreError:
                if not patience:
                    raise
        time.sleep(PAUSE)
    raise _nothing_built(workspace)


def open_neo4j(address: Address) -> Opened:
    """Open the graph that a Neo4j database holds; it is read into memory when the first table needs it.

    Raises
    ------
    StoreError
        The database does not answer, or holds no whole graph of ours.
    """
    from tsunagari.graph.neo4j import DatabaseStore  # the driver is heavy, and few need it

    store = DatabaseStore(address)
    return Opened(store, store.settings())


def open_kept(workspace: Path | str) -> Opened:
    """Open the graph that the last build replaced, see `tsunagari.graph.knowledge.build.open_previous`.

    Raises
    ------
    StoreError
        None was kept, or it is damaged.
    """
    folder = Path(workspace) / PREVIOUS
    if not (folder / COLUMNS).is_dir():
        raise StoreError(
            Message(f"前のグラフは残っていません: {workspace}", f"No previous graph was kept: {workspace}"),
            Message(
                "次に作り直すときに `tsunagari build --keep-previous` とすると、比べられるようになります。",
                "Build with `tsunagari build --keep-previous` next time; then the two can be compared.",
            ),
        )
    return Opened(open_folder(folder), read_report(folder))


def _open_folder(folder: Path, workspace: Path, tell: Tell | None) -> Opened:
    """Open columns and report of one and the same build; a build that replaces the folder meanwhile is an error."""
    before = folder.stat().st_ino
    store, report = open_folder(folder), read_report(folder)
    store.sparql.tell = tell
    if folder.stat().st_ino != before:
        raise FileNotFoundError(folder)
    if report.build != store.fingerprint:
        raise StoreError(
            Message(
                f"グラフと記録が同じ build のものではありません: {folder}",
                f"The graph and its record are not of the same build: {folder}",
            ),
            Message("`tsunagari build` で作り直してください。", "Build it again with `tsunagari build`."),
        )
    return Opened(store, report, workspace)


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
