"""Who stands in the middle: tables of brokers, centralities and cohesion, and the works to cite."""

from tsunagari.graph.centre.bibliography import Bibliography, cite, defined_by
from tsunagari.graph.centre.brokers import broker_table, record_draws, with_platforms
from tsunagari.graph.centre.centrality_table import DEFAULT_MEASURES, centrality_table, error_sentence
from tsunagari.graph.centre.chance_table import (
    CHANCE_COLUMNS,
    chance_method,
    chance_table,
    mixing_sentence,
    roles_beside_chance,
)
from tsunagari.graph.centre.cohesion import cohesion_table, key_player_table
from tsunagari.graph.centre.network_regression import correlate_networks, regress_networks
from tsunagari.graph.centre.observed_network import MADE, read_observed, read_records
from tsunagari.graph.centre.whole_network_table import core_periphery_table, whole_network_table

__all__ = [
    "CHANCE_COLUMNS",
    "DEFAULT_MEASURES",
    "MADE",
    "Bibliography",
    "broker_table",
    "centrality_table",
    "chance_method",
    "chance_table",
    "cite",
    "cohesion_table",
    "core_periphery_table",
    "correlate_networks",
    "defined_by",
    "error_sentence",
    "key_player_table",
    "mixing_sentence",
    "read_observed",
    "read_records",
    "record_draws",
    "regress_networks",
    "roles_beside_chance",
    "whole_network_table",
    "with_platforms",
]
