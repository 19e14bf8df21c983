"""Errors that a user can act on: what happened, where, and what to do, in Japanese and English."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages.

    Parameters
    ----------
    ja, en
        The sentence in Japanese and in English.
    """

    ja: str
    en: str

    def text(self, lang: str = "ja") -> str:
        """Return the sentence in `lang` (``"ja"`` or ``"en"``; anything else gives Japanese)."""
        return self.en if lang == "en" else self.ja


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found; parts that do not apply are None."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def text(self, lang: str = "ja") -> str:
        """Return the place as one readable phrase, empty when nothing is known."""
        names = {
            "ja": ("ファイル", "シート", "行", "列", "値"),
            "en": ("file", "sheet", "row", "column", "value"),
        }["en" if lang == "en" else "ja"]
        parts = (self.file, self.sheet, self.row, self.column, self.value)
        return ", ".join(f"{name} {part}" for name, part in zip(names, parts, strict=True) if part is not None)


@dataclass(eq=False)
class TsunagariError(Exception):
    """Base of every error the package raises on purpose.

    Parameters
    ----------
    message
        What happened.
    hint
        What to do about it.
    place
        Where it was found.
    """

    message: Message
    hint: Message | None = None
    place: Place = field(default_factory=Place)

    def text(self, lang: str = "ja") -> str:
        """Return message, place and hint as one line in `lang`."""
        place = self.place.text(lang)
        parts = [self.message.text(lang), f"({place})" if place else "", self.hint.text(lang) if self.hint else ""]
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.text("en")


class WorkspaceError(TsunagariError):
    """The workspace or its settings cannot be used."""


class SourceError(TsunagariError):
    """A source file cannot be read at all."""


class StoreError(TsunagariError):
    """The graph store is missing, damaged or cannot be written."""


class QueryError(TsunagariError):
    """A query or question cannot be run."""


class UnknownNameError(TsunagariError):
    """A name, code or option stands for nothing known; the hint lists the nearest ones."""


class AmbiguousNameError(UnknownNameError):
    """A name stands for several things; the hint lists them with their identifiers."""


class NetworkError(TsunagariError):
    """A network, its weights or a partition of it cannot be measured."""


class ScenarioError(TsunagariError):
    """An edit of a scenario cannot be understood or carried out."""


class OutputError(TsunagariError):
    """A result cannot be written."""
