"""Each rule is silent about sound data and speaks, with the right node, about a bad example."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from tsunagari.graph.sparql.rules import SEVERITIES, all_rules, check_rules
from tsunagari.ontology.namespaces import PREFIXES, REFERENCE_GRAPH
from tsunagari.ontology.quads import ontology_quads

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "".join(
    f"PREFIX {name}: <{PREFIXES['scheme']}{scheme}/>\n"
    for name, scheme in (
        ("status", "claim-status"),
        ("role", "role"),
        ("class", "membership-class"),
        ("field", "hyogo"),
        ("money", "money-kind"),
    )
)
ROW = "tsu:status status:stated ; tsu:statedIn <urn:row>"
ORGANIZATIONS = "".join(
    f'id:{key} a tsu:StakeholderOrganization ; skos:prefLabel "{key}"@ja ; {ROW} .\n' for key in "abcd"
)
SOUND = f"""
{ORGANIZATIONS}
id:group a tsu:UnnamedGroup ; tsu:statedSize 9 ; {ROW} .
id:pf a tsu:Platform ; skos:prefLabel "場"@ja ; {ROW} .
id:sub a tsu:Subcommittee ; org:subOrganizationOf id:pf ; {ROW} .
id:m1 a tsu:PlatformMembership ; org:member id:a ; org:organization id:pf ; tsu:memberClass class:full ; {ROW} .
id:m2 a tsu:PlatformMembership ; org:member id:b ; org:organization id:pf ; tsu:memberClass class:supporting ; {ROW} .
id:m3 a tsu:PlatformMembership ; org:member id:group ; org:organization id:pf ; tsu:memberClass class:full ; {ROW} .
id:m4 a tsu:PlatformMembership ; org:member id:c ; org:organization id:pf ; tsu:memberClass class:full ;
  tsu:asOf "2024-01-01"^^xsd:date ; {ROW} .
id:c0 a tsu:CountStatement ; tsu:about id:pf ; tsu:count 3 ; tsu:counted "会員"@ja ;
  tsu:asOf "2022-12-01"^^xsd:date ; {ROW} .
id:c1 a tsu:CountStatement ; tsu:about id:pf ; tsu:count 1 ; tsu:counted "会員"@ja ; tsu:memberClass class:full ;
  tsu:partOfCount id:c0 ; tsu:asOf "2022-12-01"^^xsd:date ; {ROW} .
id:c2 a tsu:CountStatement ; tsu:about id:pf ; tsu:count 2 ; tsu:counted "賛助会員"@ja ;
  tsu:memberClass class:supporting ;
  tsu:partOfCount id:c0 ; tsu:asOf "2022-12-01"^^xsd:date ; {ROW} .
id:prog a tsu:Programme ; {ROW} .
id:p1 a tsu:ProgrammeParticipation ; org:member id:a ; tsu:programme id:prog ; tsu:fiscalYear 2022 ; {ROW} .
id:p2 a tsu:ProgrammeParticipation ; org:member id:a ; tsu:programme id:prog ; tsu:fiscalYear 2023 ;
  tsu:statedOrdinal 2 ; {ROW} .
id:r1 a tsu:RoleHolding ; org:member id:a ; org:organization id:pf ; org:role role:secretariat ;
  tsu:validFrom "2022-02-01"^^xsd:date ; tsu:validTo "2023-04-01"^^xsd:date ; {ROW} .
id:r2 a tsu:RoleHolding ; org:member id:b ; org:organization id:pf ; org:role role:secretariat ;
  tsu:validFrom "2023-04-01"^^xsd:date ; {ROW} .
id:r3 a tsu:RoleHolding ; org:member id:c ; org:organization id:pf ; org:role role:secretariat ;
  tsu:status status:planned ; tsu:statedIn <urn:row> .
id:t1 a tsu:RoleTransfer ; tsu:fromHolding id:r1 ; tsu:toHolding id:r2 ; {ROW} .
id:e1 a tsu:CatalogueEntry ; tsu:measure id:s1 ; {ROW} .
id:e2 a tsu:CatalogueEntry ; tsu:measure id:s1 ; tsu:repeatOf id:e1 ; {ROW} .
id:s1 a tsu:SupportMeasure ; {ROW} .
id:plan a tsu:PolicyDocument ; {ROW} .
id:s2 a tsu:PolicySection ; dct:isPartOf id:plan ; skos:notation "1" ; {ROW} .
id:s3 a tsu:PolicySection ; dct:isPartOf id:plan ; skos:notation "2" ; {ROW} .
id:region a tsu:RegionalPartnership ; {ROW} .
id:g1 a tsu:PartnershipMembership ; org:member id:a ; org:organization id:region ; org:role role:core ; {ROW} .
id:g2 a tsu:PartnershipMembership ; org:member id:b ; org:organization id:region ; org:role role:partner ; {ROW} .
id:k a tsu:ConflictSet ; tsu:about id:pf ; tsu:claim id:r1, id:r3 ; tsu:preferredIn id:r1 ; {ROW} .
id:x a tsu:Correction ; tsu:about id:a ; tsu:asWritten "やす"@ja ; tsu:correctedTo "やず"@ja ; {ROW} .
id:v a tsu:SupportService ; tsu:providedBy id:a ; tsu:supportField field:hikikomori ; {ROW} .
GRAPH <{PREFIXES["id"]}graph/inferred/x> {{
  id:i a tsu:PlatformMembership ; org:member id:d ; org:organization id:pf ; tsu:status status:inferred ;
    tsu:asOf "2024-01-01"^^xsd:date ; tsu:statedIn <urn:row> .
}}
"""

BAD = {
    "parts-sum-to-whole": (
        f'id:bad a tsu:CountStatement ; tsu:about id:d ; tsu:count 5 ; tsu:counted "会員"@ja ; {ROW} .'
        f'id:y1 a tsu:CountStatement ; tsu:about id:d ; tsu:count 2 ; tsu:counted "甲"@ja ;'
        f" tsu:partOfCount id:bad ; {ROW} ."
        f'id:y2 a tsu:CountStatement ; tsu:about id:d ; tsu:count 2 ; tsu:counted "乙"@ja ;'
        f" tsu:partOfCount id:bad ; {ROW} .",
        "内訳の合計: 4",
    ),
    "part-of-the-same": (
        f'id:y a tsu:CountStatement ; tsu:about id:a ; tsu:count 2 ; tsu:counted "全"@ja ; {ROW} .'
        f'id:bad a tsu:CountStatement ; tsu:about id:b ; tsu:count 2 ; tsu:counted "甲"@ja ;'
        f" tsu:partOfCount id:y ; {ROW} .",
        "内訳の対象: b",
    ),
    "named-within-stated": (
        f'id:bad a tsu:CountStatement ; tsu:about id:pf ; tsu:count 0 ; tsu:counted "賛助"@ja ;'
        f" tsu:memberClass class:supporting ; {ROW} .",
        "名前の分かる数: 1",
    ),
    "ordinal-matches-participations": (
        f"id:bad a tsu:ProgrammeParticipation ; org:member id:b ; tsu:programme id:prog ; tsu:fiscalYear 2023 ;"
        f" tsu:statedOrdinal 2 ; {ROW} .",
        "知られる回数: 1",
    ),
    "money-says-how-much": (
        f"id:bad a tsu:MoneyStatement ; tsu:about id:prog ; tsu:moneyKind money:budget ; {ROW} .",
        "金額の種類: 予算額",
    ),
    "interval-order": (
        f'id:bad a tsu:Event ; tsu:validFrom "2023-01-01"^^xsd:date ; tsu:validTo "2023-01-01"^^xsd:date ; {ROW} .',
        "終わり: 2023-01-01",
    ),
    "tie-strength": (
        f"id:bad a tsu:CollaborationTie ; tsu:tieFrom id:a ; tsu:tieTo id:b ; tsu:strength -2 ; {ROW} .",
        "強さ: -2",
    ),
    "statement-has-source": ("id:bad a tsu:Event ; tsu:status status:stated .", "催し"),
    "member-of-something-known": (
        f"id:bad a tsu:PlatformMembership ; org:member id:a ; org:organization id:nowhere ; {ROW} .",
        "nowhere",
    ),
    "one-secretariat-at-a-time": (
        f"id:bad a tsu:RoleHolding ; org:member id:a ; org:organization id:region ; org:role role:secretariat ;"
        f" {ROW} ."
        f"id:y a tsu:RoleHolding ; org:member id:b ; org:organization id:region ; org:role role:secretariat ;"
        f" {ROW} .",
        "もう一つの事務局: b",
    ),
    "repeat-of-first-entry": (
        f"id:bad a tsu:CatalogueEntry ; tsu:measure id:s1 ; tsu:repeatOf id:e2 ; {ROW} .",
        "a repeat",
    ),
    "concept-in-its-scheme": (
        f"id:bad a tsu:Event ; tsu:supportField role:lead ; {ROW} .",
        "担当幹事団体",
    ),
    "policy-order": (
        f'id:bad a tsu:PolicySection ; dct:isPartOf id:a ; skos:notation "1" ; {ROW} .'
        f'id:y a tsu:PolicySection ; dct:isPartOf id:a ; skos:notation "1" ; {ROW} .',
        "番号: 1",
    ),
    "partnership-has-core": (
        f"id:bad a tsu:RegionalPartnership ; {ROW} ."
        f"id:y a tsu:PartnershipMembership ; org:member id:b ; org:organization id:bad ;"
        f" org:role role:partner ; {ROW} .",
        "中心の市の数: 0",
    ),
    "preferred-among-claims": (
        f"id:bad a tsu:ConflictSet ; tsu:about id:pf ; tsu:claim id:r1 ; tsu:preferredIn id:r3 ; {ROW} .",
        "対象: 場",
    ),
    "transfer-of-one-role": (
        f"id:y a tsu:RoleHolding ; org:member id:b ; org:organization id:sub ; org:role role:lead ; {ROW} ."
        f"id:bad a tsu:RoleTransfer ; tsu:fromHolding id:r1 ; tsu:toHolding id:y ; {ROW} .",
        "前: a",
    ),
    "correction-changes-something": (
        f'id:bad a tsu:Correction ; tsu:about id:a ; tsu:asWritten "やず"@ja ; tsu:correctedTo "やず"@ja ; {ROW} .',
        "やず",
    ),
    "no-part-of-itself": (
        f"id:bad a tsu:Department ; org:subOrganizationOf id:bad ; {ROW} .",
        "bad",
    ),
    "inferred-says-so": (
        f"GRAPH <{PREFIXES['id']}graph/inferred/x> {{ id:bad a tsu:Event ; {ROW} }}",
        "記載あり",
    ),
    "joined-once": (
        f"id:bad a tsu:PlatformMembership ; org:member id:d ; org:organization id:region ; {ROW} ."
        f"id:y a tsu:PlatformMembership ; org:member id:d ; org:organization id:region ; {ROW} .",
        "団体: d",
    ),
}


def store_of(text: str) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ontology_quads(REFERENCE_GRAPH))
    store.load((PROLOGUE + text).encode(), format=ox.RdfFormat.TRIG, to_graph=None)
    return store


def found(store: ox.Store, lang: str = "ja") -> list[dict[str, Any]]:
    return [dict(row) for row in check_rules(store, lang).to_dict("records")]


def test_every_rule_has_a_bad_example() -> None:
    assert sorted(rule.name for rule in all_rules()) == sorted(BAD)


def test_sound_data_breaks_no_rule() -> None:
    assert found(store_of(SOUND)) == []


@pytest.mark.parametrize("name", sorted(BAD))
def test_the_bad_example_breaks_its_rule_and_no_other(name: str) -> None:
    text, shown = BAD[name]
    rows = found(store_of(SOUND + text))
    assert {(row["rule"], row["node"]) for row in rows} == {(name, f"{PREFIXES['id']}bad")}
    assert shown in rows[0]["detail"]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_is_wrong_and_what_to_do_in_both_languages(rule: Any) -> None:
    assert rule.name == rule.file.name
    assert rule.severity in SEVERITIES
    for message in (rule.message, rule.hint, *rule.headings.values()):
        assert message.ja
        assert message.en.isascii()
        assert not message.ja.isascii()


def test_findings_are_told_in_the_chosen_language_errors_first() -> None:
    store = store_of(SOUND + BAD["joined-once"][0].replace(":bad", ":bad1") + BAD["interval-order"][0])
    rows = found(store, "en")
    assert [row["severity"] for row in rows] == ["error", "warning"]
    assert rows[0]["message"] == "An interval does not end after it begins"
    assert "to: 2023-01-01" in rows[0]["detail"]
    assert rows[0]["hint"].startswith("Check valid_from")


def test_a_plan_or_another_class_is_no_second_secretariat_or_membership() -> None:
    text = (
        f"id:y1 a tsu:PlatformMembership ; org:member id:a ; org:organization id:pf ;"
        f' tsu:memberClass class:supporting ; tsu:asOf "2024-01-01"^^xsd:date ; {ROW} .'
    )
    assert found(store_of(SOUND + text)) == []
