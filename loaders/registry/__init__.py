"""The things that rows may refer to, and their ids."""

from __future__ import annotations

from tsunagari.loaders.registry.entities import Accepts, Entity, Index, Registry, describe
from tsunagari.loaders.registry.ids import fold_id, is_id

__all__ = [
    "Accepts",
    "Entity",
    "Index",
    "Registry",
    "describe",
    "fold_id",
    "is_id",
]
