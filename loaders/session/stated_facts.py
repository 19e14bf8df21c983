"""Facts by the rows that state them: what several rows state alike, and what they state differently."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.loaders.identity import Draft, SourceFile
from tsunagari.loaders.issues import IssueList
from tsunagari.ontology.namespaces import KEY_DIGITS, content_key, instance_iri
from tsunagari.ontology.records import Reference, Temporal, Value

_ROW, _HASH = 32, 64  # bits of the number of a row, and of a hash of its values


class StatedFacts:
    """The facts that rows stated so far.

    Parameters
    ----------
    issues
        Where rows that repeat or contradict another are told.
    """

    def __init__(self, issues: IssueList) -> None:
        self.files: Sequence[SourceFile] = ()
        self._issues = issues
        self._rows_of: dict[int, int] = {}  # digest of a fact to file, row and hash of its values, as one number

    def checked(self, draft: Draft, iri: str, values: dict[str, tuple[Value, ...]]) -> tuple[str, bool]:
        """Return the identifier of a fact, after a look at the other rows that state it, and whether its file does not.

        A row that repeats another is told, and gets an identifier of its own when other values differ.
        """
        key, content = int(iri[-KEY_DIGITS:], 16), hash(frozenset(values.items())) % (1 << _HASH)
        this = (draft.file.number << _ROW | draft.row.number) << _HASH | content
        known = self._rows_of.setdefault(key, this)
        if known == this:
            return iri, True
        place, first = divmod(known, 1 << _HASH)
        file, row = self.files[place >> _ROW], place % (1 << _ROW)
        if first == content and file is not draft.file:
            self._rows_of[key] = this
            return iri, True
        name = next(iter(draft.row.cells), "id")
        code = "duplicate-row" if first == content else "same-key"
        self._issues.append(draft.issue(code, name, draft.row.cells.get(name), other=f"{file.file}:{row}"))
        if first == content:
            return iri, False
        parts = (f"{name}={canonical(values[name])}" for name in sorted(values))
        return instance_iri(draft.file.kind.segment, content_key([iri, *parts])), True


def canonical(values: Sequence[Value]) -> str:
    """Return values as one text, which equal values share."""
    return "\x1e".join(_canonical_value(value) for value in values)


def _canonical_value(value: Value) -> str:
    if isinstance(value, Reference):
        return value.iri
    if isinstance(value, Temporal):
        return f"{value.value}/{value.not_before}/{value.not_after}"
    return str(value)
