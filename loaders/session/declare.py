"""First pass over the rows: what each declares and which organisations the names in it stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tsunagari.loaders.files import Spool
from tsunagari.loaders.identity import (
    NAME_ALONE,
    OF_NEW,
    ORGANIZATION,
    Draft,
    Drafts,
    JoinedNames,
    Mention,
    NamedKeys,
    NamesAlone,
    Organizations,
    Reaches,
    Resolver,
    SourceFile,
    is_count,
    label_of,
    named_rows,
    rank_of,
)
from tsunagari.loaders.issues import Issue, left_out
from tsunagari.loaders.registry import Entity, Registry, is_id
from tsunagari.loaders.tables import PackedRow, pack_row, unpack_row
from tsunagari.loaders.values import CellError, split_cell
from tsunagari.ontology.namespaces import KEY_DIGITS, instance_iri
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

DEPARTMENT = "Department"
AREA_SEGMENT = "area"
_Waiting = tuple[int, int, str | None, PackedRow]  # file, place in it, column that speaks of an organisation, and row


class Declarations:
    """What the rows of a workspace declare.

    Parameters
    ----------
    vocabulary
        The ontology.
    registry, organizations, resolver
        Where declared things become known.
    issues
        Where findings go.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        registry: Registry,
        organizations: Organizations,
        resolver: Resolver,
        issues: list[Issue],
    ) -> None:
        self._vocabulary = vocabulary
        self._registry = registry
        self._facts = resolver.facts
        self._organizations = organizations
        self._resolver = resolver
        self._issues = issues
        self._alone = NamesAlone()
        self._joined = JoinedNames()
        self._classes: dict[str, dict[str, str]] = {}
        self._default = cache(vocabulary.default_class)
        self._reaches = Reaches(organizations.areas)
        self._keys = NamedKeys(vocabulary, registry)

    def declare(self, drafts: Drafts) -> None:
        """Make everything known that rows declare.

        Things with an id or a name of their own come first, then organisations from the surest to the least sure and
        what was decided about them, then the named things whose identity includes an organisation.
        """
        waiting: dict[tuple[bool, int, bool], Spool[_Waiting]] = {}
        later: dict[int, SourceFile] = {}
        for draft in drafts:
            kind, cells = draft.file.kind, draft.row.cells
            if "reach" in cells:
                self._reaches.add((cells.get("id"), label_of(cells)), cells["reach"], draft.prefecture)
            if kind.party is None and kind.segment != AREA_SEGMENT and "id" in cells:
                self._registry.ids.add(cells["id"])
            if kind.segment != "org":
                if kind.party is None or cells.get("id"):
                    self._declare_thing(draft)
                elif label_of(cells) is not None:
                    later[draft.file.number] = draft.file
            for turn, column in self._mentions(draft):
                waiting.setdefault(turn, Spool()).append((draft.file.number, draft.index, column, pack_row(draft.row)))
        self._declare_organizations(drafts, waiting)
        self._issues += [*self._alone.issues(), *self._joined.issues(self._organizations.knows)]
        self._apply_decisions(drafts)
        for file in later.values():
            for draft in named_rows(file):
                self._declare_thing(draft)
        for draft, local in self._keys.elsewhere(later.values()):
            kind = draft.file.kind
            self._facts.declare(
                kind.segment, local, file=draft.file.file, row=draft.row.number, cls=self.row_class(draft)
            )
        self._facts.read_names = lambda: self._names_of_facts(drafts)

    def entity_of(self, draft: Draft) -> Entity | None:
        """Return the thing that a row declares; None for a fact that has neither id nor name."""
        kind, cells = draft.file.kind, draft.row.cells
        if draft.entity is not None or kind.party is None:
            return draft.entity
        id, label = cells.get("id"), label_of(cells)
        if id is None and label is None:
            return None
        local = id or self._keys.key_at(draft, label or "")
        iri, cls = instance_iri(kind.segment, local), self.row_class(draft)
        entity = Entity(iri, cls, label or local, kind.segment, draft.file.file, row=draft.row.number, id=id)
        return (
            self._facts.shared(entity, local) if id is None and self._facts.is_shared(kind.segment, local) else entity
        )

    def has_one_row(self, draft: Draft, entity: Entity) -> bool:
        """Tell whether no other row adds to the thing that a row declares."""
        if entity.id is not None or draft.file.kind.party is None:
            return entity.id is not None
        return not self._facts.is_shared(entity.segment, entity.iri[-KEY_DIGITS:])

    def _names_of_facts(self, drafts: Drafts) -> Iterator[tuple[Entity, list[str]]]:
        for file in drafts.files:
            for draft in file.drafts() if file.kind.party is not None and file.kind.segment != "org" else ():
                entity = None if draft.left_out else self.entity_of(draft)
                label = label_of(draft.row.cells)
                if entity is not None and label is not None:
                    yield entity, [label, *self._aliases(draft)]

    def row_class(self, draft: Draft) -> str:
        """Return the class of a row: what its column ``class`` says by name or label, else that of its kind."""
        text = draft.row.cells.get("class")
        named = self.class_named(draft, text) if text else None
        return named or self._default(draft.file.kind.cls)

    def class_named(self, draft: Draft, text: str) -> str | None:
        """Return the class that a row may have by the name or label `text`; None when there is none."""
        return self._usable(draft.file.kind.cls).get(spelling_key(text))

    def class_names(self, draft: Draft) -> list[str]:
        """Return the classes that a row may name, as the user would write them."""
        usable = dict.fromkeys(self._usable(draft.file.kind.cls).values())
        return [f"{self._vocabulary.label(local)} ({local})" for local in usable]

    def _usable(self, cls: str) -> dict[str, str]:
        """Key of a name or label to class."""
        if cls not in self._classes:
            names = {
                spelling_key(name): local
                for local in self._vocabulary.usable_classes(cls)
                for name in (local, self._vocabulary.label(local, "ja"), self._vocabulary.label(local, "en"))
            }
            self._classes[cls] = names
        return self._classes[cls]

    # ---- things other than organisations ----

    def _declare_thing(self, draft: Draft) -> None:
        cells, kind = draft.row.cells, draft.file.kind
        label, local = label_of(cells), cells.get("id")
        if kind.segment == AREA_SEGMENT:
            draft.declare(self._area(draft, cells["id"], label or ""))
            return
        if local is None and label is None:
            return
        if kind.party is not None:
            self._declare_fact(draft, local, label)
            return
        if local is not None:
            other = self._registry.declared(kind.segment, local)
            if other is not None:
                self._leave_out(draft, "duplicate-id", "id", local, other=other.place)
                return
        iri = instance_iri(kind.segment, local or self._keys.key(draft, label or ""))
        entity = self._registry.by_iri(iri)
        if entity is None:
            cls = self.row_class(draft)
            entity = Entity(iri, cls, label or local or "", kind.segment, draft.file.file, row=draft.row.number)
        draft.declare(entity)
        aliases = self._aliases(draft)
        self._registry.add(entity, id=local, names=[label, *aliases] if label else aliases)

    def _declare_fact(self, draft: Draft, id: str | None, label: str | None) -> None:
        segment, file, row = draft.file.kind.segment, draft.file.file, draft.row.number
        local = id or self._keys.key(draft, label or "")
        other = self._facts.declare(segment, local, file=file, row=row, cls=self.row_class(draft))
        if other is not None and id is not None:
            self._leave_out(draft, "duplicate-id", "id", id, other=other)
        elif other is not None:
            self._keys.note_again(local)

    def _area(self, draft: Draft, code: str, label: str) -> Entity:
        """Areas are found by the municipality table; several lists may speak of one."""
        iri = instance_iri(AREA_SEGMENT, code)
        entity = self._registry.by_iri(iri)
        if entity is None:
            entity = Entity(iri, draft.file.kind.cls, label, AREA_SEGMENT, draft.file.file, row=draft.row.number)
            self._registry.add(entity)
        self._organizations.areas.mention(code)
        return entity

    def _aliases(self, draft: Draft) -> list[str]:
        text = draft.row.cells.get("alt_label")
        column = self._vocabulary.columns(draft.file.kind.cls).get("alt_label")
        return split_cell(column, text) if text and column else []

    # ---- organisations ----

    def _declare_organizations(
        self, drafts: Drafts, waiting: Mapping[tuple[bool, int, bool], Iterable[_Waiting]]
    ) -> None:
        referring: Spool[_Waiting] = Spool()
        for turn in sorted(waiting):
            for number, index, column, packed in waiting[turn]:
                draft = drafts.files[number].draft(unpack_row(packed), index)
                mention = self._mention(draft, column)
                if column is not None and self._means_id(mention.name):
                    referring.append((number, index, column, packed))
                    continue
                if mention.cls == DEPARTMENT:
                    mention.parent = self._parent_of(draft)
                self._take(mention, draft, column)
        for number, index, column, packed in referring:
            self._refer(drafts.files[number].draft(unpack_row(packed), index), column or "")

    def _means_id(self, name: str) -> bool:
        """Tell whether a name is the id of a row, or can be nothing else, so that it makes no new organisation."""
        return name in self._registry.ids or self._registry.looks_like_id(name) or is_count(name)

    def _refer(self, draft: Draft, column: str) -> None:
        """Let what a row says beside an id be said of the organisation that has the id."""
        if column == draft.file.kind.party and draft.row.party:
            found = self._registry.by_id(draft.row.cells.get(column, ""), lambda entity: entity.segment == "org")
            if len(found) == 1:
                draft.add_party(column, found[0], speaks=True)

    def _apply_decisions(self, drafts: Drafts) -> None:
        """Let the rows speak of the organisations that stay after what people decided about matches."""
        merged = self._organizations.replay(self._issues)
        for file in drafts.files if merged else ():
            states = file.states
            states.entities = {index: merged.get(entity, entity) for index, entity in states.entities.items()}
            for found in states.parties.values():
                found |= {
                    index: merged[party]
                    for index, party in found.items()
                    if isinstance(party, Entity) and party in merged
                }

    def _mentions(self, draft: Draft) -> Iterator[tuple[tuple[bool, int, bool], str | None]]:
        """Yield the column, None for the row itself, that speaks of an organisation, and when it is its turn.

        The surer ones come first. A row that describes an organisation comes before one that only names it when both
        are equally sure, and departments come when the bodies that they belong to are known.
        """
        cells, kind = draft.row.cells, draft.file.kind
        if kind.segment == "org":
            number = cells.get("corporate_number") or cells.get("lg_code")
            if cells.get("pref_label") or number:
                is_department = bool(cells.get("class")) and self.row_class(draft) == DEPARTMENT
                rank = 0 if is_department else rank_of(number, cells.get("municipality"), draft.prefecture)
                yield (is_department, rank, False), None
            return
        for column in kind.creates:
            party = draft.row.party if column == kind.party else {}
            number = party.get("lg_code") or party.get("corporate_number")
            name = cells.get(column) or number
            if name and (party or not is_id(name)):
                yield (False, rank_of(number, party.get("municipality"), draft.prefecture), True), column

    def _mention(self, draft: Draft, column: str | None) -> Mention:
        """Return the organisation that a column speaks of."""
        cells = draft.row.cells
        if column is None:
            mention = self._mention_of(draft, cells, cells.get("pref_label", ""))
            mention.cls = self.row_class(draft) if cells.get("class") else None
            mention.id = cells.get("id")
            mention.lists = draft.file.kind.lists_bodies
            return mention
        is_party = column == draft.file.kind.party
        party = draft.row.party if is_party else {}
        name = cells.get(column) or party.get("lg_code") or party.get("corporate_number") or ""
        mention = self._mention_of(draft, party, name)
        mention.lists = is_party and draft.file.kind.lists_bodies
        mention.near = cells.get("address") or cells.get("service_area")
        if mention.lists and not mention.municipality:
            mention.reach = self._reaches.of(cells.get("organization") or draft.file.source.platform)
        if "class" in party:
            mention.cls = self._usable(ORGANIZATION).get(spelling_key(party["class"]))
            mention.spot = party.get("spot")
        return mention

    def _mention_of(self, draft: Draft, cells: dict[str, str], name: str) -> Mention:
        return Mention(
            name=name,
            file=draft.file.file,
            row=draft.row.number,
            corporate_number=cells.get("corporate_number"),
            lg_code=cells.get("lg_code"),
            legal_form=cells.get("legal_form"),
            municipality=cells.get("municipality"),
            prefecture=draft.prefecture,
            scope=draft.row.cells.get("organization") or draft.file.source.platform or draft.file.file,
            address=cells.get("address"),
            day=draft.stated_on,
        )

    def _parent_of(self, draft: Draft) -> str | None:
        column = self._vocabulary.columns(draft.file.kind.cls)["sub_organization_of"]
        text = draft.row.cells.get(column.name)
        try:
            return self._resolver.resolve(column, text, draft.prefecture) if text else None
        except CellError:
            return None  # reported when the cell itself is read

    def _take(self, mention: Mention, draft: Draft, column: str | None) -> None:
        if mention.id is not None:
            other = self._registry.declared("org", mention.id)
            if other is not None:
                self._leave_out(draft, "duplicate-id", "id", mention.id, other=other.place)
                return
        try:
            taken = self._organizations.take(mention)
        except CellError as error:
            if column is None:
                self._leave_out(draft, error.code, "pref_label", error.value, **error.params)
            else:
                draft.add_party(column, error.bare())
            return
        entity, is_new = taken
        if is_new:
            self._joined.add(draft, column or "pref_label", mention.name)
        if column is None:
            draft.declare(entity)
            self._registry.add(entity, names=self._aliases(draft))
        for finding in mention.findings:
            key = column or "pref_label"
            if finding.code == NAME_ALONE and not mention.lists:
                self._alone.add(draft, key, finding)
            elif not draft.says_again(key) or (is_new and finding.code in OF_NEW):
                self._issues.append(draft.issue(finding.code, key, finding.value, **finding.params))
            if finding.code == "code-name-mismatch":
                draft.drop_codes()
        if column is not None:
            described = draft.row.party if column == draft.file.kind.party else {}
            draft.add_party(column, entity, speaks=is_new or bool(described))

    def _leave_out(self, draft: Draft, code: str, key: str, value: str, **params: Any) -> None:
        draft.leave_out()
        issue = draft.issue(code, key, value, **params)
        self._issues.append(issue if code == "duplicate-id" else left_out(issue))
