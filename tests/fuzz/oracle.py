"""The oracle: whatever was done to a file, it is read right or named, and nobody is accused.

The same as that of the corpus of faults (``tests/test_faults.py``), for files made at random.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from generator.facts import merge
from generator.read import Reading
from tests.fuzz.sources import Key, Read, Source, accusations, read_bytes, spots_of

#: The longest that a small file may take, in seconds, and when it is given up.
MOST, GIVEN_UP = 10.0, 30
_CRASHES = {"reader-failed", "route-failed", "reader-died"}
_UNSAID = {"department-unregistered"}


@dataclass(frozen=True)
class Mutant:
    """A mutated file, and what a right reader would give.

    ``expected`` are the amounts that it prints; ``touched`` those whose label it may have changed.
    ``contradicts``: it prints amounts that contradict each other in truth.
    """

    data: bytes
    what: str
    expected: Counter[Key]
    touched: Counter[Key] = field(default_factory=Counter)
    contradicts: bool = False


class _TooLongError(BaseException):
    """The reader was given up; no handler of ours catches it."""


def judge(source: Source, mutant: Mutant, read: Read = read_bytes) -> list[str]:
    """What is wrong with the reading of a mutant; nothing, if it is right or named."""
    start = time.perf_counter()
    try:
        with _given_up():
            reading = read(mutant.data, f"mutant.{source.suffix}")
            faults = list(_faults(source, mutant, reading))
    except _TooLongError:
        return [f"beyond {GIVEN_UP} s"]
    except Exception as error:  # a crash is what is sought
        return [f"crash: {type(error).__name__}: {error}"]
    seconds = time.perf_counter() - start
    return [*faults, *([f"beyond {MOST:.0f} s: {seconds:.1f}"] if seconds > MOST else [])]


def _faults(source: Source, mutant: Mutant, reading: Reading) -> Iterator[str]:
    codes = {problem.code for problem in reading.problems}
    yield from (f"crash: {p}" for p in reading.problems if p.code in _CRASHES)
    if not reading.disclosures:
        if not reading.failed:
            yield "nothing is published, and nothing said"
        return
    disclosure = merge(reading.disclosures)
    found = Counter(spot.key for spot in spots_of(disclosure))
    missing, extra = differences(mutant, found)
    if (missing or extra) and not codes - _UNSAID and not disclosure.disagreements:
        yield f"silent: missing {_some(missing)}, extra {_some(extra)}"
    if not mutant.contradicts:
        news = accusations(disclosure) - source.accusations
        said = sorted(codes - _UNSAID)
        yield from (f"accuses, in spite of {said}: {each}" for each in sorted(news)[:3])


def differences(mutant: Mutant, found: Counter[Key]) -> tuple[Counter[Key], Counter[Key]]:
    """The amounts that are missing, and those that are published and not printed."""
    missing, extra = mutant.expected - found, found - mutant.expected
    for key in list((missing & mutant.touched).elements()):
        renamed = next((each for each in extra.elements() if _alike(each, key)), None)
        if renamed:
            missing[key] -= 1
            extra[renamed] -= 1
    return +missing, +extra


def _alike(one: Key, other: Key) -> bool:
    """The same amounts but for the label of their row."""
    return (*one[:2], *one[3:]) == (*other[:2], *other[3:])


def _some(keys: Counter[Key]) -> str:
    return f"{keys.total()} {[*keys][:3]}"


@contextmanager
def _given_up() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(GIVEN_UP)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
