"""Names of fictional organisations: every one contains 架空, and equal names occur as often as in real registers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tsunagari.loaders.fiction.words import MARK, Word, words
from tsunagari.ontology.municipalities import Municipality

_PLACE_ENDINGS = (("市", "し"), ("区", "く"), ("町", "ちょう"), ("町", "まち"), ("村", "むら"), ("村", "そん"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name without legal form.

    Parameters
    ----------
    core, reading
        The name and its reading in hiragana.
    form
        Notation of the legal form; None for a group without one.
    sector
        Notation of the sector.
    """

    core: str
    reading: str
    form: str | None
    sector: str


def full_place(place: Municipality) -> Word:
    """Return a municipality's name and reading."""
    return place.name, place.reading


def short_place(place: Municipality) -> Word:
    """Return a municipality's name without 市, 区, 町 or 村, unless one character would be left."""
    for ending, reading in _PLACE_ENDINGS:
        if place.name.endswith(ending) and place.reading.endswith(reading) and len(place.name) > 2:
            return place.name.removesuffix(ending), place.reading.removesuffix(reading)
    return full_place(place)


def make_name(place: Municipality, chance: Random) -> Name:
    """Return a name for an organisation in a municipality; two calls may give the same name."""
    maker, form, sector = chance.choices(_MAKERS, _WEIGHTS)[0]
    core = [MARK, *maker(place, chance)]
    if form == "company":
        form = chance.choices(_COMPANY_FORMS, (14, 3, 2))[0]
    elif form == "association":
        form = chance.choices(_ASSOCIATION_FORMS, (9, 3, 2, 2))[0]
    return Name(_join(core), _read(core), form, sector)


def council_name(place: Municipality) -> Name:
    """Return the name of the council of social welfare that every municipality has."""
    parts = [MARK, full_place(place), ("社会福祉協議会", "しゃかいふくしきょうぎかい")]
    return Name(_join(parts), _read(parts), "social-welfare", "social-welfare-council")


def section_names(place: Municipality) -> list[Name]:
    """Return the names of the sections of a fictional town hall."""
    names = []
    for section in words("sections"):
        parts = [MARK, full_place(place), section]
        names.append(Name(_join(parts), _read(parts), None, "municipality"))
    return names


def profession_name(prefecture: Municipality, chance: Random) -> Name:
    """Return the name of a professional body of a prefecture."""
    parts = [MARK, full_place(prefecture), chance.choice(words("professions"))]
    return Name(_join(parts), _read(parts), chance.choice(("general-association", "public-association")), "association")


def branch_name(parent: Name, chance: Random) -> Name:
    """Return the name of a branch; it is a body of its own and has no legal form of its own."""
    parts = [(parent.core, parent.reading), chance.choice(words("branches"))]
    return Name(_join(parts), _read(parts), parent.form, parent.sector)


def department_name(parent: Name) -> Name:
    """Return the name of a second body that only a part in parentheses tells from the first."""
    return Name(f"{parent.core}（こども部会）", f"{parent.reading}こどもぶかい", parent.form, parent.sector)


def numbered_name(name: Name, number: int) -> Name:
    """Return a name that a number tells from an equal one in the same municipality."""
    return Name(f"{name.core}第{number}", f"{name.reading}だい{number}", name.form, name.sector)


def _npo(place: Municipality, chance: Random) -> list[Word]:
    pattern = chance.choices("abcd", (15, 35, 30, 20))[0]
    theme, tail = chance.choice(words("themes")), chance.choice(words("npo-tails"))
    if pattern == "a":
        return [theme, tail]
    if pattern == "b":
        return [short_place(place), theme, tail]
    if pattern == "c":
        return [theme, chance.choice(words("objects")), tail]
    return [theme, ("・", ""), chance.choice(words("themes")), tail]


def _welfare(place: Municipality, chance: Random) -> list[Word]:
    parts = [chance.choice(words("welfare-words")), chance.choice(words("welfare-tails"))]
    return [short_place(place), *parts] if chance.random() < 0.5 else parts


def _medical(place: Municipality, chance: Random) -> list[Word]:
    parts = [chance.choice(words("welfare-words")), chance.choice(words("medical-tails"))]
    return [short_place(place), *parts] if chance.random() < 0.4 else parts


def _school(place: Municipality, chance: Random) -> list[Word]:
    return [short_place(place), chance.choice(words("welfare-words")), chance.choice(words("school-tails"))]


def _company(place: Municipality, chance: Random) -> list[Word]:
    parts = [chance.choice((*words("company-words"), *words("themes"))), chance.choice(words("industries"))]
    return [short_place(place), *parts] if chance.random() < 0.4 else parts


def _cooperative(place: Municipality, chance: Random) -> list[Word]:
    return [short_place(place), chance.choice(words("themes"))]


def _association(place: Municipality, chance: Random) -> list[Word]:
    parts = [chance.choice(words("themes")), chance.choice(words("objects")), chance.choice(words("association-tails"))]
    return [short_place(place), *parts] if chance.random() < 0.5 else parts


def _community(place: Municipality, chance: Random) -> list[Word]:
    parts = [chance.choice(words("town-words"))]
    if chance.random() < 0.6:
        parts.append(chance.choice(words("quarters")))
    parts.append(chance.choice(words("community-tails")))
    return [short_place(place), *parts] if chance.random() < 0.45 else parts


def _network(place: Municipality, chance: Random) -> list[Word]:
    return [full_place(place), chance.choice(words("objects")), chance.choice(words("network-tails"))]


_COMPANY_FORMS = ("stock-company", "limited-company", "limited-liability-company")
_ASSOCIATION_FORMS = ("general-association", "public-association", "general-foundation", "public-foundation")
_MAKERS: tuple[tuple[Callable[[Municipality, Random], list[Word]], str | None, str], ...] = (
    (_npo, "npo", "npo"),
    (_npo, None, "npo"),
    (_welfare, "social-welfare", "welfare-corporation"),
    (_medical, "medical", "other"),
    (_school, "school", "other"),
    (_company, "company", "company"),
    (_cooperative, "consumer-cooperative", "company"),
    (_association, "association", "association"),
    (_community, None, "community"),
    (_network, None, "network"),
)
_WEIGHTS = (22, 10, 12, 4, 2, 16, 1, 10, 21, 2)


def _join(parts: list[Word]) -> str:
    return "".join(word for word, _ in parts)


def _read(parts: list[Word]) -> str:
    return "".join(reading for _, reading in parts)
