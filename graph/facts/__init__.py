"""What single things say: their kinds, places, names and sources, and what a build notes beside them."""

from tsunagari.graph.facts.bodies import Bodies
from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.graph.facts.kinds import NODE_KINDS, UNNAMED, node_classes, node_kind, plain_organizations
from tsunagari.graph.facts.load_report import FILE as REPORT_FILE
from tsunagari.graph.facts.load_report import LoadReport, changed_text, read_report
from tsunagari.graph.facts.node_attributes import (
    Lists,
    class_labels,
    classes_of_nodes,
    concept_scheme,
    field_labels,
    field_names,
    node_attributes,
    notations,
    places_of,
    unit_name,
)
from tsunagari.graph.facts.places import (
    AREA,
    Place,
    area_name,
    home_areas,
    place_of,
    prefecture_name,
    unit_of,
    units_of,
    whole_unit,
)
from tsunagari.graph.facts.provenance import WORKSPACE, provenance_quads, read_settings, settings_of
from tsunagari.graph.facts.record_lists import lists_of
from tsunagari.graph.facts.sources import (
    Citation,
    Citations,
    NumberedPlaces,
    document_titles,
    evidence_table,
    stated_names,
    stated_places,
)
from tsunagari.graph.facts.things import Reader, Thing

__all__ = [
    "AREA",
    "NODE_KINDS",
    "REPORT_FILE",
    "UNNAMED",
    "WORKSPACE",
    "Bodies",
    "Citation",
    "Citations",
    "Lists",
    "LoadReport",
    "NumberedPlaces",
    "Place",
    "Reader",
    "Scope",
    "Thing",
    "area_name",
    "changed_text",
    "class_labels",
    "classes_of_nodes",
    "concept_scheme",
    "document_titles",
    "evidence_table",
    "field_labels",
    "field_names",
    "home_areas",
    "lists_of",
    "node_attributes",
    "node_classes",
    "node_kind",
    "notations",
    "place_of",
    "places_of",
    "plain_organizations",
    "prefecture_name",
    "provenance_quads",
    "read_report",
    "read_settings",
    "settings_of",
    "stated_names",
    "stated_places",
    "unit_name",
    "unit_of",
    "units_of",
    "whole_unit",
]
