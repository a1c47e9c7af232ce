"""The journal: what each file took in each stage and what came of it, on standard error.

``--verbose`` turns it on: lines for a person or, with ``--json``, JSON lines, one object a line.
What goes through the ordinary ``logging`` is an ``Entry``, a recorded problem, or
the text of an error.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from generator.names import printable, shown

LOG = logging.getLogger("generator")


@dataclass(slots=True)
class Entry:
    """One stage of one file or disclosure, or of the website.

    ``problems`` counts those recorded of a file, and the contradictions that checks found.
    """

    stage: str
    file: str = ""
    disclosure: str = ""
    seconds: float = 0.0
    outcome: str = "done"
    problems: int = 0

    def __str__(self) -> str:
        count = f", {self.problems} problems" if self.problems else ""
        about = self.file or self.disclosure
        return (
            f"{self.seconds:8.2f} s  {self.stage:<15} {self.outcome + count:<25} {about}".rstrip()
        )


#: What was told, and how grave it is.
Heard = tuple[int, Entry | str]


@contextmanager
def overheard() -> Iterator[list[Heard]]:
    """Keep what the body tells instead of writing it: what a worker tells is told where it ends."""
    heard: list[Heard] = []
    before = LOG.handlers, LOG.level, LOG.propagate
    LOG.handlers, LOG.propagate = [_Keeping(heard)], False
    LOG.setLevel(logging.INFO)
    try:
        yield heard
    finally:
        LOG.handlers, LOG.propagate = before[0], before[2]
        LOG.setLevel(before[1])


def tell(heard: Iterable[Heard]) -> None:
    """Tell what was overheard."""
    for level, said in heard:
        LOG.log(level, said)


@contextmanager
def step(stage: str, *, file: str = "", disclosure: str = "") -> Iterator[Entry]:
    """Time the body, which may set the outcome, and tell of it; also as a decorator."""
    told = Entry(stage, file, disclosure)
    start = time.perf_counter()
    try:
        yield told
    except BaseException:
        told.outcome = "failed"
        raise
    finally:
        told.seconds = time.perf_counter() - start
        LOG.info(told)


def start(*, verbose: bool = False, as_json: bool = False) -> None:
    """Write to standard error from now on: problems and errors, and all steps if ``verbose``."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines() if verbose and as_json else _Lines())
    LOG.handlers = [handler]
    LOG.propagate = False
    LOG.setLevel(logging.INFO if verbose else logging.WARNING)


def stop() -> None:
    """Write nothing more; whoever calls the program as a library hears nothing of it."""
    LOG.handlers = [logging.NullHandler()]
    LOG.setLevel(logging.WARNING)


def is_verbose() -> bool:
    """Whether steps are told."""
    return LOG.isEnabledFor(logging.INFO)


class _Keeping(logging.Handler):
    """Keeps what is told."""

    def __init__(self, heard: list[Heard]) -> None:
        super().__init__()
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        said: object = record.msg
        self.heard.append((record.levelno, said if isinstance(said, Entry) else str(said)))


class _Lines(logging.Formatter):
    """Steps and problems as they describe themselves; an error with the program's name."""

    def format(self, record: logging.LogRecord) -> str:
        said = record.msg
        # One line, whatever names are in it: a line of its own could command the log of a build.
        line = printable(shown(f"mingzhang: {said}" if isinstance(said, str) else said))
        return f"{line}\n{self._traceback(record)}" if record.exc_info else line

    def _traceback(self, record: logging.LogRecord) -> str:
        return self.formatException(record.exc_info) if record.exc_info else ""


class _JsonLines(_Lines):
    """One JSON object a line; what does not apply is left out."""

    def format(self, record: logging.LogRecord) -> str:
        said: Any = record.msg
        if isinstance(said, Entry):
            data = {key: value for key, value in asdict(said).items() if value != ""}
            data["seconds"] = round(said.seconds, 3)
        elif is_dataclass(said) and not isinstance(said, type):
            data = asdict(said)
        else:
            data = {"error": str(said)}
        if trace := self._traceback(record):
            data["traceback"] = trace
        return printable(json.dumps(data, ensure_ascii=False))
