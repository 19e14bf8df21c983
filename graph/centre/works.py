"""Works to cite, each as a reference in plain text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ENTRY_TYPES = {"article-journal": "article", "book": "book"}
"""Type of CSL to type of BibTeX; all others are ``misc``."""
ENDS = ".。！？!?"
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {mark: f"\\{mark}" for mark in "&%$#_{}"}


@dataclass(frozen=True, slots=True)
class Work:
    """A publication, a document, a graph or a program.

    Parameters
    ----------
    key
        What it is called in a bibliography: letters, digits and hyphens.
    type
        Type of CSL: ``article-journal``, ``book``, ``dataset``, ``document``, ``software``.
    title
        Its title.
    author
        Persons as ``Family, Given``; a body is a name in braces.
    issued
        Year, month or day in ISO form, or the document's own words; empty where it is not known.
    container, publisher, volume, issue, page, doi, url
        Where it stands; empty for none.
    version
        Of a program, or what tells one state of a graph from another.
    genre
        What it is, in words, where the type alone does not say it.
    """

    key: str
    type: str
    title: str
    author: tuple[str, ...] = ()
    issued: str = ""
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    url: str = ""
    version: str = ""
    genre: str = ""

    @property
    def link(self) -> str:
        """Address at which it is found; empty for none.

        >>> Work("a", "document", "Minutes", doi="10.1/x").link
        'https://doi.org/10.1/x'
        """
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    def text(self) -> str:
        """Return the reference in one line.

        Examples
        --------
        >>> Work("burt-1992", "book", "Structural Holes", ("Burt, R. S.",), "1992", publisher="HUP").text()
        'Burt, R. S. (1992). Structural Holes. HUP.'
        """
        numbers = f"{self.volume}({self.issue})" if self.issue else self.volume
        place = ", ".join(part for part in (f"{self.container} {numbers}".strip(), self.page) if part)
        told = ", ".join(part for part in (self.genre, self.version) if part)
        title = f"{self.title} [{told}]" if told else self.title
        names, year = _listed([_bare(name) for name in self.author]), self._year()
        head = [f"{names} {year}", title] if names else [f"{title} {year}".strip()]
        parts = [part for part in (*head, place, self.publisher) if part]
        sentences = [part if part[-1] in ENDS else f"{part}." for part in parts]
        return " ".join([*sentences, *([self.link] if self.link else [])])

    def _year(self) -> str:
        if self.issued:
            return f"({self.issued})"
        return "" if self.type == "software" else "(n.d.)"

    def bibtex(self) -> str:
        """Return the entry of a .bib file, in UTF-8.

        Examples
        --------
        >>> print(Work("burt-1992", "book", "Structural Holes", ("Burt, R. S.",), "1992").bibtex())
        @book{burt-1992,
          author = {Burt, R. S.},
          title = {{Structural Holes}},
          year = {1992}
        }
        """
        year = re.match(r"[0-9]{4}", self.issued)
        told = ", ".join(part for part in (self.genre, self.version) if part)
        fields = {
            "author": " and ".join(_tex_name(name) for name in self.author),
            "title": f"{{{_tex(self.title)}}}",  # in braces of its own, so that no style changes its capitals
            "journal": _tex(self.container),
            "publisher": _tex(self.publisher),
            "volume": _tex(self.volume),
            "number": _tex(self.issue),
            "pages": _tex(self.page).replace("-", "--"),
            "year": year[0] if year else "",
            "doi": self.doi,
            "url": self.url,
            "note": _tex(", ".join(part for part in (told, self.issued if self.issued[4:] else "") if part)),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@{ENTRY_TYPES.get(self.type, 'misc')}{{{self.key},\n{lines}\n}}"

    def csl(self) -> dict[str, Any]:
        """Return the item of CSL-JSON, which Zotero, Pandoc and others read.

        Examples
        --------
        >>> Work("a", "document", "Minutes", ("{City}",), "2023-06-01").csl()["issued"]
        {'date-parts': [[2023, 6, 1]]}
        """
        numbers = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", self.issued)
        parts = [int(number) for number in numbers.groups() if number] if numbers else []
        fields = {
            "id": self.key,
            "type": self.type,
            "author": [_csl_name(name) for name in self.author],
            "title": self.title,
            "container-title": self.container,
            "publisher": self.publisher,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.page,
            "DOI": self.doi,
            "URL": self.url,
            "version": self.version,
            "genre": self.genre,
            "issued": {"date-parts": [parts]} if parts else {"literal": self.issued} if self.issued else {},
        }
        return {name: value for name, value in fields.items() if value}


def _listed(names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} & {last}" if first else last


def _bare(name: str) -> str:
    return name.removeprefix("{").removesuffix("}")


def _tex(text: str) -> str:
    return "".join(_TEX.get(mark, mark) for mark in text)


def _tex_name(name: str) -> str:
    return f"{{{_tex(_bare(name))}}}" if name.startswith("{") else _tex(name)


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma and not name.startswith("{") else {"literal": _bare(name)}
