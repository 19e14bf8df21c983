"""The council's paper: what a report says, without a form, and the forms it is written in."""

from tsunagari.viz.paper.paper import Count, Listing, Paper, Sentence, Table
from tsunagari.viz.paper.reading import MOST_REMEDIES, Found, find, paper_of, read_paper

__all__ = ["MOST_REMEDIES", "Count", "Found", "Listing", "Paper", "Sentence", "Table", "find", "paper_of", "read_paper"]
