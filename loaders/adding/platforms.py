"""The platforms that the lists of a workspace declare, without a load of everything."""

from __future__ import annotations

from pathlib import Path

from tsunagari.errors import TsunagariError
from tsunagari.loaders.session import SourceInput, read_source
from tsunagari.loaders.starter import is_all_examples, starter_names
from tsunagari.loaders.workspace import SETTINGS_NAME, read_workspace
from tsunagari.ontology.vocabulary import vocabulary

_KIND = "platforms"


def declared_platforms(folder: Path) -> list[str]:
    """Return the ids, else names, of the platforms that lists declare; those that `init` invented are none of them.

    A workspace whose settings or lists cannot be read declares none: what is wrong is said when it is built.
    """
    if not (folder / SETTINGS_NAME).is_file():
        return []
    try:
        workspace = read_workspace(folder)
        found: dict[str, None] = {}
        for source in workspace.sources:
            given = SourceInput(workspace, source, vocabulary())
            if source.kind != _KIND or _is_invented(given):
                continue
            for part in read_source(given).parts:
                cells = (row.cells for row in part.table.rows)
                found.update((text, None) for row in cells if (text := row.get("id") or row.get("pref_label")))
    except TsunagariError:
        return []
    return list(found)


def _is_invented(given: SourceInput) -> bool:
    if given.source.file not in starter_names():
        return False
    return all(is_all_examples(cells for _, cells in grid.rows) for grid in given.content.grids)
