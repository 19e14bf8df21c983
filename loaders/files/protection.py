"""Workbooks that ask for a password, told from damaged ones before a parser stumbles over what it cannot read."""

from __future__ import annotations

import re
import zipfile

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# ECMA-376 puts an encrypted xlsx, xlsm or xlsb as one stream of this name into an OLE container.
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# [MS-XLS] 2.4.117: FilePass follows the first record of the workbook, or WriteProtect, which is empty.
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_FILE_PASS_95 = re.compile(rb"\x09\x08\x08\x00\x00\x05\x05\x00.{4}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_MANIFEST = 1 << 24


def is_locked_ole(data: bytes) -> bool:
    """Tell whether an OLE container holds an encrypted workbook: one of today's formats, or an old one (xls)."""
    return _PACKAGE in data or _FILE_PASS.search(data) is not None or _FILE_PASS_95.search(data) is not None


def is_locked_ods(archive: zipfile.ZipFile) -> bool:
    """Tell whether the manifest of an OpenDocument file says that its parts are encrypted."""
    if _MANIFEST not in archive.namelist() or archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        return False
    return b"encryption-data" in archive.read(_MANIFEST)
