"""A graph that lies in partitioned tables, answered by DuckDB or Spark: what users call."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Self

import pandas as pd

from tsunagari.graph.cluster.cells import Question, gap_frame, loss_frame, loss_rows, rollup_frame, table_coverage
from tsunagari.graph.cluster.engine import Engine, start_engine
from tsunagari.graph.cluster.standing import broker_frame, network_question, tie_frame
from tsunagari.graph.cluster.table_reader import TableReader
from tsunagari.graph.columns import iso_day
from tsunagari.graph.coverage import Coverage, with_statuses
from tsunagari.graph.networks import DEFAULT_NETWORK


class TableGraph:
    """The tables of an export with an engine; make one with `tsunagari.open_tables`.

    Methods give the tables that the methods of `KnowledgeGraph` of the same names give.

    Parameters
    ----------
    location
        Folder of an export, or its address in an object store.
    engine
        Reads it; closed with the graph.

    Raises
    ------
    StoreError
        It is no such folder, one of another version, or damaged.
    """

    def __init__(self, location: Path | str, engine: Engine) -> None:
        try:
            self._tables = TableReader(location, engine)
        except BaseException:
            engine.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine."""
        self._tables.engine.close()

    def __repr__(self) -> str:
        return f"<TableGraph {self.title!r} as of {self.as_of}>"

    @property
    def title(self) -> str:
        """Title of the workspace that was exported."""
        return self._tables.tables.layout.title

    @property
    def as_of(self) -> date | None:
        """The day for which questions are answered that name none; None takes every time."""
        day = self._tables.tables.layout.as_of
        return date.fromisoformat(day) if day else None

    def gaps(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        statuses: Collection[str] | None = None,
        at: date | str | int | None = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the coverage of every municipality and field, the most serious first.

        It is equal to ``kg.gaps(missing=0)``: how certain a status is, is drawn on one machine.

        Parameters
        ----------
        areas, fields
            Names, codes or IRIs; None takes the scope of the export, an empty list is an empty scope.
        statuses
            Statuses of the rows to return; None takes every one.
        at
            The day; None takes `as_of`.
        need
            Indicator that weighs the severity; None weighs all alike.
        lang
            ``"ja"`` or ``"en"``.

        Raises
        ------
        UnknownNameError
            An area, a field, the indicator or the day is not known.
        StoreError
            The engine cannot answer.
        """
        return with_statuses(gap_frame(self._tables, self._question(areas, fields, at, need, lang)), statuses)

    def coverage(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: date | str | int | None = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> Coverage:
        """Return what `gaps` is the table of, as arrays; without the offers that it comes from.

        Raises
        ------
        UnknownNameError, StoreError
            As in `gaps`.
        """
        return table_coverage(self._tables, self._question(areas, fields, at, need, lang))[0]

    def rollup(
        self,
        by: str = "prefecture",
        *,
        broader: bool = False,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        statuses: Collection[str] | None = None,
        at: date | str | int | None = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the coverage put together over areas and, if asked, over broader fields.

        Raises
        ------
        UnknownNameError, StoreError
            As in `gaps`, or areas cannot be put together by `by`.
        """
        return with_statuses(
            rollup_frame(self._tables, self._question(areas, fields, at, need, lang), by, broader=broader), statuses
        )

    def loss(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: date | str | int | None = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return what the support of municipalities would lose without each organisation, the greatest loss first.

        These are columns of ``kg.loss()``; what falls apart in the network needs one machine.

        Raises
        ------
        UnknownNameError, StoreError
            As in `gaps`.
        """
        return loss_frame(self._tables, self._question(areas, fields, at, need, lang))

    def cell_losses(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: date | str | int | None = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the cells that are lost without each organisation, row by row; see `tsunagari.graph.cluster.cells`.

        Raises
        ------
        UnknownNameError, StoreError
            As in `gaps`.
        """
        return loss_rows(self._tables, self._question(areas, fields, at, need, lang))

    def brokers(
        self,
        group: str = "sector",
        *,
        network: str = DEFAULT_NETWORK,
        at: date | str | int | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return contacts, roles beside chance, constraint and effective size of every organisation.

        These are the columns of the same names of ``kg.brokers()``; betweenness, cut points, ranks with their intervals
        and random networks need one machine.

        Raises
        ------
        UnknownNameError
            There is no such division, network or day in the SQL text.
        StoreError
            The engine cannot answer.
        """
        return broker_frame(self._tables, network_question(network, group, day=self._day(at), lang=lang))

    def edges(self, network: str = DEFAULT_NETWORK, *, at: date | str | int | None = None) -> pd.DataFrame:
        """Return the ties of a network: ``source``, ``target``, ``weight``, each direction once.

        Raises
        ------
        UnknownNameError, StoreError
            As in `brokers`.
        """
        return tie_frame(self._tables, network_question(network, day=self._day(at), lang="ja"))

    def _day(self, at: date | str | int | None) -> str | None:
        return iso_day(at if at is not None else self.as_of)

    def _question(
        self,
        areas: Iterable[str] | None,
        fields: Iterable[str] | None,
        at: date | str | int | None,
        need: str | None,
        lang: str,
    ) -> Question:
        places, topics = ([names] if isinstance(names, str) else names for names in (areas, fields))
        return Question.of(self._tables, places, topics, self._day(at), need, lang)


def open_tables(
    location: Path | str,
    *,
    engine: str = "duckdb",
    master: str | None = None,
    memory: str | None = None,
) -> TableGraph:
    """Open tables that ``kg.export("parquet", folder, partition="prefecture")`` wrote.

    Parameters
    ----------
    location
        Their folder, or an address that the engine can read, such as ``s3://bucket/tables``.
    engine, master, memory
        See `tsunagari.graph.cluster.engine.start_engine`.

    Raises
    ------
    UnknownNameError
        There is no such engine.
    StoreError
        The engine is not installed, or the tables are not ours, of another version or damaged.

    Examples
    --------
    >>> import tempfile
    >>> folder = kg.export("parquet", Path(tempfile.mkdtemp()) / "tables", partition="prefecture")
    >>> with open_tables(folder) as tables:
    ...     tables.gaps()["status"].equals(kg.gaps()["status"])
    True
    """
    return TableGraph(location, start_engine(engine, master=master, memory=memory))
