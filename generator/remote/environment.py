"""What the environment says of S3, looked at before the library is, which panics at some of it.

Values are never repeated, since some of them are secret.
"""

from __future__ import annotations

import os

from generator.names import is_plain, is_web_address
from generator.problems import RemoteError

_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_NEVER_EMPTY = (*_ENDPOINTS, "AWS_REGION", "AWS_DEFAULT_REGION")
#: One of these tells who asks, or that nobody in particular does.
_WHO = (
    *("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_SKIP_SIGNATURE"),
    *("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
)


def says_who() -> bool:
    """Whether somebody asks there, as far as the environment tells."""
    return any(map(os.environ.get, _WHO))


def allows_http() -> bool:
    """Whether the server that is named is asked without encryption, as its address says."""
    named = (os.environ[name] for name in _ENDPOINTS if name in os.environ)
    return next(named, "").startswith("http://")


def refuse_odd() -> None:
    """Refuse what cannot be what it is for. Raises RemoteError."""
    for name in sorted(os.environ):
        value = os.environ[name]
        if name in _NEVER_EMPTY and not value:
            raise RemoteError(f"{name}: is empty; give it a value, or unset it")
        if name in _ENDPOINTS and not is_web_address(value):
            raise RemoteError(f"{name}: expected http(s)://host, without a name; correct it")
        if name.startswith("AWS_") and (not is_plain(value) or " " in value):
            raise RemoteError(f"{name}: has a blank or the end of a line in it; take it away")
