"""Bodies that a list means by nothing but their names: one question a column, not one a row."""

from __future__ import annotations

from tsunagari.errors import Message
from tsunagari.loaders.identity.drafts import Draft
from tsunagari.loaders.issues import Issue, join_names
from tsunagari.loaders.values import CellError

NAME_ALONE = "name-alone"
_SHOWN = 5  # bodies that one issue names


class NamesAlone:
    """Findings of one kind, put together by column: whoever knows the list decides about all of its names at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], tuple[Draft, dict[str, CellError]]] = {}

    def add(self, draft: Draft, key: str, finding: CellError) -> None:
        """Note that a row means a body by its name alone.

        Parameters
        ----------
        draft, key
            The row and the column of the name.
        finding
            The name, with the body that it was taken for as ``other``.
        """
        _, names = self._found.setdefault((draft.file.number, key), (draft, {}))
        names.setdefault(finding.value, finding)

    def issues(self) -> list[Issue]:
        """Return one issue for each column, at the first row; columns in the order in which they were met."""
        return [_issue(draft, key, list(names.values())) for (_, key), (draft, names) in self._found.items()]


def _issue(draft: Draft, key: str, found: list[CellError]) -> Issue:
    shown, count = found[:_SHOWN], len(found)
    others: Message = join_names(other for finding in shown if isinstance(other := finding.params["other"], Message))
    value = "、".join(finding.value for finding in shown)
    if count > _SHOWN:
        value, others = f"{value} … ({count})", Message(f"{others.ja} … ({count})", f"{others.en} … ({count})")
    return draft.issue(NAME_ALONE, key, value, other=others)
