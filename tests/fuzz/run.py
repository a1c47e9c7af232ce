"""Runs the fuzzer for some minutes, and writes each find to a file: ``make fuzz MINUTES=5``.

A mutant is made from its seed alone, so a seed makes it again: ``--seed 7 --only``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.fuzz import pdfs, texts
from tests.fuzz.oracle import Mutant, judge
from tests.fuzz.sources import Read, Source, read_bytes
from tests.fuzz.sources import pdfs as made_pdfs
from tests.fuzz.sources import texts as made_texts


@dataclass(frozen=True)
class Tried:
    """One mutant: what it was made from and by, and what is wrong with its reading."""

    seed: int
    source: Source
    mutation: str
    mutant: Mutant
    faults: list[str]

    def __str__(self) -> str:
        """Tell the find in a few lines."""
        what = f"seed {self.seed}: {self.source.name}.{self.source.suffix}, {self.mutation}"
        return "\n  ".join([what, self.mutant.what, *self.faults])


@cache
def sources() -> tuple[Source, ...]:
    """All sources; each is read once."""
    return (*made_texts(), *made_pdfs())


def attempt(seed: int, read: Read = read_bytes) -> Tried | None:
    """Make the mutant of a seed and judge its reading; None where its mutation does not fit."""
    chance = random.Random(seed)
    source = chance.choice(sources())
    mutation = chance.choice(pdfs.MUTATIONS if source.suffix == "pdf" else texts.MUTATIONS)
    mutant = mutation(source, chance)
    if mutant is None:
        return None
    return Tried(seed, source, mutation.__name__, mutant, judge(source, mutant, read))


def keep(tried: Tried, folder: Path) -> None:
    """Write a find: the file, and beside it what it is, from what seed, and what is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{tried.mutation}-{tried.seed}.{tried.source.suffix}"
    path.write_bytes(tried.mutant.data)
    path.with_suffix(".md").write_text(f"{tried}\n", encoding="utf-8")


def main() -> int:
    """Try mutants until the time is up; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=None, help="the first seed; others follow")
    parser.add_argument("--only", action="store_true", help="that seed alone")
    parser.add_argument("--finds", type=Path, default=Path(".cache/fuzz"))
    arguments = parser.parse_args()
    first = random.SystemRandom().randrange(10**9) if arguments.seed is None else arguments.seed
    end = time.monotonic() + 60 * arguments.minutes
    print(f"first seed: {first}", flush=True)
    seed, done, finds = first, Counter[str](), Counter[str]()
    while seed == first or (not arguments.only and time.monotonic() < end):
        if tried := attempt(seed):
            done[tried.mutation] += 1
            if tried.faults:
                finds[tried.mutation] += 1
                print(tried, flush=True)
                keep(tried, arguments.finds)
        seed += 1
    print(f"{done.total()} mutants, {finds.total()} finds: {dict(finds)}")
    return 1 if finds else 0


if __name__ == "__main__":
    raise SystemExit(main())
