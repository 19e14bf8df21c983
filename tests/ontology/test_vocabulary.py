"""Classes, columns, headers, concepts and labels as the other layers see them."""

from __future__ import annotations

import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.ontology.concepts import Concept, ConceptScheme
from tsunagari.ontology.namespaces import ORG, SKOS, TSU, concept_iri, scheme_iri
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import vocabulary

WORDS = vocabulary()
TABLES = sorted(name for name, iri in WORDS.classes.items() if iri.startswith((TSU, ORG, SKOS)))


def test_our_class_wins_over_one_of_the_same_name() -> None:
    assert WORDS.class_iri("Activity") == f"{TSU}Activity"
    assert WORDS.class_iri("Organization") == f"{ORG}Organization"


def test_an_unknown_class_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no class 'Club'.*Platform"):
        WORDS.class_iri("Club")


def test_subclasses_start_with_the_class_itself() -> None:
    assert WORDS.subclasses("PlatformBody") == ("PlatformBody", "Subcommittee", "GovernanceBody", "WorkingGroup")
    assert "LocalGovernment" in WORDS.subclasses("Organization")
    assert "Platform" in WORDS.subclasses("Organization")
    assert WORDS.is_a("Subcommittee", "Organization")
    assert not WORDS.is_a("Organization", "Subcommittee")


def test_a_forum_is_not_a_platform_but_may_stand_in_the_same_list() -> None:
    assert not WORDS.is_a("ExistingForum", "Platform")
    assert WORDS.kind_class("Platform") == "Collaboration"
    assert set(WORDS.usable_classes("Platform")) == {
        "Collaboration",
        "Platform",
        "ExistingForum",
        "InternalCoordinationBody",
        "RegionalCouncil",
        "RegionalPartnership",
    }


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("Organization", "StakeholderOrganization"),
        ("Collaboration", "Platform"),
        ("Policy", "PolicySection"),
        ("Activity",) * 2,
    ],
)
def test_a_row_that_names_no_class_has_the_default_one(kind: str, default: str) -> None:
    assert WORDS.default_class(kind) == default
    assert WORDS.kind_class(default) == kind


def test_a_column_carries_everything_its_shape_says() -> None:
    column = WORDS.columns("PlatformMembership")["member"]
    assert (column.path, column.target, column.required, column.single) == (f"{ORG}member", "Organization", True, True)
    assert column.is_reference
    assert column.labels == {"ja": "団体", "en": "Member"}
    assert WORDS.columns("SupportService")["service_area"].targets == ("AdministrativeArea", "RegionalPartnership")
    field = WORDS.columns("SupportService")["support_field"]
    assert (field.scheme, field.single, field.is_reference) == ("fields", False, False)
    start = WORDS.columns("PlatformMembership")["valid_from"]
    assert (start.datatype, start.temporal, start.common) == ("date", True, True)
    code = WORDS.columns("LocalGovernment")["lg_code"]
    assert (code.datatype, code.pattern) == ("string", "^[0-9]{6}$")
    assert WORDS.columns("CountStatement")["count"].minimum == 0
    assert WORDS.columns("Organization")["reading"].language == "ja-Hira"


def test_columns_are_own_then_inherited_then_common() -> None:
    names = list(WORDS.columns("LocalGovernment"))
    assert names[:2] == ["governs", "pref_label"]
    assert names[-4:] == ["document", "line", "page", "quote"]
    assert names.index("id") > names.index("sector")


def test_an_own_column_replaces_an_inherited_one() -> None:
    assert WORDS.columns("PlatformBody")["sub_organization_of"].target == "Collaboration"
    assert WORDS.columns("Department")["sub_organization_of"].target == "Organization"


def test_a_statement_about_a_platform_keeps_the_column_people_expect() -> None:
    column = WORDS.columns("CompositionStatement")["organization"]
    assert (column.path, column.target) == (f"{TSU}about", "Collaboration")


def test_concepts_have_columns_but_no_evidence() -> None:
    assert list(WORDS.columns("Concept")) == [
        "notation",
        "pref_label",
        "label_en",
        "alt_label",
        "broader",
        "definition",
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_names_in_both_languages_and_one_kind_of_value(name: str) -> None:
    for column in WORDS.columns(name).values():
        assert set(column.labels) == {"ja", "en"}, column.name
        assert not (column.datatype and column.scheme), column.name
        assert column.scheme is None or column.scheme == "fields" or column.scheme in WORDS.schemes, column.name
        assert all(target in WORDS.classes for target in column.targets), column.name
        assert (column.language is not None) == (column.datatype == "langString"), column.name


@pytest.mark.parametrize("name", TABLES)
def test_a_header_means_one_column_of_a_table(name: str) -> None:
    for rank in range(3):
        owners: dict[str, str] = {}
        for column in WORDS.columns(name).values():
            for header in column.ranked_headers[rank]:
                assert owners.setdefault(spelling_key(header), column.name) == column.name, header


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("PlatformMembership", "団体名", "member"),
        ("PlatformMembership", "会員 区分", "member_class"),
        ("PlatformMembership", "入会日", "valid_from"),
        ("PlatformMembership", "MEMBER_CLASS", "member_class"),
        ("PlatformMembership", "ｽﾃｰﾀｽ", "status"),
        ("Organization", "団体名", "pref_label"),
        ("Organization", "フリガナ", "reading"),
        ("Organization", "全国地方公共団体コード", "lg_code"),
        ("Organization", "名称_英字", "label_en"),
        ("SupportService", "団体名", "provided_by"),
        ("SupportService", "窓口名", "pref_label"),
        ("SupportService", "活動分野", "support_field"),
        ("RuleStatement", "プラットフォーム", "organization"),
        ("CatalogueEntry", "区分", "category"),
        ("Activity", "備考", "note"),
        ("Activity", "備考（英語）", "note_en"),
        ("Activity", "出典", "document"),
    ],
)
def test_headers_that_offices_write(table: str, header: str, column: str) -> None:
    found = WORDS.header_to_column(table, header)
    assert found is not None
    assert found.name == column


def test_a_header_nobody_knows_is_no_column() -> None:
    assert WORDS.header_to_column("PlatformMembership", "天気") is None


@pytest.mark.parametrize(
    ("scheme", "text", "notation"),
    [
        ("hyogo", "教育", "education"),
        ("fields", "障がい", "disability"),
        ("fields", "ＮＰＯ支援", "npo-support"),
        ("fields", "hyogo/housing", "housing"),
        ("role", concept_iri("role", "lead"), "lead"),
        ("claim-status", "Planned", "planned"),
        ("legal-form", "㈱", "stock-company"),
        ("legal-form", "(社福)", "social-welfare"),
        ("membership-class", "協力会員", "cooperating"),
        ("constituent-type", "NPO", "npo"),
    ],
)
def test_concepts_are_found_however_they_are_written(scheme: str, text: str, notation: str) -> None:
    found = WORDS.concept(scheme, text)
    assert found is not None
    assert found.notation == notation


def test_what_is_in_no_scheme_is_not_found_but_has_neighbours() -> None:
    assert WORDS.concept("fields", "介護支援センター") is None
    nearest = WORDS.nearest_concepts("fields", "介護支援センター")
    assert len(nearest) == 3
    assert nearest[0].notation == "elder-care"


def test_an_unknown_scheme_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no concept scheme 'colour'.*hyogo"):
        WORDS.concept("colour", "赤")


def test_a_workspace_may_bring_its_own_fields() -> None:
    own = Concept(concept_iri("my-fields", "salon"), "my-fields", "salon", {"ja": "サロン", "en": "Salon"})
    education = Concept(concept_iri("my-fields", "school"), "my-fields", "school", {"ja": "教育"})
    words = WORDS.with_scheme(
        ConceptScheme("my-fields", scheme_iri("my-fields"), {"ja": "本市の分野"}, (own, education), is_field=True)
    )
    assert words.field_schemes == ("my-fields", "hyogo", "npo-fields")
    assert words.concept("fields", "サロン") == own
    assert words.concept("fields", "教育") == education
    assert words.concept("fields", "防災") == WORDS.concept("hyogo", "防災")
    assert words.label(own.iri, "en") == "Salon"
    assert WORDS.concept("fields", "サロン") is None


@pytest.mark.parametrize(
    ("name", "lang", "label"),
    [
        ("Platform", "en", "Platform"),
        ("Subcommittee", "ja", "分科会"),
        (f"{ORG}member", "en", "Member"),
        ("supportField", "ja", "支援分野"),
        (concept_iri("sector", "npo"), "ja", "NPO"),
        (scheme_iri("hyogo"), "en", "21 fields of the Hyogo platform"),
        ("https://example.org/thing", "ja", "thing"),
    ],
)
def test_labels(name: str, lang: str, label: str) -> None:
    assert WORDS.label(name, lang) == label


def test_roles_know_the_link_they_stand_for() -> None:
    assert WORDS.role_properties(concept_iri("role", "secretariat")) == [f"{TSU}secretariatOf"]
    assert WORDS.role_properties(concept_iri("sector", "npo")) == []
