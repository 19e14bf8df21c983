"""From what bodies belong to to ties between the bodies: whoever shares a platform or committee is tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.columns import NONE, Codes, rows_of
from tsunagari.graph.networks.tie_claims import TieClaims
from tsunagari.ontology.namespaces import concept_iri, local_name

if TYPE_CHECKING:
    from tsunagari.graph.columns import Columns

Places: TypeAlias = "npt.NDArray[np.int64]"

CLOSE_GROUP = 50  # holders up to which sharing a body is taken to mean knowing each other
MOST_PAIRS = 5_000_000  # pairs that are written out; their number grows with the square of a group's size
SHARED = "shared_membership"  # no term of the ontology: a projection, not something a source says
PARTNERS = concept_iri("tie-kind", "partnership")
CORE = "core"  # the role of the city at the centre of a partnership


@dataclass(frozen=True, slots=True)
class _Holdings:
    """Who is in which group: one row a holder and group, sorted by group and holder.

    `starts` and `rows` give the claims of each row, sorted by evidence.
    """

    groups: Codes
    holders: Codes
    starts: Places
    rows: Places

    def first(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return of each row the value of its first claim."""
        return values[self.rows[self.starts[:-1]]]

    def least(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return of each row the least value of its claims."""
        return self._reduced(np.minimum, values)

    def most(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return of each row the greatest value of its claims."""
        return self._reduced(np.maximum, values)

    def _reduced(self, operation: np.ufunc, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        found: npt.NDArray[Any] = operation.reduceat(values[self.rows], self.starts[:-1])
        return found


def share_groups(claims: TieClaims, columns: Columns, *, largest: int | None = None) -> TieClaims:
    """Project memberships and roles onto the organisations that share a group.

    Parameters
    ----------
    claims
        Memberships, role holdings and places in partnerships, see `tsunagari.graph.networks.contract`.
    columns
        The graph they are of.
    largest
        Leave out groups with more holders; None takes all.

    Returns
    -------
    One tie for each pair of holders of a group, with weight 1/(holders − 1) (M. E. J. Newman 2001, Scientific
    collaboration networks II, Phys. Rev. E 64, 016132), so that each body's weights from one group sum to 1. A
    partnership gives the pairs of its core city with each partner only, weight 1: their agreements are one to one.
    Every statement about either is evidence. A group of one holder gives nothing.

    Raises
    ------
    NetworkError
        There would be more than `MOST_PAIRS` pairs: 100,000 members of one platform would be five thousand million.
    """
    if not len(claims):
        return claims
    holdings = _holdings(claims)
    shared = pairs_that_share(holdings.groups, holdings.most(cores_of(claims)), largest=largest)
    if not len(shared.one):
        return claims.take(np.empty(0, dtype=np.int64))
    return _tied(claims, columns, holdings, (shared.one, shared.other), shared.weight, shared.across)


def cores_of(claims: TieClaims) -> npt.NDArray[np.bool_]:
    """Tell of each place in a group whether it is that of its core: the city at the centre of a partnership.

    Examples
    --------
    >>> from tsunagari.graph.networks.contraction import contract
    >>> bool(cores_of(contract(kg._reader.columns, "PartnershipMembership")).any())
    True
    """
    found: npt.NDArray[np.bool_] = np.array([local_name(name) == CORE for name in claims.names], dtype=bool)[
        claims.kinds
    ]
    return found


@dataclass(frozen=True, slots=True)
class SharedPairs:
    """Pairs of holders of one group.

    Parameters
    ----------
    one, other
        Rows of the two holders, the smaller first.
    weight
        1/(holders − 1); 1 where a core is tied with a partner.
    across
        Whether the pair is one of a core and a partner.
    """

    one: Places
    other: Places
    weight: npt.NDArray[np.float64]
    across: npt.NDArray[np.bool_]


def pairs_that_share(
    groups: npt.NDArray[np.integer[Any]], is_core: npt.NDArray[np.bool_], *, largest: int | None = None
) -> SharedPairs:
    """Return which holders are tied by sharing a group; see `share_groups` for the rule.

    Parameters
    ----------
    groups
        The group of each row, sorted; one row a holder and group.
    is_core
        Whether the holder is the core of the group.
    largest
        Leave out groups with more holders; None takes all.

    Raises
    ------
    NetworkError
        There would be more than `MOST_PAIRS` pairs.

    Examples
    --------
    >>> found = pairs_that_share(np.array([1, 1, 1, 2]), np.array([True, False, False, False]))
    >>> found.one.tolist(), found.other.tolist(), found.weight.tolist()
    ([0, 0], [1, 2], [1.0, 1.0])
    """
    bounds = np.flatnonzero(np.r_[True, np.diff(groups) != 0, True]) if len(groups) else np.zeros(1, dtype=np.int64)
    if len(groups):
        _check_pairs(bounds, is_core, largest)
    ones, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    weights, is_partnership = [np.zeros(0)], [np.zeros(0, dtype=bool)]
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        size = end - start
        if size < 2 or (largest is not None and size > largest):
            continue
        one, other = np.triu_indices(size, 1)
        cores = is_core[start:end]
        has_core = bool(cores.any())
        if has_core:
            across = cores[one] != cores[other]
            one, other = one[across], other[across]
        ones.append(one + start)
        others.append(other + start)
        weights.append(np.full(len(one), 1.0 if has_core else 1 / (size - 1)))
        is_partnership.append(np.full(len(one), has_core))
    return SharedPairs(*(np.concatenate(parts) for parts in (ones, others, weights, is_partnership)))


def _holdings(claims: TieClaims) -> _Holdings:
    evidence = claims.evidence[claims.starts[:-1]]
    rows = np.lexsort((evidence, claims.sources, claims.targets))
    groups, holders = claims.targets[rows], claims.sources[rows]
    is_new = np.r_[True, (np.diff(groups) != 0) | (np.diff(holders) != 0)]
    starts = np.flatnonzero(is_new)
    return _Holdings(groups[starts], holders[starts], np.append(starts, len(rows)), rows)


def _check_pairs(bounds: Places, is_core: npt.NDArray[np.bool_], largest: int | None) -> None:
    sizes = np.diff(bounds)
    cores = np.add.reduceat(is_core.astype(np.int64), bounds[:-1])
    pairs = np.where(cores > 0, cores * (sizes - cores), sizes * (sizes - 1) // 2)
    if largest is not None:
        pairs[sizes > largest] = 0
    if pairs.sum() <= MOST_PAIRS:
        return
    raise NetworkError(
        Message(
            f"同じ場への参加の組が {pairs.sum():,} 組になり、上限の {MOST_PAIRS:,} 組を超えます"
            f"（最大の場の参加者: {sizes.max():,}）。",
            f"Shared memberships would be {pairs.sum():,} pairs, more than {MOST_PAIRS:,}; "
            f"the largest group has {sizes.max():,} members.",
        ),
        Message(
            f"参加者 {CLOSE_GROUP} 以下の場だけを数える `collaboration` か、"
            "団体と場を結ぶ `members`（二部ネットワーク）を使ってください。",
            f"Use `collaboration`, which takes groups of at most {CLOSE_GROUP}, or the two-mode network `members`.",
        ),
    )


def _tied(
    claims: TieClaims,
    columns: Columns,
    holdings: _Holdings,
    pairs: tuple[Places, Places],
    weights: npt.NDArray[np.float64],
    is_partnership: npt.NDArray[np.bool_],
) -> TieClaims:
    one, other = pairs
    names = tuple(sorted((SHARED, PARTNERS)))
    kinds = np.where(is_partnership, names.index(PARTNERS), names.index(SHARED)).astype(np.int32)
    starts, evidence = _evidence(claims, holdings, one, other)
    begins = holdings.least(claims.valid_from)
    ends, last = holdings.least(claims.valid_to), holdings.most(claims.valid_to)
    is_over = (ends[one] >= 0) & (ends[other] >= 0)
    validities = holdings.least(claims.validities)
    return TieClaims(
        sources=holdings.holders[one],
        targets=holdings.holders[other],
        relations=kinds,
        kinds=kinds,
        statuses=_statuses(claims, columns, holdings, one, other),
        validities=np.minimum(validities[one], validities[other]),
        weights=weights,
        directed=np.zeros(len(one), dtype=bool),
        valid_from=np.minimum(begins[one], begins[other]),
        valid_to=np.where(is_over, np.maximum(last[one], last[other]), np.int32(NONE)),
        starts=starts,
        evidence=evidence,
        names=names,
    )


def _statuses(
    claims: TieClaims, columns: Columns, holdings: _Holdings, one: Places, other: Places
) -> npt.NDArray[np.int16]:
    """Return the status of each pair: inferred when a part is, else that of the first statement."""
    inferred = columns.statuses.index("inferred")
    is_inferred = holdings.most(claims.statuses == inferred)
    status, first = holdings.first(claims.statuses), holdings.first(claims.evidence[claims.starts[:-1]])
    stated = np.where(first[one] <= first[other], status[one], status[other])
    return np.where(is_inferred[one] | is_inferred[other], np.int16(inferred), stated)


def _evidence(claims: TieClaims, holdings: _Holdings, one: Places, other: Places) -> tuple[Places, Codes]:
    """Return where the evidence of each pair starts, and the evidence: what states that either belongs."""
    nodes = claims.evidence[claims.starts[holdings.rows]]
    sizes = np.diff(holdings.starts)
    starts = np.concatenate(([0], np.cumsum(sizes[one] + sizes[other])))
    both = np.column_stack((one, other)).reshape(-1)
    evidence = nodes[rows_of(holdings.starts[both], holdings.starts[both + 1])]
    owners = np.repeat(np.arange(len(one)), np.diff(starts))
    return starts, evidence[np.lexsort((evidence, owners))]
