"""The SPARQL 1.1 protocol over HTTP: one request, and every way in which it can go wrong told in one located error."""

from __future__ import annotations

import base64
import http.client
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tsunagari.errors import Message, QueryError, StoreError
from tsunagari.graph.store.access import CA_VARIABLE, PASSWORD_VARIABLE, TOKEN_VARIABLE, Access, access_of

LEAST = 1024  # bytes that come within the time to wait; a server that gives fewer is as good as silent
MOST = 2 << 30  # bytes of one answer
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CHECK = Message("URLとネットワークを確認してください。", "Check the URL and the network.")
_NO_ENDPOINT = Message(
    "SPARQL 1.1 のエンドポイントのURLか確認してください。", "Check that this is the URL of a SPARQL 1.1 endpoint."
)
_WHO = Message(
    f"利用者名は --user、パスワードは {PASSWORD_VARIABLE} か問いへの答え、トークンは {TOKEN_VARIABLE} で渡します。",
    f"Give the user by --user, the password by the variable {PASSWORD_VARIABLE} or when asked, a token by "
    f"{TOKEN_VARIABLE}.",
)
_CERTIFICATE = Message(
    f"認証局の証明書のファイルを --ca か環境変数 {CA_VARIABLE} で指定してください。",
    f"Name the file with its authority's certificate by --ca or the variable {CA_VARIABLE}.",
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
    status
        Its code.
    """

    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class Client:
    """Asks one address.

    Parameters
    ----------
    url
        Address; a user and password in it are sent and never shown.
    access
        Who asks, whom to trust, how long to wait; a user in the address comes first.

    Raises
    ------
    StoreError
        The address is not http(s), or a secret would travel without encryption.
    """

    def __init__(self, url: str, access: Access | None = None) -> None:
        access = access or access_of()
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
        self._timeout = access.timeout
        self._who = _credentials(parts, access)
        if self._who and parts.scheme == "http" and host not in LOOPBACK:
            raise StoreError(
                Message(
                    f"{self.location} は暗号化されないので、パスワードやトークンを送りません。",
                    f"{self.location} is not encrypted; no password or token is sent there.",
                ),
                Message("https:// のアドレスを使ってください。", "Use an https:// address."),
            )
        self._opener = urllib.request.build_opener(
            _NoRedirect(), urllib.request.HTTPSHandler(context=_trust(access.ca))
        )

    def send(
        self,
        method: str,
        data: bytes | None,
        headers: Mapping[str, str],
        *,
        query: str = "",
        taken: Sequence[int] = (),
    ) -> Reply:
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
        taken
            Codes of refusal that are answers like any other.

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
                body = self._plain_body(self._body(response), response.headers.get("Content-Encoding", ""))
                found = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.headers.get_content_type(), body, found, response.status)
        except urllib.error.HTTPError as error:
            if error.code in taken:
                error.close()
                return Reply("", b"", {}, error.code)
            self._refused(error, method)
        except http.client.IncompleteRead as error:
            raise self.broken("答えが途中で切れました", "the answer was cut off") from error
        except (urllib.error.URLError, TimeoutError, OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from error

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """Return the body, unless it stops early, trickles or does not end."""
        parts: list[bytes] = []
        size, seen, since = 0, 0, time.monotonic()
        while part := response.read1(1 << 16):
            parts.append(part)
            size += len(part)
            if size > MOST:
                raise self.broken(f"答えが {MOST >> 30} GB を超えます", f"the answer is larger than {MOST >> 30} GB")
            if self._timeout is not None and time.monotonic() - since > self._timeout:
                if size - seen < LEAST:
                    raise TimeoutError
                seen, since = size, time.monotonic()
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        return b"".join(parts)

    def _plain_body(self, body: bytes, encoding: str) -> bytes:
        """Return a body without the compression that some servers use unasked."""
        if encoding.strip().lower() in ("", "identity"):
            return body
        if encoding.strip().lower() not in ("gzip", "x-gzip"):
            raise self.broken(f"圧縮の形式が読めません（{encoding}）", f"its compression cannot be read ({encoding})")
        unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        try:
            plain_body = unpack.decompress(body, MOST)
        except zlib.error as error:
            raise self.broken("答えの圧縮が壊れています", "the compression of the answer is broken") from error
        if not unpack.eof:
            raise self.broken("答えが途中で切れました", "the answer was cut off")
        return plain_body

    def _refused(self, error: urllib.error.HTTPError, method: str) -> NoReturn:
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
        if method == "POST":
            said_ja, said_en = f"問い合わせを拒みました（{code}）", f"refused the query ({code})"
        else:
            said_ja, said_en = f"{method} を拒みました（{code}）", f"refused to {method} ({code})"
        kind = QueryError if (code, method) == (400, "POST") else StoreError
        raise kind(Message(f"{self.location} が{said_ja}: {text}", f"{self.location} {said_en}: {text}")) from error

    def _unreachable(self, error: Exception) -> StoreError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError) or isinstance(error, TimeoutError):
            seconds = f"{self._timeout or 0:g}"
            return StoreError(
                Message(
                    f"{self.location}: {seconds} 秒待っても答えません。",
                    f"{self.location}: no answer within {seconds} s.",
                ),
                Message(
                    "URLとネットワークを確かめるか、--timeout で待つ時間を延ばしてください（0 は制限なし）。",
                    "Check the URL and the network, or allow more time by --timeout (0 is no limit).",
                ),
            )
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


def _trust(ca: Path | None) -> ssl.SSLContext:
    if ca is not None and not ca.is_file():
        raise StoreError(Message(f"証明書のファイルがありません: {ca}", f"There is no certificate file {ca}"))
    try:
        return ssl.create_default_context(cafile=ca)
    except (ssl.SSLError, OSError) as error:
        raise StoreError(
            Message(f"証明書のファイルを読めません: {ca}", f"The certificate file cannot be read: {ca}"),
            Message("PEM 形式のファイルを指定してください。", "Name a file in PEM format."),
        ) from error


def _credentials(parts: urllib.parse.SplitResult, access: Access) -> dict[str, str]:
    if parts.username is not None or parts.password is not None:
        pair = ":".join(urllib.parse.unquote(text or "") for text in (parts.username, parts.password))
    elif access.user is not None:
        pair = f"{access.user}:{access.password or ''}"
    else:
        return {"Authorization": f"Bearer {access.token}"} if access.token else {}
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode("ascii")}


def plain(text: str) -> str:
    """Return the words of a page or message in one line of at most 200 characters.

    >>> plain("<html><h1>Bad  gateway</h1></html>")
    'Bad gateway'
    """
    words = " ".join("".join(mark if mark.isprintable() else " " for mark in re.sub(r"<[^>]*>", " ", text)).split())
    return words if len(words) <= 200 else f"{words[:200]} …"
