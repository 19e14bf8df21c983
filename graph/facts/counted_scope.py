"""What a workspace counts gaps in, as its settings say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a workspace counts gaps in.

    Parameters
    ----------
    areas
        Codes or names of areas; None for every municipality that a source names.
    fields
        Id of the scheme of fields.
    """

    areas: tuple[str, ...] | None = None
    fields: str = "hyogo"
