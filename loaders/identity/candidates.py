"""Pairs of organisations that may be one: found in blocks, scored from 0 to 100 with reasons, decided by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.loaders.identity.scores import Candidate, Keys, Profile, keys_of, score_pair
from tsunagari.loaders.values import loose_key

if TYPE_CHECKING:
    from scipy.sparse import csr_array

THRESHOLD = 75.0
"""Least score of a pair that is shown: of 10,000 fictional bodies 99 in 100 true pairs are merged or shown."""
TOP = 6
"""Pairs shown for each organisation at most, counted from the better end."""
BLOCK = 120  # bodies that share a key before only those of one area are compared
COMMON = 400  # bodies that share two characters before these say nothing
SHARED = 0.42  # cosine of the characters of two names from which they are compared
NEIGHBOURS = 14  # most similar names of an organisation that are compared
ROWS = 2000  # names multiplied at a time
ALTERED = 4  # least characters of names that are compared because one character differs, whatever the others are
PATTERN = 20  # names that differ from one another in one character only before they are a pattern, not slips


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs found, best first, and what was not compared.

    Parameters
    ----------
    pairs
        The candidates.
    cut
        Key and number of organisations of each block that was too large to compare everywhere in it.
    """

    pairs: tuple[Candidate, ...] = ()
    cut: tuple[tuple[str, int], ...] = ()


def find_candidates(
    profiles: Iterable[Profile],
    *,
    is_decided: Callable[[str, str], bool] = lambda _left, _right: False,
    threshold: float = THRESHOLD,
    top: int = TOP,
    among: Collection[str] | None = None,
) -> Candidates:
    """Return the pairs that may be one organisation.

    Compared are organisations that share a key (name in loose spelling, name without parentheses, reading, contact),
    and those of one prefecture, or of no known place, whose names share rare pairs of characters or differ in one
    character (found by leaving out each character in turn, as SymSpell does).

    Parameters
    ----------
    profiles
        The organisations, each once.
    is_decided
        Tells whether a person has decided about a pair; it is left out then.
    threshold
        Least score.
    top
        How many pairs of an organisation are kept; a pair stays when it is among the best of either side.
    among
        Only pairs of which one is among these are looked for; None looks for all.

    Examples
    --------
    >>> pair = find_candidates([Profile("a", ("架空よりそいの会",)), Profile("b", ("架空よりそい会",))]).pairs[0]
    >>> pair.left, pair.right, pair.explain("en")
    ('a', 'b', 'similar names; place not known')
    """
    keys = [keys_of(profile) for profile in profiles]
    wanted = frozenset(range(len(keys)))
    if among is not None:
        wanted = frozenset(number for number, found in enumerate(keys) if found.profile.id in among)
    blocks, cut = _blocks(keys, wanted)
    pairs = blocks | _neighbours(keys, wanted)
    scored = []
    for one, other in sorted(pairs):
        candidate = score_pair(keys[one], keys[other])
        if candidate.score >= threshold and not is_decided(candidate.left, candidate.right):
            scored.append(candidate)
    scored.sort(key=lambda candidate: (-candidate.score, candidate.left, candidate.right))
    return Candidates(tuple(_best(scored, top)), tuple(cut))


def _best(scored: Sequence[Candidate], top: int) -> Iterator[Candidate]:
    counts: dict[str, int] = defaultdict(int)
    for candidate in scored:
        if min(counts[candidate.left], counts[candidate.right]) < top:
            yield candidate
        counts[candidate.left] += 1
        counts[candidate.right] += 1


# ---- blocks ----


def _blocks(keys: Sequence[Keys], wanted: Collection[int]) -> tuple[set[tuple[int, int]], list[tuple[str, int]]]:
    """Return the pairs that share a key; a large block is compared within each prefecture only, and named."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(keys):
        shared = {*found.plain, *(loose_key(part) for part in found.inside if len(part) > 2), *found.profile.contacts}
        if len(found.reading) > 3:
            shared.add(found.reading)
        if found.profile.number:
            shared.add(found.profile.number)
        for key in shared:
            members[key].append(number)
    pairs: set[tuple[int, int]] = set()
    cut = []
    for key, block in members.items():
        if len(block) <= BLOCK:
            pairs.update(_pairs_of(block, wanted))
            continue
        cut.append((key, len(block)))
        by_place: dict[str, list[int]] = defaultdict(list)
        for number in block:
            by_place[(keys[number].profile.area or "")[:2]].append(number)
        for group in by_place.values():
            pairs.update(_pairs_of(group[:BLOCK], wanted))
    return pairs, cut


def _pairs_of(block: Sequence[int], wanted: Collection[int]) -> Iterator[tuple[int, int]]:
    return (pair for pair in combinations(block, 2) if pair[0] in wanted or pair[1] in wanted)


def _neighbours(keys: Sequence[Keys], wanted: frozenset[int]) -> set[tuple[int, int]]:
    """Return pairs of one prefecture, or with an unknown place, whose names are near one another."""
    by_place: dict[str, list[int]] = defaultdict(list)
    nowhere = []
    for number, found in enumerate(keys):
        if found.profile.area is None:
            nowhere.append(number)
        for place in found.profile.places:
            by_place[place].append(number)
    pairs: set[tuple[int, int]] = set()
    for members in by_place.values():
        rows = [number for number in members if number in wanted]
        pairs |= _similar(keys, rows, members) | _altered(keys, rows, members)
    placeless = [number for number in nowhere if not keys[number].profile.near]
    everywhere, asked = list(range(len(keys))), [number for number in placeless if number in wanted]
    pairs |= _similar(keys, asked, everywhere) | _altered(keys, asked, everywhere)
    if len(asked) < len(placeless):  # the other way round
        placed = sorted(wanted.difference(placeless))
        both = sorted({*placeless, *placed})
        pairs |= _similar(keys, placed, both) | _altered(keys, placed, both)
    return pairs


def _altered(keys: Sequence[Keys], rows: Sequence[int], columns: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of a row and a column whose names are equal once a character of each is left out."""
    shortened: dict[str, list[int]] = defaultdict(list)
    for number in rows:
        for text in _shortened(keys[number].plain[0]):
            shortened[text].append(number)
    pairs: set[tuple[int, int]] = set()
    for number in columns if shortened else ():
        for text in _shortened(keys[number].plain[0]):
            alike = shortened.get(text, ())
            if len(alike) <= PATTERN:
                pairs.update((min(number, other), max(number, other)) for other in alike if other != number)
    return pairs


def _shortened(name: str) -> set[str]:
    """Return a name and what is left of it without each of its characters; nothing for a short one."""
    if len(name) < ALTERED:
        return set()
    return {name} | {name[:place] + name[place + 1 :] for place in range(len(name))}


def _similar(keys: Sequence[Keys], rows: Sequence[int], columns: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of a row and a column with a high cosine of their pairs of characters, the best of each row."""
    if not rows or len(columns) < 2:
        return set()
    vectors = _vectors([keys[number].plain[0] for number in columns])
    place = {number: index for index, number in enumerate(columns)}
    indices = np.array([place[number] for number in rows])
    transposed = vectors.T.tocsr()
    pairs = set()
    for start in range(0, len(indices), ROWS):
        chunk = indices[start : start + ROWS]
        product = (vectors[chunk] @ transposed).tocsr()
        for row, index in enumerate(chunk):
            for column in _strongest(product, row):
                if column != index:
                    one, other = columns[int(index)], columns[int(column)]
                    pairs.add((min(one, other), max(one, other)))
    return pairs


def _strongest(product: csr_array, row: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    begin, end = product.indptr[row], product.indptr[row + 1]
    values, found = product.data[begin:end], product.indices[begin:end]
    high = values >= SHARED
    values, found = values[high], found[high]
    if len(values) > NEIGHBOURS:
        found = found[np.argpartition(-values, NEIGHBOURS)[: NEIGHBOURS + 1]]
    return found.astype(np.int64)


def _vectors(texts: Sequence[str]) -> csr_array:
    """Return a row of unit length for each text: its pairs of characters by how rare they are, without common ones."""
    from scipy.sparse import csr_array

    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        bounded = f"^{text}$"
        for start in range(len(bounded) - 1):
            rows.append(row)
            columns.append(places.setdefault(bounded[start : start + 2], len(places)))
    counts = np.bincount(np.array(columns), minlength=len(places))
    weights = np.where(counts <= max(COMMON, len(texts) // 50), np.log1p(len(texts) / np.maximum(counts, 1)), 0.0)
    matrix = csr_array((weights[columns], (rows, columns)), shape=(len(texts), len(places)))
    matrix.sum_duplicates()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    matrix.eliminate_zeros()
    return matrix
