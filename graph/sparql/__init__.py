"""What is asked in SPARQL: queries, ready-made questions, rules and checks, and what guards them."""

from tsunagari.graph.sparql.checks import check_graph
from tsunagari.graph.sparql.queries import LIMIT, TIMEOUT, run_query
from tsunagari.graph.sparql.questions import MissingParameterError, Question, all_questions, ask, questions

__all__ = [
    "LIMIT",
    "TIMEOUT",
    "MissingParameterError",
    "Question",
    "all_questions",
    "ask",
    "check_graph",
    "questions",
    "run_query",
]
