"""Contacts of offices: every column of telephones and mails counts, a mobile number in a free column does not."""

from __future__ import annotations

from tsunagari.loaders.adapters.contacts import read_contact


def test_columns_of_one_meaning_are_joined() -> None:
    found = read_contact({"telephone": ["03-0000-0001", "03-0000-0002"], "extension": ["12"], "mail": ["a@example.jp"]})
    assert found.cells == {"telephone": "03-0000-0001 内線12、03-0000-0002", "email": "a@example.jp"}
    assert found.unread == []


def test_a_mail_in_the_column_of_the_page_is_a_mail() -> None:
    found = read_contact({"page": ["info@example.jp", "https://example.jp/"], "form": ["https://example.jp/form"]})
    assert found.cells == {"email": "info@example.jp"}
    assert found.pages == ["https://example.jp/", "https://example.jp/form"]


def test_a_free_column_gives_what_is_an_office_s_and_the_rest_is_told() -> None:
    found = read_contact(
        {"contact": ["電話：03-0000-0001", "架空太郎 090-0000-0000 a@example.jp https://example.jp/x"]}
    )
    assert found.cells == {"telephone": "03-0000-0001", "email": "a@example.jp"}
    assert found.pages == ["https://example.jp/x"]
    assert found.unread == ["架空太郎 090-0000-0000 a@example.jp https://example.jp/x"]
