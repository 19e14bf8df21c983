"""Records and graphs are checked against the shapes, and findings are sentences in both languages."""

from __future__ import annotations

import importlib.util

import pytest

from tsunagari.errors import TsunagariError
from tsunagari.ontology.namespaces import ID, ORG, TSU, concept_iri
from tsunagari.ontology.records import Evidence, Record, Reference
from tsunagari.ontology.validation import shacl_available, validate, validate_records
from tsunagari.ontology.vocabulary import vocabulary

GRAPH = f"{ID}graph/test"
DOCUMENT = Record(f"{ID}source/s", "SourceDocument", GRAPH, {"title": ("資料",)})
BODY = Record(f"{ID}org/a", "StakeholderOrganization", GRAPH, {"pref_label": ("甲",)})
PLATFORM = Record(f"{ID}platform/p", "Platform", GRAPH, {"pref_label": ("場",), "label_en": ("Forum",)})


def membership(**values: Reference) -> Record:
    cells = {name: (value,) for name, value in values.items()}
    return Record(
        f"{ID}membership/m", "PlatformMembership", GRAPH, cells, (Evidence(DOCUMENT.iri, line=1, quote="甲"),)
    )


def test_sound_records_give_no_finding() -> None:
    whole = membership(
        member=Reference(BODY.iri),
        organization=Reference(PLATFORM.iri),
        member_class=Reference(concept_iri("membership-class", "full")),
    )
    assert validate_records([DOCUMENT, BODY, PLATFORM, whole]) == []


def test_findings_name_node_property_and_constraint_in_both_languages() -> None:
    part = membership(organization=Reference(BODY.iri))
    missing, wrong = validate_records([DOCUMENT, BODY, PLATFORM, part])
    assert (missing.focus, missing.path, missing.component, missing.value) == (
        part.iri,
        f"{ORG}member",
        "MinCount",
        None,
    )
    assert missing.message.ja == "「団体」がありません。"
    assert missing.message.en == "Member is missing."
    assert (wrong.path, wrong.component, wrong.value) == (f"{ORG}organization", "Class", BODY.iri)


def test_every_shape_is_sound_itself(shapes: object) -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(shapes, shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_the_bundled_concepts_have_the_form_of_concepts() -> None:
    assert validate([]) == []


def test_without_pyshacl_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr("tsunagari.ontology.validation.find_spec", lambda name: None)
    assert not shacl_available()
    with pytest.raises(TsunagariError, match=r"pip install 'tsunagari\[shapes\]'"):
        validate_records([BODY], vocabulary())


def test_terms_of_the_ontology_do_not_count_as_data() -> None:
    assert all(not item.focus.startswith(TSU) for item in validate([]))
