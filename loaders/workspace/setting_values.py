"""Single values of tsunagari.toml, and the errors about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tsunagari.errors import Message, Place, WorkspaceError
from tsunagari.loaders.values import UnreadableDateError, parse_date
from tsunagari.ontology.records import Temporal

SETTINGS_NAME = "tsunagari.toml"
_TYPE_NAMES = {
    str: Message("文字列", "text"),
    bool: Message("true か false", "true or false"),
    int: Message("整数", "a whole number"),
    dict: Message("表", "a table"),
    list: Message("配列", "a list"),
}


def settings_error(ja: str, en: str, hint_ja: str = "", hint_en: str = "", *, row: int | None = None) -> WorkspaceError:
    """Return an error about tsunagari.toml."""
    return WorkspaceError(
        Message(ja, en), Message(hint_ja, hint_en) if hint_ja else None, Place(SETTINGS_NAME, row=row)
    )


def table_value(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a table; empty when there is none."""
    table: dict[str, Any] = typed_value(data, key, dict, {})
    return table


def typed_value(table: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    """Return a value of a type, or the default; anything else is an error."""
    value = table.get(key, default)
    if value is not default and not isinstance(value, kind):
        name = _TYPE_NAMES[kind]
        raise settings_error(
            f"{key} = {value!r} は使えません。",
            f"{key} = {value!r} cannot be used.",
            f"{name.ja}で書いてください。",
            f"Write {name.en}.",
        )
    return value


def text_value(table: Mapping[str, Any], key: str) -> str | None:
    """Return a text, or None."""
    value: str | None = typed_value(table, key, str, None)
    return value


def choice_value(table: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    """Return one of the choices, the first where the settings say nothing."""
    value = text_value(table, key) or choices[0]
    if value not in choices:
        listed = "、".join(choices), ", ".join(choices)
        raise settings_error(
            f"{key} = {value!r} は使えません。",
            f"{key} = {value!r} cannot be used.",
            f"使えるもの: {listed[0]}",
            f"Choose from: {listed[1]}",
        )
    return value


def text_values(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list as texts."""
    values = typed_value(table, key, list, [])
    return tuple(str(value) for value in values)


def one_or_more(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a text, or a list of texts, as several."""
    value = table.get(key)
    return (value,) if isinstance(value, str) else text_values(table, key)


def date_value(table: Mapping[str, Any], key: str) -> Temporal | None:
    """Return a date in any spelling that cells may have, or None."""
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    try:
        return parse_date(str(value))
    except UnreadableDateError:
        raise settings_error(
            f"{key} = {value!r} は日付として読めません。",
            f"{key} = {value!r} is no date.",
            "例: 2023-10-01",
            "Example: 2023-10-01",
        ) from None
