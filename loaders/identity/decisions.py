"""Decisions about matches applied to a load: which organisations are one, and which decisions contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from tsunagari.loaders.identity.ledger import DIFFERENT, LEDGER_NAME, SAME, Decision, Ledger, short_id
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.registry import Entity
from tsunagari.ontology.namespaces import concept_iri, content_key, graph_iri, instance_iri
from tsunagari.ontology.records import Evidence, Record, Reference, Value

Node = TypeVar("Node", bound=Hashable)
Pair = tuple[Node, Node]
UNNAMED = "UnnamedGroup"
LEDGER_GRAPH = graph_iri("matches")
LEDGER_IRI = instance_iri("source", LEDGER_NAME)
Find = Callable[[str], Entity | None]


class Decisions:
    """The decisions of a ledger on their way through a load.

    Parameters
    ----------
    ledger
        What the workspace holds.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._decisions = ledger.decisions
        self._decided = {decision.pair for decision in self._decisions}
        pairs = {verdict: _pairs(self._decisions, verdict) for verdict in (SAME, DIFFERENT)}
        groups, unsound = group_pairs(pairs[SAME], pairs[DIFFERENT], _number_in)
        self._root = {text: root for text, root in groups.items() if root not in unsound}
        self._applied: list[tuple[Decision, Entity, Entity]] = []
        self._merged: dict[Entity, Entity] = {}

    def distinct(self, found: list[Entity]) -> list[Entity]:
        """Return `found` with one entity for all that were decided to be the same."""
        if len(found) < 2 or not self._root:
            return found
        kept: dict[object, Entity] = {}
        for entity in found:
            root = next((self._root[text] for text in _texts(entity) if text in self._root), None)
            kept.setdefault(entity if root is None else root, entity)
        return list(kept.values())

    def is_decided(self, one: Entity, other: Entity) -> bool:
        """Tell whether anybody decided about the two, whatever was decided."""
        return bool(self._decided) and any(
            frozenset((left, right)) in self._decided for left in _texts(one) for right in _texts(other)
        )

    def replay(self, find: Find, issues: list[Issue]) -> dict[Entity, Entity]:
        """Return each organisation that is merged away with the one that stays.

        Decisions about organisations that no list names, or that contradict each other, are reported and not applied:
        of a group in which two are decided to be different, or have different corporate numbers without a decision
        about these very two, nothing is merged.

        Parameters
        ----------
        find
            Gives the organisation of an identifier; None when no list names it.
        issues
            Where findings go.
        """
        known = [found for decision in self._decisions if (found := _locate(decision, find, issues)) is not None]
        same = [(left, right) for decision, left, right in known if decision.verdict == SAME]
        different = [(left, right) for decision, left, right in known if decision.verdict == DIFFERENT]
        groups, unsound = group_pairs(same, different, lambda entity: _number_in(short_id(entity.iri)))
        for decision, left, right in known:
            is_merge = decision.verdict == SAME
            if (is_merge and groups.get(left) in unsound) or (decision.verdict == DIFFERENT and left is right):
                issues.append(_issue("match-contradiction", decision, left=left.label, right=right.label))
            else:
                self._applied.append((decision, left, right))
        for members in _members(groups, unsound):
            stays = min(members, key=_precedence)
            for entity in members:
                if entity is not stays:
                    _take_over(stays, entity)
                    self._merged[entity] = stays
        return self._merged

    def records(self) -> Iterator[Record]:
        """Yield the ledger as a document and each decision that was applied, in the order of the rows."""
        if self._applied:
            title: dict[str, tuple[Value, ...]] = {"title": ("名寄せの判断",), "identifier": (LEDGER_NAME,)}
            yield Record(LEDGER_IRI, "SourceDocument", LEDGER_GRAPH, title, (Evidence(LEDGER_IRI),))
        for decision, left, right in self._applied:
            now = (self._merged.get(entity, entity).iri for entity in (left, right))
            yield _record(decision, sorted((left.iri, right.iri)), now)


def group_pairs(
    same: Sequence[Pair[Node]], different: Iterable[Pair[Node]], number_of: Callable[[Node], str | None]
) -> tuple[dict[Node, Node], set[Node]]:
    """Return each node of `same` with the root of its group, and the roots of groups that contradict themselves.

    Examples
    --------
    >>> group_pairs([("a", "b"), ("b", "c")], [("a", "c")], lambda node: None)
    ({'a': 'a', 'b': 'a', 'c': 'a'}, {'a'})
    """
    parents: dict[Node, Node] = {}

    def root_of(node: Node) -> Node:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for left, right in same:
        one, other = root_of(left), root_of(right)
        parents[other] = one
    roots = {node: root_of(node) for node in list(parents)}
    unsound = {roots[left] for left, right in different if left in roots and roots[left] == roots.get(right)}
    numbered: dict[Node, list[Node]] = {}
    for node, root in roots.items():
        if number_of(node) is not None:
            numbered.setdefault(root, []).append(node)
    decided = {frozenset(pair) for pair in same}
    for root, nodes in numbered.items():
        pairs = combinations(nodes, 2)
        if any(number_of(a) != number_of(b) and frozenset((a, b)) not in decided for a, b in pairs):
            unsound.add(root)
    return roots, unsound


def _pairs(decisions: Iterable[Decision], verdict: str) -> list[Pair[str]]:
    return [(decision.left, decision.right) for decision in decisions if decision.verdict == verdict]


def _number_in(text: str) -> str | None:
    """The corporate number that an identifier consists of."""
    local = text.removeprefix("org/")
    return local if len(local) == 13 and local.isdigit() else None


def _texts(entity: Entity) -> Iterator[str]:
    yield short_id(entity.iri)
    if entity.id is not None:
        yield f"{entity.segment}/{entity.id}"


def _locate(decision: Decision, find: Find, issues: list[Issue]) -> tuple[Decision, Entity, Entity] | None:
    left, right = find(decision.left), find(decision.right)
    for entity, text, name in ((left, decision.left, decision.left_name), (right, decision.right, decision.right_name)):
        if entity is None:
            issues.append(_issue("match-unknown", decision, value=text, name=name or text))
    if left is None or right is None:
        return None
    if decision.verdict == SAME and UNNAMED in (left.cls, right.cls):
        issues.append(_issue("match-unnamed", decision, value=left.label))
        return None
    return decision, left, right


def _issue(code: str, decision: Decision, *, value: str | None = None, **params: str) -> Issue:
    return make_issue(code, file=LEDGER_NAME, row=decision.row, value=value, **params)


def _members(groups: dict[Entity, Entity], unsound: set[Entity]) -> list[list[Entity]]:
    members: dict[Entity, list[Entity]] = {}
    for entity, root in groups.items():
        if root not in unsound:
            members.setdefault(root, []).append(entity)
    return list(members.values())


def _precedence(entity: Entity) -> tuple[bool, bool, bool, bool, str]:
    """The organisation with a corporate number stays, else the one that is described best; at last the identifier."""
    return (
        _number_in(short_id(entity.iri)) is None,
        entity.id is None,
        entity.municipality is None,
        entity.legal_form is None,
        entity.iri,
    )


def _take_over(stays: Entity, gone: Entity) -> None:
    """What only the organisation that goes was known by is kept."""
    stays.id = stays.id or gone.id
    stays.municipality = stays.municipality or gone.municipality
    stays.legal_form = stays.legal_form or gone.legal_form


def _record(decision: Decision, identifiers: list[str], now: Iterable[str]) -> Record:
    reason = "、".join(filter(None, (decision.rule, decision.note)))
    names = (decision.left_name, decision.right_name)
    values: dict[str, tuple[Value, ...]] = {
        "about": tuple(dict.fromkeys(map(Reference, now))),
        "matched": tuple(Reference(iri) for iri in identifiers),
        "verdict": (Reference(concept_iri("match-verdict", decision.verdict)),),
        "as_written": tuple(dict.fromkeys(filter(None, names))),
        "decision_date": (decision.decided_at,) if decision.decided_at else (),
        "reason": (reason,) if reason else (),
    }
    key = content_key(identifiers)
    filled = {name: items for name, items in values.items() if items}
    return Record(
        instance_iri("match", key), "MatchDecision", LEDGER_GRAPH, filled, (Evidence(LEDGER_IRI, row=decision.row),)
    )
