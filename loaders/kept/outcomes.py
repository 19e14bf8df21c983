"""What the rows of a list became in the last graph, and what their cells meant then.

The facts of a row with an id of its own, such as a tie or a service, follow from its cells and from what these refer
to. A list keeps each different cell with what it meant. When all of them still mean that, the facts of the list are
those of the last graph; rows of which more is to be said (`odd` ones) are read again in any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from tsunagari.loaders.identity import EVIDENCE_COLUMNS, Draft
from tsunagari.loaders.kept.frames import opened, sealed
from tsunagari.ontology.columns import Column
from tsunagari.ontology.records import Reference, Value

_NOT_PLAIN = frozenset({*EVIDENCE_COLUMNS, "as_of"})  # cells that change what the others of the row mean


@dataclass(slots=True)
class Outcome:
    """What the rows of a list became.

    Parameters
    ----------
    rows
        How many it has.
    context
        What else its cells were read with.
    facts
        How many rows gave a fact that follows from their cells alone.
    odd, odd_facts
        The places of the other rows, and the identifiers of the facts that they gave.
    asked
        Column and prefecture to text to what it meant.
    words
        Column and text of cells of fields, what everyday words they were, and in how many rows.
    """

    rows: int = 0
    context: str = ""
    facts: int = 0
    odd: list[int] = field(default_factory=list)
    odd_facts: list[str] = field(default_factory=list)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    words: list[tuple[str, str, str, int]] = field(default_factory=list)


class Watch:
    """Notes what the rows of a list become while they are read.

    Parameters
    ----------
    context
        What its cells are read with beside the row.
    """

    def __init__(self, context: str) -> None:
        self.outcome = Outcome(context=context)
        self._words: Counter[tuple[str, str, str]] = Counter()
        self._words_of_row: list[tuple[str, str, str]] = []

    def word(self, column: Column, text: str, words: Sequence[Value]) -> None:
        """Note the everyday words of a cell of fields."""
        self._words_of_row.append((column.name, text, meaning(words)))

    def row(self, draft: Draft, fact: str | None, *, is_told: bool) -> None:
        """Note a row that was read, with the identifier of its fact, and whether anything was said of it."""
        outcome, cells = self.outcome, draft.row.cells
        outcome.rows += 1
        is_plain = fact is not None and not is_told and not draft.parties and draft.entity is None and "id" in cells
        if is_plain and cells.keys().isdisjoint(_NOT_PLAIN) and draft.index not in draft.file.states.wrong_codes:
            outcome.facts += 1
            self._words.update(self._words_of_row)
        else:
            outcome.odd.append(draft.index)
            outcome.odd_facts += () if fact is None else (fact,)
        self._words_of_row.clear()

    def finish(self, asked: dict[str, dict[str, str]]) -> Outcome:
        """Return what became of the list, whose cells meant what `asked` says."""
        found = self.outcome
        found.asked = asked
        found.words = [(*said, count) for said, count in self._words.items()]
        return found


def meaning(values: Sequence[Value]) -> str:
    r"""Return values as one text, which other values do not give.

    Examples
    --------
    >>> meaning((Reference("urn:a"), 5))
    '<urn:a>\x1e5'
    """
    return "\x1e".join(f"<{value.iri}>" if isinstance(value, Reference) else repr(value) for value in values)


def pack_outcome(found: Outcome, key: str) -> bytes:
    """Return an outcome as the bytes of a file, with the key that it is kept under."""
    return sealed([{"key": key} | {part.name: getattr(found, part.name) for part in fields(found)}])


def unpack_outcome(data: bytes, key: str) -> Outcome:
    """Return the outcome that `pack_outcome` wrote with a key.

    Raises
    ------
    ValueError
        When the bytes are not such a file, or one of another key.
    """
    try:
        (said,) = opened(data)
        if said.pop("key") != key:
            raise ValueError("key")
        found = Outcome(**said)
        found.words = [(str(name), str(text), str(words), int(count)) for name, text, words, count in found.words]
        if {type(place) for place in (found.rows, found.facts, *found.odd)} != {int}:
            raise ValueError("rows")
        if any(type(said) is not str for cells in found.asked.values() for pair in cells.items() for said in pair):
            raise ValueError("asked")
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None
    return found
