from __future__ import annotations

import pytest

from tsunagari.errors import StoreError
from tsunagari.graph.neo4j.address import Address, address_of

SECRET = "s3cret-架空"


@pytest.mark.parametrize("url", ["http://localhost:7474", "https://x", "localhost:7687", "bolt://", "ftp://x", ""])
def test_an_address_of_another_scheme_is_told_with_one_that_would_do(url: str) -> None:
    with pytest.raises(StoreError, match=r"Not the address of a Neo4j database: .*bolt://host:7687"):
        address_of(url)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as caught:
        address_of(f"bolt://neo4j:{SECRET}@localhost:7687")
    assert SECRET not in str(caught.value) + caught.value.text("ja")


def test_who_asks_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    assert address_of("bolt://x").password is None
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    assert (address_of("bolt://x").user, address_of("bolt://x").password) == ("neo4j", SECRET)
    monkeypatch.setenv("NEO4J_USERNAME", "keeper")
    assert address_of("bolt://x").user == "keeper"
    assert address_of("bolt://x", user="other").user == "other"


def test_an_address_never_shows_its_password() -> None:
    assert SECRET not in repr(Address("bolt://x", "neo4j", SECRET)) + str(Address("bolt://x", "neo4j", SECRET))
