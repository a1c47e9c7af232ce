"""A folder at an address: what lies there, fetched, written, copied and removed.

By ``obstore``, which speaks S3 and HTTP and asks for no other library. The standard variables of
the environment have the credentials, the region and where another server than Amazon's is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.problems import RemoteError
from generator.remote.addresses import Address
from generator.remote.environment import allows_http, refuse_odd
from generator.remote.refusals import telling

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ClientConfig, HTTPStore, RetryConfig, S3Store

_CLIENT: ClientConfig = {"connect_timeout": "5s", "read_timeout": "60s", "timeout": "2h"}
#: Some seconds in all: then the server is gone, and whoever waits is told.
_RETRIES: RetryConfig = {
    "max_retries": 5,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=5)},
}
#: So many names are asked for at once, so many bytes are held of a file that comes, and so many
#: parts (of five megabytes) of one that goes.
_LISTED, _CHUNK, _PARTS = 1000, 1 << 20, 2


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What is known of a file: the hash of its bytes, and the ``mark`` it had there.

    A mark tells one version of a file from the next: an entity tag, or else the time and size.
    """

    sha256: str
    mark: str = ""


class RemoteFolder:
    """The folder at an address."""

    def __init__(self, address: Address) -> None:
        """Open it, which asks nobody yet. Raises RemoteError where obstore is not installed."""
        try:
            import obstore
        except ImportError as error:
            raise RemoteError(
                f"{address}: obstore, which reads and writes there, is not installed; "
                "pip install 'mingzhang[remote]'"
            ) from error
        self.address, self._obstore = address, obstore
        with telling(address):
            self._store = _opened(address)

    # Reading.

    def files(self) -> dict[str, str]:
        """The mark of each file that lies there, by its place in the folder."""
        with telling(self.address):
            parts = self._obstore.list(self._store, chunk_size=_LISTED)
            every = [each for part in parts for each in part]
        folders = {each["path"].rpartition("/")[0] for each in every}
        return {
            each["path"]: _mark(each)
            for each in every
            # An object of no size is what a console makes of an empty folder.
            if each["path"] and (each["size"] or not _is_folder(each["path"], folders))
        }

    def is_empty(self) -> bool:
        """Whether nothing lies there."""
        with telling(self.address):
            return not any(self._obstore.list(self._store, chunk_size=1))

    def read(self, place: str) -> bytes | None:
        """The bytes of a small file; None where there is none."""
        with telling(self.address, place):
            try:
                return bytes(self._obstore.get(self._store, place).bytes())
            except FileNotFoundError:
                return None

    def fetch(self, place: str, path: Path, *, only: str = "", but: str = "") -> KnownFile | None:
        """Write a file to ``path``: ``only`` of one mark; None where it has still the mark ``but``.

        Raises RemoteError, and what is at ``path`` is then of no use.
        """
        with telling(self.address, place):
            try:
                found = self._obstore.get(self._store, place, options=_asked(only, but))
            except self._obstore.exceptions.NotModifiedError:
                return None
            digest, size = sha256(), 0
            with path.open("wb") as file:
                for part in found.stream(min_chunk_size=_CHUNK):
                    digest.update(part)
                    size += file.write(part)
            if size != found.meta["size"]:
                raise ConnectionError  # it broke off
        return KnownFile(digest.hexdigest(), _mark(found.meta))

    # Writing.

    def put(self, place: str, source: Path | bytes, headers: dict[str, str]) -> None:
        """Write a file, whole or not at all."""
        with telling(self.address, place):
            self._obstore.put(
                self._store, place, source, attributes=dict(headers), max_concurrency=_PARTS
            )

    def copy(self, source: str, place: str) -> None:
        """Put a file that is there to another place, in one step for whoever reads there."""
        with telling(self.address, place):
            self._obstore.copy(self._store, source, place)

    def remove(self, places: Iterable[str]) -> None:
        """Remove files; one that is not there is removed."""
        with telling(self.address):
            if every := sorted(places):
                self._obstore.delete(self._store, every)


def _opened(address: Address) -> S3Store | HTTPStore:
    from obstore.store import HTTPStore, S3Store

    if address.is_web:
        client: ClientConfig = {**_CLIENT, "allow_http": address.scheme == "http"}
        return HTTPStore(str(address), client_options=client, retry_config=_RETRIES)
    refuse_odd()
    client = {**_CLIENT, "allow_http": allows_http()}
    prefix = address.path or None
    return S3Store(address.host, prefix=prefix, client_options=client, retry_config=_RETRIES)


def _mark(meta: Any) -> str:
    """The mark of a file; of a server that gives no tag the time begins with ``@``."""
    return meta["e_tag"] or f"@{meta['last_modified'].isoformat()} {meta['size']}"


def _asked(only: str, but: str) -> GetOptions:
    """How a server is asked for a file of some mark."""
    if only and not only.startswith("@"):
        return {"if_match": only}
    if but.startswith("@"):
        return {"if_modified_since": datetime.fromisoformat(but[1:].partition(" ")[0])}
    return {"if_none_match": but} if but else {}


def _is_folder(place: str, folders: set[str]) -> bool:
    return any(f"{folder}/".startswith(f"{place}/") for folder in folders)
