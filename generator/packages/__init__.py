"""Packages: checked disclosures become Frictionless data packages."""

from generator.packages.validate import validate_package
from generator.packages.write import write_packages

__all__ = ["validate_package", "write_packages"]
