"""Records become quads: typed values, dates with what is known of them, places, direct links, no blank nodes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from tsunagari.errors import UnknownNameError
from tsunagari.ontology.concepts import Concept, ConceptScheme
from tsunagari.ontology.namespaces import DCT, ID, OA, ORG, RDF, SKOS, TSU, XSD, concept_iri, scheme_iri
from tsunagari.ontology.quads import locator_iri, ontology_quads, quads, scheme_quads
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal, Value
from tsunagari.ontology.vocabulary import vocabulary

GRAPH = f"{ID}graph/test"
ORGANIZATION, PLATFORM, DOCUMENT = f"{ID}org/a", f"{ID}platform/p", f"{ID}source/s1"


def record(cls: str, *evidence: Evidence, **values: Value) -> Record:
    return Record(f"{ID}thing/1", cls, GRAPH, {name: (value,) for name, value in values.items()}, evidence)


def triples(item: Record) -> set[tuple[str, str, str]]:
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in quads(item, vocabulary())}  # type: ignore[union-attr]


def values_of(item: Record, path: str) -> list[NamedNode | Literal]:
    return [quad.object for quad in quads(item, vocabulary()) if quad.predicate.value == path]  # type: ignore[misc]


def status(name: str) -> Reference:
    return Reference(concept_iri("claim-status", name))


def test_every_quad_is_in_the_graph_of_its_record() -> None:
    found = list(quads(record("Platform", Evidence(DOCUMENT, line=3), pref_label="場"), vocabulary()))
    assert {quad.graph_name for quad in found} == {NamedNode(GRAPH)}
    assert found[0] == Quad(
        NamedNode(f"{ID}thing/1"), NamedNode(f"{RDF}type"), NamedNode(f"{TSU}Platform"), NamedNode(GRAPH)
    )


@pytest.mark.parametrize(
    ("cls", "column", "value", "path", "expected"),
    [
        ("Platform", "pref_label", "場", f"{SKOS}prefLabel", Literal("場", language="ja")),
        ("Platform", "label_en", "Forum", f"{SKOS}prefLabel", Literal("Forum", language="en")),
        ("Organization", "reading", "ば", f"{TSU}reading", Literal("ば", language="ja-Hira")),
        ("Organization", "lg_code", "041009", f"{TSU}lgCode", Literal("041009")),
        ("CountStatement", "count", 371, f"{TSU}count", Literal(371)),
        ("CollaborationTie", "directed", True, f"{TSU}directed", Literal(value=True)),
        ("CollaborationTie", "strength", 0.5, f"{TSU}strength", Literal("0.5", datatype=NamedNode(f"{XSD}decimal"))),
        ("CollaborationTie", "strength", 2, f"{TSU}strength", Literal("2", datatype=NamedNode(f"{XSD}decimal"))),
        ("Platform", "as_of", date(2022, 12, 1), f"{TSU}asOf", Literal("2022-12-01", datatype=NamedNode(f"{XSD}date"))),
        ("Platform", "host", Reference(ORGANIZATION), f"{TSU}host", NamedNode(ORGANIZATION)),
        ("RuleStatement", "organization", Reference(PLATFORM), f"{TSU}about", NamedNode(PLATFORM)),
        ("PlatformMembership", "note_en", "note", f"{SKOS}note", Literal("note", language="en")),
    ],
)
def test_values_take_the_type_of_their_column(
    cls: str, column: str, value: Value, path: str, expected: NamedNode | Literal
) -> None:
    assert values_of(record(cls, **{column: value}), path) == [expected]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_as_it_is(text: str) -> None:
    assert values_of(record("Platform", pref_label=text), f"{SKOS}prefLabel") == [Literal(text, language="ja")]


def test_a_record_without_a_status_is_stated() -> None:
    assert values_of(record("Platform"), f"{TSU}status") == [NamedNode(concept_iri("claim-status", "stated"))]
    planned = record("Platform", status=status("planned"))
    assert values_of(planned, f"{TSU}status") == [NamedNode(concept_iri("claim-status", "planned"))]


def test_a_column_of_another_class_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"Platform has no column 'amount'.*pref_label"):
        list(quads(record("Platform", amount=3), vocabulary()))


def test_a_month_keeps_its_first_day_its_bounds_and_its_words() -> None:
    start = Temporal(date(2022, 2, 1), "month", date(2022, 2, 1), date(2022, 2, 28), "令和4年2月")
    found = triples(record("Platform", valid_from=start))
    subject = f"{ID}thing/1"
    assert {
        (subject, f"{TSU}validFrom", "2022-02-01"),
        (subject, f"{TSU}validFromNotBefore", "2022-02-01"),
        (subject, f"{TSU}validFromNotAfter", "2022-02-28"),
        (subject, f"{TSU}precision", concept_iri("date-precision", "month")),
        (subject, f"{TSU}dateAsWritten", "令和4年2月"),
    } <= found


def test_an_end_stays_half_open_and_the_coarsest_precision_counts() -> None:
    start = Temporal(date(2022, 9, 30), "day", None, None, "2022年9月30日")
    end = Temporal(date(2023, 3, 1), "month", date(2023, 3, 1), date(2023, 3, 1), "2023年2月末まで")
    found = record("ProgrammeParticipation", valid_from=start, valid_to=end)
    assert values_of(found, f"{TSU}validTo") == [Literal("2023-03-01", datatype=NamedNode(f"{XSD}date"))]
    assert values_of(found, f"{TSU}precision") == [NamedNode(concept_iri("date-precision", "month"))]
    assert {item.value for item in values_of(found, f"{TSU}dateAsWritten")} == {"2022年9月30日", "2023年2月末まで"}
    assert values_of(found, f"{TSU}validFromNotBefore") == []


def test_a_date_that_is_only_bounded_has_no_value() -> None:
    start = Temporal(None, "approximate", date(2023, 2, 21), date(2023, 2, 28), "2月下旬", rule="late-month")
    found = record("Event", valid_from=start)
    assert values_of(found, f"{TSU}validFrom") == []
    assert [item.value for item in values_of(found, f"{TSU}validFromNotAfter")] == ["2023-02-28"]
    assert [item.value for item in values_of(found, f"{TSU}dateRule")] == ["late-month"]


def test_the_one_date_of_a_document_has_bounds_of_its_own() -> None:
    issued = Temporal(None, "fiscal-year", date(2023, 4, 1), date(2024, 3, 31), "令和5年度")
    found = record("SourceDocument", issued=issued)
    assert values_of(found, f"{DCT}issued") == []
    assert [item.value for item in values_of(found, f"{TSU}notBefore")] == ["2023-04-01"]
    assert [item.value for item in values_of(found, f"{TSU}notAfter")] == ["2024-03-31"]


@pytest.mark.parametrize("written", ["2022-12-01", "2022-12", "2022", ""])
def test_iso_dates_are_not_repeated_as_words(written: str) -> None:
    found = record("Platform", valid_from=Temporal(date(2022, 12, 1), "day", None, None, written))
    assert values_of(found, f"{TSU}dateAsWritten") == []


def test_a_quote_on_a_line_is_a_place_with_a_selector() -> None:
    evidence = Evidence(DOCUMENT, line=96, page="3", quote="新公益連盟")
    place = locator_iri(evidence)
    assert place.startswith(f"{ID}locator/")
    assert {
        (f"{ID}thing/1", f"{TSU}statedIn", place),
        (place, f"{RDF}type", f"{OA}SpecificResource"),
        (place, f"{OA}hasSource", DOCUMENT),
        (place, f"{TSU}line", "96"),
        (place, f"{TSU}page", "3"),
        (place, f"{OA}hasSelector", f"{place}/quote"),
        (f"{place}/quote", f"{RDF}type", f"{OA}TextQuoteSelector"),
        (f"{place}/quote", f"{OA}exact", "新公益連盟"),
    } <= triples(record("Platform", evidence))


def test_a_row_is_a_place_in_its_file_and_a_whole_document_is_itself() -> None:
    assert locator_iri(Evidence(DOCUMENT, row=12)) == f"{DOCUMENT}#row=12"
    assert locator_iri(Evidence(DOCUMENT)) == DOCUMENT
    found = triples(record("Platform", Evidence(DOCUMENT, row=12), Evidence(PLATFORM)))
    assert (f"{DOCUMENT}#row=12", f"{OA}hasSource", DOCUMENT) in found
    assert (f"{ID}thing/1", f"{TSU}statedIn", PLATFORM) in found
    assert (PLATFORM, f"{RDF}type", f"{OA}SpecificResource") not in found


def test_the_same_place_has_the_same_iri_and_another_has_another() -> None:
    place = locator_iri(Evidence(DOCUMENT, line=1, quote="a"))
    assert place == locator_iri(Evidence(DOCUMENT, line=1, quote="a"))
    others = [Evidence(DOCUMENT, line=1), Evidence(DOCUMENT, quote="1a"), Evidence(DOCUMENT, page="1", quote="a")]
    assert len({place, *map(locator_iri, others)}) == 4


def test_the_same_record_gives_the_same_quads_without_blank_nodes() -> None:
    item = record("Platform", Evidence(DOCUMENT, line=3, quote="場"), pref_label="場")
    first = [str(quad) for quad in quads(item, vocabulary())]
    assert first == [str(quad) for quad in quads(item, vocabulary())]
    assert not any("_:" in line for line in first)


def role(name: str, cls: str = "RoleHolding", claim: str = "stated") -> Record:
    return record(
        cls,
        member=Reference(ORGANIZATION),
        organization=Reference(PLATFORM),
        role=Reference(concept_iri("role", name)),
        status=status(claim),
    )


@pytest.mark.parametrize(
    ("item", "links"),
    [
        (role("lead"), {f"{TSU}leads"}),
        (role("secretariat", claim="inferred"), {f"{TSU}secretariatOf"}),
        (role("secretariat", claim="under-consideration"), set()),
        (role("lead", claim="disputed"), set()),
        (role("core", "PartnershipMembership"), {f"{TSU}coreOf", f"{ORG}memberOf"}),
    ],
)
def test_a_role_that_holds_gives_its_direct_link(item: Record, links: set[str]) -> None:
    assert {path for start, path, end in triples(item) if (start, end) == (ORGANIZATION, PLATFORM)} == links


def test_a_membership_gives_member_of_unless_it_is_only_planned() -> None:
    values: dict[str, Value] = {"member": Reference(ORGANIZATION), "organization": Reference(PLATFORM)}
    link = (ORGANIZATION, f"{ORG}memberOf", PLATFORM)
    assert link in triples(record("PlatformMembership", **values))
    assert link not in triples(record("PlatformMembership", status=status("planned"), **values))


def test_a_participation_in_a_programme_is_no_membership_of_an_organization() -> None:
    found = triples(record("ProgrammeParticipation", member=Reference(ORGANIZATION), programme=Reference(PLATFORM)))
    assert not any(path == f"{ORG}memberOf" for _, path, _ in found)


def test_a_tie_links_both_ways_unless_it_has_a_direction() -> None:
    ends: dict[str, Value] = {"tie_from": Reference(ORGANIZATION), "tie_to": Reference(PLATFORM)}
    there, back = (ORGANIZATION, f"{ORG}linkedTo", PLATFORM), (PLATFORM, f"{ORG}linkedTo", ORGANIZATION)
    assert {there, back} <= triples(record("CollaborationTie", **ends))
    directed = triples(record("CollaborationTie", directed=True, **ends))
    assert there in directed
    assert back not in directed


def test_the_ontology_itself_can_be_loaded_without_its_shapes() -> None:
    found = list(ontology_quads(GRAPH))
    subjects = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    assert len(subjects) == len({str(quad.subject) for quad in found})
    assert f"{TSU}Platform" in subjects
    assert concept_iri("hyogo", "housing") in subjects
    assert f"{TSU}PlatformShape" not in subjects


def test_a_scheme_of_a_workspace_becomes_concepts() -> None:
    top = Concept(concept_iri("mine", "top"), "mine", "top", {"ja": "場"})
    salon = Concept(
        concept_iri("mine", "salon"),
        "mine",
        "salon",
        {"ja": "サロン", "en": "Salon"},
        ("集い",),
        top.iri,
        {"ja": "集まり"},
    )
    scheme = ConceptScheme("mine", scheme_iri("mine"), {"ja": "本市の分野"}, (top, salon), is_field=True)
    found = {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in scheme_quads(scheme, GRAPH)}  # type: ignore[union-attr]
    assert {
        (scheme.iri, f"{RDF}type", f"{TSU}FieldScheme"),
        (salon.iri, f"{SKOS}inScheme", scheme.iri),
        (salon.iri, f"{SKOS}notation", "salon"),
        (salon.iri, f"{SKOS}prefLabel", "Salon"),
        (salon.iri, f"{SKOS}altLabel", "集い"),
        (salon.iri, f"{SKOS}broader", top.iri),
        (salon.iri, f"{SKOS}definition", "集まり"),
    } <= found
