"""Which organisation a row means: by number, by code, by name; a name not known yet becomes a new organisation.

Two rows mean the same organisation when their corporate numbers agree and their names are not unlike, or when name
without legal form, legal form and municipality agree. A reference to a body may leave the municipality out where only
one body has the name; a row of a list of bodies only where its platform reaches the prefecture of that body, or where
the platform has named it without one before: both are told. Anything less certain only gives a warning, and a question
for `tsunagari match`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from tsunagari.loaders.areas import Areas, Prefecture
from tsunagari.loaders.identity.decisions import Decisions
from tsunagari.loaders.identity.mentions import Mention
from tsunagari.loaders.identity.namesakes import is_by_name_alone, key_apart, meant_by
from tsunagari.loaders.identity.numbers import digits_of, place_of_code, place_of_number, readable_number
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.registry import Entity, Index, Registry, describe
from tsunagari.loaders.values import (
    CellError,
    CellParser,
    are_alike,
    clean_label,
    is_cleaner,
    is_other_branch,
    name_keys,
    organization_key,
    parse_corporate_number,
    parse_lg_code,
)
from tsunagari.ontology.area_changes import present_place
from tsunagari.ontology.municipalities import Municipality, areas_agree, is_within
from tsunagari.ontology.namespaces import ID, content_key, instance_iri
from tsunagari.ontology.spelling import spelling_key

ORGANIZATION = "Organization"
SEGMENT = "org"
OF_NEW = ("similar-organization", "same-name-elsewhere")  # told of a body once, whichever of its rows made it
_NAMESAKES = 50  # bodies of one name that a new one is held against
_REMEMBERED = 200_000  # ways in which rows speak of bodies with a number


class Organizations:
    """The organisations of a workspace.

    Parameters
    ----------
    registry
        Where they become known to references.
    areas
        The areas and local governments.
    parser
        Parser of the cells.
    default_class
        Class of an organisation that no row declares.
    decisions
        What people decided about matches.
    """

    def __init__(
        self, registry: Registry, areas: Areas, parser: CellParser, default_class: str, decisions: Decisions
    ) -> None:
        self._registry = registry
        self.areas = areas
        self._parser = parser
        self._default_class = default_class
        self._decisions = decisions
        self._by_core = Index()
        self._known: set[str] = set()  # of local governments
        self._taken: dict[tuple[Any, ...], Entity] = {}  # by number without a doubt, by what rows say of them

    def take(self, mention: Mention) -> tuple[Entity, bool]:
        """Return the organisation that a row means and whether it is new.

        What cannot be read of its municipality or codes is reported with the cells themselves.

        Raises
        ------
        CellError
            When several known ones are meant equally well.
        """
        self.areas.at(mention.day)
        said = mention.said
        if said is not None and said in self._taken:
            return self._taken[said], False
        mention.code5 = self._municipality(mention)
        mention.home = self.areas.code_of(mention.prefecture)
        government = self._government(mention)
        if government is not None:
            self._note_old_name(mention)
            is_new = government.iri not in self._known
            self._note(government, mention)
            return government, is_new
        number = readable_number(mention.corporate_number)
        digits = digits_of(mention.name)
        if digits:
            return self._by_digits_alone(number, digits), False
        taken = self._by_number(number, mention) if number is not None else None
        if taken is not None and said is not None and not mention.findings and len(self._taken) < _REMEMBERED:
            self._taken[said] = taken[0]
        return self._by_keys(mention) if taken is None else taken

    def find(self, text: str, prefecture: Prefecture = None) -> Entity | None:
        """Return the organisation that a reference means, or None; a local government needs no row of its own.

        Raises
        ------
        CellError
            When several are meant equally well, or when a code has a wrong check digit.
        """
        digits = digits_of(text)
        if len(digits) in (5, 6, 13):
            return self._by_digits(digits)
        places = self.areas.governments_named(text, prefecture)
        if places:
            government = self._one_government(places, text)
            change = self.areas.ended(text, prefecture)
            if change is not None:
                self.areas.findings.append(self.areas.note_change(change, text))
            return government
        keys = name_keys(text)
        found = self._registry.by_name(text, _is_organization)
        found = found or [
            entity for entity in self._by_core.find(keys.core) if keys.legal_form in (None, entity.legal_form)
        ]
        found = self._nearest(found, self.areas.code_of(prefecture))
        if len(found) > 1:
            raise CellError("ambiguous-name", text, nearest=describe(found))
        return found[0] if found else None

    def knows(self, name: str) -> bool:
        """Tell whether a body goes by a name, whatever legal form is written beside it."""
        named = self._registry.by_name(name, _is_organization) or self._by_core.find(name_keys(name).core)
        return bool(named or self.areas.governments_named(name, None))

    def replay(self, issues: list[Issue]) -> Mapping[Entity, Entity]:
        """Apply the decisions about matches and return each organisation merged away with the one that stays."""
        self._taken.clear()
        merged = self._decisions.replay(self._decided, issues)
        if merged:
            self._registry.replace(merged)
            self._by_core.replace(merged)
        for gone, stays in merged.items():
            if stays.cls == self._default_class:
                stays.cls = gone.cls
        return merged

    def _decided(self, text: str) -> Entity | None:
        """The organisation that a decision names by identifier, by id, or by the number of a local government."""
        known = self._registry.by_iri(f"{ID}{text}")
        found = [known] if known is not None else self._registry.by_id(text, _is_organization)
        if found or not text.startswith(f"{SEGMENT}/"):
            return found[0] if found and _is_organization(found[0]) else None
        place = place_of_number(readable_number(text.removeprefix(f"{SEGMENT}/")))
        return self.areas.government(place) if place is not None and place.has_government else None

    # ---- local governments ----

    def _government(self, mention: Mention) -> Entity | None:
        if mention.cls not in (None, "LocalGovernment"):
            return None
        by_code = place_of_code(mention.lg_code) or place_of_number(readable_number(mention.corporate_number))
        digits = digits_of(mention.name)
        if digits:
            by_code = by_code or place_of_code(digits) or place_of_number(readable_number(digits))
            return self.areas.government(by_code) if by_code is not None and by_code.has_government else None
        places = self.areas.governments_named(mention.name, mention.prefecture)
        if not places:
            return self._named_after(by_code, mention)
        if by_code is not None and by_code not in places:
            mention.findings.append(CellError("code-name-mismatch", mention.name, other=by_code.full_name))
        if by_code in places:
            places = [place for place in places if place == by_code]
        elif len(places) > 1:
            near = [place for place in places if mention.code5 in (place.code5, place.prefecture_code5)]
            places = near or places
        return self._one_government(places, mention.name, may_guess=mention.rank < 3)

    def _note_old_name(self, mention: Mention) -> None:
        """A government goes on as the one that took over: say so where the code or name is no longer valid."""
        for text in filter(None, (mention.lg_code, mention.name)):
            change = self.areas.ended(text, mention.prefecture)
            if change is not None:
                mention.findings.append(self.areas.note_change(change, text))
                return

    def _named_after(self, place: Municipality | None, mention: Mention) -> Entity | None:
        """A corporate number or the class makes 鳥取市福祉部 the city; a code beside any other name is an address."""
        if place is None or not place.has_government:
            return None
        is_government = (
            mention.cls == "LocalGovernment" or place_of_number(readable_number(mention.corporate_number)) == place
        )
        if not is_government:
            return None
        if not spelling_key(mention.name).startswith(spelling_key(place.name)):
            mention.findings.append(CellError("code-name-mismatch", mention.name, other=place.full_name))
            mention.corporate_number = None
            return None
        return self.areas.government(place)

    def _one_government(self, places: list[Municipality], text: str, *, may_guess: bool = True) -> Entity:
        """Return the government of the only place, or with `may_guess` of the only one that a row speaks of."""
        known = [place for place in places if may_guess and place.org_iri in self._known]
        chosen = places if len(places) == 1 else known
        if len(chosen) != 1:
            raise CellError("ambiguous-name", text, nearest=describe(map(_as_entity, places)))
        return self.areas.government(chosen[0])

    def _by_digits(self, digits: str) -> Entity | None:
        if len(digits) == 13:
            number = parse_corporate_number(digits)
            place = place_of_number(number)
            return self.areas.government(place) if place else self._registry.by_iri(instance_iri(SEGMENT, number))
        place = place_of_code(parse_lg_code(digits))
        return self.areas.government(place) if place is not None and place.has_government else None

    def _by_digits_alone(self, number: str | None, digits: str) -> Entity:
        """A number without a name stands for an organisation that another row names."""
        number = number or (parse_corporate_number(digits) if len(digits) not in (5, 6) else None)
        found = self._registry.by_iri(instance_iri(SEGMENT, number)) if number else self._by_digits(digits)
        if found is None:
            raise CellError("nameless-organization" if number else "unknown-code", digits)
        return found

    # ---- other organisations ----

    def _by_number(self, number: str, mention: Mention) -> tuple[Entity, bool] | None:
        """Return the organisation of a number; None when it is known under a name that is unlike, which is told."""
        iri = instance_iri(SEGMENT, number)
        known = self._registry.by_iri(iri)
        if known is None:
            return self._create(iri, mention), True
        if not self._is_called(known, mention.name):
            code = "branch-number" if are_alike(known.label, mention.name) else "unlike-number"
            mention.findings.append(CellError(code, mention.name, other=known.label, number=number))
            return None
        self._note(known, mention)
        return known, False

    def _is_called(self, entity: Entity, name: str) -> bool:
        """Tell whether an organisation may go by a name: one of its own, or one like its first, but of no branch."""
        one, other = (name_keys(text).core for text in (entity.label, name))
        is_alike = are_alike(entity.label, name) and not is_other_branch(one, other)
        return is_alike or entity in self._registry.by_name(name, _is_organization)

    def _by_keys(self, mention: Mention) -> tuple[Entity, bool]:
        known = self._match(mention)
        if known is not None:
            if mention.id is not None and known.id not in (None, mention.id):
                mention.findings.append(CellError("same-organization", mention.name, other=known.place))
            elif is_by_name_alone(known, mention):
                mention.findings.append(CellError("name-alone", mention.name, other=describe((known,))))
            self._note(known, mention)
            return known, False
        form, municipality = self._legal_form(mention), mention.code5
        if mention.cls == "UnnamedGroup":
            tail = mention.id or mention.spot or ""
            key = content_key((name_keys(mention.name).core, municipality or "", "unnamed", tail))
            known = self._registry.by_iri(instance_iri(SEGMENT, key))
            if known is not None:
                return known, False
        else:
            key = organization_key(mention.name, form, mention.area)
            if self._registry.by_iri(instance_iri(SEGMENT, key)) is not None:
                key = key_apart(key, mention)
        created = self._create(instance_iri(SEGMENT, key), mention)
        if mention.cls != "UnnamedGroup":
            self._tell_namesakes(created, mention)
        return created, True

    def _tell_namesakes(self, created: Entity, mention: Mention) -> None:
        """Say which bodies of the name a new one may be; those elsewhere are told when no nearer one is."""
        others = [
            entity
            for entity in self._by_core.find(created.core)[:_NAMESAKES]
            if entity is not created and not self._decisions.is_decided(entity, created)
        ]
        similar = [entity for entity in others if areas_agree(entity.municipality, created.municipality)]
        elsewhere = [] if mention.parent else [entity for entity in others if _is_code(entity.municipality)]
        if similar or elsewhere:
            code = OF_NEW[0] if similar else OF_NEW[1]
            mention.findings.append(CellError(code, mention.name, nearest=describe((similar or elsewhere)[:3])))

    def _match(self, mention: Mention) -> Entity | None:
        if mention.cls == "UnnamedGroup":
            return None
        if mention.cls is None:
            collaborations = self._registry.by_name(mention.name, _is_collaboration)
            if len(collaborations) == 1:
                return collaborations[0]
        keys = name_keys(mention.name)
        form, area = self._legal_form(mention), mention.area
        found = [e for e in self._by_core.find(keys.core) if e.legal_form == form and areas_agree(e.municipality, area)]
        if not found:
            named = self._registry.by_name(mention.name, _is_organization)
            found = [e for e in named if form in (None, e.legal_form) and areas_agree(e.municipality, area)]
            if not found and form is None:
                self._check_clear(keys.core, area, mention)
        found = self._nearest(found, area)
        found = meant_by(found, mention)
        if len(found) > 1:
            raise CellError("ambiguous-name", mention.name, nearest=describe(found))
        return found[0] if found and (area is not None or not self._is_shared(found[0])) else None

    def _check_clear(self, core: str, area: str | None, mention: Mention) -> None:
        """Raise when a name without legal form fits bodies in several places, because nothing tells which is meant."""
        known = [e for e in self._by_core.find(core) if e.municipality != area and areas_agree(e.municipality, area)]
        known = self._decisions.distinct([entity for entity in known if entity.municipality is not None])[:50]
        if any(not areas_agree(one.municipality, other.municipality) for one, other in combinations(known, 2)):
            raise CellError("ambiguous-name", mention.name, nearest=describe(known[:3]))

    def _is_shared(self, entity: Entity) -> bool:
        """Tell whether bodies elsewhere have the same name and legal form, so that the name alone decides nothing."""
        return any(
            other.legal_form == entity.legal_form and not areas_agree(other.municipality, entity.municipality)
            for other in self._by_core.find(entity.core)
        )

    def _nearest(self, found: list[Entity], area: str | None) -> list[Entity]:
        """Return the one that is known to be in the area when there is just one, else all."""
        exact = self._decisions.distinct([entity for entity in found if entity.municipality == area])
        if len(exact) == 1:
            return exact
        near = [entity for entity in found if area and entity.municipality and is_within(entity.municipality, area)]
        near = self._decisions.distinct(near)
        return near if len(near) == 1 else self._decisions.distinct(found)

    def _create(self, iri: str, mention: Mention) -> Entity:
        keys = name_keys(mention.name)
        label = clean_label(mention.name)
        entity = Entity(iri, mention.cls or self._default_class, label, SEGMENT, mention.file, row=mention.row)
        entity.core, entity.legal_form = keys.core, self._legal_form(mention)
        entity.municipality = mention.area
        if mention.lists:
            entity.scope, entity.address = mention.scope, mention.address
        if entity.cls != "UnnamedGroup":
            self._by_core.add(keys.core, entity)
        self._note(entity, mention)
        return entity

    def _note(self, entity: Entity, mention: Mention) -> None:
        if entity.cls == "LocalGovernment":
            self._known.add(entity.iri)
        if mention.cls is not None and entity.segment == SEGMENT and entity.cls != "LocalGovernment":
            entity.cls = mention.cls
        if entity.municipality is None or (mention.code5 is not None and entity.municipality == mention.home):
            entity.municipality = mention.code5
        if entity.segment == SEGMENT and entity.cls != "LocalGovernment" and is_cleaner(mention.name, entity.label):
            entity.label = clean_label(mention.name)
        names = (mention.name, entity.label) if entity.cls != "UnnamedGroup" else ()
        self._registry.add(entity, id=mention.id, names=names)

    def _legal_form(self, mention: Mention) -> str | None:
        if mention.legal_form:
            found = self._parser.find_concept("legal-form", mention.legal_form)
            if found is not None:
                return found.notation
        return name_keys(mention.name).legal_form

    def _municipality(self, mention: Mention) -> str | None:
        if mention.municipality:
            try:
                return self.areas.municipality_of(mention.municipality, mention.prefecture).code5
            except CellError:
                return None
        place = place_of_code(mention.lg_code, present_place)
        return place.code5 if place is not None else None


def _is_organization(entity: Entity) -> bool:
    return entity.segment == SEGMENT


def _is_collaboration(entity: Entity) -> bool:
    return entity.segment in ("platform", "body")


def _is_code(area: str | None) -> bool:
    """Tell whether the area of a body is a place, and not the body that it is a department of."""
    return area is not None and area.isdigit()


def _as_entity(place: Municipality) -> Entity:
    return Entity(place.org_iri or "", "LocalGovernment", place.full_name, SEGMENT, place.code6)
