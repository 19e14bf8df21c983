"""What organisations get once every row about them was read: the legal form and sector that follow from the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from tsunagari.loaders.identity import Draft, RecordDraft, Records, RowStates, SourceFile
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.values import CellParser
from tsunagari.ontology.namespaces import concept_iri
from tsunagari.ontology.records import Reference

_COUNCIL = "社会福祉協議会"
# The sector that follows from a legal form; the other forms say nothing about it.
_SECTOR_OF_FORM = {
    "national-organ": "national",
    "npo": "npo",
    "social-welfare": "welfare-corporation",
    **dict.fromkeys(
        (
            *("general-association", "public-association", "general-foundation", "public-foundation"),
            *("incorporated-association", "incorporated-foundation", "offenders-rehabilitation"),
        ),
        "association",
    ),
    **dict.fromkeys(
        (
            *("stock-company", "limited-company", "limited-liability-company", "consumer-cooperative"),
            *("limited-partnership", "general-partnership", "professional", "business-cooperative"),
            *("agricultural-cooperative", "fishery-cooperative", "worker-cooperative"),
            *("farming-cooperative", "forestry-cooperative"),
        ),
        "company",
    ),
}
_SECTOR_OF_CLASS = {
    "NationalBody": "national",
    "PromotionBody": "national",
    "Consortium": "network",
    "OrganizationNetwork": "network",
}


class Completion:
    """Completes organisations, each as soon as no further row speaks of it.

    Parameters
    ----------
    files
        All files, after what their rows declare was found out.
    records
        The records that rows add to.
    parser
        Parser of the cells.
    """

    def __init__(self, files: Iterable[SourceFile], records: Records, parser: CellParser) -> None:
        for entity in chain.from_iterable(_organizations_of(file.states) for file in files):
            entity.rows += 1
        self._records = records
        self._parser = parser

    def was_read(self, draft: Draft) -> None:
        """Note that a row was read, whether or not it became a record."""
        if draft.entity is None and not draft.parties:
            return
        for entity in _organizations(draft):
            entity.rows -= 1
            if not entity.rows:
                if entity.cls not in ("LocalGovernment", "UnnamedGroup"):
                    for record in self._records.of(entity.iri):
                        self._complete(record, entity)
                self._records.close(entity.iri)
                entity.values = {}

    def _complete(self, record: RecordDraft, entity: Entity) -> None:
        """Add the legal form that a name carries, the sector that follows, the prefecture where no row says more."""
        if entity.within is not None and "municipality" not in entity.values and record.graph in entity.within:
            record.add("municipality", (entity.within[record.graph],))
        if "legal_form" not in entity.values and entity.legal_form is not None:
            concept = self._parser.find_concept("legal-form", entity.legal_form)
            if concept is not None:
                entity.values["legal_form"] = Reference(concept.iri)
                record.add("legal_form", (entity.values["legal_form"],))
        if "sector" not in entity.values:
            sector = sector_of(entity)
            if sector is not None:
                entity.values["sector"] = Reference(concept_iri("sector", sector))
                record.add("sector", (entity.values["sector"],))


def _organizations(draft: Draft) -> Iterator[Entity]:
    """Yield the organisations that a row says something of, one as often as it does."""
    if draft.entity is not None and draft.entity.segment == "org":
        yield draft.entity
    for column, party in draft.parties.items():
        if isinstance(party, Entity) and party.segment == "org" and draft.speaks_of(column):
            yield party


def _organizations_of(states: RowStates) -> Iterator[Entity]:
    """Yield the organisations of all rows as `_organizations` does."""
    yield from (entity for entity in states.entities.values() if entity.segment == "org")
    for column, rows in states.speaking.items():
        found = states.parties[column]
        for row in rows:
            party = found[row]
            if isinstance(party, Entity) and party.segment == "org":
                yield party


def sector_of(entity: Entity) -> str | None:
    """Return the sector that follows from an organisation's class, name or legal form; None when none does."""
    if entity.cls in _SECTOR_OF_CLASS:
        return _SECTOR_OF_CLASS[entity.cls]
    if entity.core.endswith(_COUNCIL):
        return "social-welfare-council"
    form = entity.values.get("legal_form")
    notation = form.iri.rsplit("/", 1)[-1] if isinstance(form, Reference) else entity.legal_form
    return _SECTOR_OF_FORM.get(notation or "")
