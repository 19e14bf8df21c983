"""The state of a graph on a day: what two of are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tsunagari.graph.coverage import Coverage, read_coverage
from tsunagari.graph.facts import Reader, Scope, area_name, field_names, unit_name
from tsunagari.graph.networks import Relationships, read_relationships


@dataclass(frozen=True, slots=True)
class State:
    """What is compared, on one day of one graph.

    Parameters
    ----------
    name
        What it is called: the day, or the title of the workspace.
    network
        Ties and places in platforms.
    coverage
        The status of every cell.
    labels
        Names of the nodes of the network, in their order.
    areas, fields
        Names of the municipalities and fields of the coverage, in their order.
    unit
        Gives the name of what an offer is for.
    """

    name: str
    network: Relationships
    coverage: Coverage
    labels: Sequence[str]
    areas: Sequence[str]
    fields: Sequence[str]
    unit: Callable[[str], str]

    @property
    def is_empty(self) -> bool:
        """Whether no membership, service or tie holds."""
        return not (len(self.network.places) or len(self.network.ties) or len(self.coverage.offers))


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
    columns = reader.columns
    coverage = read_coverage(reader, scope=scope, at=at, lang=lang)
    network = read_relationships(reader, at=at)
    return State(
        name or at or "",
        network,
        coverage,
        columns.labels(columns.codes(network.nodes), lang),
        [area_name(code) for code in coverage.area_codes],
        field_names(columns, coverage.field_ids, lang),
        lambda unit: unit_name(columns, unit, lang),
    )
