"""A short campaign, and the smallest form of what longer ones found."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from tests.fuzz.campaign import BAD, damaged_case, run_campaign
from tests.fuzz.kills import run_kills, write_lists
from tests.fuzz.reader import read
from tests.fuzz.seeds import LISTS, SEEDS, Seed, write_workspace
from tests.fuzz.tokens import TOKENS, silent_tokens

from tsunagari.errors import TsunagariError
from tsunagari.loaders.session.load import load_workspace

SHORT = 60


def seed_of(name: str) -> Seed:
    return next(seed for seed in SEEDS if seed.name == name)


def test_a_short_campaign_finds_nothing() -> None:
    found = run_campaign(range(SHORT), 1, seconds=8)
    assert found.bad == []
    assert sum(found.counts.values()) >= 1


def test_the_same_number_gives_the_same_file() -> None:
    assert [damaged_case(number, 1)[1] for number in range(48)] == [damaged_case(number, 1)[1] for number in range(48)]
    assert damaged_case(3, 1)[1] != damaged_case(3, 2)[1]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_sound_seeds_are_read(tmp_path: Path, seed: Seed) -> None:
    write_workspace(tmp_path, seed, seed.data)
    assert read(tmp_path, seed.name) == ("told" if seed.name == "page.html" else "read")


def test_a_campaign_sees_what_goes_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A reader that fails is noticed: the campaign itself is tried."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, os\n"
        "if sys.orig_argv[-1] == 'tests.fuzz.reader':\n"
        "    import tests.fuzz.reader as reader\n"
        "    ends = iter(['raise', 'noise', 'abort'])\n"
        "    def read(folder, name):\n"
        "        end = next(ends)\n"
        "        if end == 'raise': raise KeyError(name)\n"
        "        if end == 'noise': print('panicked', file=sys.stderr, flush=True); return 'read'\n"
        "        os.abort()\n"
        "    reader.read = read\n"
        "    reader.main()\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    found = run_campaign(range(3), 1)
    assert [outcome.partition(":")[0] for _, _, outcome in found.bad] == ["traceback", "noise", "abort"]
    assert set(found.counts) <= set(BAD)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_builds_leave_the_old_graph(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    write_workspace(workspace, seed_of("list.xlsx"), seed_of("list.xlsx").data)
    write_lists(workspace)
    kills = list(run_kills(workspace, 1, 1, 1))
    assert [kill.problem for kill in kills] == [""] * 3
    assert all(kill.ended for kill in kills)


@pytest.mark.parametrize("name", LISTS)
def test_every_cell_that_stands_in_a_damaged_list_is_in_the_graph_or_in_the_report(tmp_path: Path, name: str) -> None:
    seed = seed_of(name)
    position = SEEDS.index(seed)
    for number in range(position, position + 6 * len(SEEDS), len(SEEDS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        _, data = damaged_case(number, 1)
        write_workspace(folder, seed, data)
        assert silent_tokens(load_workspace(folder), name, data) == []


@pytest.mark.parametrize("name", LISTS)
def test_a_cell_that_is_dropped_without_a_word_is_noticed(tmp_path: Path, name: str) -> None:
    """The search itself is tried: what a load leaves out of a sound list is found, whatever its column."""
    seed = seed_of(name)
    write_workspace(tmp_path, seed, seed.data)
    load = load_workspace(tmp_path)
    assert silent_tokens(load, name, seed.data) == []
    own = [record for record in load.records if any(place.source.endswith(f"/{name}") for place in record.evidence)]
    load.records[:] = [record for record in load.records if record not in own]
    load.issues[:] = []
    lost = {token.text for token in silent_tokens(load, name, seed.data)}
    assert len(lost) >= len(TOKENS) - 4  # dates are numbers in workbooks


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return buffer.getvalue()


DEEP = 30_000
SMALLEST = {
    "deep TOML": ("tsunagari.toml", b"x = " + b"[" * DEEP),
    "a number of thousands of digits in TOML": ("tsunagari.toml", b"x = " + b"9" * 5000 + b"\n"),
    "a number of thousands of digits in JSON": ("edits.json", b"[" + b"9" * 5000 + b"]"),
    "half a character in JSON": ("edits.json", b'["\\ud800"]'),
    "deep JSON": ("edits.json", b"[" * DEEP),
    "deep JSON-LD": ("graph.jsonld", b'{"a":' * DEEP),
    "half a character in GeoJSON": ("areas.geojson", b'{"type": "FeatureCollection", "features": ["\\udfff"]}'),
    "deep GeoJSON": ("areas.geojson", b'{"type":"FeatureCollection","features":' + b"[" * DEEP),
    "deep collections in Turtle": ("graph.ttl", b"<urn:a> <urn:b> " + b"(" * DEEP),
    "entities that grow": (
        "graph.rdf",
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rdf:RDF>&b;</rdf:RDF>',
    ),
    "a cell that is never closed in words for fields": ("field-words.csv", b'"' + b"a" * 200_000),
    "a ledger that is no text": ("matches.csv", bytes(range(256)) * 10),
    "answers that are no text": ("fixes.csv", bytes(range(256)) * 10),
    "deep SPARQL": ("query.rq", b"SELECT * " + b"{" * DEEP + b"}" * DEEP),
    "a workbook of nothing": ("list.xlsx", zipped({"xl/workbook.xml": b""})),
    "an old workbook of nothing": ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
}


@pytest.mark.parametrize("case", SMALLEST)
def test_what_campaigns_found_is_told(tmp_path: Path, case: str) -> None:
    name, data = SMALLEST[case]
    write_workspace(tmp_path, seed_of(name), data)
    if name.startswith(("edits", "query", "tsunagari")):
        with pytest.raises(TsunagariError) as caught:
            read(tmp_path, name)
        assert len(caught.value.text("ja").splitlines()) == 1
    else:
        assert read(tmp_path, name) in ("told", "read")
