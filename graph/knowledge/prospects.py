"""What could be done about gaps, and what would be lost without somebody, as users ask it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tsunagari.graph.coverage import GAPS
from tsunagari.graph.knowledge.reach import Day, Reach

if TYPE_CHECKING:
    import pandas as pd


class Prospects(Reach):
    """The part of a knowledge graph's interface that tells of remedies and losses."""

    def remedies(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        limit: int = 3,
        statuses: Collection[str] = GAPS,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return who could fill each gap, with reasons, the path to them and whom to ask.

        See `tsunagari.graph.remedies.remedy_table`; `areas`, `fields` and `need` are as in `gaps`.

        Examples
        --------
        >>> kg.remedies(["香美町"], ["フードバンク"])[["rank", "candidate"]].values.tolist()
        [[1, '香美町'], [2, '鳥取市']]
        """
        from tsunagari.graph.remedies import remedy_table

        coverage = self.coverage(areas, fields, at=at, need=need)
        return remedy_table(self._reader, coverage, at=self._day(at), limit=limit, statuses=statuses, lang=lang)

    def extensions(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        budget: int | None = 10,
        size: int = 5,
        hops: int = 2,
        statuses: Collection[str] = GAPS,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the few extensions that close the most gaps, see `tsunagari.graph.remedies.extension_table`.

        Examples
        --------
        >>> plan = kg.extensions(budget=2)  # the documents name cities alone, which stay at home
        >>> len(plan), plan.attrs["open_gaps"], plan.attrs["within_reach"]
        (0, 252.0, 0.0)
        """
        from tsunagari.graph.remedies import extension_table

        return extension_table(
            self._reader,
            self.coverage(areas, fields, at=at, need=need),
            at=self._day(at),
            budget=budget,
            size=size,
            hops=hops,
            statuses=statuses,
            lang=lang,
        )

    def loss(
        self,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        *,
        at: Day = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return what would be lost without each organisation, the greatest loss first.

        See `tsunagari.graph.remedies.loss_table`; `areas`, `fields` and `need` choose and weigh the cells as in `gaps`.

        Examples
        --------
        >>> kg.loss().columns[:3].tolist()
        ['rank', 'organization', 'organization_id']
        """
        from tsunagari.graph.remedies import loss_table

        coverage = self.coverage(areas, fields, at=at, need=need)
        return loss_table(self._reader, coverage, at=self._day(at), lang=lang)

    def loss_of(
        self,
        organization: str,
        *,
        areas: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        at: Day = None,
        need: str | None = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return what would be lost without one organisation, see `tsunagari.graph.remedies.loss_details`.

        Raises
        ------
        UnknownNameError
            No organisation is meant, or several are; the hint gives the nearest names.

        Examples
        --------
        >>> kg.loss_of("鳥取市")[["kind", "item"]].values.tolist()[0]
        ['platform', '因幡・但馬麒麟のまち連携中枢都市圏']
        """
        from tsunagari.graph.remedies import loss_details

        coverage = self.coverage(areas, fields, at=at, need=need)
        return loss_details(self._reader, coverage, organization, at=self._day(at), lang=lang)
