"""A record: one fact or thing read from one row, on its way from a table to quads.

Nothing changes these once they are made. They are not frozen, because a load makes millions of them, and a frozen one
takes three times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(unsafe_hash=True, slots=True)
class Evidence:
    """Where a record is stated.

    Parameters
    ----------
    source
        IRI of the source document or of the file that was read.
    line, page
        Line number and page in the document; None where it has none.
    quote
        Shortest phrase that pins the fact down; None for a plain table row.
    row, sheet
        Row (1 = first line of the file) and sheet of the table the record was read from.
    """

    source: str
    line: int | None = None
    page: str | None = None
    quote: str | None = None
    row: int | None = None
    sheet: str | None = None


@dataclass(unsafe_hash=True, slots=True)
class Temporal:
    """A date as it was written and what is known of it.

    Parameters
    ----------
    value
        The date itself when it is known to the day or when the precision fixes its start; None when only bounded.
    precision
        Notation in the scheme ``date-precision``: day, month, year, fiscal-year or approximate.
    not_before, not_after
        Inclusive bounds when the day is not certain.
    as_written
        The text of the source.
    rule
        Identifier of the rule that resolved a relative word such as 今年度; None when none was needed.
    """

    value: date | None
    precision: str
    not_before: date | None
    not_after: date | None
    as_written: str
    rule: str | None = None


@dataclass(unsafe_hash=True, slots=True)
class Reference:
    """A value that is an IRI: another record, an area or a SKOS concept."""

    iri: str


Value: TypeAlias = str | int | float | bool | date | Temporal | Reference


@dataclass(unsafe_hash=True, slots=True)
class Record:
    """One thing or fact with its values and evidence.

    Parameters
    ----------
    iri
        Identifier of the node.
    cls
        Local name of its class in the ontology, e.g. ``"PlatformMembership"``.
    graph
        IRI of the named graph it belongs to.
    values
        Column name (see ``Vocabulary.columns``) to values, in the order of the source; never empty tuples.
    evidence
        Where it is stated; at least one for everything read from a source.
    """

    iri: str
    cls: str
    graph: str
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
