"""Write docs/tottori: a folder of downloads as somebody in 鳥取県 has them, made up in the true shapes.

Run ``python scripts/make_tottori_downloads.py`` after a change; places and codes are real, everything else is not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tsunagari.loaders.fiction.national import CARE_HEADER, DISABILITY_HEADER
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.municipalities import Municipality, municipality_table

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "tottori"
CAFETERIA = (
    *("全国地方公共団体コード", "ID", "都道府県", "市区町村名", "名称", "実施支援の主な区分", "住所", "電話番号1"),
    *("メールアドレス1", "運営団体名", "開催頻度", "参加費_小学生", "フードパントリー実施"),
)
CHILDCARE = (
    *("全国地方公共団体コード", "ID", "地方公共団体名", "名称", "種別", "所在地_連結表記", "電話番号", "法人番号"),
    *("団体名", "認可等年月日", "収容定員", "受入年齢", "URL", "備考"),
)


def places() -> list[Municipality]:
    """Return the municipalities of 鳥取県."""
    return municipality_table().in_prefecture("31000")


def number(serial: int) -> str:
    """Return a valid corporate number of no registry office."""
    twelve = f"99993100{serial:04}"
    return corporate_check_digit(twelve) + twelve


def write(file: str, rows: Iterable[Sequence[object]], encoding: str) -> None:
    """Write a file as its publisher saves it."""
    with (FOLDER / file).open("w", encoding=encoding, newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


def by_header(header: Sequence[str], lines: Iterable[dict[str, object]]) -> list[list[object]]:
    """Return lines as rows below a header."""
    return [list(header), *([line.get(name, "") for name in header] for line in lines)]


def cafeterias() -> list[dict[str, object]]:
    """Return cafeterias, some of which nobody is named to run."""
    operators = ("NPO法人架空こだま", "", "架空みどり町内会", "", "NPO法人架空あかり", "個人")
    return [
        {
            "全国地方公共団体コード": place.code6,
            "ID": serial,
            "都道府県": place.prefecture,
            "市区町村名": place.name,
            "名称": f"架空{place.name[:-1]}こども食堂",
            "実施支援の主な区分": "学習支援" if serial % 2 else "",
            "住所": f"{place.full_name}架空町{serial}-1",
            "電話番号1": f"0000-00-{serial:04}",
            "運営団体名": operator,
            "開催頻度": "月1回",
            "参加費_小学生": 0,
            "フードパントリー実施": "有" if serial % 3 else "無",
        }
        for serial, (place, operator) in enumerate(zip(places()[:6], operators, strict=True), start=1)
    ]


def care() -> list[dict[str, object]]:
    """Return care offices of two corporations."""
    return [
        {
            "都道府県コード又は市町村コード": place.code6,
            "No": f"31999{serial:05}",
            "都道府県名": place.prefecture,
            "市区町村名": place.name,
            "事業所名": f"架空の里{place.name[:-1]}",
            "サービスの種類": "通所介護",
            "住所": f"{place.full_name}架空町{serial}番地",
            "電話番号": f"0000-01-{serial:04}",
            "法人番号": number(1 + serial % 2),
            "法人の名称": f"社会福祉法人架空{'東西'[serial % 2]}会",
            "事業所番号": f"31999{serial:05}",
            "定員": 20,
        }
        for serial, place in enumerate(places()[:12], start=1)
    ]


def disability() -> list[dict[str, object]]:
    """Return offices for people with disabilities."""
    return [
        {
            "都道府県コード又は市区町村コード": place.code5,
            "NO（※システム内の固有の番号、連番）": serial,
            "指定機関名": "鳥取県",
            "法人の名称": "合同会社架空の木",
            "法人番号": number(7),
            "法人住所（市区町村）": "鳥取県鳥取市",
            "法人住所（番地以降）": "架空町7番地",
            "サービス種別": "就労継続支援B型",
            "事業所の名称": f"架空の木{place.name[:-1]}",
            "事業所番号": f"31998{serial:05}",
            "事業所住所（市区町村）": place.full_name,
            "事業所住所（番地以降）": f"架空町{serial}番地",
            "事業所電話番号": f"0000-02-{serial:04}",
            "定員": 10,
        }
        for serial, place in enumerate(places()[:5], start=1)
    ]


def childcare() -> list[dict[str, object]]:
    """Return childcare facilities of a city."""
    city = places()[0]
    return [
        {
            "全国地方公共団体コード": city.code6,
            "ID": serial,
            "地方公共団体名": city.full_name,
            "名称": f"架空{name}",
            "種別": kind,
            "所在地_連結表記": f"{city.full_name}架空町{serial}-9",
            "団体名": operator,
            "収容定員": 60,
            "受入年齢": "0-5",
        }
        for serial, (name, kind, operator) in enumerate(
            (
                ("ひまわり保育園", "保育所", "社会福祉法人架空東会"),
                ("子育てひろば", "地域子育て支援拠点", "鳥取市"),
                ("児童センター", "児童館", ""),
            ),
            start=1,
        )
    ]


def coded_statistics() -> list[list[object]]:
    """Return indicators in the shape of SSDSE-A."""
    rows: list[list[object]] = [
        ["SSDSE-A-2024", "Prefecture", "Municipality", "A1101", "A1301", "A1303", "A710101", "A810105"],
        ["年度", "", "", "2020", "2020", "2020", "2020", "2020"],
        ["地域コード", "都道府県", "市区町村", "総人口", "15歳未満人口", "65歳以上人口", "一般世帯数", "単独世帯数"],
    ]
    for serial, place in enumerate(places(), start=1):
        people = 180_000 // serial
        numbers = (people, people // 8, people // 3, people // 2, people // 7)
        rows.append([f"R{place.code5}", place.prefecture, place.name, *numbers])
    return rows


def downloaded_statistics() -> list[list[object]]:
    """Return an indicator as the e-Stat database gives it out."""
    area, time = "全国，都道府県，市区町村", "時間軸(年次)"
    head = [*(f"{area} コード", f"{area} 補助コード", area), *(f"{time} コード", f"{time} 補助コード", time)]
    rows: list[list[object]] = [
        ["統計名：", "架空の調査（実在の統計ではありません）"],
        ["表番号：", "1-1"],
        ["表題：", "架空の表"],
        ["実施年月：", "2020年", "-", "-"],
        ["***", "数値が得られないもの"],
        [],
        [*head, "/世帯の種類", "65歳以上の単独世帯【世帯】", "架空の区分【世帯】"],
    ]
    for serial, place in enumerate(places(), start=1):
        value = "***" if serial == len(places()) else f"{12_000 // serial:,}"
        rows.append([place.code5, "", place.name, "2020000000", "", "2020年", "", value, "1"])
    return rows


def programme() -> list[list[object]]:
    """Return the municipalities of the programme of multi-layered support."""
    return [
        ["令和6年度 重層的支援体制整備事業 実施市町村（架空の抜粋）"],
        ["都道府県", "市町村名"],
        *(
            ["鳥取県" if first else "", name]
            for first, name in ((True, "鳥取市"), (False, "北栄町"), (False, "琴浦町"))
        ),
    ]


def councils() -> list[list[object]]:
    """Return the public notice of a regional council."""
    return [
        ["協議会の名称", "設置日", "孤独・孤立対策調整機関", "構成機関等の名称"],
        [
            "架空米子孤独・孤立対策地域協議会",
            "令和6年10月1日",
            "鳥取県米子市",
            "社会福祉法人架空西会、合同会社架空の木",
        ],
        ["", "", "", "NPO法人架空あかり"],
    ]


def main() -> None:
    """Write the folder."""
    FOLDER.mkdir(exist_ok=True)
    write("310000_kodomosyokudo.csv", by_header(CAFETERIA, cafeterias()), "utf-8-sig")
    write("jigyosho_150.csv", by_header(CARE_HEADER, care()), "utf-8-sig")
    write("csvdownload046.csv", by_header(DISABILITY_HEADER, disability()), "cp932")
    write("312011_kosodate.csv", by_header(CHILDCARE, childcare()), "utf-8-sig")
    write("SSDSE-A-2024.csv", coded_statistics(), "cp932")
    write("FEH_00200521_241130.csv", downloaded_statistics(), "cp932")
    write("juso_r6.csv", programme(), "cp932")
    write("kyogikai_koji.csv", councils(), "utf-8-sig")


if __name__ == "__main__":
    main()
