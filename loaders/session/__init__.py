"""All lists of a workspace to one load of records."""

from __future__ import annotations

from tsunagari.loaders.session.load import Load, Progress, load_workspace
from tsunagari.loaders.session.parts import (
    Part,
    SourceContent,
    SourceInput,
    read_content,
    read_source,
    read_tables,
    recognized_kinds,
)
from tsunagari.loaders.session.source_info import SourceInfo

__all__ = [
    "Load",
    "Part",
    "Progress",
    "SourceContent",
    "SourceInfo",
    "SourceInput",
    "load_workspace",
    "read_content",
    "read_source",
    "read_tables",
    "recognized_kinds",
]
