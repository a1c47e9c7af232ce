"""Settings: one TOML file, ``mingzhang.toml``, and what the command line puts over it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from generator.pdf.limits import Limits
from generator.problems import ConfigError

FILE = "mingzhang.toml"
_FOLDERS = (
    "disclosures",
    "packages",
    "site",
    "templates",
    "content",
    "departments",
    "acknowledged",
    "cache",
)
_REDIRECTS = "data/redirects.txt"  # it need not be there
_SITE = ("title", "base_url")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and what the site is called; folders are absolute."""

    disclosures: Path
    packages: Path
    site: Path
    templates: Path
    content: Path
    departments: Path
    acknowledged: Path
    cache: Path
    redirects: Path
    title: str
    base_url: str
    page_images: bool
    annotated_pdfs: bool
    english: bool
    limits: Limits
    jobs: int
    checks: Mapping[str, bool] = field(default_factory=dict)

    def with_folders(self, **folders: Path | None) -> Settings:
        """These settings with some folders replaced; None leaves one as it is."""
        given = {name: path.resolve() for name, path in folders.items() if path is not None}
        return replace(self, **given)  # type: ignore[arg-type]  # names are checked by replace


def read_settings(file: Path | None = None) -> Settings:
    """Read the settings file: ``file``, or ``mingzhang.toml`` here. Raises ConfigError."""
    path = (file or Path(FILE)).resolve()
    if not path.is_file():
        raise ConfigError(
            f"{path}: no settings file here; run mingzhang where {FILE} is, or give --config FILE"
        )
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    redirects = raw.get("folders", {}).pop("redirects", _REDIRECTS)
    if not isinstance(redirects, str):
        raise ConfigError(f"{path}: [folders] redirects must be a text")
    folders = _section(path, raw, "folders", _FOLDERS)
    page_images, annotated_pdfs, english = (
        _switch(path, raw, name) for name in ("page_images", "annotated_pdfs", "english")
    )
    site = _section(path, raw, "site", _SITE)
    places = {name: path.parent / folders[name] for name in _FOLDERS}
    reading = _reading(path, raw.get("reading", {}))
    jobs = reading.pop("jobs", 0) or os.cpu_count() or 1
    return Settings(
        **places,
        redirects=path.parent / redirects,
        title=site["title"],
        base_url=site["base_url"].rstrip("/"),
        page_images=page_images,
        annotated_pdfs=page_images and annotated_pdfs,
        english=english,
        limits=Limits(**reading),
        jobs=jobs,
        checks=_checks(path, raw.get("checks", {})),
    )


def _switch(path: Path, raw: dict[str, Any], name: str) -> bool:
    """Take an optional switch out of the section of the site; it is on unless switched off."""
    value = raw.get("site", {}).pop(name, True)
    if not isinstance(value, bool):
        raise ConfigError(f"{path}: [site] {name} must be true or false")
    return value


def _checks(path: Path, raw: dict[str, Any]) -> dict[str, bool]:
    """The optional switches of rules of form: true or false each; the rules know their names."""
    if wrong := sorted(name for name, value in raw.items() if not isinstance(value, bool)):
        raise ConfigError(f"{path}: [checks] takes true or false; wrong: {', '.join(wrong)}")
    return dict(raw)


def _reading(path: Path, raw: dict[str, Any]) -> dict[str, int]:
    """The optional section of limits: whole numbers, all with defaults."""
    known = {"jobs", *(each.name for each in fields(Limits))}
    wrong = sorted(
        key for key, value in raw.items() if key not in known or type(value) is not int or value < 0
    )
    if wrong:
        raise ConfigError(
            f"{path}: [reading] takes whole numbers for {', '.join(sorted(known))}; "
            f"wrong: {', '.join(wrong)}"
        )
    return dict(raw)


def _section(path: Path, raw: dict[str, Any], name: str, keys: tuple[str, ...]) -> dict[str, str]:
    section = raw.get(name, {})
    missing = [key for key in keys if not isinstance(section.get(key), str)]
    unknown = sorted(set(section) - set(keys))
    if missing or unknown:
        raise ConfigError(
            f"{path}: [{name}] needs the texts {', '.join(keys)}; "
            f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}"
        )
    return {key: section[key] for key in keys}
