"""Every question is well-formed in both languages and gives its golden answer on the bundled data."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tsunagari.graph.sparql import sparql_text
from tsunagari.graph.sparql.queries import solve
from tsunagari.graph.sparql.query_guard import check_query
from tsunagari.graph.sparql.questions import Question, all_questions
from tsunagari.graph.sparql.rules import check_rules
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

ANSWERS = Path(__file__).with_name("answers")
AT = "2023-10-01"
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "platform-members": ("platform-members", {"platform": "全国プラットフォーム"}),
    "platform-members-kitakyushu": ("platform-members", {"platform": "北九州市"}),
    "multi-lead-bodies": ("multi-lead-bodies", {}),
    "multi-lead-bodies-en": ("multi-lead-bodies", {"lang": "en"}),
    "secretariat": ("secretariat", {}),
    "partnership-members": ("partnership-members", {"partnership": "鳥取"}),
    "partnership-members-2018": ("partnership-members", {"partnership": "鳥取", "at": "2018-04-01"}),
    "partnership-members-2021": ("partnership-members", {"partnership": "鳥取", "at": "2021-01-01"}),
    "cross-prefecture-partnerships": ("cross-prefecture-partnerships", {}),
    "overlapping-reach": ("overlapping-reach", {}),
    "programme-participants": ("programme-participants", {}),
    "programme-participants-2023": ("programme-participants", {"fiscal_year": "2023"}),
    "stated-and-named": ("stated-and-named", {}),
    "fields-without-support": ("fields-without-support", {"area": "鳥取市"}),
    "path-between": ("path-between", {"start": "岩美町", "end": "香美町"}),
    "path-between-leads": ("path-between", {"start": "全国社会福祉協議会", "end": "日本いのちの電話連盟"}),
    "bridge-bodies": ("bridge-bodies", {}),
    "changes": ("changes", {"since": "2022-04-01"}),
    "document-statements": ("document-statements", {"document": "003_e82aed12c2bb961d.txt"}),
    "conflicts": ("conflicts", {}),
    "match-decisions": ("match-decisions", {}),
    "measures": ("measures", {}),
    "measures-school": ("measures", {"life_stage": "児童生徒・学生"}),
    "measures-women": ("measures", {"category": "女性"}),
    "services-in-municipality": ("services-in-municipality", {"municipality": "福山市"}),
    "overdue-plans": ("overdue-plans", {}),
    "corrections": ("corrections", {}),
    "corrections-reading": ("corrections", {"correction_kind": "reading"}),
    "policy-citations": ("policy-citations", {}),
    "statements-without-source": ("statements-without-source", {}),
    "area-changes": ("area-changes", {}),
    "needs-by-area": ("needs-by-area", {}),
    "surveyed-areas": ("surveyed-areas", {}),
    "unpublished-cells": ("unpublished-cells", {}),
    "platforms": ("platforms", {}),
    "platforms-prefectural": ("platforms", {"scope_level": "都道府県"}),
    "forums": ("forums", {}),
    "councils": ("councils", {}),
    "forums-by-area": ("forums-by-area", {}),
    "composition": ("composition", {"platform": "兵庫県版"}),
    "composition-all": ("composition", {}),
    "unnamed-groups": ("unnamed-groups", {}),
    "membership-rules": ("membership-rules", {}),
    "private-bodies": ("private-bodies", {}),
    "private-bodies-npo": ("private-bodies", {"sector": "NPO"}),
    "federations": ("federations", {}),
    "governance": ("governance", {}),
    "subcommittees": ("subcommittees", {}),
    "role-transfers": ("role-transfers", {}),
    "departments": ("departments", {}),
    "contacts": ("contacts", {}),
    "core-cities": ("core-cities", {}),
    "local-governments": ("local-governments", {}),
    "local-governments-tottori": ("local-governments", {"prefecture": "鳥取県"}),
    "services-by-target": ("services-by-target", {}),
    "services-by-target-hikikomori": ("services-by-target", {"target_group": "ひきこもりの人と家族"}),
    "repeated-measures": ("repeated-measures", {}),
    "activities": ("activities", {}),
    "activities-toyama": ("activities", {"platform": "富山県"}),
    "events": ("events", {}),
    "surveys": ("surveys", {}),
    "survey-items": ("survey-items", {}),
    "training-and-publicity": ("training-and-publicity", {}),
    "deliverables": ("deliverables", {}),
    "programmes": ("programmes", {}),
    "requirements": ("requirements", {}),
    "requirements-2022": ("requirements", {"fiscal_year": "2022"}),
    "money": ("money", {}),
    "selection-reasons": ("selection-reasons", {}),
    "field-words": ("field-words", {}),
    "ties": ("ties", {}),
    "ties-2019": ("ties", {"body": "鳥取市", "tie_kind": "圏域の連携", "at": "2019-01-01"}),
    "goals": ("goals", {}),
    "goals-and-activities": ("goals-and-activities", {}),
    "policy-documents": ("policy-documents", {}),
    "policy-documents-plan": ("policy-documents", {"policy": "重点計画"}),
    "promotion-bodies": ("promotion-bodies", {}),
    "plan-succession": ("plan-succession", {}),
    "legal-basis": ("legal-basis", {}),
    "glossary": ("glossary", {}),
    "loads": ("loads", {}),
    "imprecise-dates": ("imprecise-dates", {}),
    "identifiers": ("identifiers", {"thing": "鳥取市"}),
    "corrections-by-document": ("corrections-by-document", {}),
}
QUESTIONS = list(all_questions().values())
NAMED = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def answer(graph: KnowledgeGraph, name: str, **params: str) -> pd.DataFrame:
    lang, at = params.pop("lang", "ja"), params.pop("at", AT)
    return graph.ask(name, lang=lang, at=at, **params)


def as_csv(frame: pd.DataFrame) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow(" | ".join(cell) if isinstance(cell, list) else "" if cell is None else cell for cell in row)
    return buffer.getvalue()


def test_there_is_a_golden_answer_for_every_question_and_no_other_file() -> None:
    assert {name for name, _ in CASES.values()} == {question.name for question in QUESTIONS}
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_the_bundled_data_gives_the_golden_answer(bundled: KnowledgeGraph, regen: bool, case: str) -> None:
    name, params = CASES[case]
    text = as_csv(answer(bundled, name, **params))
    path = ANSWERS / f"{case}.csv"
    if regen:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_every_theme_has_questions_and_every_question_a_theme() -> None:
    themes = {concept.notation for concept in vocabulary().schemes["question-theme"].concepts}
    assert {question.theme for question in QUESTIONS} == themes


@NAMED
def test_a_question_speaks_both_languages(question: Question) -> None:
    assert question.name == question.file.name
    texts = [(question.ja, question.en), *((item.ja, item.en) for item in question.parameters)]
    for ja, en in [*texts, *((head.ja, head.en) for head in question.columns.values())]:
        assert not ja.isascii()
        assert en.isascii()
    assert question.en.endswith("?")


@NAMED
def test_every_column_of_the_answer_has_a_heading(question: Question) -> None:
    assert set(solve(ox.Store(), question.file.text).columns) == set(question.columns)


@NAMED
def test_a_question_stays_readable_whatever_parameters_are_given(question: Question) -> None:
    check_query(question.file.text)
    samples = {"date": ox.Literal("2023-10-01"), "integer": ox.Literal(1), "code": ox.Literal("x")}
    for item in question.parameters:
        value = samples.get(item.kind, ox.NamedNode("urn:x"))
        check_query(sparql_text.bind(question.file.text, {item.name: value}))
        assert item.kind in samples or item.kind == "area" or item.of
        if item.kind == "name":
            assert all(name in vocabulary().classes for name in item.of.split("|"))
        if item.kind == "concept":
            assert item.of in vocabulary().schemes


@NAMED
def test_a_question_declares_its_prefixes_so_that_it_runs_anywhere(question: Question) -> None:
    used = sparql_text.used_prefixes(question.file.text)
    assert used == sparql_text.declared_prefixes(question.file.text)


@NAMED
def test_a_day_is_understood_in_one_way(question: Question) -> None:
    """The lines that tell what holds on a day are the same everywhere but for the node they are about."""
    text = question.file.text
    lines = [line.strip() for line in text.splitlines() if "FILTER (COALESCE(COALESCE(?from_low" in line]
    assert set(lines) <= {
        "FILTER (COALESCE(COALESCE(?from_low, ?valid_from) <= $at, true)"
        " && COALESCE($at < COALESCE(?to_high, ?valid_to), true))"
    }
    if "?validity" in text and question.name != "changes":
        assert len(lines) == 1
        begun = "BIND (COALESCE(COALESCE(?from_high, ?valid_from, ?as_of, ?from_low) <= $at, true) AS ?begun)"
        assert begun in text
        assert "BIND (COALESCE($at < COALESCE(?to_low, ?valid_to), true) AS ?going_on)" in text
        for path in ("validFrom", "validFromNotBefore", "validFromNotAfter", "validTo", "validToNotBefore", "asOf"):
            assert len(re.findall(rf"tsu:{path}\b", text)) == 1


# ---- figures that were read off the four documents by hand ----


def test_two_bodies_lead_two_subcommittees_each(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "multi-lead-bodies")
    assert set(frame["organization"]) == {"全国社会福祉協議会", "生活困窮者自立支援全国ネットワーク"}
    assert frame["led"].tolist() == [2, 2]


def test_seven_municipalities_in_two_prefectures_form_the_partnership_of_tottori(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "partnership-members", partnership="鳥取")
    assert len(frame) == 7
    assert Counter(frame["prefecture"]) == {"鳥取県": 5, "兵庫県": 2}
    assert Counter(frame["role"]) == {"連携中枢都市": 1, "連携市町村": 6}
    assert set(frame["validity"]) == {"certain"}
    assert (
        "香美町" not in answer(bundled, "partnership-members", partnership="鳥取", at="2018-04-01")["member"].tolist()
    )
    earlier = answer(bundled, "partnership-members", partnership="鳥取", at="2021-01-01").set_index("member")
    assert earlier.loc["香美町", "validity"] == "possible"


def test_kitakyushus_secretariat_is_held_by_the_city_and_only_considered_for_others(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "secretariat", platform="北九州市").set_index("holder")
    assert frame.loc["北九州市", "validity"] == "certain"
    other = frame.drop("北九州市")
    assert other["status"].tolist() == ["検討中"]
    assert other["validity"].tolist() == ["possible"]
    assert answer(bundled, "secretariat", platform="北九州市", at="2022-01-31")["validity"].tolist() == ["possible"]


def test_371_members_and_29_participants_are_stated_and_some_are_named(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "stated-and-named")
    counts = {(row.fiscal_year, row.stated): row.named for row in frame.itertuples()}
    assert {stated for year, stated in counts if year is None} == {371, 234, 114, 23, 15}
    assert counts[None, 114] == 67
    assert (counts[2022, 29], counts[2022, 12], counts[2022, 17]) == (19, 9, 10)
    assert (counts[2023, 9], counts[2023, 4], counts[2023, 5]) == (9, 4, 5)


def test_two_bodies_take_part_again_in_2023(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "programme-participants", fiscal_year="2023")
    assert set(frame[frame["repeats"]]["organization"]) == {"鳥取市", "北九州市"}


def test_64_measures_remain_without_repeats(bundled: KnowledgeGraph) -> None:
    assert len(answer(bundled, "measures")) == 64


def test_the_towns_in_hyogo_lie_in_the_reach_of_two(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "overlapping-reach")
    hyogo = frame[frame["prefecture"] == "兵庫県"]
    assert hyogo["municipality"].tolist() == ["香美町", "新温泉町"]
    assert hyogo["count"].tolist() == [2, 2]


def test_the_meeting_planned_for_late_february_is_overdue(bundled: KnowledgeGraph) -> None:
    assert "推進協議会の初回" in answer(bundled, "overdue-plans")["plan"].tolist()
    assert answer(bundled, "overdue-plans", at="2023-02-28").empty


def test_wrong_readings_are_told_with_the_right_ones(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "corrections", correction_kind="reading")
    assert dict(zip(frame["as_written"], frame["corrected_to"], strict=True))["いこまし"] == "いいやまし"
    assert set(frame["line"]) == {55, 59}


def test_three_sums_and_a_share_are_stated_for_fiscal_2022(bundled: KnowledgeGraph) -> None:
    frame = answer(bundled, "money")
    assert set(frame["amount"].dropna()) == {520_000_000, 12_000_000, 6_000_000}
    assert frame["share"].dropna().tolist() == [100]
    assert set(frame["fiscal_year"]) == {2022}
    assert answer(bundled, "money", fiscal_year="2023").empty


def test_the_survey_of_suzaka_asked_2000_people_from_the_age_of_16(bundled: KnowledgeGraph) -> None:
    survey = answer(bundled, "surveys").iloc[0]
    assert (survey["sample_size"], survey["min_age"], survey["sampling"]) == (2000, 16, "無作為抽出")
    assert len(survey["topics"]) == 6


def test_three_of_five_items_are_mandatory_in_2022(bundled: KnowledgeGraph) -> None:
    assert answer(bundled, "requirements", fiscal_year="2022")["mandatory"].tolist() == [True] * 3 + [False] * 2


def test_every_local_government_of_a_kind_is_a_member_by_one_statement(bundled: KnowledgeGraph) -> None:
    assert answer(bundled, "membership-rules")["inferred"].tolist() == [67]


def test_nothing_is_stated_without_a_source_and_no_rule_is_broken(bundled: KnowledgeGraph) -> None:
    assert answer(bundled, "statements-without-source").empty
    assert check_rules(bundled.store).to_dict("records") == []
