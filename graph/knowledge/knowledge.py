"""The knowledge graph as users have it in Python: every table, network, finding and file, by one object."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.graph.columns import iso_day
from tsunagari.graph.facts import LoadReport, Reader
from tsunagari.graph.knowledge.alternatives import Alternatives
from tsunagari.graph.knowledge.mediation import Mediation
from tsunagari.graph.knowledge.prospects import Prospects
from tsunagari.graph.knowledge.reach import Day
from tsunagari.graph.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from rdflib import Dataset

    from tsunagari.graph.columns import Columns


class KnowledgeGraph(Alternatives, Prospects, Mediation):
    """A built graph; make one with `tsunagari.build` or `tsunagari.open`.

    Methods take ``at``, the day for which they answer (default: `as_of`), and ``lang``, the language of labels and
    sentences (``"ja"`` or ``"en"``). What is read from the store is kept, so a second table is quick.

    Parameters
    ----------
    store
        Where the graph is kept.
    report
        What the build noted beside it.
    workspace
        The workspace it was built from; None for a remote graph.
    columns
        The graph by columns, where a build has written them; else they are made when they are first needed.
    """

    def __init__(
        self, store: Store, report: LoadReport, workspace: Path | None = None, *, columns: Columns | None = None
    ) -> None:
        super().__init__(store, report, columns=columns)
        self._workspace = workspace

    # ---- what it is ----

    @property
    def title(self) -> str:
        """Title of the workspace.

        >>> kg.title
        '孤独・孤立対策官民連携プラットフォームの記録'
        """
        return self._report.title

    @property
    def as_of(self) -> date | None:
        """The day for which questions are answered when they name none; None takes every time.

        >>> kg.as_of
        datetime.date(2023, 10, 1)
        """
        return self._report.as_of

    @property
    def workspace(self) -> Path | None:
        """Folder of the workspace, None for a remote graph.

        >>> kg.workspace.name
        'platforms'
        """
        return self._workspace

    @property
    def stale(self) -> list[str]:
        """Files of the workspace that changed after the graph was built; empty when it is up to date.

        >>> kg.stale
        []
        """
        return [] if self._workspace is None else self._report.changed_files(self._workspace)

    @property
    def store(self) -> Store:
        """The store itself.

        >>> len(kg.store) > 10_000
        True
        """
        return self._store

    def rdf(self) -> Dataset:
        """Return the graph as an rdflib Dataset; its default graph is the union of the sources.

        >>> len(kg.rdf()) > 10_000
        True
        """
        return self._store.dataset()

    def close(self) -> None:
        """Let go of the store's files; on Windows this must come before a new build.

        >>> import tsunagari
        >>> with tsunagari.open(workspace) as graph:  # closes it at the end
        ...     len(graph.platforms)
        26
        """
        self._store.close()
        self._reader = Reader(self._store)  # the old one keeps the files of the columns

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.title!r} as of {self.as_of}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows, see `tsunagari.graph.knowledge.display.graph_html`."""
        from tsunagari.graph.knowledge.display import graph_html

        return graph_html(self)

    def _part(self, store: Store, report: LoadReport | None = None) -> KnowledgeGraph:
        return KnowledgeGraph(store, report or self._report, self._workspace)

    def stated_by(self, day: date | str) -> KnowledgeGraph:
        """Return what was known on a day: the part of the graph that sources of that day or before state.

        The world's clock is ``at``, this is the clock of knowledge; both may be given. See
        `tsunagari.graph.change.stated_by` for the date of a source. The part is held in memory.

        Raises
        ------
        UnknownNameError
            The text is no calendar day.

        Examples
        --------
        >>> len(kg.stated_by("2022-12-31").memberships) < len(kg.memberships)
        True
        """
        from tsunagari.graph.change import stated_by

        known = iso_day(day)
        assert known is not None
        return self._part(stated_by(self._reader, known))

    def public(self) -> KnowledgeGraph:
        """Return the part of the graph that may be shown to everybody: without members that are not to be named.

        See `tsunagari.graph.change.public`. It tells of no issues either, because these quote the lists.

        Examples
        --------
        >>> len(kg.public().memberships) == len(kg.memberships)  # no list here keeps anybody back
        True
        """
        from tsunagari.graph.change import public

        return self._part(public(self._reader), replace(self._report, issues=()))

    def valid_at(self, day: date | str) -> KnowledgeGraph:
        """Return the part of the graph that holds on a day, certainly or possibly, for questions without a day.

        Raises
        ------
        UnknownNameError
            The text is no calendar day.

        Examples
        --------
        >>> len(kg.valid_at("2018-01-01").memberships) < len(kg.memberships)
        True
        """
        from tsunagari.graph.change import quads_at
        from tsunagari.graph.store import MemoryStore

        return self._part(MemoryStore(quads_at(self._reader, iso_day(day))))

    # ---- tables ----

    def frame(self, name: str, *, at: Day = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
        """Return one of the tables of `tsunagari.graph.tables.frames.COLUMNS`, see `tsunagari.graph.tables.frame`.

        Examples
        --------
        >>> kg.frame("memberships", at="2018-01-01")["validity"].isin(["certain", "possible"]).all()
        np.True_
        """
        from tsunagari.graph.tables import frame

        return frame(self._reader, name, at=self._day(at), every=every, lang=lang)

    @property
    def organizations(self) -> pd.DataFrame:
        """One row an organisation, of every time; ``validity`` tells whether it holds on `as_of`.

        >>> kg.organizations.columns[:3].tolist()
        ['organization_id', 'name', 'reading']
        """
        return self.frame("organizations", every=True)

    @property
    def platforms(self) -> pd.DataFrame:
        """One row a platform, partnership, forum or body of one.

        >>> kg.platforms.columns[:3].tolist()
        ['platform_id', 'platform', 'reading']
        """
        return self.frame("platforms", every=True)

    @property
    def memberships(self) -> pd.DataFrame:
        """One row a membership, role or place in a partnership.

        >>> kg.memberships.columns[:3].tolist()
        ['organization_id', 'organization', 'platform_id']
        """
        return self.frame("memberships", every=True)

    @property
    def services(self) -> pd.DataFrame:
        """One row a service, provider, field and area.

        >>> kg.services.columns[:3].tolist()
        ['service_id', 'service', 'provider_id']
        """
        return self.frame("services", every=True)

    @property
    def ties(self) -> pd.DataFrame:
        """One row a stated tie between two organisations.

        >>> kg.ties.columns[:3].tolist()
        ['from_id', 'from', 'to_id']
        """
        return self.frame("ties", every=True)

    @property
    def areas(self) -> pd.DataFrame:
        """One row a municipality, ward or prefecture that the graph names.

        >>> kg.areas.columns[:3].tolist()
        ['area_code', 'name', 'reading']
        """
        return self.frame("areas", every=True)

    @property
    def needs(self) -> pd.DataFrame:
        """One row a value of an indicator, such as the population, of an area at a time.

        >>> kg.needs.columns[:3].tolist()
        ['area_code', 'area', 'prefecture']
        """
        return self.frame("needs", every=True)

    # ---- findings ----

    def centrality(self, measure: str, *, network: str = "collaboration", at: Day = None) -> pd.Series[float]:
        """Return a measure of `tsunagari.graph.measures.MEASURES` for each node of a network, by its IRI.

        >>> kg.centrality("degree").name
        'degree'
        """
        from tsunagari.graph.centre import defined_by
        from tsunagari.graph.measures import WEIGHTED, centrality_series

        ties = self.projection(network, at=at)
        found = centrality_series(ties.adjacency(), ties.node_ids, measure)
        estimated = [measure] if found.attrs["samples"] else []
        return defined_by(found, [measure], estimated=estimated, network=network if measure in WEIGHTED else None)
