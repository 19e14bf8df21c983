"""A made-up list in the form of the NPO portal's 行政入力情報: 60 columns, CP932; the same seed gives the same bytes.

Every body says that it is made up (架空); only municipalities are real.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.municipalities import municipality_table

SETTINGS = """\
[workspace]
title = "架空の NPO 法人の一覧（測定用）"
as_of = 2023-10-01

[[source]]
file = "npo.csv"
kind = "npo-portal"
"""
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HEADER = (
    *("法人名称", "法人名称カナ", "所轄庁", "権限移譲先市町村", "主たる事務所の所在地", "主たる事業所の郵便番号"),
    *("従たる事務所の所在地", "代表者氏名", "団体代表者名（フリガナ）", "法人設立認証年月日", "設立年月日"),
    "定款に記載された目的",
    *(f"活動分野{number}".translate(WIDE) for number in range(1, 21)),
    *(f"認定（認定・特例認定{number}）".translate(WIDE) for number in range(1, 5)),
    *("認定（PST基準１）", "認定（PST基準２）", "認定（PST基準３）"),
    "認定（PST基準 条例指定（都道府県及び市区町村名））",
    *("認定（認定開始日）", "認定（認定満了日）", "認定（認定取消日）"),
    *("認定（特例認定年月日）", "認定（特例認定満了日）", "認定（特例認定取消日）"),
    *("監督情報", "解散情報", "法人情報URL", "法人番号", "条例個別指定フラグ"),
    *("特定非営利活動に係る事業", "その他の事業", "事業年度開始日", "事業年度終了日"),
    *("条例個別指定：有効期間(開始日)", "条例個別指定：有効期間(満了日)"),
    *("条例個別指定：有効期限（更新申請日)", "条例個別指定：有効期限（更新日)"),
    "条例個別指定：有効期限（条例個別指定：取消日)",
)
PURPOSE = "この法人は、地域に住む人々に対して、架空の支援に関する事業を行い、福祉の増進に寄与することを目的とする。"


def write_npo_workspace(folder: Path, *, rows: int = 60_000, seed: int = 1) -> Path:
    """Write the list with its settings."""
    chance = random.Random(seed)
    towns = [place for place in municipality_table() if place.has_government and place.kind != "prefecture"]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "npo.csv").open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADER)
        for serial in range(rows):
            town = chance.choice(towns)
            year, month, day = chance.randrange(1999, 2023), chance.randrange(1, 13), chance.randrange(1, 29)
            values = {
                "法人名称": f"特定非営利活動法人架空の会{serial:05}",
                "法人名称カナ": "トクテイヒエイリカツドウホウジンカクウノカイ",
                "所轄庁": town.prefecture,
                "主たる事務所の所在地": f"{town.full_name}架空町{chance.randrange(1, 99)}番地",
                "代表者氏名": "架空",
                "団体代表者名（フリガナ）": "カクウ",
                "設立年月日": f"{year}/{month:02}/{day:02}",
                "定款に記載された目的": PURPOSE * chance.randrange(1, 4),
                "法人情報URL": f"https://example.jp/npo/{serial:05}",
                "法人番号": _number(serial),
                "特定非営利活動に係る事業": PURPOSE,
                "事業年度開始日": "0401",
                "事業年度終了日": "0331",
            }
            for field in chance.sample(range(1, 21), k=chance.randrange(1, 9)):
                values[f"活動分野{field}".translate(WIDE)] = "○"
            writer.writerow([values.get(header, "") for header in HEADER])
    (folder / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    return folder


def _number(serial: int) -> str:
    digits = f"{700005000000 + serial:012}"
    return corporate_check_digit(digits) + digits
