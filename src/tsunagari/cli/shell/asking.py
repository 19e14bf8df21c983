"""What commands that ask in SPARQL share."""

from __future__ import annotations

from tsunagari.errors import Message

SHARED = ("workspace", "at", "stated_by", "timeout", "format", "output")
NO_ROWS = Message("該当する行はありません。", "No rows.")
