"""The direct links that a membership, a role or a tie stands for while it holds."""

from __future__ import annotations

from functools import cache

from tsunagari.ontology.namespaces import ORG, concept_iri
from tsunagari.ontology.vocabulary import Vocabulary

TIE, ROLE, MEMBERSHIP = "CollaborationTie", "RoleHolding", "Membership"
# Claims that hold or are derived; only these give direct links, so that a plan never looks like a fact.
HOLDING = frozenset(concept_iri("claim-status", status) for status in ("stated", "inferred"))
LINKED_TO, MEMBER_OF = f"{ORG}linkedTo", f"{ORG}memberOf"


class Links:
    """Says which direct links follow from what a record says.

    Parameters
    ----------
    vocabulary
        The ontology, with the schemes of the workspace.

    Examples
    --------
    >>> from tsunagari.ontology.vocabulary import vocabulary
    >>> links = Links(vocabulary())
    >>> links.kind("PlatformMembership"), links.ends("Membership")
    ('Membership', ('member', 'organization'))
    >>> links.of("CollaborationTie", (), (), is_directed=False)
    (('http://www.w3.org/ns/org#linkedTo',), True)
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.kind = cache(self._kind)
        self.of = cache(self._of)

    def _kind(self, cls: str) -> str | None:
        """Return which of the three a class is; None for any other."""
        # a role is a membership too, but not one that makes a member
        return next((name for name in (TIE, ROLE, MEMBERSHIP) if self._vocabulary.is_a(cls, name)), None)

    @staticmethod
    def ends(kind: str) -> tuple[str, str]:
        """Return the columns of the two ends that a link leads between."""
        return ("tie_from", "tie_to") if kind == TIE else ("member", "organization")

    def _of(
        self, kind: str, statuses: tuple[str, ...], roles: tuple[str, ...], *, is_directed: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Return the properties of the links, none when the record does not hold, and whether they go both ways.

        Parameters
        ----------
        kind
            Which of the three the record is.
        statuses, roles
            IRIs of its statuses, none for a record that is stated, and of the roles that it names.
        is_directed
            Whether it is a tie that goes one way only.
        """
        if any(status not in HOLDING for status in statuses):
            return (), False
        if kind == TIE:
            return (LINKED_TO,), not is_directed
        properties = [link for role in roles for link in self._vocabulary.role_properties(role)]
        return (*properties, MEMBER_OF) if kind == MEMBERSHIP else tuple(properties), False
