"""Check that every library that ships with Tsunagari has a permissive licence, and print the list.

What ships is what requirements/run.lock names, and the scripts of pages and the font of pictures that are brought along
(their notices stand beside them). ``--bill FILE`` adds these to a bill of materials (CycloneDX, JSON) of the libraries.
A licence that the metadata of a library does not tell in words that are known here fails the check, and so has to be
looked at by a person.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.lock"
NOTICES = ROOT / "viz" / "map" / "templates" / "vis-network.LICENSE.txt"
FONT_NOTICE = ROOT / "viz" / "picture" / "font" / "NotoSansCJKjp-Subset.LICENSE.txt"
_NOTICE = re.compile(r"(?:\A|^-{70,}\n\n)(@?[\w./-]+) (\d\S*) \((.+)\)$", re.MULTILINE)
PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU", "PSF-2.0"),
        "OFL-1.1",  # of fonts: whoever ships one keeps its licence beside it
        *("Unlicense", "Zlib", "BlueOak-1.0.0", "Python-2.0"),
    }
)
WORDS = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
"""What libraries write that have no SPDX expression: classifiers, and the old field of one line."""


def locked_names(text: str) -> list[str]:
    """Return the libraries that a lock file names, in its order."""
    return list(dict.fromkeys(re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", text, re.MULTILINE)))


def bundled_scripts(text: str) -> list[tuple[str, str, str]]:
    """Return name, version and licence of each script that the notices of the bundle name, in their order.

    >>> bundled_scripts("a 1.0 ((MIT OR X))\\n\\nTerms (b)\\n")
    [('a', '1.0', '(MIT OR X)')]
    """
    return [(name, version, licence) for name, version, licence in _NOTICE.findall(text)]


def add_scripts(bill: dict[str, Any], scripts: list[tuple[str, str, str]], kind: str = "npm") -> dict[str, Any]:
    """Return a bill of materials with the scripts (or other things of a kind of package) among its components."""
    found = [
        {
            "type": "library",
            "bom-ref": f"pkg:{kind}/{name.replace('@', '%40')}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:{kind}/{name.replace('@', '%40')}@{version}",
            "licenses": [{"expression": licence.removeprefix("(").removesuffix(")")}],
        }
        for name, version, licence in scripts
    ]
    names = {component["bom-ref"] for component in found}
    others = [component for component in bill.get("components", []) if component.get("bom-ref") not in names]
    return bill | {"components": others + found}


def licence_of(found: Distribution) -> str:
    """Return the licence of a library as an SPDX expression; what is not known is returned as it is written."""
    metadata = found.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or () if "License ::" in line]
    named = [name for name in classifiers if name != "OSI Approved"]
    if named:
        return " OR ".join(WORDS.get(name, name) for name in named)
    written = str(metadata.get("License") or "unknown").strip().partition("\n")[0]
    return WORDS.get(written, written)


def is_permissive(expression: str) -> bool:
    """Tell whether all that an expression asks for is permissive; of alternatives one is enough.

    >>> [is_permissive(text) for text in ("MIT OR GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND BSD-2-Clause")]
    [True, False, True]
    """
    text = expression
    while (inner := re.search(r"\(([^()]*)\)", text)) is not None:
        text = text.replace(inner[0], "MIT" if is_permissive(inner[1]) else "no", 1)
    return all(any(name.strip() in PERMISSIVE for name in part.split(" OR ")) for part in text.split(" AND "))


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; 1 when a licence is not permissive or not known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bill", type=Path, help="bill of materials to which the scripts of pages are added")
    bill = parser.parse_args(arguments).bill
    scripts = bundled_scripts(NOTICES.read_text(encoding="utf-8"))
    fonts = bundled_scripts(FONT_NOTICE.read_text(encoding="utf-8"))
    if bill is not None:
        whole = add_scripts(json.loads(bill.read_text(encoding="utf-8")), scripts)
        whole = add_scripts(whole, fonts, "generic")
        bill.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    refused, absent = [], []
    for name, version, licence in (*scripts, *fonts):
        print(f"{name:24} {version:12} {licence} (brought along)")
        if not is_permissive(licence):
            refused.append(f"{name}: {licence}")
    for notice, named in ((NOTICES, scripts), (FONT_NOTICE, fonts)):
        if not named:
            refused.append(f"{notice.name}: nothing is named in it")
    for name in locked_names(LOCK.read_text(encoding="utf-8")):
        try:
            found = distribution(name)
        except PackageNotFoundError:
            absent.append(name)  # for another system or version of Python
            continue
        licence = licence_of(found)
        print(f"{name:24} {found.version:12} {licence}")
        if not is_permissive(licence):
            refused.append(f"{name}: {licence}")
    if absent:
        print(f"not installed here: {', '.join(absent)}")
    for line in refused:
        print(f"no permissive licence that is known: {line}", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
