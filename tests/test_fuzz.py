"""The fuzzer itself: its mutants can be made again, and its oracle sees what is planted."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from generator.models import Disclosure
from generator.read import Reading
from tests.fuzz.oracle import Mutant, judge
from tests.fuzz.run import attempt, sources
from tests.fuzz.sources import read_bytes
from tests.fuzz.texts import MUTATIONS, look

FLOWING = sources()[0]


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_a_seed_makes_the_same_mutant_again(seed: int) -> None:
    one, other = (attempt(seed, lambda data, name: Reading(name)) for _ in range(2))
    assert (one and one.mutant) == (other and other.mutant)


def test_what_is_not_mutated_is_right() -> None:
    for source in (FLOWING, sources()[-1]):
        assert source.truth.total() > 400
        assert judge(source, Mutant(source.data, "as it is", source.truth)) == []


@pytest.mark.parametrize("mutation", dict.fromkeys(MUTATIONS), ids=lambda each: each.__name__)
def test_every_mutation_of_a_text_fits_somewhere(mutation: object) -> None:
    assert callable(mutation)
    made = (mutation(FLOWING, random.Random(seed)) for seed in range(60))
    assert any(each for each in made)


def dropping(data: bytes, name: str) -> Reading:
    """A reader that loses one amount and says nothing."""
    reading = read_bytes(data, name)
    return replace(reading, disclosures=tuple(map(_without_one, reading.disclosures)))


def _without_one(disclosure: Disclosure) -> Disclosure:
    first, *rest = disclosure.extract.tables
    row = first.rows[0]
    blank = replace(row, cells=(None, *row.cells[1:]))
    table = replace(first, rows=(blank, *first.rows[1:]))
    return replace(disclosure, extract=replace(disclosure.extract, tables=(table, *rest)))


def failing(_data: bytes, _name: str) -> Reading:
    raise KeyError("planted")


def test_a_silent_loss_and_a_crash_are_found() -> None:
    made = (look(FLOWING, random.Random(seed)) for seed in range(9))
    mutant = next(each for each in made if each)
    silent, *_ = judge(FLOWING, mutant, dropping)
    assert silent.startswith("silent: missing 1")
    assert judge(FLOWING, mutant, failing) == ["crash: KeyError: 'planted'"]


def test_a_false_accusation_is_found() -> None:
    data = FLOWING.data.replace("收入总计 1,294.25".encode(), "收入总计 1,394.25".encode())
    found = judge(FLOWING, Mutant(data, "one amount more", FLOWING.truth))
    assert any(each.startswith("accuses") for each in found)
