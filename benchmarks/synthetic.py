"""A made-up workspace of any size: the same seed gives the same bytes.

Every name says that it is made up (架空); only municipalities and fields are real. Ties are mostly within a prefecture
and prefer bodies that already have many, so that bodies differ in how many they have.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.vocabulary import vocabulary

SECTORS = {
    "npo": "NPO法人",
    "company": "株式会社",
    "social-welfare-council": "社会福祉協議会",
    "welfare-corporation": "福祉会",
    "association": "協会",
    "community": "自治会",
}
TIE_KINDS = ("information", "joint-activity", "referral", "funding", "premises", "food")
_PARTS = 4
CHANGED = {
    "ties": "t-new,o000001,o000003,information,false",
    "services": "s-new,架空の新しい支援,o000001,食支援,31201",
    "organizations": "o-new,架空の新しい会,npo,31201",
}
"""A row that is new to a list, by its kind."""
SETTINGS = """\
[workspace]
title = "架空の大きな名簿（測定用）"
as_of = 2023-10-01

[scope]
fields = "hyogo"
"""


def write_workspace(folder: Path, *, organizations: int = 10_000, ties: int = 50_000, seed: int = 1) -> Path:
    """Write organisations, services, platforms, members and ties as CSV files with their settings."""
    chance = random.Random(seed)
    towns = [place for place in municipality_table() if place.has_government and place.kind != "prefecture"]
    fields = [concept.notation for concept in vocabulary().schemes["hyogo"].concepts]
    homes = [chance.choice(towns) for _ in range(organizations)]
    bodies = [
        (f"o{number:06}", f"架空の{SECTORS[sector]}{number:06}", sector, home.code5)
        for number, home in enumerate(homes)
        for sector in [chance.choice(list(SECTORS))]
    ]
    services = [
        (f"s{number:06}-{turn}", f"架空の支援{number:06}-{turn}", f"o{number:06}", chance.choice(fields), area)
        for number, home in enumerate(homes)
        for turn in range(chance.choice((1, 1, 2)))
        for area in [home.code5 if chance.random() < 0.95 else home.prefecture_code5]
    ]
    prefectures = sorted({home.prefecture_code5 for home in homes})
    platforms = [(f"p{code}", f"架空の官民連携プラットフォーム{code}", "prefectural", code) for code in prefectures]
    members = [
        (f"m{number:06}", f"o{number:06}", f"p{home.prefecture_code5}")
        for number, home in enumerate(homes)
        if chance.random() < 0.5
    ]
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[str]]]] = {
        "organizations": (("id", "pref_label", "sector", "municipality"), bodies),
        "services": (("id", "pref_label", "provided_by", "support_field", "service_area"), services),
        "platforms": (("id", "pref_label", "scope_level", "reach"), platforms),
        "members": (("id", "member", "organization"), members),
        "ties": (("id", "tie_from", "tie_to", "tie_kind", "directed"), _ties(chance, homes, ties)),
    }
    settings = SETTINGS
    for name, (header, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        settings += f'\n[[source]]\nfile = "{name}.csv"\nkind = "{name}"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8", newline="\n")
    return folder


def _ties(chance: random.Random, homes: Sequence[Municipality], wanted: int) -> list[tuple[str, ...]]:
    """Draw different pairs: nine in ten within a prefecture, the second end in proportion to the ties it has."""
    by_prefecture: dict[str, list[int]] = {}
    for number, home in enumerate(homes):
        by_prefecture.setdefault(home.prefecture_code5, []).append(number)
    urns = {code: list(numbers) for code, numbers in by_prefecture.items()}
    found: dict[tuple[int, int], None] = {}
    while len(found) < wanted:
        one = chance.randrange(len(homes))
        code = homes[one].prefecture_code5 if chance.random() < 0.9 else chance.choice(list(urns))
        other = chance.choice(urns[code])
        pair = (min(one, other), max(one, other))
        if one != other and pair not in found:
            found[pair] = None
            urns[code].append(other)
    return [
        (f"t{number:06}", f"o{one:06}", f"o{other:06}", chance.choice(TIE_KINDS), "false")
        for number, (one, other) in enumerate(found)
    ]


def split_workspace(folder: Path, *, organizations: int = 10_000, ties: int = 50_000, seed: int = 1) -> Path:
    """Write the lists of `write_workspace` as twenty: each in four files, row by row in turn."""
    write_workspace(folder, organizations=organizations, ties=ties, seed=seed)
    settings = SETTINGS
    for path in sorted(folder.glob("*.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for part in range(_PARTS):
            name = f"{path.stem}-{part}.csv"
            (folder / name).write_text("".join([header, *rows[part::_PARTS]]), encoding="utf-8", newline="\n")
            settings += f'\n[[source]]\nfile = "{name}"\nkind = "{path.stem}"\n'
        path.unlink()
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8", newline="\n")
    return folder


def add_a_row(folder: Path, kind: str) -> None:
    """Add a row that no list has to the first list of a kind that `split_workspace` wrote."""
    with (folder / f"{kind}-0.csv").open("a", encoding="utf-8", newline="\n") as file:
        file.write(CHANGED[kind] + "\n")
