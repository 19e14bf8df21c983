"""A graph written as partitioned Parquet, table by table, with as much memory as a stretch of rows needs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tsunagari.errors import Message, OutputError, UnknownNameError
from tsunagari.graph.cluster.layout import (
    LAYOUT,
    LAYOUT_FILE,
    NOWHERE,
    PREFECTURE,
    PUBLIC,
    Layout,
    TableFile,
    layout_tables,
    layout_version,
)
from tsunagari.graph.cluster.rows import TIMES, ThingRows, area_rows, word_rows
from tsunagari.graph.columns import columns_of
from tsunagari.graph.coverage import (
    broadest,
    every_closed_list,
    is_edition,
    named_groups,
    read_borders,
    scope_areas,
    scope_fields,
    unpublished_cells,
)
from tsunagari.graph.facts import Reader, Scope, whole_unit
from tsunagari.graph.store import cannot_write

PARTITIONS = (PREFECTURE,)
FILE = "part-0.parquet"
Tell = Callable[[str, int, int], None]
WRITING = Message("表を書いています", "Writing the tables")


def write_tables(
    reader: Reader,
    folder: Path | str,
    *,
    title: str = "",
    as_of: str | None = None,
    scope: Scope | None = None,
    partition: str = PREFECTURE,
    progress: Tell | None = None,
    lang: str = "ja",
) -> Path:
    """Write a graph as the tables of `tsunagari.graph.cluster.layout`, for DuckDB and Spark.

    Parameters
    ----------
    reader
        The graph.
    folder
        The folder to make. One that holds such tables is replaced, once the new ones are whole.
    title, as_of, scope
        Of the workspace: its title, the day of questions that name none (None: every time), what gaps are counted in.
    partition
        What the large tables are split by; there is only ``"prefecture"``.
    progress, lang
        Is told the stage in that language, and how many things are written of how many.

    Returns
    -------
    The folder. The same graph gives the same bytes with the same pyarrow.

    Raises
    ------
    UnknownNameError
        There is no such partition.
    OutputError
        The folder cannot be written or holds something else.
    """
    if partition not in PARTITIONS:
        raise UnknownNameError(
            Message(
                f"「{partition}」ごとに分けることはできません。", f"Tables cannot be partitioned by {partition!r}."
            ),
            Message(f"使えるもの: {', '.join(PARTITIONS)}", f"Choose one of: {', '.join(PARTITIONS)}"),
        )
    target, counted = Path(folder), scope or Scope()
    try:
        with _replaced(target) as new:
            files = [*_write_things(ThingRows(reader), new, progress, WRITING.text(lang))]
            for name, table in _small_tables(reader, counted):
                files.append(_write(new, name, f"{name}/{FILE}", [table]))
            print_of = str(getattr(reader.store, "fingerprint", "") or "")
            edition = PUBLIC if is_edition(reader.columns) else ""
            layout = Layout(layout_version(), title, as_of, counted.fields, edition, print_of, tuple(sorted(files)))
            _write(new, LAYOUT, LAYOUT_FILE, [layout.table()])
    except OSError as error:
        raise cannot_write(target, error) from error
    return target


@contextmanager
def _replaced(target: Path) -> Iterator[Path]:
    """Give a folder beside the target to fill, which takes its place when the block ends well."""
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / LAYOUT_FILE).is_file())):
        raise OutputError(
            Message(f"ほかのものが入っています: {target}", f"There is something else in {target}"),
            Message("新しいフォルダーを指定してください。", "Name a new folder."),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield new
        new.chmod(0o755)
        if target.exists():
            old = new.with_name(f"{new.name}-old")
            target.rename(old)
            new.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            new.rename(target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _write_things(rows: ThingRows, folder: Path, progress: Tell | None, stage: str) -> Iterator[TableFile]:
    names, places = rows.prefectures
    total, done = len(rows.codes), 0
    by_prefecture = dict.fromkeys(names or (NOWHERE,), 0) | dict(
        zip(names, np.bincount(places, minlength=len(names)).tolist(), strict=True)
    )
    stretches = rows.stretches()
    for prefecture, count in by_prefecture.items():
        paths = {name: f"{name}/{PREFECTURE}={prefecture}/{FILE}" for name in ("things", "links")}
        with _Files(folder, paths) as files:
            written = 0
            while written < count:
                _, codes = next(stretches)
                files.add("things", rows.things(codes))
                for table in rows.links(codes):
                    files.add("links", table)
                written += len(codes)
                done += len(codes)
                if progress is not None:
                    progress(stage, done, total)
        yield from files.made


class _Files:
    """Parquet files that grow by tables, one of each name."""

    def __init__(self, folder: Path, paths: dict[str, str]) -> None:
        self._folder, self._paths, self._rows = folder, paths, dict.fromkeys(paths, 0)
        self.made: list[TableFile] = []

    def __enter__(self) -> _Files:
        self._writers = {}
        for name, path in self._paths.items():
            (self._folder / path).parent.mkdir(parents=True)
            self._writers[name] = pq.ParquetWriter(
                self._folder / path, _schema(name), compression="zstd", use_dictionary=True
            )
        return self

    def add(self, name: str, table: pa.Table) -> None:
        """Add rows to one of the files."""
        self._writers[name].write_table(table.cast(_schema(name)))
        self._rows[name] += len(table)

    def __exit__(self, *error: object) -> None:
        for writer in self._writers.values():
            writer.close()
        self.made = [
            TableFile(name, path, self._rows[name], (self._folder / path).stat().st_size)
            for name, path in self._paths.items()
        ]


def _write(folder: Path, name: str, path: str, tables: Iterable[pa.Table]) -> TableFile:
    if "/" not in path:
        pq.write_table(pa.concat_tables(tables).cast(_schema(name)), folder / path, compression="zstd")
        return TableFile(name, path, 1, (folder / path).stat().st_size)
    with _Files(folder, {name: path}) as files:
        for table in tables:
            files.add(name, table)
    return files.made[0]


def _schema(name: str) -> pa.Schema:
    """Return the schema of a table with the version of the layout in it, which every file therefore carries."""
    return layout_tables()[name].schema.with_metadata({"tsunagari.layout": str(layout_version()), "table": name})


def _small_tables(reader: Reader, scope: Scope) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables that are not partitioned: what is known of areas, fields and words."""
    columns = columns_of(reader.store)
    yield "areas", area_rows(columns)
    borders = sorted((unit, other) for unit, others in read_borders(columns).items() for other in others or (None,))
    yield "borders", _table("borders", borders)
    yield "closed_lists", _closed_lists(reader)
    needs = _needs(reader)
    yield "needs", needs
    yield "fields", _fields(reader, scope.fields)
    yield (
        "municipalities",
        _table("municipalities", [(code,) for code in scope_areas(reader, scope.areas)["area_code"]]),
    )
    cells = unpublished_cells(columns).items()
    yield "unpublished", _table("unpublished", ((unit, field, status) for (unit, field), status in cells))
    groups = sorted((name, code) for name, codes in named_groups(reader).items() for code in codes)
    yield "groups", _table("groups", groups)
    indicators = columns.codes(sorted(set(needs["indicator"].to_pylist())))
    yield "words", word_rows(reader, indicators)


def _table(name: str, rows: Iterable[tuple[object, ...]]) -> pa.Table:
    schema, listed = layout_tables()[name].schema, list(rows)
    values = zip(*listed, strict=True) if listed else ([] for _ in schema.names)
    return pa.table(dict(zip(schema.names, map(list, values), strict=True)), schema=schema)


def _closed_lists(reader: Reader) -> pa.Table:
    pairs = zip(every_closed_list(reader, lang="ja"), every_closed_list(reader, lang="en"), strict=True)
    rows = [
        (
            number,
            ja.unit,
            ja.field_id,
            ja.includes_parts,
            ja.found,
            ja.as_of,
            ja.begins,
            ja.ends,
            ja.ground,
            ja.name,
            en.name,
            ja.evidence,
            en.evidence,
        )
        for number, (ja, en) in enumerate(pairs)
    ]
    return _table("closed_lists", rows)


def _needs(reader: Reader) -> pa.Table:
    columns = reader.columns
    given = columns.of_class("NeedStatement")
    values, areas = columns.numbers("indicator_value", given), columns.one("about", given)
    kept = ~np.isnan(values) & (areas >= 0) & (columns.one("indicator", given) >= 0)
    given, values, areas = given[kept], values[kept], areas[kept]
    day = columns.one("as_of", given)
    days = columns.objects(np.where(day >= 0, day, columns.one("not_before", given)))
    statuses = [columns.statuses[place] for place in columns.status(given).tolist()]
    times = (columns.objects(columns.one(name, given)) for name in TIMES)
    texts = (columns.text(given), columns.text(columns.one("indicator", given)))
    units = [whole_unit(area) for area in columns.text(areas)]
    rows = zip(*texts, units, values.tolist(), days, statuses, *times, strict=True)
    return _table("needs", (row for row in rows if row[2] is not None))


def _fields(reader: Reader, scheme: str) -> pa.Table:
    ids = scope_fields(reader, scheme=scheme)["field_id"].tolist()
    pairs = sorted((field, top) for top, below in broadest(reader, ids).items() for field in below)

    def names(iri: str) -> tuple[str, str]:
        return reader.label(iri, "ja"), reader.label(iri, "en")

    return _table("fields", ((field, *names(field), top, *names(top)) for field, top in pairs))
