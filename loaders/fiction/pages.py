"""What goes with the lists: the settings and a page in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_SETTINGS = """\
# {count:,} 団体の架空の国（種 {seed}）。実在の団体・人物・統計とは関係ありません。
# A fictional country of {count:,} organisations (seed {seed}); nothing in it is real but the places.

[workspace]
title = "架空の国（{count:,} 団体）"
as_of = 2025-04-01

[scope]
fields = "hyogo"

# 名簿は公開可否を尋ねていない。架空の団体なので、空欄も公開してよいことにする（実在の名簿では消す）。
# The lists do not ask whether members may be published; they are made up, so a blank is taken as consent.
[public]
blank = "publish"
"""
_README = """\
# 架空の国 / A fictional country

**この中の団体・会員・支援・連携・法人番号は、すべて架空です。** 実在するのは市区町村の名前とコードだけです。
団体の名前には「架空」が入り、法人番号は 2〜5 桁目が 9999（実在の登記所にない番号）です。

**Every organisation, membership, service, tie and corporate number in here is made up.** Only the names and codes of
places are real. Every name contains 架空 (fictional); digits 2 to 5 of every corporate number are 9999, which no
registry office has.

| | |
|---|---|
| 団体数 / organisations | {count:,} |
| 種 / seed | {seed} |
| 区域 / areas | {areas} |
| 乱れの度合い / messiness | {rate:g} |

- 一覧表（`tsunagari.toml` に書かれたファイル）は、事務局が実際に作る形に似せてあります。名前の書き方、文字コード、
  日付の書き方がまちまちで、書き誤りや空欄もあります。
  The lists named in `tsunagari.toml` look like what offices really keep: spellings, encodings and dates differ, and
  there are slips and blanks.
- `truth/` は正解です（UTF-8）。`mentions.csv` は、どの行がどの団体を指し、どの事実を述べるかを示します。
  `truth/` holds what is really so (UTF-8). `mentions.csv` says which row means which organisation and which fact it
  states.
- 同じ引数で作れば、すべてのファイルが 1 バイトも違わず同じになります。
  The same arguments give the same bytes.

```console
tsunagari build
tsunagari gaps
```
"""


def settings_head(count: int, seed: int) -> str:
    """Return the settings without the lists."""
    return _SETTINGS.format(count=count, seed=seed)


def source_table(
    file: str, kind: str, *, day: date, platform: str | None = None, area: str | None = None, as_of: bool = False
) -> str:
    """Return the entry of one list in the settings; `as_of` for one that others of the same kind follow or precede."""
    lines = ["", "[[source]]", f'file = "{file}"', f'kind = "{kind}"']
    if platform:
        lines.append(f'platform = "{platform}"')
    if area:
        lines.append(f'area = "{area}"')
    title = file.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    lines += [f'title = "{title}"', f"issued = {day}"]
    return "\n".join([*lines, *([f"as_of = {day}"] if as_of else []), ""])


def readme(count: int, seed: int, areas: Sequence[str], rate: float) -> str:
    """Return the page that says what the folder is."""
    return _README.format(count=count, seed=seed, areas="、".join(areas) or "–", rate=rate)
