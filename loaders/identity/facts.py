"""Facts with an identifier of their own, such as ties and services: millions of rows, to which hardly a cell refers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tsunagari.loaders.registry import Accepts, Entity, Index, fold_id
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.spelling import spelling_key

Names = Iterable[tuple[Entity, Iterable[str]]]
_ROW = 32  # bits of the number of a row


class Facts:
    """Which row states which fact: one number a fact, made an entity when something refers to it."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, int]] = {}
        self._written: dict[tuple[str, str], str] = {}  # ids that are written otherwise than folded
        self._origins: list[tuple[str, str]] = []
        self._origin_of: dict[tuple[str, str], int] = {}
        self._shared: dict[tuple[str, str], Entity | None] = {}
        self._names: Index | None = None
        self.read_names: Callable[[], Names] = tuple

    def declare(self, segment: str, local: str, *, file: str, row: int, cls: str) -> str | None:
        """Make a fact known; return the place of the row that declared it before, None when this is the first.

        Parameters
        ----------
        segment, local
            The parts of its IRI.
        file, row, cls
            Where it is declared, and its class.
        """
        origin = self._origin_of.get((file, cls))
        if origin is None:
            origin = self._origin_of[file, cls] = len(self._origins)
            self._origins.append((file, cls))
        packed = origin << _ROW | row
        rows = self._rows.setdefault(segment, {})
        folded = fold_id(local)
        if folded != local and folded in rows:
            local = folded
        elif folded != local or self._written:
            local = self._written.setdefault((segment, folded), local)
        known = rows.setdefault(local, packed)
        if known == packed:
            return None
        self._shared.setdefault((segment, local))
        return f"{self._origins[known >> _ROW][0]}:{known & (1 << _ROW) - 1}"

    def is_shared(self, segment: str, local: str) -> bool:
        """Tell whether several rows declare a fact."""
        return (segment, local) in self._shared

    def shared(self, entity: Entity, local: str) -> Entity:
        """Return the one entity for all rows of a fact that several declare, which is `entity` for the first."""
        known = self._shared.get((entity.segment, local))
        if known is None:
            known = self._shared[entity.segment, local] = entity
        return known

    def by_id(self, text: str, accepts: Accepts) -> list[Entity]:
        """Return the facts that ``segment/id`` or a bare id stands for."""
        head, _, tail = text.rpartition("/")
        folded = fold_id(tail)
        found = [
            self._entity(segment, local, rows[local])
            for segment, rows in self._rows.items()
            if (local := self._written.get((segment, folded), folded)) in rows and head in ("", segment)
        ]
        return [entity for entity in found if accepts(entity)]

    def by_name(self, text: str, accepts: Accepts) -> list[Entity]:
        """Return the facts of a name, whatever its spelling; the names are read when first asked for."""
        if self._names is None:
            self._names = Index()
            for entity, names in self.read_names():
                for key in {spelling_key(name) for name in names} - {""}:
                    self._names.add(key, entity)
        return [entity for entity in self._names.find(spelling_key(text)) if accepts(entity)]

    def __iter__(self) -> Iterator[tuple[str, Entity]]:
        for segment, rows in self._rows.items():
            yield from ((local, self._entity(segment, local, packed)) for local, packed in rows.items())

    def _entity(self, segment: str, local: str, packed: int) -> Entity:
        file, cls = self._origins[packed >> _ROW]
        iri = instance_iri(segment, local)
        return Entity(iri, cls, local, segment, file, row=packed & (1 << _ROW) - 1, id=local)
