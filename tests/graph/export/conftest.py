from __future__ import annotations

from collections.abc import Callable

import pytest

from tsunagari.graph.export import export
from tsunagari.graph.facts.things import Reader

Export = Callable[..., bytes]


@pytest.fixture(scope="session")
def exported() -> Export:
    """Give the content of an export; tables as the bytes of their archive."""

    def content(reader: Reader, name: str, **options: object) -> bytes:
        found = export(reader, name, **options)  # type: ignore[arg-type]
        assert isinstance(found, bytes)
        return found

    return content
