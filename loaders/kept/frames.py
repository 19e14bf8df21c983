"""Sealed files of compressed JSON: whatever is in one, reading it gives plain values or an error, and runs nothing."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

_MAGIC = b"tsunagari lists 2\n"
_SEAL = hashlib.sha256().digest_size
_HEAD = struct.Struct(">QQ")  # bytes of a frame as JSON, and compressed
_LARGEST = 1 << 28  # bytes of one frame as JSON


def sealed(frames: Iterable[Any]) -> bytes:
    """Return values that JSON can hold as the bytes of a file, each a frame of its own.

    Raises
    ------
    ValueError
        When JSON cannot hold one, or one is too large.

    Examples
    --------
    >>> list(opened(sealed([{"rows": 2}, ["架空の会"]])))
    [{'rows': 2}, ['架空の会']]
    """
    codec = pa.Codec("zstd", compression_level=1)
    parts = [_MAGIC]
    for frame in frames:
        try:
            data = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        except TypeError as error:
            raise ValueError(str(error)) from None
        if len(data) > _LARGEST:
            raise ValueError(f"{len(data):,} bytes")
        packed = codec.compress(data, asbytes=True)
        parts += (_HEAD.pack(len(data), len(packed)), packed)
    body = b"".join(parts)
    return body + hashlib.sha256(body).digest()


def opened(data: bytes) -> Iterator[Any]:
    """Return the values of a file, each made when it is asked for.

    Raises
    ------
    ValueError
        When the file is not as `sealed` made it.
    """
    body = memoryview(data)[:-_SEAL]
    if not data.startswith(_MAGIC) or hashlib.sha256(body).digest() != data[-_SEAL:]:
        raise ValueError("seal")
    return _frames(body)


def seal_of(data: bytes) -> str:
    """Return the seal of a file that `sealed` made; two files of one seal are the same file."""
    return data[-_SEAL:].hex()


def _frames(body: memoryview) -> Iterator[Any]:
    codec, place = pa.Codec("zstd"), len(_MAGIC)
    while place < len(body):
        try:
            size, packed = _HEAD.unpack(body[place : place + _HEAD.size])
        except struct.error as error:
            raise ValueError(str(error)) from None
        place += _HEAD.size
        if size > _LARGEST or place + packed > len(body):
            raise ValueError("frame")
        try:
            text = codec.decompress(body[place : place + packed], size, asbytes=True)
        except (OSError, pa.ArrowException) as error:
            raise ValueError(str(error)) from None
        yield json.loads(text.decode("utf-8", "surrogatepass"))
        place += packed
