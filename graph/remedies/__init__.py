"""What could be done about gaps and what would be lost: candidates, plans, losses and paths."""

from tsunagari.graph.remedies.extension_table import extension_table
from tsunagari.graph.remedies.gap_table import gap_table, name_candidates
from tsunagari.graph.remedies.loss import loss_details, loss_table
from tsunagari.graph.remedies.remedies import remedy_table

__all__ = [
    "extension_table",
    "gap_table",
    "loss_details",
    "loss_table",
    "name_candidates",
    "remedy_table",
]
