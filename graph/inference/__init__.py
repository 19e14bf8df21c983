"""What chance gives: random networks of a null, and statistics held against them; arrays in, arrays out."""

from tsunagari.graph.inference.against_chance import DRAWS, SEED, Comparison, adjusted, compare_with_chance
from tsunagari.graph.inference.core_periphery import core_periphery
from tsunagari.graph.inference.draws import draws_of, exchange_rounds
from tsunagari.graph.inference.nulls import NULLS, fitting_null
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.qap import mrqap, qap_correlation
from tsunagari.graph.inference.rank_intervals import LEVEL, PLACES, rank_intervals, standing
from tsunagari.graph.inference.record_errors import LIST, MISSING, RecordErrors, Stated, list_keys, unit_numbers
from tsunagari.graph.inference.records import PlaceRecords, Records, TieRecords, false_ends
from tsunagari.graph.inference.statistics import EXACT_WORK, PAIRS, STATISTICS, statistics_named

__all__ = [
    "DRAWS",
    "EXACT_WORK",
    "LEVEL",
    "LIST",
    "MISSING",
    "NULLS",
    "PAIRS",
    "PLACES",
    "SEED",
    "STATISTICS",
    "Comparison",
    "Observed",
    "PlaceRecords",
    "RecordErrors",
    "Records",
    "Stated",
    "TieRecords",
    "adjusted",
    "compare_with_chance",
    "core_periphery",
    "draws_of",
    "exchange_rounds",
    "false_ends",
    "fitting_null",
    "list_keys",
    "mrqap",
    "qap_correlation",
    "rank_intervals",
    "standing",
    "statistics_named",
    "unit_numbers",
]
