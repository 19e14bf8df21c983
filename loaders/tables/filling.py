"""What a table says by leaving it out: merged cells and ditto marks filled from above, rows that are no data named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tsunagari.loaders.files import Merge
from tsunagari.ontology.spelling import fold_text


def _written(words: str) -> frozenset[str]:
    """Return marks as lists write them: in brackets, with spaces inside, in capitals."""
    plain = words.split()
    spaced = {space.join(word) for word in plain if len(word) == 2 for space in (" ", "　", "  ", "　　")}
    forms = {form for word in (*plain, *spaced) for form in (word, f"({word})", f"（{word}）", word.capitalize())}
    return frozenset(forms) - {"(同)", "（同）"}  # a legal form


# Marks that point at the cell above, and at those beside.
_ABOVE = _written(
    """〃 ″ ” “ 〟 " '' // 々 仝 〻 〃〃 同 同上 同前 同じ 上に同じ 上記に同じ 上記と同じ 上と同じ 前に同じ ↑
    ditto same"""
)
_LEFT = _written("同左 左に同じ 左と同じ 左記に同じ 左記と同じ ←")
_RIGHT = _written("同右 右に同じ 右と同じ 右記に同じ 右記と同じ →")
DITTO = _ABOVE | _LEFT | _RIGHT
HEADING = "heading-row"
MARKS = frozenset({"○", "◯", "〇", "●", "◎"})
_TOTAL = re.compile(r"(?:合計|小計|総計|総合計|計|総数|団体数)(?:[(:].*|\d[\d,]*(?:団体|件|人|名|か所|箇所)?)?")
_NOTE = re.compile(
    r"※.*|\*.*|注(?:\d.*|[:)].*|)|[(【\[]注.*|以上(?:[、,]?(?:計|合計|全)?\d[\d,]*(?:団体|件|人|名|社|か所|箇所|機関)?)?|[(]?以下(?:余白|空白|省略|略|同じ)[)]?"
    r"|(?:備考|出典|資料|凡例|作成|更新|問合せ先|問い合わせ先|お問い合わせ)[:].*"
    r"|[(【\[]?.{0,20}?(?:\d|元)(?:年(?:度)?|月(?:末)?|日)?\s*(?:現在|時点|更新|作成|改訂|改正)[)】\]]?"
    r"|[(]?(?:次|裏|別)(?:ページ|頁|面|紙|葉)[にへの].{0,8}[)]?"
    r"|[-~]?\s*\d{1,3}\s*(?:/\s*\d{1,3}\s*)?(?:ページ|頁)[-~]?",
    re.DOTALL,
)
_FOOT = re.compile(r"-\s*\d{1,3}\s*-|end|eof", re.IGNORECASE)  # alone in a row; beside a value it may be an id
# What a cell alone in its row says of the list, and never of a body.
_ALONE = re.compile(
    r"[(]?(?:敬称略|(?:五十音|50音|アイウエオ|設立|加入|受付|登録|建制)順|順不同)(?:[、・,/](?:敬称略|順不同|五十音順))*[)]?"
    r"|[-~=ー―*]+以上[-~=ー―*]+|[(]?ここ(?:まで|から)[)]?|[(]?(?:終わり?|おわり|完)[)]?|[(]?(?:欠番|欠|空欄|空白|削除|抹消)[)]?"
    r"|(?:担当(?:課|部署|者)?|事務担当|連絡先|発行|編集|所管(?:課)?|作成者)[:].*"
    r"|(?:最終)?(?:作成|更新|印刷|出力|発行|改訂|改正|公表)(?:日時?|年月日)?[:]?[^:]*\d.*"
    r"|(?:p|page|ページ|頁)\.?\d{1,3}(?:/\d{1,3})?|\d{1,3}/\d{1,3}"
    r"|[ア-ンあ-ん]行(?:[(].*[)])?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[(]?(?:全|計|合計|総数)?:?\d[\d,]*(?:団体|件|人|名|社|か所|箇所|機関|施設|会員)(?:加入|登録|在籍)?[)]?"
)
_STARTS = frozenset("合小総計団※＊*注（(【［備出資凡以令平昭R2作更問お次裏別-－ー0123456789１２３４５６７８９eEＥ　 ")


def is_total(text: str) -> bool:
    """Tell whether a name is that of a sum: 合計, 小計（東部）, 計."""
    return text[:1] in _STARTS and _TOTAL.fullmatch(fold_text(text).replace(" ", "")) is not None


def is_note(text: str) -> bool:
    """Tell whether a line is a note of a list, such as 以上, ※… or 令和6年4月現在."""
    plain = fold_text(text).replace(" ", "")
    return bool(_NOTE.fullmatch(plain) or _FOOT.fullmatch(plain) or _ALONE.fullmatch(plain))


class RowSorter:
    """Tells rows of data from the other rows of a table.

    Parameters
    ----------
    header_rows
        Cells of the rows of the header.
    titles
        Cells of the rows above it.
    names
        Positions of the columns that name what a row is about.
    merges
        Merged cells.
    """

    def __init__(
        self,
        header_rows: Iterable[Sequence[str]],
        titles: Iterable[Sequence[str]],
        names: Sequence[int],
        merges: Sequence[Merge],
    ) -> None:
        self._headers = [list(cells) for cells in header_rows]
        self._titles = [[cell for cell in cells if cell] for cells in titles]
        self._first_texts = {cell for cells in [*self._headers, *self._titles] for cell in cells if cell}
        self._names = names
        self._wide = {top: right - left + 1 for top, left, _, right in merges if right > left}

    def names(self, cells: Sequence[str]) -> bool:
        """Tell whether a cell of a row names what the row is about."""
        return any(cells[position] for position in self._names if position < len(cells))

    def code(self, number: int, cells: Sequence[str], filled: Sequence[str]) -> str | None:
        """Return the code of the notice that a row is no data; None for a row of data.

        Parameters
        ----------
        number, cells
            The row.
        filled
            Its cells that hold anything, at least one.
        """
        first, count = filled[0], len(cells)
        if first in self._first_texts and self._is_repeated(cells, filled):
            return "repeated-header"
        alone = len(filled) == 1
        if (alone or first[0] in _STARTS) and (code := self._code_of(first, len(filled))) is not None:
            return code
        for position in self._names:
            text = cells[position] if position < count else ""
            if text and text[0] in _STARTS and (code := self._code_of(text, len(filled))) is not None:
                return code
        if alone and number in self._wide and 2 * self._wide[number] >= count:
            return HEADING
        return None

    @staticmethod
    def _code_of(text: str, filled: int) -> str | None:
        """Return the code that a text gives a row with `filled` cells."""
        plain = fold_text(text).replace(" ", "")
        if _TOTAL.fullmatch(plain) or (filled == 1 and _COUNTED.fullmatch(plain)):
            return "total-row"
        is_alone = filled == 1 and (_ALONE.fullmatch(plain) or _FOOT.fullmatch(plain))
        return "note-row" if is_alone or (filled <= 2 and _NOTE.fullmatch(plain)) else None

    def _is_repeated(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        if filled in self._titles:
            return True
        return any(
            all(
                not cell or (position < len(header) and cell == header[position]) for position, cell in enumerate(cells)
            )
            and (len(filled) > 1 or sum(map(bool, header)) == 1)
            for header in self._headers
        )


class Filler:
    """Fills merged cells and ditto marks, row by row from the top.

    Parameters
    ----------
    merges
        Merged cells of the sheet: one over several rows counts for each of them, a mark over several columns as well.
    positions
        The columns that are read.
    """

    def __init__(self, merges: Sequence[Merge], positions: Iterable[int]) -> None:
        self.count = 0
        self.first: int | None = None
        self._wanted = set(positions)
        self._above: list[str] = []
        self._open: list[tuple[Merge, str]] = []
        self._starts: dict[int, list[Merge]] = {}
        for merge in merges:
            self._starts.setdefault(merge[0], []).append(merge)

    def fill(self, number: int, cells: list[str]) -> list[str]:
        """Return the cells of the next row of data with what reaches them from above; `count` says how many."""
        changed = self._fill_merged(number, cells) if self._starts else cells
        if not DITTO.isdisjoint(changed):
            changed = self._repeat(number, changed)
        self._above = changed
        return changed

    def _note(self, number: int) -> None:
        self.count += 1
        self.first = number if self.first is None else self.first

    def _fill_merged(self, number: int, cells: list[str]) -> list[str]:
        """Return the cells with what reaches them from merged cells."""
        for merge in self._starts.get(number, ()):
            text = cells[merge[1]] if merge[1] < len(cells) else ""
            if text:
                self._open.append((merge, text))
        if not self._open:
            return cells
        self._open = [item for item in self._open if item[0][2] >= number]
        changed = list(cells)
        for (_, left, _, right), text in self._open:
            last = right if text in MARKS else left
            for position in range(left, min(last + 1, len(changed))):
                if not changed[position]:
                    changed[position] = text
                    self._note(number)
        return changed

    def _repeat(self, number: int, cells: list[str]) -> list[str]:
        """Return the cells with ditto marks replaced by the cell that they point at; without one there they stay."""
        changed, above = list(cells), self._above
        for position, cell in enumerate(cells):
            if position in self._wanted and cell in _ABOVE:
                self._copy(number, changed, position, above[position] if position < len(above) else "")
            elif position in self._wanted and cell in _LEFT and position:
                self._copy(number, changed, position, changed[position - 1])
        for position in range(len(cells) - 2, -1, -1):
            if position in self._wanted and cells[position] in _RIGHT:
                self._copy(number, changed, position, changed[position + 1])
        return changed

    def _copy(self, number: int, cells: list[str], position: int, text: str) -> None:
        if text and text not in DITTO:
            cells[position] = text
            self._note(number)
