"""The tables of an export found and checked before an engine reads them: ours, of this version, whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tsunagari.errors import Message, StoreError
from tsunagari.graph.cluster.engine import Engine
from tsunagari.graph.cluster.layout import LAYOUT, LAYOUT_FILE, Layout, TableFile, layout_tables, layout_version

_AGAIN = Message(
    "`tsunagari export parquet --partition prefecture -o フォルダー` で書き出し直してください。",
    "Write it again with `tsunagari export parquet --partition prefecture -o FOLDER`.",
)


@dataclass(frozen=True, slots=True)
class Tables:
    """An export that is ready to be read.

    Parameters
    ----------
    location
        Its folder, or its address in an object store.
    layout
        What it says of itself.
    """

    location: str
    layout: Layout

    def paths(self) -> Mapping[str, Sequence[str]]:
        """Return the files of each table."""
        found: dict[str, list[str]] = {name: [] for name in layout_tables() if name != LAYOUT}
        for file in self.layout.files:
            found[file.table].append(f"{self.location}/{file.path}")
        return found


def find_tables(location: Path | str, engine: Engine) -> Tables:
    """Return the tables of an export, once every file is found to be there and whole.

    Parameters
    ----------
    location
        A folder, or an address that the engine can read, such as ``s3://bucket/tables``. Of a folder every file is
        looked at; in an object store the numbers of rows are compared.
    engine
        Reads what is not on this machine.

    Raises
    ------
    StoreError
        It is no folder of such tables, one of another version, or a file is missing or cut.
    """
    text = str(location).rstrip("/")
    remote = "://" in text
    layout = _layout(text, _remote_row(text, engine) if remote else _local_row(Path(text)))
    if remote:
        _check_rows(text, layout, engine)
    else:
        for file in layout.files:
            _check_file(Path(text), file)
    return Tables(text, layout)


def _local_row(folder: Path) -> pa.Table:
    path = folder / LAYOUT_FILE
    if not path.is_file():
        raise StoreError(
            Message(
                f"tsunagari が書き出した表のフォルダーではありません: {folder}",
                f"This is no folder of tables that tsunagari wrote: {folder}",
            ),
            _AGAIN,
        )
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise _broken(path, Message("読めません", "it cannot be read")) from error


def _remote_row(location: str, engine: Engine) -> pa.Table:
    engine.files(LAYOUT, [f"{location}/{LAYOUT_FILE}"], layout_tables()[LAYOUT].schema)
    return engine.rows(f"SELECT * FROM {LAYOUT}")  # noqa: S608 # a name of our own


def _layout(location: str, table: pa.Table) -> Layout:
    rows = table.to_pylist()
    version = rows[0].get("version") if len(rows) == 1 else None
    if not isinstance(version, int):
        raise _broken(Path(location) / LAYOUT_FILE, Message("この形式ではありません", "it is no such layout"))
    if version != layout_version():
        wanted = layout_version()
        raise StoreError(
            Message(
                f"表の版が違います: {location} は版 {version}、この tsunagari は版 {wanted} を読みます。",
                f"The tables are of another version: {location} has {version}, this tsunagari reads {wanted}.",
            ),
            _AGAIN,
        )
    try:
        return Layout.of(rows[0])
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(Path(location) / LAYOUT_FILE, Message("内容が壊れています", "its content is damaged")) from error


def _check_file(folder: Path, file: TableFile) -> None:
    path = folder / file.path
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _broken(path, Message("ありません", "it is missing")) from error
    if size != file.bytes:
        raise _broken(path, Message(f"{file.bytes:,} バイトのはずが {size:,}", f"{size:,} bytes, not {file.bytes:,}"))
    try:
        said = pq.read_metadata(path)
        schema = said.schema.to_arrow_schema()
    except (OSError, pa.ArrowException) as error:
        raise _broken(path, Message("読めません", "it cannot be read")) from error
    wanted = layout_tables()[file.table].schema
    if said.num_rows != file.rows or not schema.equals(wanted):
        raise _broken(path, Message("書き出したものと違います", "it is not what was written"))


def _check_rows(location: str, layout: Layout, engine: Engine) -> None:
    """Compare the number of rows of each table with what was written; the engine says itself which file is missing."""
    tables = Tables(location, layout).paths()
    for name, paths in tables.items():
        engine.files(name, paths, layout_tables()[name].schema)
    parts = [f"SELECT '{name}' AS name, count(*) AS number FROM {name}" for name in tables]  # noqa: S608 # names of our own
    found = {row["name"]: int(row["number"]) for row in engine.rows(" UNION ALL ".join(parts)).to_pylist()}
    for name in tables:
        wanted = sum(file.rows for file in layout.files if file.table == name)
        if found[name] != wanted:
            raise _broken(
                Path(name), Message(f"{wanted:,} 行のはずが {found[name]:,}", f"{found[name]:,} rows, not {wanted:,}")
            )


def _broken(path: Path, reason: Message) -> StoreError:
    return StoreError(
        Message(
            f"表のファイルが壊れています: {path}（{reason.ja}）",
            f"A file of the tables is damaged: {path} ({reason.en})",
        ),
        _AGAIN,
    )
