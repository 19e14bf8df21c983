"""Bodies that may be one that is withheld: while nobody has decided that they are not, they are withheld too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsunagari.graph.matching.matching import doubtful_pairs

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes
    from tsunagari.graph.facts import Reader

    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What lists say of publication, one place a statement.

    Parameters
    ----------
    members, groups
        Codes of the member and of the platform that the membership is in; -1 where the answer is not one of a member.
    days
        Codes of the days of the lists, which are in the order of days; -1 where there is none.
    yes, no
        Whether it is consent or refusal.
    """

    members: Codes
    groups: Codes
    days: npt.NDArray[np.int64]
    yes: Flags
    no: Flags

    def latest(self, said: Flags) -> dict[int, dict[int, int]]:
        """Return of each member the groups in which it answered so, with the last day."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        chosen = np.flatnonzero(said)
        places = (values[chosen].tolist() for values in (self.members, self.groups, self.days))
        for member, group, day in zip(*places, strict=True):
            found[member][group] = max(day, found[member].get(group, -1))
        return found


def doubtful_bodies(reader: Reader, refusing: Flags, withheld: Flags, agreed: Flags, answers: Answers) -> Codes:
    """Return the bodies that are shown, but may be one that is withheld.

    Two bodies are in doubt as long as `tsunagari match` proposes them and nobody decided, or the decision is that
    nobody can tell yet. The one that is shown is then treated as if both were one: consent of its own keeps it shown,
    unless the other one refused the same platform in a newer list; a blank, or never having been asked, does not.

    Parameters
    ----------
    reader
        The graph.
    refusing
        Of each code, and at the end of -1, whether it is of a body that was asked and did not agree.
    withheld, agreed
        The same for bodies that are withheld anyway, and for those that agreed themselves.
    answers
        What they answered.

    Returns
    -------
    Codes of the bodies, sorted.
    """
    columns = reader.columns
    bodies = np.setdiff1d(columns.of_class("Organization"), columns.of_class("Collaboration", "PlatformBody"))
    hidden, shown = bodies[refusing[bodies]], bodies[~withheld[bodies]]
    consent, refusal = answers.latest(answers.yes), answers.latest(answers.no)
    if refusal.keys().isdisjoint(hidden.tolist()):
        shown = shown[~agreed[shown]]
    if not len(hidden):
        return np.empty(0, dtype=np.int32)
    found = set()
    pairs = doubtful_pairs(reader, *(frozenset(columns.text(codes)) for codes in (hidden, shown)))
    for one, body in columns.codes([iri for pair in pairs for iri in pair]).reshape(-1, 2).tolist():
        given, taken = consent.get(body, {}), refusal.get(one, {})
        is_ended = bool(given) and all(taken.get(group, -2) > day for group, day in given.items())
        if not agreed[body] or is_ended:
            found.add(body)
    return np.array(sorted(found), dtype=np.int32)
