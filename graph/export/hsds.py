"""A package of CSV tables after the Human Services Data Specification 3.0 of Open Referral, with its datapackage.json.

Tables, columns and files have the names of the specification (docs.openreferral.org). Its keys are UUIDs: they are made
from the IRIs (RFC 9562, version 5), so that they stay the same, and the IRI itself stands in ``uri``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tsunagari.graph.export.hsds_tables import FIELD_TYPES, HSDS_TABLES, REQUIRED
from tsunagari.graph.export.options import Options
from tsunagari.graph.export.tables import cell_text, csv_bytes
from tsunagari.graph.facts import Reader, concept_scheme
from tsunagari.graph.networks import STATUSES
from tsunagari.graph.tables import frame
from tsunagari.graph.wording import joined
from tsunagari.ontology.namespaces import SCHEME, local_name, scheme_iri

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
LINKS = {
    "organization": ("sector", "support_field", "target_group"),
    "service": ("support_field", "channel", "target_group", "life_stage"),
}


def hsds_id(*parts: str) -> str:
    """Return the UUID of a thing, the same for the same IRIs.

    >>> hsds_id("https://w3id.org/tsunagari/id/org/1")
    '33aec303-0259-55ff-993c-34cdccba6321'
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(parts)))


def hsds_package(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write the tables that have rows, and the description of the package."""
    organizations = frame(reader, "organizations", at=options.at, lang=options.lang)
    services = frame(reader, "services", at=options.at, lang=options.lang)
    services = services[services["provider_id"].notna()]  # a service of HSDS belongs to an organisation
    links = list(_links(reader, organizations["organization_id"], services))
    terms = _with_broader(reader, {concept for *_, concept in links})
    made: dict[str, Iterable[Row]] = {
        "organization": _organizations(reader, organizations, services, options.lang),
        "organization_identifier": _identifiers(organizations),
        "location": _locations(organizations),
        "service": _services(services, options.lang),
        "schedule": _schedules(services),
        "service_area": _service_areas(services),
        "attribute": _attributes(links),
        "taxonomy": _taxonomies(reader, terms, options.lang),
        "taxonomy_term": _terms(reader, terms, options.lang),
    }
    rows = {name: sorted(_by_id(found), key=lambda row: row["id"]) for name, found in made.items()}
    files = {
        HSDS_TABLES[name].file: csv_bytes(
            [HSDS_TABLES[name].columns],
            ([cell_text(row.get(column)) for column in HSDS_TABLES[name].columns] for row in found),
            excel=options.excel,
        )
        for name, found in rows.items()
        if found
    }
    return files | {"datapackage.json": _datapackage([name for name, found in rows.items() if found])}


def _by_id(rows: Iterable[Row]) -> Iterable[Row]:
    return {row["id"]: row for row in rows}.values()


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each row as column to value, None where nothing is known."""
    names = list(table.columns)
    for values in table.astype(object).where(table.notna(), None).itertuples(index=False, name=None):
        yield dict(zip(names, values, strict=True))


def _organizations(reader: Reader, organizations: pd.DataFrame, services: pd.DataFrame, lang: str) -> Iterator[Row]:
    known = set(organizations["organization_id"])
    for row in _records(organizations):
        placed = "・".join(filter(None, (row["prefecture"], row["municipality"])))
        yield {
            "id": hsds_id(row["organization_id"]),
            "name": row["name"],
            "alternate_name": "、".join(row["aliases"] or ()),
            "description": row["description"] or " ".join(filter(None, (row["class_label"], placed))),
            "legal_status": row["legal_form"],
            "uri": row["organization_id"],
        }
    for iri, name in zip(services["provider_id"], services["provider"], strict=True):
        if iri not in known:  # a platform or a body of one
            yield {"id": hsds_id(iri), "name": name, "description": name or reader.label(iri, lang), "uri": iri}


def _identifiers(organizations: pd.DataFrame) -> Iterator[Row]:
    for iri, number in zip(organizations["organization_id"], organizations["corporate_number"], strict=True):
        if number:
            yield {
                "id": hsds_id(iri, "identifier"),
                "organization_id": hsds_id(iri),
                "identifier_scheme": "JP-JCN",  # org-id.guide: the Corporate Number of the National Tax Agency
                "identifier_type": "法人番号",
                "identifier": number,
            }


def _locations(organizations: pd.DataFrame) -> Iterator[Row]:
    placed = organizations[organizations["municipality"].notna()]
    columns = (placed[name] for name in ("organization_id", "municipality", "municipality_code", "prefecture"))
    for iri, name, code, prefecture in zip(*columns, strict=True):
        yield {
            "id": hsds_id(iri, "location"),
            "location_type": "physical",
            "organization_id": hsds_id(iri),
            "name": name,
            "description": prefecture,
            "external_identifier": code,
            "external_identifier_type": "JIS X 0402",
        }


def _services(services: pd.DataFrame, lang: str) -> Iterator[Row]:
    for row in _records(services):
        over = row["validity"] == "no"
        yield {
            "id": _service_id(row),
            "organization_id": hsds_id(row["provider_id"]),
            "name": row["service"],
            "status": "defunct" if over else "active" if row["status"] in STATUSES else "inactive",
            "eligibility_description": joined(row["target_group"], lang) or None,
            "assured_date": row["as_of"],
        }


def _service_id(row: Row) -> str:
    """Return the key of a service of one provider: HSDS knows one organisation a service."""
    return hsds_id(row["service_id"], row["provider_id"])


def _schedules(services: pd.DataFrame) -> Iterator[Row]:
    for row in _records(services):
        if row["valid_from"] or row["valid_to"]:
            yield {
                "id": hsds_id(row["service_id"], row["provider_id"], "schedule"),
                "service_id": _service_id(row),
                "valid_from": row["valid_from"],
                "valid_to": row["valid_to"],
            }


def _service_areas(services: pd.DataFrame) -> Iterator[Row]:
    for row in _records(services):
        if row["area_id"]:
            yield {
                "id": hsds_id(row["service_id"], row["provider_id"], row["area_id"]),
                "service_id": _service_id(row),
                "name": row["area"],
                "extent": row["area_code"],
                "extent_type": "text" if row["area_code"] else None,
                "uri": row["area_id"],
            }


Link = tuple[str, str, str, str]


def _links(reader: Reader, organizations: Iterable[str], services: pd.DataFrame) -> Iterator[Link]:
    """Yield the key of an organisation or service, its table, the property and the concept."""
    for iri, name, concept in _concepts_of(reader, sorted(set(organizations)), LINKS["organization"]):
        yield hsds_id(iri), "organization", name, concept
    providers: dict[str, set[str]] = {}
    for service, provider in zip(services["service_id"], services["provider_id"], strict=True):
        providers.setdefault(service, set()).add(provider)
    for iri, name, concept in _concepts_of(reader, sorted(providers), LINKS["service"]):
        for provider in sorted(providers[iri]):
            yield hsds_id(iri, provider), "service", name, concept


def _concepts_of(reader: Reader, iris: list[str], names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    columns = reader.columns
    subjects = columns.codes(iris)
    for name in names:
        starts, values = columns.all(name, subjects)
        texts, places = columns.text(values), starts.tolist()
        for place, iri in enumerate(iris):
            for concept in texts[places[place] : places[place + 1]]:
                if concept.startswith(SCHEME):
                    yield iri, name, concept


def _with_broader(reader: Reader, concepts: set[str]) -> dict[str, str | None]:
    """Return each concept and each above it, with the next above."""
    found: dict[str, str | None] = {}
    waiting = sorted(concepts)
    while waiting:
        above = [
            text or None for text in reader.columns.text(reader.columns.one("broader", reader.columns.codes(waiting)))
        ]
        found.update(zip(waiting, above, strict=True))
        waiting = sorted({iri for iri in above if iri is not None and iri not in found})
    return found


def _attributes(links: Iterable[Link]) -> Iterator[Row]:
    for key, table, name, concept in links:
        yield {
            "id": hsds_id(key, name, concept),
            "link_id": key,
            "taxonomy_term_id": hsds_id(concept),
            "link_type": name,
            "link_entity": table,
        }


def _taxonomies(reader: Reader, terms: Iterable[str], lang: str) -> Iterator[Row]:
    for scheme in sorted({concept_scheme(iri) for iri in terms}):
        iri = scheme_iri(scheme)
        label = reader.label(iri, lang) or scheme
        yield {"id": hsds_id(iri), "name": label, "description": label, "uri": iri}


def _terms(reader: Reader, terms: Mapping[str, str | None], lang: str) -> Iterator[Row]:
    for iri, above in terms.items():
        label = reader.label(iri, lang) or local_name(iri)
        scheme = concept_scheme(iri)
        yield {
            "id": hsds_id(iri),
            "code": f"{scheme}:{local_name(iri)}",  # unique in the table
            "name": label,
            "description": label,
            "parent_id": hsds_id(above) if above else None,
            "taxonomy": scheme,
            "language": lang,
            "taxonomy_id": hsds_id(scheme_iri(scheme)),
            "term_uri": iri,
        }


def _datapackage(names: Iterable[str]) -> bytes:
    """Return the description of the package (Frictionless tabular data package)."""
    written = list(names)
    package = {
        "name": "human_services_data",
        "title": "Human Services Data (Tsunagari)",
        "profile": "tabular-data-package",
        "homepage": "https://docs.openreferral.org",
        "resources": [_resource(name, written) for name in written],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(name: str, written: list[str]) -> dict[str, Any]:
    table = HSDS_TABLES[name]
    fields = [
        {
            "name": column,
            "type": FIELD_TYPES.get(column, "string"),
            "constraints": {"required": column in REQUIRED[name], "unique": column == "id"},
        }
        for column in table.columns
    ]
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": "id"}}
        for column, other in table.references.items()
        if other in written
    ]
    schema = {"primaryKey": "id", "fields": fields, "foreignKeys": keys}
    return {
        "name": name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
