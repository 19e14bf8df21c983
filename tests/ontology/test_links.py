from __future__ import annotations

import pytest

from tsunagari.ontology.links import LINKED_TO, MEMBER_OF, Links
from tsunagari.ontology.namespaces import TSU, concept_iri
from tsunagari.ontology.vocabulary import vocabulary

LINKS = Links(vocabulary())
STATED, PLANNED = (concept_iri("claim-status", status) for status in ("stated", "planned"))
SECRETARIAT = concept_iri("role", "secretariat")


@pytest.mark.parametrize(
    ("cls", "kind"),
    [
        ("CollaborationTie", "CollaborationTie"),
        ("PlatformMembership", "Membership"),
        ("RoleHolding", "RoleHolding"),
        ("Organization", None),
    ],
)
def test_a_role_is_no_membership_that_makes_a_member(cls: str, kind: str | None) -> None:
    assert LINKS.kind(cls) == kind


@pytest.mark.parametrize(("kind", "roles"), [("CollaborationTie", ()), ("Membership", (SECRETARIAT,))])
def test_a_plan_gives_no_link(kind: str, roles: tuple[str, ...]) -> None:
    assert LINKS.of(kind, (STATED, PLANNED), roles, is_directed=False)[0] == ()
    assert LINKS.of(kind, (STATED,), roles, is_directed=False)[0]


def test_links_follow_from_kind_role_and_direction() -> None:
    assert LINKS.of("CollaborationTie", (), (), is_directed=False) == ((LINKED_TO,), True)
    assert LINKS.of("CollaborationTie", (), (), is_directed=True) == ((LINKED_TO,), False)
    assert LINKS.of("Membership", (), (), is_directed=False) == ((MEMBER_OF,), False)
    assert LINKS.of("RoleHolding", (), (SECRETARIAT,), is_directed=False) == ((f"{TSU}secretariatOf",), False)
