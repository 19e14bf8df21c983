"""How an office is reached, from the columns of a published list: telephones, fax, mail and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tsunagari.ontology.spelling import fold_text

# In a column that may hold anything mobile numbers are mostly a person's own.
_LANDLINE = re.compile(r"(?<!\d)0(?![5789]0)\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?<!\d)0120-\d{3}-\d{3}(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PAGE = re.compile(r"https?://[^\s、。，,）)]+")
_LABELS = re.compile(r"(?:電話|tel|メール|mail|e-mail|fax)?[\s:：・、,/()（）.-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficeContact:
    """How an office is reached.

    Parameters
    ----------
    cells
        Column of ``ContactPoint`` to text.
    pages
        Its pages.
    unread
        Texts of a column that may hold anything of which something was not taken over.
    """

    cells: dict[str, str]
    pages: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_contact(texts: Mapping[str, Sequence[str]]) -> OfficeContact:
    """Return how an office is reached.

    Parameters
    ----------
    texts
        Texts by meaning: ``telephone``, ``extension``, ``fax``, ``mail``, ``page``, ``form`` and ``contact``.

    Examples
    --------
    >>> read_contact({"telephone": ["0857-00-0000"], "page": ["a@example.jp"]}).cells
    {'telephone': '0857-00-0000', 'email': 'a@example.jp'}
    """
    telephones = list(texts.get("telephone", ()))
    mails = list(texts.get("mail", ()))
    pages, unread = [], []
    for text in (*texts.get("page", ()), *texts.get("form", ())):
        if _MAIL.fullmatch(fold_text(text)):
            mails.append(text)
        else:
            pages.append(text)
    for text in texts.get("contact", ()):
        folded = fold_text(text)
        telephones += _LANDLINE.findall(folded)
        mails += _MAIL.findall(folded)
        pages += _PAGE.findall(folded)
        rest = _PAGE.sub("", _MAIL.sub("", _LANDLINE.sub("", folded)))
        if not _LABELS.fullmatch(rest):
            unread.append(text)
    extension = next(iter(texts.get("extension", ())), "")
    if extension and telephones:
        telephones[0] = f"{telephones[0]} 内線{extension}"
    elif extension:
        unread.append(extension)
    said = {
        "telephone": _joined(telephones),
        "fax": _joined(texts.get("fax", ())),
        "email": _joined(mails),
    }
    return OfficeContact({column: text for column, text in said.items() if text}, pages, unread)


def _joined(texts: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(texts))
