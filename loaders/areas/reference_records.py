"""Records of the tables of areas that the package brings: governments, the nation, the tables and their changes."""

from __future__ import annotations

from tsunagari.ontology.area_changes import CHANGES_NAME, AreaChange
from tsunagari.ontology.municipalities import NATION_CODE, TABLE_NAME, Municipality
from tsunagari.ontology.namespaces import REFERENCE_GRAPH, concept_iri, instance_iri
from tsunagari.ontology.records import Evidence, Record, Reference, Value

TABLE_IRI = instance_iri("source", TABLE_NAME)
CHANGES_IRI = instance_iri("source", CHANGES_NAME)
NATION_IRI = instance_iri("area", NATION_CODE)


def government_record(place: Municipality) -> Record:
    """Return the local government of an area."""
    iri, number = place.org_iri, place.corporate_number
    assert iri is not None
    assert number is not None
    values: dict[str, tuple[Value, ...]] = {
        "pref_label": (place.name,),
        "reading": (place.reading,),
        "lg_code": (place.code6,),
        "corporate_number": (number,),
        "legal_form": (Reference(concept_iri("legal-form", "local-public-entity")),),
        "sector": (Reference(concept_iri("sector", government_sector(place))),),
        "municipality": (Reference(place.area_iri),),
        "governs": (Reference(place.area_iri),),
    }
    return reference_record(iri, "LocalGovernment", values, place.row)


def government_sector(place: Municipality) -> str:
    """Return the sector of a local government: prefecture or municipality."""
    return "prefecture" if place.kind == "prefecture" else "municipality"


def nation_record() -> Record:
    """Return the nation as an area."""
    values: dict[str, tuple[Value, ...]] = {
        "pref_label": ("日本",),
        "label_en": ("Japan",),
        "reading": ("にほん",),
        "area_code": (NATION_CODE,),
        "area_kind": (Reference(concept_iri("area-kind", "nation")),),
    }
    return Record(NATION_IRI, "AdministrativeArea", REFERENCE_GRAPH, values, (Evidence(TABLE_IRI),))


def table_record() -> Record:
    """Return the table of areas as a source."""
    values: dict[str, tuple[Value, ...]] = {
        "title": ("全国の都道府県・市区町村の表",),
        "identifier": (TABLE_NAME,),
        "rights": ("MIT",),
        "list_completeness": (Reference(concept_iri("list-completeness", "closed")),),
    }
    return Record(TABLE_IRI, "SourceDocument", REFERENCE_GRAPH, values, (Evidence(TABLE_IRI),))


def changes_record() -> Record:
    """Return the table of changes as a source."""
    values: dict[str, tuple[Value, ...]] = {
        "title": ("市区町村の変更の表",),
        "identifier": (CHANGES_NAME,),
        "rights": ("MIT",),
        "list_completeness": (Reference(concept_iri("list-completeness", "open")),),
    }
    return Record(CHANGES_IRI, "SourceDocument", REFERENCE_GRAPH, values, (Evidence(CHANGES_IRI),))


def change_record(change: AreaChange) -> Record:
    """Return a change of areas."""
    values: dict[str, tuple[Value, ...]] = {
        "original_organization": (Reference(change.former.area_iri),),
        "resulting_organization": tuple(Reference(place.area_iri) for place in change.successors),
        "date": (change.date,),
        "change_kind": (Reference(concept_iri("area-change", change.kind)),),
    }
    return reference_record(change.iri, "CodeChangeEvent", values, change.former.row, CHANGES_IRI)


def reference_record(
    iri: str, cls: str, values: dict[str, tuple[Value, ...]], row: int, source: str = TABLE_IRI
) -> Record:
    """Return a record that a row of one of the tables states."""
    return Record(iri, cls, REFERENCE_GRAPH, values, (Evidence(source, row=row),))
