"""What the reading of a list depends on, as one checksum: a list is as it was when nothing of it has changed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tsunagari.loaders.fields import own_word_files
from tsunagari.loaders.files import sha256_if_read
from tsunagari.loaders.fixes import Fixes
from tsunagari.loaders.identity import Wanted
from tsunagari.loaders.workspace import Source, Workspace
from tsunagari.ontology import spelling
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

_READERS = ("pyarrow", "pyoxigraph", "python-calamine", "rapidfuzz", "rdflib")  # what reads files, or says what is near


@cache
def code_version() -> str:
    """Return what tells this code from any other: its files as they are installed, and the versions of what it uses."""
    roots = [Path(__file__).resolve().parents[1], Path(spelling.__file__).resolve().parent]
    files = [path for root in roots for path in sorted(root.rglob("*")) if path.suffix not in (".pyc", "")]
    found = [f"{path.name} {(stat := path.stat()).st_size} {stat.st_mtime_ns}" for path in files]
    return _digest([sys.version, *map(_version, _READERS), *found])


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def reading_key(
    workspace: Workspace, source: Source, vocabulary: Vocabulary, fixes: Fixes, wanted: Wanted, sha256: str
) -> str:
    """Return the checksum of all that the reading of a source depends on.

    Parameters
    ----------
    workspace, source, vocabulary, fixes, wanted
        What the source is read with, see `SourceInput`.
    sha256
        That of its file.
    """
    own = fold_text(source.file)
    return _digest(
        [
            code_version(),
            sha256,
            repr(source),
            repr((workspace.as_of, workspace.areas, workspace.fields)),
            *(f"{file} {sha256_if_read(workspace.path / file)}" for file in own_word_files(workspace, source)),
            repr(vocabulary.extra),
            *(repr(fix) for fix in fixes.lines if fold_text(fix.file) == own),
            *_said(wanted),
        ]
    )


def _said(wanted: Wanted) -> Iterable[str]:
    yield repr(sorted(wanted.numbers))
    for code in sorted(wanted.names):
        yield repr((code, sorted((name, form or "") for name, form in wanted.names[code])))


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
