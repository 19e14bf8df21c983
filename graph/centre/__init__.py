"""Who stands in the middle: tables of brokers, centralities and cohesion, and the works to cite."""

from tsunagari.graph.centre.bibliography import Bibliography, cite, defined_by
from tsunagari.graph.centre.brokers import broker_table, with_platforms
from tsunagari.graph.centre.centrality_table import DEFAULT_MEASURES, centrality_table, error_sentence
from tsunagari.graph.centre.chance_table import CHANCE_COLUMNS, chance_method, chance_table
from tsunagari.graph.centre.cohesion import cohesion_table, key_player_table
from tsunagari.graph.centre.observed_network import read_observed

__all__ = [
    "CHANCE_COLUMNS",
    "DEFAULT_MEASURES",
    "Bibliography",
    "broker_table",
    "centrality_table",
    "chance_method",
    "chance_table",
    "cite",
    "cohesion_table",
    "defined_by",
    "error_sentence",
    "key_player_table",
    "read_observed",
    "with_platforms",
]
