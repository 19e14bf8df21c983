"""IRIs are made in one place and can be read back."""

from __future__ import annotations

import pytest

from tsunagari.ontology import namespaces as ns


def test_a_row_is_a_fragment_of_its_file() -> None:
    source = ns.instance_iri("source", "名簿.xlsx")
    assert source == "https://w3id.org/tsunagari/id/source/%E5%90%8D%E7%B0%BF.xlsx"
    assert ns.row_iri(source, 12) == f"{source}#row=12"
    assert ns.row_iri(source, 12, "会員") == f"{source}#sheet=%E4%BC%9A%E5%93%A1;row=12"


def test_graphs_of_sources_and_of_rules_are_apart() -> None:
    assert ns.graph_iri("members") == f"{ns.ID}graph/members"
    assert ns.inferred_graph_iri("rule-1") == f"{ns.ID}graph/inferred/rule-1"


@pytest.mark.parametrize(
    ("iri", "column"),
    [
        (f"{ns.ORG}member", "member"),
        (f"{ns.TSU}validFrom", "valid_from"),
        (f"{ns.ORG}subOrganizationOf", "sub_organization_of"),
        (f"{ns.DCT}title", "title"),
    ],
)
def test_a_column_is_named_after_its_property(iri: str, column: str) -> None:
    assert ns.column_name(iri) == column


@pytest.mark.parametrize(
    "iri", [f"{ns.TSU}Platform", f"{ns.ORG}member", "https://example.org/x", f"{ns.SCHEME}role/lead"]
)
def test_short_names_expand_to_what_they_came_from(iri: str) -> None:
    assert ns.expand(ns.shrink(iri)) == iri


def test_only_plain_names_are_shortened() -> None:
    assert ns.shrink(f"{ns.SCHEME}role/lead") == f"{ns.SCHEME}role/lead"
    assert ns.shrink(f"{ns.TSU}Platform") == "tsu:Platform"
    assert ns.expand("urn:x") == "urn:x"


def test_the_last_part_of_an_iri() -> None:
    assert ns.local_name(f"{ns.TSU}Platform") == "Platform"
    assert ns.local_name(f"{ns.SCHEME}role/lead") == "lead"
