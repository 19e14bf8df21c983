"""Who asks a server, whose certificate is trusted, and how long to wait: what an address alone does not say."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

USER_VARIABLE, PASSWORD_VARIABLE = "TSUNAGARI_USER", "TSUNAGARI_PASSWORD"
TOKEN_VARIABLE, CA_VARIABLE = "TSUNAGARI_TOKEN", "TSUNAGARI_CA"
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is asked; secrets are never shown.

    Parameters
    ----------
    user, password
        Who asks; None for nobody in particular.
    token
        Sent in place of user and password when there is no user.
    ca
        File with the certificate of the authority that signed the server's; None for those the system trusts.
    timeout
        Seconds in which at least a little of an answer must come, else the server is given up; None waits for ever.
    """

    user: str | None = None
    password: str | None = None
    token: str | None = None
    ca: Path | None = None
    timeout: float | None = PATIENCE

    def __repr__(self) -> str:
        return f"Access(user={self.user!r}, ca={self.ca!r}, timeout={self.timeout!r})"


def access_of(
    *,
    user: str | None = None,
    password: str | None = None,
    ca: Path | str | None = None,
    timeout: float | None = PATIENCE,
) -> Access:
    """Return how to ask, with what the environment says where nothing is given; 0 seconds waits for ever.

    Examples
    --------
    >>> access_of(user="keeper", password="架空", timeout=0)
    Access(user='keeper', ca=None, timeout=None)
    """
    own, named = os.environ, ca if ca is not None else os.environ.get(CA_VARIABLE)
    user = user or own.get(USER_VARIABLE) or None
    secret = password if password is not None else own.get(PASSWORD_VARIABLE)
    token = None if user else own.get(TOKEN_VARIABLE) or None
    return Access(user, secret if user else None, token, Path(named) if named else None, timeout or None)
