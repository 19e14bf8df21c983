"""Who could fill each gap: candidates with reasons, the path that leads to them with its evidence, and whom to ask."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.coverage import GAPS, STATUSES, Coverage
from tsunagari.graph.facts import Reader
from tsunagari.graph.measures import neighbour_lists
from tsunagari.graph.remedies.connections import (
    Connections,
    area_positions,
    area_prefectures,
    home_prefectures,
    offering,
    planning,
    present_in,
    read_connections,
    supporting,
)
from tsunagari.graph.remedies.remedy_ranking import Ground, rank_candidates
from tsunagari.graph.remedies.shown_remedies import ShownRemedies
from tsunagari.graph.remedies.territories import beside, bound_bodies, territories


def remedy_table(
    reader: Reader,
    coverage: Coverage,
    *,
    at: str | None = None,
    limit: int = 3,
    statuses: Collection[str] = GAPS,
    told: int | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return who could fill each gap, the most serious gap first.

    A candidate of a municipality and field is an organisation that only plans to offer the field there, or one that
    offers it elsewhere (in another municipality, inside or outside of the scope, or for a wider area) and not in the
    municipality itself. Unnamed groups are never candidates, and no path leads through one. Local governments and
    councils of social welfare are candidates in their territory and their partnerships alone, see
    `tsunagari.graph.remedies.territories`. Candidates are ranked by, in this order:

    1. whether they plan to offer the field in the municipality;
    2. whether they are in the municipality already: based there, or offering another field there;
    3. whether they are in a municipality of the same partnership, or in a platform with an organisation that is in the
       municipality;
    4. the fewest steps in the network of ties and memberships to an organisation that is in the municipality;
    5. the distance from where they are based, where both coordinates are known; without them those of the same
       prefecture come before the others;
    6. their IRI.

    Parameters
    ----------
    reader
        The graph.
    coverage
        The cells.
    at
        ISO date on which ties and memberships hold, certainly or possibly; None takes every time.
    limit
        Most candidates a cell.
    statuses
        Statuses of the cells to fill, of `GAPS`.
    told
        The first so many candidates say everything; the others only name the cell, the candidate, the path and whom to
        ask, which is quicker for many gaps. None tells all.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row a cell and candidate, in the order of the coverage table and of the rank:

        ==================================  ==========================================================================
        column                              meaning
        ==================================  ==========================================================================
        area, area_code, prefecture         the municipality
        field, field_id                     the field
        those of its status and severity    as in the coverage table
        rank                                1, 2, … within the cell; missing when there is no candidate
        candidate, candidate_id             name and IRI of the organisation; empty when there is none
        reasons                             why it, in words
        offers_in                           where it offers the field now, or plans to
        evidence                            where that is stated
        hops                                steps to the nearest organisation in the municipality, 0 when it is there
                                            itself, missing when no path is known
        path, path_ids                      from the organisation in the municipality to the candidate (one of the
                                            shortest, by those with the most contacts); empty without a path
        path_evidence                       where each step of the path is stated
        broker, broker_id                   the last on the path before the candidate: it knows it and can introduce
                                            it; empty when no path is known or the candidate is there itself
        distance_km                         great-circle distance, missing when a coordinate is not known
        sentence                            all this in one sentence
        ==================================  ==========================================================================

        A cell without a candidate is one row that says so. Without gaps, or in a scope without municipalities, there is
        no row.

    Raises
    ------
    UnknownNameError
        A status is none of `GAPS`.
    NetworkError
        The limit is below 1.

    Examples
    --------
    >>> remedy_table(kg._reader, kg.coverage(["香美町"], ["フードバンク"]), limit=1)["sentence"][0]
    '香美町の「フードバンク」（未調査）は、香美町が候補です（香美町での実施を予定・検討中、香美町ですでに活動）。'
    """
    wanted = gap_cells(coverage, statuses)
    if limit < 1:
        raise NetworkError(
            Message(
                f"候補の数は 1 以上でなければなりません: {limit}",
                f"The number of candidates must be at least 1, not {limit}.",
            )
        )
    connections = read_connections(reader, at=at, also=coverage.offers.codes)
    ground = read_ground(connections, coverage)
    found = rank_candidates(ground, wanted, limit=limit)
    return ShownRemedies(connections, coverage, ground, found, lang).table(wanted, told)


def gap_cells(coverage: Coverage, statuses: Collection[str] = GAPS) -> Any:
    """Return which cells have one of the statuses, municipalities × fields.

    Raises
    ------
    UnknownNameError
        A status is none of `GAPS`.

    Examples
    --------
    >>> gap_cells(kg.coverage(["香美町"], ["フードバンク"])).tolist()
    [[True]]
    """
    statuses = (statuses,) if isinstance(statuses, str) else tuple(statuses)
    wrong = sorted(set(statuses) - set(GAPS))
    if wrong:
        raise UnknownNameError(
            Message(f"「{wrong[0]}」は空白の状況ではありません。", f"{wrong[0]!r} is no status of a gap."),
            Message(f"使える状況: {', '.join(GAPS)}", f"Statuses: {', '.join(GAPS)}"),
        )
    return np.isin(coverage.status, [STATUSES.index(name) for name in statuses])


def read_ground(connections: Connections, coverage: Coverage) -> Ground:
    """Return bodies, municipalities and fields as the ranking needs them.

    Examples
    --------
    >>> from tsunagari.graph.remedies.connections import read_connections
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> read_ground(read_connections(kg._reader, also=food.offers.codes), food).planned.nnz
    2
    """
    columns = connections.columns
    codes = coverage.area_codes
    return Ground(
        offering(connections, coverage),
        supporting(connections, coverage, coverage.local),
        present_in(connections, coverage, codes),
        connections.memberships,
        beside(connections, coverage),
        neighbour_lists(connections.adjacency, left_out=connections.unnamed),
        area_positions(columns, codes),
        connections.positions(),
        area_prefectures(codes),
        home_prefectures(connections),
        planning(connections, coverage),
        bound_bodies(connections),
        territories(connections, coverage),
    )
