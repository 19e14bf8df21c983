"""The state of a graph on a day: what two of are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tsunagari.errors import Message
from tsunagari.graph.coverage import Coverage
from tsunagari.graph.footing import Footing, read_footing
from tsunagari.graph.gaps import Scope, read_coverage
from tsunagari.graph.things import Reader
from tsunagari.ontology.municipalities import NATION_CODE, municipality_table

NATION = Message("全国", "the whole country")


@dataclass(frozen=True, slots=True)
class State:
    """What is compared, on one day of one graph.

    Parameters
    ----------
    name
        What it is called: the day, or the title of the workspace.
    footing
        Offers, ties and places in platforms.
    coverage
        The status of every cell.
    labels
        Names of the nodes of the footing, in their order.
    areas, fields
        Names of the municipalities and fields of the coverage, in their order.
    unit
        Gives the name of what an offer is for.
    """

    name: str
    footing: Footing
    coverage: Coverage
    labels: Sequence[str]
    areas: Sequence[str]
    fields: Sequence[str]
    unit: Callable[[str], str]

    @property
    def is_empty(self) -> bool:
        """Whether no membership, service or tie holds."""
        return not (len(self.footing.places) or len(self.footing.ties) or len(self.footing.offers))


def read_state(
    reader: Reader, *, scope: Scope | None = None, at: str | None = None, name: str = "", lang: str = "ja"
) -> State:
    """Return what is compared of a graph on a day.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    at
        ISO date; None takes every time.
    name
        What the state is called; empty takes the day.
    lang
        Language of names and labels.

    Raises
    ------
    UnknownNameError
        The scope names something unknown.

    Examples
    --------
    >>> read_state(kg._reader, at="2023-10-01").name
    '2023-10-01'
    """
    columns, table = reader.columns, municipality_table()
    coverage = read_coverage(reader, scope=scope, at=at)
    footing = read_footing(reader, coverage.offers, at=at)

    def unit_name(unit: str) -> str:
        place = table.by_code(unit)
        if place is not None:
            return place.name
        return NATION.text(lang) if unit == NATION_CODE else columns.labels([columns.code(unit)], lang)[0]

    return State(
        name or at or "",
        footing,
        coverage,
        columns.labels(columns.codes(footing.nodes), lang),
        [unit_name(code) for code in coverage.area_codes],
        columns.labels(columns.codes(coverage.field_ids), lang),
        unit_name,
    )
