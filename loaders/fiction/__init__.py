"""A fictional country to try things on: its lists with all their mess, and the truth beside them."""

from __future__ import annotations

from tsunagari.loaders.fiction.synthesis import Synthesis, synthesize

__all__ = ["Synthesis", "synthesize"]
