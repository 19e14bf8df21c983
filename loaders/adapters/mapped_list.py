"""Any table whose columns the settings map: ``rows`` says what its rows are, and nothing else is guessed.

``columns = { "見出し" = "column" }`` maps headers, ``values = { column = "…" }`` gives what the file does not say.
Headers that are not mapped are told and not read, however familiar they look.
"""

from __future__ import annotations

from tsunagari.loaders.session.parts import SourceContent, SourceInput, read_tables
from tsunagari.loaders.workspace.kinds import KINDS


def read(given: SourceInput) -> SourceContent:
    """Return every sheet with the mapped columns.

    Raises
    ------
    SourceError
        When the file cannot be read, when a mapped column does not exist, or when a required one is missing.
    """
    assert given.source.rows is not None  # the settings of this kind have it
    return read_tables(given, KINDS[given.source.rows], only_mapped=True)
