"""A workspace with one public file in it, and what it gives."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n'
PutSource = Callable[..., Path]


@pytest.fixture
def put_source(tmp_path: Path) -> PutSource:
    """Return a function that writes a file and adds it to the settings of the workspace."""

    def put(file: str, data: bytes | str, kind: str, further: str = "", *, head: str = SETTINGS) -> Path:
        (tmp_path / file).write_bytes(data.encode() if isinstance(data, str) else data)
        settings = tmp_path / "tsunagari.toml"
        text = settings.read_text(encoding="utf-8") if settings.exists() else head
        text += f'\n[[source]]\nfile = "{file}"\nkind = "{kind}"\n{further}\n'
        settings.write_text(text, encoding="utf-8")
        return tmp_path

    return put


@pytest.fixture
def csv_bytes() -> Callable[..., bytes]:
    """Return a function that gives rows as the bytes of a CSV file."""

    def write(rows: Iterable[Sequence[str]], encoding: str = "cp932") -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return text.getvalue().encode(encoding)

    return write


@pytest.fixture
def zip_bytes() -> Callable[..., bytes]:
    """Return a function that gives an archive: name of a member with ``_dot_`` for its dot → content."""

    def write(**members: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name.replace("_dot_", "."), data)
        return buffer.getvalue()

    return write
