"""Text that was read in the wrong encoding before it came here (文字化け): suspected and shown, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Bytes 80 to BF, which follow the first byte of a UTF-8 character, as Windows-1252 and Latin-1 show them.
_TRAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]"
_LATIN_UTF8 = f"[âãäåæçèé]{_TRAIL}{{2}}"
_LATIN_CP932 = "[ƒ‚][\u0080-ÿ€„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ@-~]"
_KANJI_UTF8 = "[縺繧繝][\uff61-\uff9f\u3000-\u30ffa-zA-Z一-龥㈱-㍿°-ÿ→]"
_KANA_EUC = "(?:[､･][\uff61-\uff9f]){3}"
_SUSPECT = re.compile(f"\ufffd|{_KANJI_UTF8}|{_LATIN_UTF8}|{_LATIN_CP932}|{_KANA_EUC}")
_CERTAIN = re.compile(f"\ufffd|{_KANA_EUC}|(?:{_KANJI_UTF8}.*){{2}}|{_LATIN_CP932}|(?:{_LATIN_UTF8}){{2}}", re.DOTALL)
_JAPANESE = re.compile("[぀-ヿ㐀-鿿]")


def is_garbled(text: str) -> bool:
    r"""Tell whether `text` looks as if UTF-8 or CP932 had been read as something else.

    Examples
    --------
    >>> is_garbled("縺ゅ→"), is_garbled("é\xb3¥å\x8f\x96"), is_garbled("café"), is_garbled("糸の縺れ")
    (True, True, False, False)
    """
    if text.isascii() or _SUSPECT.search(text) is None:
        return False
    return _CERTAIN.search(text) is not None or any(_JAPANESE.search(read) for read in _read_again(text))


def _read_again(text: str) -> Iterator[str]:
    """Yield what the text would be if the wrong encoding were undone."""
    for wrong in ("cp932", "cp1252", "latin-1"):
        try:
            yield text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
