"""What the journal tells of stages, added up: for the benchmarks that ask where time goes."""

from __future__ import annotations

import logging

from generator.journal import Entry


class StageSeconds(logging.Handler):
    """Adds up what the journal tells of each stage."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.seconds: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Add the seconds of one stage of one file, disclosure or site."""
        said: object = record.msg
        if isinstance(said, Entry):
            self.seconds[said.stage] = self.seconds.get(said.stage, 0.0) + said.seconds
