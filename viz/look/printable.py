"""Texts from sources, made fit to stand beside others."""

from __future__ import annotations

UNSEEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0x061C, 0xFEFF]
    + [code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)]
    + [0x7F, 0xFFFE, 0xFFFF]
)


def printable(text: str) -> str:
    r"""Return `text` without characters that nobody sees but that turn or break what stands beside them.

    These are the marks that set the direction of writing, blanks of no width, and control characters, which neither
    Word nor Excel takes.

    Examples
    --------
    >>> printable("架空\u202eの\u200b会\x00")
    '架空の会'
    """
    if text.isprintable():  # most are, and none of these characters is
        return text
    return text.translate(UNSEEN).encode("utf-8", "replace").decode("utf-8")


def shortened(text: str, most: int = 60) -> str:
    """Return `text`, printable, of at most so many characters; what is cut is marked.

    >>> shortened("架空の会" * 4, 9)
    '架空の会架空の会…'
    """
    shown = printable(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
