"""Filling a new store: N-Quads in parts, loaded in the background while the next part is being made."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from types import TracebackType

import pyoxigraph as ox

# Large parts make few files in the store, which is then quicker to read; small ones need less memory while they load.
PART = 200_000
_PART_BYTES = 100_000_000
_AT_ONCE = 10_000
_WORKERS = min(2, os.cpu_count() or 1)


class BulkLoader:
    """Loads quads into a store; leave the block to see them all.

    Oxigraph works outside Python's lock, so that a part is loaded while Python makes the next one. A part that cannot
    be loaded raises its error from one of the later calls.

    Parameters
    ----------
    store
        A new store.
    part
        How many quads are loaded at once; `PART` when None.
    also
        Takes the lines of every part too, in the background and in no stated order.
    """

    def __init__(
        self, store: ox.Store, *, part: int | None = None, also: Callable[[bytes], None] | None = None
    ) -> None:
        self._store = store
        self._also = also
        self._part = part or PART
        self._lines: list[str] = []
        self._count = 0
        self._size = 0
        self._total = 0
        self._loaded = 0
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="bulk-load")
        self._running: deque[tuple[Future[None], int]] = deque()

    def __enter__(self) -> BulkLoader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        del self._store  # its files are let go of even while an error keeps this object

    def add(self, lines: list[str]) -> None:
        """Add quads as lines of N-Quads, each with its end of line."""
        text = "".join(lines)
        self._lines.append(text)
        self._count += len(lines)
        self._size += len(text)
        if self._count >= self._part or self._size >= _PART_BYTES:
            self._submit()

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        lines = (f"{quad} .\n" for quad in quads)
        while part := list(islice(lines, _AT_ONCE)):
            self.add(part)

    def finish(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Load what is left, telling how many quads of how many are in the store."""
        self._submit()
        while self._running:
            if tell is not None:
                tell(self._loaded, self._total)
            self._wait()
        if tell is not None:
            tell(self._loaded, self._total)

    def _submit(self) -> None:
        data, count = "".join(self._lines).encode(errors="replace"), self._count
        self._lines, self._count, self._size = [], 0, 0
        self._total += count
        while len(self._running) >= _WORKERS:
            self._wait()
        self._running.append((self._pool.submit(self._load, data), count))

    def _wait(self) -> None:
        future, count = self._running.popleft()
        future.result()
        self._loaded += count

    def _load(self, data: bytes) -> None:
        # the text comes from `QuadWriter`, which writes no IRI that needs another check
        self._store.bulk_load(data, ox.RdfFormat.N_QUADS, lenient=True)
        if self._also is not None and data:
            self._also(data)
