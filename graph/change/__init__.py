"""The graph as it was or would be: edits, scenarios, differences, the graph of a day, the public edition."""

from tsunagari.graph.change.choice import Choice, read_choice
from tsunagari.graph.change.comparison import compare
from tsunagari.graph.change.earliest import first_day, first_source_day
from tsunagari.graph.change.edits import Edits
from tsunagari.graph.change.effects import Scenario
from tsunagari.graph.change.manifest import removed_table
from tsunagari.graph.change.portion import portion
from tsunagari.graph.change.public import PublicEdition, public
from tsunagari.graph.change.scenario import scenario
from tsunagari.graph.change.snapshot import statements_at, valid_at
from tsunagari.graph.change.state import State, read_state
from tsunagari.graph.change.views import late_files, stated_by
from tsunagari.graph.change.waves import Waves, read_waves, wave_days

__all__ = [
    "Choice",
    "Edits",
    "PublicEdition",
    "Scenario",
    "State",
    "Waves",
    "compare",
    "first_day",
    "first_source_day",
    "late_files",
    "portion",
    "public",
    "read_choice",
    "read_state",
    "read_waves",
    "removed_table",
    "scenario",
    "stated_by",
    "statements_at",
    "valid_at",
    "wave_days",
]
