"""The lists that offices keep: members, services, ties, a directory; each in the shape and spelling of its office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tsunagari.loaders.fiction import mess
from tsunagari.loaders.fiction.country import FIELD_SCHEME, Membership, Organization, Platform, Region, Service, Tie
from tsunagari.loaders.fiction.files import Cell, Sheet
from tsunagari.loaders.fiction.mess import Habit
from tsunagari.loaders.fiction.sheets import Column, Fact, Office, fill_sheet, titled_sheet


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that was written: its number, the column and text that name an organisation, and the fact stated."""

    row: int
    column: str
    text: str
    organization: Organization
    fact: str = ""


def member_list(platform: Platform, members: Sequence[Membership], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return the list of a platform's members, ordered by municipality."""
    chance, habit, rate = office.chance, office.habit, office.rate
    members = sorted(members, key=lambda fact: fact.organization.place.code5)
    is_placed = platform.level != "municipal" and (chance.random() < 0.85 or not rate)
    names_apart = is_placed or platform.level == "municipal"
    header = chance.choice(("団体名", "会員名", "名称", "構成団体名", "団体の名称"))
    columns: list[Column[Membership]] = [
        Column(header, lambda fact: write_listed_name(fact.organization, office, is_placed=names_apart, notes=True))
    ]
    if chance.random() < 0.5:
        reading = chance.choice(("フリガナ", "ふりがな"))
        columns.append(Column(reading, lambda fact: _reading(fact.organization, habit)))
    if habit.form == "column":
        columns.append(Column("法人格", lambda fact: mess.write_form(fact.organization, habit, chance)))
    if chance.random() < 0.4:
        columns.append(Column("法人番号", lambda fact: mess.write_number(fact.organization, chance, rate)))
    kind = chance.choice(("会員区分", "会員種別"))
    columns.append(Column(kind, lambda fact: mess.label_of("membership-class", fact.member_class), repeats=True))
    columns.append(Column(chance.choice(("入会日", "加入日")), lambda fact: mess.write_day(fact.joined, habit.days)))
    if any(fact.left for fact in members):
        columns.append(Column("退会日", lambda fact: mess.write_day(fact.left, habit.days)))
    if platform.level == "national":
        columns.append(Column("都道府県", lambda fact: fact.organization.place.prefecture, repeats=True))
    if is_placed:
        columns.append(Column("市区町村", lambda fact: _place(fact.organization, office), repeats=True))
    columns += _field_columns(lambda fact: fact.organization, office)
    columns.append(Column("備考", _nothing))
    sheet = titled_sheet(platform.name, "会員名簿", office)
    written = fill_sheet(sheet, columns, members, office)
    statements = [
        Statement(row, "member", str(cells[1]), fact.organization, fact.id)
        for fact, (row, cells) in zip(members, written, strict=True)
    ]
    return sheet, statements


def directory(region: Region, bodies: Sequence[Organization], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's directory of organisations, which says where each of them is."""
    chance, habit, rate = office.chance, office.habit, office.rate
    columns: list[Column[Organization]] = [
        Column("団体名", lambda body: write_listed_name(body, office, is_placed=True)),
        Column("フリガナ", lambda body: _reading(body, habit)),
    ]
    if habit.form == "column" or chance.random() < 0.5:
        columns.append(Column("法人格", lambda body: mess.write_form(body, habit, chance)))
    columns += [
        Column("法人番号", lambda body: mess.write_number(body, chance, rate)),
        Column("主体の区分", lambda body: mess.label_of("sector", body.name.sector)),
        Column("都道府県", lambda body: body.place.prefecture, repeats=True),
        Column("市区町村", lambda body: _place(body, office), repeats=True),
        *_field_columns(lambda body: body, office),
    ]
    sheet = titled_sheet(f"架空{region.prefecture.name}", "支援団体一覧", office)
    written = fill_sheet(sheet, columns, bodies, office)
    statements = [
        Statement(row, "pref_label", str(cells[1]), body) for body, (row, cells) in zip(bodies, written, strict=True)
    ]
    return sheet, statements


def service_list(region: Region, services: Sequence[Service], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's list of services."""
    chance, habit, rate = office.chance, office.habit, office.rate
    columns: list[Column[Service]] = [
        Column(chance.choice(("窓口名", "サービス名", "支援名")), lambda fact: fact.name),
        Column(
            chance.choice(("提供団体", "実施団体", "団体名")), lambda fact: write_listed_name(fact.provider, office)
        ),
        Column("支援分野", lambda fact: mess.write_concept(FIELD_SCHEME, fact.field, chance, rate)),
        Column("対象区域", lambda fact: mess.write_area(fact.area, chance)),
        Column("対象者", lambda fact: _optional("target-group", fact.target)),
        Column("ライフステージ", lambda fact: _optional("life-stage", fact.life_stage)),
        Column("手段", lambda fact: _optional("channel", fact.channel)),
        Column("状態", lambda fact: "予定" if fact.status == "planned" else ""),
        Column("開始日", lambda fact: mess.write_day(fact.since, habit.days)),
    ]
    sheet = titled_sheet(f"架空{region.prefecture.name}", "支援サービス一覧", office)
    written = fill_sheet(sheet, columns, services, office)
    statements = [
        Statement(row, "provided_by", str(cells[2]), fact.provider, fact.id)
        for fact, (row, cells) in zip(services, written, strict=True)
    ]
    return sheet, statements


def tie_list(region: Region, ties: Sequence[Tie], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return a prefecture's record of who works with whom."""
    chance, habit, rate = office.chance, office.habit, office.rate
    one, other = chance.choice((("連携元", "連携先"), ("団体A", "団体B")))
    columns: list[Column[Tie]] = [
        Column(one, lambda fact: write_listed_name(fact.one, office)),
        Column(other, lambda fact: write_listed_name(fact.other, office)),
        Column(
            chance.choice(("連携の種類", "種類")),
            lambda fact: mess.write_concept("tie-kind", fact.kind, chance, rate),
        ),
        Column("向きあり", lambda fact: "○" if fact.directed else "×"),
        Column("強さ", lambda fact: fact.strength),
        Column("開始日", lambda fact: mess.write_day(fact.since, habit.days)),
        Column("根拠資料", lambda fact: fact.basis),
    ]
    sheet = titled_sheet(f"架空{region.prefecture.name}", "連携の記録", office)
    written = fill_sheet(sheet, columns, ties, office)
    statements = []
    for fact, (row, cells) in zip(ties, written, strict=True):
        statements.append(Statement(row, "tie_from", str(cells[1]), fact.one, fact.id))
        statements.append(Statement(row, "tie_to", str(cells[2]), fact.other, fact.id))
    return sheet, statements


def _field_columns(body_of: Callable[[Fact], Organization], office: Office) -> Iterable[Column[Fact]]:
    """Fields are a list in one cell, or a column each with ○."""
    if office.habit.matrix:
        for notation in mess.notations_of(FIELD_SCHEME):
            label = mess.label_of(FIELD_SCHEME, notation)
            yield Column(label, _mark(body_of, notation), group="支援分野")
        return
    header = office.chance.choice(("活動分野", "分野", "支援分野"))
    yield Column(header, lambda fact: _fields(body_of(fact), office))


def _mark(body_of: Callable[[Fact], Organization], notation: str) -> Callable[[Fact], Cell]:
    return lambda fact: "○" if notation in body_of(fact).fields else ""


def write_listed_name(body: Organization, office: Office, *, is_placed: bool = False, notes: bool = False) -> str:
    """Return the name; where no column says where a body is, most people add it to a name that several bodies have."""
    text = mess.write_name(body, office.habit, office.chance, notes=notes)
    if body.has_namesake and not is_placed and office.chance.random() >= 0.2 * office.rate:
        return mess.with_place(text, body)
    return text


def _place(body: Organization, office: Office) -> str:
    return mess.write_place(body.place, office.chance, with_prefecture=False, rate=office.rate)


def _nothing(_fact: Membership) -> str:
    return ""


def _reading(body: Organization, habit: Habit) -> str:
    return mess.half_width(mess.write_kana(body)) if habit.half_kana else mess.write_kana(body)


def _fields(body: Organization, office: Office) -> str:
    sign = "；" if office.habit.half_kana else "、"
    return sign.join(mess.write_concept(FIELD_SCHEME, name, office.chance, office.rate) for name in body.fields)


def _optional(scheme: str, notation: str | None) -> str:
    return mess.label_of(scheme, notation) if notation else ""
