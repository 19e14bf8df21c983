"""The plan of extensions that closes the most gaps, as a table with a sentence a step."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre import defined_by
from tsunagari.graph.coverage import GAPS, Coverage
from tsunagari.graph.facts import Reader, area_name, field_names
from tsunagari.graph.measures import Integers, neighbour_lists, reach_stages, reach_words, word_bits
from tsunagari.graph.remedies.connections import (
    Connections,
    area_prefectures,
    home_prefectures,
    offering,
    present_in,
    read_connections,
    supporting,
)
from tsunagari.graph.remedies.extensions import Plan, plan_extensions
from tsunagari.graph.remedies.remedies import gap_cells
from tsunagari.graph.remedies.territories import beside, bound_bodies, territories
from tsunagari.graph.wording import extension_sentence, frame_columns

COLUMNS = frame_columns("extensions")
BUDGET, SIZE, HOPS = 10, 5, 2


def extension_table(
    reader: Reader,
    coverage: Coverage,
    *,
    at: str | None = None,
    budget: int | None = BUDGET,
    size: int = SIZE,
    hops: int = HOPS,
    statuses: Collection[str] = GAPS,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the few extensions that close the most gaps, weighted by severity.

    One extension is one organisation that takes one field, which it offers somewhere already, to at most `size`
    municipalities within its reach, where it does not offer it itself. Within reach are the municipalities where it is
    present (based there, or offering support), those of the same partnerships, and those with an organisation that is
    at most `hops` steps away in the network of ties and memberships; for local governments and councils of social
    welfare those of their territory and their partnerships alone (`tsunagari.graph.remedies.territories`). An extension
    closes the gaps of these municipalities in its field: each gets one provider more, and counts with its severity,
    once in the whole plan. (A cell without anybody then hangs on one organisation, so that it stays in the list as
    ``single``.) An organisation may be asked for several extensions. Of gaps that are equally severe it takes those
    where it is present first, then those of its prefecture, then those it reaches in fewer steps. See
    `tsunagari.graph.remedies.extensions.plan_extensions` for the method and its bound.

    Parameters
    ----------
    reader
        The graph.
    coverage
        The cells.
    at
        ISO date on which ties and memberships hold, certainly or possibly; None takes every time.
    budget
        How many extensions; None goes on until nothing more can be closed.
    size
        Most municipalities of one extension.
    hops
        How far an organisation reaches; 0 leaves it where it is and in its partnerships.
    statuses
        Statuses of the cells that count as gaps, of `tsunagari.graph.coverage.GAPS`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row an extension, in the order in which they close the most: ``step``, ``organization`` and its id,
        ``field`` and its id, ``areas`` (names) and ``area_codes`` (list), ``cells`` (how many gaps it closes), ``gain``
        (their severity), ``closed`` and ``share`` (severity of the gaps closed so far, and its share of all gaps) and
        ``sentence``. ``attrs`` holds ``open_gaps`` (severity of all gaps), ``within_reach`` (of those any extension
        could close), ``upper_bound`` (no plan of so many extensions closes more), ``guarantee`` (share of the best plan
        that is certain), ``fewest`` (every plan that closes all within reach has as many steps or more), ``method`` in
        words and what to cite. Without gaps or anybody to extend there is no row.

    Raises
    ------
    UnknownNameError
        A status is none of `tsunagari.graph.coverage.GAPS`.
    NetworkError
        The budget or the number of hops is negative, or the size is below 1.

    Examples
    --------
    >>> extension_table(kg._reader, kg.coverage()).attrs["open_gaps"] > 250
    True
    """
    severity = np.where(gap_cells(coverage, statuses), coverage.severity, 0.0)
    connections = read_connections(reader, at=at, also=coverage.offers.codes)
    local = supporting(connections, coverage, coverage.local)
    reach = _Reach(connections, coverage, hops)
    plan = plan_extensions(
        severity,
        offering(connections, coverage),
        local,
        reach.words[-1],
        budget=budget,
        size=size,
        remoteness=reach.remoteness,
    )
    return _table(connections, coverage, plan, lang)


class _Reach:
    """Which municipalities everybody can reach, from near to far."""

    def __init__(self, connections: Connections, coverage: Coverage, hops: int) -> None:
        if hops < 0:
            raise NetworkError(
                Message(
                    f"歩数は 0 以上でなければなりません: {hops}", f"The number of steps must be at least 0, not {hops}."
                )
            )
        present = present_in(connections, coverage, coverage.area_codes)
        neighbours = neighbour_lists(connections.adjacency, left_out=connections.unnamed)
        near = reach_words(neighbours, beside(connections, coverage), most=0)
        stages = reach_stages(neighbours, present, most=hops)
        bound = bound_bodies(connections)
        own = reach_words(neighbours, territories(connections, coverage), most=0)
        self.words = [stages[0], *(np.where(bound, own, stage | near) for stage in stages)]
        self._prefectures = area_prefectures(coverage.area_codes)
        self._homes = home_prefectures(connections)

    def remoteness(self, body: int) -> Integers:
        """Return how far away each municipality is: smaller is nearer."""
        places = len(self._prefectures)
        present, *others = (word_bits(words[:, [body]], places)[0] for words in self.words)
        stage = len(others) - np.sum(others, axis=0)
        abroad = self._prefectures != self._homes[body]
        return np.where(present, -1, stage + len(self.words) * abroad)


def _table(connections: Connections, coverage: Coverage, plan: Plan, lang: str) -> pd.DataFrame:
    columns = connections.columns
    bodies = connections.codes[[step.body for step in plan.steps]]
    fields = field_names(columns, coverage.field_ids, lang)
    closed, rows = 0.0, []
    named = zip(plan.steps, columns.labels(bodies, lang), columns.text(bodies), strict=True)
    for number, (step, name, iri) in enumerate(named, start=1):
        closed = round(closed + step.gain, 6)
        codes = [coverage.area_codes[area] for area in step.areas]
        areas = [area_name(code) for code in codes]
        share = closed / plan.open_gaps
        sentence = extension_sentence(name, fields[step.field], areas, share=share, lang=lang)
        what = (fields[step.field], coverage.field_ids[step.field], areas, codes, len(codes))
        rows.append((number, name, iri, *what, step.gain, closed, round(share, 6), sentence))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs |= {"open_gaps": plan.open_gaps, "within_reach": plan.within_reach, "upper_bound": plan.upper_bound}
    table.attrs |= {"guarantee": plan.guarantee, "fewest": plan.fewest, "method": _method(plan, lang)}
    return defined_by(table, ["maximum_coverage"])


def _method(plan: Plan, lang: str) -> str:
    said = Message(
        f"貪欲法による最大被覆（Nemhauser, Wolsey & Fisher 1978）：最良の計画の{plan.guarantee:.0%}以上を必ず達成。"
        f"同じ数の展開で閉じられるのは多くても{plan.upper_bound:g}（この計画は{plan.closed:g}、空白の合計は{plan.open_gaps:g}）。",
        f"Greedy maximum coverage (Nemhauser, Wolsey & Fisher 1978): at least {plan.guarantee:.0%} of the best plan."
        f" No plan of as many extensions closes more than {plan.upper_bound:g} (this one {plan.closed:g}, all gaps"
        f" {plan.open_gaps:g}).",
    )
    whole = Message(
        f"届く空白（{plan.within_reach:g}）をすべて閉じるには、どの計画でも{plan.fewest:,}件以上の展開が要る。",
        f" To close all that is within reach ({plan.within_reach:g}) every plan needs at least {plan.fewest:,}.",
    )
    return said.text(lang) + whole.text(lang)
