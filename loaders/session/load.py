"""A workspace to records: read every file, find out what the rows declare, resolve what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad

from tsunagari.errors import Message
from tsunagari.loaders.fields import FieldUse
from tsunagari.loaders.files import collector_paused
from tsunagari.loaders.fixes import Fixes, read_fixes
from tsunagari.loaders.identity import Drafts, Records, Sink, SourceFile, newest_first
from tsunagari.loaders.issues import Issue, IssueList
from tsunagari.loaders.kept import KeptFacts, Shelf, Taking
from tsunagari.loaders.session.companions import without_known_bodies
from tsunagari.loaders.session.completion import Completion
from tsunagari.loaders.session.inference import RULE, infer_memberships
from tsunagari.loaders.session.known import Known
from tsunagari.loaders.session.named_in_settings import check_scope_areas, check_scope_fields, set_platform
from tsunagari.loaders.session.reading import read_files
from tsunagari.loaders.session.rows import RowReader
from tsunagari.loaders.session.source_info import SourceInfo, add_source_record, source_info
from tsunagari.loaders.workspace import Workspace, read_workspace
from tsunagari.ontology.records import Record
from tsunagari.ontology.vocabulary import Vocabulary, vocabulary

_STEP = 2000  # rows between two reports of progress
READING = Message("ファイルを読む", "Reading files")
UNDERSTANDING = Message("行を照合する", "Matching rows")


class Progress(Protocol):
    """What is told how far the load is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` parts of `stage` are done."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a workspace gave.

    Parameters
    ----------
    workspace
        The settings.
    records
        All records: of the files in their order, of inference, of the areas and local governments. Empty when a `sink`
        took them.
    issues
        What could not be taken over as it stood: of the settings, then file by file and row by row.
    sources
        The files, in the order of the settings.
    vocabulary
        The ontology with the workspace's own concept schemes.
    kept
        What goes into the graph as it stands in a file, one iterator a file; each gives its quads once.
    fields
        What the lists call their fields, and which fields follow.
    """

    workspace: Workspace
    records: list[Record]
    issues: list[Issue]
    sources: list[SourceInfo]
    vocabulary: Vocabulary = field(repr=False)
    kept: tuple[Iterator[Quad], ...] = ()
    fields: tuple[FieldUse, ...] = ()


def load_workspace(
    path: Path | str | Workspace,
    *,
    lang: str = "ja",
    progress: Progress | None = None,
    inferred: bool = True,
    sink: Sink | None = None,
    fixes: Fixes | None = None,
    shelf: Shelf | None = None,
    take: Taking | None = None,
) -> Load:
    """Return the records and issues of a workspace; nothing is written.

    The same files give the same records in the same order.

    Parameters
    ----------
    path
        The folder, its tsunagari.toml, or settings already read.
    lang
        Language of the stages that `progress` is told.
    progress
        Called with stage, done and total.
    inferred
        False leaves out what rule statements imply.
    sink
        Takes the records in place of the list, each as soon as nothing can change it: facts while their rows are read,
        things that several rows describe at the end. Large files then need little memory. A fact that several rows
        state comes once a row, with the evidence of that row.
    fixes
        Corrections to read the lists with; None for those of the workspace.
    shelf
        What the last build read, so that unchanged lists are not read again; None reads every file.
    take
        Takes facts of unchanged lists over from the last graph; given with a `sink` and a `shelf`.

    Raises
    ------
    WorkspaceError
        When the settings cannot be used.
    SourceError
        When no file can be read at all, or when one cannot that the settings need: the scheme of the scope, or the
        platform of a list. Any other unreadable file is an issue, like a bad row.
    """
    workspace = path if isinstance(path, Workspace) else read_workspace(path)
    with collector_paused():
        session = _Session(workspace, lang, progress, sink, fixes)
        session.read_files(shelf)
        drafts = session.declare()
        session.read_rows(drafts, shelf, take)
        session.check_scope()
        return session.finish(inferred=inferred)


class _Session:
    """One load, from files to records."""

    def __init__(
        self, workspace: Workspace, lang: str, progress: Progress | None, sink: Sink | None, fixes: Fixes | None
    ) -> None:
        self.workspace = workspace
        self._lang = lang
        self._progress = progress
        self._fixes = read_fixes(workspace.path) if fixes is None else fixes
        self._issues = IssueList()
        self._sink = sink
        self._records = Records(None if sink is None else self._hand_over)

    def read_files(self, shelf: Shelf | None) -> None:
        """Read every table."""
        self._reading = read_files(self.workspace, vocabulary(), partial(self._say, READING), self._fixes, shelf)
        self._vocabulary = self._reading.vocabulary
        self._issues += self._reading.issues
        check_scope_fields(self.workspace, self._reading)

    def declare(self) -> Drafts:
        """Return the rows of all files, after finding out what they declare and which platform a file is of.

        Documents come first, as other dates may refer to them, new lists before older.
        """
        files = without_known_bodies([file for file in self._reading.files if file.kind.name != "schemes"])
        drafts = Drafts(newest_first(sorted(files, key=lambda file: file.kind.name != "documents")))
        self._known = Known(self.workspace, self._vocabulary, self._issues)
        for source, missed in self._reading.missed:
            self._known.fields.note_open(source, missed)
        self._known.declare(drafts)
        for parts in self._sources():
            set_platform(parts, self._known, self._reading, self._issues)
        return drafts

    def read_rows(self, drafts: Drafts, shelf: Shelf | None, take: Taking | None) -> None:
        """Turn the rows into records, but those whose facts are taken over."""
        for parts in self._sources():
            add_source_record(self._records, parts[0])
        known = self._known
        reader = RowReader(
            vocabulary=self._vocabulary,
            parser=known.parser,
            resolver=known.resolver,
            areas=known.areas,
            declarations=known.declarations,
            fields=known.fields,
            records=self._records,
            issues=self._issues,
        )
        completion = Completion(drafts.files, self._records, known.parser)
        reader.prepare(drafts)
        kept = (
            None
            if shelf is None or take is None
            else KeptFacts(drafts.files, shelf, take, reader.cells, self._vocabulary)
        )
        total, read = len(drafts), 0
        for file in drafts.files:
            day = reader.document_date(file)
            rows, reader.watch = (file.drafts(), None) if kept is None else kept.rows(file, day)
            before = len(self._records)
            for done, draft in enumerate(rows, start=read):
                if done % _STEP == 0:
                    self._say(UNDERSTANDING, done, total)
                reader.read(draft)
                completion.was_read(draft)
            file.records += len(self._records) - before
            read += len(file.table.rows)
            if kept is not None and reader.watch is not None:
                kept.keep(file, reader.watch, day, size=(self.workspace.path / file.file).stat().st_size)
        self._say(UNDERSTANDING, total, total)

    def _sources(self) -> list[list[SourceFile]]:
        """Return the parts of each source."""
        parts: dict[int, list[SourceFile]] = {}
        for file in self._reading.files:
            parts.setdefault(id(file.source), []).append(file)
        return list(parts.values())

    def check_scope(self) -> None:
        """Report areas of the settings that do not exist."""
        check_scope_areas(self.workspace, self._known, self._issues)

    def finish(self, *, inferred: bool) -> Load:
        """Return everything in its final order."""
        kept: list[Record] = []
        for record in self._finished(inferred=inferred):
            if self._sink is None:
                kept.append(record)
            else:
                self._sink(record, self._vocabulary)
        order = {source.file: index for index, source in enumerate(self.workspace.sources)}
        found = sorted(self._issues, key=lambda issue: (order.get(issue.file or "", -1), issue.row or 0))
        infos = [source_info(parts) for parts in self._sources()]
        issues = [*self.workspace.issues, *found]
        fields = tuple(self._known.fields.uses())
        return Load(self.workspace, kept, issues, infos, self._vocabulary, tuple(self._reading.kept), fields)

    def _finished(self, *, inferred: bool) -> Iterator[Record]:
        """Yield what was kept until all rows were read, and what follows from it."""
        yield from (record.finish() for record in self._records)
        for rule in [record for record in self._records if record.cls == RULE and inferred]:
            yield from infer_memberships(rule, self._known.areas)
        yield from self._known.records()

    def _hand_over(self, record: Record) -> None:
        assert self._sink is not None
        self._sink(record, self._vocabulary)

    def _say(self, stage: Message, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(stage.text(self._lang), done, total)
