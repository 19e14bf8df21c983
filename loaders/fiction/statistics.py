"""What a country also has: indicators of need per municipality, and surveys of what support there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from tsunagari.loaders.fiction import mess
from tsunagari.loaders.fiction.country import FIELD_SCHEME, LAST_DAY, Region
from tsunagari.loaders.fiction.files import Sheet
from tsunagari.ontology.municipalities import Municipality

INDICATORS = {"population": "総人口（人）", "older-people": "65歳以上人口（人）", "single-households": "単独世帯数"}
# What SSDSE-A and a table of e-Stat hold beside them: code or header and label.
CODED = {"children": ("A1301", "15歳未満人口"), "households": ("A710101", "一般世帯数")}
DOWNLOADED = {"older-single-households": "65歳以上の単独世帯【世帯】"}
EVERY = (*INDICATORS, *CODED, *DOWNLOADED)
_SURVEYED = 0.08  # share of the municipalities that asked everybody in a field


@dataclass(frozen=True, slots=True)
class Need:
    """The indicators of a municipality, in the order of `EVERY`."""

    place: Municipality
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A municipality that looked for support in a field, and whether it found any."""

    id: str
    place: Municipality
    field: str
    day: date
    found: bool


def make_needs(region: Region, chance: Random) -> list[Need]:
    """Return the indicators of the municipalities of a prefecture."""
    sizes: dict[Municipality, int] = {}
    for body in region.organizations:
        sizes[body.place] = sizes.get(body.place, 0) + 1
    needs = []
    for place, size in sizes.items():
        population = int(size * chance.uniform(500, 1500)) + chance.randrange(300)
        older = int(population * chance.uniform(0.22, 0.45))
        single = int(population * chance.uniform(0.08, 0.2))
        children, households = int(population * chance.uniform(0.06, 0.14)), int(population / chance.uniform(2, 2.8))
        alone = int(single * chance.uniform(0.2, 0.5))
        needs.append(Need(place, (population, older, single, children, households, alone)))
    return needs


def make_surveys(region: Region, chance: Random) -> list[Survey]:
    """Return the surveys of a prefecture; each agrees with the services that there are."""
    running = {
        (service.area.code5, service.field)
        for service in region.services
        if service.area is not None and service.status == "stated"
    }
    surveys = []
    for place in dict.fromkeys(body.place for body in region.organizations):
        if chance.random() < _SURVEYED:
            name = chance.choice(mess.notations_of(FIELD_SCHEME))
            day = date(LAST_DAY.year, chance.choice((1, 2, 3)), 1)
            surveys.append(Survey(f"v{place.code5}", place, name, day, (place.code5, name) in running))
    return surveys


def need_sheet(needs: list[Need]) -> Sheet:
    """Return the table of a statistics office: codes are numbers and so lose their leading zero."""
    sheet = Sheet("市区町村別")
    sheet.add("架空の統計表（実在の統計ではありません）")
    sheet.add("団体コード", "都道府県名", "市区町村名", *INDICATORS.values())
    for need in needs:
        values = need.values[: len(INDICATORS)]
        sheet.add(int(need.place.code6), need.place.prefecture, need.place.name, *values)
    sheet.add("注：この表の数はすべて架空です。")
    return sheet


def coded_sheet(needs: list[Need]) -> Sheet:
    """Return the table in the shape of SSDSE-A: item codes, years, labels; the areas begin with R."""
    first, year = len(INDICATORS), "2020"
    sheet = Sheet("SSDSE-A")
    sheet.add("SSDSE-A-2024", "Prefecture", "Municipality", *(code for code, _ in CODED.values()))
    sheet.add("年度", "", "", *(year for _ in CODED))
    sheet.add("地域コード", "都道府県", "市区町村", *(label for _, label in CODED.values()))
    for need in needs:
        values = need.values[first : first + len(CODED)]
        sheet.add(f"R{need.place.code5}", need.place.prefecture, need.place.name, *values)
    return sheet


def downloaded_sheet(needs: list[Need]) -> Sheet:
    """Return the table as the e-Stat database gives it out: lines above, codes beside labels, thousands commas."""
    sheet = Sheet("e-Stat")
    sheet.add("統計名：", "架空の調査（実在の統計ではありません）")
    sheet.add("表番号：", "1-1")
    sheet.add("表題：", "架空の表")
    sheet.add("実施年月：", "2020年", "-", "-")
    sheet.add("***", "数値が得られないもの")
    sheet.add()
    area, time = "全国，都道府県，市区町村", "時間軸(年次)"
    sheet.add(
        *(f"{area} コード", f"{area} 補助コード", area, f"{time} コード", f"{time} 補助コード", time),
        *("/世帯の種類", *DOWNLOADED.values()),
    )
    for need in needs:
        values = (f"{value:,}" for value in need.values[-len(DOWNLOADED) :])
        sheet.add(need.place.code5, "", need.place.name, "2020000000", "", "2020年", "", *values)
    return sheet


def survey_sheet(surveys: list[Survey]) -> tuple[Sheet, list[int]]:
    """Return the list of surveys and the row of each."""
    sheet = Sheet("調査")
    sheet.add("調査区域", "支援分野", "時点", "支援の有無", "市区町村ごとに調査", "調査方法")
    rows = [
        sheet.add(
            survey.place.code6,
            mess.label_of(FIELD_SCHEME, survey.field),
            f"令和7年{survey.day.month}月",
            "○" if survey.found else "×",
            "○",
            "全団体に聞き取り（架空）",
        )
        for survey in surveys
    ]
    return sheet, rows
