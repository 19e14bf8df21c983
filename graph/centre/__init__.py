"""Who stands in the middle: tables of brokers, centralities and cohesion, and the works to cite."""

from tsunagari.graph.centre.bibliography import Bibliography, cite, defined_by
from tsunagari.graph.centre.brokers import broker_table, with_platforms
from tsunagari.graph.centre.centrality_table import DEFAULT_MEASURES, centrality_table, error_sentence
from tsunagari.graph.centre.cohesion import cohesion_table, key_player_table

__all__ = [
    "DEFAULT_MEASURES",
    "Bibliography",
    "broker_table",
    "centrality_table",
    "cite",
    "cohesion_table",
    "defined_by",
    "error_sentence",
    "key_player_table",
    "with_platforms",
]
