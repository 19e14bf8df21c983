"""What chance gives: random networks of a null, and statistics held against them; arrays in, arrays out."""

from tsunagari.graph.inference.against_chance import DRAWS, SEED, Comparison, adjusted, compare_with_chance
from tsunagari.graph.inference.draws import ROUNDS, draws_of
from tsunagari.graph.inference.nulls import NULLS, fitting_null
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.qap import mrqap, qap_correlation
from tsunagari.graph.inference.statistics import EXACT_WORK, PAIRS, STATISTICS, statistics_named

__all__ = [
    "DRAWS",
    "EXACT_WORK",
    "NULLS",
    "PAIRS",
    "ROUNDS",
    "SEED",
    "STATISTICS",
    "Comparison",
    "Observed",
    "adjusted",
    "compare_with_chance",
    "draws_of",
    "fitting_null",
    "mrqap",
    "qap_correlation",
    "statistics_named",
]
