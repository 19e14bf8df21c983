"""Damaged files from sound ones: bytes, texts, parts of archives; the same chance gives the same damage."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

NUMBERS = ("0", "-1", "1048577", "2147483648", "99999999", "1e308", "-1e400", "9" * 40, "9" * 5000, "NaN", "1E-400")
CELLS = ("XFD1048576", "ZZZ9", "A0", "A99999999999", "a1", "", "AAAAAAAAA1", "B1", "XFD1", "A1048576")
TEXTS = ("\x00", "😀" * 50, "\u202e", "=1+1", '"', "<", "&", "\n" * 500, "\t", "あ" * 40_000, "%s{}")
NESTS = (("[", "]"), ("{", "}"), ("(", ")"), ("<a>", "</a>"), ('{"a":', "}"), ("[[", "]]"))
REPEATS = re.compile(rb'(number-(?:rows|columns)-(?:repeated|spanned)=")\d+')


def flip(data: bytes, chance: Random) -> bytes:
    """Change some bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Random) -> bytes:
    """Break off, at either end."""
    place = chance.randrange(len(data) + 1)
    return data[:place] if chance.random() < 0.8 else data[place:]


def blank(data: bytes, chance: Random) -> bytes:
    """Overwrite a stretch with one byte."""
    start = chance.randrange(len(data) + 1)
    size = chance.choice((1, 4, 64, 512, 4096))
    return data[:start] + bytes([chance.choice((0, 0xFF, 0x20, 0x22))]) * size + data[start + size :]


def repeat(data: bytes, chance: Random) -> bytes:
    """Repeat or move a stretch."""
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((1, 16, 300, 5000))]
    place = chance.randrange(len(data) + 1)
    return data[:place] + part * chance.choice((1, 2, 30)) + data[place:]


def sprinkle(data: bytes, chance: Random) -> bytes:
    """Put random bytes in."""
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 3, 40, 2000))) + data[place:]


def put_text(data: bytes, chance: Random) -> bytes:
    """Put a difficult text in, between two lines or anywhere."""
    text = chance.choice((*TEXTS, *NUMBERS)).encode("utf-8", "surrogatepass")
    places = [found.start() for found in re.finditer(rb'[,\n"<>]', data)] or [0]
    place = chance.choice(places)
    return data[:place] + text + data[place:]


def put_number(data: bytes, chance: Random) -> bytes:
    """Put another number in the place of one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return put_text(data, chance)
    match = chance.choice(found)
    return data[: match.start()] + chance.choice(NUMBERS).encode() + data[match.end() :]


def nest(data: bytes, chance: Random) -> bytes:
    """Put deep brackets in."""
    first, last = chance.choice(NESTS)
    depth = chance.choice((50, 3000, 100_000))
    text = (first * depth + (last * depth if chance.random() < 0.6 else "")).encode()
    place = chance.choice([0, len(data), *(found.end() for found in re.finditer(rb"[=:{>]", data))])
    return data[:place] + text + data[place:]


def put_escape(data: bytes, chance: Random) -> bytes:
    """Put half characters and the like into a quoted text."""
    text = chance.choice((b"\\ud800", b"\\uDC00\\uD800", b"\\u0000", b"\\U00110000", b"\\x", b"&#xD800;", b"&x;"))
    places = [found.end() for found in re.finditer(rb'["\'>]', data)] or [0]
    place = chance.choice(places)
    return data[:place] + text + data[place:]


def entities(data: bytes, chance: Random) -> bytes:
    """Put entities before an XML document that grow when they are resolved, or that name files and addresses."""
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 12}">' for n in range(1, 12))
    outer = '<!ENTITY e11 SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">'
    head = f'<!DOCTYPE a [<!ENTITY e0 "eeeeeeeeee">{grown if chance.random() < 0.6 else outer}]>'.encode()
    start = data.find(b"?>") + 2 if b"?>" in data[:200] else 0
    body = re.sub(rb">([^<>]{1,40})<", rb">&e11;<", data[start:], count=1)
    return data[:start] + head + body


def far_cell(data: bytes, chance: Random) -> bytes:
    """Let cells stand elsewhere, or repeat them endlessly."""
    if REPEATS.search(data) or b"table:table-cell" in data:
        count = chance.choice((b"16384", b"1048576", b"99999999", b"4294967296", b"-5"))
        changed = REPEATS.sub(rb"\g<1>" + count, data)
        name = chance.choice((b"columns", b"rows"))
        tag = b"<table:table-cell" if name == b"columns" else b"<table:table-row"
        return changed.replace(tag, tag + b" table:number-" + name + b'-repeated="' + count + b'"', 1)
    found = list(re.finditer(rb' r="([A-Z]*\d+)"', data))
    if not found:
        return put_number(data, chance)
    match = chance.choice(found)
    return data[: match.start(1)] + chance.choice(CELLS).encode() + data[match.end(1) :]


BYTES: tuple[Mutation, ...] = (flip, cut, blank, repeat, sprinkle)
WORDS: tuple[Mutation, ...] = (*(put_text, put_number, nest, put_escape) * 3, *BYTES)
MARKUP: tuple[Mutation, ...] = (*WORDS, entities, far_cell, far_cell)


def damaged(data: bytes, chance: Random) -> bytes:
    """Return a file damaged in one to three ways: an archive as a whole or in one of its parts."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if data.startswith(b"PK") and chance.random() < 0.75:
            data = _repacked(data, chance)
        else:
            is_text = b"\0" not in data[:512]
            markup = data.lstrip()[:1] == b"<"
            data = chance.choice(MARKUP if markup else WORDS if is_text else BYTES)(data, chance)
    return data


def _repacked(data: bytes, chance: Random) -> bytes:
    """Damage one part of an archive; the archive itself stays sound, but for what its table of contents claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # it was damaged before
        return flip(data, chance)
    if not parts:
        return data
    weights = [8 if re.search(r"sheet\d|content\.xml|\.csv", name) else 1 for name in parts]
    (name,) = chance.choices(list(parts), weights)
    way = chance.random()
    if way < 0.01:
        parts[name] += b" " * (300 << 20)  # a bomb
    elif way < 0.1:
        del parts[name]
    elif way < 0.15:
        parts[f"{name}/../../{name}"] = parts[name]
    else:
        parts[name] = chance.choice(MARKUP)(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    packed = buffer.getvalue()
    if chance.random() < 0.1:  # another size than the one that unpacking gives
        place = packed.rfind(b"PK\x01\x02")
        packed = packed[: place + 24] + chance.randbytes(4) + packed[place + 28 :]
    return packed
