"""From a source to its tables: by mapping headers, or by the adapter of a fixed format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from tsunagari.loaders.grids import FileContent, read_grids
from tsunagari.loaders.headers import HeaderMap
from tsunagari.loaders.kinds import KINDS, Kind
from tsunagari.loaders.settings import Source, Workspace
from tsunagari.loaders.tables import Table, read_table
from tsunagari.ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class SourceInput:
    """What an adapter gets.

    Parameters
    ----------
    workspace, source
        The settings, and those of the one file.
    vocabulary
        The ontology with the concept schemes read so far.
    """

    workspace: Workspace
    source: Source
    vocabulary: Vocabulary

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.workspace.path / self.source.file

    @cached_property
    def content(self) -> FileContent:
        """The file as grids, read when first asked for.

        Raises
        ------
        SourceError
            When the file cannot be read at all.
        """
        return read_grids(self.path, self.source.file)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind out of a file: the columns of `table` are those of `kind`."""

    kind: Kind
    table: Table


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
    """

    parts: list[Part]
    encoding: str
    sha256: str


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
        return content
    headers = HeaderMap(given.source, kind, given.vocabulary)
    parts = [Part(kind, read_table(grid, headers)) for grid in given.content.grids]
    return SourceContent(parts, given.content.encoding, given.content.sha256)
