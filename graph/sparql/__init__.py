"""What is asked in SPARQL: queries, ready-made questions, rules and checks, and what guards them."""

from tsunagari.graph.sparql.answers import Answer, Term
from tsunagari.graph.sparql.checks import check_graph
from tsunagari.graph.sparql.parameters import NAMED_BY, Value
from tsunagari.graph.sparql.queries import LIMIT, TIMEOUT, run_query, too_slow
from tsunagari.graph.sparql.query_files import QueryFile
from tsunagari.graph.sparql.questions import MissingParameterError, Question, all_questions, answer, ask, questions

__all__ = [
    "LIMIT",
    "NAMED_BY",
    "TIMEOUT",
    "Answer",
    "MissingParameterError",
    "QueryFile",
    "Question",
    "Term",
    "Value",
    "all_questions",
    "answer",
    "ask",
    "check_graph",
    "questions",
    "run_query",
    "too_slow",
]
