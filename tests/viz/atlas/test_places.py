"""Names of files and ids: no two things share one, whatever their ids are."""

from __future__ import annotations

import base64
import gzip
import json

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.ontology.namespaces import ID
from tsunagari.viz.atlas.grouped import GroupedRows
from tsunagari.viz.atlas.places import PER_PAGE, Addresses, file_key
from tsunagari.viz.atlas.search_index import SearchIndex


@given(st.lists(st.text(min_size=1), unique=True))
def test_no_two_things_share_a_file_even_where_case_does_not_count(ends: list[str]) -> None:
    names = [
        file_key(f"{ID}platform/{end.replace('/', '-')}")
        for end in dict.fromkeys(end.replace("/", "-") for end in ends)
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name.isascii() and "." not in name for name in names)


def test_many_bodies_stand_on_several_pages() -> None:
    addresses = Addresses()
    bodies = [f"{ID}org/{number}" for number in range(PER_PAGE + 1)]
    parts = addresses.settle("m/31201.html", bodies)
    assert [(page, len(part)) for page, part in parts] == [("m/31201.html", PER_PAGE), ("m/31201-2.html", 1)]
    assert addresses.body(bodies[-1], "../") == f"../m/31201-2.html#org-{PER_PAGE}"
    assert addresses.body("urn:other", "../") is None


def test_rows_of_a_missing_column_belong_to_nothing() -> None:
    import pandas as pd

    assert GroupedRows(pd.DataFrame({"a": [1]}), "b", ["a"]).of("x") == []


def test_the_index_keeps_of_an_id_what_tells_it_apart() -> None:
    index = SearchIndex()
    for number in range(300):
        index.add(f"架空の{number}", None, "m/31201.html", f"org-99999000{number:05}", "鳥取市", 0)
    text = base64.b64decode(index.script().split('"')[1])
    assert set(map(len, json.loads(gzip.decompress(text))["anchor"])) == {3}
