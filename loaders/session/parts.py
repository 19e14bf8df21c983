"""From a source to its tables: by mapping headers, or by the adapter of a fixed format.

The module of an adapter has a function ``read(SourceInput) -> SourceContent``. It may also have a function
``recognizes(FileContent) -> bool`` that tells, from the grids alone, whether a file is of its format: `inspect` then
proposes that kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path, PurePosixPath

from pyoxigraph import Quad

from tsunagari.errors import SourceError
from tsunagari.loaders.fields import FieldWords, read_field_words
from tsunagari.loaders.files import FileContent, Grid, drop_unseen_rows, read_grids
from tsunagari.loaders.fixes import Fixes, apply_fixes
from tsunagari.loaders.identity import Wanted
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.session.companions import companion_tables
from tsunagari.loaders.tables import (
    TIES,
    HeaderMap,
    Table,
    Tidier,
    add_answers,
    hold_shares,
    is_adjacency,
    read_adjacency,
    read_table,
    tidy_rows,
)
from tsunagari.loaders.values import restore_codes
from tsunagari.loaders.workspace import KINDS, Kind, Source, Workspace
from tsunagari.ontology.vocabulary import Vocabulary

NEEDS = "needs"
RDF = "rdf"  # what a graph says is no cell that an office filled in


@dataclass(frozen=True)
class SourceInput:
    """What an adapter gets.

    Parameters
    ----------
    workspace, source
        The settings, and those of the one file.
    vocabulary
        The ontology with the concept schemes read so far.
    wanted
        What the other sources say of organisations; empty unless the kind is a register.
    fixes
        The corrections of the workspace.
    """

    workspace: Workspace
    source: Source
    vocabulary: Vocabulary
    wanted: Wanted = field(default_factory=Wanted)
    fixes: Fixes = field(default_factory=Fixes)

    @cached_property
    def field_words(self) -> FieldWords:
        """The words for fields that count in the source, read when first asked for."""
        return read_field_words(self.workspace, self.source, self.vocabulary)

    @property
    def missed_words(self) -> Counter[str]:
        """Kinds of facilities that gave no field, with how many rows have them."""
        return self.field_words.missed if "field_words" in self.__dict__ else Counter()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.workspace.path / self.source.file

    @cached_property
    def content(self) -> FileContent:
        """The file as grids, read when first asked for; corrected, and codes of its columns have their zeros.

        Raises
        ------
        SourceError
            When the file cannot be read at all.
        """
        return read_content(self.path, self.source, self.fixes)

    @property
    def file_issues(self) -> tuple[Issue, ...]:
        """What is to be said of the file as a whole; empty when it was not read as grids."""
        return self.content.issues if "content" in self.__dict__ else ()


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind out of a file: the columns of `table` are those of `kind`."""

    kind: Kind
    table: Table

    @property
    def own_rows(self) -> int:
        """How many rows of the file it holds; none when another part holds the same rows."""
        return 0 if self.table.is_companion else len(self.table.rows)


@dataclass(frozen=True, slots=True)
class SourceContent:
    """What a source gave.

    Parameters
    ----------
    parts
        Its tables, at least one.
    encoding
        How its bytes were read: an encoding, or the format.
    sha256
        Hash of its bytes.
    issues
        What is to be said of the file as a whole, not of a table; those of the reading are added by `read_source`.
    quads
        Gives, for the IRI of a graph, what goes into it unchanged; None where rows hold everything.
    """

    parts: list[Part]
    encoding: str
    sha256: str
    issues: list[Issue] = field(default_factory=list)
    quads: Callable[[str], Iterator[Quad]] | None = None


def read_content(path: Path, source: Source, fixes: Fixes | None = None) -> FileContent:
    """Return the file of a source as grids: without rows that nobody sees, corrected, with the zeros of its codes.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    content = read_grids(path, source.file, sheets=source.sheets, inside=source.inside)
    for grid in content.grids:
        drop_unseen_rows(grid, source.include)
        if fixes is not None:
            apply_fixes(grid, fixes)
        restore_codes(grid)
    return content


def read_source(given: SourceInput) -> SourceContent:
    """Return the tables of a source.

    Raises
    ------
    SourceError
        When the file cannot be read at all, or is not of its kind.
    """
    kind = KINDS[given.source.kind]
    if kind.adapter is not None:
        content: SourceContent = import_module(kind.adapter).read(given)
    else:
        content = read_tables(given, kind)
    content.issues[:0] = given.file_issues
    if kind.name != RDF:
        for part in content.parts:
            if kind.adapter is not None and "content" in given.__dict__:
                add_answers(part.table, given.content.grids, given.source.columns, given.vocabulary)
            _tidy(part, given)
    return content


def _tidy(part: Part, given: SourceInput) -> None:
    """Let the rows of an adapter through the door that those of `read_table` have passed."""
    table = part.table
    if not table.is_tidy:
        place = {"file": given.source.file, "sheet": table.sheet}
        tidier = Tidier(part.kind, given.vocabulary, table.headers, table.issues, place)
        party = part.kind.party
        is_said = (lambda row: bool(row.cells.keys() - {party})) if table.is_companion else (lambda _row: True)
        table.rows = tidy_rows(table.rows, tidier, is_said)
        if part.kind.name == NEEDS:
            table.rows = hold_shares(table.rows, given.vocabulary, table.issues, place)
        table.is_tidy = True


def recognized_kinds(content: FileContent) -> list[Kind]:
    """Return the kinds of a fixed format that say a file is one of theirs, in the order of the table of kinds."""
    found = []
    for kind in KINDS.values():
        recognizes = getattr(import_module(kind.adapter), "recognizes", None) if kind.adapter else None
        if recognizes is not None and recognizes(content):
            found.append(kind)
    return found


def read_tables(given: SourceInput, kind: Kind, *, only_mapped: bool = False) -> SourceContent:
    """Return every sheet with a table of the kind; the others are told.

    Parameters
    ----------
    given
        The source.
    kind
        What its rows are.
    only_mapped
        Whether only the headers count that the settings map.

    Raises
    ------
    SourceError
        When no sheet has such a table.
    """
    headers = HeaderMap(given.source, kind, given.vocabulary, only_mapped=only_mapped)
    parts, issues, errors = [], [], []
    for grid in given.content.grids:
        try:
            square = read_adjacency(grid, headers) if kind.name == TIES and not only_mapped else None
            table = square or read_table(grid, headers)
            parts.append(Part(kind, table))
            made = companion_tables(table, kind, given.source, given.vocabulary)
            parts += [Part(found, companion) for found, companion in made]
        except SourceError as error:
            if grid.sheet is None or given.source.sheets:
                raise
            likeness = _likeness(grid, headers)
            errors.append((likeness, error))
            issues.append(_left_out(grid, likeness, error))
    if not parts:
        raise max(errors, key=lambda failed: failed[0])[1]
    return SourceContent(parts, given.content.encoding, given.content.sha256, issues)


def _likeness(grid: Grid, headers: HeaderMap) -> tuple[bool, int, bool]:
    """Return how much a sheet is like a table of the kind: a square of bodies, known headers, anything in it."""
    known = max((len(headers.map_headers(cells)) for _, cells in grid.rows[:30]), default=0)
    return headers.kind.name == TIES and is_adjacency(grid), known, bool(grid.rows)


def _left_out(grid: Grid, likeness: tuple[bool, int, bool], error: SourceError) -> Issue:
    """A sheet without any known header is a guide or a list of choices; one with some is a table that failed."""
    is_square, known, _ = likeness
    code = "sheet-without-required" if is_square or known > 1 else "sheet-left-out"
    reason = error.message
    return make_issue(code, file=grid.file, sheet=grid.sheet, row=error.place.row, value=grid.sheet, reason=reason)


def reading_order(sources: Sequence[Source]) -> list[int]:
    """Return the places of the sources in the order in which they are read.

    Files with a concept scheme come first, because the cells of the others may use it, and registers last, because
    they keep what the others mention.
    """
    turns = [0 if source.scheme is not None else 2 if KINDS[source.kind].is_register else 1 for source in sources]
    return sorted(range(len(sources)), key=turns.__getitem__)


def graph_names(sources: Iterable[Source]) -> dict[str, str]:
    """Return source to the name of its graph: without the ending, unless another source differs only from there on."""
    names = dict.fromkeys(source.name for source in sources)
    stems = {name: str(PurePosixPath(name.replace("\\", "/")).with_suffix("")) for name in names}
    counts = Counter(stems.values())
    return {name: stem if counts[stem] == 1 else name for name, stem in stems.items()}
