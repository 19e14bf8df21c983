"""An organisation as one row speaks of it, before it is known which one that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tsunagari.loaders.areas import Prefecture
from tsunagari.loaders.values import CellError


@dataclass(slots=True)
class Mention:
    """An organisation as one row speaks of it.

    Parameters
    ----------
    name
        Its name, or its code or number alone.
    file, row
        Where it is.
    corporate_number, lg_code, legal_form, municipality, prefecture
        Texts of further cells; None where there are none.
    cls
        Class that the row declares; None when it declares none.
    lists
        Whether the row stands in a list of bodies, so that its name is that of a body of its own and no mere reference
        to one that another list describes.
    scope
        Platform of the list, or its file without one: within it, a name without a municipality means one body.
    address
        Address that the row states.
    near
        Address or area of what the row says that the body offers.
    reach
        Two-digit codes of the prefectures that the platform of the row reaches; empty when nothing says so.
    spot
        Key of the address of a body without a name, which nothing else tells from others.
    id
        Id that the row declares.
    parent
        IRI of the organisation that a department belongs to.
    day
        The day that the row speaks of.
    findings
        Issue codes with their parameters that the mention gave rise to.
    code5
        Code of the municipality, once it was looked up.
    home
        Code of the area that the row or its list is about, once it was looked up.
    """

    name: str
    file: str
    row: int
    corporate_number: str | None = None
    lg_code: str | None = None
    legal_form: str | None = None
    municipality: str | None = None
    prefecture: Prefecture = None
    cls: str | None = None
    lists: bool = False
    scope: str | None = None
    address: str | None = None
    near: str | None = None
    reach: frozenset[str] = frozenset()
    spot: str | None = None
    id: str | None = None
    parent: str | None = None
    day: date | None = None
    findings: list[CellError] = field(default_factory=list)
    code5: str | None = None
    home: str | None = None

    @property
    def said(self) -> tuple[Any, ...] | None:
        """All that counts of it beside the number of a known body; None without a number, or with an id of its own."""
        if self.corporate_number is None or self.id is not None:
            return None
        place = self.lg_code, self.municipality, self.prefecture, self.day
        return self.name, self.corporate_number, self.cls, self.parent, place

    @property
    def area(self) -> str | None:
        """What is known of where it is: municipality, the body it is a department of, the area of its list."""
        return self.code5 or self.parent or self.home

    @property
    def rank(self) -> int:
        """How surely the row says which organisation it means; see `rank_of`."""
        return rank_of(self.corporate_number or self.lg_code, self.municipality, self.prefecture)


def rank_of(number: str | None, municipality: str | None, prefecture: Prefecture) -> int:
    """Return 0 for a number or code, then municipality, prefecture, bare name: the surer ones are taken first."""
    if number:
        return 0
    if municipality:
        return 1
    return 2 if prefecture else 3
