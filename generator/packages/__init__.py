"""Packages: checked disclosures become Frictionless data packages."""

from generator.packages.imprint import Imprint
from generator.packages.published import (
    Kept,
    KeptMark,
    Published,
    find_published,
    listed_packages,
)
from generator.packages.validate import validate_package
from generator.packages.versions import History
from generator.packages.write import write_packages

__all__ = [
    "History",
    "Imprint",
    "Kept",
    "KeptMark",
    "Published",
    "find_published",
    "listed_packages",
    "validate_package",
    "write_packages",
]
