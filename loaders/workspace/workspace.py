"""Workspaces: read their settings, load their files, write a new one."""

from __future__ import annotations

from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.session.source_info import SourceInfo
from tsunagari.loaders.workspace.settings import SETTINGS_NAME, Source, Workspace, read_workspace
from tsunagari.loaders.workspace.starter import init_workspace

__all__ = [
    "SETTINGS_NAME",
    "Load",
    "Source",
    "SourceInfo",
    "Workspace",
    "init_workspace",
    "load_workspace",
    "read_workspace",
]
