"""The lists that offices keep: members, services, ties, a directory; each in the shape and spelling of its office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from tsunagari.loaders.fiction import mess
from tsunagari.loaders.fiction.country import FIELD_SCHEME, Membership, Organization, Platform, Region, Service, Tie
from tsunagari.loaders.fiction.files import Cell, Format, Sheet
from tsunagari.loaders.fiction.mess import Habit


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that was written: its number, the column and text that name an organisation, and the fact stated."""

    row: int
    column: str
    text: str
    organization: Organization
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes a list and how.

    Parameters
    ----------
    chance
        Its luck.
    habit
        Its habits.
    format
        How it saves the list.
    rate
        How many accidents happen, 1 for the usual number.
    """

    chance: Random
    habit: Habit
    format: Format
    rate: float


def member_list(platform: Platform, members: Sequence[Membership], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return the list of a platform's members, ordered by municipality."""
    chance, habit = office.chance, office.habit
    members = sorted(members, key=lambda fact: fact.organization.place.code5)
    header = chance.choice(("団体名", "会員名", "名称", "構成団体名", "団体の名称"))
    columns: list[tuple[str, Callable[[Membership], Cell]]] = []
    if chance.random() < 0.5:
        columns.append((chance.choice(("フリガナ", "ふりがな")), lambda fact: _reading(fact.organization, habit)))
    if habit.form == "column":
        columns.append(("法人格", lambda fact: mess.write_form(fact.organization, habit, chance)))
    if chance.random() < 0.4:
        columns.append(("法人番号", lambda fact: mess.write_number(fact.organization, chance, office.rate)))
    columns.append(
        (chance.choice(("会員区分", "会員種別")), lambda fact: mess.label_of("membership-class", fact.member_class))
    )
    columns.append((chance.choice(("入会日", "加入日")), lambda fact: mess.write_day(fact.joined, habit.days)))
    if any(fact.left for fact in members):
        columns.append(("退会日", lambda fact: mess.write_day(fact.left, habit.days)))
    if platform.level == "national":
        columns.append(("都道府県", lambda fact: fact.organization.place.prefecture))
    is_placed = platform.level != "municipal" and (chance.random() < 0.85 or not office.rate)
    if is_placed:
        columns.append(("市区町村", lambda fact: _place(fact.organization, office)))
    columns.append((chance.choice(("活動分野", "分野", "支援分野")), lambda fact: _fields(fact.organization, office)))
    columns.append(("備考", _nothing))
    sheet = _titled(platform.name, "会員名簿", office)
    sheet.add("No", header, *(title for title, _ in columns))
    statements = []
    for number, fact in enumerate(members, start=1):
        text = _name(fact.organization, office, is_placed=is_placed or platform.level == "municipal", notes=True)
        row = sheet.add(number, text, *(write(fact) for _, write in columns))
        statements.append(Statement(row, "member", text, fact.organization, fact.id))
    return sheet, statements


def directory(region: Region, bodies: Sequence[Organization], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's directory of organisations."""
    chance, habit = office.chance, office.habit
    sheet = _titled(f"架空{region.prefecture.name}", "支援団体一覧", office)
    with_form = habit.form == "column" or chance.random() < 0.5
    forms = ("法人格",) if with_form else ()
    sheet.add("No", "団体名", "フリガナ", *forms, "法人番号", "主体の区分", "都道府県", "市区町村", "活動分野")
    statements = []
    for number, body in enumerate(bodies, start=1):
        text = _name(body, office, is_placed=True)
        row = sheet.add(
            *(number, text, _reading(body, habit)),
            *([mess.write_form(body, habit, chance)] if with_form else []),
            *(mess.write_number(body, chance, office.rate), mess.label_of("sector", body.name.sector)),
            *(body.place.prefecture, _place(body, office)),
            _fields(body, office),
        )
        statements.append(Statement(row, "pref_label", text, body))
    return sheet, statements


def service_list(region: Region, services: Iterable[Service], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's list of services."""
    chance, habit = office.chance, office.habit
    sheet = _titled(f"架空{region.prefecture.name}", "支援サービス一覧", office)
    sheet.add(
        *("No", chance.choice(("窓口名", "サービス名", "支援名")), chance.choice(("提供団体", "実施団体", "団体名"))),
        *("支援分野", "対象区域", "対象者", "ライフステージ", "手段", "状態", "開始日"),
    )
    statements = []
    for number, fact in enumerate(services, start=1):
        text = _name(fact.provider, office)
        row = sheet.add(
            number,
            fact.name,
            text,
            mess.write_concept(FIELD_SCHEME, fact.field, chance, office.rate),
            mess.write_area(fact.area, chance),
            _optional("target-group", fact.target),
            _optional("life-stage", fact.life_stage),
            _optional("channel", fact.channel),
            "予定" if fact.status == "planned" else "",
            mess.write_day(fact.since, habit.days),
        )
        statements.append(Statement(row, "provided_by", text, fact.provider, fact.id))
    return sheet, statements


def tie_list(region: Region, ties: Iterable[Tie], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's record of who works with whom; names that several bodies have get their municipality."""
    chance, habit = office.chance, office.habit
    sheet = _titled(f"架空{region.prefecture.name}", "連携の記録", office)
    one, other = chance.choice((("連携元", "連携先"), ("団体A", "団体B")))
    sheet.add("No", one, other, chance.choice(("連携の種類", "種類")), "向きあり", "強さ", "開始日", "根拠資料")
    statements = []
    for number, fact in enumerate(ties, start=1):
        texts = [_name(body, office) for body in (fact.one, fact.other)]
        kind = mess.write_concept("tie-kind", fact.kind, chance, office.rate)
        directed, since = "○" if fact.directed else "×", mess.write_day(fact.since, habit.days)
        row = sheet.add(number, *texts, kind, directed, fact.strength, since, fact.basis)
        for column, text, body in zip(("tie_from", "tie_to"), texts, (fact.one, fact.other), strict=True):
            statements.append(Statement(row, column, text, body, fact.id))
    return sheet, statements


def _name(body: Organization, office: Office, *, is_placed: bool = False, notes: bool = False) -> str:
    """Return the name; where no column says where a body is, most people add it to a name that several bodies have."""
    text = mess.write_name(body, office.habit, office.chance, notes=notes)
    if body.has_namesake and not is_placed and office.chance.random() >= 0.2 * office.rate:
        return mess.with_place(text, body)
    return text


def _place(body: Organization, office: Office) -> str:
    return mess.write_place(body.place, office.chance, with_prefecture=False, rate=office.rate)


def _nothing(_fact: Membership) -> str:
    return ""


def _titled(owner: str, what: str, office: Office) -> Sheet:
    """Return a sheet with the title rows that most offices put above the header."""
    sheet = Sheet(what)
    if office.rate and office.chance.random() < 0.6:
        sheet.add(f"{owner} {what}")
        sheet.add("", "", "令和7年4月1日現在")
        if office.chance.random() < 0.5:
            sheet.add()
    return sheet


def _reading(body: Organization, habit: Habit) -> str:
    katakana = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in body.name.reading)
    return mess.half_width(katakana) if habit.half_kana else katakana


def _fields(body: Organization, office: Office) -> str:
    sign = "；" if office.habit.half_kana else "、"
    return sign.join(mess.write_concept(FIELD_SCHEME, name, office.chance, office.rate) for name in body.fields)


def _optional(scheme: str, notation: str | None) -> str:
    return mess.label_of(scheme, notation) if notation else ""
