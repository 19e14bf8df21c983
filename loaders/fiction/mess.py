"""How secretariats write things down: every office has its habits, and every row its accidents."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from tsunagari.loaders.fiction.country import Organization
from tsunagari.loaders.fiction.words import old_kanji, readings
from tsunagari.ontology.area_changes import area_changes
from tsunagari.ontology.municipalities import Municipality
from tsunagari.ontology.vocabulary import vocabulary

# Notation of a legal form to how offices write it: in full first, then short, then with the compatibility sign.
FORM_SPELLINGS: dict[str, tuple[str, ...]] = {
    "npo": ("特定非営利活動法人", "NPO法人", "（特非）", "ＮＰＯ法人", "認定NPO法人", "(特非)"),
    "general-association": ("一般社団法人", "（一社）", "(一社)", "一般社団"),
    "public-association": ("公益社団法人", "（公社）", "(公社)"),
    "general-foundation": ("一般財団法人", "（一財）", "(一財)"),
    "public-foundation": ("公益財団法人", "（公財）", "(公財)"),
    "social-welfare": ("社会福祉法人", "（社福）", "(福)", "（福）"),
    "medical": ("医療法人", "（医）", "(医)", "医療法人社団"),
    "school": ("学校法人", "（学）", "(学)"),
    "stock-company": ("株式会社", "㈱", "（株）", "(株)"),
    "limited-company": ("有限会社", "㈲", "（有）", "(有)"),
    "limited-liability-company": ("合同会社", "（同）", "(同)"),
    "consumer-cooperative": ("生活協同組合", "生協", "(生協)"),
}
# Forms of names that no official list of old kanji has.
_COMMON = str.maketrans("高崎浜辺", "髙﨑濵邉")
_ALIKE = str.maketrans("ずじおっゃゅょーッャュョ", "づぢをつやゆよ－ツヤユヨ")  # as one hears or mistypes kana
_SLIPS = str.maketrans("援協護祉緑複会支住", "緩恊獲社録復合枝往")
_NOTES = ("（予定）", "（休会中）", "※入会手続中", "【予定】", "（仮称）")
_HALF = {unicodedata.normalize("NFKC", char): char for char in map(chr, range(0xFF66, 0xFF9E))}
_VOICED = {"ﾞ": "\u3099", "ﾟ": "\u309a"}
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_ERA = {"R": 2018, "H": 1988}
_DAY_STYLES = ("iso", "cell", "slash", "kanji-era", "short-era", "kanji", "month", "era-full-width", "iso")


@dataclass(frozen=True, slots=True)
class Habit:
    """How one office writes its list.

    Parameters
    ----------
    form
        ``"full"``, ``"short"`` or ``"mixed"`` spelling of legal forms, or ``"column"``: a column of its own.
    gap
        What stands between legal form and name.
    old_kanji
        Share of the names written with old forms of kanji.
    half_kana
        Whether katakana are half-width.
    days
        How days are written; ``"cell"`` for a day that a workbook knows to be one.
    joins
        Whether equal cells below each other are joined or replaced by ditto marks.
    matrix
        Whether fields have a column each, marked with ○.
    totals
        Whether the last row counts the others.
    rate
        How many accidents happen, 1 for the usual number.
    """

    form: str
    gap: str
    old_kanji: float
    half_kana: bool
    days: str
    joins: bool
    matrix: bool
    totals: bool
    rate: float


def draw_habit(chance: Random, rate: float) -> Habit:
    """Return the habits of an office."""
    return Habit(
        form=chance.choices(("full", "short", "mixed", "column"), (4, 4, 3, 2))[0],
        gap=chance.choice(("", "", "　", " ")),
        old_kanji=chance.choice((0.0, 0.0, 0.1, 0.5)) * rate,
        half_kana=chance.random() < 0.2 * rate,
        days=chance.choice(_DAY_STYLES),
        joins=chance.random() < 0.5 * rate,
        matrix=chance.random() < 0.3,
        totals=chance.random() < 0.3 * rate,
        rate=rate,
    )


def with_place(text: str, organization: Organization) -> str:
    """Return a name with the municipality in parentheses, as one writes a name that several bodies have."""
    return f"{text}（{organization.place.name}）"


def official_name(organization: Organization) -> str:
    """Return the name with its legal form in full."""
    form = organization.name.form
    return _with_form(organization, organization.name.core, FORM_SPELLINGS[form][0] if form else "", "")


def write_name(organization: Organization, habit: Habit, chance: Random, *, notes: bool = False) -> str:
    """Return the name as it stands in a list.

    Most spellings mean the same to whoever knows the conventions; a few rows lack the legal form, add a nickname or
    hold a slip of the pen, and only a person can tell.
    """
    core = _write_core(organization.name.core, habit, chance)
    form, draw = organization.name.form, chance.random()
    if form is None or habit.form == "column" or draw < 0.015 * habit.rate:
        text = core
    else:
        spellings = FORM_SPELLINGS[form]
        usual = {"full": spellings[0], "short": spellings[min(1, len(spellings) - 1)]}.get(habit.form)
        written = chance.choice(spellings) if usual is None or chance.random() < 0.1 * habit.rate else usual
        gap = habit.gap if chance.random() < 0.9 else ""
        swapped = organization.name.sector == "company" and chance.random() < 0.04 * habit.rate
        text = _with_form(organization, core, written, gap, swapped=swapped)
    if organization.name.sector == "social-welfare-council" and habit.form != "full" and chance.random() < 0.5:
        text = _join_core(core.replace("社会福祉協議会", "社協"), text)
    if chance.random() < 0.008 * habit.rate:
        text += f"（{organization.name.core.removeprefix('架空')[:4]}）"
    if notes and chance.random() < 0.02 * habit.rate:
        text += chance.choice(_NOTES)
    return text


def write_kana(organization: Organization) -> str:
    """Return the reading in katakana."""
    return organization.name.reading.translate(_KATAKANA)


def write_form(organization: Organization, habit: Habit, chance: Random) -> str:
    """Return the cell of the column 法人格."""
    form = organization.name.form
    if form is None:
        return chance.choice(("任意団体", "", "なし")) if habit.rate else "任意団体"
    return chance.choice(FORM_SPELLINGS[form][:3]) if habit.rate else FORM_SPELLINGS[form][0]


def write_number(organization: Organization, chance: Random, rate: float, *, share: float = 0.6) -> str:
    """Return the cell of a corporate number: often empty, sometimes with dashes, seldom with a wrong digit."""
    number = organization.corporate_number
    if number is None or chance.random() > share:
        return ""
    draw = chance.random()
    if draw < 0.004 * rate:
        place = chance.randrange(5, 13)
        return number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    if draw < 0.05 * rate:
        return f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}"
    return "".join(chr(ord(digit) + 0xFEE0) for digit in number) if draw < 0.07 * rate else number


def write_day(day: date | None, style: str) -> str | date:
    """Return a day in one of the ways offices write days."""
    if day is None:
        return ""
    if style == "cell":
        return day
    era = "R" if day >= date(2019, 5, 1) else "H"
    year = day.year - _ERA[era]
    name, number = {"R": "令和", "H": "平成"}[era], "元" if year == 1 else str(year)
    written = {
        "slash": f"{day.year}/{day.month}/{day.day}",
        "kanji-era": f"{name}{number}年{day.month}月{day.day}日",
        "short-era": f"{era}{year}.{day.month}.{day.day}",
        "kanji": f"{day.year}年{day.month}月{day.day}日",
        "month": f"{name}{number}年{day.month}月",
        "era-full-width": _full_width(f"{era}{year}.{day.month}.{day.day}"),
    }
    return written.get(style, day.isoformat())


def write_place(place: Municipality, chance: Random, *, with_prefecture: bool, rate: float = 0) -> str:
    """Return a municipality as offices write it; with a rate some still use the name from before a merger."""
    former = _former_names().get(place.code5)
    if former and chance.random() < 0.3 * rate:
        return f"{place.prefecture}{chance.choice(former)}"
    name = place.name.replace("ケ", "ヶ") if chance.random() < 0.5 else place.name
    return f"{place.prefecture}{name}" if with_prefecture else name


def write_area(area: Municipality | None, chance: Random) -> str:
    """Return the area that a service reaches; None stands for the whole country."""
    if area is None:
        return "全国"
    return area.name if area.kind == "prefecture" else write_place(area, chance, with_prefecture=True)


def write_concept(scheme: str, notation: str, chance: Random, rate: float = 1.0) -> str:
    """Return a word for a concept: its label, or at times a synonym."""
    label, synonyms = _words_of(scheme)[notation]
    return chance.choice(synonyms) if synonyms and chance.random() < 0.15 * rate else label


def notations_of(scheme: str) -> list[str]:
    """Return the notations of a concept scheme in its order."""
    return list(_words_of(scheme))


def label_of(scheme: str, notation: str) -> str:
    """Return the label of a concept."""
    return _words_of(scheme)[notation][0]


@cache
def _words_of(scheme: str) -> dict[str, tuple[str, list[str]]]:
    """Notation to label and Japanese synonyms."""
    return {
        concept.notation: (concept.labels["ja"], [word for word in concept.synonyms if not word.isascii()])
        for concept in vocabulary().schemes[scheme].concepts
    }


@cache
def _former_names() -> dict[str, list[str]]:
    """Code of a municipality to the names of what was merged into it."""
    names: dict[str, list[str]] = {}
    for change in area_changes():
        place = change.present
        if place.kind != "ward":
            names.setdefault(place.code5, []).append(f"{change.former.district}{change.former.name}")
    return names


def half_width(text: str) -> str:
    """Return `text` with katakana in half width."""
    parts = unicodedata.normalize("NFD", text)
    marks = {full: half for half, full in _VOICED.items()}
    kana = {**_HALF, **marks}
    written = "".join(kana.get(char, char) for char in parts)
    return unicodedata.normalize("NFC", written)


def _write_core(core: str, habit: Habit, chance: Random) -> str:
    if chance.random() < habit.old_kanji:
        core = core.translate(old_kanji()).translate(_COMMON)
    if "ヶ" in core and chance.random() < 0.4 * habit.rate:
        core = core.replace("ヶ", chance.choice("ケが"))
    if habit.half_kana:
        core = half_width(core)
    if chance.random() < 0.03 * habit.rate:
        place = chance.randrange(2, len(core))
        core = f"{core[:place]} {core[place:]}"
    if chance.random() < 0.004 * habit.rate:
        core = _by_ear(core, chance)
    return _slip(core, chance) if chance.random() < 0.006 * habit.rate else core


def _by_ear(core: str, chance: Random) -> str:
    """Return a name as somebody writes it who only heard it: a word in kana, or a kana that sounds or looks alike."""
    spoken = [word for word in readings() if word in core[2:]]
    if spoken and chance.random() < 0.5:
        word = chance.choice(spoken[:3])
        return core[:2] + core[2:].replace(word, readings()[word], 1)
    places = [place for place, char in enumerate(core) if place > 1 and ord(char) in _ALIKE]
    if not places:
        return core
    place = chance.choice(places)
    return core[:place] + core[place].translate(_ALIKE) + core[place + 1 :]


def _slip(core: str, chance: Random) -> str:
    """Return a name with one slip of the pen, never in 架空."""
    place = chance.randrange(2, len(core) - 1)
    kind = chance.choice(("kanji", "drop", "swap", "double"))
    alike = [index for index, char in enumerate(core) if index > 1 and ord(char) in _SLIPS]
    if kind == "kanji" and alike:
        index = chance.choice(alike)
        return core[:index] + core[index].translate(_SLIPS) + core[index + 1 :]
    if kind == "swap":
        return core[:place] + core[place + 1] + core[place] + core[place + 2 :]
    return core[: place + 1] + core[place:] if kind == "double" else core[:place] + core[place + 1 :]


def _with_form(organization: Organization, core: str, form: str, gap: str, *, swapped: bool = False) -> str:
    if not form:
        return core
    return f"{form}{gap}{core}" if organization.form_first is not swapped else f"{core}{gap}{form}"


def _join_core(short: str, text: str) -> str:
    """A council in short needs no legal form: 〇〇市社協."""
    return short if "社会福祉協議会" in text else text


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() else char for char in text)
