"""The settings of the public edition: what may be shown, and what is told when they cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from tsunagari.errors import WorkspaceError
from tsunagari.loaders.workspace.publication import (
    Publication,
    always_shown,
    default_words,
    publication_words,
    read_publication,
)
from tsunagari.ontology.namespaces import column_name
from tsunagari.ontology.vocabulary import vocabulary


def test_without_settings_five_words_are_allowed_and_a_blank_is_no_consent() -> None:
    assert read_publication({}) == Publication()
    assert Publication().allow == default_words() == {"body", "kind", "field", "municipality", "platform"}
    assert not Publication().blank_is_consent
    assert Publication().persons == 3


def test_settings_are_read_in_both_languages() -> None:
    said: dict[str, Any] = {"allow": ["団体", "Contacts", "備考"], "blank": "publish", "persons": 10}
    assert read_publication({"public": said}) == Publication(frozenset({"body", "contact", "note"}), True, 10)


def test_an_empty_list_allows_nothing() -> None:
    assert read_publication({"public": {"allow": []}}).allow == frozenset()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"allow": ["contcat"]}, ("contcat", "contact")),
        ({"alow": []}, ("alow", "allow")),
        ({"blank": "maybe"}, ("blank", "publish")),
        ({"persons": -1}, ("persons", "-1")),
        ({"persons": True}, ("persons", "True")),
        ({"persons": "3"}, ("persons", "'3'")),
        ({"allow": "body"}, ("allow", "'body'")),
        ({"allow": ["evidence"]}, ("evidence", "source")),
    ],
)
def test_what_cannot_be_used_is_told_with_what_can(said: dict[str, Any], told: tuple[str, ...]) -> None:
    with pytest.raises(WorkspaceError) as caught:
        read_publication({"public": said})
    for lang in ("ja", "en"):
        text = f"{caught.value.message.text(lang)} {caught.value.hint.text(lang) if caught.value.hint else ''}"
        assert all(word in text for word in told), text
    assert "tsunagari.toml" in str(caught.value.place)


OF_PLACES = {"area_code", "area_kind", "as_geo_json", "change_kind", "date", "definition", "district", "has_geometry",
             "in_prefecture", "original_organization", "resulting_organization", "sf_touches", "sf_within"}  # fmt: skip
NEVER = {"as_written", "claim", "corrected_to", "correction_kind", "generated", "matched", "preferred_in", "property",
         "publishable", "reason", "record_count", "sha256", "term", "used", "verdict"}  # fmt: skip
WRITTEN = {"date_as_written", "date_rule", "not_after", "not_before", "precision", "stated_in", "valid_from_not_after",
           "valid_from_not_before", "valid_to_not_after", "valid_to_not_before"}  # fmt: skip


def test_every_column_of_the_ontology_has_one_word_or_is_never_shown() -> None:
    words, shown = vocabulary(), always_shown()
    listed = [name for word in publication_words().values() for name in word.columns]
    assert len(listed) == len(set(listed))
    known = {column_name(column.path) for cls in words.classes for column in words.columns(cls).values()} | WRITTEN
    assert {*listed, *shown.columns} | OF_PLACES | NEVER == known
    classes = {name for word in publication_words().values() for name in word.classes}
    assert {*classes, *shown.classes, *shown.places} <= set(words.classes)
