"""What a build notes beside the graph: settings, what the load found, and the files it was made from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tsunagari.errors import Message, StoreError
from tsunagari.graph.facts.counted_scope import Scope
from tsunagari.loaders.files import sha256_if_read
from tsunagari.loaders.issues import Issue

FILE = "load.json"
FORMAT = 2


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a build notes.

    Parameters
    ----------
    title, as_of, scope
        Settings of the workspace.
    files
        Name of each file that was read to its SHA-256.
    issues
        What the load could not take over as it stood.
    build
        Fingerprint of the columns that were written with it; empty for a graph that no build wrote.
    """

    title: str
    as_of: date | None
    scope: Scope = field(default_factory=Scope)
    files: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    build: str = ""

    def write(self, folder: Path) -> None:
        """Write the report into the folder of a graph."""
        data = {
            "format": FORMAT,
            "build": self.build,
            "title": self.title,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "scope": asdict(self.scope),
            "files": dict(self.files),
            "issues": [issue.as_dict() for issue in self.issues],
        }
        data["seal"] = _seal(data)
        with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def changed_files(self, workspace: Path) -> list[str]:
        """Return the files of the workspace that are not what the graph was made from, in the order of the load."""
        return [name for name, digest in self.files.items() if (sha256_if_read(workspace / name) or "") != digest]


def read_report(folder: Path) -> LoadReport:
    """Read the report of a graph.

    Raises
    ------
    StoreError
        It is missing, damaged or of another version.
    """
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']}")
        if data["seal"] != _seal(data):
            raise ValueError("seal")
        return _from_dict(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            Message(
                f"グラフの記録が読めません: {folder / FILE}（{error}）",
                f"The record of the graph cannot be read: {folder / FILE} ({error})",
            ),
            Message("`tsunagari build` で作り直してください。", "Build it again with `tsunagari build`."),
        ) from error


def _seal(data: Mapping[str, Any]) -> str:
    """Return the checksum of a record, apart from the checksum in it."""
    said = {name: value for name, value in data.items() if name != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _from_dict(data: Mapping[str, Any]) -> LoadReport:
    areas = data["scope"]["areas"]
    return LoadReport(
        data["title"],
        date.fromisoformat(data["as_of"]) if data["as_of"] else None,
        Scope(None if areas is None else tuple(areas), data["scope"]["fields"]),
        data["files"],
        tuple(Issue.from_dict(item) for item in data["issues"]),
        data["build"],
    )


def changed_text(files: Iterator[str] | list[str]) -> Message:
    """Return the warning that a graph is older than its files."""
    names = list(files)
    return Message(
        f"グラフを作った後に変わったファイルがあります: {'、'.join(names)}。`tsunagari build` で作り直してください。",
        f"Files changed after the graph was built: {', '.join(names)}. Build it again with `tsunagari build`.",
    )
