"""The prefectures, municipalities and wards of Japan with their codes and readings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from tsunagari.ontology.codes import corporate_number_of
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.spelling import hiragana, spelling_key

TABLE_NAME = "municipalities.csv"
NATION_CODE = "00000"
_NEAR = 50.0  # percent of likeness below which a name is no hint
_TAIL = 3  # kana of し, ちょう, むら behind the name itself
# The villages under Hokkaido without residents: they have codes, but no government and no corporate number.
_WITHOUT_GOVERNMENT = frozenset(f"{code:05}" for code in range(1695, 1701))


@dataclass(frozen=True, slots=True)
class Municipality:
    """One prefecture, municipality or ward.

    Parameters
    ----------
    code5, code6
        Its code without and with the check digit, leading zero kept.
    prefecture
        Name of its prefecture (its own name for a prefecture).
    district
        The 郡 of a town or village, the designated city of a ward, else empty.
    name, reading
        Its own name and the reading in hiragana.
    kind
        Notation in the scheme ``area-kind``.
    row
        Its row in the bundled table; the header is row 1.
    """

    code5: str
    code6: str
    prefecture: str
    district: str
    name: str
    reading: str
    kind: str
    row: int

    @property
    def full_name(self) -> str:
        """The name with prefecture and district in front; a prefecture's own name alone."""
        return self.name if self.kind == "prefecture" else f"{self.prefecture}{self.district}{self.name}"

    @property
    def has_government(self) -> bool:
        """Whether it governs itself: not the wards of a city nor the six villages without residents."""
        return self.kind != "ward" and self.code5 not in _WITHOUT_GOVERNMENT

    @property
    def corporate_number(self) -> str | None:
        """The 13 digits of its government, None when it has none."""
        return corporate_number_of(self.code6) if self.has_government else None

    @property
    def area_iri(self) -> str:
        """Identifier of the area."""
        return instance_iri("area", self.code5)

    @property
    def org_iri(self) -> str | None:
        """Identifier of its government, None when it has none."""
        number = self.corporate_number
        return None if number is None else instance_iri("org", number)

    @property
    def prefecture_code5(self) -> str:
        """The 5-digit code of its prefecture."""
        return f"{self.code5[:2]}000"


class Municipalities:
    """The whole table in the order of the codes."""

    def __init__(self, rows: tuple[Municipality, ...]) -> None:
        self._rows = rows
        self._by_code = {row.code5: row for row in rows}

    def __iter__(self) -> Iterator[Municipality]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def by_code(self, code: str) -> Municipality | None:
        """Return the entry with a 5- or 6-digit code; None when there is none or when the check digit is another.

        Examples
        --------
        >>> municipality_table().by_code("312011").name
        '鳥取市'
        """
        entry = self._by_code.get(code[:5])
        return entry if entry is not None and code in (entry.code5, entry.code6) else None

    def by_name(self, name: str, *, prefecture: str | None = None) -> list[Municipality]:
        """Return the entries with a name, in the order of the codes; empty when there is none.

        Parameters
        ----------
        name
            With or without prefecture and district, in any usual spelling (ヶ or ケ, old kanji).
        prefecture
            Name or code of the prefecture it must lie in.

        Examples
        --------
        >>> [entry.full_name for entry in municipality_table().by_name("府中市")]
        ['東京都府中市', '広島県府中市']
        """
        found = self._by_key.get(spelling_key(name), [])
        if prefecture:
            key = spelling_key(prefecture)
            found = [row for row in found if key == spelling_key(row.prefecture) or row.code5[:2] == key[:2]]
        governed = [row for row in found if row.has_government or row.kind == "ward"]
        return governed or list(found)

    def nearest(self, name: str, n: int = 3) -> list[Municipality]:
        """Return the `n` entries whose names are most like `name`, best first.

        Examples
        --------
        >>> [entry.name for entry in municipality_table().nearest("鳥取し", n=1)]
        ['鳥取市']
        """
        key = spelling_key(name)
        found: dict[str, Municipality] = {row.code5: row for row in self._read_as(key)}
        scored = process.extract(key, self._choices, scorer=fuzz.ratio, limit=10 * n, score_cutoff=_NEAR)
        # many names share two of three characters; of those the one that begins alike is meant
        scored.sort(key=lambda hit: (-hit[1], -JaroWinkler.similarity(key, hit[0])))
        for choice, _score, _index in scored:
            for row in self._by_key[choice]:
                found.setdefault(row.code5, row)
        return list(found.values())[:n]

    def _read_as(self, key: str) -> list[Municipality]:
        """Return the entries whose reading a name in kana is: とっとり市, ﾄｯﾄﾘｼ."""
        kana = hiragana(key)
        stem = kana.rstrip("市区町村")
        if len(stem) < 2 or not all("ぁ" <= sign <= "ー" for sign in stem):
            return []
        return [
            row
            for row in self._rows
            if row.reading in (kana, stem) or (row.reading.startswith(stem) and len(row.reading) - len(stem) <= _TAIL)
        ]

    def in_prefecture(self, code: str) -> list[Municipality]:
        """Return the municipalities of a prefecture, without wards; `code` is any that starts with its two digits."""
        kinds = ("prefecture", "ward")
        return [row for row in self._rows if row.code5[:2] == code[:2] and row.kind not in kinds]

    def in_district(self, name: str, *, prefecture: str | None = None) -> list[Municipality]:
        """Return the towns and villages of a 郡, in the order of the codes; empty when there is none of the name.

        Parameters
        ----------
        name
            With or without the prefecture in front. Several prefectures may have a 郡 of one name.
        prefecture
            Name or code of the prefecture it must lie in.

        Examples
        --------
        >>> [entry.name for entry in municipality_table().in_district("鳥取県八頭郡")]
        ['若桜町', '智頭町', '八頭町']
        """
        key = spelling_key(name)
        found = self._by_district.get(key, [])
        if prefecture:
            other = spelling_key(prefecture)
            found = [row for row in found if other == spelling_key(row.prefecture) or row.code5[:2] == other[:2]]
        return list(found)

    def of_kind(self, *kinds: str) -> list[Municipality]:
        """Return the entries of the kinds named, in the order of the codes."""
        found = self._of_kinds.get(kinds)
        if found is None:
            found = self._of_kinds[kinds] = [row for row in self._rows if row.kind in kinds]
        return list(found)

    @cached_property
    def _of_kinds(self) -> dict[tuple[str, ...], list[Municipality]]:
        return {}

    @cached_property
    def _choices(self) -> list[str]:
        """The keys, those of prefectures last, so that of equally near names the municipality comes first."""
        return sorted(self._by_key, key=lambda key: self._by_key[key][0].kind == "prefecture")

    @cached_property
    def _by_district(self) -> dict[str, list[Municipality]]:
        keys: dict[str, list[Municipality]] = {}
        for row in self._rows:
            if row.district and row.has_government and row.kind != "ward":
                for name in (row.district, row.prefecture + row.district):
                    keys.setdefault(spelling_key(name), []).append(row)
        return keys

    @cached_property
    def _by_key(self) -> dict[str, list[Municipality]]:
        keys: dict[str, list[Municipality]] = {}
        for row in self._rows:
            names = {row.name, row.district + row.name, row.prefecture + row.name, row.full_name}
            if row.kind == "prefecture":
                names = {row.name}
            for key in {spelling_key(name) for name in names}:
                keys.setdefault(key, []).append(row)
        return keys


def city_code(code5: str) -> str:
    """Return the code of the designated city that a ward belongs to; any other code is returned unchanged.

    Examples
    --------
    >>> city_code("01101"), city_code("31201")
    ('01100', '31201')
    """
    return _city_codes().get(code5, code5)


def areas_agree(one: str | None, other: str | None) -> bool:
    """Tell whether two 5-digit codes may mean one place.

    What is not known contradicts nothing, and neither do a prefecture and its municipalities or a city and its wards.
    """
    return one is None or other is None or one == other or is_within(one, other) or is_within(other, one)


def is_within(area: str, wider: str) -> bool:
    """Tell whether a 5-digit code is that of a part of a prefecture or of a designated city."""
    is_prefecture = len(wider) == 5 and wider.endswith("000")
    return (is_prefecture and area[:2] == wider[:2]) or city_code(area) == wider


@cache
def _city_codes() -> dict[str, str]:
    cities = {place.name: place.code5 for place in municipality_table().of_kind("designated-city")}
    return {place.code5: cities[place.district] for place in municipality_table().of_kind("ward")}


@cache
def municipality_table() -> Municipalities:
    """Return the bundled table: 47 prefectures, 1,741 municipalities, six villages without residents, 171 wards."""
    text = files("tsunagari.ontology").joinpath("reference", TABLE_NAME).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    rows = []
    for number, (code5, code6, prefecture, district, name, reading, kind) in enumerate(lines, start=2):
        rows.append(Municipality(code5, code6, prefecture, district, name, reading, kind, number))
    return Municipalities(tuple(rows))
