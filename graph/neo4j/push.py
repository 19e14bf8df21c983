"""Sending a graph to Neo4j so that afterwards the database holds exactly it: only what differs is written.

Each node carries the hash of all that its subject says; it is set when its relationships and shortcuts are written too,
so that a push that was cut off anywhere is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pandas as pd

from tsunagari.errors import Message, StoreError
from tsunagari.graph.neo4j import writing
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import (
    COMPLETE,
    HOLD,
    START,
    Census,
    Marker,
    names_text,
    read_marker,
    take_census,
)
from tsunagari.graph.neo4j.names import RESOURCE
from tsunagari.graph.neo4j.plan import Plan, make_plan
from tsunagari.graph.neo4j.statements import Outline, Statements, evidence_of, outline, statements_of

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader

Progress = Callable[[str, int, int], None]
STAGES = {
    "delete": Message("なくなったものの削除", "deleting what is gone"),
    "nodes": Message("ノードの書き込み", "writing nodes"),
    "links": Message("関係の書き込み", "writing relationships"),
    "shortcuts": Message("近道の書き込み", "writing shortcuts"),
}
COLUMNS = ("kind", "created", "changed", "deleted", "total")


@dataclass(frozen=True, slots=True)
class Job:
    """What a push was asked to do; for the parameters see `push`."""

    reader: Reader
    title: str
    address: Address
    dry_run: bool
    replace: bool
    progress: Progress | None
    lang: str


def push(
    reader: Reader,
    title: str,
    address: Address,
    *,
    dry_run: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Make a Neo4j database hold a graph.

    Parameters
    ----------
    reader
        The graph.
    title
        Title of its workspace: whose graph the database holds.
    address
        The database.
    dry_run
        Whether to write nothing and only tell what would be.
    replace
        Whether to replace the graph of another workspace, and to write everything anew, whatever the hashes say.
    progress
        Called with the stage, what is done and how much there is.
    lang
        Language of the stages and of the evidence on shortcuts.

    Returns
    -------
    One row each for ``nodes``, ``relationships`` and ``shortcuts``: how many are ``created``, ``changed``, ``deleted``
    and how many there are afterwards. ``attrs`` tells ``unchanged`` (nothing had to be written), ``foreign`` (nodes of
    other people, never touched) and ``retried`` (batches that were run again).

    Raises
    ------
    StoreError
        The database cannot be reached or written, holds the graph of another workspace or nodes that look like ours,
        or another push is going on.
    """
    job = Job(reader, title, address, dry_run, replace, progress, lang)
    statements = statements_of(reader.store.quads())
    digest = statements.digest
    with Database(address) as database:
        marker, census = read_marker(database), take_census(database)
        _check_owner(job, marker, census)
        trusting = not replace and (marker is None or not marker.is_whole or _is_untouched(marker, census))
        if marker is not None and trusting and _is_same(marker, digest, title):
            if not dry_run:  # an import leaves them to the first push
                writing.define_constraints(database)
                writing.define_indexes(database)
            return _table(Plan(), census, census, unchanged=True)
        if dry_run:
            plan, shape = _compare(database, job, statements, marker or Marker(), trusting=trusting)
            return _table(plan, census, _expected(census, plan, shape))
        writing.define_constraints(database)
        _check_constraint(database)
        with database.held(HOLD, COMPLETE) as totals:
            marker = read_marker(database) or Marker()  # another push may have ended meanwhile
            plan, shape = _compare(database, job, statements, marker, trusting=trusting)
            names = names_text(marker.names)
            database.write(START, workspace=title, version=version("tsunagari"), graphs=marker.graphs, names=names)
            _carry_out(database, plan, shape, job)
            after = take_census(database)
            if trusting and (after.nodes, after.relationships) != (len(shape.digests), shape.links):
                # somebody took away what the hashes of a push that was cut off vouch for
                plan, shape = _compare(database, job, statements, marker, trusting=False)
                _carry_out(database, plan, shape, job)
                after = take_census(database)
            _check_whole(job, shape, after)
            counts = {"nodes": after.nodes, "relationships": after.relationships, "shortcuts": after.shortcuts}
            totals.update(counts, sha256=digest)
        return _table(plan, census, after, retried=database.retried)


def _compare(
    database: Database, job: Job, statements: Statements, marker: Marker, *, trusting: bool
) -> tuple[Plan, Outline]:
    evidence = evidence_of(job.reader, job.lang)
    shape = outline(statements, evidence)
    return make_plan(database, statements, shape, evidence, marker, trusting=trusting), shape


def _is_same(marker: Marker, digest: str, title: str) -> bool:
    """Tell whether the last push, which came to its end, left this very graph."""
    return marker.is_whole and marker.workspace == title and marker.sha256 == digest


def _is_untouched(marker: Marker, census: Census) -> bool:
    """Tell whether there is as much as the last push left."""
    left = (marker.nodes, marker.relationships, marker.shortcuts)
    return left == (census.nodes, census.relationships, census.shortcuts)


def _carry_out(database: Database, plan: Plan, shape: Outline, job: Job) -> None:
    """Write a plan: first what goes, for a relationship that changed its ends would be found by its old ones."""
    step = _Bars(job)
    writing.delete_nodes(database, plan.vanished, step.of("delete", len(plan.vanished)))
    writing.delete_shortcuts(database, plan.stale)
    writing.delete_links(database, plan.lost_links)
    writing.remove_labels(database, plan.lost_labels)
    linked, standing = {link.start for link in plan.links}, {arrow.via for arrow in plan.shortcuts}
    hashes = {node.iri: shape.digests[node.iri] for node in plan.nodes}  # comes with the last of what hangs on a node
    with_shortcuts = {iri: mark for iri, mark in hashes.items() if iri in standing}
    with_links = {iri: mark for iri, mark in hashes.items() if iri in linked and iri not in standing}
    bare = {iri: mark for iri, mark in hashes.items() if iri not in linked and iri not in standing}
    stale, told = set(plan.stale), step.of("nodes", len(plan.nodes))
    writing.create_nodes(database, (node for node in plan.nodes if node.iri not in stale), bare, told)
    writing.replace_nodes(database, (node for node in plan.nodes if node.iri in stale), bare, told)
    writing.write_links(database, plan.links, with_links, step.of("links", len(plan.links)))
    writing.write_shortcuts(database, plan.shortcuts, with_shortcuts, step.of("shortcuts", len(plan.shortcuts)))
    writing.define_indexes(database)


class _Bars:
    """Tells how far each stage is."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def of(self, stage: str, total: int) -> writing.Step:
        """Return what a stage calls with the number of rows it has written."""
        done = 0

        def step(rows: int) -> None:
            nonlocal done
            done += rows
            if self._job.progress is not None:
                self._job.progress(STAGES[stage].text(self._job.lang), done, total)

        return step


def _check_owner(job: Job, marker: Marker | None, census: Census) -> None:
    """Refuse a database in which something else stands in the way.

    Raises
    ------
    StoreError
        See `push`.
    """
    url = job.address.url
    if census.lookalikes:
        raise StoreError(
            Message(
                f"{url} には、つながりが書いたのではない {RESOURCE} ラベルのノードが {census.lookalikes:,} 個あります。"
                "何も書いていません。",
                f"{url} holds {census.lookalikes:,} nodes labelled {RESOURCE} that Tsunagari did not write. "
                "Nothing was written.",
            ),
            Message("別のデータベースを使ってください。", "Use another database."),
        )
    if marker is not None and marker.workspace != job.title and not job.replace:
        raise StoreError(
            Message(
                f"{url} には別の作業フォルダー「{marker.workspace}」のグラフがあります。何も書いていません。",
                f"{url} holds the graph of another workspace, {marker.workspace!r}. Nothing was written.",
            ),
            Message(
                "別のデータベースを使うか、--replace で置き換えてください。",
                "Use another database, or replace it by --replace.",
            ),
        )


def _check_constraint(database: Database) -> None:
    """Refuse to go on where the constraint that the writing rests on is not there under any name.

    Raises
    ------
    StoreError
        A constraint of ours has its name and another meaning.
    """
    rows = database.read(
        "SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties RETURN type, labelsOrTypes, properties"
    )
    url, unique = database.address.url, ("UNIQUENESS", "NODE_KEY")
    if not any(kind.endswith(unique) and (labels, keys) == ([RESOURCE], ["iri"]) for kind, labels, keys in rows):
        raise StoreError(
            Message(
                f"{url} に、{RESOURCE} の iri を一意にする制約を作れません。同じ名前の別の制約があります。",
                f"{url} takes no constraint that makes iri unique among {RESOURCE}: another one has its name.",
            ),
            Message(
                "DROP CONSTRAINT tsunagari_resource_iri を実行してから、もう一度 push してください。",
                "Run DROP CONSTRAINT tsunagari_resource_iri and push again.",
            ),
        )


def _check_whole(job: Job, shape: Outline, after: Census) -> None:
    """Refuse to call a push whole when the database holds another number of nodes or relationships than the graph.

    Raises
    ------
    StoreError
        Somebody else wrote meanwhile.
    """
    there, here = f"{after.nodes:,} / {after.relationships:,}", f"{len(shape.digests):,} / {shape.links:,}"
    if there != here:
        raise StoreError(
            Message(
                f"{job.address.url} のノードと関係は {there}、グラフは {here} で、合いません。",
                f"{job.address.url} has {there} nodes and relationships of ours where the graph has {here}.",
            ),
            Message(
                "書き込み中に誰かが変えたようです。もう一度 push してください。",
                "Somebody seems to have changed them meanwhile. Push again.",
            ),
        )


def _expected(census: Census, plan: Plan, shape: Outline) -> Census:
    """Return what would be there afterwards."""
    arrows = census.shortcuts - plan.lost_shortcuts + len(plan.shortcuts)
    return replace(census, nodes=len(shape.digests), relationships=shape.links, shortcuts=arrows)


def _table(plan: Plan, before: Census, after: Census, *, unchanged: bool = False, retried: int = 0) -> pd.DataFrame:
    made = len(plan.shortcuts)
    lost_links = before.relationships - (after.relationships - plan.new_links)
    rows = [
        ("nodes", plan.created, len(plan.nodes) - plan.created, len(plan.vanished), after.nodes),
        ("relationships", plan.new_links, len(plan.links) - plan.new_links, lost_links, after.relationships),
        ("shortcuts", made, 0, before.shortcuts + made - after.shortcuts, after.shortcuts),
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame.attrs |= {"unchanged": unchanged, "foreign": after.foreign, "retried": retried}
    return frame
