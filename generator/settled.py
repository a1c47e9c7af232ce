"""Settled: what a build of the packages came to, for the next one that has nothing to do."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Problem
from generator.told import DisclosureReport, KeptTold


@dataclass(frozen=True, slots=True)
class Settled:
    """What was written, by a hash of it, and what was told of it.

    ``files`` are those that were read, each with the outcome and the number of its problems.
    """

    outputs: str
    files: tuple[tuple[str, str, int], ...]
    checked: tuple[DisclosureReport, ...]
    kept: tuple[KeptTold, ...]
    problems: tuple[Problem, ...]
