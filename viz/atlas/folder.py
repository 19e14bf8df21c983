"""A folder of files of ours, of which only those that changed are written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from tsunagari.atomic_files import cannot_write, write_files, write_output
from tsunagari.errors import Message, OutputError

MANIFEST = "atlas.json"
FORMAT = 1
MOST_FILES, MOST_BYTES = 200, 32_000_000
"""Of pages that are written together: the disk takes them at once, and so many are kept in memory at most."""


@dataclass(slots=True)
class Folder:
    """The folder of an atlas: what stands in it, and what was written into it this time.

    Parameters
    ----------
    path
        The folder; made when missing.

    Raises
    ------
    OutputError
        It is a file, or it holds files but no atlas, so that something of somebody else's could be lost.
    """

    path: Path
    written: int = 0
    same: int = 0
    removed: int = 0
    _before: dict[str, str] = field(default_factory=dict)
    _now: dict[str, str] = field(default_factory=dict)
    _waiting: dict[Path, bytes] = field(default_factory=dict)
    _size: int = 0

    def __post_init__(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise cannot_write(self.path, NotADirectoryError(20, "not a folder"))
        if (self.path / MANIFEST).is_file():
            self._before = _read_manifest(self.path / MANIFEST)
        elif self.path.is_dir() and any(self.path.iterdir()):
            raise OutputError(
                Message(f"{self.path} にはほかのファイルがあります。", f"{self.path} holds other files and no atlas."),
                Message(
                    "空のフォルダーか、前に作ったアトラスのフォルダーを指定してください。",
                    "Name an empty folder, or the folder of an atlas that was written before.",
                ),
            )

    def add(self, name: str, text: str) -> None:
        """Write a file unless it stands there as it is."""
        data = text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        self._now[name] = digest
        target = self.path / name
        if self._before.get(name) == digest and target.is_file() and target.stat().st_size == len(data):
            self.same += 1
            return
        self._waiting[target] = data
        self._size += len(data)
        self.written += 1
        if len(self._waiting) >= MOST_FILES or self._size >= MOST_BYTES:
            self._write()

    def _write(self) -> None:
        write_files(self._waiting)
        self._waiting, self._size = {}, 0

    def finish(self) -> None:
        """Remove what an earlier atlas left and this one does not have, and note what stands here now."""
        self._write()
        for name in sorted(self._before.keys() - self._now.keys()):
            (self.path / name).unlink(missing_ok=True)
            self.removed += 1
        listed = {"format": FORMAT, "files": dict(sorted(self._now.items()))}
        write_output(self.path / MANIFEST, (json.dumps(listed, ensure_ascii=False, indent=0) + "\n").encode())


def _read_manifest(path: Path) -> dict[str, str]:
    """Return name and digest of each file; of a manifest that is damaged or of another version nothing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        files = found["files"] if found["format"] == FORMAT else {}
        return {str(name): str(digest) for name, digest in files.items() if _inside(str(name))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _inside(name: str) -> bool:
    """Tell whether a name stays within the folder, so that an edited manifest removes nothing else."""
    parts = Path(name).parts
    return (
        bool(parts) and not Path(name).is_absolute() and ".." not in parts and name.endswith((".html", ".js", ".css"))
    )
