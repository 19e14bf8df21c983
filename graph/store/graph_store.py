"""The SPARQL 1.1 Graph Store Protocol: named graphs of a server read, replaced and deleted one by one."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterable

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.store.access import Access
from tsunagari.graph.store.protocol import Client

TYPE = "application/n-triples"
ABSENT = 404
_WHERE = Message(
    "グラフを置くアドレスを指定してください。Fuseki では …/データセット名/data、Oxigraph では …/store です。",
    "Give the address for graphs: with Fuseki …/DATASET/data, with Oxigraph …/store.",
)


class GraphStore:
    """The door of a server through which graphs go.

    Parameters
    ----------
    url
        Its address.
    access
        Who asks, whom to trust, how long to wait.

    Raises
    ------
    StoreError
        The address is not http(s), nobody answers, or there is no such door.
    """

    def __init__(self, url: str, access: Access | None = None) -> None:
        self._client = Client(url, access)
        self.location = self._client.location
        reply = self._client.send("HEAD", None, {"Accept": TYPE}, query="default", taken=(ABSENT, 405, 400))
        if reply.status in (ABSENT, 400):
            raise StoreError(
                Message(
                    f"{self.location} はグラフを受け取るアドレスではありません（{reply.status}）。",
                    f"{self.location} is not an address that takes graphs ({reply.status}).",
                ),
                _WHERE,
            )

    def read(self, graph: str) -> set[ox.Triple] | None:
        """Return the triples of a named graph, None where there is no such graph.

        Raises
        ------
        StoreError
            The server refuses, or what comes is no graph.
        """
        reply = self._client.send("GET", None, {"Accept": TYPE}, query=_named(graph), taken=(ABSENT,))
        if reply.status == ABSENT:
            return None
        if reply.media_type != TYPE:
            raise self._client.no_endpoint(reply)
        try:
            return {quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)}
        except (SyntaxError, ValueError) as error:
            raise self._client.broken("答えが壊れています", f"the answer is broken ({error})") from error

    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Put triples in the place of all that a named graph holds.

        Raises
        ------
        StoreError
            The server refuses.
        """
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        self._client.send("PUT", body, {"Content-Type": TYPE}, query=_named(graph))

    def delete(self, graph: str) -> None:
        """Delete a named graph; one that is not there is no error.

        Raises
        ------
        StoreError
            The server refuses.
        """
        self._client.send("DELETE", None, {}, query=_named(graph), taken=(ABSENT,))


def _named(graph: str) -> str:
    return urllib.parse.urlencode({"graph": graph})
