"""A load of a fictional country against its truth: what was put together, what was found, what was lost."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tsunagari.graph.knowledge.build import build
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.namespaces import ID, instance_iri
from tsunagari.ontology.records import Record, Reference

PARTIES = {
    "PlatformMembership": ("member",),
    "SupportService": ("provided_by",),
    "CollaborationTie": ("tie_from", "tie_to"),
}
Place = tuple[str, str, int]
Spot = tuple[str, str, int, str, int]  # file, sheet, row, column, and which of several in it


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that speaks of an organisation."""

    spot: Spot
    text: str
    organization: str
    fact: str


@dataclass(slots=True)
class Comparison:
    """What a load made of a fictional country.

    Parameters
    ----------
    merged, right
        Pairs of mentions that the load put together, and how many of them truly are one organisation.
    true, found, proposed
        Pairs that truly are one, how many of them the load put together, and how many it proposes to a person.
    facts
        Memberships, services and ties of the truth.
    lost
        Places of the truth that neither a record nor an error speaks of.
    wrong, missed
        Examples: mentions put together though they differ, and pairs neither put together nor proposed.
    """

    merged: int = 0
    right: int = 0
    true: int = 0
    found: int = 0
    proposed: int = 0
    facts: int = 0
    lost: list[Place] = field(default_factory=list)
    wrong: list[tuple[str, ...]] = field(default_factory=list)
    missed: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the pairs put together that truly are one."""
        return self.right / self.merged if self.merged else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were put together or are proposed."""
        return (self.found + self.proposed) / self.true if self.true else 1.0


def build_and_compare(workspace: Path, without: frozenset[str] = frozenset()) -> Comparison:
    """Load and build a fictional country and compare it, with the candidates that it proposes, without some files."""
    with build(workspace) as graph:
        frame = graph.match_candidates()
    pairs = [(f"{ID}{left}", f"{ID}{right}") for left, right in zip(frame["left"], frame["right"], strict=True)]
    del frame
    spots = Spots()
    load = load_workspace(workspace, sink=lambda record, _: spots.add(record))
    return compare(load, workspace / "truth", pairs, spots, without=without)


def compare(
    load: Load,
    truth: Path,
    candidates: Iterable[tuple[str, str]] = (),
    spots: Spots | None = None,
    *,
    without: frozenset[str] = frozenset(),
) -> Comparison:
    """Compare a load with the truth in a folder.

    Parameters
    ----------
    load
        What the workspace gave.
    truth
        Its folder ``truth``.
    candidates
        Pairs of IRIs of organisations that a person is asked about.
    spots
        What the records say, when a sink took them; None reads those of the load.
    without
        Files whose rows do not count.
    """
    mentions = [mention for mention in read_mentions(truth) if mention.spot[0] not in without]
    if spots is None:
        spots = Spots()
        for record in load.records:
            spots.add(record)
    entities = spots.entities(mentions)
    # of the register of corporate numbers, only what the other lists mention is to be kept
    registers = {source.file for source in load.sources if source.kind == "corporate-numbers"}
    mentions = [item for item in mentions if item.spot[0] not in registers or _key(item.spot) in entities]
    found = Comparison(facts=len({mention.fact for mention in mentions if mention.fact}))
    _count_pairs(found, mentions, entities, _symmetric(candidates))
    _find_lost(found, mentions, entities, load)
    return found


def read_mentions(truth: Path) -> Iterator[Mention]:
    """Yield the mentions of the truth."""
    counts: Counter[tuple[str, ...]] = Counter()
    with (truth / "mentions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spot = (row["file"], row["sheet"], row["row"], row["column"])
            counts[spot] += 1
            number = counts[spot]
            full = (row["file"], row["sheet"], int(row["row"]), row["column"], number)
            yield Mention(full, row["text"], row["organization"], row["fact"])


class Spots:
    """Which organisation the records of a load speak of at which place of which file."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int, str], list[str]] = defaultdict(list)

    def add(self, record: Record) -> None:
        """Take note of a record."""
        for evidence in record.evidence:
            if evidence.row is None:
                continue
            place = (evidence.source, evidence.sheet or "", evidence.row)
            if record.iri.startswith(f"{ID}org/"):
                self._found[(*place, "pref_label")].append(record.iri)
            for column in PARTIES.get(record.cls, ()):
                value = next(iter(record.values.get(column, ())), None)
                if isinstance(value, Reference):
                    self._found[(*place, column)].append(value.iri)

    def entities(self, mentions: Sequence[Mention]) -> dict[Spot, str]:
        """Return what the load took each mention for; a row of a square has several in one column."""
        counts = Counter(_key(mention.spot)[:4] for mention in mentions)
        return {
            (*spot, number): iri
            for spot, iris in self._found.items()
            # where some of several are missing, nothing tells which
            if counts[spot] <= len(iris) or len(set(iris)) == 1
            for number, iri in enumerate(iris, start=1)
        }


def _key(spot: Spot) -> Spot:
    return (_source(spot[0]), *spot[1:])


@cache
def _source(file: str) -> str:
    return instance_iri("source", file)


def _symmetric(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {pair for one, other in pairs for pair in ((one, other), (other, one))}


def _count_pairs(
    found: Comparison, mentions: list[Mention], entities: dict[Spot, str], candidates: set[tuple[str, str]]
) -> None:
    by_entity: dict[str, Counter[str]] = defaultdict(Counter)
    by_body: dict[str, Counter[str | None]] = defaultdict(Counter)
    texts: dict[tuple[str, str | None], str] = {}
    for mention in mentions:
        entity = entities.get(_key(mention.spot))
        by_body[mention.organization][entity] += 1
        texts[mention.organization, entity] = f"{mention.text} [{':'.join(map(str, mention.spot[:4]))}]"
        if entity is not None:
            by_entity[entity][mention.organization] += 1
    for entity, bodies in by_entity.items():
        found.merged += _pairs(sum(bodies.values()))
        found.right += sum(map(_pairs, bodies.values()))
        if len(bodies) > 1:
            found.wrong.append(tuple(texts[body, entity] for body in bodies))
    for body, parts in by_body.items():
        found.true += _pairs(sum(parts.values()))
        known = [(entity, count) for entity, count in parts.items() if entity is not None]
        found.found += sum(_pairs(count) for _, count in known)
        for number, (one, count) in enumerate(known):
            for other, further in known[number + 1 :]:
                if (one, other) in candidates:
                    found.proposed += count * further
                else:
                    found.missed.append((texts[body, one], texts[body, other]))
        if parts[None]:
            found.missed.append((texts[body, None],))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _find_lost(found: Comparison, mentions: list[Mention], entities: dict[Spot, str], load: Load) -> None:
    """A mention is there when its row gave a record of the right kind, or when an error names the row."""
    said = {(issue.file, issue.sheet or "", issue.row) for issue in load.issues if issue.severity == "error"}
    for mention in mentions:
        place = mention.spot[:3]
        if _key(mention.spot) not in entities and place not in said:
            found.lost.append(place)
