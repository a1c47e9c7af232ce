"""What a server refuses, told in one line with the mend, and without a word of what it sent.

Its answers may hold the name of a key, or the text that was signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from generator.problems import RemoteError
from generator.remote.addresses import Address
from generator.remote.environment import says_who

_STATUS = re.compile(r"status code: (\d{3})")
#: How the library calls what is refused; classes are asked by name, since it is imported late.
_BY_NAME = {"PermissionDeniedError": 403, "UnauthenticatedError": 401, "PreconditionError": 412}
_KEYS = (
    "it refuses these credentials, or what they may do there; check AWS_ACCESS_KEY_ID, "
    "AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and the rights of who has them"
)
_NOBODY = (
    "there are no credentials in the environment; set AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, or AWS_SKIP_SIGNATURE=true where everybody may read"
)
_SAID = {
    401: _KEYS,
    403: _KEYS,
    404: "there is no such bucket; make it, or correct the address",
    412: "a file was changed there while it was fetched; build again",
    301: "the bucket is in another region; set AWS_REGION",
}
_OF_WEB = {
    401: "it wants a password, and mingzhang gives none; fetch the files, and name their folder",
    403: "it refuses to give this; check the address, or fetch the files, and name their folder",
}
_SILENT = "it does not answer, or broke off; try again"
_SILENT_S3 = f"{_SILENT}, or correct AWS_ENDPOINT_URL and AWS_REGION"


@contextmanager
def telling(address: Address, place: str = "") -> Iterator[None]:
    """Tell what the library raises in the body as a RemoteError, with the ``place`` there."""
    try:
        yield
    except Exception as error:
        if not _is_of_the_library(error):
            raise
        where = f"{address}/{place}" if place else str(address)
        # Not “from” it: a traceback would show what the server sent.
        raise RemoteError(f"{where}: {_why(error, address)}") from None


def _is_of_the_library(error: Exception) -> bool:
    """Tell what went wrong there from a full disk here, which is told as everywhere."""
    if isinstance(error, FileNotFoundError | ConnectionError):
        return not error.errno
    return isinstance(error, ValueError) or type(error).__module__.startswith("obstore")


def _why(error: Exception, address: Address) -> str:
    number = _status(error)
    if address.is_web:
        if number == 404:
            return "no such file; correct the address, or the list that names it"
        return _OF_WEB.get(number, _SAID[412] if number == 412 else _SILENT)
    if type(error).__name__ == "InvalidPathError":
        return "a name there is none that a file can have; rename it"
    if number in (0, 401, 403) and not says_who():
        return _NOBODY
    return _SAID.get(number, _SILENT_S3)


def _status(error: Exception) -> int:
    if type(error).__name__ in _BY_NAME:
        return _BY_NAME[type(error).__name__]
    if isinstance(error, FileNotFoundError):
        return 404
    found = _STATUS.search(str(error))
    return int(found[1]) if found else 0
