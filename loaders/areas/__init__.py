"""Municipalities and areas that lists name."""

from __future__ import annotations

from tsunagari.loaders.areas.areas import Areas
from tsunagari.loaders.areas.home_area import Home, Prefecture, scope_of

__all__ = [
    "Areas",
    "Home",
    "Prefecture",
    "scope_of",
]
