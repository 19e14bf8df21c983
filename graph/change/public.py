"""What may be shown to everybody, and what is withheld: the one place that decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.views import Flags, direct_links, kept_without, linked_pairs, paired, part_of
from tsunagari.graph.networks import RELATIONS
from tsunagari.ontology.statements import IRI

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes, Columns, ColumnStore
    from tsunagari.graph.facts import Reader

MEMBERSHIP = "PlatformMembership"
CONTACT = "ContactPoint"


def public(reader: Reader) -> ColumnStore:
    """Return the part of the graph that may be shown to everybody: without members that are not to be named.

    Returns
    -------
    A store in memory.
    """
    columns = reader.columns
    hidden = withheld(columns)
    pairs = linked_pairs(columns, among=~hidden)

    def gone(_graph: npt.NDArray[Any], codes: Codes) -> Flags:
        return hidden[codes]

    return part_of(columns, kept_without(columns, gone, pairs))


def withheld(columns: Columns) -> Flags:
    """Tell of every code, and at the end of -1, whether it is of a thing that is withheld.

    A membership whose list says so (``publishable`` is false) goes, and with it what other lists say of the same body
    in the same collaboration, what the same rows say of roles and other memberships, and every contact of the member.
    A member goes as well unless something else names it: another membership, a role, a tie, a service. That a list of
    organisations describes it is no such thing. A word of a list goes when nothing that stays is described by it.
    """
    memberships = columns.of_class(MEMBERSHIP)
    pair = paired(columns.one("member", memberships), columns.one("organization", memberships))
    refused = (columns.one("publishable", memberships) == columns.code("false")) & (columns.code("false") >= 0)
    together = memberships[np.isin(pair, pair[refused])]
    hidden = columns.mask(together)
    relations = columns.of_class(*RELATIONS)
    hidden |= columns.mask(relations[_only_there(columns, relations, columns.all("stated_in", together)[1])])
    members = columns.one("member", memberships[refused])
    contacts = columns.of_class(CONTACT)
    hidden |= columns.mask(contacts[columns.mask(members)[columns.one("contact_of", contacts)]])
    hidden |= columns.mask(members) & ~_named(columns, hidden)
    return hidden | _words_of(columns, hidden)


def _words_of(columns: Columns, hidden: Flags) -> Flags:
    """Tell of every code whether it is a word by which only what is withheld names its fields."""
    things, words = columns.pairs("field_word")
    shown = columns.mask(words[~hidden[things]])
    found: Flags = columns.mask(columns.of_class("FieldWord")) & ~shown
    return found


def _only_there(columns: Columns, things: Codes, places: Codes) -> Flags:
    """Tell of each thing whether it is stated, and only at these places."""
    starts, stated = columns.all("stated_in", things)
    elsewhere = np.concatenate(([0], np.cumsum(~columns.mask(places)[stated])))
    found: Flags = (elsewhere[starts[1:]] == elsewhere[starts[:-1]]) & (starts[1:] > starts[:-1])
    return found


def _named(columns: Columns, hidden: Flags) -> Flags:
    """Tell of every code whether something that is not hidden names it, other than by a direct link."""
    said = columns.statements
    is_node = np.array([origin.form == IRI for origin in said.origins], dtype=bool)
    names = ~hidden[said.subjects]
    names[said.rows(*direct_links(columns))] = False
    if len(said):
        names &= is_node[said.sources]
    return columns.mask(said.values[names])
