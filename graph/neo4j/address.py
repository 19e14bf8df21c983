"""Where a Neo4j database is and who asks there: addresses, users and passwords, before anything is connected."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tsunagari.errors import Message, StoreError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
USER, DATABASE = "neo4j", "neo4j"
PASSWORD_VARIABLE, USER_VARIABLE = "NEO4J_PASSWORD", "NEO4J_USERNAME"
PATIENCE = 30.0  # seconds for a server that is restarting or switching its leader
HINTS = {
    "no answer": Message(
        "サーバーが動いているか、アドレスとポート（ふつうは 7687）が正しいか確かめてください。",
        "Check that the server runs, and the address and port (usually 7687).",
    ),
    "password": Message(
        f"利用者名は --user、パスワードは環境変数 {PASSWORD_VARIABLE} か --password-file で指定します。",
        f"Give the user by --user, the password by the variable {PASSWORD_VARIABLE} or --password-file.",
    ),
    "scheme": Message(
        "bolt://ホスト:7687 か neo4j://ホスト、暗号化なら neo4j+s://ホスト のように書きます（http:// は使えません）。",
        "Write bolt://host:7687 or neo4j://host, or neo4j+s://host with encryption (http:// does not do).",
    ),
    "certificate": Message(
        "サーバーの認証局の証明書を --ca で指定するか、暗号化しないサーバーなら +s のない bolt:// を使ってください。",
        "Name the certificate of its authority by --ca, or use bolt:// without +s where the server does not encrypt.",
    ),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and who asks; the password is never shown.

    Parameters
    ----------
    url
        Address with one of `SCHEMES`.
    user, password
        Who asks; None for a server without users.
    database
        Name of the database.
    ca
        File with the certificate of the authority that signed the server's; None for those the system trusts.
    patience
        Seconds for which a server that does not answer in the middle of the work is tried again.
    """

    url: str
    user: str | None = None
    password: str | None = None
    database: str = DATABASE
    ca: Path | None = None
    patience: float = PATIENCE

    def __repr__(self) -> str:
        return f"Address({self.url!r}, user={self.user!r}, database={self.database!r})"


def address_of(
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    ca: Path | str | None = None,
    patience: float = PATIENCE,
) -> Address:
    """Return an address with what the environment says of user and password where they are not given.

    Raises
    ------
    StoreError
        The address is none of a Neo4j database.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        shown = f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else url
        raise StoreError(
            Message(f"Neo4j のアドレスではありません: {shown}", f"Not the address of a Neo4j database: {shown}"),
            HINTS["scheme"],
        )
    if parts.username or parts.password:
        raise StoreError(
            Message(
                "アドレスに利用者名やパスワードを書かないでください（画面や記録に残ります）。",
                "Do not write a user or password into the address: it would stand on screens and in logs.",
            ),
            HINTS["password"],
        )
    password = password if password is not None else os.environ.get(PASSWORD_VARIABLE)
    user = user or os.environ.get(USER_VARIABLE) or (USER if password is not None else None)
    return Address(url, user, password, database or DATABASE, Path(ca) if ca is not None else None, patience)
