"""Facilities of one name: where they are tells them apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.session.load import load_workspace

Write = Callable[..., Path]


def services(load_of: Path) -> list[str]:
    return sorted({record.iri for record in load_workspace(load_of).records if record.cls == "SupportService"})


@pytest.mark.parametrize(
    ("addresses", "count"),
    [
        (["鳥取市架空1-1", "鳥取市架空2-2"], 2),
        (["鳥取市架空1-1", "米子市架空1-1", "鳥取県鳥取市架空１番１号"], 2),
        (["鳥取市架空1-1", "〒680-0000 鳥取県鳥取市架空1の1"], 1),
        (["鳥取市架空1-1", ""], 1),
        (["", ""], 1),
    ],
)
def test_one_name_at_two_places_is_two_facilities(write_workspace: Write, addresses: list[str], count: int) -> None:
    rows = "".join(f"架空ひろば,架空の会,{address}\n" for address in addresses)
    assert len(services(write_workspace(services=f"支援名,団体名,住所\n{rows}"))) == count


def test_a_second_place_leaves_other_facilities_as_they_were(write_workspace: Write) -> None:
    one = "支援名,団体名,住所\n架空ひろば,架空の会,鳥取市架空1-1\n架空サロン,架空の会,鳥取市架空9\n"
    before = services(write_workspace(services=one))
    after = services(write_workspace(services=f"{one}架空ひろば,架空の会,米子市架空2-2\n"))
    assert len(before) == 2
    assert len(after) == 3
    assert len(set(before) & set(after)) == 1
