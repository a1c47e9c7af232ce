"""Sidecars: what people know about a source file, in a YAML file of the same name beside it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import asdict

from generator.checked_files import CHINESE, checked_yaml, refuse
from generator.models import Kind, Sidecar
from generator.names import is_plain, is_web_address, shown
from generator.paths import is_file
from generator.problems import UnreadableError

Year = Annotated[int, Meta(ge=1990, le=2100)]
Day = Annotated[
    str, Meta(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="日期，如 2025-03-01")
]


_DAYS = ("published", "retrieved", "revised")
#: What becomes part of a path or an address, where a line break at the end would stay.
_ONE_LINE = ("department", "department_name", "address", "sha256", "rendition", "language")


class SidecarFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a sidecar may hold; what is not known is left out or blank."""

    department: str | None = None
    department_name: str | None = None
    year: Year | None = None
    kind: Kind | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    licence: str | None = None
    address: str | None = None
    published: str | None = None
    retrieved: str | None = None
    revised: Day | None = None
    sha256: str | None = None
    rendition: str | None = None
    note: str | None = None


def sidecar_path(source: Path) -> Path:
    """Where the sidecar of ``source`` stands: ``x.pdf.yaml``, or ``x.yaml`` if it is x's alone.

    Of two renditions ``x.txt`` and ``x.pdf`` the text owns ``x.yaml``.
    """
    own = source.with_name(f"{source.name}.yaml")
    shared = source.with_suffix(".yaml")
    is_text = source.suffix.lower() == ".txt"
    if is_file(own) or (not is_text and is_file(source.with_suffix(".txt"))):
        return own
    return shared


def read_sidecar(path: Path, data: bytes | None) -> Sidecar | None:
    """What ``data``, the bytes of the sidecar at ``path``, say; None where there is none.

    Raises UnreadableError ``sidecar-invalid`` where it is not as it should be.
    """
    if data is None:
        return None
    error = partial(_invalid, path)
    written = checked_yaml(path, SidecarFile, error, words=CHINESE, data=data)
    for key, value in asdict(written).items():
        if isinstance(value, str) and (wrong := _wrong(key, value)):
            refuse(path, (key,), wrong, error, words=CHINESE)
    known: dict[str, Any] = {
        key: value.strip() if isinstance(value, str) else value
        for key, value in asdict(written).items()
        if value is not None
    }
    return Sidecar(**known)


def _wrong(key: str, text: str) -> str:
    """What is wrong with a text of a sidecar, whatever its type."""
    if key in _DAYS and not _is_day(text):
        return f"没有这一天：{shown(text)}；写成 2025-03-01 这样"
    if key == "address" and text and not is_web_address(text):
        return f"应是 http(s) 网址，不含用户名、密码和空格：{shown(text)}"
    if not is_plain(text if key in _ONE_LINE else "".join(text.split())):
        return f"含有控制字符、换行或半个字符：{shown(text)}"
    return ""


def _is_day(text: str) -> bool:
    try:
        return not text or (
            date.fromisoformat(text).isoformat() == text and 1990 <= int(text[:4]) <= 2100
        )
    except ValueError:
        return False


def _invalid(path: Path, reason: str) -> UnreadableError:
    return UnreadableError("sidecar-invalid", sidecar=path.name, reason=reason)
