"""Sidecars: what people know about a source file, in a YAML file of the same name beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.models import Sidecar
from generator.problems import UnreadableError

_KINDS = ("budget", "final_accounts")
_TEXTS = (
    "department",
    "department_name",
    "title",
    "publisher",
    "language",
    "licence",
    "address",
    "published",
    "retrieved",
    "revised",
    "sha256",
    "rendition",
    "note",
)


def sidecar_path(source: Path) -> Path:
    """Where the sidecar of ``source`` stands: ``x.pdf.yaml``, or ``x.yaml`` if it is x's alone.

    Of two renditions ``x.txt`` and ``x.pdf`` the text owns ``x.yaml``.
    """
    own = source.with_name(f"{source.name}.yaml")
    shared = source.with_suffix(".yaml")
    is_text = source.suffix.lower() == ".txt"
    if own.is_file() or (not is_text and source.with_suffix(".txt").is_file()):
        return own
    return shared


def read_sidecar(path: Path) -> Sidecar | None:
    """Read the sidecar at ``path``; None where there is none.

    Raises UnreadableError ``sidecar-invalid`` where it is not as it should be.
    """
    if not path.is_file():
        return None
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise _invalid(path, str(error).splitlines()[0]) from error
    if not isinstance(loaded, dict):
        raise _invalid(path, "应当是“键: 值”的列表")
    return _build(path, loaded)


def _build(path: Path, loaded: dict[str, Any]) -> Sidecar:
    unknown = sorted(str(key) for key in loaded.keys() - {*_TEXTS, "year", "kind"})
    if unknown:
        raise _invalid(path, f"不认识的键 {'、'.join(unknown)}")
    texts = {key: _text(path, key, loaded[key]) for key in _TEXTS if key in loaded}
    if not _is_day(texts.get("revised", "")):
        raise _invalid(path, f"revised 应为日期，如 2025-03-01，现为 {texts['revised']}")
    kind = loaded.get("kind")
    if kind is not None and kind not in _KINDS:
        raise _invalid(path, f"kind 应为 {' 或 '.join(_KINDS)}，现为 {kind}")
    year = loaded.get("year")
    if year is not None and not (isinstance(year, int) and 1990 <= year <= 2100):
        raise _invalid(path, f"year 应为四位年份，现为 {year}")
    return Sidecar(year=year, kind=kind, **texts)


def _text(path: Path, key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise _invalid(path, f"{key} 应当是文字")
    return str(value).strip()


def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _invalid(path: Path, reason: str) -> UnreadableError:
    return UnreadableError("sidecar-invalid", sidecar=path.name, reason=reason)
