"""Where readings wait from one build to the next: a folder beside the graph, which is replaced with it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LISTS = "lists"
_LARGEST = 1 << 30  # bytes of one file
_SMALL = 1 << 16  # bytes that any list may take


@dataclass(slots=True)
class Shelf:
    """The readings of the last build, and those for the next.

    A file that was not asked for in this build is not there in the next: a list that left the workspace leaves nothing.

    Parameters
    ----------
    old
        Folder of the last build; None to read every list anew.
    new
        Folder that this build fills; its parent exists.
    found
        How many readings were taken from the last build.
    """

    old: Path | None
    new: Path
    found: int = field(default=0, init=False)

    def take(self, key: str) -> bytes | None:
        """Return what the last build kept under a key; None when it kept nothing, or nothing of a usual size."""
        if self.old is None:
            return None
        path = self.old / key
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def carry(self, key: str) -> None:
        """Keep what `take` gave for the next build too, and count it as found."""
        assert self.old is not None
        self.found += 1
        with suppress(OSError):  # what cannot be kept is read again
            self.new.mkdir(exist_ok=True)
            try:
                os.link(self.old / key, self.new / key)
            except OSError:
                shutil.copyfile(self.old / key, self.new / key)

    def keep(self, key: str, data: bytes, *, size: int) -> None:
        """Keep a reading for the next build, unless it is out of proportion to the `size` of its file in bytes."""
        if len(data) > max(2 * size, _SMALL):
            return
        with suppress(OSError):
            self.new.mkdir(exist_ok=True)
            (self.new / key).write_bytes(data)
