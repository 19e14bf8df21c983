"""A workspace written for one test, and shortcuts to look at what a load gave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n'
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
WriteWorkspace = Callable[..., Path]


@pytest.fixture
def write_workspace(tmp_path: Path) -> WriteWorkspace:
    """Return a function that writes lists and settings naming them: kind → content or (content, further settings)."""

    def write(settings: str = SETTINGS, **lists: str | bytes | tuple[str | bytes, str]) -> Path:
        text = settings
        for name, content in lists.items():
            kind = name.replace("_", "-")
            body, further = content if isinstance(content, tuple) else (content, "")
            data = body.encode() if isinstance(body, str) else body
            (tmp_path / f"{kind}.csv").write_bytes(data)
            text += f'\n[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n{further}\n'
        (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write
