"""Lists of municipalities: code lists, coordinates and boundaries, held against the municipality table."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import tsunagari as tsu
from tsunagari.errors import SourceError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.ontology.records import Reference

SHARED = Path(__file__).parents[4].parent / "shared" / "data"
SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2025-01-01\n'
CREDIT = 'publisher = "国土交通省"\nlicence = "国土数値情報（行政区域データ）を加工して作成"\n'
SQUARE = [[134.0, 35.0], [134.1, 35.0], [134.1, 35.1], [134.0, 35.1], [134.0, 35.0]]
EAST = [[134.1, 35.0], [134.2, 35.0], [134.2, 35.1], [134.1, 35.1], [134.1, 35.0]]


def workspace(folder: Path, name: str, data: str | bytes | None = None, further: str = "") -> Path:
    """Write a workspace of one file; without data the file is there already."""
    if data is not None:
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    settings = f'{SETTINGS}[[source]]\nfile = "{name}"\nkind = "areas"\n{further}'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return folder


def real(folder: Path, name: str, further: str = "") -> Path:
    if not (SHARED / name).exists():
        pytest.skip("the real file lies outside the repository")
    shutil.copy(SHARED / name, folder / name)
    return workspace(folder, name, further=further)


def codes(load: Load) -> Counter[str]:
    return Counter(issue.code for issue in load.issues)


def features(*items: tuple[str | None, str, Any]) -> str:
    listed = [
        {
            "type": "Feature",
            "properties": {"N03_001": "鳥取県", "N03_004": name, "N03_007": code},
            "geometry": None if rings is None else {"type": "Polygon", "coordinates": rings},
        }
        for code, name, rings in items
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False)


# ---- lists ----


def test_the_list_of_the_ministry_is_read_from_both_sheets_whatever_its_headers_and_kana(tmp_path: Path) -> None:
    path = tmp_path / "000925835.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, second = book.add_worksheet("R6.1.1現在の団体"), book.add_worksheet("R6.1.1政令指定都市")
        head = [
            "団体コード",
            "都道府県名\n（漢字）",
            "市区町村名\n（漢字）",
            "都道府県名\n（カナ）",
            "市区町村名\n（カナ）",
        ]
        rows = [
            ["250007", "滋賀県", "", "ｼｶﾞｹﾝ", ""],
            ["253847", "滋賀県", "竜王町", "ｼｶﾞｹﾝ", "ﾘﾕｳｵｳﾁｮｳ"],
            ["043028", "宮城県", "七ヶ宿町", "ﾐﾔｷﾞｹﾝ", "ｼﾁｶｼｭｸﾏﾁ"],
            ["312011", "鳥取県", "鳥取氏", "ﾄｯﾄﾘｹﾝ", "ﾄﾘﾄﾘｼ"],
            ["312012", "鳥取県", "米子市", "ﾄｯﾄﾘｹﾝ", "ﾖﾅｺﾞｼ"],
        ]
        for number, row in enumerate([head, *rows]):
            first.write_row(number, 0, row)
        for number, row in enumerate([head, ["011011", "北海道", "札幌市中央区", "ﾎｯｶｲﾄﾞｳ", "ｻｯﾎﾟﾛｼﾁｭｳｵｳｸ"]]):
            second.write_row(number, 0, row)
    load = load_workspace(workspace(tmp_path, path.name))
    found = {issue.code: issue for issue in load.issues}
    assert set(found) == {"area-name-differs", "reading-differs", "bad-check-digit"}
    assert (found["area-name-differs"].row, found["area-name-differs"].sheet) == (5, "R6.1.1現在の団体")
    assert found["reading-differs"].row == 5
    areas = {record.iri[-5:] for record in load.records if record.cls == "AdministrativeArea"}
    assert {"25000", "25384", "04302", "31201", "01101", "01100"} <= areas


def test_rows_of_counties_in_the_statistical_list_are_no_municipalities(tmp_path: Path) -> None:
    text = (
        "標準地域コード,都道府県,政令市・郡・支庁・振興局等,市区町村,市区町村（ふりがな）\n"
        "01000,北海道,,,\n01300,北海道,石狩振興局,,\n01303,北海道,石狩振興局,当別町,とうべつちょう\n"
        "13100,東京都,特別区部,,\n31300,鳥取県,岩美郡,,\n31302,鳥取県,岩美郡,岩美町,いわみちょう\n"
        "22131,静岡県,浜松市,中区,なかく\n"
    )
    load = load_workspace(workspace(tmp_path, "estat.csv", text.encode("cp932")))
    assert codes(load) == {"district-rows": 1, "former-area": 1}
    (told,) = (issue for issue in load.issues if issue.code == "district-rows")
    assert "3 行" in told.message.ja
    assert any(record.cls == "CodeChangeEvent" for record in load.records)


def test_coordinates_are_put_on_the_areas_and_repaired(tmp_path: Path) -> None:
    text = (
        "コード,市町村名,緯度,経度\n31201,鳥取市,３５．５０１１,134.2351\n31302,岩美町,134.3323,35.5757\n"
        "1202,函館市,41.7687,140.7291\n31325,若桜町,,\n31328,智頭町,不明,\n"
    )
    with tsu.build(workspace(tmp_path, "places.csv", text)) as kg:
        areas = kg.areas.set_index("area_code")
        assert areas.loc["31201", ["latitude", "longitude"]].tolist() == [35.5011, 134.2351]
        assert areas.loc["31302", ["latitude", "longitude"]].tolist() == [35.5757, 134.3323]
        assert areas.loc["01202", "latitude"] == 41.7687
        assert areas["latitude"].notna().sum() == 3
        told = {(row.code, row.row) for row in kg.issues.itertuples()}
        assert told == {("swapped-coordinates", 3), ("lost-zero", 4), ("bad-coordinates", 6)}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("localgovjp-utf8.csv", {"former-area": 7}),
        (
            "localgovjp-sjis-2020.csv",
            {
                "former-area": 8,
                "lost-zeros": 1,
                "areas-missing": 1,
                "area-name-differs": 1,
                "reading-differs": 2,
            },
        ),
    ],
)
def test_a_real_list_of_coordinates_is_read_whole(tmp_path: Path, name: str, told: dict[str, int]) -> None:
    load = load_workspace(real(tmp_path, name))
    assert codes(load) == told
    assert sum(1 for record in load.records if "latitude" in record.values) == 1916


def test_a_list_without_codes_is_an_error_that_names_the_headers(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        load_workspace(workspace(tmp_path, "names.csv", "市町村名,よみ\n鳥取市,とっとりし\n"))
    assert error.value.hint is not None
    assert "団体コード" in error.value.hint.ja


# ---- boundaries ----


@pytest.fixture(scope="module")
def tottori(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return tsu.build(real(tmp_path_factory.mktemp("n03"), "N03-21_31_210101.json", CREDIT))


def test_a_real_prefecture_has_boundaries_centres_and_neighbours(tottori: KnowledgeGraph) -> None:
    assert tottori.issues.empty
    areas = tottori.areas.dropna(subset=["latitude"]).set_index("name")
    assert len(areas) == 19
    assert (areas.loc["岩美町", "latitude"], areas.loc["岩美町", "longitude"]) == (35.54429, 134.36287)
    query = """SELECT ?name { ?area skos:prefLabel "若桜町"@ja ; geo:sfTouches/skos:prefLabel ?name }"""
    assert sorted(set(tottori.query(query)["name"])) == ["八頭町", "智頭町", "鳥取市"]


def test_a_boundary_is_a_literal_of_its_own_type_and_keeps_its_credit(tottori: KnowledgeGraph) -> None:
    shapes = tottori.query(
        """SELECT DISTINCT ?type ?text { ?area tsu:areaCode "31302" ; geo:hasGeometry/geo:asGeoJSON ?text
        BIND (DATATYPE(?text) AS ?type) }"""
    )
    assert shapes["type"].tolist() == ["http://www.opengis.net/ont/geosparql#geoJSONLiteral"]
    geometry = json.loads(shapes["text"].iloc[0])
    assert geometry["type"] == "Polygon"
    assert all(len(str(x).split(".")[1]) <= 5 for x, _ in geometry["coordinates"][0])
    rights = tottori.query("SELECT DISTINCT ?rights { ?file dc:identifier|dct:identifier ?name ; dc:rights ?rights }")
    assert "国土数値情報（行政区域データ）を加工して作成" in set(rights["rights"])
    assert tottori.check().empty


def test_a_real_topology_of_the_country_is_read(tmp_path: Path) -> None:
    load = load_workspace(real(tmp_path, "N03-21_210101_municipalities.topojson"))
    found = codes(load)
    assert found["unassigned-land"] == found["credit-missing"] == 1
    assert set(found) == {"unassigned-land", "credit-missing", "no-geometry"}
    geometries = [record for record in load.records if record.cls == "Geometry"]
    assert len(geometries) + found["no-geometry"] == 1747
    sendai = next(
        record for record in load.records if record.iri.endswith("/04100") and "has_geometry" in record.values
    )
    around = {str(value.iri)[-5:] for value in sendai.values["sf_touches"] if isinstance(value, Reference)}
    assert {"04207", "04209", "04406", "06201"} <= around


def test_polygons_of_one_municipality_are_one_geometry(tmp_path: Path) -> None:
    text = features(
        ("31201", "鳥取市", [SQUARE]),
        ("31201", "鳥取市", [EAST]),
        ("31302", "岩美町", [[*SQUARE[:2], SQUARE[0]]]),
        (None, "所属未定地", [SQUARE]),
        ("31399", "架空町", [SQUARE]),
        ("31325", "若桜町", [[["a", "b"]]]),
        ("31328", "智頭町", None),
    )
    load = load_workspace(workspace(tmp_path, "n03.geojson", text, CREDIT))
    (shape,) = (record for record in load.records if record.cls == "Geometry")
    assert json.loads(str(shape.values["as_geo_json"][0]))["type"] == "MultiPolygon"
    assert {(issue.code, issue.row) for issue in load.issues} == {
        ("unassigned-land", None),
        ("unknown-code", 5),
        ("bad-geometry", 6),
        ("no-geometry", 3),
        ("no-geometry", 7),
    }


def test_boundaries_are_read_out_of_the_archive_they_come_in(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "N03-20240101_31_GML.zip", "w") as archive:
        archive.writestr(
            "N03-20240101_31.geojson", features(("31201", "鳥取市", [SQUARE]), ("31302", "岩美町", [EAST]))
        )
        archive.writestr("N03-20240101_31.shp", b"not read")
    load = load_workspace(workspace(tmp_path, "N03-20240101_31_GML.zip", further=CREDIT))
    assert codes(load) == {"archive-read": 1}
    assert sum(record.cls == "Geometry" for record in load.records) == 2


@pytest.mark.parametrize(
    "name", ["localgovjp-utf8.csv", "localgovjp-sjis-2020.csv", "N03-21_31_210101.json", "n03.geojson"]
)
def test_inspection_knows_a_list_of_areas(tmp_path: Path, name: str) -> None:
    if name == "n03.geojson":
        workspace(tmp_path, name, features(("31201", "鳥取市", [SQUARE])))
    else:
        real(tmp_path, name)
    found = inspect_file(tmp_path / name)
    assert found.kind is KINDS["areas"]
    assert found.problem is None
    assert "kind = " in found.entry


def test_a_list_of_facilities_with_coordinates_is_no_list_of_areas(tmp_path: Path) -> None:
    text = "市区町村コード,市区町村名,名称,緯度,経度\n" + "312011,鳥取市,架空の施設,35.5,134.2\n" * 3
    (tmp_path / "facilities.csv").write_text(text, encoding="utf-8")
    assert inspect_file(tmp_path / "facilities.csv").kind is not KINDS["areas"]


def test_broken_json_stops_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        load_workspace(workspace(tmp_path, "n03.geojson", '{"type": "FeatureCollection",\n"features": [\n{"type": ]}'))
    assert error.value.place is not None
    assert error.value.place.row == 3
    assert "3 行" in error.value.message.ja


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "3", '{"type": "Topology"}', '{"type": "Topology", "arcs": [[1]], "objects": {}}', "[" * 100_000],
)
def test_json_that_holds_no_areas_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError):
        load_workspace(workspace(tmp_path, "other.json", text))
