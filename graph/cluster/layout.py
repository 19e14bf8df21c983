"""The layout of the tables: what each holds, with its version, and the list of files that belongs to every export."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from tsunagari.errors import Message

TYPES = {"text": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_()}
LAYOUT = "layout"
LAYOUT_FILE = "layout.parquet"
PREFECTURE = "prefecture"
PUBLIC = "public"
NOWHERE = "00"
"""The partition of what belongs to no prefecture."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table of the layout.

    Parameters
    ----------
    name
        Its name, and that of its folder.
    meaning
        What it holds.
    partitioned
        Whether it has a folder for each prefecture.
    columns
        Name of each column to its type and meaning.
    """

    name: str
    meaning: Message
    partitioned: bool
    columns: Mapping[str, tuple[str, Message]]

    @property
    def schema(self) -> pa.Schema:
        """The columns as Arrow has them."""
        return pa.schema([(name, TYPES[kind]) for name, (kind, _) in self.columns.items()])


@dataclass(frozen=True, slots=True, order=True)
class TableFile:
    """One file of an export.

    Parameters
    ----------
    table
        The table it is of.
    path
        Where it is, from the folder of the export.
    rows, bytes
        How large it is.
    """

    table: str
    path: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What an export says of itself.

    Parameters
    ----------
    version
        Version of the layout.
    title, as_of, scheme
        Of the workspace: its title, the day of questions that name none, the scheme of fields.
    edition
        `PUBLIC` for a public edition, else empty.
    fingerprint
        That of the graph it was made from.
    files
        Every file.
    """

    version: int
    title: str
    as_of: str | None
    scheme: str
    edition: str
    fingerprint: str
    files: tuple[TableFile, ...]

    def table(self) -> pa.Table:
        """Return it as the one row of `LAYOUT_FILE`."""
        row = asdict(self) | {"files": json.dumps([asdict(file) for file in self.files])}
        return pa.Table.from_pylist([row], schema=layout_tables()[LAYOUT].schema)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Layout:
        """Return what the one row says.

        Raises
        ------
        KeyError, TypeError, ValueError
            It is no row of ours.
        """
        files = tuple(TableFile(**file) for file in json.loads(row["files"]))
        return cls(
            **{name: row[name] for name in ("version", "title", "as_of", "scheme", "edition", "fingerprint")},
            files=files,
        )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "layout.toml").read_text(encoding="utf-8"))


def layout_version() -> int:
    """Return the version that is written and read.

    Examples
    --------
    >>> layout_version()
    2
    """
    return int(_read()["version"])


@cache
def layout_tables() -> Mapping[str, TableLayout]:
    """Return the tables by their names.

    Examples
    --------
    >>> layout_tables()["links"].schema.names
    ['subject', 'property', 'object']
    """
    return {
        name: TableLayout(
            name,
            Message(table["ja"], table["en"]),
            table.get("partitioned", False),
            {column: (said["type"], Message(said["ja"], said["en"])) for column, said in table["columns"].items()},
        )
        for name, table in _read().items()
        if name != "version"
    }
