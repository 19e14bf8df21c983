"""What the public edition of a workspace may show: the table [public] of tsunagari.toml, and the words it may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tsunagari.errors import Message, WorkspaceError
from tsunagari.loaders.issues import nearest_texts
from tsunagari.loaders.workspace.setting_values import choice_value, settings_error, text_values, typed_value

TABLE = "public"
KEYS = ("allow", "blank", "persons")
BLANKS = ("withhold", "publish")
PERSONS = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A part of the graph that the public edition may show.

    Parameters
    ----------
    name
        What ``allow`` says.
    label, meaning
        Its name for people, which ``allow`` may say as well, and what it covers.
    is_default
        Whether it is allowed where the settings say nothing.
    classes, columns
        Local names of classes, subclasses included, and names of columns that are shown with it.
    needs
        The word without which it cannot be shown; empty for none.
    """

    name: str
    label: Message
    meaning: Message
    is_default: bool
    classes: tuple[str, ...]
    columns: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Always:
    """What is shown whatever the settings say.

    Parameters
    ----------
    classes, columns
        As in `Word`.
    places
        Classes of which every column is shown but those of the words `note` and `identifier`.
    """

    classes: tuple[str, ...]
    columns: tuple[str, ...]
    places: tuple[str, ...]


@cache
def publication_words() -> Mapping[str, Word]:
    """Return every word by its name, in the order of the documentation.

    Examples
    --------
    >>> [word.name for word in publication_words().values() if word.is_default]
    ['body', 'kind', 'field', 'municipality', 'platform']
    """
    return {
        name: Word(
            name,
            Message(said["ja"], said["en"]),
            Message(said["meaning_ja"], said["meaning_en"]),
            said.get("default", False),
            tuple(said["classes"]),
            tuple(said["columns"]),
            said.get("needs", ""),
        )
        for name, said in _data()["word"].items()
    }


@cache
def always_shown() -> Always:
    """Return what is shown whatever the settings say."""
    said = _data()["always"]
    return Always(tuple(said["classes"]), tuple(said["columns"]), tuple(said["places"]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("publication.toml").read_text(encoding="utf-8"))


def default_words() -> frozenset[str]:
    """Return the names of the words that are allowed where the settings say nothing."""
    return frozenset(word.name for word in publication_words().values() if word.is_default)


@dataclass(frozen=True, slots=True)
class Publication:
    """What may be published.

    Parameters
    ----------
    allow
        Names of the words that are shown.
    blank_is_consent
        Whether a member that its list does not ask, or that did not answer, may be published. A refusal never is.
    persons
        Counts of persons up to this number are suppressed; 0 suppresses none.
    """

    allow: frozenset[str] = frozenset(("body", "kind", "field", "municipality", "platform"))
    blank_is_consent: bool = False
    persons: int = PERSONS


def read_publication(settings: Mapping[str, Any]) -> Publication:
    """Return what the table [public] of the settings says; without one, the defaults.

    Parameters
    ----------
    settings
        The whole of tsunagari.toml.

    Raises
    ------
    WorkspaceError
        It holds a word or key that is not known, or a value that cannot be used.

    Examples
    --------
    >>> sorted(read_publication({"public": {"allow": ["団体", "contact"]}}).allow)
    ['body', 'contact']
    """
    table = typed_value(settings, TABLE, dict, {})
    unknown = [key for key in table if key not in KEYS]
    if unknown:
        raise _unknown(unknown[0], KEYS, f"[{TABLE}]")
    persons = typed_value(table, "persons", int, PERSONS)
    if isinstance(persons, bool) or persons < 0:
        raise settings_error(
            f"[{TABLE}] の persons = {persons!r} は使えません。",
            f"persons = {persons!r} in [{TABLE}] cannot be used.",
            "この人数以下を秘匿します。0 以上の整数を書いてください。",
            "Counts of persons up to it are suppressed; write a whole number, 0 or more.",
        )
    allow = frozenset(map(_word, text_values(table, "allow"))) if "allow" in table else default_words()
    for name in allow:
        needs = publication_words()[name].needs
        if needs and needs not in allow:
            raise settings_error(
                f"[{TABLE}] の allow に「{name}」があるのに「{needs}」がありません。",
                f"`allow` of [{TABLE}] has {name!r} without {needs!r}.",
                f"「{name}」は「{needs}」と一緒に書いてください。",
                f"Write {name!r} together with {needs!r}.",
            )
    return Publication(allow, choice_value(table, "blank", BLANKS) == BLANKS[1], persons)


def _word(text: str) -> str:
    """Return the word that a text names, in the spelling of the settings or its name for people."""
    known = publication_words()
    wanted = text.strip()
    for word in known.values():
        if wanted.lower() in (word.name, word.label.en) or wanted == word.label.ja:
            return word.name
    raise _unknown(text, [*known, *(word.label.ja for word in known.values())], f"[{TABLE}] allow")


def _unknown(text: str, known: Iterable[str], where: str) -> WorkspaceError:
    nearest = nearest_texts(text, known)
    listed = "、".join(f"{name}（{word.label.ja}）" for name, word in publication_words().items())
    is_key = where == f"[{TABLE}]"
    return settings_error(
        f"{where} の「{text}」は分かりません。近いもの: {'、'.join(nearest)}",
        f"{text!r} in {where} is not known; nearest: {', '.join(nearest)}",
        f"使えるもの: {'、'.join(KEYS) if is_key else listed}",
        f"Choose from: {', '.join(KEYS if is_key else publication_words())}",
    )
