"""Organisations of the graph that may be one."""

from tsunagari.graph.matching.matching import make_decision, match_candidates

__all__ = [
    "make_decision",
    "match_candidates",
]
