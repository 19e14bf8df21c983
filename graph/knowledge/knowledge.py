"""The knowledge graph as users have it in Python: every table, network, finding and file, by one object.

The class is the list of what can be asked. Each method is a function of one of the modules beside it, whose first
parameter is the graph: a class of fifty documented methods would be a file of fifteen hundred lines, base classes
stacked on each other would hide where a method is, and objects in between would ask users to type one word more. Type
checkers and ``help()`` show these functions as the methods they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pandas as pd

from tsunagari.graph.knowledge import (
    broker_answers,
    centrality_answers,
    chance_answers,
    choice_answers,
    citation_answers,
    content_answers,
    coverage_answers,
    network_answers,
    query_answers,
    time_answers,
)
from tsunagari.graph.knowledge.display import graph_html
from tsunagari.graph.knowledge.session import Session

if TYPE_CHECKING:
    from rdflib import Dataset


class KnowledgeGraph(Session):
    """A built graph; make one with `tsunagari.build` or `tsunagari.open`.

    Methods take ``at``, the day for which they answer (default: `as_of`; a date, or text as lists write it), and
    ``lang``, the language of labels and sentences (``"ja"`` or ``"en"``). What is read and computed is kept, so a
    second table is quick.

    Parameters
    ----------
    store
        Where the graph is kept.
    report
        What the build noted beside it.
    workspace
        The workspace it was built from; None for a remote graph.
    """

    # where support does not reach
    gaps = coverage_answers.gaps
    coverage = coverage_answers.coverage
    rollup = coverage_answers.rollup
    coverage_matrix = coverage_answers.coverage_matrix
    remedies = coverage_answers.remedies
    extensions = coverage_answers.extensions
    loss = coverage_answers.loss
    loss_of = coverage_answers.loss_of
    # who holds the network together
    brokers = broker_answers.brokers
    brokerage = broker_answers.brokerage
    structural_holes = broker_answers.structural_holes
    mixing = broker_answers.mixing
    centrality = centrality_answers.centrality
    centralities = centrality_answers.centralities
    two_mode = centrality_answers.two_mode
    cohesion = centrality_answers.cohesion
    key_players = centrality_answers.key_players
    network_table = centrality_answers.network_table
    core_periphery = centrality_answers.core_periphery
    test = chance_answers.test
    qap = chance_answers.qap
    mrqap = chance_answers.mrqap
    # the networks themselves
    network = network_answers.network
    projection = network_answers.projection
    rustworkx = network_answers.rustworkx
    edges = network_answers.edges
    matrix = network_answers.matrix
    pyvis = network_answers.pyvis
    # about some areas, on other days, for other readers, what if
    about = choice_answers.about
    valid_at = time_answers.valid_at
    stated_by = time_answers.stated_by
    public = time_answers.public
    removed = time_answers.removed
    scenario = time_answers.scenario
    diff = time_answers.diff
    waves = time_answers.waves
    # questions and files
    query = query_answers.query
    ask = query_answers.ask
    questions = query_answers.questions
    export = query_answers.export
    to_neo4j = query_answers.to_neo4j
    publish = query_answers.publish
    # what is in it, and where it comes from
    frame = content_answers.frame
    evidence = citation_answers.evidence
    citations = citation_answers.citations
    citations_each = citation_answers.citations_each
    numbered_places = citation_answers.numbered_places
    cite = content_answers.cite
    summary = content_answers.summary
    status_counts = content_answers.status_counts
    source_counts = content_answers.source_counts
    source_table = content_answers.source_table
    issue_table = content_answers.issue_table
    check = content_answers.check
    first_day = property(content_answers.first_day)
    first_source_day = property(content_answers.first_source_day)
    wave_days = property(time_answers.wave_days)
    # which organisations are one
    match_candidates = content_answers.match_candidates
    decide = content_answers.decide

    def rdf(self) -> Dataset:
        """Return the graph as an rdflib Dataset; its default graph is the union of the sources.

        >>> len(kg.rdf()) > 10_000
        True
        """
        return self._store.dataset()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.title!r} as of {self.as_of}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows, see `tsunagari.graph.knowledge.display.graph_html`."""
        return graph_html(self)

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

    @property
    def sources(self) -> pd.DataFrame:
        """The documents and files: title, publisher, issued, file, kind, records, document.

        >>> len(kg.sources) > 4
        True
        """
        return self.source_table()

    @property
    def issues(self) -> pd.DataFrame:
        """What the load could not take over as it stood, in Japanese; see `issue_table`.

        >>> kg.issues.columns[:3].tolist()
        ['severity', 'code', 'file']
        """
        return self.issue_table()
