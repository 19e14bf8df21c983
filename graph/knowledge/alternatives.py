"""A knowledge graph beside what it was, and beside what it would be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.errors import Message, WorkspaceError
from tsunagari.graph.columns import iso_day
from tsunagari.graph.knowledge.inquiry import Inquiry
from tsunagari.graph.knowledge.reach import Day

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.change import Edits, Scenario, State
    from tsunagari.graph.facts import LoadReport, Reader


FORMER, NOW = Message("前のグラフ", "the former graph"), Message("今のグラフ", "the present graph")


class Alternatives(Inquiry):
    """The part of a knowledge graph's interface that compares it with other states of the network."""

    _reader: Reader
    _report: LoadReport

    def scenario(
        self,
        edits: Edits,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> Scenario:
        """Return what would be different if organisations, services, ties or memberships came or went.

        Nothing is written. See `tsunagari.graph.change.scenario`, and `tsunagari.graph.change.edits.read_edits` for the
        form of the edits: a CSV, Excel, TOML or JSON file, or a list.

        Examples
        --------
        >>> found = kg.scenario([{"action": "remove", "what": "organization", "organization": "鳥取市"}])
        >>> found.measures.set_index("measure").loc["organizations", "difference"]
        np.float64(-1.0)
        """
        from tsunagari.graph.change import scenario

        day = iso_day(at if at is not None else self._report.as_of)
        return scenario(
            self._reader, edits, scope=self._report.scope, areas=areas, fields=fields, at=day, need=need, lang=lang
        )

    def diff(
        self,
        other: Alternatives | Path | str | None = None,
        *,
        at: Day = None,
        since: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return what changed since another build or another day, see `tsunagari.graph.change.compare`.

        Parameters
        ----------
        other
            The earlier state: a graph, the folder of a workspace, or the address of an endpoint. None compares two days
            of this graph.
        at
            The later day, of this graph; None takes its own.
        since
            The earlier day, of the other graph; None takes that graph's own.
        lang
            ``"ja"`` or ``"en"``.

        Raises
        ------
        WorkspaceError
            Neither another graph nor an earlier day is given.

        Examples
        --------
        >>> changes = kg.diff(since="2023-01-01", at="2023-10-01")
        >>> changes.attrs["before"], changes.attrs["after"]
        ('2023-01-01', '2023-10-01')
        """
        from tsunagari.graph.change import compare
        from tsunagari.graph.knowledge.build import open_graph

        if other is None and since is None:
            raise WorkspaceError(
                Message("比べる相手がありません。", "There is nothing to compare with."),
                Message(
                    "前の日付（since）か、別の作業フォルダーを指定してください。",
                    "Give an earlier day (since) or another workspace.",
                ),
            )
        earlier = self if other is None else open_graph(other) if isinstance(other, Path | str) else other
        before, after = (
            earlier._state(since, titled=other is not None, lang=lang),
            self._state(at, titled=other is not None, lang=lang),
        )
        if before.name == after.name:
            before, after = (replace(state, name=name.text(lang)) for state, name in ((before, FORMER), (after, NOW)))
        return compare(before, after, lang=lang)

    def _state(self, at: Day, *, titled: bool, lang: str) -> State:
        """Return the state on a day, with the title in its name to tell two graphs apart."""
        from tsunagari.graph.change import read_state

        day = self._day(at)
        name = f"{self._report.title} {day or ''}".rstrip() if titled or day is None else day
        return read_state(self._reader, scope=self._report.scope, at=day, name=name, lang=lang)
