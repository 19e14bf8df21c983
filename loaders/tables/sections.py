"""Titles inside a table: rows that are no data and say what those below them are, as 【行政】 and ■オブザーバー."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from tsunagari.loaders.files import GridRow, Spool
from tsunagari.loaders.tables.filling import HEADING, RowSorter
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.mapped_columns import MappedColumn
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.values import is_built_like_body, says_nothing
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.spelling import fold_text

_WRAPPED = re.compile(
    r"(?P<open>[【〔《≪<＜\[［〈「『]).+[】〕》≫>＞\]］〉」』]|[-－―ー=＝~～*＊]{1,}\s*(?P<inside>[^-－―ー=＝~～*＊]+)[-－―ー=＝~～*＊]{2,}"
)
_MARKED = re.compile(r"[■□◆◇●▼▽★☆◎○▶►➤◉]\s*\S")
_NUMBERED = re.compile(r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+|第[一二三四五六七八九十0-9]+(?:部|節|章|類|区分))\s*[.．、:： 　]\s*\S")
_ORNAMENTS = re.compile(
    r"[【】〔〕《》≪≫<>＜＞\[\]［］〈〉「」『』■□◆◇●▼▽★☆◎○▶►➤◉\s　]|^[-－―ー=＝~～*＊]+|[-－―ー=＝~～*＊]+$"
)
_COUNT = re.compile(r"[(（]?\s*\d+\s*(?:団体|名|人|件|社|機関|か所)\s*[)）]?$")
# What a title alone in a list of one column says behind its mark; anything else behind one may be a name.
_GROUP = re.compile(
    r"(?:その他の?)?(?:行政|官公庁|国|県|市|町村|都道府県|市区?町村|自治体|公的|官|民|民間|企業|事業者|NPO(?:法人)?|当事者|家族|支援|福祉|医療|保健|教育|"
    r"学校|司法|労働|経済|地域|住民|ボランティア|関係|関連|構成|協力|賛助|一般|正|準|特別|幹事|事務局|オブザーバー|学識経験者|委員|その他)"
    r"(?:・[^・]{1,8})?(?:関係|関連)?(?:者|等|など|団体等?|機関等?|会員|員|の部|部門|枠|委員)*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-ZＡ-Ｚ]|[ア-ン])(?:[)）.．、:：][\s　]*|[\s　]+)(?=\S)"
)
_PART = re.compile(r".+(?:関係(?:者|機関|団体)?|等|など|の部|部門|分野)")
_LIST = re.compile(r"(?:会員|団体|構成員|構成団体|加入団体|参加団体|登録団体)?(?:名簿|一覧|一覧表|リスト)")
# Groups of a platform; alone in a row they may be titles.
_INNER = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]+|.{0,6})(?:部会|分科会|班|ブロック|圏域|地区)|(?:幹事|役員|総|退|休)会|脱退|事務局"
)
_ENOUGH = 3  # rows that say more, from which one with a name alone stands out
_TAILS = ("関係", "等", "など", "の部", "部門", "会員", "団体", "機関", "関係者", "関係団体", "関係機関")


class TitleFinder:
    """Tells titles inside a table by how they are written, and by what no row of data is written like."""

    def __init__(self) -> None:
        self._marks: set[str] = set()
        self._width = self._rows = self._wrapped = self._alone = 0

    def add(self, filled: Sequence[str]) -> None:
        """Take note of a row below the header by its filled cells, of which there is at least one."""
        count = len(filled)
        self._width = max(self._width, count)
        self._rows += 1
        if count > 1:
            self._marks.add(filled[0][:1])
        else:
            self._alone += 1
            self._wrapped += _WRAPPED.fullmatch(filled[0].strip()) is not None

    def is_title(self, text: str) -> bool:
        """Tell whether a cell alone in its row is a title, once all rows are known: in brackets, or behind a mark.

        The mark is one that no row of data has.
        """
        text = text.strip()
        if len(text) > 60:
            return False
        if self._width < 2:
            return self._is_title_alone(text)
        if _WRAPPED.fullmatch(text) or _NUMBERED.match(text) or self._is_group(text):
            return True
        return _MARKED.match(text) is not None and text[0] not in self._marks

    @staticmethod
    def _is_group(text: str) -> bool:
        """Tell whether a text is a group of bodies, such as １　行政機関 or 民間団体, or the list itself."""
        item = _ITEM.match(text)
        words = _COUNT.sub("", fold_text(text[item.end() :] if item is not None else text)).strip()
        is_part = item is not None and _PART.fullmatch(words) is not None
        return is_part or _GROUP.fullmatch(words) is not None or _LIST.fullmatch(words) is not None

    def is_doubtful(self, text: str) -> bool:
        """Tell whether a cell alone in its row is a name not built like one of a body, where other rows say more."""
        is_usual = self._rows - self._alone < _ENOUGH or 3 * self._alone > self._rows + 2
        if self._width < 2 or is_usual:
            return False
        text = text.strip()
        is_inner = _INNER.fullmatch(fold_text(text)) is not None
        return (is_inner or not is_built_like_body(text)) and not says_nothing(text)

    def _is_title_alone(self, text: str) -> bool:
        """Tell titles in a list of one column, where a mark may stand before a name, and brackets round every one."""
        if _WRAPPED.fullmatch(text):
            return 2 * self._wrapped < self._rows
        is_marked = _MARKED.match(text) or _NUMBERED.match(text)
        words = _COUNT.sub("", fold_text(_ORNAMENTS.sub("", text))) if is_marked else ""
        return _GROUP.fullmatch(words.split(".")[-1].strip()) is not None


def find_notices(
    rows: Iterable[GridRow], last: int, sorter: RowSorter, ask: Callable[[int, str], None]
) -> Iterator[tuple[int, str, str]]:
    """Yield the rows below a header that are no data: number, first text and code of the notice that says so.

    Parameters
    ----------
    rows
        All rows of the sheet; they are gone through once.
    last
        Number of the last row of the header.
    sorter
        Knows sums, notes and repeated headers.
    ask
        Told the number and the text of a row that is read as a name alone, and may be a title or a note.
    """
    finder, found = TitleFinder(), Spool[tuple[int, str, str | None, bool]]()
    for number, cells in rows:
        filled = [cell for cell in cells if cell]
        if filled and number > last:
            finder.add(filled)
            code = sorter.code(number, cells, filled)
            if code is not None or len(filled) == 1:
                found.append((number, filled[0], code, sorter.names(cells)))
    for number, text, code, is_named in found:
        if code is not None or finder.is_title(text):
            yield number, text, code or HEADING
        elif is_named and finder.is_doubtful(text):
            ask(number, text)


class Sections:
    """What titles inside a table say of the rows below each.

    Parameters
    ----------
    header_map
        What is known of the columns.
    mapped
        The columns that the table has itself; a cell there counts before a title.
    """

    def __init__(self, header_map: HeaderMap, mapped: Sequence[MappedColumn]) -> None:
        self._headers = header_map
        self._taken = {column.key for column in mapped}
        self._starts: list[int] = []
        self._said: list[tuple[MappedColumn, str] | None] = []
        self._find = cache(self._find_uncached)

    def add(self, number: int, text: str) -> tuple[MappedColumn, Concept] | None:
        """Note a title and return what it says of the rows below it; None when it names no concept of a column."""
        found = self._find(text)
        self._starts.append(number)
        self._said.append(None if found is None else (found[0], f"{found[1].scheme}/{found[1].notation}"))
        return found

    def complete(self, row: Row) -> None:
        """Fill in what the title above a row says and the row does not."""
        place = bisect_right(self._starts, row.number) - 1 if self._starts else -1
        said = self._said[place] if place >= 0 else None
        if said is not None:
            column, value = said
            (row.cells if column.owner == "row" else row.party).setdefault(column.name, value)

    def _find_uncached(self, text: str) -> tuple[MappedColumn, Concept] | None:
        bare = _COUNT.sub("", fold_text(_ORNAMENTS.sub("", text))).strip()
        names = [bare, *(bare.removesuffix(tail) for tail in _TAILS if bare.endswith(tail))]
        columns = sorted(self._headers.scheme_columns, key=lambda column: column.name != "member_class")
        for column in columns:
            if column.key in self._taken or column.column.scheme is None:
                continue
            for name in names:
                concept = self._headers.vocabulary.concept(column.column.scheme, name) if name else None
                if concept is not None:
                    return column, concept
        return None
