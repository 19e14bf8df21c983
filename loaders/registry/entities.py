"""The things of a workspace that rows can refer to, by id and by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from tsunagari.errors import Message
from tsunagari.loaders.issues import join_names
from tsunagari.loaders.registry.ids import DeclaredIds, fold_id, is_id, parse_prefixed
from tsunagari.ontology.records import Value
from tsunagari.ontology.spelling import spelling_key


@dataclass(slots=True, eq=False)
class Entity:
    """A thing that a row can refer to.

    Parameters
    ----------
    iri, cls, label
        Its IRI, the local name of its class and its name.
    segment
        Part of its IRI that tells its kind.
    file, row
        Where it is declared; a file without a row is a place by itself.
    id
        Its id in the workspace; None when it has none.
    core, legal_form, municipality
        Keys of an organisation's name and the 5-digit code of its municipality, by which it is matched.
    scope, address
        Platform, or file without one, whose list of bodies names it first, and its address there.
    within
        Graph to the prefecture that a row of it gives as all that it says of where the body is; None for none.
    values
        Single values taken so far, by column: a second, different one is reported.
    rows
        How many rows that say something of an organisation are still to be read.
    """

    iri: str
    cls: str
    label: str
    segment: str
    file: str
    id: str | None = None
    core: str = ""
    legal_form: str | None = None
    municipality: str | None = None
    scope: str | None = None
    address: str | None = None
    row: int | None = None
    within: dict[str, Value] | None = None
    values: dict[str, Value] = field(default_factory=dict)
    rows: int = 0

    @property
    def place(self) -> str:
        """File and row for messages."""
        return self.file if self.row is None else f"{self.file}:{self.row}"


_NEAR = 45.0  # percent of likeness below which a name is no hint
Accepts = Callable[[Entity], bool]


class Index:
    """Entities by a text, several of which may share one; most stand alone and then need no list."""

    def __init__(self) -> None:
        self._found: dict[str, Entity | list[Entity]] = {}

    def add(self, key: str, entity: Entity) -> None:
        """Add an entity, once however often."""
        known = self._found.setdefault(key, entity)
        if isinstance(known, list):
            if entity not in known:
                known.append(entity)
        elif known is not entity:
            self._found[key] = [known, entity]

    def find(self, key: str) -> Sequence[Entity]:
        """Return the entities of a text in the order in which they came."""
        found = self._found.get(key)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    def items(self) -> Iterator[tuple[str, Sequence[Entity]]]:
        """Yield each text with its entities."""
        return ((key, self.find(key)) for key in self._found)

    def replace(self, merged: Mapping[Entity, Entity]) -> None:
        """Put the entity that stays in the place of each that was merged away."""
        for key, entities in self.items():
            if not merged.keys().isdisjoint(entities):
                kept = list(dict.fromkeys(merged.get(entity, entity) for entity in entities))
                self._found[key] = kept if len(kept) > 1 else kept[0]


class Registry:
    """Entities by id, whatever its width and case, and by name.

    Attributes
    ----------
    ids
        What rows declare as the ids of things, those included that are not made known yet.
    """

    def __init__(self) -> None:
        self.ids = DeclaredIds()
        self._by_id = Index()
        self._by_name = Index()
        self._by_iri: dict[str, Entity] = {}

    def add(self, entity: Entity, *, id: str | None = None, names: Iterable[str] = ()) -> None:
        """Make an entity known by its id and names; one already known gains further ones."""
        self._by_iri.setdefault(entity.iri, entity)
        if id is not None:
            entity.id = entity.id or id
            self.ids.add(id)
            self._by_id.add(fold_id(id), entity)
        for key in {spelling_key(name) for name in names} - {""}:
            self._by_name.add(key, entity)

    def replace(self, merged: Mapping[Entity, Entity]) -> None:
        """Let ids, names and identifiers of each organisation that was merged away stand for the one that stays."""
        self._by_id.replace(merged)
        self._by_name.replace(merged)
        self._by_iri |= {gone.iri: stays for gone, stays in merged.items()}

    def by_iri(self, iri: str) -> Entity | None:
        """Return the entity with an IRI; None when there is none."""
        return self._by_iri.get(iri)

    def declared(self, segment: str, id: str) -> Entity | None:
        """Return the entity that has an id under a segment; None when it is free."""
        return next((entity for entity in self._by_id.find(fold_id(id)) if entity.segment == segment), None)

    def by_id(self, text: str, accepts: Accepts) -> list[Entity]:
        """Return the entities that ``segment/id`` or a bare id stands for."""
        prefixed = parse_prefixed(text)
        if prefixed is not None:
            segment, id = prefixed
            return [entity for entity in self._by_id.find(fold_id(id)) if entity.segment == segment and accepts(entity)]
        return [entity for entity in self._by_id.find(fold_id(text)) if accepts(entity)]

    def looks_like_id(self, text: str) -> bool:
        """Tell whether a text can only be meant as an id: it is written like one, or built like those declared."""
        return is_id(text) or self.ids.resembles(text)

    def by_name(self, text: str, accepts: Accepts) -> list[Entity]:
        """Return the entities of a name, whatever its spelling."""
        return [entity for entity in self._by_name.find(spelling_key(text)) if accepts(entity)]

    def nearest(
        self, text: str, accepts: Accepts, *, further: Iterable[tuple[str, Entity]] = (), n: int = 3
    ) -> Message:
        """Return the names and ids most like `text`, those of `further` entities too, as one list."""
        words = {word: entity for word, entity in further if accepts(entity)}
        for index in (self._by_id, self._by_name):
            for word, entities in index.items():
                words.update((word, entity) for entity in entities[:1] if accepts(entity))
        cutoff = _NEAR if len(set(map(id, words.values()))) > n else 0.0  # few are a choice rather than a hint
        found = process.extract(spelling_key(text), list(words), scorer=fuzz.ratio, limit=2 * n, score_cutoff=cutoff)
        near = dict.fromkeys(words[word] for word, _, _ in found)
        return describe(list(near)[:n])


def describe(entities: Iterable[Entity]) -> Message:
    """Return the entities as one readable list: name and id, or the place where they come from."""
    shown = (
        f"{entity.label} ({entity.segment}/{entity.id})" if entity.id else f"{entity.label} ({entity.place})"
        for entity in entities
    )
    return join_names(Message(text, text) for text in shown)
