"""What people decide about matches: kept in a ledger, replayed at each load, taken back when it was wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.errors import OutputError
from tsunagari.loaders.identity.decisions import group_pairs
from tsunagari.loaders.identity.ledger import (
    LEDGER_NAME,
    UNDONE,
    VERDICTS,
    Decision,
    append_decisions,
    find_verdict,
    read_ledger,
    short_id,
)
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.records import Record, Reference
from tsunagari.ontology.validation import validate_records
from tsunagari.ontology.vocabulary import vocabulary

Write = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
# Two spellings of one body that no rule may merge, and a body of another kind.
MEMBERS = "団体名,PF,市区町村\nNPO法人架空たより,pf,鳥取市\n架空のたより,pf,鳥取市\n社会福祉法人架空園,pf,米子市\n"
TIES = "連携元,連携先,連携の種類\nNPO法人架空たより,社会福祉法人架空園,紹介\n架空のたより,社会福祉法人架空園,紹介\n"


def organizations(load: Load) -> dict[str, str]:
    """Name to short identifier of the bodies that are no local government."""
    found = [record for record in load.records if record.cls == "StakeholderOrganization"]
    return {str(name): short_id(r.iri) for r in found for column in NAMES for name in r.values.get(column, ())}


NAMES = ("pref_label", "alt_label")


def of_class(load: Load, cls: str) -> list[Record]:
    return [record for record in load.records if record.cls == cls]


def codes(load: Load) -> list[str]:
    return [issue.code for issue in load.issues if issue.code != "name-alone"]  # ties give names only


def decide(folder: Path, left: str, right: str, verdict: str = "same", **further: str) -> None:
    append_decisions(folder, [Decision(left, right, verdict, decided_at=date(2023, 10, 2), **further)])


@pytest.fixture
def workspace(write_workspace: Write) -> Path:
    return write_workspace(platforms=PLATFORMS, members=MEMBERS, ties=TIES)


def test_a_decision_makes_one_body_of_two_with_everything_that_refers_to_them(workspace: Path) -> None:
    before = load_workspace(workspace)
    ids = organizations(before)
    decide(workspace, ids["架空のたより"], ids["NPO法人架空たより"], note="電話で確かめた")
    load = load_workspace(workspace)
    after = organizations(load)
    assert after["架空のたより"] == after["NPO法人架空たより"] == ids["NPO法人架空たより"]
    (body,) = (r for r in of_class(load, "StakeholderOrganization") if "alt_label" in r.values)
    assert body.values["pref_label"] == ("NPO法人架空たより",)
    assert body.values["alt_label"] == ("架空のたより",)
    assert [place.row for place in body.evidence][:2] == [2, 3]
    assert len(of_class(before, "PlatformMembership")) == 3
    (kept, _) = of_class(load, "PlatformMembership")
    assert [place.row for place in kept.evidence] == [2, 3]
    (tie,) = of_class(load, "CollaborationTie")
    assert tie.values["tie_from"] == (Reference(ID + after["架空のたより"]),)
    assert [place.row for place in tie.evidence] == [2, 3]
    assert codes(load) == ["duplicate-row", "duplicate-row"]


def test_a_merged_workspace_meets_the_shapes_and_holds_the_decision(workspace: Path) -> None:
    ids = organizations(load_workspace(workspace))
    one, other, third = ids["架空のたより"], ids["NPO法人架空たより"], ids["社会福祉法人架空園"]
    decide(workspace, one, other, left_name="架空のたより", right_name="NPO法人架空たより", note="電話で確かめた")
    decide(workspace, third, other, "different")
    load = load_workspace(workspace)
    assert validate_records(load.records, load.vocabulary) == []
    merge, difference = of_class(load, "MatchDecision")
    assert merge.values["about"] == (Reference(ID + other),)
    assert merge.values["matched"] == tuple(Reference(ID + text) for text in sorted((one, other)))
    assert merge.values["as_written"] == ("架空のたより", "NPO法人架空たより")
    assert merge.values["reason"] == ("電話で確かめた",)
    assert merge.values["decision_date"] == (date(2023, 10, 2),)
    assert set(difference.values["about"]) == {Reference(ID + third), Reference(ID + other)}
    assert [place.row for place in (*merge.evidence, *difference.evidence)] == [2, 3]


def test_undoing_brings_back_what_was(workspace: Path) -> None:
    before = load_workspace(workspace)
    ids = organizations(before)
    decide(workspace, ids["架空のたより"], ids["NPO法人架空たより"])
    assert load_workspace(workspace).records != before.records
    decide(workspace, ids["NPO法人架空たより"], ids["架空のたより"], UNDONE)
    again = load_workspace(workspace)
    assert again.records == before.records
    assert again.issues == before.issues
    assert [decision.verdict for decision in read_ledger(workspace).history] == ["same", "undone"]


def test_the_body_with_a_corporate_number_stays(write_workspace: Write) -> None:
    members = "団体名,PF,法人番号\nカクウの会,pf,\n架空の会,pf,4000012090001\n"
    workspace = write_workspace(platforms=PLATFORMS, members=members)
    ids = organizations(load_workspace(workspace))
    decide(workspace, ids["カクウの会"], ids["架空の会"])
    assert organizations(load_workspace(workspace))["カクウの会"] == "org/4000012090001"


def test_a_tie_that_would_join_a_body_to_itself_is_told_and_left_out(write_workspace: Write) -> None:
    ties = "連携元,連携先,連携の種類\n架空の会,カクウの会,紹介\n"
    workspace = write_workspace(ties=ties)
    ids = organizations(load_workspace(workspace))
    decide(workspace, ids["カクウの会"], ids["架空の会"])
    load = load_workspace(workspace)
    assert of_class(load, "CollaborationTie") == []
    assert [(issue.code, issue.file, issue.row) for issue in load.issues] == [("self-tie", "ties.csv", 2)]


def test_services_of_one_provider_under_two_names_are_one(write_workspace: Write) -> None:
    services = "窓口名,提供団体\n架空相談,架空の会\n架空相談,カクウの会\n"
    workspace = write_workspace(services=services)
    before = load_workspace(workspace)
    assert len(of_class(before, "SupportService")) == 2
    ids = organizations(before)
    decide(workspace, ids["カクウの会"], ids["架空の会"])
    assert len(of_class(load_workspace(workspace), "SupportService")) == 1


def test_similar_names_are_not_told_again_once_somebody_decided(write_workspace: Write) -> None:
    members = "団体名,PF\nNPO法人架空の会,pf\n社会福祉法人架空の会,pf\n"
    workspace = write_workspace(platforms=PLATFORMS, members=members)
    load = load_workspace(workspace)
    assert codes(load) == ["similar-organization"]
    decide(workspace, *organizations(load).values(), "different")
    assert codes(load_workspace(workspace)) == []


def test_a_name_that_fits_two_is_clear_once_they_are_one(write_workspace: Write) -> None:
    lists = {
        "platforms": PLATFORMS,
        "members": "団体名,PF,市区町村\n架空の会,pf,鳥取市\n架空の会,pf,米子市\n",
        "ties": "連携元,連携先,連携の種類\n架空の会,鳥取市,紹介\n",
    }
    workspace = write_workspace(**lists)
    load = load_workspace(workspace)
    assert codes(load) == ["same-name-elsewhere", "ambiguous-name"]
    one, other = {short_id(r.iri) for r in of_class(load, "StakeholderOrganization")}
    decide(workspace, one, other)
    load = load_workspace(workspace)
    assert "ambiguous-name" not in codes(load)
    assert len(of_class(load, "CollaborationTie")) == 1


def test_decisions_that_contradict_each_other_are_told_and_none_is_applied(workspace: Path) -> None:
    before = load_workspace(workspace)
    ids = organizations(before)
    one, other, third = ids["架空のたより"], ids["NPO法人架空たより"], ids["社会福祉法人架空園"]
    decide(workspace, one, other)
    decide(workspace, other, third)
    decide(workspace, one, third, "different")
    load = load_workspace(workspace)
    assert organizations(load) == ids
    told = [(issue.code, issue.file, issue.row) for issue in load.issues if issue.file == LEDGER_NAME]
    assert told == [("match-contradiction", LEDGER_NAME, 2), ("match-contradiction", LEDGER_NAME, 3)]


def test_bodies_with_two_numbers_are_not_joined_by_way_of_a_third(write_workspace: Write) -> None:
    members = "団体名,PF,法人番号\n架空の会,pf,4000012090001\n架空園,pf,9000020312011\nカクウ,pf,\n"
    workspace = write_workspace(platforms=PLATFORMS, members=members.replace("9000020312011", "7000012050002"))
    ids = organizations(load_workspace(workspace))
    decide(workspace, ids["架空の会"], ids["カクウ"])
    decide(workspace, ids["カクウ"], ids["架空園"])
    assert codes(load_workspace(workspace)) == ["match-contradiction", "match-contradiction"]


def test_a_decision_about_a_body_in_no_list_is_kept_and_told(workspace: Path) -> None:
    ids = organizations(load_workspace(workspace))
    decide(workspace, ids["架空のたより"], "org/0123456789abcdef", right_name="架空の旧名")
    load = load_workspace(workspace)
    (issue,) = (issue for issue in load.issues if issue.file == LEDGER_NAME)
    assert (issue.code, issue.file, issue.row, issue.value) == ("match-unknown", LEDGER_NAME, 2, "org/0123456789abcdef")
    assert "架空の旧名" in issue.message.ja
    assert of_class(load, "MatchDecision") == []


def test_a_ledger_that_excel_saved_in_another_order_and_encoding_is_read(workspace: Path) -> None:
    ids = organizations(load_workspace(workspace))
    text = f"判定,団体2,団体1,備考\n同じ,{ids['架空のたより']},{ids['NPO法人架空たより']},髙橋橋\n"
    (workspace / LEDGER_NAME).write_bytes(text.encode("cp932"))
    assert len(organizations(load_workspace(workspace)).keys()) == 3
    assert len(set(organizations(load_workspace(workspace)).values())) == 2
    decide(workspace, "org/a", "org/b", "unsure")
    data = (workspace / LEDGER_NAME).read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["判定", "団体2", "団体1", "備考"]
    assert rows[1][3] == "髙橋橋"
    assert rows[2][:3] == ["unsure", "org/b", "org/a"]
    assert [decision.verdict for decision in read_ledger(workspace).history] == ["same", "unsure"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("org/a,org/b,たぶん,", "match-verdict", "verdict"),
        ("org/a,,same,", "missing-value", "right"),
        ("org/a,org/a,same,", "match-itself", "right"),
        ("org/a,org/b,unsure,いつか", "bad-date", "decided_at"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_where_it_is(tmp_path: Path, row: str, code: str, column: str) -> None:
    (tmp_path / LEDGER_NAME).write_text(f"left,right,verdict,decided_at\n{row}\n", encoding="utf-8")
    (issue,) = read_ledger(tmp_path).issues
    assert (issue.code, issue.file, issue.row, issue.column) == (code, LEDGER_NAME, 2, column)


def test_a_table_without_the_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_text("名前,判定\n架空,同じ\n", encoding="utf-8")
    ledger = read_ledger(tmp_path)
    assert ledger.history == ()
    assert [(issue.code, issue.value) for issue in ledger.issues] == [("match-columns", "left、right")]


def test_the_last_row_of_a_pair_counts_whichever_stands_first(tmp_path: Path) -> None:
    for left, right, verdict in (
        ("org/a", "org/b", "same"),
        ("org/b", "org/a", "different"),
        ("org/c", "org/a", "same"),
    ):
        decide(tmp_path, left, right, verdict)
    ledger = read_ledger(tmp_path)
    assert [(d.left, d.verdict) for d in ledger.decisions] == [("org/b", "different"), ("org/c", "same")]
    assert ledger.decision("org/a", f"{ID}org/b") == ledger.history[1]
    assert ledger.decision("org/b", "org/c") is None


def test_an_unnamed_group_is_never_merged(write_workspace: Write) -> None:
    workspace = write_workspace(
        organizations="ID,class,団体名\na,UnnamedGroup,参加団体\nb,,架空の会\n",
        platforms=PLATFORMS,
    )
    decide(workspace, "org/a", "org/b")
    assert codes(load_workspace(workspace)) == ["match-unnamed"]


def test_a_ledger_that_cannot_be_written_is_said_to_be_open(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Excel"):
        append_decisions(tmp_path / "missing", [Decision("org/a", "org/b", "same")])


def test_every_verdict_in_the_graph_is_a_concept_and_has_words() -> None:
    known = {concept.notation for concept in vocabulary().schemes["match-verdict"].concepts}
    assert known == VERDICTS.keys() - {UNDONE}
    for verdict, words in VERDICTS.items():
        assert find_verdict(verdict) == find_verdict(words.ja) == verdict


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@settings(max_examples=30)
@given(names=st.lists(TEXTS, min_size=2, max_size=2), note=TEXTS, verdict=st.sampled_from(sorted(VERDICTS)))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], note: str, verdict: str
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    given_ = Decision("org/a", "org/b", verdict, *names, date(2023, 10, 2), "", note, row=2)
    append_decisions(folder, [given_])
    (found,) = read_ledger(folder).history
    assert found == given_


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_a_group_holds_exactly_what_is_joined(pairs: list[tuple[int, int]]) -> None:
    roots, unsound = group_pairs(pairs, [], lambda _: None)
    assert unsound == set()
    for left, right in pairs:
        assert roots[left] == roots[right]
    assert set(roots) == {node for pair in pairs for node in pair}
