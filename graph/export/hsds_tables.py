"""The tables of the Human Services Data Specification 3.0 that an export fills: columns, requirements, references.

Columns that nothing here could fill are left out of a table, as the specification allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HsdsTable:
    """One table.

    Parameters
    ----------
    file
        Its file in a package.
    columns
        Its columns, in the order of the specification.
    references
        Column to the table it refers to.
    """

    file: str
    columns: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)


HSDS_TABLES: Mapping[str, HsdsTable] = {
    "organization": HsdsTable(
        "organizations.csv", ("id", "name", "alternate_name", "description", "legal_status", "uri")
    ),
    "organization_identifier": HsdsTable(
        "organization_identifiers.csv",
        ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
        {"organization_id": "organization"},
    ),
    "location": HsdsTable(
        "locations.csv",
        (
            "id",
            "location_type",
            "organization_id",
            "name",
            "description",
            "external_identifier",
            "external_identifier_type",
        ),
        {"organization_id": "organization"},
    ),
    "service": HsdsTable(
        "services.csv",
        (
            "id",
            "organization_id",
            "name",
            "status",
            "eligibility_description",
            "assured_date",
        ),
        {"organization_id": "organization"},
    ),
    "schedule": HsdsTable("schedules.csv", ("id", "service_id", "valid_from", "valid_to"), {"service_id": "service"}),
    "service_area": HsdsTable(
        "service_areas.csv",
        ("id", "service_id", "name", "extent", "extent_type", "uri"),
        {"service_id": "service"},
    ),
    "attribute": HsdsTable(
        "attributes.csv",
        ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity"),
        {"taxonomy_term_id": "taxonomy_term"},
    ),
    "taxonomy": HsdsTable("taxonomies.csv", ("id", "name", "description", "uri")),
    "taxonomy_term": HsdsTable(
        "taxonomy_terms.csv",
        ("id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id", "term_uri"),
        {"taxonomy_id": "taxonomy"},
    ),
}
REQUIRED: Mapping[str, frozenset[str]] = {
    "organization": frozenset({"id", "name", "description"}),
    "organization_identifier": frozenset({"id", "organization_id", "identifier_type", "identifier"}),
    "location": frozenset({"id", "location_type"}),
    "service": frozenset({"id", "organization_id", "name", "status"}),
    "schedule": frozenset({"id"}),
    "service_area": frozenset({"id"}),
    "attribute": frozenset({"id", "link_id", "taxonomy_term_id", "link_entity"}),
    "taxonomy": frozenset({"id", "name", "description"}),
    "taxonomy_term": frozenset({"id", "name", "description"}),
}
FIELD_TYPES = {"assured_date": "date", "valid_from": "date", "valid_to": "date"}
