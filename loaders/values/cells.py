"""One cell to values: numbers, yes and no, dates, codes and concepts. References are resolved elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from tsunagari.errors import Message
from tsunagari.loaders.issues import join_names
from tsunagari.loaders.values.dates import UnreadableDateError, fiscal_year_of, parse_date
from tsunagari.loaders.values.lists import split_known
from tsunagari.ontology.area_changes import present_place
from tsunagari.ontology.codes import corporate_check_digit, lg_check_digit
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.records import Reference, Temporal, Value
from tsunagari.ontology.spelling import fold_text, hiragana
from tsunagari.ontology.vocabulary import Vocabulary

CELL_LIMIT = 10_000
_REMEMBERED = 10_000  # texts of columns of concepts
HINTS = 300  # different texts for which the nearest names are looked up
GEOMETRY = "geoJSONLiteral"  # written by an adapter, never by hand; a coast takes many characters
CORPORATE_NUMBER = Message("法人番号", "corporate number")
LG_CODE = Message("団体コード", "local government code")

_SEPARATOR = re.compile(r"[、;；|｜\n]")
_UNIT = re.compile(r"(?:人|名|件|円|回目?|年度?|歳|団体|か所|ヶ所|箇所|番目?)$")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
# What spreadsheets make of thirteen digits: 4.01E+12, and 4010000000000 once that is saved and opened again.
_DECIMALS = re.compile(r"(?<=\d)\.0+$")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_ROUNDED = re.compile(r"\d{1,7}0{6,}")
_CUT = re.compile(r"\d{4,9}0{4,}")  # what 4.00001E+12 shows of a number
_OF_GOVERNMENT = re.compile(r"\d000020\d{6}")
_YES = frozenset(
    [
        *("○", "◯", "〇", "●", "◎", "✓", "✔", "☑", "はい", "有", "あり", "可", "yes", "y", "true", "t", "1", "1.0"),
        *("公開", "公表", "掲載", "公開可", "公表可", "掲載可"),
    ]
)
_NO = frozenset(
    [
        *("×", "✕", "✗", "x", "いいえ", "無", "なし", "否", "不可", "no", "n", "false", "f", "0", "0.0"),
        *("非公開", "非公表", "不掲載", "公開不可", "公表不可", "掲載不可"),
    ]
)


class CellError(Exception):
    """A cell, or a part of one, that cannot be taken over; `code` and `params` make the issue."""

    def __init__(self, code: str, value: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.params = params

    def bare(self) -> CellError:
        """Return it without the frames that it came through: kept with it, they would stay while no collector runs."""
        self.__context__ = None
        return self.with_traceback(None)


def split_cell(column: Column, text: str) -> list[str]:
    """Return the parts of a cell: several for a column that holds several values, separated by 、 ; | or a line break.

    A comma never separates, because names contain it.
    """
    return list(_split(text)) if column.is_list else [text]


def split_parts(text: str) -> list[str]:
    """Return the parts of a cell that holds several values.

    Examples
    --------
    >>> split_parts("鳥取市、米子市")
    ['鳥取市', '米子市']
    """
    return list(_split(text))


def is_plain(column: Column) -> bool:
    """Tell whether a cell of the column is one text that is taken over as it stands, unless it is too long."""
    is_text = column.single and column.scheme is None and column.datatype in ("string", "langString")
    return is_text and column.name not in _SPECIAL and column.language != "ja-Hira"


@lru_cache(maxsize=16_384)
def _split(text: str) -> tuple[str, ...]:
    parts = _SEPARATOR.split(text)
    if len(parts) > 1:  # space beside a separator goes with it
        parts = [parts[0].rstrip(), *map(str.strip, parts[1:-1]), parts[-1].lstrip()]
    return tuple(filter(None, parts))


class CellParser:
    """Cells of columns whose values need nothing but the ontology.

    Parameters
    ----------
    vocabulary
        The ontology with the schemes of the workspace.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._concepts: dict[tuple[str, str], Concept | None] = {}
        self._hints: dict[tuple[str, str], Message] = {}
        self._lists: dict[tuple[str, str], list[str]] = {}

    def parse(self, column: Column, text: str, document_date: date | None) -> Value:
        """Return the value of one part of a cell.

        Raises
        ------
        CellError
            When it is not what the column holds.
        """
        if len(text) > CELL_LIMIT and column.datatype != GEOMETRY:
            raise CellError("long-value", text, count=len(text), limit=CELL_LIMIT)
        if column.scheme is not None:
            return Reference(self.concept(column.scheme, text).iri)
        if column.datatype == "date":
            return self._date(column, text, document_date)
        if column.name in _SPECIAL:
            return _SPECIAL[column.name](text)
        if column.datatype == "integer":
            return _in_range(parse_integer(text), column, text)
        if column.datatype == "decimal":
            return _in_range(parse_decimal(text), column, text)
        if column.datatype == "boolean":
            return parse_boolean(text)
        return hiragana(fold_text(text)) if column.language == "ja-Hira" else text

    def concept(self, scheme: str, text: str) -> Concept:
        """Return the concept that `text` names.

        Raises
        ------
        CellError
            When there is none; its nearest three are named.
        """
        found = self.find_concept(scheme, text)
        if found is None:
            names = self._near(scheme, text)
            ids = self._vocabulary.field_schemes if scheme == "fields" else (scheme,)
            labels = [self._vocabulary.schemes[name].labels for name in ids]
            shown = join_names(Message(label.get("ja", scheme), label.get("en", scheme)) for label in labels)
            raise CellError("unknown-concept", text, nearest=names, scheme=shown)
        return found

    def _near(self, scheme: str, text: str) -> Message:
        """Return the names nearest to a text; none once so many texts are unknown that nobody reads hints."""
        key = (scheme, text)
        if key not in self._hints:
            found = self._vocabulary.nearest_concepts(scheme, text) if len(self._hints) < HINTS else []
            names = join_names(Message(c.labels.get("ja", c.notation), c.labels.get("en", c.notation)) for c in found)
            if len(self._hints) >= HINTS:
                return names
            self._hints[key] = names
        return self._hints[key]

    def split(self, column: Column, text: str) -> list[str]:
        """Return the parts of a cell: of concepts whatever lists separate them by, of other values as `split_cell`."""
        if column.scheme is None or not column.is_list:
            return split_cell(column, text)
        key = (column.scheme, text)
        found = self._lists.get(key)
        if len(self._lists) > _REMEMBERED:
            self._lists.clear()
        if found is None:
            scheme = column.scheme
            found = self._lists[key] = split_known(text, lambda part: self.find_concept(scheme, part) is not None)
        return found

    def find_concept(self, scheme: str, text: str) -> Concept | None:
        """Return the concept that `text` names, or None."""
        key = (scheme, text)
        if len(self._concepts) > _REMEMBERED:
            self._concepts.clear()
        if key not in self._concepts:
            self._concepts[key] = self._vocabulary.concept(scheme, text)
        return self._concepts[key]

    def _date(self, column: Column, text: str, document_date: date | None) -> Temporal:
        try:
            return parse_date(text, document_date=document_date, end=column.name == "valid_to")
        except UnreadableDateError as error:
            codes = {"impossible": "impossible-date", "no-document-date": "date-without-year"}
            raise CellError(codes.get(error.reason, "bad-date"), text) from None


def parse_integer(text: str) -> int:
    """Return a whole number in any width, with or without thousands separators and a unit such as 人.

    Raises
    ------
    CellError
        When it is none.

    Examples
    --------
    >>> parse_integer("２，０００人")
    2000
    """
    digits = _number_text(text)
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise CellError("bad-integer", text) from None
    if not value.is_finite() or value != value.to_integral_value() or abs(value) > 10**18:
        raise CellError("bad-integer", text)
    return int(value)


def parse_decimal(text: str) -> float:
    """Return a number.

    Raises
    ------
    CellError
        When it is none.
    """
    digits = _number_text(text)
    try:
        value = Decimal(digits.removesuffix("%"))
    except InvalidOperation:
        raise CellError("bad-decimal", text) from None
    value = value / 100 if digits.endswith("%") else value
    if not value.is_finite():
        raise CellError("bad-decimal", text)
    return float(value)


def parse_boolean(text: str) -> bool:
    """Return whether `text` says yes: ○ はい 有 true 1; × いいえ 無 false 0 say no.

    Raises
    ------
    CellError
        When it says neither.
    """
    word = fold_text(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("bad-boolean", text)


@lru_cache(maxsize=65_536)  # a load reads each number several times
def parse_corporate_number(text: str) -> str:
    """Return the 13 digits of a corporate number.

    Raises
    ------
    CellError
        When the length or the check digit is wrong; the right digit is named.
    """
    digits = _code_text(_GROUPED.sub("", fold_text(text)))
    if len(digits) == 14 and digits[0] in "Tt":
        digits = digits[1:]
    if _SCIENTIFIC.fullmatch(digits) or _ROUNDED.fullmatch(digits):
        raise CellError("damaged-number", text)
    _check_digits(digits, 13, text)
    right = corporate_check_digit(digits[1:])
    if digits[0] != right and _CUT.fullmatch(digits) and not _OF_GOVERNMENT.fullmatch(digits):
        raise CellError("damaged-number", text)
    if digits[0] != right:
        params = {"name": CORPORATE_NUMBER, "place": 1, "digit": digits[0], "right": right}
        raise CellError("bad-check-digit", text, corrected=right + digits[1:], **params)
    return digits


@lru_cache(maxsize=16_384)
def parse_lg_code(text: str) -> str:
    """Return the 6-digit code of a local government of today or of the past, given with or without its check digit.

    Raises
    ------
    CellError
        When the length or the check digit is wrong, or no local government has the code.
    """
    digits = restored_code(text) or _code_text(text)
    _check_digits(digits, 5 if len(digits) == 5 else 6, text)
    right = lg_check_digit(digits[:5])
    if len(digits) == 6 and digits[5] != right:
        params = {"name": LG_CODE, "place": 6, "digit": digits[5], "right": right}
        raise CellError("bad-check-digit", text, corrected=digits[:5] + right, **params)
    if present_place(digits[:5]) is None:
        raise CellError("unknown-code", text)
    return digits[:5] + right


def restored_code(text: str) -> str | None:
    """Return the code with the leading zero that a spreadsheet took from it; None when none is missing.

    Four digits are a 5-digit code, and five digits that are no code are a 6-digit one, when a local government has it.

    Examples
    --------
    >>> restored_code("1202"), restored_code("12025"), restored_code("31201")
    ('01202', '012025', None)
    """
    digits = _code_text(text)
    if len(digits) not in (4, 5) or not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == 5 and present_place(digits) is not None:
        return None
    return f"0{digits}" if present_place(f"0{digits}") is not None else None


def parse_fiscal_year(text: str) -> int:
    """Return the year in which a Japanese fiscal year begins: 2022, 2022年度 and 令和4年度 give 2022.

    Raises
    ------
    CellError
        When it is no year.
    """
    try:
        when = parse_date(text)
    except UnreadableDateError:
        raise CellError("bad-date", text) from None
    if when.value is None:
        raise CellError("bad-date", text)
    return fiscal_year_of(when.value) if when.precision in ("day", "month", "fiscal-year") else when.value.year


_SPECIAL: dict[str, Callable[[str], Value]] = {
    "corporate_number": parse_corporate_number,
    "lg_code": parse_lg_code,
    "fiscal_year": parse_fiscal_year,
}


def _in_range(value: int | float, column: Column, text: str) -> int | float:
    if column.minimum is not None and value < column.minimum:
        raise CellError("too-small", text, minimum=column.minimum)
    if column.above is not None and value <= column.above:
        raise CellError("not-above", text, limit=column.above)
    if column.maximum is not None and value > column.maximum:
        raise CellError("too-large", text, maximum=column.maximum)
    return value


def _number_text(text: str) -> str:
    return _UNIT.sub("", _GROUPED.sub("", fold_text(text)).replace(" ", ""))


def _code_text(text: str) -> str:
    """Return a code without signs, and without the decimals that a spreadsheet gives a number."""
    return _DECIMALS.sub("", fold_text(text).replace(" ", "").replace("-", ""))


def _check_digits(digits: str, length: int, text: str) -> None:
    if len(digits) != length or not (digits.isascii() and digits.isdigit()):
        raise CellError("bad-length", text, length=length)
