"""Numbers of statistical tables: any width, thousands separators, units, and the signs for "none" and "not told"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tsunagari.ontology.spelling import fold_text

_NUMBER = re.compile(r"(?P<sign>[+-]|[△▲])?(?P<digits>(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\.\d+)(?P<rest>\D*(?:m2)?)")
_FACTORS = {"百万": 1_000_000, "十万": 100_000, "千": 1_000, "百": 100, "万": 10_000, "億": 100_000_000}
# Units of shares: what makes percent of them.
_OF_PERCENT = {"‰": Decimal("0.1"), "パーミル": Decimal("0.1"), "割": Decimal(10)}
_SCALED = re.compile(f"(?P<factor>{'|'.join(_FACTORS)})(?P<unit>.*)")
_APPROXIMATE = re.compile(
    r"^(?:約|およそ|おおよそ|概ね|おおむね|ほぼ|推計|およそ約|approx\.?|ca\.?)|(?:程度|前後|ほど|くらい|ぐらい|余り|余|強|弱|以上|以下|未満|超)$"
    r"|[(\[]?(?:推計|概算|速報|暫定|見込み?)値?[)\]]?$"
)
_ABSENT = re.compile("[-ー]+|なし|皆無")
_SECRET = re.compile(r"[xχ]|\*+|秘匿?|非公表")
_UNKNOWN = re.compile(r"[.・…]+|不詳|不明|n/?a|nan|未集計|未公表")
_DIGITS = 18  # more than any statistic has, and what a number keeps exactly


class NoQuantityError(Exception):
    """A cell without a number; `reason` is ``absent`` (-), ``secret`` (x), ``unknown`` (…) or ``unreadable``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit.

    Parameters
    ----------
    value
        The number, multiplied out when the unit said 千 or 万, in percent when it said ‰ or 割.
    unit
        What follows the number without such a factor; empty when nothing does.
    factor
        What it was multiplied by.
    is_approximate
        Whether the cell says so: 約, およそ, 程度.
    """

    value: Decimal
    unit: str = ""
    factor: int = 1
    is_approximate: bool = False


def parse_quantity(text: str, *, unit: str = "") -> Quantity:
    """Return the number in a cell.

    Parameters
    ----------
    text
        The cell.
    unit
        Unit that the header gives for the whole column, e.g. 千人.

    Raises
    ------
    NoQuantityError
        When there is none; its reason says why.

    Examples
    --------
    >>> parse_quantity("１２，３４５人")
    Quantity(value=Decimal('12345'), unit='人', factor=1, is_approximate=False)
    >>> parse_quantity("▲1.5", unit="％").value, parse_quantity("190", unit="千人").value
    (Decimal('-1.5'), Decimal('190000'))
    >>> parse_quantity("305", unit="‰").value, parse_quantity("3割").value
    (Decimal('30.5'), Decimal('30'))
    >>> parse_quantity("約1.6万")
    Quantity(value=Decimal('16000.0'), unit='', factor=10000, is_approximate=True)
    """
    folded = fold_text(text).replace(" ", "").lower()
    for words, reason in ((_ABSENT, "absent"), (_SECRET, "secret"), (_UNKNOWN, "unknown")):
        if words.fullmatch(folded):
            raise NoQuantityError(reason)
    exact = _APPROXIMATE.sub("", folded)
    found = _NUMBER.fullmatch(exact)
    digits = found["digits"].replace(",", "") if found is not None else ""
    if found is None or not digits.isascii() or len(digits) > _DIGITS:
        raise NoQuantityError("unreadable")
    factor, name = split_factor(found["rest"] or fold_text(unit))
    value = (-1 if found["sign"] in ("-", "△", "▲") else 1) * Decimal(digits) * factor
    if name in _OF_PERCENT:
        value, name = value * _OF_PERCENT[name], "%"
    return Quantity(value, name, factor, is_approximate=exact != folded)


def split_factor(unit: str) -> tuple[int, str]:
    """Return what a unit multiplies by and the unit itself: 千人 is 1000 and 人.

    Examples
    --------
    >>> split_factor("千人"), split_factor("世帯"), split_factor("%")
    ((1000, '人'), (1, '世帯'), (1, '%'))
    """
    found = _SCALED.fullmatch(unit)
    return (_FACTORS[found["factor"]], found["unit"]) if found is not None else (1, unit)
