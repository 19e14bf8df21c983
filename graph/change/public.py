"""The public edition: what may be shown to everybody, and what was removed from it; the one place that decides it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.allowed import ALWAYS, PLACES, WORKSPACE, Shown
from tsunagari.graph.change.names import NAMES, are_names, mentions
from tsunagari.graph.change.renaming import Renaming
from tsunagari.graph.change.rewriting import Literal, documents_at, rewritten
from tsunagari.graph.change.small_counts import small_counts
from tsunagari.graph.change.views import STATED_IN, Flags, kept_without, linked_pairs, part_of, where
from tsunagari.graph.change.withheld import Withheld, find_withheld, is_node, meetings
from tsunagari.graph.coverage import edition_statements, read_coverage
from tsunagari.graph.facts import Reader
from tsunagari.loaders.workspace import Publication
from tsunagari.ontology.namespaces import DCT, PROVENANCE_GRAPH, TSU, column_name

if TYPE_CHECKING:
    from tsunagari.graph.columns import Columns, ColumnStore
    from tsunagari.graph.facts import Scope

AS_OF = f"{TSU}asOf"
_AREA_LINKS = ("in_prefecture", "sf_within", "sf_touches", "has_geometry", "governs")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PublicEdition:
    """What may be shown to everybody.

    Parameters
    ----------
    store
        The graph, in memory.
    removed
        Rule to the number of rows, bodies, things or values that it removed or changed, in the order of the rules.
        The names of rules that stand for a word of the settings are those words.
    """

    store: ColumnStore
    removed: dict[str, int]


def public(
    reader: Reader, publication: Publication | None = None, *, scope: Scope | None = None, day: str | None = None
) -> PublicEdition:
    """Return the part of the graph that may be shown to everybody.

    Parameters
    ----------
    reader
        The graph.
    publication
        What the settings of the workspace let be published; None takes the defaults.
    scope, day
        Whose cells the edition tells, and of which day (None: every time), see `tsunagari.graph.coverage.unpublished`.

    Returns
    -------
    A store in memory that holds no text of what was left out, with the count of what was. See
    `tsunagari.graph.change.withheld.find_withheld` for what is withheld and
    `tsunagari.loaders.workspace.publication` for what is shown of the rest.
    """
    settings = publication or Publication()
    columns = reader.columns
    shown = Shown(columns)
    unshown = shown.unshown(settings.allow)
    withheld = find_withheld(reader, unshown, blank_is_consent=settings.blank_is_consent)
    said = columns.statements
    words = shown.of_statements()
    visible = _visible(columns, withheld)
    kept = visible & shown.allowed(words, settings.allow)
    mentioning = _mentioning(columns, kept, withheld)
    kept &= ~mentioning
    suppressed = small_counts(columns, kept, settings.persons)
    kept &= ~suppressed.statements & ~(is_node(columns) & suppressed.things[said.values])
    kept &= ~_left_over(columns, kept, visible)[said.subjects]
    unnamed = columns.mask(said.subjects[where(mentioning, said.rows(*NAMES, f"{DCT}title"))])
    kept[where(said.subjects == columns.code(WORKSPACE), said.rows(AS_OF))] = False  # the edition is of its own day
    change = Renaming(columns, kept, withheld, settings, unnamed).rewriting()
    change.added += _of_itself(reader, kept, scope, day)
    counted = _counts(shown, visible & ~kept, withheld, words, settings)
    counted |= {"small": suppressed.small, "secondary": suppressed.secondary, "renamed": len(change.names)}
    return PublicEdition(rewritten(columns, kept, change), counted)


def _of_itself(reader: Reader, kept: Flags, scope: Scope | None, day: str | None) -> Iterator[Literal]:
    """Yield what the edition says of itself."""
    edition = Reader(part_of(reader.columns, kept))
    edition.whole = reader
    for subject, path, text, form in edition_statements(read_coverage(edition, scope=scope, at=day), day):
        yield subject, path, text, form, PROVENANCE_GRAPH


def _visible(columns: Columns, withheld: Withheld) -> Flags:
    """Tell of each statement whether it is said, by a row and of things that are not withheld."""
    said = columns.statements
    alive = ~withheld.things[said.subjects] & ~withheld.statements
    nodes = is_node(columns)
    alive &= ~(nodes & withheld.things[said.values])
    present = columns.mask(said.subjects[alive])
    pairs = linked_pairs(columns, among=present)
    related = kept_without(columns, lambda _graphs, codes: withheld.things[codes], pairs)
    return alive & related


def _mentioning(columns: Columns, kept: Flags, withheld: Withheld) -> Flags:
    """Tell of each statement whether it is a text that holds the name of a withheld body.

    A name of a body or service is none: it agreed, or is withheld as a whole, see `find_withheld`. A platform and its
    parts lose the name alone.
    """
    said = columns.statements
    found = np.zeros(len(said), dtype=bool)
    is_text = np.array([origin.form[:1] in ('"', "@") for origin in said.origins] or [False], dtype=bool)
    named = said.rows(*NAMES)
    rest = kept.copy()
    rest[named] = False
    rows = np.flatnonzero(rest & is_text[said.sources]) if len(said) else np.empty(0, dtype=np.int64)
    rows = rows[columns.mask(columns.of_class("AdministrativeArea", "Concept"))[said.subjects[rows]] == 0]
    found[rows] = mentions(columns, withheld.names, rows)
    of_meeting = np.intersect1d(where(kept, named), where(columns.mask(meetings(columns))[said.subjects], named))
    found[of_meeting] = are_names(columns, withheld.names, said.values[of_meeting])
    return found


def _left_over(columns: Columns, kept: Flags, visible: Flags) -> Flags:
    """Tell of every code whether it is of a word, place or document that nothing names which stays."""
    said = columns.statements
    named = columns.mask(said.values[kept & is_node(columns) & (said.subjects != said.values)])
    unused = columns.mask(columns.of_class("FieldWord")) & ~named
    unused |= _unnamed_areas(columns, kept, visible)
    stated = where(kept & ~unused[said.subjects], said.rows(STATED_IN))
    documents = documents_at(columns, said.values[stated])
    cited = columns.mask(documents[documents != said.subjects[stated]])
    found: Flags = unused | (columns.mask(columns.of_class("SourceDocument")) & ~cited)
    return found


def _unnamed_areas(columns: Columns, kept: Flags, visible: Flags) -> Flags:
    """Tell of every code whether it is of a municipality that only what is withheld names, and not the scope."""
    said = columns.statements
    areas = columns.mask(columns.of_class("AdministrativeArea"))
    if len(columns.all("coverage", [columns.code(WORKSPACE)])[1]):
        return areas & False
    nodes = is_node(columns)
    nodes[said.rows(*(iri for iri in said.predicates if column_name(iri) in _AREA_LINKS))] = False
    named, lost = (columns.mask(said.values[flags & nodes]) for flags in (kept, ~visible))
    return areas & lost & ~named


def _counts(
    shown: Shown, lost: Flags, withheld: Withheld, words: npt.NDArray[np.int8], settings: Publication
) -> dict[str, int]:
    """Return how much each rule removed: of withheld rows first, then by the words of the settings."""
    found = dict(withheld.counts)
    things = Counter(shown.of_things[:-1][shown.unshown(settings.allow)[:-1]].tolist())
    values = Counter(words[lost].tolist())
    for place, word in enumerate(shown.words):
        if word not in (ALWAYS, PLACES, *settings.allow):
            found[word] = things[place] + values[place]
    return found
