"""A new workspace: settings and example lists to write over, as CSV files or as the sheets of one workbook."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from tsunagari.atomic_files import write_files
from tsunagari.errors import Message, Place, WorkspaceError
from tsunagari.loaders.tables import HeaderMap, MappedColumn
from tsunagari.loaders.workspace import KINDS, SETTINGS_NAME, Kind, Source
from tsunagari.ontology.vocabulary import vocabulary

WORKBOOK_NAME = "つながり.xlsx"
# Excel on Windows takes a CSV for UTF-8 only with this mark, and ends lines like this.
_MARK = "\ufeff"
_LINE_END = "\r\n"
_FILE_SETTING = re.compile(r'^file = "(?P<name>[^"]+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StarterTable:
    """An example list.

    Parameters
    ----------
    kind
        Its kind.
    columns
        Its headers and what the ontology says of them.
    rows
        Its examples.
    """

    kind: Kind
    columns: list[MappedColumn]
    rows: list[list[str]]

    @property
    def sheet(self) -> str:
        """Name of its sheet in a workbook."""
        return self.kind.label.ja


def starter_tables() -> list[StarterTable]:
    """Return the example lists in the order of the settings."""
    texts = _templates()
    tables = []
    for name, kind in _kinds(texts[SETTINGS_NAME]).items():
        headers, *rows = csv.reader(io.StringIO(texts[name]))
        mapped = HeaderMap(Source(name, kind.name), kind, vocabulary()).map_headers(headers)
        tables.append(StarterTable(kind, mapped, rows))
    return tables


def starter_rows() -> list[tuple[Kind, list[str]]]:
    """Return the invented rows with their kind."""
    return [(table.kind, row) for table in _starter_tables() for row in table.rows]


@cache
def starter_names() -> frozenset[str]:
    """Return the names of the files that hold invented rows."""
    return frozenset({WORKBOOK_NAME, *(name for name in _templates() if name.endswith(".csv"))})


@cache
def _starter_tables() -> tuple[StarterTable, ...]:
    return tuple(starter_tables())


def starter_files(workbook: bytes | None = None) -> dict[str, bytes]:
    """Return name and content of the files of a new workspace, the settings first.

    Parameters
    ----------
    workbook
        The workbook that holds `starter_tables`, a sheet each; None gives CSV files.
    """
    texts = _templates()
    settings = texts.pop(SETTINGS_NAME)
    if workbook is not None:
        return {SETTINGS_NAME: _workbook_settings(settings).encode(), WORKBOOK_NAME: workbook}
    tables = {name: (_MARK + text.replace("\n", _LINE_END)).encode() for name, text in texts.items()}
    return {SETTINGS_NAME: settings.encode(), **tables}


def init_workspace(path: Path | str, *, workbook: bytes | None = None) -> list[Path]:
    """Write a starter workspace into a folder and return the files, the settings first.

    The lists have Japanese headers and fictional examples (架空) and load without an issue.

    Parameters
    ----------
    path
        The folder; it is made when it does not exist.
    workbook
        The workbook that holds the lists, see `starter_files`; None writes CSV files.

    Raises
    ------
    WorkspaceError
        When one of the files exists already; nothing is written then.
    OutputError
        When the folder cannot be written.
    """
    folder = Path(path)
    contents = starter_files(workbook)
    existing = [name for name in contents if (folder / name).exists()]
    if existing:
        listed = ", ".join(existing)
        message = Message(
            f"{folder} には {listed} がすでにあります。何も書いていません。",
            f"{folder} already holds {listed}; nothing was written.",
        )
        hint = Message("別のフォルダーを指定してください。", "Name another folder.")
        raise WorkspaceError(message, hint, Place(str(folder)))
    write_files({folder / name: content for name, content in contents.items()})
    return [folder / name for name in contents]


def _templates() -> dict[str, str]:
    """Name to text of the settings and the tables."""
    folder = files("tsunagari.loaders.workspace").joinpath("templates")
    tables = sorted(item.name for item in folder.iterdir() if item.name.endswith(".csv"))
    # a checkout on Windows may have turned the line ends
    read = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in (SETTINGS_NAME, *tables)}
    return {name: text.replace("\r\n", "\n") for name, text in read.items()}


def _kinds(settings: str) -> Mapping[str, Kind]:
    """File to kind as the settings of the CSV files say."""
    return {source["file"]: KINDS[source["kind"]] for source in tomllib.loads(settings)["source"]}


def _workbook_settings(settings: str) -> str:
    """Return the settings with a sheet of the workbook in place of each file."""
    kinds = _kinds(settings)
    return _FILE_SETTING.sub(
        lambda found: f'file = "{WORKBOOK_NAME}"\nsheet = "{kinds[found["name"]].label.ja}"', settings
    )
