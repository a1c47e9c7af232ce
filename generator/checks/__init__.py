"""Checks: the reconciliation of every disclosure, rule by rule, and what came of it."""

from generator.checks.acknowledged import acknowledge
from generator.checks.catalogue import Rule, rules
from generator.checks.run import adds_up, run_all_checks, run_checks

__all__ = ["Rule", "acknowledge", "adds_up", "rules", "run_all_checks", "run_checks"]
