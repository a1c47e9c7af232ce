"""What a command did, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from generator.problems import Problem
from generator.told import DisclosureReport, KeptTold, ToldFinding

#: Tells how far a stage is: its name, what is done, and of how many.
Progress = Callable[[str, int, int], None]
#: The stage of a build that waits for another in the same folder.
WAITING = "等待另一次构建"


@dataclass(slots=True)
class Summary:
    """What a command did: disclosures, problems, counts, and the seconds of each stage.

    ``packages`` is a hash of the packages, where the command has just written or seen them.
    """

    checked: tuple[DisclosureReport, ...] = ()
    kept: tuple[KeptTold, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    read: int = 0
    died: bool = False
    pages: int = 0
    charts: int = 0
    downloads: int = 0
    notes: tuple[str, ...] = ()
    unchanged: list[str] = field(default_factory=list)
    packages: str = ""

    @property
    def failed(self) -> bool:
        """Whether a disclosure could not be read, or not whole."""
        return any(problem.severity != "warning" for problem in self.problems)

    @property
    def contradictions(self) -> tuple[ToldFinding, ...]:
        """The findings that differ and that nobody has acknowledged."""
        findings = (finding for each in self.checked for finding in each.findings)
        return tuple(f for f in findings if f.outcome == "differs" and not f.acknowledged)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the body takes to ``stage``."""
        start = time.perf_counter()
        yield
        self.add(stage, time.perf_counter() - start)

    def add(self, stage: str, seconds: float) -> None:
        """Add ``seconds`` to ``stage``."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
