"""The package keeps to the tables of HSDS 3.0, as docs.openreferral.org lists them."""

from __future__ import annotations

import csv
import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from tsunagari.graph.export.hsds import hsds_id
from tsunagari.graph.facts.things import Reader
from tsunagari.ontology.namespaces import concept_iri, instance_iri

Export: TypeAlias = Callable[..., bytes]
Tables: TypeAlias = dict[str, list[dict[str, str]]]
# From the specification's datapackage.json (3.0): file, columns (a star: required), references.
SPECIFICATION = {
    "organization": (
        "organizations.csv",
        "id* name* alternate_name description* email website tax_status tax_id year_incorporated legal_status logo uri "
        "parent_organization_id",
        {},
    ),
    "organization_identifier": (
        "organization_identifiers.csv",
        "id* organization_id* identifier_scheme identifier_type* identifier*",
        {"organization_id": "organization"},
    ),
    "location": (
        "locations.csv",
        "id* location_type* url organization_id name alternate_name description transportation latitude longitude "
        "external_identifier external_identifier_type",
        {"organization_id": "organization"},
    ),
    "service": (
        "services.csv",
        "id* organization_id* program_id name* alternate_name description url email status* interpretation_services "
        "application_process fees_description wait_time fees accreditations eligibility_description minimum_age "
        "maximum_age assured_date assurer_email licenses alert last_modified",
        {"organization_id": "organization"},
    ),
    "schedule": (
        "schedules.csv",
        "id* service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq "
        "interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type "
        "notes",
        {"service_id": "service"},
    ),
    "service_area": (
        "service_areas.csv",
        "id* service_id name description extent extent_type uri",
        {"service_id": "service"},
    ),
    "attribute": (
        "attributes.csv",
        "id* link_id* taxonomy_term_id* link_type link_entity* value",
        {"taxonomy_term_id": "taxonomy_term"},
    ),
    "taxonomy": ("taxonomies.csv", "id* name* description* uri version", {}),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "id* code name* description* parent_id taxonomy language taxonomy_id term_uri",
        {"taxonomy_id": "taxonomy", "parent_id": "taxonomy_term"},
    ),
}


def read(data: bytes) -> tuple[dict[str, Any], Tables]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = json.loads(archive.read("datapackage.json"))
        named = {"datapackage.json", *(resource["path"] for resource in package["resources"])}
        assert set(archive.namelist()) == named
        tables = {
            resource["name"]: list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode())))
            for resource in package["resources"]
        }
    return package, tables


@pytest.fixture(params=["tiny", "bundled"])
def package(request: pytest.FixtureRequest, exported: Export, tiny: Reader) -> tuple[dict[str, Any], Tables]:
    if request.param == "tiny":
        return read(exported(tiny, "hsds"))
    return read(request.getfixturevalue("bundled").export("hsds"))


def test_names_are_those_of_the_specification(package: tuple[dict[str, Any], Tables]) -> None:
    described, tables = package
    for resource in described["resources"]:
        file, columns, _ = SPECIFICATION[resource["name"]]
        known = [name.rstrip("*") for name in columns.split()]
        required = {name[:-1] for name in columns.split() if name.endswith("*")}
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert resource["path"] == file
        assert [name for name in known if name in fields] == fields  # known, and in the order of the specification
        assert required <= set(fields)
        assert {f["name"] for f in resource["schema"]["fields"] if f["constraints"]["required"]} == required
        assert list(tables[resource["name"]][0]) == fields
        for row in tables[resource["name"]]:
            assert all(row[name] for name in required), (resource["name"], row)


def test_keys_are_unique_uuids_and_references_lead_somewhere(package: tuple[dict[str, Any], Tables]) -> None:
    _, tables = package
    ids = {name: [row["id"] for row in rows] for name, rows in tables.items()}
    for name, rows in tables.items():
        assert len(set(ids[name])) == len(rows)
        assert all(str(uuid.UUID(key)) == key for key in ids[name])
        for column, other in SPECIFICATION[name][2].items():
            assert {row[column] for row in rows if row.get(column)} <= set(ids[other]), (name, column)
    for row in tables["attribute"]:
        assert row["link_id"] in ids[row["link_entity"]]
    assert {row["status"] for row in tables["service"]} <= {"active", "inactive", "defunct", "temporarily closed"}
    assert {row["location_type"] for row in tables["location"]} <= {"physical", "postal", "virtual"}
    assert {row["extent_type"] for row in tables.get("service_area", [])} <= {"geojson", "topojson", "kml", "text", ""}


def test_a_service_keeps_what_the_graph_says_of_it(exported: Export, tiny: Reader) -> None:
    _, tables = read(exported(tiny, "hsds"))
    (service,) = tables["service"]
    assert (service["name"], service["status"]) == ("食の支援", "active")
    owner = next(row for row in tables["organization"] if row["id"] == service["organization_id"])
    assert (owner["name"], owner["uri"]) == ("フードの会", instance_iri("org", "food"))
    (area,) = tables["service_area"]
    assert (area["name"], area["extent"], area["extent_type"]) == ("鳥取市", "31201", "text")
    terms = {row["id"]: row["term_uri"] for row in tables["taxonomy_term"]}
    linked = {
        (row["link_type"], terms[row["taxonomy_term_id"]])
        for row in tables["attribute"]
        if row["link_id"] == service["id"]
    }
    fields = {("support_field", concept_iri("hyogo", name)) for name in ("food-bank", "hikikomori")}
    assert linked == fields | {("channel", concept_iri("channel", name)) for name in ("telephone", "visit")}


def test_a_municipality_is_where_an_organisation_is(exported: Export, tiny: Reader) -> None:
    _, tables = read(exported(tiny, "hsds"))
    food = next(row for row in tables["location"] if row["organization_id"] == hsds_id(instance_iri("org", "food")))
    assert (food["name"], food["external_identifier"]) == ("鳥取市", "31201")
