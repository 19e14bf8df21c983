"""Facts of unchanged lists: taken from the last graph where their cells still mean what they meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Protocol

from tsunagari.loaders.identity import PUBLISHABLE, Draft, SourceFile
from tsunagari.loaders.kept.outcomes import Outcome, Watch, pack_outcome, unpack_outcome
from tsunagari.loaders.kept.shelf import Shelf
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.vocabulary import Vocabulary

MOST_ODD = 0.5  # share of rows that must be read again above which all are


class Taking(Protocol):
    """What takes facts over from the last graph."""

    def __call__(self, vocabulary: Vocabulary, graph: str, start: str, without: Sequence[str], count: int) -> bool:
        """Take the things of a named graph whose IRIs begin with `start`, `count` of them, but those of `without`.

        The direct links that they stand for come with them. False, and nothing taken, where there are not so many.
        """


class Cells(Protocol):
    """What reads the cells of lists."""

    def means_the_same(self, file: SourceFile, kept: Outcome, document_date: date | None) -> bool:
        """Tell whether every cell of a list still means what it meant."""

    def asked(self, file: SourceFile, document_date: date | None) -> dict[str, dict[str, str]] | None:
        """Return what the cells of the list that was read last mean; None where they are too many."""

    def note_words(self, file: SourceFile, kept: Outcome) -> None:
        """Note the words for fields of a list whose cells are not read."""


@dataclass(slots=True)
class KeptFacts:
    """What becomes of the rows of the lists of a workspace.

    Parameters
    ----------
    files
        The lists, once it is known what their rows declare.
    shelf
        What the last build kept.
    take
        Takes facts over from its graph.
    cells
        Reads cells.
    vocabulary
        The ontology, with the schemes of the workspace.
    """

    files: Sequence[SourceFile]
    shelf: Shelf
    take: Taking
    cells: Cells
    vocabulary: Vocabulary
    _shared: Counter[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Note which lists give things of one kind to one graph: only where it is one can they be told apart."""
        self._shared = Counter((file.graph, file.kind.segment) for file in self.files)

    def rows(self, file: SourceFile, day: date | None) -> tuple[Iterator[Draft], Watch | None]:
        """Return the rows of a list that must be read, and what watches them where all must.

        Parameters
        ----------
        file
            The list; its facts are taken over where that can be.
        day
            The day against which words such as 今年度 resolve in it.
        """
        if not self._may_be_kept(file):
            return file.drafts(), None
        context = f"{file.platform} {day}"
        kept = self._outcome(file)
        if kept is not None and kept.context == context and self._is_as_it_was(file, kept, day):
            self.shelf.carry_facts(_name(file))
            self.cells.note_words(file, kept)
            file.records += kept.facts
            return _only(file, kept.odd), None
        return file.drafts(), Watch(context)

    def keep(self, file: SourceFile, watch: Watch, day: date | None, *, size: int) -> None:
        """Keep what became of a list that was watched while all its rows were read."""
        is_worth_it = watch.outcome.facts and len(watch.outcome.odd) <= MOST_ODD * watch.outcome.rows
        asked = self.cells.asked(file, day) if is_worth_it else None
        if asked is not None:
            found, name = watch.finish(asked), _name(file)
            self.shelf.keep_facts(name, pack_outcome(found, name), size=size)

    def _may_be_kept(self, file: SourceFile) -> bool:
        """Tell whether rows of a list may give facts of their own that nothing but their cells decides."""
        kind, table = file.kind, file.table
        return (
            file.key is not None
            and kind.party is not None
            and kind.segment != "org"
            and "id" in table.headers
            and PUBLISHABLE not in table.headers
            and not table.is_companion
            and len(table.rows) == file.rows
            and self._shared[file.graph, kind.segment] == 1
        )

    def _outcome(self, file: SourceFile) -> Outcome | None:
        data = self.shelf.take_facts(_name(file))
        try:
            return None if data is None else unpack_outcome(data, _name(file))
        except ValueError:  # damaged, or not ours: the rows tell
            return None

    def _is_as_it_was(self, file: SourceFile, kept: Outcome, day: date | None) -> bool:
        """Tell whether the other rows still say nothing more, and take their facts over if so."""
        states, odd = file.states, set(kept.odd)
        more = chain(states.left_out, states.wrong_codes, states.entities, *states.parties.values())
        if kept.rows != len(file.table.rows) or not odd.issuperset(more):
            return False
        start = instance_iri(file.kind.segment, "")
        return self.cells.means_the_same(file, kept, day) and self.take(
            self.vocabulary, file.graph, start, kept.odd_facts, kept.facts
        )


def _name(file: SourceFile) -> str:
    return f"{file.key}-{file.kind.segment}"


def _only(file: SourceFile, places: Sequence[int]) -> Iterator[Draft]:
    """Yield the rows at some places."""
    wanted = set(places)
    return (draft for draft in file.drafts() if draft.index in wanted) if wanted else iter(())
