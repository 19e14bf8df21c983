"""Where support reaches: offers, surroundings, closed lists, statuses, severity and their tables."""

from tsunagari.graph.coverage.coverage import (
    GAPS,
    NONE,
    SHOWN_STATUSES,
    SINGLE,
    STATUSES,
    UNKNOWN,
    WIDE_ONLY,
    WITHHELD,
    Coverage,
    cover,
    hide,
    status_of,
)
from tsunagari.graph.coverage.coverage_table import cell_order, check_statuses, with_statuses
from tsunagari.graph.coverage.gaps import covered_table, read_coverage
from tsunagari.graph.coverage.matrices import coverage_matrix
from tsunagari.graph.coverage.offers import platform_members
from tsunagari.graph.coverage.providers import Flags, Integers, Offer, Offers, Relation, places_of, product, relation
from tsunagari.graph.coverage.rollup import read_rollup
from tsunagari.graph.coverage.scope import resolve_area, scope_fields
from tsunagari.graph.coverage.severity import need_or_median, severities
from tsunagari.graph.coverage.surroundings import Surroundings, read_partnerships, read_surroundings

__all__ = [
    "GAPS",
    "NONE",
    "SHOWN_STATUSES",
    "SINGLE",
    "STATUSES",
    "UNKNOWN",
    "WIDE_ONLY",
    "WITHHELD",
    "Coverage",
    "Flags",
    "Integers",
    "Offer",
    "Offers",
    "Relation",
    "Surroundings",
    "cell_order",
    "check_statuses",
    "cover",
    "coverage_matrix",
    "covered_table",
    "hide",
    "need_or_median",
    "places_of",
    "platform_members",
    "product",
    "read_coverage",
    "read_partnerships",
    "read_rollup",
    "read_surroundings",
    "relation",
    "resolve_area",
    "scope_fields",
    "severities",
    "status_of",
    "with_statuses",
]
