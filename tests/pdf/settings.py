"""Settings for building a folder of its own, with a cache of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.build import extract
from generator.config import Settings, read_settings
from generator.pdf.limits import Limits
from generator.summary import Summary

ROOT = Path(__file__).resolve().parents[2]


def settings_for(folder: Path, limits: Limits | None = None, jobs: int = 2) -> Settings:
    """The project's settings, but all that is read and written lies below ``folder``."""
    settings = read_settings(ROOT / "mingzhang.toml").with_folders(
        disclosures=folder / "disclosures",
        packages=folder / "packages",
        cache=folder / "cache",
        departments=folder / "departments.csv",
    )
    return replace(settings, limits=limits or Limits(), jobs=jobs)


def extract_quietly(settings: Settings) -> Summary:
    """Extract without showing how far it is."""
    return extract(settings, lambda stage, done, total: None)
