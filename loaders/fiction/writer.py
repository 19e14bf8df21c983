"""The lists of a country to files, prefecture by prefecture, each noted in the settings and in the truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from tsunagari.loaders.fiction import files, lists, national, shapes, statistics
from tsunagari.loaders.fiction.country import NATIONAL, Country, Membership, Platform, Region
from tsunagari.loaders.fiction.files import Format, Sheet
from tsunagari.loaders.fiction.lists import Statement
from tsunagari.loaders.fiction.mess import draw_habit
from tsunagari.loaders.fiction.pages import source_table
from tsunagari.loaders.fiction.registers import NPO_HEADER, Register, corporate_rows, npo_rows
from tsunagari.loaders.fiction.sheets import A_YEAR_BEFORE, NOW, Office
from tsunagari.loaders.fiction.truth import Truth
from tsunagari.ontology.municipalities import Municipality

_FORMATS = (
    *(files.WORKBOOK, files.EXCEL_CSV, files.WORKBOOK, files.UTF8_CSV),
    *(files.UNICODE_TEXT, files.WORKBOOK, files.EXCEL_CSV, files.PLAIN_CSV),
)


@dataclass(frozen=True, slots=True)
class List:
    """A list in the settings: its file without the ending, its kind, the area and the platform that it is of."""

    name: str
    kind: str
    area: Municipality | None = None
    platform: str | None = None

    def file(self, form: Format) -> str:
        """Return its file in a format."""
        return f"{self.name}{form.suffix}"


class CountryWriter:
    """Writes the lists of one prefecture after another.

    Parameters
    ----------
    folder
        Where the lists go.
    book
        The truth.
    seed
        The seed of the country.
    rate
        How many accidents the lists have, 1 for the usual number.
    """

    def __init__(self, folder: Path, book: Truth, seed: int, rate: float) -> None:
        self.country = Country(seed)
        self.sources: list[str] = []
        self.organizations = self.memberships = self.services = self.ties = 0
        self._folder = folder
        self._book = book
        self._seed = seed
        self._rate = rate
        self._platforms: list[Platform] = []
        self._national: list[Membership] = []
        self._formats = 0
        self._needs: list[statistics.Need] = []
        self._surveys: list[statistics.Survey] = []
        self._npos = Register(folder / "架空_gyousei_000.csv", NPO_HEADER)
        self._corporations = Register(folder / "架空_法人番号_全件.csv")
        self._care = Register(folder / "架空_jigyosho_150.csv", national.CARE_HEADER, files.UTF8_CSV)
        self._disability = Register(folder / "架空_csvdownload_012.csv", national.DISABILITY_HEADER)
        self._places: list[Municipality] = []

    def write_region(self, region: Region) -> None:
        """Write the lists of a prefecture; what no other list names gets into its directory."""
        prefecture = region.prefecture
        home, code = f"{prefecture.code5[:2]}_{prefecture.name}", prefecture.code5
        national = self.country.national_members(region)
        self._platforms += region.platforms
        self._national += national
        self._write_ties(region, home)
        self._write_services(region, home)
        for platform in region.platforms:
            members = [fact for fact in region.memberships if fact.platform is platform]
            name = f"{home}/架空_{_owner(platform)}_会員名簿"
            self._write_members(name, platform, members)
            if platform.level == "prefectural":
                self._write_earlier_members(f"{name}_令和6年度", platform, members)
        office = self._office(f"{code}:directory")
        listed = [body for body in region.organizations if not body.mentions or office.chance.random() < 0.55]
        directory = List(f"{home}/架空_支援団体一覧", "organizations", prefecture)
        self._write(directory, *lists.directory(region, listed, office), office)
        self._add_to_registers(region)
        chance = Random(f"{self._seed}:{code}:statistics")
        self._needs += statistics.make_needs(region, chance)
        self._surveys += statistics.make_surveys(region, chance)
        self._book.region(region, national)
        self.organizations += len(region.organizations)
        self.memberships += len(region.memberships) + len(national)
        self.services += len(region.services)
        self.ties += len(region.ties)

    def _write_ties(self, region: Region, home: str) -> None:
        """Write the ties; a few well known bodies are drawn as a square."""
        code, drawn = region.prefecture.code5, shapes.ties_for_square(region.ties)
        if drawn:
            office = replace(self._office(f"{code}:square"), format=files.WORKBOOK)
            target = List(f"{home}/架空_関係の表", "ties", region.prefecture)
            self._write(target, *shapes.square(region, drawn, office), office)
        in_square = {tie.id for tie in drawn}
        others = [tie for tie in region.ties if tie.id not in in_square]
        office = self._office(f"{code}:ties")
        target = List(f"{home}/架空_連携の記録", "ties", region.prefecture)
        self._write(target, *lists.tie_list(region, others, office), office)

    def _write_services(self, region: Region, home: str) -> None:
        """Write the services, those of care, for people with disabilities and cafeterias as public lists."""
        code = region.prefecture.code5
        listed = self._write_national(region, home)
        left = [service for service in region.services if service.id not in listed]
        facilities = [service for service in left if shapes.is_facility(service)]
        if facilities:
            office = replace(self._office(f"{code}:facilities"), format=files.UTF8_CSV)
            target = List(f"{home}/架空_介護サービス事業所一覧", "open-dataset", region.prefecture)
            self._write(target, *shapes.facility_list(facilities, office), office)
        office = self._office(f"{code}:services")
        target = List(f"{home}/架空_支援サービス一覧", "services", region.prefecture)
        others = [service for service in left if not shapes.is_facility(service)]
        self._write(target, *lists.service_list(region, others, office), office)

    def _write_national(self, region: Region, home: str) -> set[str]:
        """Write what the national lists have of a prefecture, and return the ids of those services.

        Every second care office is in the list of its municipality instead.
        """
        code = region.prefecture.code5
        care = [service for service in region.services if national.is_national(service, "elder-care")][::2]
        disability = [service for service in region.services if national.is_national(service, "disability")]
        office = replace(self._office(f"{code}:national"), format=files.UTF8_CSV)
        for register, services, rows in (
            (self._care, care, national.care_rows(care, office)),
            (self._disability, disability, national.disability_rows(disability, office)),
        ):
            for fact, service in zip(register.add([item.provider for item in services], rows), services, strict=True):
                file = register.path.name
                self._book.mention(file, None, fact.row, "provided_by", fact.text, fact.organization, service.id)
        cafeterias = [service for service in region.services if national.is_cafeteria(service)]
        if cafeterias:
            target = List(f"{home}/架空_こども食堂一覧", "open-dataset", region.prefecture)
            sheet, statements, unnamed = national.cafeterias(cafeterias, office)
            self._write(target, sheet, statements, office)
            self._book.unnamed(target.file(files.UTF8_CSV), unnamed)
        self._write_councils(region, home, office)
        self._places += dict.fromkeys(body.place for body in region.organizations)
        return {service.id for service in (*care, *disability, *cafeterias)}

    def _write_councils(self, region: Region, home: str, office: Office) -> None:
        notice = national.council_notice(region, office.chance)
        if not notice.councils:
            return
        target = List(f"{home}/架空_地域協議会の公示", "open-dataset", region.prefecture)
        file = target.file(files.UTF8_CSV)
        for number, (fact, council) in enumerate(notice.members):
            id = f"m-{council}-{number}"
            self._book.mention(file, None, fact.row, fact.column, fact.text, fact.organization, id)
            self._book.membership(id, fact.organization, council, "constituent-agency")
        self._book.councils(file, notice.councils)
        for _, id, name, code, _ in notice.councils:
            self._book.platform(id, name, "municipal", code)
        self._save(target, notice.sheet, files.UTF8_CSV)

    def _add_to_registers(self, region: Region) -> None:
        chance = Random(f"{self._seed}:{region.prefecture.code5}:registers")
        numbered = [body for body in region.organizations if body.corporate_number]
        npos = [body for body in numbered if body.name.form == "npo" and chance.random() < 0.9]
        for register, bodies, rows in (
            (self._npos, npos, npo_rows(npos, chance)),
            (self._corporations, numbered, corporate_rows(numbered, chance)),
        ):
            for fact in register.add(bodies, rows):
                file = register.path.name
                self._book.mention(file, None, fact.row, fact.column, fact.text, fact.organization)

    def write_nation(self) -> None:
        """Write the national platform's members and the list of platforms, and name the registers."""
        for register, kind in (
            (self._npos, "npo-portal"),
            (self._corporations, "corporate-numbers"),
            (self._care, "open-dataset"),
            (self._disability, "open-dataset"),
        ):
            if register.rows:
                self.sources.append(source_table(register.path.name, kind, day=NOW))
        if self._national:
            self._platforms.insert(0, NATIONAL)
            self._write_members("架空_全国プラットフォーム_会員名簿", NATIONAL, self._national)
        sheet = Sheet("プラットフォーム一覧")
        sheet.add("ID", "プラットフォーム名", "範囲の段階", "対象区域", "設置日")
        levels = {"national": "全国", "prefectural": "都道府県", "municipal": "市区町村"}
        for platform in self._platforms:
            reach = platform.place.code6 if platform.place else "00000"
            sheet.add(platform.id, platform.name, levels[platform.level], reach, platform.founded.isoformat())
            self._book.platform(platform.id, platform.name, platform.level, reach[:5])
        self._save(List("架空_プラットフォーム一覧", "platforms"), sheet, files.UTF8_CSV)
        self._save(List("架空_市区町村別統計", "needs"), statistics.need_sheet(self._needs), files.WORKBOOK)
        self._save(List("架空_SSDSE-A", "needs"), statistics.coded_sheet(self._needs), files.EXCEL_CSV)
        self._save(List("架空_FEH_ダウンロード", "needs"), statistics.downloaded_sheet(self._needs), files.EXCEL_CSV)
        self._book.needs(self._needs)
        sheet, taking_part = national.programme_list(self._places, Random(f"{self._seed}:programme"))
        if taking_part:
            programme = List("架空_重層的支援体制整備事業", "open-dataset")
            self._save(programme, sheet, files.EXCEL_CSV)
            self._book.participation(programme.file(files.EXCEL_CSV), national.YEAR, taking_part)
        if self._surveys:
            sheet, rows = statistics.survey_sheet(self._surveys)
            target = List("架空_支援の把握調査", "surveys")
            self._save(target, sheet, files.EXCEL_CSV)
            self._book.surveys(target.file(files.EXCEL_CSV), self._surveys, rows)

    def _write_members(self, name: str, platform: Platform, members: list[Membership]) -> None:
        if members:
            office = self._office(platform.id)
            target = List(name, "members", platform.place, platform.id)
            self._write(target, *lists.member_list(platform, members, office), office)

    def _write_earlier_members(self, name: str, platform: Platform, members: list[Membership]) -> None:
        """Write the list of a year before, in which nobody knows yet who was to join and leave."""
        earlier = [
            replace(fact, left=fact.left if fact.left and fact.left < A_YEAR_BEFORE else None)
            for fact in members
            if fact.joined and fact.joined < A_YEAR_BEFORE
        ]
        if earlier:
            office = replace(self._office(f"{platform.id}:earlier"), day=A_YEAR_BEFORE)
            target = List(name, "members", platform.place, platform.id)
            self._write(target, *lists.member_list(platform, earlier, office), office)

    def _office(self, name: str) -> Office:
        """Return who writes a list; formats take turns, so that a small country has all of them."""
        chance = Random(f"{self._seed}:{name}")
        kind = _FORMATS[self._formats % len(_FORMATS)]
        self._formats += 1
        return Office(chance, draw_habit(chance, self._rate), kind, self._rate)

    def _write(self, target: List, sheet: Sheet, statements: list[Statement], office: Office) -> None:
        form = office.format
        if form.is_workbook and len(sheet.rows) > files.LARGEST_SHEET:
            form = files.EXCEL_CSV
        file, shown = target.file(form), sheet.name if form.is_workbook else None
        for fact in statements:
            self._book.mention(file, shown, fact.row, fact.column, fact.text, fact.organization, fact.fact)
        self._save(target, sheet, form, office.day)

    def _save(self, target: List, sheet: Sheet, form: Format, day: date = NOW) -> None:
        files.write_sheets(self._folder / target.file(form), [sheet], form)
        area = target.area.code6 if target.area else None
        self.sources.append(
            source_table(
                target.file(form),
                target.kind,
                day=day,
                platform=target.platform,
                area=area,
                as_of=target.kind == "members",
            )
        )


def _owner(platform: Platform) -> str:
    assert platform.place is not None  # the national one is written apart
    return platform.place.name
