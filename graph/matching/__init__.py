"""Organisations of the graph that may be one."""

from tsunagari.graph.matching.doubts import Answers, doubtful_bodies
from tsunagari.graph.matching.matching import make_decision, match_candidates

__all__ = [
    "Answers",
    "doubtful_bodies",
    "make_decision",
    "match_candidates",
]
