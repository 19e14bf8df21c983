"""Where support reaches: offers, surroundings, closed lists, statuses, severity and their tables."""

from tsunagari.graph.coverage.closed_lists import every_closed_list
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
from tsunagari.graph.coverage.coverage_table import Names, cell_order, check_statuses, coverage_table, with_statuses
from tsunagari.graph.coverage.gaps import covered_table, read_coverage
from tsunagari.graph.coverage.matrices import coverage_matrix
from tsunagari.graph.coverage.needs import Need, named_indicator
from tsunagari.graph.coverage.offers import SUPPORT, platform_members
from tsunagari.graph.coverage.providers import Flags, Integers, Offer, Offers, Relation, places_of, product, relation
from tsunagari.graph.coverage.rollup import AREA_GROUPS, area_group, broadest, check_area_group, read_rollup
from tsunagari.graph.coverage.scope import named_field, named_groups, resolve_area, scope_areas, scope_fields
from tsunagari.graph.coverage.severity import CONNECTED, PLANNED, PLANNED_UNKNOWN, WEIGHTS, need_or_median, severities
from tsunagari.graph.coverage.surroundings import (
    ClosedList,
    Surroundings,
    read_borders,
    read_partnerships,
    read_surroundings,
)
from tsunagari.graph.coverage.unpublished import check_edition, edition_statements, is_edition, unpublished_cells

__all__ = [
    "AREA_GROUPS",
    "CONNECTED",
    "GAPS",
    "NONE",
    "PLANNED",
    "PLANNED_UNKNOWN",
    "SHOWN_STATUSES",
    "SINGLE",
    "STATUSES",
    "SUPPORT",
    "UNKNOWN",
    "WEIGHTS",
    "WIDE_ONLY",
    "WITHHELD",
    "ClosedList",
    "Coverage",
    "Flags",
    "Integers",
    "Names",
    "Need",
    "Offer",
    "Offers",
    "Relation",
    "Surroundings",
    "area_group",
    "broadest",
    "cell_order",
    "check_area_group",
    "check_edition",
    "check_statuses",
    "cover",
    "coverage_matrix",
    "coverage_table",
    "covered_table",
    "edition_statements",
    "every_closed_list",
    "hide",
    "is_edition",
    "named_field",
    "named_groups",
    "named_indicator",
    "need_or_median",
    "places_of",
    "platform_members",
    "product",
    "read_borders",
    "read_coverage",
    "read_partnerships",
    "read_rollup",
    "read_surroundings",
    "relation",
    "resolve_area",
    "scope_areas",
    "scope_fields",
    "severities",
    "status_of",
    "unpublished_cells",
    "with_statuses",
]
