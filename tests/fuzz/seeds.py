"""Sound files of every format that the package reads, to be damaged; everything in them is made up."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("seeds")
REGISTER = FOLDER.parents[2] / "docs" / "samples" / "corporate-numbers.csv"
LIST = (FOLDER / "list.csv").read_text(encoding="utf-8")
SETTINGS = '[workspace]\ntitle = "架空の町"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市"]\n'
SOUND = "架空の健在会"
"""Stands in a file beside the damaged one, and has to be in the graph."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file.

    Parameters
    ----------
    name, data
        Its name and content.
    kind
        What it is in the settings, with further settings; empty for the files that the settings do not name.
    """

    name: str
    data: bytes
    kind: str = ""


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


TURTLE = """@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/a> a org:Organization ; skos:prefLabel "架空の会"@ja ; skos:altLabel ( "a" "b" ) .
<http://example.org/b> org:subOrganizationOf [ a org:Organization ; skos:prefLabel "架空の輪"@ja ] .
"""
RDF_XML = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<rdf:Description rdf:about="http://example.org/a"><skos:prefLabel xml:lang="ja">架空の会</skos:prefLabel>
<skos:related rdf:parseType="Resource"><skos:note>12</skos:note></skos:related></rdf:Description></rdf:RDF>
"""
JSON_LD = json.dumps(
    {
        "@context": {"name": "http://schema.org/name", "knows": {"@id": "http://schema.org/knows", "@type": "@id"}},
        "@graph": [{"@id": "http://example.org/a", "name": "架空の会", "knows": ["http://example.org/b"]}],
    },
    ensure_ascii=False,
)
N_QUADS = '<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "架空の会"@ja <http://example.org/g> .\n'
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"N03_007": "31201", "N03_004": "鳥取市"},
                "geometry": {"type": "Polygon", "coordinates": [[[134, 35], [134.5, 35], [134.5, 35.5], [134, 35]]]},
            }
        ],
    },
    ensure_ascii=False,
)
HTML = "<!DOCTYPE html><html><body><table><tr><th>団体名</th></tr><tr><td>架空の会</td></tr></table></body></html>"
EDITS = "操作,種類,団体,相手,分野,市区町村\n加える,支援,架空の団,,教育,岩美町\n除く,団体,架空の会,,,\n"
EDITS_TOML = '[[edit]]\naction = "add"\nwhat = "organization"\norganization = "架空の団"\n'
LEDGER = "left,right,left_name,right_name,verdict,decided_at,note\norg/1,org/2,架空の会,架空の輪,same,2024-04-01,\n"
FIXES = "ファイル,シート,列,今の値,正しい値,行,扱い\nlist.csv,,市区町村,鳥取,鳥取市,2,\n"
WORDS = "語,分野,対応,件数,候補\n見守り,kodomo,近い,1,\n"
SCHEMES = "記号,名称,上位\nA,架空の分野,\nB,架空の下位,A\n"
QUERY = "SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s a tsu:Service ; skos:prefLabel ?o . FILTER (?o != 'x') } GROUP BY ?s\n"
MEMBERS = 'kind = "members"\nplatform = "pf"'

SEEDS: tuple[Seed, ...] = (
    Seed("list.csv", LIST.encode(), MEMBERS),
    Seed("cp932.csv", LIST.replace("印え", "印").encode("cp932", "replace"), MEMBERS),
    Seed("utf16.csv", LIST.replace(",", "\t").encode("utf-16"), MEMBERS),
    Seed("list.tsv", LIST.replace(",", "\t").encode(), MEMBERS),
    *(Seed(f"list.{end}", (FOLDER / f"list.{end}").read_bytes(), MEMBERS) for end in ("xlsx", "xls", "ods")),
    Seed("book.xlsx", (FOLDER / "list.xlsx").read_bytes(), MEMBERS),
    Seed("list.zip", _zipped({"名簿.csv": LIST.encode(), "readme.md": b"a"}), MEMBERS),
    Seed("book.zip", _zipped({"list.xlsx": (FOLDER / "list.xlsx").read_bytes()}), MEMBERS),
    Seed("register.zip", _zipped({"31.csv": REGISTER.read_bytes()}), 'kind = "corporate-numbers"\nkeep = "all"'),
    Seed("graph.ttl", TURTLE.encode(), 'kind = "rdf"'),
    Seed("graph.rdf", RDF_XML.encode(), 'kind = "rdf"'),
    Seed("graph.jsonld", JSON_LD.encode(), 'kind = "rdf"'),
    Seed("graph.nq", N_QUADS.encode(), 'kind = "rdf"'),
    Seed("areas.geojson", GEOJSON.encode(), 'kind = "areas"'),
    Seed("page.html", HTML.encode(), MEMBERS),
    Seed("schemes.csv", SCHEMES.encode(), 'kind = "schemes"\nscheme = "mine"'),
    Seed("tsunagari.toml", SETTINGS.encode()),
    Seed("matches.csv", LEDGER.encode()),
    Seed("fixes.csv", FIXES.encode()),
    Seed("field-words.csv", WORDS.encode()),
    Seed("edits.csv", EDITS.encode()),
    Seed("edits.toml", EDITS_TOML.encode()),
    Seed("edits.json", json.dumps([{"action": "add", "what": "organization", "organization": "架空の団"}]).encode()),
    Seed("query.rq", QUERY.encode()),
)

LISTS = tuple(seed.name for seed in SEEDS if seed.kind == MEMBERS and seed.name != "page.html")
"""The files that hold the cells of list.csv."""


def write_workspace(folder: Path, seed: Seed, data: bytes) -> None:
    """Write a workspace that holds a damaged file beside sound ones."""
    (folder / "p.csv").write_text("id,名称\npf,架空PF\n", encoding="utf-8")
    (folder / "sound.csv").write_text(f"団体名,市区町村\n{SOUND},鳥取市\n", encoding="utf-8")
    sources = [("p.csv", 'kind = "platforms"'), ("sound.csv", MEMBERS)]
    sources += [(seed.name, seed.kind)] if seed.kind else []
    blocks = "".join(f'[[source]]\nfile = "{file}"\n{rest}\n' for file, rest in sources)
    if seed.name == "tsunagari.toml":
        (folder / seed.name).write_bytes(data + blocks.encode())
        return
    (folder / "tsunagari.toml").write_text(SETTINGS + blocks, encoding="utf-8")
    (folder / seed.name).write_bytes(data)
