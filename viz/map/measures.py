"""By what the nodes of the map can be sized, and to which community each belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tsunagari.graph.measures import MEASURES
from tsunagari.viz.look.cells import plain
from tsunagari.viz.map.labels import texts

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

OF_BROKERS = ("betweenness", "constraint", "effective_size", "brokerage")
"""Measures that the table of brokers has anyway."""
MOST_BODIES = 3_000
"""A larger map carries those of the brokers alone: every further measure takes its time and its place in the page."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of every organisation.

    Parameters
    ----------
    labels
        Name of each measure by its key, in the order of the values.
    values
        Values of each organisation, without the number of ties on the map.
    community
        Name of the community of each organisation that has contacts.
    """

    labels: Mapping[str, str]
    values: Mapping[str, list[float | int | None]]
    community: Mapping[str, str]

    def of(self, node: str, degree: int) -> list[float | int | None]:
        """Return the values of `node`: the number of its ties on the map, then the others; None where it has none."""
        return [degree, *self.values.get(node, ())] if node in self.values else [degree]


def node_measures(kg: KnowledgeGraph, brokers: pd.DataFrame, *, at: Any, lang: str) -> Measures:
    """Return what the nodes can be sized by: the number of ties, what brokers has, and every measure of the catalogue.

    Parameters
    ----------
    kg
        The graph.
    brokers
        Its table of brokers.
    at, lang
        Date and language.
    """
    named = texts(lang)
    own = [name for name in OF_BROKERS if name in brokers.columns]
    series: dict[str, dict[str, Any]] = {
        name: dict(zip(brokers["organization_id"], brokers[name], strict=True)) for name in own
    }
    further = [name for name in MEASURES if name not in (*own, "degree")] if 0 < len(brokers) <= MOST_BODIES else []
    for name in further:
        values_of = kg.centrality(name, at=at)
        series[name] = dict(zip(map(str, values_of.index), values_of, strict=True))
    labels = {"degree": named["degree"]}
    for name in series:
        known = MEASURES.get(name)
        labels[name] = named.get(name) or ((known.en if lang == "en" else known.ja) if known else name)
    ids = brokers["organization_id"].tolist()
    values = {iri: [plain(found.get(iri)) for found in series.values()] for iri in ids}
    return Measures(labels, values, _communities(kg, at, lang) if 0 < len(brokers) <= MOST_BODIES else {})


def _communities(kg: KnowledgeGraph, at: Any, lang: str) -> dict[str, str]:
    """Return the community of every organisation that has contacts, named by its number and its best-connected body."""
    table = kg.cohesion(at=at, lang=lang)
    table = table[table["community_size"] > 1]
    degree = kg.centrality("degree", at=at)
    names: dict[Any, str] = {}
    for number, part in table.groupby("community", sort=True):
        order = sorted(zip(part["id"], part["name"], strict=True), key=lambda body: (-degree.get(body[0], 0), body[0]))
        names[number] = f"{number}: {order[0][1]}"
    return {iri: names[number] for iri, number in zip(table["id"], table["community"], strict=True)}
