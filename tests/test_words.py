"""One word for one thing in everything that people read in Japanese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READ = (
    *("README.ja.md", "docs/*.ja.md", "src/tsunagari/cli/**/*.py", "graph/**/*.py", "graph/**/*.toml"),
    *("loaders/[!d]*/**/*.py", "viz/**/*.py", "viz/**/*.ts", "viz/**/*.html"),
)
ONE_WORD = {
    "作業フォルダー": r"ワークスペース|作業フォルダ(?!ー)|作業ディレクトリ",
    "空白": r"ギャップ|支援の隙間|支援の穴",
    "団体": r"ステークホルダー|アクター",
    "橋渡し団体": r"ブローカー|仲介者",
    "市区町村": r"自治体(?=×)|基礎自治体",
}
"""The word, and what is not written in its place."""


@pytest.mark.parametrize("word", ONE_WORD)
def test_one_word_is_used_for_one_thing(word: str) -> None:
    others = re.compile(ONE_WORD[word])
    files = [path for pattern in READ for path in ROOT.glob(pattern)]
    assert len(files) > 100
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if others.search(line)
    ]
    assert wrong == []
