"""Where support reaches, as users ask it: coverage as a table, as arrays, put together and as matrices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from tsunagari.graph.columns import iso_day
from tsunagari.graph.knowledge.curation import Curation

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.coverage import Coverage

Day: TypeAlias = date | str | None


class Reach(Curation):
    """The part of a knowledge graph's interface that tells where support reaches."""

    def _day(self, at: Day) -> str | None:
        return iso_day(at if at is not None else self._report.as_of)

    def gaps(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        need: str | None = None,
        candidates: int = 0,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the coverage of every municipality and field, the most serious first.

        See `tsunagari.graph.remedies.gap_table`; what `areas` and `fields` leave out comes from the workspace's scope.
        It counts in today's municipalities, whatever the day. ``need`` names an indicator that weighs the severity, and
        with ``candidates`` each gap names so many of those who could fill it (`remedies` tells why they).

        Examples
        --------
        >>> kg.gaps(["鳥取市"], at="2023-10-01").columns[:6].tolist()
        ['area', 'area_code', 'prefecture', 'field', 'field_id', 'status']
        >>> kg.gaps(["香美町"], ["フードバンク"], candidates=2)["candidates"].tolist()
        [['香美町', '鳥取市']]
        """
        from tsunagari.graph.remedies import gap_table

        return gap_table(
            self._reader,
            scope=self._report.scope,
            areas=areas,
            fields=fields,
            at=self._day(at),
            need=need,
            candidates=candidates,
            lang=lang,
        )

    def coverage(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        need: str | None = None,
    ) -> Coverage:
        """Return the coverage of every municipality and field as arrays: what `gaps` is the table of.

        See `tsunagari.graph.coverage.Coverage`.

        Examples
        --------
        >>> kg.coverage(["鳥取市"]).shape
        (1, 21)
        """
        from tsunagari.graph.coverage import read_coverage

        scope, day = self._report.scope, self._day(at)
        return read_coverage(self._reader, scope=scope, areas=areas, fields=fields, at=day, need=need)

    def rollup(
        self,
        by: str = "prefecture",
        *,
        broader: bool = False,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        at: Day = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the coverage put together over areas and broader fields, see `tsunagari.graph.coverage.read_rollup`.

        Examples
        --------
        >>> kg.rollup("nation", fields=["housing"])["area"].tolist()
        ['全国']
        """
        from tsunagari.graph.coverage import read_rollup

        scope, day = self._report.scope, self._day(at)
        return read_rollup(
            self._reader, by, broader=broader, scope=scope, areas=areas, fields=fields, at=day, need=need, lang=lang
        )

    def coverage_matrix(self, kind: str = "municipality-field", *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
        """Return a matrix of statuses or counts, see `tsunagari.graph.coverage.coverage_matrix`.

        >>> kg.coverage_matrix("stage-category").shape[1]
        15
        """
        from tsunagari.graph.coverage import coverage_matrix

        return coverage_matrix(self._reader, kind, scope=self._report.scope, at=self._day(at), lang=lang)
