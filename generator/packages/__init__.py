"""Packages: checked disclosures become Frictionless data packages."""

from generator.packages.write import write_packages

__all__ = ["write_packages"]
