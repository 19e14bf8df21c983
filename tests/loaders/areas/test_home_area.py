from __future__ import annotations

import pytest
from tests.loaders.conftest import PLATFORMS, WriteWorkspace

from tsunagari.loaders.areas.home_area import Home, Prefecture, without_extent
from tsunagari.loaders.session.load import load_workspace
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.records import Reference


def home(code: str) -> Home:
    place = municipality_table().by_code(code)
    assert place is not None
    return Home(place)


@pytest.mark.parametrize(
    ("text", "prefecture", "meant"),
    [
        ("鳥取県全域", None, "鳥取県"),
        ("鳥取県内一円", None, "鳥取県"),
        ("鳥取市内全体", None, "鳥取市"),
        ("県内全域", home("31000"), "31000"),
        ("県内全域", home("31201"), "31000"),
        ("県内全域", "鳥取県", "鳥取県"),
        ("市内一円", home("31201"), "31201"),
        ("全域", home("31201"), "31201"),
        ("全域", home("31000"), "31000"),
        ("市内全域", home("31000"), "市内全域"),  # which city of the prefecture nobody says
        ("全域", None, "全域"),
        ("鳥取市", home("31000"), "鳥取市"),
        ("全国", None, "全国"),
    ],
)
def test_words_of_extent_mean_the_whole_area(text: str, prefecture: Prefecture, meant: str) -> None:
    assert without_extent(text, prefecture) == meant


def test_a_service_for_the_whole_prefecture_of_the_list(write_workspace: WriteWorkspace) -> None:
    services = "窓口名,実施団体,対象区域\n架空の電話,架空の会,県内全域\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, services=(services, 'area = "鳥取県"')))
    found = next(record for record in load.records if record.cls == "SupportService")
    assert found.values["service_area"] == (Reference(instance_iri("area", "31000")),)
    assert not [issue for issue in load.issues if issue.severity != "notice"]
