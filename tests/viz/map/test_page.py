"""The page's data block can hold any text, and its scripts are what their sources give."""

from __future__ import annotations

import base64
import gzip
import json

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.map.page import _template, data_block, vis_network


@given(st.text())
def test_any_text_survives_and_closes_nothing(text: str) -> None:
    block = data_block({"a": text})
    assert json.loads(gzip.decompress(base64.b64decode(block))) == {"a": text}
    assert not set("<>&\u2028\u2029") & set(block)


def test_the_same_value_gives_the_same_block() -> None:
    assert data_block(["会"] * 99) == data_block(["会"] * 99)


def test_no_script_can_end_its_own_element() -> None:
    for script in (vis_network(), _template("map.js")):
        assert "</script" not in script.lower()
        assert "<!--" not in script


def test_the_library_brings_its_licences() -> None:
    notices = _template("vis-network.LICENSE.txt")
    for name in ("vis-network 9.", "vis-data", "@egjs/hammerjs", "keycharm", "Apache License", "MIT"):
        assert name in notices
