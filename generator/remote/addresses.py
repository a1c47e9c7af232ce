"""Addresses of folders that lie elsewhere: ``s3://bucket/path``, or one of the web with a list.

An address is printed, and may be in settings that are committed: one with a name, a password or a
key in it is refused, and what is refused is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.names import is_plain, is_web_address
from generator.paths import real
from generator.problems import ConfigError
from generator.store import digest

#: What may lie elsewhere, and what of it is written there.
REMOTE = ("disclosures", "packages", "site")
WRITTEN = ("packages", "site")
#: The list of a folder of the web, where its address does not name one.
LIST = "SHA256SUMS"
_LIKE_ONE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_FORMS = "s3://bucket/path, or (disclosures only) https://host/path/"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a folder lies: its ``host`` (of S3 the bucket) and ``path``, without slashes around.

    ``listed`` is the file of the web that lists what is there; S3 tells that itself.
    """

    scheme: str
    host: str
    path: str = ""
    listed: str = ""

    def __str__(self) -> str:
        """Write the address of the folder."""
        return f"{self.scheme}://{self.host}/{self.path}".rstrip("/")

    @property
    def is_web(self) -> bool:
        """Whether it can be read only."""
        return self.scheme != "s3"

    def holds(self, other: Address) -> bool:
        """Whether the other is the same folder, or lies in it."""
        same = (self.scheme, self.host) == (other.scheme, other.host)
        return same and f"{other.path}/".startswith(f"{self.path}/" if self.path else "")

    def working_folder(self, cache: Path, name: str) -> Path:
        """Where on this machine the work on what lies there is done."""
        return real(cache / "remote" / digest(str(self).encode())[:16] / name)


def is_address(text: str) -> bool:
    """Tell an address from the name of a folder."""
    return bool(_LIKE_ONE.match(text))


def read_address(text: str, name: str) -> Address:
    """Read the address that is given for ``name``. Raises ConfigError, which does not repeat it."""
    try:
        parts = urlsplit(text)
        scheme, host, path = parts.scheme.lower(), parts.netloc, parts.path
    except ValueError:
        scheme = host = path = ""
    if scheme not in ("s3", "http", "https"):
        raise ConfigError(f"{name}: expected the name of a folder, {_FORMS}; correct it")
    if "@" in host or "?" in text or "#" in text or not is_plain(text):
        raise ConfigError(
            f"{name}: an address without a name, password, ? or # is expected, since it is "
            "printed; credentials are taken from the environment (AWS_ACCESS_KEY_ID, …)"
        )
    if name not in REMOTE or (scheme != "s3" and name in WRITTEN):
        where = "a folder here" if name not in REMOTE else "a folder, or s3://bucket/path"
        raise ConfigError(f"{name}: cannot be at this address; name {where}")
    if scheme == "s3":
        whole = bool(_BUCKET.fullmatch(host)) and _is_path(path.strip("/"))
        address = Address("s3", host, path.strip("/"))
    else:
        folder, _, listed = path.rpartition("/")
        whole = is_web_address(text) and _is_path(folder.strip("/"))
        address = Address(scheme, host, folder.strip("/"), listed or LIST)
    if not whole:
        raise ConfigError(f"{name}: not a whole address; expected {_FORMS}")
    return address


def split_places(
    places: Mapping[str, str], folder: Path
) -> tuple[dict[str, Any], dict[str, Address]]:
    """Part what people name into paths here, seen from ``folder``, and addresses, by name.

    Whatever is at an address has its working folder here. Raises ConfigError.
    """
    far = {name: read_address(each, name) for name, each in places.items() if is_address(each)}
    here = {name: folder / each for name, each in places.items() if name not in far}
    return here | working_folders(far, here["cache"]), far


def working_folders(addresses: Mapping[str, Address], cache: Path) -> dict[str, Path]:
    """The working folder of each address, by name."""
    return {name: each.working_folder(cache, name) for name, each in addresses.items()}


def refuse_nested(addresses: Mapping[str, Address]) -> None:
    """Refuse an address to which is written, and in which another lies. Raises ConfigError."""
    for (name, address), (other, place) in permutations(addresses.items(), 2):
        if name in WRITTEN and (address.holds(place) or place.holds(address)):
            raise ConfigError(
                f"folders.{name}: {address} and folders.{other}: {place} lie one in the other; "
                "name a place of its own for what is written"
            )


def _is_path(path: str) -> bool:
    return not path or not {"", ".", ".."} & set(path.split("/"))
