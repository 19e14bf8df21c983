"""Where readings wait from one build to the next: a folder beside the graph, which is replaced with it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tsunagari.loaders.kept.bound import BOUND, Bound, read_bound
from tsunagari.loaders.kept.frames import seal_of, sealed

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
    graph
        Fingerprint of the graph that the last build wrote; None takes no facts from it.
    found
        How many readings were taken from the last build.
    """

    old: Path | None
    new: Path
    graph: str | None = None
    found: int = field(default=0, init=False)
    _bound: Bound = field(default_factory=Bound, init=False)
    _facts: list[str] = field(default_factory=list, init=False)
    _seals: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Find what the last build kept; where that is damaged, nothing is taken."""
        if self.old is not None:
            with suppress(ValueError, OSError):
                self._bound = read_bound(self.old)

    def take(self, key: str) -> bytes | None:
        """Return what the last build kept under a key; None when it kept nothing, or it is another file by now."""
        seal = self._bound.seals.get(key)
        if self.old is None or seal is None:
            return None
        path = self.old / key
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        return data if seal_of(data) == seal else None

    def carry(self, key: str) -> None:
        """Keep what `take` gave for the next build too, and count it as found."""
        self.found += 1
        self._link(key)

    def take_facts(self, name: str) -> bytes | None:
        """Return what the last build kept of the facts of a list, where it is about the last graph."""
        is_of_last_graph = self._bound.graph == self.graph
        return self.take(name) if is_of_last_graph and name in self._bound.facts else None

    def carry_facts(self, name: str) -> None:
        """Keep what `take_facts` gave for the next build too."""
        self._link(name)
        self._facts.append(name)

    def keep_facts(self, name: str, data: bytes, *, size: int) -> None:
        """Keep what became of a list whose file has `size` bytes, in proportion to it."""
        self.keep(name, data, size=size)
        self._facts.append(name)

    def bind(self, graph: str) -> None:
        """Note that the facts kept are about the graph with a fingerprint, which is written."""
        with suppress(OSError):
            self.new.mkdir(exist_ok=True)
            seals = dict(sorted(self._seals.items()))
            said = {"graph": graph, "facts": sorted(seals.keys() & self._facts), "seals": seals}
            (self.new / BOUND).write_bytes(sealed([said]))

    def _link(self, key: str) -> None:
        assert self.old is not None
        with suppress(OSError):  # what cannot be kept is read again
            self.new.mkdir(exist_ok=True)
            try:
                os.link(self.old / key, self.new / key)
            except OSError:
                shutil.copyfile(self.old / key, self.new / key)
            self._seals[key] = self._bound.seals[key]

    def keep(self, key: str, data: bytes, *, size: int) -> None:
        """Keep a reading for the next build, unless it is out of proportion to the `size` of its file in bytes."""
        if len(data) > max(2 * size, _SMALL):
            return
        path = self.new / key
        try:
            self.new.mkdir(exist_ok=True)
            path.write_bytes(data)
            self._seals[key] = seal_of(data)
        except OSError:  # a full disk: what cannot be kept is read again
            with suppress(OSError):
                path.unlink(missing_ok=True)
