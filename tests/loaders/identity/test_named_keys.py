from __future__ import annotations

from pathlib import Path

from tsunagari.loaders.session.load import Load, load_workspace

SETTINGS = '[workspace]\nas_of = 2024-04-01\n[[source]]\nfile = "list.csv"\nkind = "services"\n'
HEADER = "団体名,支援名,市区町村,住所"


def services(folder: Path, *lines: str) -> Load:
    (folder / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "list.csv").write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return load_workspace(folder)


def count(loaded: Load) -> int:
    return sum(record.cls == "SupportService" for record in loaded.records)


def test_one_name_at_two_addresses_is_two_facilities(tmp_path: Path) -> None:
    loaded = services(
        tmp_path,
        "架空の会,架空食堂,鳥取市,鳥取市架空町1-1",
        "架空の会,別の食堂,鳥取市,鳥取市架空町1-1",
        "架空の会,架空食堂,鳥取市,鳥取市架空町2-2",
    )
    assert count(loaded) == 3


def test_two_spellings_of_one_address_are_one_facility(tmp_path: Path) -> None:
    loaded = services(
        tmp_path,
        "架空の会,架空食堂,鳥取市,鳥取市架空町1-1",
        "架空の会,架空 食堂,鳥取市,〒680-0000 鳥取市架空町１丁目１番",
    )
    assert count(loaded) == 1


def test_rows_of_one_facility_stay_one_among_others_elsewhere(tmp_path: Path) -> None:
    near, far = "架空の会,架空食堂,鳥取市,鳥取市架空町1-1", "架空の会,架空食堂,鳥取市,鳥取市架空町2-2"
    assert count(services(tmp_path, near, far, near, far)) == 2
