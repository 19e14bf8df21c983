"""Where each thing has its page, and the addresses by which pages point to each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from tsunagari.ontology.namespaces import ID

PER_PAGE = 500
"""So many bodies stand on one page; the further ones on pages that follow it."""
NATION = "index.html"
ELSEWHERE = "elsewhere"
"""The page of bodies without a municipality or prefecture."""
_SAFE = re.compile(r"[A-Za-z0-9_-]{1,60}")


def file_key(iri: str) -> str:
    """Return the name of a file for a thing: the end of its IRI where that is plain, else a short digest.

    No two things share one even where upper and lower case are one to the file system.

    Examples
    --------
    >>> file_key("https://w3id.org/tsunagari/id/platform/tottori")
    'tottori'
    >>> len(file_key("https://w3id.org/tsunagari/id/platform/鳥取"))
    16
    """
    end = iri.rpartition("/")[2]
    if _SAFE.fullmatch(end) and end == end.lower():
        return end
    return hashlib.sha256(iri.encode()).hexdigest()[:16]


def anchor(iri: str) -> str:
    """Return the id of a body on its page.

    Examples
    --------
    >>> anchor("https://w3id.org/tsunagari/id/org/架空の会")
    'org-架空の会'
    """
    return re.sub(r"[\s\"'<>&/]+", "-", iri.removeprefix(ID)) or "body"


@dataclass(slots=True)
class Addresses:
    """Which page each body, platform and area is on.

    Parameters
    ----------
    bodies
        IRI of a body to its page and its id there.
    platforms
        IRI of a platform to its page.
    areas
        Code of an area to its page.
    """

    bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    platforms: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)

    def settle(self, page: str, bodies: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
        """Give bodies their page, in stretches of `PER_PAGE`; return each page with the bodies on it."""
        stem = page.removesuffix(".html")
        found = []
        for number, first in enumerate(range(0, max(len(bodies), 1), PER_PAGE), start=1):
            name = page if number == 1 else f"{stem}-{number}.html"
            part = bodies[first : first + PER_PAGE]
            self.bodies |= {iri: (name, anchor(iri)) for iri in part}
            found.append((name, part))
        return found

    def body(self, iri: str | None, root: str) -> str | None:
        """Return the address of a body, or of a platform that is named like one; None for what has no page."""
        if iri in self.bodies:
            page, name = self.bodies[iri]
            return f"{root}{page}#{quote(name)}"
        return self.platform(iri, root)

    def platform(self, iri: str | None, root: str) -> str | None:
        """Return the address of a platform."""
        return f"{root}{self.platforms[iri]}" if iri in self.platforms else None

    def area(self, code: str | None, root: str) -> str | None:
        """Return the address of an area."""
        return f"{root}{self.areas[code]}" if code in self.areas else None
