"""Rows as they come through the one door, whatever read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Record, Reference, Temporal

Write = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
HEADER = "団体名,PF,市区町村,入会日,活動分野,電話,備考\n"


def load_members(write: Write, row: str, header: str = HEADER) -> Load:
    return load_workspace(write(platforms=PLATFORMS, members=header + row + "\n"))


def first(load: Load, cls: str) -> Record:
    return next(record for record in load.records if record.cls == cls)


@pytest.mark.parametrize("word", ["－", "なし", "N/A", "該当なし"])
def test_cells_that_say_nothing_are_empty_and_told(write_workspace: Write, word: str) -> None:
    load = load_members(write_workspace, f"架空の会,pf,{word},{word},{word},{word},")
    assert {issue.code for issue in load.issues} == {"blank-word"}
    assert {issue.column for issue in load.issues} >= {"市区町村", "入会日", "活動分野"}
    assert "municipality" not in first(load, "StakeholderOrganization").values


def test_what_is_not_known_is_kept_as_a_note(write_workspace: Write) -> None:
    load = load_members(write_workspace, "架空の会,pf,鳥取市,未定,調査中,,前からの備考")
    assert [issue.code for issue in load.issues] == ["not-known", "not-known"]
    (note,) = first(load, "PlatformMembership").values["note"]
    assert note == "前からの備考、入会日: 未定、活動分野: 調査中"


def test_names_lose_their_marks_and_persons_are_held_nowhere(write_workspace: Write) -> None:
    load = load_members(write_workspace, "◎架空の会（代表 空想太郎）,pf,鳥取市,,,,")
    assert first(load, "StakeholderOrganization").values["pref_label"] == ("架空の会",)
    assert [issue.code for issue in load.issues] == ["person-beside-name"]
    assert not any("太郎" in str(part) for issue in load.issues for part in (issue.value, issue.message, issue.hint))
    assert not any("太郎" in str(value) for record in load.records for value in record.values.values())


def test_telephones_are_two_and_a_lost_zero_is_told(write_workspace: Write) -> None:
    load = load_members(write_workspace, '架空の会,pf,鳥取市,,,"857000000\n０８５７（００）０００１",')
    assert first(load, "ContactPoint").values["telephone"] == ("0857000000", "0857-00-0001")
    assert [issue.code for issue in load.issues] == ["telephone-zero"]


@pytest.mark.parametrize(
    ("cell", "start", "end"), [("R6.4.1～R8.3.31", "2024-04-01", "2026-04-01"), ("45383", "2024-04-01", None)]
)
def test_terms_and_numbers_of_days(write_workspace: Write, cell: str, start: str, end: str | None) -> None:
    load = load_members(write_workspace, f"架空の会,pf,{cell}", "団体名,PF,任期\n")
    values = first(load, "PlatformMembership").values
    bounds = [
        value.value.isoformat() if isinstance(value, Temporal) and value.value else None
        for name in ("valid_from", "valid_to")
        for value in values.get(name, (None,))
    ]
    assert bounds == [start, end]
    assert [issue.code for issue in load.issues] == ["period-read" if end else "date-serial"]


def test_inspect_tells_what_a_build_tells_of_cells(write_workspace: Write) -> None:
    folder = write_workspace(platforms=PLATFORMS, members=HEADER + "◎架空の会,pf,なし,45383,未定,857000000,\n")
    built = [(issue.code, issue.row, issue.value) for issue in load_workspace(folder).issues]
    shown = [(issue.code, issue.row, issue.value) for issue in inspect_file(folder / "members.csv").issues]
    assert sorted(built, key=str) == sorted(shown, key=str)


def test_a_member_that_has_left_by_its_name_ends_on_that_day(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("団体名,PF\n架空会（令和6年3月31日退会）,pf\n架空園（幹事）,pf\n", encoding="utf-8")
    (tmp_path / "pf.csv").write_text("ID,名称\npf,架空の場\n", encoding="utf-8")
    sources = "".join(f'[[source]]\nfile = "{name}.csv"\nkind = "{kind}"\n' for name, kind in LISTS)
    (tmp_path / "tsunagari.toml").write_text(f"[workspace]\nas_of = 2025-04-01\n{sources}", encoding="utf-8")
    load = load_workspace(tmp_path)
    assert [(issue.code, issue.row) for issue in load.issues] == [("left-beside-name", 2), ("state-beside-name", 3)]
    ends = [record.values.get("valid_to") for record in load.records if record.cls == "PlatformMembership"]
    assert [end[0].as_written if end else None for end in ends] == ["令和6年3月31日", None]  # type: ignore[union-attr]


LISTS = (("pf", "platforms"), ("m", "members"))


@pytest.mark.parametrize("mark", ["〃", "同上", "（同上）"])
def test_a_ditto_mark_below_nothing_is_no_value_and_told(write_workspace: Write, mark: str) -> None:
    load = load_members(write_workspace, f"架空の会,pf,{mark},,{mark},,")
    assert [issue.code for issue in load.issues] == ["ditto-alone", "ditto-alone"]
    assert {"municipality", "support_field"}.isdisjoint(first(load, "StakeholderOrganization").values)


def names_of(load: Load) -> list[str]:
    return sorted(str(r.values["pref_label"][0]) for r in load.records if r.cls == "StakeholderOrganization")


def test_a_cell_that_names_several_bodies_is_as_many_members(write_workspace: Write) -> None:
    load = load_members(write_workspace, "架空会（代表 空想太郎）、空想協会ほか,pf,鳥取市,R6.4.1,子育て,,")
    assert names_of(load) == ["架空会", "空想協会"]
    assert sum(record.cls == "PlatformMembership" for record in load.records) == 2
    assert [issue.code for issue in load.issues] == ["bodies-parted", "bodies-rest", "person-beside-name"]
    assert not any("太郎" in str(value) for record in load.records for value in record.values.values())


def test_what_tells_one_body_keeps_a_name_whole(write_workspace: Write) -> None:
    row = "架空会、空想協会,9000012010004,鳥取市\n別の会、空想会,,鳥取市\n"
    load = load_workspace(write_workspace(organizations=f"団体名,法人番号,市区町村\n{row}"))
    assert names_of(load) == ["別の会", "架空会、空想協会", "空想会"]
    assert [(issue.code, issue.row) for issue in load.issues] == [("bodies-parted", 3)]


def test_ends_of_a_tie_and_providers_are_parted_as_well(write_workspace: Write) -> None:
    ties = "団体1,団体2,種類\n架空会、空想協会,鳥取市・米子市,情報共有\n架空、空想,架空会,情報共有\n"
    load = load_workspace(write_workspace(ties=ties))
    assert sum(record.cls == "CollaborationTie" for record in load.records) == 5
    assert [(issue.code, issue.row) for issue in load.issues if issue.code != "name-alone"] == [
        ("bodies-parted", 2),
        ("bodies-parted", 2),
        ("several-bodies", 3),
    ]


def test_a_service_that_a_list_calls_closed_is_told_and_ends_on_the_day(write_workspace: Write) -> None:
    names = ("【令和6年3月31日閉所】架空相談", "空想相談（休止中）", "1.夢相談")
    services = "窓口名,提供団体,分野\n" + "".join(f"{name},架空会,子育て\n" for name in names)
    load = load_workspace(write_workspace(services=services))
    found = {
        str(r.values["pref_label"][0]): r.values.get("valid_to") for r in load.records if r.cls == "SupportService"
    }
    assert sorted(found) == ["1.夢相談", "架空相談", "空想相談"]
    (end,) = found["架空相談"] or ()
    assert isinstance(end, Temporal)
    assert end.value is not None
    assert end.value.isoformat() == "2024-04-01"
    assert [(issue.code, issue.row) for issue in load.issues] == [("left-beside-name", 2), ("left-beside-name", 3)]


def test_all_of_the_prefecture_is_that_of_the_scope_where_a_list_names_none(write_workspace: Write) -> None:
    services = "窓口名,提供団体,対象地域\n架空相談,架空会,県内全域\n"
    settings = '[workspace]\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取県"]\n'
    load = load_workspace(write_workspace(settings, services=services))
    (area,) = first(load, "SupportService").values["service_area"]
    assert area == Reference("https://w3id.org/tsunagari/id/area/31000")
    assert [(issue.code, issue.value) for issue in load.issues] == [("area-spelling", "県内全域")]
