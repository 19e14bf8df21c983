"""Names that may be those of several bodies, because other rows know each part of them as one."""

from __future__ import annotations

from collections.abc import Callable

from tsunagari.loaders.identity.drafts import Draft
from tsunagari.loaders.issues import Issue, plain_names
from tsunagari.loaders.tables import Row
from tsunagari.loaders.values import SIGNS, possible_parts, read_bodies

_LONGEST = 300


class JoinedNames:
    """New bodies whose names hold signs that may stand between names; asked about once all bodies are known."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str, str], Draft] = {}

    def add(self, draft: Draft, key: str, name: str) -> None:
        """Note that a row made a body.

        Parameters
        ----------
        draft, key
            The row and the column of the name.
        name
            The name as written.
        """
        if SIGNS.search(name) is None or len(name) > _LONGEST or not any(possible_parts(name)):
            return
        asked = read_bodies(name)
        if asked is None or not asked.perhaps:  # else it was asked about where the cell was read
            bare = Draft(draft.file, Row(draft.row.number, {}, {}), draft.index)
            self._found.setdefault((draft.file.number, key, name), bare)

    def issues(self, knows: Callable[[str], bool]) -> list[Issue]:
        """Return a question for each name all of whose parts are known, in the order in which they were met.

        Parameters
        ----------
        knows
            Tells whether a body goes by a name.
        """
        issues = []
        for (_, key, name), draft in self._found.items():
            parts = next((parts for parts in possible_parts(name) if all(map(knows, parts))), None)
            if parts is not None:
                issues.append(draft.issue("several-bodies", key, name, nearest=plain_names(parts)))
        return issues
