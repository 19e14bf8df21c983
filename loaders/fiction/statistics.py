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
_SURVEYED = 0.08  # share of the municipalities that asked everybody in a field


@dataclass(frozen=True, slots=True)
class Need:
    """The indicators of a municipality, in the order of `INDICATORS`."""

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
        needs.append(Need(place, (population, older, int(population * chance.uniform(0.08, 0.2)))))
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
        sheet.add(int(need.place.code6), need.place.prefecture, need.place.name, *need.values)
    sheet.add("注：この表の数はすべて架空です。")
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
