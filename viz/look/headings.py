"""Words that stand in cells of tables for people."""

from __future__ import annotations

from tsunagari.errors import Message

SEVERITIES = {
    "error": Message("誤り", "error"),
    "warning": Message("注意", "warning"),
    "notice": Message("お知らせ", "notice"),
}
"""Severity of an issue to what people read, the most serious first."""

VALIDITIES = {
    "certain": Message("確か", "certain"),
    "possible": Message("可能性あり", "possible"),
    "no": Message("いいえ", "no"),
}
"""Whether a statement holds on a day, in words."""
