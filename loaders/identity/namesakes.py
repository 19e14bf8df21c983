"""Bodies of one name: which of them the row of a list may mean, and what tells a further one apart."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.loaders.identity.mentions import Mention
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.values import address_book, address_key, split_parts
from tsunagari.ontology.namespaces import content_key


def meant_by(found: Sequence[Entity], mention: Mention) -> list[Entity]:
    """Return the bodies of a name that a row may mean.

    The row of a list of bodies means one of which as much is known: of two without a municipality, only one that the
    same platform, or the same file without one, has named; of two addresses in one file, only the body that has it. A
    mere reference means the body of its own list first, if there is one.
    """
    if not mention.lists:
        own = [entity for entity in found if entity.scope == mention.scope]
        return own if len(own) == 1 else list(found)
    known = [entity for entity in found if _is_as_known(entity, mention)]
    apart = [entity for entity in known if not _is_elsewhere(entity, mention)]
    here = [entity for entity in apart if entity.address is not None] if mention.address is not None else []
    return here if len(here) == 1 else apart


def is_by_name_alone(entity: Entity, mention: Mention) -> bool:
    """Tell whether nothing but its name says that a row means a body of another list, or of another row of its own."""
    if mention.area is not None:
        return False
    if entity.file == mention.file:
        return mention.lists and mention.scope == mention.file  # a list of members tells that a row repeats another
    return entity.scope != mention.scope and not _is_near(entity, mention)


def key_apart(key: str, mention: Mention) -> str:
    """Return the local part of the identifier of a further body of the name, by what tells it apart from the first."""
    tail = mention.scope if mention.area is None else address_key(mention.address or "")
    return content_key((key, tail or ""))


def _is_as_known(entity: Entity, mention: Mention) -> bool:
    """Tell whether as much is known of where a body is as of where the row says; the reach of a platform may do."""
    if mention.area is not None:
        return entity.municipality is not None
    if entity.municipality is None:
        return entity.scope in (None, mention.scope)
    return entity.municipality[:2] in mention.reach


def _is_near(entity: Entity, mention: Mention) -> bool:
    """Tell whether what a row offers lies in the prefecture of a body."""
    if mention.near is None or entity.municipality is None:
        return False
    places = (place for part in split_parts(mention.near) for place in address_book().candidates(part))
    return any(place.code5[:2] == entity.municipality[:2] for place in places)


def _is_elsewhere(entity: Entity, mention: Mention) -> bool:
    """Tell whether a list that has named a body at one address names it at another one."""
    if entity.address is None or mention.address is None or entity.file != mention.file:
        return False
    one, other = sorted(map(address_key, (entity.address, mention.address)), key=len)
    return not other.startswith(one)
