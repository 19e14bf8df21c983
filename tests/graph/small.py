"""A small workspace of four organisations in two municipalities, to change and to build anew."""

from __future__ import annotations

from pathlib import Path

from tsunagari.ontology.codes import corporate_check_digit

SETTINGS = """\
[workspace]
title = "架空の記録"
as_of = 2025-04-01
[scope]
areas = ["鳥取市", "岩美町"]
fields = "hyogo"
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "organizations.csv"
kind = "organizations"
[[source]]
file = "members.csv"
kind = "members"
platform = "pf"
as_of = 2025-04-01
[[source]]
file = "services.csv"
kind = "services"
[[source]]
file = "ties.csv"
kind = "ties"
"""
NUMBER = f"{corporate_check_digit('999905000001')}999905000001"
FILES = {
    "tsunagari.toml": SETTINGS,
    "platforms.csv": "ID,名称,対象区域\npf,架空プラットフォーム,鳥取市\n",
    "organizations.csv": "名称,市区町村,法人番号\n架空の会,鳥取市,\n架空の団,鳥取市,\n架空の輪,岩美町,\n"
    f"架空の友,岩美町,{NUMBER}\n",
    "members.csv": "ID,団体,入会日,退会日\nm1,架空の会,2020-04-01,\nm2,架空の団,2020-04-01,2024-04-01\n"
    "m3,架空の輪,2024-06-01,\n",
    "services.csv": "ID,名称,実施団体,分野,対象区域,開始日,終了日\ns1,食堂,架空の会,子育て,鳥取市,2020-04-01,\n"
    "s2,相談,架空の団,介護,鳥取市,2020-04-01,2024-04-01\ns3,集い,架空の輪,介護,岩美町,2024-06-01,\n",
    "ties.csv": "ID,連携元,連携先,種類,開始日,終了日\nt1,架空の会,架空の団,情報共有,2020-04-01,2024-04-01\n"
    "t2,架空の団,架空の輪,情報共有,2020-04-01,\nt3,架空の友,架空の輪,情報共有,2024-06-01,\n",
}


def write(folder: Path, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (FILES | {f"{key}.csv": text for key, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
