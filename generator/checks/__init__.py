"""Checks: the arithmetic that each table's definition promises, and what came of it."""

from generator.checks.run import run_checks

__all__ = ["run_checks"]
