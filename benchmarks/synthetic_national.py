"""Made-up national files as large as the real ones: care offices (介護サービス情報公表) and corporate numbers."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from tsunagari.loaders.fiction.national import CARE_HEADER
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.municipalities import Municipality, municipality_table

# The headers of care services that also an earlier version reads.
OLD_CARE = (
    *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "介護サービス事業所名称"),
    *("介護サービス事業所名称_カナ", "実施サービス", "住所", "方書", "緯度", "経度", "電話番号", "内線番号"),
    *("FAX番号", "法人番号", "法人の名称", "事業所番号", "利用可能曜日", "利用可能曜日特記事項", "定員", "URL", "備考"),
)
_SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01

[[source]]
file = "{file}"
kind = "{kind}"
{further}
"""


def write_care_workspace(folder: Path, *, rows: int = 50_000, seed: int = 1, old: bool = False) -> Path:
    """Write care offices with their settings, in the shape of today or of the older dataset."""
    chance, towns = random.Random(seed), _towns()
    folder.mkdir(parents=True, exist_ok=True)
    header = OLD_CARE if old else CARE_HEADER
    name, code = ("介護サービス事業所名称", "都道府県コード又は市区町村コード") if old else ("事業所名", CARE_HEADER[0])
    kind = "実施サービス" if old else "サービスの種類"
    with (folder / "care.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for serial in range(rows):
            town, body = chance.choice(towns), chance.randrange(rows // 3)
            values = {
                **{code: town.code6, "都道府県名": town.prefecture, "市区町村名": town.name},
                **{name: f"架空事業所{serial:05}", kind: chance.choice(("訪問介護", "通所介護", "居宅介護支援"))},
                "住所": f"{town.full_name}架空町{chance.randrange(1, 99)}番地",
                "緯度": f"{35 + chance.random():.6f}",
                "経度": f"{135 + chance.random():.6f}",
                "電話番号": f"0857-00-{serial % 10000:04}",
                "FAX番号": f"0857-01-{serial % 10000:04}",
                "法人番号": _number(body),
                "法人の名称": f"社会福祉法人架空会{body:05}",
                "事業所番号": f"{3170000000 + serial}",
                "利用可能曜日": "平日,土曜",
                "定員": str(chance.randrange(5, 60)),
                "URL": f"https://example.jp/{serial:05}",
            }
            writer.writerow([values.get(column, "") for column in header])
    return _settings(folder, "care.csv", "open-dataset")


def write_register_workspace(folder: Path, *, rows: int = 500_000, seed: int = 1) -> Path:
    """Write the register of corporate numbers of which the settings keep what is in one municipality."""
    chance, towns = random.Random(seed), _towns()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "register.csv").open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for serial in range(rows):
            town = chance.choice(towns)
            writer.writerow(
                (
                    *(str(serial + 1), _number(serial), "01", "0", "2025-03-31", "2015-10-05"),
                    *(f"株式会社架空{serial:06}", "", "301", town.prefecture, town.full_name[len(town.prefecture) :]),
                    *(f"架空町{chance.randrange(1, 99)}番地", "", town.code5[:2], town.code5[2:], "6800000"),
                    *("", "", "", "", "", "", "2015-10-05", "1", "", "", "", "", "カクウ", "0"),
                )
            )
    return _settings(folder, "register.csv", "corporate-numbers", 'keep = "scope"\n[scope]\nareas = ["31201"]')


def _settings(folder: Path, file: str, kind: str, further: str = "") -> Path:
    text = _SETTINGS.format(file=file, kind=kind, further=further)
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8", newline="\n")
    return folder


def _towns() -> list[Municipality]:
    return [place for place in municipality_table() if place.has_government and place.kind != "prefecture"]


def _number(serial: int) -> str:
    digits = f"{999900000000 + serial:012}"
    return corporate_check_digit(digits) + digits
