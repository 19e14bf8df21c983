"""The files of a workspace to tables; one that cannot be read at all is told, and the others go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from pyoxigraph import Quad

from tsunagari.errors import SourceError, TsunagariError
from tsunagari.loaders.files import ApartError, limits_for, sha256_if_read, unparsed
from tsunagari.loaders.fixes import Fixes, stray_fixes
from tsunagari.loaders.identity import SourceFile, read_wanted
from tsunagari.loaders.issues import Issue, IssueList, unreadable_file
from tsunagari.loaders.kept import KeptReading, Shelf, pack_reading, reading_key, unpack_reading
from tsunagari.loaders.session.parts import Part, SourceContent, SourceInput, graph_names, read_source, reading_order
from tsunagari.loaders.session.schemes import read_scheme
from tsunagari.loaders.starter import drop_examples
from tsunagari.loaders.tables import spooled_rows
from tsunagari.loaders.workspace import KINDS, Source, Workspace
from tsunagari.ontology.namespaces import graph_iri, instance_iri
from tsunagari.ontology.vocabulary import Vocabulary


@dataclass(slots=True)
class Reading:
    """What the files of a workspace hold.

    Parameters
    ----------
    vocabulary
        The ontology, with the concept schemes of the workspace once they are read.
    files
        The tables, in the order of the settings.
    issues
        What was found while reading.
    kept
        What goes into the graph as it stands in a file.
    unread
        Sources that cannot be read at all, with the reason. Nothing stands for them: a closed list that was not read
        confirms no absence and ends no membership.
    missed
        Kinds of facilities of a source that gave no field.
    fixes
        The corrections of the workspace.
    shelf
        What the last build read, and where what this one reads is kept.
    """

    vocabulary: Vocabulary
    files: list[SourceFile] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=IssueList)
    kept: list[Iterator[Quad]] = field(default_factory=list)
    unread: list[tuple[Source, SourceError]] = field(default_factory=list)
    missed: list[tuple[Source, Counter[str]]] = field(default_factory=list)
    fixes: Fixes = field(default_factory=Fixes)
    shelf: Shelf | None = None

    def need(self, scheme: str | None = None) -> None:
        """Raise why a source was not read, because what is missing now may stand in it.

        Parameters
        ----------
        scheme
            The concept scheme that is missing; None for anything else, which may stand in any file.
        """
        for source, error in self.unread:
            if scheme is None or source.scheme == scheme:
                raise error


def read_files(
    workspace: Workspace,
    vocabulary: Vocabulary,
    say: Callable[[int, int], None],
    fixes: Fixes,
    shelf: Shelf | None = None,
) -> Reading:
    """Read every table: concept schemes first, because the cells of the others may use them, and registers last.

    Parameters
    ----------
    workspace, vocabulary
        The settings and the ontology.
    say
        Told how many files are done, and of how many.
    fixes
        The corrections to read them with.
    shelf
        What the last build read of them; None reads every file.

    Raises
    ------
    SourceError
        When not one file can be read.
    """
    sources = workspace.sources
    names = graph_names(sources)
    order = reading_order(sources)
    reading = Reading(vocabulary, fixes=fixes, shelf=shelf)
    reading.issues += [*fixes.issues, *stray_fixes(fixes, [source.file for source in sources])]
    read: dict[int, list[SourceFile]] = {}
    for done, index in enumerate(order):
        say(done, len(order))
        source = sources[index]
        try:
            read[index] = _read_file(reading, workspace, source, names[source.name])
        except TsunagariError as error:
            if not isinstance(error, SourceError):
                raise
            reading.unread.append((source, error))
            continue
        except Exception as error:  # a file that no reader expected is told as such, and the others go on
            failed = ApartError("failed", type(error).__name__)
            reading.unread.append((source, unparsed(source.file, failed, limits_for(0))))
            continue
        reading.files += read[index]
    say(len(order), len(order))
    if not read:
        reading.need()
    reading.files = [file for index in sorted(read) for file in read[index]]
    reading.issues += drop_examples(reading.files)
    reading.issues += dict.fromkeys(unreadable_file(error, source.file) for source, error in reading.unread)
    return reading


def _read_file(reading: Reading, workspace: Workspace, source: Source, graph_name: str) -> list[SourceFile]:
    """Return the tables of a file, each with the kind of its rows; nothing is noted of one that cannot be read."""
    others = reading.files if KINDS[source.kind].is_register else []
    wanted = read_wanted((file.kind, file.table) for file in others)
    given = SourceInput(workspace, source, reading.vocabulary, wanted, reading.fixes)
    key, content, missed = _read_or_kept(given, reading.shelf)
    reading.missed.append((source, missed))
    vocabulary, issues = _with_schemes(reading.vocabulary, source, content)
    reading.vocabulary = vocabulary
    reading.issues += [*content.issues, *issues]
    if content.quads is not None:
        reading.kept.append(content.quads(graph_iri(graph_name)))
    for part in content.parts:
        part.table.rows = spooled_rows(part.table.rows)
    return [
        SourceFile(
            source,
            part.kind,
            iri=instance_iri("source", source.name),
            graph=graph_iri(graph_name),
            table=part.table,
            rows=part.own_rows,
            encoding=content.encoding,
            sha256=content.sha256,
            key=key,
        )
        for part in content.parts
    ]


def _read_or_kept(given: SourceInput, shelf: Shelf | None) -> tuple[str | None, SourceContent, Counter[str]]:
    """Return what a source gave, as kept or else from its file, with its key and kinds of facilities without field."""
    sha256 = None if shelf is None else sha256_if_read(given.path)
    if shelf is None or sha256 is None:
        return None, read_source(given), given.missed_words
    key = reading_key(given.workspace, given.source, given.vocabulary, given.fixes, given.wanted, sha256)
    kept = _kept(shelf, key)
    if kept is not None and kept.sha256 == sha256:
        shelf.carry(key)
        parts = [Part(kind, table) for kind, table in kept.tables]
        return key, SourceContent(parts, kept.encoding, sha256, kept.issues), kept.missed
    content, missed = read_source(given), given.missed_words
    if content.quads is not None or content.sha256 != sha256:
        return None, content, missed
    tables = [(part.kind, part.table) for part in content.parts]
    with suppress(ValueError):  # a reading that cannot be kept is read again
        data = pack_reading(KeptReading(tables, content.encoding, sha256, content.issues, missed), key)
        shelf.keep(key, data, size=given.path.stat().st_size)
    return key, content, missed


def _kept(shelf: Shelf, key: str) -> KeptReading | None:
    data = shelf.take(key)
    try:
        return None if data is None else unpack_reading(data, key)
    except ValueError:  # damaged, or not ours: the file tells
        return None


def _with_schemes(vocabulary: Vocabulary, source: Source, content: SourceContent) -> tuple[Vocabulary, list[Issue]]:
    """Return the ontology with the concept schemes of a file, and what was found in its tables."""
    issues: list[Issue] = []
    for part in content.parts:
        issues += part.table.issues
        if part.kind.name == "schemes":
            scheme, found = read_scheme(source, part.table, vocabulary)
            vocabulary = vocabulary.with_scheme(scheme)
            issues += found
    return vocabulary, issues
