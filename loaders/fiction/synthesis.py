"""A fictional country on disk: its lists, the settings that name them, the truth, and a page that says 架空."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from tsunagari.errors import Message, OutputError, Place
from tsunagari.loaders.fiction import files, lists, truth
from tsunagari.loaders.fiction.country import NATIONAL, Country, Membership, Platform, Region
from tsunagari.loaders.fiction.files import Format, Sheet
from tsunagari.loaders.fiction.lists import Statement
from tsunagari.loaders.fiction.mess import draw_habit
from tsunagari.loaders.fiction.pages import readme, settings_head, source_table
from tsunagari.loaders.fiction.plan import plan_country
from tsunagari.loaders.fiction.registers import NPO_HEADER, Register, npo_rows
from tsunagari.loaders.fiction.sheets import Office
from tsunagari.loaders.settings import SETTINGS_NAME
from tsunagari.ontology.municipalities import Municipality

WRITING = Message("架空の国を書く", "Writing the fictional country")
_MARK_FILE = "README_架空.md"
_NPO_FILE = "架空_gyousei_000.csv"
_FORMATS = (
    *(files.WORKBOOK, files.EXCEL_CSV, files.WORKBOOK, files.UTF8_CSV),
    *(files.UNICODE_TEXT, files.WORKBOOK, files.EXCEL_CSV, files.PLAIN_CSV),
)


class Progress(Protocol):
    """What is told how far the writing is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` organisations are written."""


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What was written.

    Parameters
    ----------
    folder
        The workspace.
    files
        How many lists there are.
    organizations, memberships, services, ties
        How many of each are in the truth.
    """

    folder: Path
    files: int
    organizations: int
    memberships: int
    services: int
    ties: int


def synthesize(
    folder: Path | str,
    *,
    organizations: int = 200,
    seed: int = 1,
    areas: Sequence[str] = (),
    messiness: float = 1.0,
    force: bool = False,
    lang: str = "ja",
    progress: Progress | None = None,
) -> Synthesis:
    """Write a fictional country as a workspace with the truth beside it; the same arguments give the same bytes.

    The folder is there whole or not at all.

    Parameters
    ----------
    folder
        A new or empty folder.
    organizations
        How many organisations there are: 200 make a region to learn with, 1,000,000 a whole country.
    seed
        Another seed gives another country.
    areas
        Names or codes of prefectures and municipalities; empty for as many prefectures as the number fills.
    messiness
        How many accidents the lists have: 0 for none, 1 for the usual number.
    force
        Replace a fictional country written before; any other folder stays untouched.
    lang
        Language of the stage that `progress` is told.
    progress
        Called with stage, done and total.

    Raises
    ------
    OutputError
        When the folder holds something, or cannot be written.
    UnknownNameError
        When an area is not known.
    """
    plan = plan_country(organizations, seed, areas)
    with _new_folder(Path(folder), force=force) as target:
        with truth.Truth(target / truth.FOLDER) as book:
            writer = _Writer(target, book, seed, messiness)
            for prefecture, counts in plan.items():
                if progress is not None:
                    progress(WRITING.text(lang), writer.organizations, organizations)
                writer.write_region(writer.country.make_region(prefecture, counts))
            writer.write_nation()
        head = settings_head(organizations, seed)
        (target / SETTINGS_NAME).write_text(head + "".join(writer.sources), encoding="utf-8", newline="\n")
        page = readme(organizations, seed, areas, messiness)
        (target / _MARK_FILE).write_text(page, encoding="utf-8", newline="\n")
    return Synthesis(
        Path(folder), len(writer.sources), writer.organizations, writer.memberships, writer.services, writer.ties
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


class _Writer:
    """Writes the lists of one prefecture after another."""

    def __init__(self, folder: Path, book: truth.Truth, seed: int, rate: float) -> None:
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
        self._npos = Register(folder / _NPO_FILE, NPO_HEADER)

    def write_region(self, region: Region) -> None:
        """Write the lists of a prefecture; what no other list names gets into its directory."""
        prefecture = region.prefecture
        home, code = f"{prefecture.code5[:2]}_{prefecture.name}", prefecture.code5
        national = self.country.national_members(region)
        self._platforms += region.platforms
        self._national += national
        office = self._office(f"{code}:ties")
        ties = List(f"{home}/架空_連携の記録", "ties", prefecture)
        self._write(ties, *lists.tie_list(region, region.ties, office), office)
        office = self._office(f"{code}:services")
        services = List(f"{home}/架空_支援サービス一覧", "services", prefecture)
        self._write(services, *lists.service_list(region, region.services, office), office)
        for platform in region.platforms:
            members = [fact for fact in region.memberships if fact.platform is platform]
            self._write_members(f"{home}/架空_{_owner(platform)}_会員名簿", platform, members)
        office = self._office(f"{code}:directory")
        listed = [body for body in region.organizations if not body.mentions or office.chance.random() < 0.55]
        directory = List(f"{home}/架空_支援団体一覧", "organizations", prefecture)
        self._write(directory, *lists.directory(region, listed, office), office)
        self._add_to_registers(region)
        self._book.region(region, national)
        self.organizations += len(region.organizations)
        self.memberships += len(region.memberships) + len(national)
        self.services += len(region.services)
        self.ties += len(region.ties)

    def _add_to_registers(self, region: Region) -> None:
        chance = Random(f"{self._seed}:{region.prefecture.code5}:npo")
        bodies = [
            body
            for body in region.organizations
            if body.name.form == "npo" and not body.parent and chance.random() < 0.9
        ]
        if bodies:
            for fact in self._npos.add(bodies, npo_rows(bodies, chance)):
                self._book.mention(_NPO_FILE, None, fact.row, fact.column, fact.text, fact.organization)

    def write_nation(self) -> None:
        """Write the national platform's members and the list of platforms, and name the registers."""
        if self._npos.rows:
            self.sources.append(source_table(_NPO_FILE, "npo-portal", None, None))
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

    def _write_members(self, name: str, platform: Platform, members: list[Membership]) -> None:
        if members:
            office = self._office(platform.id)
            target = List(name, "members", platform.place, platform.id)
            self._write(target, *lists.member_list(platform, members, office), office)

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
        self._save(target, sheet, form)

    def _save(self, target: List, sheet: Sheet, form: Format) -> None:
        files.write_sheets(self._folder / target.file(form), [sheet], form)
        area = target.area.code6 if target.area else None
        self.sources.append(source_table(target.file(form), target.kind, target.platform, area))


def _owner(platform: Platform) -> str:
    assert platform.place is not None  # the national one is written apart
    return platform.place.name


@contextmanager
def _new_folder(folder: Path, *, force: bool) -> Iterator[Path]:
    """Give a temporary folder that takes the place of `folder` once all is written."""
    old = _check_target(folder, force=force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        target = temporary / "new"
        target.mkdir()
        yield target
        if old:
            folder.replace(temporary / "old")
        target.replace(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_target(folder: Path, *, force: bool) -> bool:
    """Tell whether there is a folder to replace."""
    if not folder.exists():
        return False
    if folder.is_dir() and not any(folder.iterdir()):
        return True
    if folder.is_dir() and (folder / _MARK_FILE).exists() and (folder / truth.FOLDER).is_dir():
        if force:
            return True
        message = Message(
            f"{folder} には架空の国がすでにあります。何も書いていません。",
            f"{folder} holds a fictional country already; nothing was written.",
        )
        hint = Message("--force で置き換えます。", "Replace it with --force.")
    else:
        message = Message(
            f"{folder} には別のものが入っています。何も書いていません。",
            f"{folder} holds something else; nothing was written.",
        )
        hint = Message("空のフォルダーか新しい名前を指定してください。", "Choose an empty folder or a new name.")
    raise OutputError(message, hint, Place(str(folder)))


def _cannot_write(folder: Path, error: OSError) -> OutputError:
    message = Message(f"{folder} に書けません: {error.strerror}", f"{folder} cannot be written: {error.strerror}")
    return OutputError(message, Message("書き込めるフォルダーを指定してください。", "Name a folder you may write to."))
