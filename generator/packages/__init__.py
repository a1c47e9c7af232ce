"""Packages: checked disclosures become Frictionless data packages."""

from generator.packages.comparing import Past, WhatChanged
from generator.packages.everything import Everything
from generator.packages.imprint import Imprint
from generator.packages.made import Made, made_of
from generator.packages.published import (
    Kept,
    KeptMark,
    Published,
    find_published,
    listed_packages,
)
from generator.packages.validate import validate_package
from generator.packages.versions import History
from generator.packages.write import write_package

__all__ = [
    "Everything",
    "History",
    "Imprint",
    "Kept",
    "KeptMark",
    "Made",
    "Past",
    "Published",
    "WhatChanged",
    "find_published",
    "listed_packages",
    "made_of",
    "validate_package",
    "write_package",
]
