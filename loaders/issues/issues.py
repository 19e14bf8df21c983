"""What a load could not take over as it stood: an issue has a code of `issue_codes`, a place and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from tsunagari.errors import Message, SourceError
from tsunagari.loaders.issues.issue_codes import CODES

# How lists of names show what tells one from another: 架空の会 (org/1), 府中市 132063, 府中市（東京都）.
_SHOWN_ID = re.compile(r".* \(([a-z-]+/[^()]+)\)")
_SHOWN_CODE = re.compile(r" (?:\d{5,6}|\([^()]*:\d+\))$")
_NO_HINT = Message("元のファイルを確かめてください。", "Check the file.")


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding of a load.

    Parameters
    ----------
    severity
        ``"error"``, ``"warning"`` or ``"notice"``.
    code
        Key in `issue_codes.CODES`; codes never change their meaning.
    message, hint
        What was found, and what to do.
    file, sheet, row, column, value
        Where: the header is row 1 of a plain CSV. None where it does not apply.
    candidates
        What may be meant instead of the value, best first, as a cell would say it.
    count
        How many issues it stands for: more than one where further ones of a kind were only counted.
    of
        The code of those; None when it stands for itself.
    """

    severity: str
    code: str
    message: Message
    hint: Message
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    candidates: tuple[str, ...] = ()
    count: int = 1
    of: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain nested dicts that JSON can hold; `from_dict` reads them back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Issue:
        """Return the issue that `as_dict` wrote."""
        texts = {name: Message(**data[name]) for name in ("message", "hint")}
        return cls(**{**data, **texts, "candidates": tuple(data.get("candidates", ()))})


def make_issue(
    code: str,
    *,
    file: str | None = None,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **params: object,
) -> Issue:
    """Return an issue of a known code.

    Parameters
    ----------
    code
        Key in `issue_codes.CODES`.
    file, sheet, row, column, value
        Where it was found; the texts may name file, column and value.
    params
        What else the texts of this code name; a `Message` gives each language its own words.

    Examples
    --------
    >>> make_issue("bad-date", file="members.csv", row=3, column="入会日", value="未定").message.en
    "'未定' is no date."
    """
    kind = CODES[code]
    shown = None if value is None else shorten(value)
    known: dict[str, object] = {"file": file, "column": column, "value": shown, **params}
    message, hint = _fill(kind.message, known), _fill(kind.hint, known)
    return Issue(kind.severity, code, message, hint, file, sheet, row, column, shown, _candidates(params))


def _candidates(params: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the cell might say instead: the nearest names without the ids and codes shown beside them."""
    nearest, corrected = params.get("nearest"), params.get("corrected")
    if isinstance(nearest, Names) and nearest.parts:
        return tuple(_as_answer(name.ja) for name in nearest.parts)
    return (corrected,) if isinstance(corrected, str) else ()


def _as_answer(name: str) -> str:
    shown = _SHOWN_ID.fullmatch(name)
    return shown[1] if shown else _SHOWN_CODE.sub("", name)


def unreadable_file(error: SourceError, file: str) -> Issue:
    """Return the issue of a file that cannot be read at all, with the reason and the remedy of its error."""
    place = error.place
    return make_issue(
        "unreadable-file",
        file=place.file or file,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        value=place.value,
        reason=error.message,
        remedy=error.hint or _NO_HINT,
    )


def left_out(issue: Issue) -> Issue:
    """Return the issue saying as well that the whole row was left out."""
    message = replace(
        issue.message,
        ja=f"{issue.message.ja}この行は読みませんでした。",
        en=f"{issue.message.en} The row was left out.",
    )
    return replace(issue, message=message)


def shorten(text: str, *, limit: int = 80) -> str:
    """Return `text` cut to `limit` characters with an ellipsis, so that a huge cell does not fill the report."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


@dataclass(frozen=True, slots=True)
class Names(Message):
    """A list of names as one text.

    Parameters
    ----------
    parts
        The names.
    """

    parts: tuple[Message, ...] = ()


def join_names(names: Iterable[Message]) -> Names:
    """Return names as one list in each language; a dash when there are none."""
    listed = tuple(names)
    ja, en = "、".join(name.ja for name in listed) or "－", ", ".join(name.en for name in listed) or "–"
    return Names(ja, en, listed)


def plain_names(names: Iterable[str]) -> Names:
    """Return names that are the same in both languages as one list."""
    return join_names(Message(name, name) for name in names)


def nearest_texts(text: str, choices: Iterable[str], n: int = 3) -> list[str]:
    """Return up to `n` of `choices` most like `text`, best first."""
    return [choice for choice, _, _ in process.extract(text, list(dict.fromkeys(choices)), scorer=fuzz.ratio, limit=n)]


def issues_frame(issues: Iterable[Issue], lang: str = "ja") -> list[dict[str, object]]:
    """Return one plain dict an issue, ready for a data frame, a CSV file or JSON; the order is kept.

    Keys: severity, code, file, sheet, row, column, value, message and hint in `lang`, candidates, count, of.
    """
    return [
        {
            "severity": issue.severity,
            "code": issue.code,
            "file": issue.file,
            "sheet": issue.sheet,
            "row": issue.row,
            "column": issue.column,
            "value": issue.value,
            "message": issue.message.text(lang),
            "hint": issue.hint.text(lang),
            "candidates": list(issue.candidates),
            "count": issue.count,
            "of": issue.of,
        }
        for issue in issues
    ]


def _fill(template: Message, params: Mapping[str, object]) -> Message:
    by_language = (
        {name: value.text(lang) if isinstance(value, Message) else value for name, value in params.items()}
        for lang in ("ja", "en")
    )
    ja, en = by_language
    return Message(template.ja.format(**ja), template.en.format(**en))
