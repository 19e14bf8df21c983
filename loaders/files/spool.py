"""Rows that wait for their turn: the first few thousand of a list in memory, those of a large one in a file."""

from __future__ import annotations

import marshal
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO, Any, Generic, TypeVar, overload

Item = TypeVar("Item")

BATCH = 10_000  # items that are written and read at once
_ON_DISK = "/var/tmp"  # noqa: S108 - where systems keep /tmp in memory, this is still on disk
_shared: list[str] = []
"""The folder for spools that another process goes on with, while there is one."""


def _same(item: Any) -> Any:
    return item


class Spool(Sequence[Item], Generic[Item]):
    """Items in the order in which they came, read as often as needed.

    Each full batch goes to a temporary file that nobody else can open and that vanishes with the spool. An item that
    was changed after it was added may come back unchanged.

    Parameters
    ----------
    items
        The first items.
    pack, unpack
        From an item to plain lists, tuples, dicts, texts and numbers, and back; as it is when not given.

    Examples
    --------
    >>> rows = Spool(((number, ["架空の会"]) for number in range(25_000)))
    >>> len(rows), rows[24_999], [number for number, _ in rows[:2]]
    (25000, (24999, ['架空の会']), [0, 1])
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        *,
        pack: Callable[[Item], Any] = _same,
        unpack: Callable[[Any], Item] = _same,
    ) -> None:
        self._pack = pack
        self._unpack = unpack
        self._last: list[Item] = []
        self._batches: list[tuple[int, int]] = []
        self._file: IO[bytes] | None = None
        self.extend(items)

    def append(self, item: Item) -> None:
        """Add an item."""
        self._last.append(item)
        if len(self._last) == BATCH:
            self._write()

    def extend(self, items: Iterable[Item]) -> None:
        """Add items."""
        for item in items:
            self.append(item)

    def extend_packed(self, batch: list[Any]) -> None:
        """Add a full batch of items that are packed already, before any that is not."""
        assert len(batch) == BATCH
        assert not self._last
        self._write_packed(batch)

    def packed(self) -> Iterator[list[Any]]:
        """Yield the items as they were packed, a batch at a time; the last one is not full, and may be empty."""
        yield from map(self._read, range(len(self._batches)))
        yield list(map(self._pack, self._last))

    def __iadd__(self, items: Iterable[Item]) -> Spool[Item]:
        self.extend(items)
        return self

    def __len__(self) -> int:
        return BATCH * len(self._batches) + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        unpack = self._unpack
        for batch in range(len(self._batches)):
            yield from map(unpack, self._read(batch))
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return list(islice(self, *index.indices(len(self))))
        place = range(len(self))[index]
        batch, within = divmod(place, BATCH)
        return self._last[within] if batch == len(self._batches) else self._unpack(self._read(batch)[within])

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to go on with the spool; its file has a name under `shared_spools`."""
        if self._file is not None:
            self._file.flush()
        name = None if self._file is None else self._file.name
        return {"pack": self._pack, "unpack": self._unpack, "last": self._last, "batches": self._batches, "file": name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._pack, self._unpack = state["pack"], state["unpack"]
        self._last, self._batches, self._file = state["last"], state["batches"], None
        if state["file"] is not None:
            self._file = open(state["file"], "rb+")  # noqa: PTH123, SIM115 - open as long as the spool lives
            weakref.finalize(self, _close, self._file, state["file"])
            with suppress(OSError):  # Windows removes no file that is open; it goes with the spool
                os.unlink(state["file"])  # noqa: PTH108 - as cheap as it gets

    def _write(self) -> None:
        self._write_packed(list(map(self._pack, self._last)))
        self._last.clear()

    def _write_packed(self, batch: list[Any]) -> None:
        if self._file is None:
            self._file = _shared_file(_shared[-1]) if _shared else _temporary_file()
            weakref.finalize(self, self._file.close)
        data = marshal.dumps(batch)
        self._batches.append((self._file.seek(0, os.SEEK_END), len(data)))
        self._file.write(data)

    def _read(self, batch: int) -> list[Any]:
        assert self._file is not None
        offset, size = self._batches[batch]
        self._file.seek(offset)
        items: list[Any] = marshal.loads(self._file.read(size))  # noqa: S302 - this process wrote it
        return items


def spooled(items: Iterable[Item]) -> Sequence[Item]:
    """Return the items as a list when they are few, else as a spool.

    Examples
    --------
    >>> spooled(iter("架空"))
    ['架', '空']
    """
    rest = iter(items)
    first = list(islice(rest, BATCH))
    if len(first) < BATCH:
        return first
    spool = Spool(first)
    spool.extend(rest)
    return spool


@contextmanager
def shared_spools(folder: str) -> Iterator[None]:
    """Keep the files of spools that are made meanwhile in a folder, where another process finds them."""
    _shared.append(folder)
    try:
        yield
    finally:
        _shared.pop()


def spool_folder() -> str | None:
    """Return the folder for files that are read once more; None where the system has its own."""
    is_usable = not {"TMPDIR", "TEMP", "TMP"} & os.environ.keys() and os.access(_ON_DISK, os.W_OK)
    return _ON_DISK if is_usable else None


def _shared_file(folder: str) -> IO[bytes]:
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    return open(name, "wb+")  # noqa: PTH123 - open as long as the spool lives


def _temporary_file() -> IO[bytes]:
    return tempfile.TemporaryFile(dir=spool_folder())


def _close(file: IO[bytes], name: str) -> None:
    file.close()
    with suppress(OSError):
        os.unlink(name)  # noqa: PTH108 - as cheap as it gets
        os.rmdir(os.path.dirname(name))  # noqa: PTH106, PTH120 - as cheap as it gets
