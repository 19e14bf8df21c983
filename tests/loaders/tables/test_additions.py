"""What rows get beside their own cells, and what of a place is read where a cell says more than one name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tsunagari.loaders.session.load import load_workspace
from tsunagari.ontology.records import Reference

WriteWorkspace = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"


def test_the_area_code_of_a_telephone_decides_between_places_of_one_name(write_workspace: WriteWorkspace) -> None:
    members = (
        "団体名,PF,市区町村,住所,電話番号\n架空あ,pf,府中市,,0847-00-0000\n架空い,pf,,府中市空想1,042-300-0000\n"
        "架空う,pf,府中市,,0857-00-0000\n架空え,pf,府中市,,\n"
    )
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members))
    found = {str(r.values["pref_label"][0]): r.values.get("municipality") for r in load.records if "Stake" in r.cls}
    area = "https://w3id.org/tsunagari/id/area/"
    assert found["架空あ"] == (Reference(f"{area}34208"),)
    assert found["架空い"] == (Reference(f"{area}13206"),)
    assert found["架空う"] is found["架空え"] is None
    told = [(issue.code, issue.row, issue.column) for issue in load.issues]
    assert sorted(told) == [
        ("ambiguous-area", 4, "市区町村"),
        ("ambiguous-area", 5, "市区町村"),
        ("place-by-call", 2, "市区町村"),
        ("place-by-call", 3, "住所"),
    ]


def test_several_places_in_a_cell_for_one_leave_their_prefecture(write_workspace: WriteWorkspace) -> None:
    members = "団体名,PF,市区町村\n架空あ,pf,鳥取市・岩美町\n架空い,pf,鳥取市・福山市\n架空う,pf,鳥取市ほか\n"
    services = "窓口名,提供団体,対象地域\n架空相談,架空あ,鳥取市・岩美町ほか2町\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=members, services=services))
    found = {str(r.values["pref_label"][0]): r.values.get("municipality") for r in load.records if "Stake" in r.cls}
    area = "https://w3id.org/tsunagari/id/area/"
    assert found["架空あ"] == (Reference(f"{area}31000"),)
    assert found["架空い"] is None
    assert found["架空う"] == (Reference(f"{area}31201"),)
    (service,) = (record for record in load.records if record.cls == "SupportService")
    assert service.values["service_area"] == (Reference(f"{area}31201"), Reference(f"{area}31302"))
    told = [(issue.code, issue.row) for issue in load.issues if issue.file == "members.csv"]
    assert told == [("several-areas", 2), ("several-areas", 3), ("area-rest", 4)]


def test_a_prefecture_is_where_a_body_is_until_something_says_more(write_workspace: WriteWorkspace) -> None:
    organizations = (
        "団体名,都道府県,市区町村\n架空あ,鳥取県,\n架空い,全国,\n架空う,鳥取,鳥取市\n"
        "架空え,島根県,鳥取市\n架空お,31,\n架空お,鳥取県,米子市\n"
    )
    load = load_workspace(write_workspace(organizations=organizations))
    found = {str(r.values["pref_label"][0]): r.values.get("municipality") for r in load.records if "Stake" in r.cls}
    area = "https://w3id.org/tsunagari/id/area/"
    assert found == {
        "架空あ": (Reference(f"{area}31000"),),
        "架空い": (Reference(f"{area}00000"),),
        "架空う": (Reference(f"{area}31201"),),
        "架空え": None,
        "架空お": (Reference(f"{area}31202"),),
    }
    assert [(issue.code, issue.row) for issue in load.issues] == [("unknown-area", 5)]


def test_a_prefecture_alone_is_the_area_of_a_service_and_no_place_of_its_provider(
    write_workspace: WriteWorkspace,
) -> None:
    services = "窓口名,提供団体,都道府県,対象地域\n架空相談,架空会,島根県,\n空想相談,架空会,鳥取県,鳥取市\n"
    load = load_workspace(write_workspace(services=services))
    area = "https://w3id.org/tsunagari/id/area/"
    areas = {
        str(r.values["pref_label"][0]): r.values["service_area"] for r in load.records if "SupportService" in r.cls
    }
    assert areas == {"架空相談": (Reference(f"{area}32000"),), "空想相談": (Reference(f"{area}31201"),)}
    assert all("municipality" not in r.values for r in load.records if "Stake" in r.cls)
