"""The codes of issues and the sentences that go with them, read from ``issue_codes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tsunagari.errors import Message

SEVERITIES = ("error", "warning", "notice")
"""The most serious first; what each means stands at the top of the file."""


@dataclass(frozen=True, slots=True)
class IssueKind:
    """A kind of issue; the texts take the named parameters of `make_issue`.

    Parameters
    ----------
    severity
        One of `SEVERITIES`.
    message, hint
        What happened, and what to do.
    group
        What it is about: a key of `GROUPS`.
    fix
        Whether another value in its cell settles it: ``"ask"`` when a person has to say which, ``"near"`` when a name
        that is near enough may be proposed; None when no value does.
    """

    severity: str
    message: Message
    hint: Message
    group: str
    fix: str | None = None


def _kinds(data: Mapping[str, Any]) -> Iterator[tuple[str, IssueKind]]:
    for group in data["groups"]:
        for code, texts in data[group].items():
            message, hint = Message(texts["ja"], texts["en"]), Message(texts["hint_ja"], texts["hint_en"])
            yield code, IssueKind(texts["severity"], message, hint, group, texts.get("fix"))


_DATA = tomllib.loads(files("tsunagari.loaders.issues").joinpath("issue_codes.toml").read_text(encoding="utf-8"))
GROUPS: Mapping[str, Message] = MappingProxyType({name: Message(**texts) for name, texts in _DATA["groups"].items()})
CODES: Mapping[str, IssueKind] = MappingProxyType(dict(_kinds(_DATA)))
