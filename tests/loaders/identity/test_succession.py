"""A newer list of the same platform: it updates, never duplicates, and ends what it no longer has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tsunagari.loaders.identity.ledger import short_id
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.namespaces import concept_iri, local_name
from tsunagari.ontology.records import Record, Reference, Temporal
from tsunagari.ontology.validation import validate_records

OLD, NEW, NEWEST = date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1)
SETTINGS = """[workspace]
title = "架空"
as_of = 2025-04-01

[[source]]
file = "platforms.csv"
kind = "platforms"
"""
CLOSED = "closed = true\n"


def write(folder: Path, *lists: tuple[date, str, str], kind: str = "members") -> Path:
    """Write lists of one platform, each with its day, its rows and further settings."""
    text = SETTINGS
    (folder / "platforms.csv").write_text("ID,プラットフォーム名\npf,架空プラットフォーム\n", encoding="utf-8")
    for day, rows, further in lists:
        name = f"{kind}-{day.year}.csv"
        (folder / name).write_text(rows, encoding="utf-8")
        platform = 'platform = "pf"\n' if kind == "members" else ""
        text += f'\n[[source]]\nfile = "{name}"\nkind = "{kind}"\n{platform}as_of = {day}\n{further}'
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
    return folder


def memberships(load: Load) -> dict[str, list[Record]]:
    """Name of the member to the records of its memberships, the first list first."""
    names = {r.iri: str(r.values["pref_label"][0]) for r in load.records if "pref_label" in r.values}
    found: dict[str, list[Record]] = {}
    for record in sorted(load.records, key=lambda record: record.graph):
        if record.cls == "PlatformMembership" and "member" in record.values:
            member = record.values["member"][0]
            assert isinstance(member, Reference)
            found.setdefault(names[member.iri], []).append(record)
    return found


def dates(records: list[Record], column: str) -> set[Temporal]:
    return {value for r in records for value in r.values.get(column, ()) if isinstance(value, Temporal)}


def codes(load: Load) -> list[tuple[str, str | None, int | None]]:
    return [(issue.code, issue.file, issue.row) for issue in load.issues]


def test_a_membership_in_two_lists_is_one_record_stated_in_both(tmp_path: Path) -> None:
    rows = "団体名\n架空の会\n"
    load = load_workspace(write(tmp_path, (OLD, rows, CLOSED), (NEW, rows, CLOSED)))
    older, newer = memberships(load)["架空の会"]
    assert older.iri == newer.iri
    assert older.graph != newer.graph
    assert [local_name(place.source) for record in (older, newer) for place in record.evidence] == [
        "members-2023.csv",
        "members-2024.csv",
    ]
    assert {when.value for when in dates([older, newer], "as_of")} == {OLD}
    assert load.issues == []


def test_the_day_of_a_list_is_no_part_of_the_identity(tmp_path: Path) -> None:
    iris = set()
    for number, day in enumerate((OLD, NEW)):
        folder = tmp_path / str(number)
        folder.mkdir()
        load = load_workspace(write(folder, (day, "団体名\n架空の会\n", "")))
        iris.add(memberships(load)["架空の会"][0].iri)
    assert len(iris) == 1


def test_who_vanished_from_a_complete_list_left_between_the_two_days(tmp_path: Path) -> None:
    lists = (OLD, "団体名\n架空の会\n架空園\n", CLOSED), (NEW, "団体名\n架空の会\n", CLOSED)
    load = load_workspace(write(tmp_path, *lists))
    (gone,) = memberships(load)["架空園"]
    (end,) = dates([gone], "valid_to")
    assert (end.value, end.not_before, end.not_after) == (None, OLD, NEW)
    assert (end.precision, end.rule) == ("approximate", "closed-list")
    assert [local_name(place.source) for place in gone.evidence] == ["members-2023.csv", "members-2024.csv"]
    assert codes(load) == [("ended-membership", "members-2023.csv", 3)]
    assert "members-2024.csv" in load.issues[0].message.ja
    assert dates(memberships(load)["架空の会"], "valid_to") == set()


def test_who_is_new_in_a_list_after_a_complete_one_joined_between_the_two_days(tmp_path: Path) -> None:
    lists = (OLD, "団体名\n架空の会\n", CLOSED), (NEW, "団体名\n架空の会\n架空園\n", "")
    (new,) = memberships(load_workspace(write(tmp_path, *lists)))["架空園"]
    (start,) = dates([new], "valid_from")
    assert (start.not_before, start.not_after, start.rule) == (OLD, NEW, "closed-list")


def test_an_open_list_ends_nothing_and_begins_nothing(tmp_path: Path) -> None:
    lists = (OLD, "団体名\n架空の会\n", ""), (NEW, "団体名\n架空園\n", "")
    load = load_workspace(write(tmp_path, *lists))
    found = [record for records in memberships(load).values() for record in records]
    assert len(found) == 2
    assert dates(found, "valid_to") == dates(found, "valid_from") == set()


def test_a_complete_list_of_one_class_of_member_ends_no_other(tmp_path: Path) -> None:
    core, general = (f'{CLOSED}values = {{ member_class = "{name}" }}\n' for name in ("会員", "協力会員"))
    lists = (OLD, "団体名\n架空県\n", core), (NEW, "団体名\n架空の会\n架空園\n", general)
    load = load_workspace(write(tmp_path, *lists))
    assert codes(load) == []
    load = load_workspace(write(tmp_path, *lists, (NEWEST, "団体名\n架空の会\n", general)))
    assert codes(load) == [("ended-membership", "members-2024.csv", 3)]
    ended = {name for name, records in memberships(load).items() if dates(records, "valid_to")}
    assert ended == {"架空園"}


def test_a_complete_list_of_all_ends_those_of_every_class(tmp_path: Path) -> None:
    general = f'{CLOSED}values = {{ member_class = "協力会員" }}\n'
    lists = (OLD, "団体名\n架空の会\n架空園\n", general), (NEW, "団体名\n架空の会\n", CLOSED)
    load = load_workspace(write(tmp_path, *lists))
    assert codes(load) == [("ended-membership", "members-2023.csv", 3)]
    older, newer = memberships(load)["架空の会"]
    assert older.iri == newer.iri


def test_dates_in_the_list_itself_count_more_than_those_between_lists(tmp_path: Path) -> None:
    older = "団体名,退会日\n架空の会,\n架空園,2023-06-30\n"
    newer = "団体名,入会日\n架空の会,\n架空ひだまり,2024-02-01\n"
    found = memberships(load_workspace(write(tmp_path, (OLD, older, CLOSED), (NEW, newer, CLOSED))))
    assert {when.value for when in dates(found["架空園"], "valid_to")} == {date(2023, 7, 1)}
    assert {when.value for when in dates(found["架空ひだまり"], "valid_from")} == {date(2024, 2, 1)}


def test_a_day_of_joining_that_only_the_newer_list_knows_makes_no_second_membership(tmp_path: Path) -> None:
    lists = (OLD, "団体名\n架空の会\n", CLOSED), (NEW, "団体名,入会日\n架空の会,2022-05-01\n", CLOSED)
    older, newer = memberships(load_workspace(write(tmp_path, *lists)))["架空の会"]
    assert older.iri == newer.iri
    assert {when.value for when in dates([older, newer], "valid_from")} == {date(2022, 5, 1)}


def test_newer_values_count_and_the_older_one_is_said(tmp_path: Path) -> None:
    older = "団体名,会員区分,読み\n架空の会,協力会員,かくうのかい\n"
    newer = "団体名,会員区分,読み\n架空の会,会員,かくうのつどい\n"
    load = load_workspace(write(tmp_path, (OLD, older, ""), (NEW, newer, "")))
    classes = {value for r in memberships(load)["架空の会"] for value in r.values.get("member_class", ())}
    assert classes == {Reference(concept_iri("membership-class", "full"))}
    readings = [value for record in load.records for value in record.values.get("reading", ())]
    assert "かくうのつどい" in readings
    assert "かくうのかい" not in readings
    assert [issue.code for issue in load.issues] == ["superseded", "superseded"]
    assert {issue.file for issue in load.issues} == {"members-2023.csv"}
    assert {issue.severity for issue in load.issues} == {"notice"}


def test_who_comes_back_has_two_memberships(tmp_path: Path) -> None:
    here, away = "団体名\n架空の会\n架空園\n", "団体名\n架空の会\n"
    load = load_workspace(write(tmp_path, (OLD, here, CLOSED), (NEW, away, CLOSED), (NEWEST, here, CLOSED)))
    first, second = memberships(load)["架空園"]
    assert first.iri != second.iri
    assert [when.not_after for when in dates([first], "valid_to")] == [NEW]
    assert [when.not_before for when in dates([second], "valid_from")] == [NEW]
    assert not dates([second], "valid_to")


def test_the_order_of_the_lists_in_the_settings_does_not_matter(tmp_path: Path) -> None:
    lists = [
        (OLD, "団体名,会員区分\n架空の会,協力会員\n架空園,会員\n", CLOSED),
        (NEW, "団体名,会員区分\n架空の会,会員\n", CLOSED),
        (NEWEST, "団体名,会員区分\n架空の会,会員\n架空ひだまり,会員\n", CLOSED),
    ]
    loads = []
    for number, order in enumerate((lists, lists[::-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        loads.append(load_workspace(write(folder, *order)))
    one, other = (sorted(load.records, key=lambda record: (record.graph, record.iri)) for load in loads)
    assert one == other


@pytest.mark.parametrize("day", ["2022-05-01", "令和4年5月", "令和4年度"])
def test_the_graph_of_several_lists_meets_the_shapes(tmp_path: Path, day: str) -> None:
    older = f"団体名,会員区分,入会日\n架空の会,協力会員,{day}\n架空園,会員,{day}\n架空ひだまり,会員,\n"
    newer = "団体名,会員区分,入会日\n架空の会,会員,\n架空ひだまり,会員,2022-05-01\n架空たより,会員,\n"
    lists = (OLD, older, CLOSED), (NEW, newer, CLOSED), (NEWEST, newer, CLOSED)
    load = load_workspace(write(tmp_path, *lists))
    assert validate_records(load.records, load.vocabulary) == []
    assert {short_id(r.iri) for r in load.records if r.cls == "PlatformMembership"}
    assert len({r.iri for r in load.records if r.cls == "PlatformMembership"}) == 4


def test_a_tie_in_two_lists_is_one_record(tmp_path: Path) -> None:
    rows = "連携元,連携先,連携の種類,強さ\n架空の会,架空園,紹介,{}\n"
    lists = (OLD, rows.format(1), ""), (NEW, rows.format(3), "")
    load = load_workspace(write(tmp_path, *lists, kind="ties"))
    ties = [record for record in load.records if record.cls == "CollaborationTie"]
    assert len({tie.iri for tie in ties}) == 1
    assert {value for tie in ties for value in tie.values.get("strength", ())} == {3}
    assert validate_records(load.records, load.vocabulary) == []


def test_a_row_repeated_in_one_list_is_said_as_before(tmp_path: Path) -> None:
    lists = (OLD, "団体名\n架空の会\n", ""), (NEW, "団体名\n架空の会\n架空の会\n", "")
    load = load_workspace(write(tmp_path, *lists))
    assert codes(load) == [("duplicate-row", "members-2024.csv", 3)]
