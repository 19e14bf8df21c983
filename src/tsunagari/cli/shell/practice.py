"""The fictional region that the demo shows beside the real documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tsunagari.loaders.fiction import synthesize

FOLDER = "practice"
ORGANIZATIONS, SEED = 200, 1
AREAS = ("鳥取市", "岩美町", "若桜町", "智頭町", "八頭町")
"""Few enough that every municipality has bodies, and many enough that some of them lack what a neighbour has."""


def practice_files() -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the region, in the order of their names; always the same bytes."""
    with TemporaryDirectory() as folder:
        made = synthesize(Path(folder) / FOLDER, organizations=ORGANIZATIONS, seed=SEED, areas=AREAS)
        for path in sorted(made.folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(made.folder).as_posix(), path.read_bytes()
