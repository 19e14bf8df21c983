"""The codes of issues and the sentences that go with them: one table, which the documentation is made from as well.

``error`` – the row or the value named was left out; ``warning`` – taken over, but somebody should look;
``notice`` – taken over, and said so that nothing happens in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.errors import Message


@dataclass(frozen=True, slots=True)
class IssueKind:
    """A kind of issue; the texts take the named parameters of `make_issue`."""

    severity: str
    message: Message
    hint: Message


def _kind(severity: str, ja: str, en: str, hint_ja: str, hint_en: str) -> IssueKind:
    return IssueKind(severity, Message(ja, en), Message(hint_ja, hint_en))


CODES: dict[str, IssueKind] = {
    # ---- the settings ----
    "unknown-setting": _kind(
        "warning",
        "設定「{value}」は使われません。",
        "The setting {value!r} is not used.",
        "近い名前: {nearest}",
        "Nearest names: {nearest}",
    ),
    "unused-platform": _kind(
        "warning",
        "platform = 「{value}」は、この種類の表では使われません。",
        "platform = {value!r} is not used in a list of this kind.",
        "消してください。会員・役割などの表では使えます。",
        "Remove it; lists of members and roles take it.",
    ),
    "unknown-scope-area": _kind(
        "error",
        "対象区域「{value}」が見つかりません。",
        "The area {value!r} of [scope] is not known.",
        "近い名前: {nearest}。5桁か6桁のコード、市区町村名、圏域の id で書いてください。",
        "Nearest: {nearest}. Write a 5- or 6-digit code, a name, or the id of a partnership.",
    ),
    # ---- the table ----
    "unmapped-column": _kind(
        "notice",
        "列「{value}」は読みませんでした。",
        "The column {value!r} was not read.",
        "必要な列なら tsunagari.toml の columns で対応を書いてください。近い列: {nearest}",
        "If it is needed, map it under `columns` in tsunagari.toml. Nearest columns: {nearest}",
    ),
    "duplicate-column": _kind(
        "warning",
        "列「{value}」は列「{other}」と同じ項目なので読みませんでした。",
        "The column {value!r} means the same as {other!r} and was not read.",
        "どちらかを消すか、columns で別の項目に対応させてください。",
        "Remove one of them or map it to something else under `columns`.",
    ),
    "title-rows-skipped": _kind(
        "notice",
        "見出しより上の {count} 行を読み飛ばしました。",
        "{count} rows above the header were skipped.",
        "表の題名などであれば、そのままで構いません。",
        "Nothing needs doing when they are a title.",
    ),
    "surplus-cells": _kind(
        "warning",
        "見出しより右にある値を読みませんでした。",
        "Cells to the right of the header were not read.",
        "値の中のコンマは、値全体を二重引用符で囲んでください。",
        "Put a value that contains a comma into double quotes.",
    ),
    "missing-cells": _kind(
        "notice",
        "列が {count} 個足りない行です。足りない列は空として読みました。",
        "The row is {count} cells short; they were read as empty.",
        "行の途中で切れていないか確かめてください。",
        "Check that the row was not cut off.",
    ),
    "empty-table": _kind(
        "warning",
        "{file} に見出しのほかの行がありません。",
        "{file} has no rows below its header.",
        "行を加えるか、tsunagari.toml からこのファイルを外してください。",
        "Add rows or take the file out of tsunagari.toml.",
    ),
    # ---- a cell ----
    "missing-value": _kind(
        "error",
        "必要な「{column}」が空なので、この行を読みませんでした。",
        "The required {column!r} is empty; the row was left out.",
        "値を入れてください。",
        "Fill it in.",
    ),
    "unknown-concept": _kind(
        "error",
        "「{value}」は{scheme}にありません。",
        "{value!r} is not in the list {scheme}.",
        "近いもの: {nearest}",
        "Nearest: {nearest}",
    ),
    "unknown-class": _kind(
        "error",
        "種類「{value}」はこの表では使えません。",
        "The class {value!r} cannot be used in this table.",
        "使える種類: {nearest}",
        "Classes: {nearest}",
    ),
    "bad-date": _kind(
        "error",
        "「{value}」は日付として読めません。",
        "{value!r} is no date.",
        "例: 2023-04-01、令和5年4月1日、R5.4.1、令和5年4月、令和5年度",
        "Examples: 2023-04-01, 令和5年4月1日, R5.4.1, 令和5年4月, 令和5年度",
    ),
    "impossible-date": _kind(
        "error",
        "「{value}」という日はありません。",
        "There is no such day as {value!r}.",
        "月と日を確かめてください。",
        "Check the month and the day.",
    ),
    "date-without-year": _kind(
        "error",
        "「{value}」は、資料の日付が分からないので、いつか決まりません。",
        "{value!r} is relative to the document, whose date is not known.",
        "年を書くか、tsunagari.toml の issued または資料の発行日を入れてください。",
        "Write the year, or give `issued` in tsunagari.toml or the document's date.",
    ),
    "reversed-dates": _kind(
        "error",
        "終わりの日 {value} が始まりの日 {other} より前か同じなので、終わりの日を読みませんでした。",
        "The end {value} is not after the start {other}; the end was left out.",
        "終わりの日は、当てはまらなくなる最初の日です。その日まで含むときは「まで」を付けてください。",
        "The end is the first day that no longer counts; add まで to include the day itself.",
    ),
    "bad-integer": _kind(
        "error",
        "「{value}」は整数ではありません。",
        "{value!r} is no whole number.",
        "数字だけを入れてください。",
        "Write digits only.",
    ),
    "bad-decimal": _kind(
        "error",
        "「{value}」は数ではありません。",
        "{value!r} is no number.",
        "例: 0.5、3",
        "Examples: 0.5, 3",
    ),
    "too-small": _kind(
        "error",
        "「{value}」は小さすぎます（{minimum} 以上）。",
        "{value!r} is too small (at least {minimum}).",
        "値を確かめてください。",
        "Check the value.",
    ),
    "bad-boolean": _kind(
        "error",
        "「{value}」は、はい・いいえのどちらか分かりません。",
        "{value!r} is neither yes nor no.",
        "○ か × で書いてください。",
        "Write ○ or ×, yes or no.",
    ),
    "bad-length": _kind(
        "error",
        "「{value}」は {length} 桁の数字ではありません。",
        "{value!r} does not have {length} digits.",
        "{length} 桁の数字にしてください（先頭の 0 が落ちていないか確かめてください）。",
        "Write {length} digits (check that no leading 0 was lost).",
    ),
    "bad-check-digit": _kind(
        "error",
        "{name}「{value}」の検査数字（{place} 桁目）が {digit} ですが、正しくは {right} です。",
        "The check digit of {name} {value!r} (digit {place}) is {digit} but should be {right}.",
        "どの桁かの書き誤りです。ほかの桁が正しければ {corrected} です。",
        "One of the digits is wrong; if the others are right it is {corrected}.",
    ),
    "unknown-code": _kind(
        "error",
        "団体コード「{value}」の地方公共団体はありません。",
        "No local government has the code {value!r}.",
        "総務省の一覧で確かめるか、市区町村名で書いてください。",
        "Check the code or write the name of the municipality.",
    ),
    "long-value": _kind(
        "error",
        "値が長すぎます（{count} 文字、{limit} 文字まで）。",
        "The value is too long ({count} characters, at most {limit}).",
        "短くするか、資料の側に置いてください。",
        "Shorten it.",
    ),
    "evidence-counts": _kind(
        "error",
        "資料・行・語句の数がそろっていません（{value}）。",
        "Document, line and quote have different numbers of parts ({value}).",
        "「|」で区切った数を同じにしてください。",
        "Give each the same number of parts separated by |.",
    ),
    # ---- references ----
    "unknown-reference": _kind(
        "error",
        "「{value}」が見つかりません（{target}）。",
        "{value!r} is not known ({target}).",
        "近いもの: {nearest}。一覧に加えるか、名前か id を直してください。",
        "Nearest: {nearest}. Add it to a list, or correct the name or id.",
    ),
    "unknown-area": _kind(
        "error",
        "「{value}」という市区町村・都道府県はありません。",
        "There is no municipality or prefecture {value!r}.",
        "近いもの: {nearest}",
        "Nearest: {nearest}",
    ),
    "ambiguous-area": _kind(
        "error",
        "「{value}」は複数あります。",
        "There are several places called {value!r}.",
        "都道府県名を付けるか、コードで書いてください: {nearest}",
        "Add the prefecture or write the code: {nearest}",
    ),
    "ambiguous-name": _kind(
        "error",
        "「{value}」に当てはまるものが複数あります。",
        "Several things are called {value!r}.",
        "id で書くか、市区町村や法人番号を加えてください: {nearest}",
        "Write the id, or add the municipality or corporate number: {nearest}",
    ),
    # ---- organisations ----
    "similar-organization": _kind(
        "warning",
        "「{value}」を新しい団体としました。名前の似た団体があります: {nearest}",
        "{value!r} was taken as a new organisation; there are similar names: {nearest}",
        "同じ団体なら、名前か法人番号をそろえてください。",
        "If it is the same body, use one name or give the corporate number.",
    ),
    "same-organization": _kind(
        "warning",
        "「{value}」は {other} の団体と同じ名前・法人格・市区町村なので、同じ団体としました。",
        "{value!r} has the name, legal form and municipality of {other} and was taken as the same body.",
        "別の団体なら、市区町村か法人番号を入れてください。",
        "If they differ, give the municipality or the corporate number.",
    ),
    "nameless-organization": _kind(
        "error",
        "法人番号「{value}」の団体の名前が、どの一覧にもありません。",
        "No list gives the name of the body with the corporate number {value!r}.",
        "団体名の列に名前を入れるか、団体の一覧に加えてください。",
        "Write its name, or add it to a list of organisations.",
    ),
    "code-name-mismatch": _kind(
        "error",
        "「{value}」とコードの団体「{other}」が一致しません。コードを読みませんでした。",
        "{value!r} is not the body of the code, {other!r}; the code was left out.",
        "名前かコードのどちらかを直してください。",
        "Correct the name or the code.",
    ),
    "reading-differs": _kind(
        "warning",
        "{name}の読み「{value}」が市区町村の表の「{other}」と違います。表の読みを使います。",
        "The reading {value!r} of {name} differs from {other!r} in the municipality table, which is used.",
        "読みを確かめてください。",
        "Check the reading.",
    ),
    "value-differs": _kind(
        "warning",
        "「{name}」の{column}は、ほかの行では「{other}」です。先の値を使います。",
        "Another row gives {other!r} as {column!r} of {name!r}; the first one is used.",
        "どちらかにそろえてください。",
        "Make them agree.",
    ),
    # ---- rows ----
    "duplicate-id": _kind(
        "error",
        "id「{value}」は {other} で使われているので、この行を読みませんでした。",
        "The id {value!r} is used at {other}; the row was left out.",
        "別の id にしてください。",
        "Use another id.",
    ),
    "duplicate-row": _kind(
        "notice",
        "{other} と同じ内容なので、一つの事実としました。",
        "The row says the same as {other}; they count as one fact.",
        "重複であれば、どちらかを消してください。",
        "Remove one of them.",
    ),
    "same-key": _kind(
        "warning",
        "{other} と同じ事実ですが、ほかの列が違います。別の事実として読みました。",
        "The row speaks of the same fact as {other} with other values; both were kept.",
        "片方が古ければ消すか、期間の列を入れてください。",
        "Remove the older one or give both their dates.",
    ),
}
