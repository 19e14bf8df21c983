from __future__ import annotations

from datetime import date

import pytest

from tsunagari.loaders.kept.frames import sealed
from tsunagari.loaders.kept.outcomes import Outcome, meaning, pack_outcome, unpack_outcome
from tsunagari.ontology.records import Reference, Temporal


def test_an_outcome_comes_back_as_it_was() -> None:
    found = Outcome(3, "None", 2, [1], ["urn:t"], {"member\t": {"o-1": "<urn:o>"}}, [("support_field", "食事", "x", 2)])
    assert unpack_outcome(pack_outcome(found, "k"), "k") == found


def test_other_values_have_another_meaning() -> None:
    day = Temporal(date(2020, 1, 1), "day", None, None, "2020-01-01")
    values = [("urn:a",), (Reference("urn:a"),), (Reference("urn:a"), Reference("urn:b")), (day,), (True,), (1,), ()]
    assert len({meaning(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"key": "other"},
        {"key": "k", "strange": 1},
        {"key": "k", "rows": "3"},
        {"key": "k", "odd": ["1"]},
        {"key": "k", "asked": {"member\t": {"a": 5}}},
        {"key": "k", "words": [["a", "b"]]},
    ],
)
def test_a_sealed_file_of_something_else_is_an_error(said: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        unpack_outcome(sealed([said]), "k")
