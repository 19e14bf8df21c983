"""Measures of networks: arrays in, arrays out."""

from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Graph,
    Integers,
    adjacency_of,
    check_one_each,
    check_weights,
    checked_adjacency,
    either_way,
    missing_groups,
)
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.brokerage import (
    brokerage_roles,
    brokerage_scores,
    density,
    network_brokerage,
    open_paths,
)
from tsunagari.graph.measures.centrality import (
    MEASURES,
    WEIGHTED,
    centrality_estimate,
    centrality_series,
    degree,
    measure_named,
)
from tsunagari.graph.measures.chance_brokerage import ROLES, SCORES, Variance
from tsunagari.graph.measures.closed_paths import triangles
from tsunagari.graph.measures.closeness import closeness
from tsunagari.graph.measures.communities import communities
from tsunagari.graph.measures.connectivity import bridges, parts_without
from tsunagari.graph.measures.estimate import Accuracy, Estimate
from tsunagari.graph.measures.exact_key_players import Ways
from tsunagari.graph.measures.hops import (
    UNREACHED,
    Hops,
    Words,
    hop_blocks,
    neighbour_lists,
    reach_stages,
    reach_words,
    trace_paths,
    word_bits,
)
from tsunagari.graph.measures.key_players import KeyPlayers, fragmentation, key_players, reach
from tsunagari.graph.measures.mixing import Mixing, mixing
from tsunagari.graph.measures.sampled_betweenness import betweenness_estimate
from tsunagari.graph.measures.splits import GroupSplits, LastLinks, Splits, group_splits, last_links, parts_of, splits
from tsunagari.graph.measures.structural_holes import Model, structural_holes
from tsunagari.graph.measures.two_mode import MEASURES as TWO_MODE_MEASURES
from tsunagari.graph.measures.two_mode import matrix_two_mode, two_mode_centrality
from tsunagari.graph.measures.whole_network import FIGURES, centralization, pair_figures, whole_network

__all__ = [
    "FIGURES",
    "MEASURES",
    "ROLES",
    "SCORES",
    "TWO_MODE_MEASURES",
    "UNREACHED",
    "WEIGHTED",
    "Accuracy",
    "Adjacency",
    "Estimate",
    "Floats",
    "Graph",
    "GroupSplits",
    "Hops",
    "Integers",
    "KeyPlayers",
    "LastLinks",
    "Mixing",
    "Model",
    "Splits",
    "Variance",
    "Ways",
    "Words",
    "adjacency_of",
    "betweenness",
    "betweenness_estimate",
    "bridges",
    "brokerage_roles",
    "brokerage_scores",
    "centrality_estimate",
    "centrality_series",
    "centralization",
    "check_one_each",
    "check_weights",
    "checked_adjacency",
    "closeness",
    "communities",
    "degree",
    "density",
    "either_way",
    "fragmentation",
    "group_splits",
    "hop_blocks",
    "key_players",
    "last_links",
    "matrix_two_mode",
    "measure_named",
    "missing_groups",
    "mixing",
    "neighbour_lists",
    "network_brokerage",
    "open_paths",
    "pair_figures",
    "parts_of",
    "parts_without",
    "reach",
    "reach_stages",
    "reach_words",
    "splits",
    "structural_holes",
    "trace_paths",
    "triangles",
    "two_mode_centrality",
    "whole_network",
    "word_bits",
]
