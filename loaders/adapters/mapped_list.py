"""Any table whose columns the settings map: ``rows`` says what its rows are, and nothing else is guessed.

``columns = { "見出し" = "column" }`` maps headers, ``values = { column = "…" }`` gives what the file does not say.
Headers that are not mapped are told and not read, however familiar they look.
"""

from __future__ import annotations

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.session import SourceContent, SourceInput, read_tables
from tsunagari.loaders.workspace import KINDS


def read(given: SourceInput) -> SourceContent:
    """Return every sheet with the mapped columns.

    Raises
    ------
    SourceError
        When the file cannot be read, when a mapped column does not exist, or when a required one is missing.
    """
    if given.source.rows is None:  # settings have it; a look at a file alone does not
        raise SourceError(
            Message(
                f"{given.source.file} の行が何かは、rows と columns に書きます。",
                f"`rows` and `columns` say what the rows of {given.source.file} are.",
            ),
            Message(
                'tsunagari.toml に rows = "services"、columns = { "見出し" = "列" } のように書いてください。',
                'Write kind = "list", rows = "services", columns = { "header" = "column" } in tsunagari.toml.',
            ),
            Place(given.source.file),
        )
    return read_tables(given, KINDS[given.source.rows], only_mapped=True)
