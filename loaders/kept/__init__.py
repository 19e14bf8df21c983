"""What stays of unchanged lists between two builds."""

from __future__ import annotations

from tsunagari.loaders.kept.bound import OTHER_BUILD, damaged_files
from tsunagari.loaders.kept.facts import KeptFacts, Taking
from tsunagari.loaders.kept.keys import reading_key
from tsunagari.loaders.kept.outcomes import Outcome, Watch, meaning
from tsunagari.loaders.kept.readings import KeptReading, pack_reading, unpack_reading
from tsunagari.loaders.kept.shelf import LISTS, Shelf

__all__ = [
    "LISTS",
    "OTHER_BUILD",
    "KeptFacts",
    "KeptReading",
    "Outcome",
    "Shelf",
    "Taking",
    "Watch",
    "damaged_files",
    "meaning",
    "pack_reading",
    "reading_key",
    "unpack_reading",
]
