"""Checks: the reconciliation of every disclosure, rule by rule, and what came of it."""

from generator.checks.acknowledged import Acknowledgement, acknowledge, read_acknowledged
from generator.checks.catalogue import Rule, rules
from generator.checks.run import run_all_checks, run_checks
from generator.checks.within import adds_up

__all__ = [
    "Acknowledgement",
    "Rule",
    "acknowledge",
    "adds_up",
    "read_acknowledged",
    "rules",
    "run_all_checks",
    "run_checks",
]
