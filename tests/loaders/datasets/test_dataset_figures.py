"""What the four documents say, found again in the loaded records: the figures a reader would check first."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tsunagari.loaders.datasets import dataset_path
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Record, Reference, Temporal

COVERAGE = Path(__file__).with_name("coverage_of_sources.csv")
LARGE, SMALL = "prefecture-designated-city", "municipality"


class Loaded:
    """The records of the bundled workspace by class and id."""

    def __init__(self, load: Load) -> None:
        self.load = load

    def of(self, *classes: str) -> list[Record]:
        return [record for record in self.load.records if record.cls in classes]

    def find(self, cls: str, key: str) -> Record:
        (found,) = [record for record in self.of(cls) if text(record, "id") == key]
        return found

    def at(self, iri: str) -> Record:
        """Return the first record of a thing; a local body has one in its table and one in the reference graph."""
        return next(record for record in self.load.records if record.iri == iri)


def texts(record: Record, column: str) -> list[str]:
    """Return the values of a column; a concept by its notation, another thing by the last part of its IRI."""
    return [
        value.iri.rsplit("/", 1)[-1] if isinstance(value, Reference) else str(value)
        for value in record.values.get(column, ())
    ]


def text(record: Record, column: str) -> str | None:
    found = texts(record, column)
    return found[0] if found else None


def number(record: Record, column: str) -> int:
    (value,) = record.values[column]
    assert isinstance(value, int)
    return value


def when(record: Record, column: str) -> Temporal:
    (value,) = record.values[column]
    assert isinstance(value, Temporal)
    return value


def members_of(records: list[Record]) -> list[Reference]:
    found = [value for record in records for value in record.values["member"]]
    return [value for value in found if isinstance(value, Reference)]


def documents(record: Record) -> set[str]:
    return {evidence.source.rsplit("/", 1)[-1] for evidence in record.evidence}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded(load_workspace(dataset_path("platforms")))


def coverage() -> Iterator[tuple[str, str, str]]:
    with COVERAGE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for record in row["records"].split("|"):
                yield row["row"], row["file"], record


def test_the_bundled_workspace_loads_without_an_issue(loaded: Loaded) -> None:
    assert loaded.load.issues == []
    assert loaded.load.workspace.as_of == date(2023, 10, 1)
    assert loaded.load.workspace.fields == "hyogo"


def test_every_fact_of_the_sources_has_its_records(loaded: Loaded) -> None:
    graphs: dict[str, set[str]] = {}
    for record in loaded.load.records:
        graphs.setdefault(record.graph.rsplit("/", 1)[-1], set()).update(texts(record, "id"))
    rows = list(coverage())
    missing = [item for item in rows if item[2] not in graphs.get(item[1].removesuffix(".csv"), set())]
    assert missing == []
    awkward = {f"5.{row}" for row in range(1, 35)}
    systems = {f"6.{row}" for row in range(1, 29)}
    details = {f"7.{row}" for row in range(1, 14)}
    assert {row for row, _, _ in rows} == awkward | systems | details


def test_every_record_is_stated_somewhere(loaded: Loaded) -> None:
    assert [record.iri for record in loaded.load.records if not record.evidence and record.cls != "Load"] == []


# The national platform


def test_371_members_are_234_and_114_and_23(loaded: Loaded) -> None:
    counts = {text(record, "id"): record for record in loaded.of("CountStatement")}
    whole = counts["c-members"]
    parts = [record for record in counts.values() if text(record, "part_of_count") == "c-members"]
    assert number(whole, "count") == 371
    by_class = {text(part, "member_class"): number(part, "count") for part in parts}
    assert by_class == {"full": 234, "cooperating": 114, "supporting": 23}
    assert {when(record, "as_of").value for record in (whole, *parts)} == {date(2022, 12, 1)}


def test_every_count_is_the_sum_of_its_parts(loaded: Loaded) -> None:
    counts = {record.iri: number(record, "count") for record in loaded.of("CountStatement")}
    sums: Counter[str] = Counter()
    for record in loaded.of("CountStatement"):
        for value in record.values.get("part_of_count", ()):
            assert isinstance(value, Reference)
            sums[value.iri] += number(record, "count")
    assert len(sums) == 5
    assert {iri: counts[iri] for iri in sums} == dict(sums)


def test_67_memberships_are_inferred_and_go_as_one_batch(loaded: Loaded) -> None:
    batch = [record for record in loaded.load.records if record.graph.endswith("/inferred/rule-local-governments")]
    assert {record.cls for record in batch} == {"PlatformMembership"}
    kinds = Counter(text(loaded.at(value.iri), "sector") for value in members_of(batch))
    assert kinds == {"prefecture": 47, "municipality": 20}
    assert {text(record, "status") for record in batch} == {"inferred"}
    assert {text(record, "member_class") for record in batch} == {"cooperating"}
    assert {when(record, "as_of").value for record in batch} == {date(2022, 12, 1)}
    without = load_workspace(dataset_path("platforms"), inferred=False)
    assert [record for record in without.records if "/inferred/" in record.graph] == []
    assert len(Loaded(without).of("PlatformMembership")) == len(loaded.of("PlatformMembership")) - 67


def test_11_lead_roles_are_held_by_9_bodies_two_of_them_twice(loaded: Loaded) -> None:
    leads = [record for record in loaded.of("RoleHolding") if text(record, "role") == "lead"]
    bodies = Counter(value.iri for value in members_of(leads))
    assert len(leads) == 11
    led = Counter(text(record, "organization") for record in leads)
    assert led == {"subcommittee-1": 2, "subcommittee-2": 4, "subcommittee-3": 5}
    assert len(bodies) == 9
    twice = {text(loaded.at(iri), "pref_label") for iri, held in bodies.items() if held == 2}
    assert twice == {"全国社会福祉協議会", "生活困窮者自立支援全国ネットワーク"}


def test_a_service_name_and_a_consortium_are_kept_apart_from_bodies(loaded: Loaded) -> None:
    assert text(loaded.find("StakeholderOrganization", "yorisoi-hotline"), "name_kind") == "service"
    consortium = loaded.find("Consortium", "sns-consortium")
    (body,) = consortium.values["represented_by"]
    assert isinstance(body, Reference)
    assert body.iri == loaded.find("StakeholderOrganization", "anata-no-ibasho").iri


def test_the_policy_tree_has_four_pillars_with_3_2_4_4_items(loaded: Loaded) -> None:
    sections = loaded.of("PolicySection")
    children: dict[str | None, list[Record]] = {}
    for section in sections:
        children.setdefault(text(section, "is_part_of"), []).append(section)
    assert [text(section, "notation") for section in children["plan-2"]] == ["(1)", "(2)", "(3)"]
    pillars = sorted(children["plan-3"], key=lambda section: text(section, "notation") or "")
    assert [text(pillar, "notation") for pillar in pillars] == ["(1)", "(2)", "(3)", "(4)"]
    assert [len(children[text(pillar, "id")]) for pillar in pillars] == [3, 2, 4, 4]
    issued = {text(record, "id"): record for record in loaded.of("PolicyDocument")}
    assert when(issued["plan"], "issued").value == date(2021, 12, 28)
    assert when(issued["suicide-outline"], "issued").value == date(2017, 7, 25)


def test_dates_that_disagree_stand_side_by_side(loaded: Loaded) -> None:
    conflict = loaded.find("ConflictSet", "conflict-workshop-date")
    claims = [loaded.find("Event", key) for key in texts(conflict, "claim")]
    assert [when(claim, "valid_from").value for claim in claims] == [date(2022, 3, 30), date(2021, 3, 30)]
    assert text(conflict, "preferred_in") == "national-workshop"


# The programme and its participants


def participants(loaded: Loaded, year: int) -> list[Record]:
    return [record for record in loaded.of("ProgrammeParticipation") if number(record, "fiscal_year") == year]


def test_fiscal_2023_names_all_nine_participants(loaded: Loaded) -> None:
    named = participants(loaded, 2023)
    assert Counter(text(record, "body_category") for record in named) == {LARGE: 4, SMALL: 5}
    assert number(loaded.find("CountStatement", "c-2023"), "count") == len(named)


def test_fiscal_2022_tells_named_from_unnamed(loaded: Loaded) -> None:
    stated = {key: number(loaded.find("CountStatement", key), "count") for key in ("c-2022", "c-2022-large")}
    assert stated == {"c-2022": 29, "c-2022-large": 12}
    assert number(loaded.find("CountStatement", "c-2022-small"), "count") == 17
    named = participants(loaded, 2022)
    in_documents = [record for record in named if documents(record) & {"s1", "s4"}]
    assert {text(record, "id") for record in in_documents} == {"p2022-tottori-city", "p2022-kitakyushu", "p2022-suzaka"}
    assert stated["c-2022"] - len(in_documents) == 26
    elsewhere = [record for record in named if record not in in_documents]
    assert {record.graph.rsplit("/", 1)[-1] for record in elsewhere} == {"participation-public"}
    first_round = [record for record in named if number(record, "round") == 1]
    assert Counter(text(record, "body_category") for record in first_round) == {LARGE: 9, SMALL: 9}
    assert stated["c-2022"] - len(named) == 10


def test_two_bodies_take_part_a_second_time(loaded: Loaded) -> None:
    second = [record for record in loaded.of("ProgrammeParticipation") if record.values.get("stated_ordinal") == (2,)]
    assert {text(record, "id") for record in second} == {"p2023-kitakyushu", "p2023-tottori-city"}
    known = Counter(members_of(participants(loaded, 2022) + participants(loaded, 2023)))
    assert {member for member, times in known.items() if times == 2} == set(members_of(second))


def test_suzaka_takes_part_until_the_end_of_february(loaded: Loaded) -> None:
    record = loaded.find("ProgrammeParticipation", "p2022-suzaka")
    assert number(record, "round") == 2
    assert when(record, "decision_date").value == date(2022, 9, 30)
    assert when(record, "valid_to").value == date(2023, 3, 1)


def test_three_requirements_are_mandatory_each_year(loaded: Loaded) -> None:
    mandatory = Counter(
        number(record, "fiscal_year")
        for record in loaded.of("ProgrammeRequirement")
        if record.values["mandatory"] == (True,)
    )
    assert mandatory == {2022: 3, 2023: 3}
    assert Counter(number(record, "fiscal_year") for record in loaded.of("ProgrammeRequirement")) == {2022: 5, 2023: 6}


def test_three_sums_and_the_whole_cost_are_borne_by_the_state(loaded: Loaded) -> None:
    statements = loaded.of("MoneyStatement")
    sums = [record for record in statements if "amount" in record.values]
    assert {number(record, "amount"): text(record, "money_kind") for record in sums} == {
        520_000_000: "budget",
        12_000_000: "upper-limit",
        6_000_000: "upper-limit",
    }
    (share,) = (record for record in statements if record not in sums)
    assert (text(share, "share"), text(share, "money_kind")) == ("100.0", "national-share")
    assert {evidence.line for evidence in share.evidence} == {20}


def test_fiscal_2024_names_half_of_the_municipalities_that_gave_advice(loaded: Loaded) -> None:
    named = participants(loaded, 2024)
    assert (len(named), number(loaded.find("CountStatement", "c-2024"), "count")) == (7, 14)
    assert {documents(record) == {"p-model-2024"} for record in named} == {True}


# The law of 2024


def test_the_plans_follow_one_another_and_the_last_ones_rest_on_the_law(loaded: Loaded) -> None:
    plans = {text(record, "id"): record for record in loaded.of("PolicyDocument")}
    before = {key: text(plans[key], "replaces") for key in ("plan-2022", "plan-2024", "plan-2025")}
    assert before == {"plan-2022": "plan", "plan-2024": "plan-2022", "plan-2025": "plan-2024"}
    dates = [when(plans[key], "issued").value for key in ("plan", "plan-2022", "plan-2024", "plan-2025")]
    assert dates == [date(2021, 12, 28), date(2022, 12, 26), date(2024, 6, 11), date(2025, 5, 27)]
    assert [text(plans[key], "legal_basis") for key in ("plan-2022", "plan-2024", "plan-2025")] == [
        None,
        "act-8",
        "act-8",
    ]
    assert when(plans["act"], "valid_from").value == date(2024, 4, 1)


def test_the_headquarters_rest_on_the_law_and_the_council_before_them_on_none(loaded: Loaded) -> None:
    bodies = {text(record, "id"): text(record, "legal_basis") for record in loaded.of("PromotionBody")}
    assert bodies == {"promotion-council": None, "headquarters": "act-20"}


def test_the_law_and_what_it_sets_up_are_told_article_by_article(loaded: Loaded) -> None:
    articles = {
        text(record, "notation"): text(record, "pref_label")
        for record in loaded.of("PolicySection")
        if text(record, "is_part_of") == "act"
    }
    assert articles["第15条"] == "孤独・孤立対策地域協議会"
    assert articles["第17条"] == "孤独・孤立対策調整機関"
    assert articles["第18条"] == "秘密保持義務"
    assert articles["第20条"] == "孤独・孤立対策推進本部"


# Municipalities


def test_the_tottori_partnership_has_7_members_in_2_prefectures(loaded: Loaded) -> None:
    members = loaded.of("PartnershipMembership")
    assert Counter(text(record, "role") for record in members) == {"core": 1, "partner": 6}
    codes = [text(loaded.at(value.iri), "lg_code") or "" for value in members_of(members)]
    assert Counter(code[:2] for code in codes) == {"31": 5, "28": 2}
    starts = {text(record, "id"): when(record, "valid_from") for record in members}
    kami = starts.pop("tottori-kami")
    assert {start.value for start in starts.values()} == {date(2018, 4, 1)}
    assert (kami.value, kami.not_before, kami.not_after) == (None, date(2020, 2, 13), date(2023, 4, 1))


def test_the_secretariat_of_kitakyushu_is_held_as_it_is_and_as_considered(loaded: Loaded) -> None:
    holdings = {
        text(record, "id"): text(record, "status")
        for record in loaded.of("RoleHolding")
        if text(record, "role") == "secretariat" and text(record, "organization") == "kitakyushu-kyogikai"
    }
    assert holdings == {
        "secretariat-kitakyushu-city": "inferred",
        "secretariat-kitakyushu-npo": "under-consideration",
        "secretariat-kitakyushu-npo-header": "disputed",
    }
    transfer = loaded.find("RoleTransfer", "transfer-kitakyushu-secretariat")
    assert text(transfer, "from_holding") == "secretariat-kitakyushu-city"
    assert text(transfer, "status") == "under-consideration"
    conflict = loaded.find("ConflictSet", "conflict-kitakyushu-secretariat")
    assert text(conflict, "preferred_in") == "secretariat-kitakyushu-npo"
    assert {evidence.line for evidence in conflict.evidence} == {35, 46}


def test_unnamed_bodies_are_groups_with_their_stated_size(loaded: Loaded) -> None:
    sizes = {text(record, "id"): record.values.get("stated_size") for record in loaded.of("UnnamedGroup")}
    assert sizes["kitakyushu-15"] == (15,)
    assert sizes["contractor-2022"] == sizes["contractor-2023"] == (1,)
    assert sizes["fukuoka-companies"] is None


def test_words_relative_to_the_document_are_resolved_by_a_rule(loaded: Loaded) -> None:
    meeting = when(loaded.find("InternalCoordinationBody", "ikoma-kyosei"), "valid_from")
    assert (meeting.value, meeting.as_written, meeting.rule) == (date(2023, 5, 9), "本年5月9日", "relative-year")
    plan = when(loaded.find("PolicyDocument", "iiyama-plan"), "issued")
    assert (plan.not_before, plan.not_after) == (date(2023, 4, 1), date(2024, 3, 31))
    first = when(loaded.find("Event", "suzaka-first-meeting"), "valid_from")
    assert (first.value, first.not_before, first.not_after) == (None, date(2023, 2, 21), date(2023, 2, 28))


def test_platforms_that_are_only_intended_are_not_stated(loaded: Loaded) -> None:
    planned = {text(record, "id") for record in loaded.of("Platform") if text(record, "status") == "planned"}
    assert planned == {"toyama-pf", "sendai-pf", "fukuoka-pf", "iiyama-pf", "ikoma-pf", "suzaka-council"}
    assert text(loaded.find("ExistingForum", "sendai-forum"), "functions_as") == "sendai-pf"
    assert len(texts(loaded.find("ExistingForum", "sendai-forum"), "legal_basis")) == 2


def test_desks_carry_a_field_only_where_their_name_says_so(loaded: Loaded) -> None:
    fields = {text(record, "id"): texts(record, "support_field") for record in loaded.of("SupportService")}
    assert fields == {
        "sendai-wansuteppu": ["poverty"],
        "zama-danwaranai": [],
        "zama-line": [],
        "iiyama-desk": [],
        "tottori-supporter": [],
        "tottori-food": ["food-bank"],
        "fukuyama-anone": ["childcare"],
        "fukuyama-fukinoto": ["hikikomori"],
    }


def test_the_survey_of_suzaka(loaded: Loaded) -> None:
    survey = loaded.find("Survey", "suzaka-survey")
    assert (number(survey, "sample_size"), number(survey, "min_age"), text(survey, "sampling")) == (
        2000,
        16,
        "無作為抽出",
    )
    assert (when(survey, "valid_from").value, when(survey, "valid_to").value) == (date(2023, 1, 6), date(2023, 1, 21))
    assert len(texts(survey, "topic")) == 6


# Hyogo


def test_hyogo_names_21_fields_5_groups_25_types_and_8_departments(loaded: Loaded) -> None:
    rows = [record for record in loaded.of("CompositionStatement") if text(record, "organization") == "hyogo-pf"]
    assert {text(record, "list_completeness") for record in rows} == {"open"}
    fields = [found for record in rows for found in texts(record, "support_field")]
    departments = [found for record in rows for found in texts(record, "department")]
    assert len(fields) == len(set(fields)) == 21
    assert len(departments) == len(set(departments)) == 8
    by_id = {text(record, "id") or "": texts(record, "constituent_type") for record in rows}
    groups = {found for key, types in by_id.items() if key.startswith("hyogo-g") for found in types}
    types = {found for key, types in by_id.items() if key.startswith("hyogo-type") for found in types}
    assert (len(groups), len(types), len(groups | types)) == (5, 25, 30)
    companies = next(record for record in rows if text(record, "id") == "hyogo-g4")
    assert texts(companies, "contribution") == ["funding", "premises", "employment", "joint-activity"]


def test_hyogo_has_three_aims_with_seven_details(loaded: Loaded) -> None:
    aims = [record for record in loaded.of("Aim") if text(record, "owner") == "hyogo-pf"]
    assert Counter(text(record, "broader") for record in aims) == {
        None: 3,
        "hyogo-aim-1": 2,
        "hyogo-aim-2": 2,
        "hyogo-aim-3": 3,
    }


def test_ministries_are_full_members_and_economic_organisations_cooperate(loaded: Loaded) -> None:
    rows = [record for record in loaded.of("CompositionStatement") if text(record, "organization") == "national"]
    kinds = {text(record, "constituent_type"): text(record, "member_class") for record in rows}
    assert kinds == {
        "npo": "full",
        "national-government": "full",
        "economic-organization": "cooperating",
        "local-government": "cooperating",
        "other-body": "supporting",
    }


def test_the_principles_have_their_details_and_the_basic_policy_its_commitments(loaded: Loaded) -> None:
    parts = Counter(text(record, "is_part_of") for record in loaded.of("PolicySection"))
    assert [parts[key] for key in ("plan-2-1", "plan-2-2", "plan-2-3", "plan-4")] == [10, 5, 4, 6]
    assert parts["honebuto-loneliness"] == 14


def test_the_logo_says_what_it_stands_for(loaded: Loaded) -> None:
    logo = loaded.find("Deliverable", "logo")
    assert "三色" in (text(logo, "description") or "")
    assert {evidence.line for evidence in logo.evidence} >= {223, 224, 225}


def test_the_survey_of_suzaka_asked_29_things_in_its_six_topics(loaded: Loaded) -> None:
    items = loaded.of("SurveyItem")
    survey = loaded.find("Survey", "suzaka-survey")
    assert list(Counter(text(record, "topic") for record in items).values()) == [14, 4, 2, 5, 3, 1]
    assert {text(record, "topic") for record in items} == set(texts(survey, "topic"))
    assert {text(record, "item_of") for record in items} == {"suzaka-survey"}


def test_each_pillar_of_hyogo_answers_to_a_viewpoint_and_has_two_actions(loaded: Loaded) -> None:
    aligned = {text(record, "id"): text(record, "aligns_with_goal") for record in loaded.of("Pillar")}
    assert aligned == {f"hyogo-pillar-{n}": f"hyogo-view-{n}" for n in (1, 2, 3)}
    assert Counter(text(record, "broader") for record in loaded.of("PillarAction")) == dict.fromkeys(aligned, 2)


# The catalogue


def test_67_entries_in_15_categories_hold_64_distinct_ones(loaded: Loaded) -> None:
    entries = loaded.of("CatalogueEntry")
    assert len(entries) == 67
    assert len({text(record, "category") for record in entries}) == 15
    repeats = [record for record in entries if "repeat_of" in record.values]
    assert len(repeats) == 3
    assert len(entries) - len(repeats) == 64
    originals = {text(record, "id"): text(record, "measure") for record in entries}
    assert all(originals[text(record, "repeat_of")] == text(record, "measure") for record in repeats)


def test_two_numbers_share_one_label_so_64_entries_name_63_measures(loaded: Loaded) -> None:
    first, second = (loaded.find("CatalogueEntry", key) for key in ("e15-01", "e15-02"))
    assert text(first, "measure") == text(second, "measure")
    assert (number(first, "number"), number(second, "number")) == (1, 2)
    assert len({text(record, "measure") for record in loaded.of("CatalogueEntry")}) == 63


def test_the_catalogue_states_its_own_size(loaded: Loaded) -> None:
    sizes = {
        text(record, "id"): number(record, "count")
        for record in loaded.of("CountStatement")
        if text(record, "about") == "s4-catalogue"
    }
    distinct = {"c-entries": 67, "c-entries-repeated": 3, "c-entries-distinct": 64}
    assert sizes == distinct | {"c-categories": 15, "c-life-stages": 5}


def test_a_life_stage_is_given_only_where_a_label_says_so(loaded: Loaded) -> None:
    stages = Counter(text(record, "life_stage") for record in loaded.of("CatalogueEntry"))
    assert stages == {None: 57, "school": 7, "old-age": 2, "childbirth-childcare": 1}


# Wrong as written, right as corrected


def test_wrong_readings_and_wordings_are_kept_beside_the_right_ones(loaded: Loaded) -> None:
    corrected = {
        text(record, "as_written"): (text(record, "corrected_to"), text(record, "correction_kind"))
        for record in loaded.of("Correction")
    }
    assert corrected["いこまし"] == ("いいやまし", "reading")
    assert corrected["やすぐんやすちよう"] == ("やずぐんやずちょう", "reading")
    assert corrected["連携中核都市圏"] == ("連携中枢都市圏", "wording")
    assert corrected["募っていききたい"] == ("募っていきたい", "ocr")
    assert corrected["重層的支援整備体制事業"] == ("重層的支援体制整備事業", "alias")
    assert corrected["今年度"] == ("令和5年度", "date")
    assert text(loaded.find("LocalGovernment", "iiyama"), "reading") == "いいやまし"


def test_the_contact_is_an_office(loaded: Loaded) -> None:
    (contact,) = loaded.of("ContactPoint")
    assert text(contact, "department") == "総務部政策推進課"
    assert text(contact, "telephone") == "026-248-9017"
