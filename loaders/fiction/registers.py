"""Registers of the whole country in the shapes of those who publish them, written one prefecture after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from tsunagari.loaders.fiction.country import Organization
from tsunagari.loaders.fiction.files import EXCEL_CSV, Format, text_bytes
from tsunagari.loaders.fiction.lists import Statement
from tsunagari.loaders.fiction.mess import official_name, write_kana
from tsunagari.ontology.municipalities import Municipality, municipality_table

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NPO_HEADER = (
    *("法人名称", "法人名称カナ", "所轄庁", "権限移譲先市町村", "主たる事務所の所在地", "主たる事業所の郵便番号"),
    *("従たる事務所の所在地", "代表者氏名", "団体代表者名（フリガナ）", "法人設立認証年月日", "設立年月日"),
    "定款に記載された目的",
    *(f"活動分野{number}".translate(_WIDE) for number in range(1, 21)),
    *(f"認定（認定・特例認定{number}）".translate(_WIDE) for number in range(1, 5)),
    *(f"認定（PST基準{number}）".translate(_WIDE) for number in range(1, 4)),
    "認定（PST基準 条例指定（都道府県及び市区町村名））",
    *("認定（認定開始日）", "認定（認定満了日）", "認定（認定取消日）"),
    *("認定（特例認定年月日）", "認定（特例認定満了日）", "認定（特例認定取消日）"),
    *("監督情報", "解散情報", "法人情報URL", "法人番号", "条例個別指定フラグ"),
    *("特定非営利活動に係る事業", "その他の事業", "事業年度開始日", "事業年度終了日"),
    *("条例個別指定：有効期間(開始日)", "条例個別指定：有効期間(満了日)", "条例個別指定：有効期限（更新申請日)"),
    *("条例個別指定：有効期限（更新日)", "条例個別指定：有効期限（条例個別指定：取消日)"),
)
_CORPORATE_KINDS = {"stock-company": "301", "limited-company": "302", "limited-liability-company": "305"}
# Field of the platforms to the number of the field of the NPO act it is mostly registered under; 1 for the others.
_ACT_FIELDS = {
    **dict.fromkeys(("education", "lifelong-learning"), 2),
    **dict.fromkeys(("regional-development", "community-inclusion", "participation"), 3),
    **dict.fromkeys(("childcare", "youth"), 13),
    **{"disaster-prevention": 8, "human-rights": 10, "multicultural": 11, "economy-work": 17, "npo-support": 19},
}


@dataclass(slots=True)
class Register:
    """A text file that grows by one prefecture after another.

    Parameters
    ----------
    path
        The file.
    header
        Its header; empty for a file without one.
    form
        How it is saved.
    rows
        How many rows it has so far.
    """

    path: Path
    header: Sequence[str] = ()
    form: Format = EXCEL_CSV
    rows: int = 0

    def add(self, bodies: Sequence[Organization], rows: Iterable[Sequence[str]]) -> list[Statement]:
        """Add the row of each body and return what the rows say."""
        lines = [] if self.rows or not self.header or not bodies else [self.header]
        self.rows += len(lines)
        statements = []
        for body, cells in zip(bodies, rows, strict=True):
            lines.append(cells)
            self.rows += 1
            statements.append(Statement(self.rows, "pref_label", official_name(body), body))
        if lines:
            # a mark of the encoding stands at the beginning of a file only
            form = self.form if not self.path.exists() else replace(self.form, encoding=self.form.encoding_within)
            with self.path.open("ab") as file:
                file.write(text_bytes(lines, form))
        return statements


def npo_rows(bodies: Iterable[Organization], chance: Random) -> Iterator[Sequence[str]]:
    """Yield the rows of NPOs as the NPO portal has them: addresses lack the prefecture, some are missing."""
    for body in bodies:
        place = body.place
        town = f"架空町{chance.randrange(1, 9)}丁目{chance.randrange(1, 30)}番{chance.randrange(1, 20)}号"
        day = f"{chance.randrange(1999, 2024)}/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}"
        flags = {_ACT_FIELDS.get(name, 1) for name in body.fields}
        cells = {
            "法人名称": official_name(body),
            "法人名称カナ": write_kana(body),
            "所轄庁": place.name if place.kind == "designated-city" else place.prefecture,
            "主たる事務所の所在地": ""
            if chance.random() < 0.04
            else f"{_ward(place, chance).full_name[_skip(place) :]}{town}",
            "設立年月日": day,
            "定款に記載された目的": "この法人は架空であり、架空の目的をもつ。",
            "法人番号": body.corporate_number or "",
            **{f"活動分野{number}".translate(_WIDE): "○" for number in flags},
        }
        yield [cells.get(header, "") for header in NPO_HEADER]


def corporate_rows(bodies: Iterable[Organization], chance: Random) -> Iterator[Sequence[str]]:
    """Yield the rows of corporations as the list of corporate numbers has them: 30 columns, wards of cities."""
    for number, body in enumerate(bodies, start=1):
        ward = _ward(body.place, chance)
        yield (
            *(str(number), body.corporate_number or "", "01", "0", "2025-03-31", "2015-10-05", official_name(body), ""),
            *(_CORPORATE_KINDS.get(body.name.form or "", "399"), body.place.prefecture, ward.full_name[_skip(ward) :]),
            *(f"架空町{chance.randrange(1, 30)}番地", "", ward.code5[:2], ward.code5[2:], "", "", "", "", "", "", ""),
            *("2015-10-05", "1", "", "", "", "", write_kana(body), "0"),
        )


def _skip(place: Municipality) -> int:
    return len(place.prefecture)


def _ward(place: Municipality, chance: Random) -> Municipality:
    """Return the place as an address names it: one of the wards of a designated city."""
    wards = _wards().get((place.prefecture, place.name))
    return chance.choice(wards) if wards else place


@cache
def _wards() -> dict[tuple[str, str], list[Municipality]]:
    found: dict[tuple[str, str], list[Municipality]] = {}
    for place in municipality_table().of_kind("ward"):
        found.setdefault((place.prefecture, place.district), []).append(place)
    return found
