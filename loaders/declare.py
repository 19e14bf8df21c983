"""First pass over the rows: what each declares and which organisations the names in it stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from tsunagari.loaders.drafts import Draft, left_out
from tsunagari.loaders.identity.entities import Entity, Registry, is_id
from tsunagari.loaders.identity.mentions import Mention
from tsunagari.loaders.identity.organizations import Organizations
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.references import Resolver
from tsunagari.loaders.values.cells import CellError, split_cell
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

DEPARTMENT = "Department"
AREA_SEGMENT = "area"
_LABEL_COLUMNS = ("pref_label", "title")


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
        self._organizations = organizations
        self._resolver = resolver
        self._issues = issues
        self._classes: dict[str, dict[str, str]] = {}
        self._default = cache(vocabulary.default_class)

    def declare(self, drafts: list[Draft]) -> None:
        """Make everything known that rows declare.

        Things with an id or a name of their own come first, then organisations from the surest to the least sure and
        what was decided about them, then the named things whose identity includes an organisation.
        """
        others = [draft for draft in drafts if draft.file.kind.segment != "org"]
        for draft in others:
            if draft.row.cells.get("id") or draft.file.kind.party is None:
                self._declare_thing(draft)
        self._declare_organizations(drafts)
        self._apply_decisions(drafts)
        for draft in others:
            if draft.entity is None and not draft.left_out:
                self._declare_thing(draft)

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
        label = next((cells[name] for name in _LABEL_COLUMNS if name in cells), None)
        local = cells.get("id")
        if kind.segment == AREA_SEGMENT:
            draft.entity = self._area(draft, cells["id"], label or "")
            return
        if local is None and label is None:
            return
        if local is not None:
            other = self._registry.declared(kind.segment, local)
            if other is not None:
                self._leave_out(draft, "duplicate-id", "id", local, other=other.place)
                return
        iri = instance_iri(kind.segment, local or self._key_of_named(draft, label or ""))
        entity = self._registry.by_iri(iri)
        if entity is None:
            cls = self.row_class(draft)
            entity = Entity(iri, cls, label or local or "", kind.segment, draft.place, row=draft.row.number)
        draft.entity = entity
        aliases = self._aliases(draft)
        self._registry.add(entity, id=local, names=[label, *aliases] if label else aliases)

    def _area(self, draft: Draft, code: str, label: str) -> Entity:
        """Areas are found by the municipality table; several lists may speak of one."""
        iri = instance_iri(AREA_SEGMENT, code)
        entity = self._registry.by_iri(iri)
        if entity is None:
            entity = Entity(iri, draft.file.kind.cls, label, AREA_SEGMENT, draft.place, row=draft.row.number)
            self._registry.add(entity)
        self._organizations.areas.mention(code)
        return entity

    def _aliases(self, draft: Draft) -> list[str]:
        text = draft.row.cells.get("alt_label")
        column = self._vocabulary.columns(draft.file.kind.cls).get("alt_label")
        return split_cell(column, text) if text and column else []

    def _key_of_named(self, draft: Draft, label: str) -> str:
        """The name, its organisation and the texts of the other required cells pin down a named thing without an id."""
        columns = self._vocabulary.columns(draft.file.kind.cls)
        parts = [spelling_key(label)]
        for name, column in columns.items():
            if column.required and not column.common and name not in _LABEL_COLUMNS:
                party = draft.parties.get(name)
                text = party[0].iri if isinstance(party, tuple) else spelling_key(draft.row.cells.get(name, ""))
                parts.append(text)
        return digest(parts)

    # ---- organisations ----

    def _declare_organizations(self, drafts: list[Draft]) -> None:
        pairs = [(mention, draft, column) for draft in drafts for column, mention in self._mentions(draft)]
        departments = [pair for pair in pairs if pair[0].cls == DEPARTMENT]
        others = [pair for pair in pairs if pair[0].cls != DEPARTMENT]
        # a row that describes an organisation comes before one that only names it, when both are equally sure
        others.sort(key=lambda pair: (pair[0].rank, pair[2] is not None))
        for mention, draft, column in others:
            self._take(mention, draft, column)
        for mention, draft, column in departments:
            mention.parent = self._parent_of(draft)
            self._take(mention, draft, column)

    def _apply_decisions(self, drafts: list[Draft]) -> None:
        """Let the rows speak of the organisations that stay after what people decided about matches."""
        merged = self._organizations.replay(self._issues)
        for draft in drafts if merged else ():
            if draft.entity is not None:
                draft.entity = merged.get(draft.entity, draft.entity)
            for column, party in draft.parties.items():
                if isinstance(party, tuple) and party[0] in merged:
                    draft.add_party(column, (merged[party[0]], party[1]))

    def _mentions(self, draft: Draft) -> Iterable[tuple[str | None, Mention]]:
        """Yield the column, None for the row itself, and the organisation that it speaks of."""
        cells, kind = draft.row.cells, draft.file.kind
        if kind.segment == "org":
            mention = self._mention_of(draft, cells, cells.get("pref_label", ""))
            mention.cls = self.row_class(draft) if cells.get("class") else None
            mention.id = cells.get("id")
            if mention.name or mention.corporate_number or mention.lg_code:
                yield None, mention
            return
        for column in kind.creates:
            is_party = column == kind.party
            party = draft.row.party if is_party else {}
            name = cells.get(column) or party.get("lg_code") or party.get("corporate_number")
            if name and not is_id(name):
                yield column, self._mention_of(draft, party, name)

    def _mention_of(self, draft: Draft, cells: dict[str, str], name: str) -> Mention:
        return Mention(
            name=name,
            place=draft.place,
            row=draft.row.number,
            corporate_number=cells.get("corporate_number"),
            lg_code=cells.get("lg_code"),
            legal_form=cells.get("legal_form"),
            municipality=cells.get("municipality"),
            prefecture=draft.prefecture,
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
                draft.add_party(column, error)
            return
        if column is None:
            draft.entity = taken[0]
            self._registry.add(taken[0], names=self._aliases(draft))
        else:
            draft.add_party(column, taken)
        for finding in mention.findings:
            key = column or "pref_label"
            if not draft.says_again(key):
                self._issues.append(draft.issue(finding.code, key, finding.value, **finding.params))
            if finding.code == "code-name-mismatch":
                for cells in (draft.row.cells, draft.row.party):
                    cells.pop("lg_code", None)
                    cells.pop("corporate_number", None)

    def _leave_out(self, draft: Draft, code: str, key: str, value: str, **params: Any) -> None:
        draft.left_out = True
        issue = draft.issue(code, key, value, **params)
        self._issues.append(issue if code == "duplicate-id" else left_out(issue))


def digest(parts: Iterable[str]) -> str:
    """Return 16 hexadecimal digits of SHA-256 over the parts joined by U+001F."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
