"""How many residents regions have, as published statistics say; of the others nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.meaning.saved_tables import read_table

#: Permanent residents (常住人口) by region: a row only where source and year are known for certain.
POPULATION = Path(__file__).parent / "population.csv"
_FIELDS = ("code", "year", "residents", "source")


@dataclass(frozen=True, slots=True)
class Residents:
    """The permanent residents of a region in a year, and who published them."""

    year: int
    count: int
    source: str


@cache
def _population() -> Mapping[str, Residents]:
    return {
        row["code"]: Residents(int(row["year"]), int(row["residents"]), row["source"])
        for _, row in read_table(POPULATION, _FIELDS)
    }


def residents_of(region: str) -> Residents | None:
    """The residents of a region by its code, where they are known."""
    return _population().get(region)
