from __future__ import annotations

from tsunagari.loaders.workspace.kinds import KINDS, find_kind
from tsunagari.ontology.vocabulary import vocabulary


def test_every_kind_is_known_to_the_ontology() -> None:
    words = vocabulary()
    for kind in KINDS.values():
        columns = words.columns(kind.cls)
        assert columns, kind.name
        for column in (*kind.creates, *filter(None, [kind.party])):
            assert columns[column].targets == ("Organization",), kind.name


def test_names_and_segments_are_used_once() -> None:
    names = [name for kind in KINDS.values() for name in (kind.name, *kind.aliases)]
    assert len(names) == len(set(names))
    assert len({kind.segment for kind in KINDS.values()}) == len(KINDS)


def test_other_spellings_are_found() -> None:
    assert find_kind("Members") is KINDS["members"]
    assert find_kind("scheme") is KINDS["schemes"]
    assert find_kind("nothing") is None
