"""The page's data block can hold any text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.map.page import json_block, vis_network


@given(st.text())
def test_any_text_survives_and_closes_nothing(text: str) -> None:
    block = json_block({"a": text})
    assert json.loads(block) == {"a": text}
    assert not set("<>&\u2028\u2029") & set(block)


def test_the_bundled_library_cannot_end_its_own_element() -> None:
    script = vis_network()
    assert "@version 9.1.2" in script
    assert "</script" not in script.lower()
    assert "<!--" not in script
