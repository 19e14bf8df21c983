"""The council's paper: what a report says, without a form, and the forms it is written in."""

from tsunagari.viz.paper.paper import Count, Listing, Paper, Sentence, Table
from tsunagari.viz.paper.reading import read_paper

__all__ = ["Count", "Listing", "Paper", "Sentence", "Table", "read_paper"]
