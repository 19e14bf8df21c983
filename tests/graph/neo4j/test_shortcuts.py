from __future__ import annotations

from datetime import date

from tsunagari.graph.neo4j.property_graph import Link, Native, Node
from tsunagari.graph.neo4j.shortcuts import rules, shortcuts_of


def node(label: str, links: list[tuple[str, str]], **properties: Native) -> Node:
    return Node(
        "urn:r", (label,), {"iri": "urn:r", **properties}, [Link("urn:r", kind, end, [0]) for kind, end in links]
    )


def test_a_tie_is_an_arrow_with_kind_dates_strength_and_evidence() -> None:
    tie = node(
        "CollaborationTie",
        [("TIE_FROM", "urn:a"), ("TIE_TO", "urn:b"), ("TIE_KIND", "https://w3id.org/tsunagari/scheme/tie-kind/goods")],
        status="planned",
        validFrom=date(2020, 4, 1),
        strength="2",
        directed=True,
    )
    (arrow,) = shortcuts_of(tie, "ties.csv:2")
    assert (arrow.type, arrow.start, arrow.end, arrow.via) == ("COLLABORATES_WITH", "urn:a", "urn:b", "urn:r")
    assert arrow.properties == {
        "status": "planned",
        "validFrom": date(2020, 4, 1),
        "strength": "2",
        "directed": True,
        "derived": True,
        "evidence": "ties.csv:2",
        "kind": "goods",
    }


def test_a_service_is_drawn_from_its_provider_and_to_each_of_its_areas() -> None:
    service = node("SupportService", [("PROVIDED_BY", "urn:o"), ("SERVICE_AREA", "urn:x"), ("SERVICE_AREA", "urn:y")])
    found = sorted((arrow.type, arrow.start, arrow.end) for arrow in shortcuts_of(service, ""))
    assert found == [("COVERS", "urn:r", "urn:x"), ("COVERS", "urn:r", "urn:y"), ("PROVIDES", "urn:o", "urn:r")]


def test_what_says_no_status_is_stated() -> None:
    membership = node("PlatformMembership", [("MEMBER", "urn:o"), ("ORGANIZATION", "urn:p")])
    (arrow,) = shortcuts_of(membership, "")
    assert (arrow.type, arrow.properties["status"]) == ("MEMBER_OF", "stated")


def test_a_record_without_an_end_and_a_thing_of_another_kind_are_no_arrows() -> None:
    assert list(shortcuts_of(node("PlatformMembership", [("MEMBER", "urn:o")]), "")) == []
    assert list(shortcuts_of(node("SourceDocument", [("MEMBER", "urn:o"), ("ORGANIZATION", "urn:p")]), "")) == []


def test_a_node_of_a_class_and_one_above_is_one_arrow() -> None:
    training = Node(
        "urn:r", ("Activity", "Training"), {"iri": "urn:r"}, [Link("urn:r", "CARRIED_OUT_BY", "urn:o", [0])]
    )
    assert [arrow.type for arrow in shortcuts_of(training, "")] == ["PROVIDES"]
    assert "Training" in rules()
