"""A graph that lies in partitioned tables, answered by DuckDB or Spark: what users call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.cluster.engine import Engine
from tsunagari.graph.cluster.layout import layout_tables
from tsunagari.graph.cluster.reading import Tables, find_tables
from tsunagari.graph.cluster.text import KEPT, view_text, views_for
from tsunagari.graph.coverage import (
    CONNECTED,
    PLANNED,
    PLANNED_UNKNOWN,
    WEIGHTS,
    named_field,
    named_indicator,
    resolve_area,
)
from tsunagari.ontology.municipalities import municipality_table

ASKED = pa.schema(
    [
        ("day", pa.string()),
        ("lang", pa.string()),
        ("indicator", pa.string()),
        ("network", pa.string()),
        ("largest", pa.int64()),
        ("split_by", pa.string()),
    ]
)


class TableReader:
    """Tables with the engine that reads them: names that questions use, and the views of the SQL text.

    Parameters
    ----------
    location
        Folder or address of an export, see `tsunagari.graph.cluster.writing.write_tables`.
    engine
        Reads it.

    Raises
    ------
    StoreError
        It cannot be read, see `tsunagari.graph.cluster.reading.find_tables`.
    """

    def __init__(self, location: Path | str, engine: Engine) -> None:
        self.engine = engine
        self.tables: Tables = find_tables(location, engine)
        for name, paths in self.tables.paths().items():
            engine.files(name, paths, layout_tables()[name].schema)

    # ---- what questions name ----

    def areas(self, wanted: Iterable[str] | None) -> list[str]:
        """Return the codes of municipalities that names, codes or IRIs stand for, sorted; None is the whole scope."""
        if wanted is None:
            codes = self.column("SELECT DISTINCT unit FROM municipalities")
        else:
            codes = [code for name in wanted for code in self._resolved(name)]
        table = municipality_table()
        return sorted({code for code in codes if table.by_code(code) is not None})

    def _resolved(self, name: str) -> list[str]:
        try:
            return resolve_area(name)
        except UnknownNameError:
            return resolve_area(name, self._groups)

    @cached_property
    def _groups(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self.engine.rows("SELECT DISTINCT name, unit FROM groups").to_pylist():
            found.setdefault(row["name"], set()).add(row["unit"])
        return {name: frozenset(codes) for name, codes in found.items()}

    @cached_property
    def fields(self) -> Mapping[str, Message]:
        """Every field of the scheme with its label, sorted by IRI."""
        rows = self.engine.rows("SELECT DISTINCT field, name_ja, name_en FROM fields ORDER BY field").to_pylist()
        return {row["field"]: Message(row["name_ja"], row["name_en"]) for row in rows}

    def field_ids(self, wanted: Iterable[str] | None) -> list[str]:
        """Return the IRIs of fields that names, notations or IRIs stand for, sorted; None is all of them."""
        if wanted is None:
            return list(self.fields)
        return sorted({named_field(name, self.tables.layout.scheme, self.fields) for name in wanted})

    def words(self, kind: str) -> Mapping[str, Message]:
        """Return what sectors, classes or indicators are called."""
        rows = self.engine.rows("SELECT DISTINCT kind, id, name_ja, name_en FROM words ORDER BY id").to_pylist()
        return {row["id"]: Message(row["name_ja"], row["name_en"]) for row in rows if row["kind"] == kind}

    def indicator(self, wanted: str | None, lang: str) -> str | None:
        """Return the IRI of an indicator of need."""
        return None if wanted is None else named_indicator(wanted, self.words("indicator"), lang=lang)

    def names(self, ids: Sequence[str], lang: str) -> Mapping[str, str]:
        """Return the names of things by their IRIs."""
        self.engine.give("wanted", pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
        text = f"SELECT t.id, min(t.name_{lang}) AS name FROM things t JOIN wanted w ON w.id = t.id GROUP BY t.id"  # noqa: S608
        return {row["id"]: row["name"] or row["id"] for row in self.engine.rows(text).to_pylist()}

    # ---- questions ----

    def ask(
        self,
        view: str,
        *,
        asked: Mapping[str, Any],
        areas: Sequence[str] = (),
        fields: Sequence[str] = (),
        given: Mapping[str, pa.Table] | None = None,
        also: Sequence[str] = (),
    ) -> list[pa.Table]:
        """Return the rows of a view, and of others that share what is computed for it.

        Parameters
        ----------
        view, also
            Names of views, see `tsunagari.graph.cluster.text`.
        asked
            The day, language, indicator, network and division that are asked for; what is missing is None.
        areas, fields
            Municipalities and fields of the scope; their places are the numbers that the views give.
        given
            Further small tables by their names.
        """
        tables = {
            "asked": pa.Table.from_pylist([dict.fromkeys(ASKED.names) | dict(asked)], schema=ASKED),
            "scope_areas": _numbered("area", "unit", areas),
            "scope_fields": _numbered("place", "field", fields),
            "statuses": _weights(),
            **(given or {}),
        }
        for name, table in tables.items():
            self.engine.give(name, table)
        try:
            for name in views_for(view, *also):
                (self.engine.keep if name in KEPT else self.engine.view)(name, view_text(name))
            return [self.engine.rows(f"SELECT * FROM {name}") for name in (view, *also)]  # noqa: S608 # names of our own
        finally:
            self.engine.forget()

    def column(self, text: str) -> list[Any]:
        """Return the one column of an answer."""
        found: list[Any] = self.engine.rows(text).column(0).to_pylist()
        return found


def _numbered(number: str, name: str, values: Sequence[str]) -> pa.Table:
    return pa.table({number: pa.array(range(len(values)), pa.int64()), name: pa.array(list(values), pa.string())})


def _weights() -> pa.Table:
    """Return the weights of `tsunagari.graph.coverage.severity`, so that they stand in one place."""
    rows = [
        {
            "status": status,
            "weight": weight,
            "with_plan": PLANNED_UNKNOWN if status == "unknown" else PLANNED,
            "with_platform": CONNECTED,
        }
        for status, weight in WEIGHTS.items()
    ]
    return pa.Table.from_pylist(rows)
