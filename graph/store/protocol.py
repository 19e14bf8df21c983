"""The SPARQL 1.1 protocol over HTTP: one request, and every way in which it can go wrong told in one located error."""

from __future__ import annotations

import base64
import http.client
import os
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tsunagari.errors import Message, QueryError, StoreError

TOKEN_VARIABLE, CA_VARIABLE = "TSUNAGARI_TOKEN", "TSUNAGARI_CA"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CHECK = Message("URLとネットワークを確認してください。", "Check the URL and the network.")
_NO_ENDPOINT = Message(
    "SPARQL 1.1 のエンドポイントのURLか確認してください。", "Check that this is the URL of a SPARQL 1.1 endpoint."
)
_WHO = Message(
    f"利用者名とパスワードはアドレスに（https://利用者:パスワード@…）、トークンは {TOKEN_VARIABLE} に書きます。",
    f"Put user and password into the address (https://user:password@…), or a token into the variable {TOKEN_VARIABLE}.",
)
_CERTIFICATE = Message(
    f"認証局の証明書のファイルを環境変数 {CA_VARIABLE} で指定してください。",
    f"Name the file with its authority's certificate by the variable {CA_VARIABLE}.",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Parameters
    ----------
    media_type
        Type of the body.
    body
        The body, whole.
    headers
        The other headers, names in lower case.
    """

    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Asks one address.

    Parameters
    ----------
    url
        Address; a user and password in it are sent and never shown.
    timeout
        Seconds without a byte after which a server is given up.

    Raises
    ------
    StoreError
        The address is not http(s), or a secret would travel without encryption.
    """

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname or ""
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        self.location = urllib.parse.urlunsplit(bare)
        if parts.scheme not in ("http", "https") or not host:
            raise StoreError(
                Message(
                    f"SPARQLエンドポイントのURLではありません: {self.location}",
                    f"Not the URL of a SPARQL endpoint: {self.location}",
                ),
                Message("http:// または https:// で始めてください。", "Start it with http:// or https://."),
            )
        self._timeout = timeout
        self._who = _credentials(parts)
        if self._who and parts.scheme == "http" and host not in LOOPBACK:
            raise StoreError(
                Message(
                    f"{self.location} は暗号化されないので、パスワードやトークンを送りません。",
                    f"{self.location} is not encrypted; no password or token is sent there.",
                ),
                Message("https:// のアドレスを使ってください。", "Use an https:// address."),
            )
        self._opener = urllib.request.build_opener(_NoRedirect(), urllib.request.HTTPSHandler(context=self._trust()))

    def _trust(self) -> ssl.SSLContext:
        named = os.environ.get(CA_VARIABLE)
        if named and not Path(named).is_file():
            raise StoreError(Message(f"証明書のファイルがありません: {named}", f"There is no certificate file {named}"))
        return ssl.create_default_context(cafile=named or None)

    def send(self, method: str, data: bytes | None, headers: Mapping[str, str], *, query: str = "") -> Reply:
        """Send a request and return the whole answer.

        Parameters
        ----------
        method
            ``"POST"``, ``"PUT"`` and so on.
        data
            The body.
        headers
            What goes with it.
        query
            Appended to the address behind a question mark.

        Raises
        ------
        QueryError
            The server says that the query is wrong.
        StoreError
            Anything else: nobody there, too slow, cut off, refused, redirected, no SPARQL.
        """
        url = f"{self.location}?{query}" if query else self.location
        own = {"User-Agent": "tsunagari", **headers, **self._who}
        request = urllib.request.Request(url, data=data, headers=own, method=method)  # noqa: S310 - scheme was checked
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                body = response.read()
                found = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.headers.get_content_type(), body, found)
        except urllib.error.HTTPError as error:
            self._refused(error)
        except http.client.IncompleteRead as error:
            raise self.broken("答えが途中で切れました", "the answer was cut off") from error
        except (urllib.error.URLError, TimeoutError, OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from error

    def _refused(self, error: urllib.error.HTTPError) -> NoReturn:
        with error:
            try:
                said = error.read(4000).decode("utf-8", "replace")
            except (OSError, http.client.HTTPException):
                said = ""
        text, code = plain(said), error.code
        if code in (401, 403):
            raise StoreError(
                Message(
                    f"{self.location} が利用者を確かめられません（{code}）。",
                    f"{self.location} does not know who asks ({code}).",
                ),
                _WHO,
            ) from error
        if 300 <= code < 400:
            there = error.headers.get("Location", "")
            raise StoreError(
                Message(
                    f"{self.location} は別のアドレスを指しています（{code}）: {there}",
                    f"{self.location} points to another address ({code}): {there}",
                ),
                Message("そのアドレスを使ってください。", "Use that address."),
            ) from error
        kind = QueryError if code == 400 else StoreError
        raise kind(
            Message(
                f"{self.location} が問い合わせを拒みました（{code}）: {text}",
                f"{self.location} refused the query ({code}): {text}",
            )
        ) from error

    def _unreachable(self, error: Exception) -> StoreError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError) or isinstance(error, TimeoutError):
            seconds = f"{self._timeout:g}"
            return self.broken(f"{seconds} 秒待っても答えません", f"no answer within {seconds} s")
        if isinstance(reason, ssl.SSLCertVerificationError):
            return StoreError(
                Message(
                    f"{self.location} の証明書を信頼できません。", f"The certificate of {self.location} is not trusted."
                ),
                _CERTIFICATE,
            )
        return StoreError(
            Message(f"{self.location} に接続できません: {reason}", f"{self.location} does not answer: {reason}"), _CHECK
        )

    def broken(self, ja: str, en: str) -> StoreError:
        """Return the error for an answer that is not whole."""
        return StoreError(Message(f"{self.location}: {ja}。", f"{self.location}: {en}."), _CHECK)

    def no_endpoint(self, reply: Reply) -> StoreError:
        """Return the error for an answer that is no SPARQL."""
        text = plain(reply.body[:4000].decode("utf-8", "replace"))
        return StoreError(
            Message(
                f"{self.location} の応答形式が読めません: {reply.media_type} {text}",
                f"{self.location} answered in a format that cannot be read: {reply.media_type} {text}",
            ),
            _NO_ENDPOINT,
        )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a POST that becomes a GET loses its question and gets another answer."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _credentials(parts: urllib.parse.SplitResult) -> dict[str, str]:
    if parts.username is not None or parts.password is not None:
        pair = ":".join(urllib.parse.unquote(text or "") for text in (parts.username, parts.password))
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode("ascii")}
    token = os.environ.get(TOKEN_VARIABLE)
    return {"Authorization": f"Bearer {token}"} if token else {}


def plain(text: str) -> str:
    """Return the words of a page or message in one line of at most 200 characters.

    >>> plain("<html><h1>Bad  gateway</h1></html>")
    'Bad gateway'
    """
    words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    return words if len(words) <= 200 else f"{words[:200]} …"
