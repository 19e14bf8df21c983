from __future__ import annotations

from pathlib import Path

from tests.loaders.conftest import PLATFORMS, WriteWorkspace

from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import Load, load_workspace

MEMBERS = (
    "団体名,会員区分,所属分科会,役割,役職\n"
    "架空の会,会員,広報分科会、居場所分科会,幹事,理事長\n"
    "架空の園,会員,広報分科会,－,\n"
    "架空の社,会員,,,\n"
)


def labels(load: Load) -> dict[str, str]:
    return {record.iri: str(record.values["pref_label"][0]) for record in load.records if "pref_label" in record.values}


def roles(load: Load) -> set[tuple[str, str, str]]:
    names = labels(load)
    found = [record for record in load.records if record.cls == "RoleHolding"]
    return {
        (
            *(names[record.values[column][0].iri] for column in ("member", "organization")),  # type: ignore[union-attr]
            record.values["role"][0].iri.rpartition("/")[2],  # type: ignore[union-attr]
        )
        for record in found
    }


def test_a_member_list_gives_roles_and_who_takes_part_in_which_body(write_workspace: WriteWorkspace) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(MEMBERS, 'platform = "pf"')))
    assert [issue.value for issue in load.issues] == ["役職"]
    assert roles(load) == {
        ("架空の会", "架空プラットフォーム", "steering"),
        ("架空の会", "広報分科会", "participant"),
        ("架空の会", "居場所分科会", "participant"),
        ("架空の園", "広報分科会", "participant"),
    }
    assert sum(record.cls == "PlatformMembership" for record in load.records) == 3
    assert sum(record.cls == "PlatformBody" for record in load.records) == 2
    assert load.sources[1].rows == 3


def test_a_known_role_in_brackets_behind_a_body_is_the_role_there(write_workspace: WriteWorkspace) -> None:
    members = "団体名,所属分科会\n架空の会,居場所分科会（座長）、広報分科会（東部）\n架空の園,居場所分科会\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(members, 'platform = "pf"')))
    assert not load.issues
    assert roles(load) == {
        ("架空の会", "居場所分科会", "lead"),
        ("架空の会", "広報分科会（東部）", "participant"),
        ("架空の園", "居場所分科会", "participant"),
    }


def test_a_body_that_a_list_declares_is_not_declared_again(write_workspace: WriteWorkspace) -> None:
    bodies = "ID,分科会名,プラットフォーム\npr,広報 分科会,pf\n"
    folder = write_workspace(platforms=PLATFORMS, bodies=bodies, members=(MEMBERS, 'platform = "pf"'))
    load = load_workspace(folder)
    assert sum(record.cls == "PlatformBody" for record in load.records) == 2
    assert ("架空の園", "広報 分科会", "participant") in roles(load)


def test_without_a_platform_in_the_settings_the_column_says_what_the_membership_is_in(
    write_workspace: WriteWorkspace,
) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, members="団体名,分科会\n架空の会,pf\n"))
    assert not load.issues
    assert roles(load) == set()


def test_two_bodies_of_one_name_keep_their_own_roles(write_workspace: WriteWorkspace) -> None:
    members = "団体名,市町村,役割\n架空の会,鳥取市,幹事\n架空の会,須坂市,事務局\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(members, 'platform = "pf"')))
    holders = {record.values["member"][0].iri for record in load.records if record.cls == "RoleHolding"}  # type: ignore[union-attr]
    assert len(holders) == 2


def test_inspect_shows_them_as_tables(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MEMBERS, encoding="utf-8")
    tables = {table.kind.name: table for table in inspect_file(tmp_path / "a.csv").tables}
    assert list(tables) == ["members", "bodies", "roles"]
    assert {view.column: view.header for view in tables["roles"].columns} == {
        "role": "役割",
        "organization": "所属分科会",
        "member": "団体名",
    }
