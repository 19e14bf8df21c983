"""The settings of a workspace and the kinds of lists."""

from __future__ import annotations

from tsunagari.loaders.workspace.kinds import KINDS, Kind, find_kind
from tsunagari.loaders.workspace.publication import Publication, always_shown, publication_words
from tsunagari.loaders.workspace.setting_values import SETTINGS_NAME
from tsunagari.loaders.workspace.settings import (
    DEFAULT_FIELDS,
    Source,
    Workspace,
    read_workspace,
    settings_error,
    workspace_publication,
)

__all__ = [
    "DEFAULT_FIELDS",
    "KINDS",
    "SETTINGS_NAME",
    "Kind",
    "Publication",
    "Source",
    "Workspace",
    "always_shown",
    "find_kind",
    "publication_words",
    "read_workspace",
    "settings_error",
    "workspace_publication",
]
