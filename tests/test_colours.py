"""Every meaning has a colour of its own that shows, and that is told from all others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from generator.website.drawing import colours
from generator.website.wording.words import EXPENDITURE_TYPES, FUND_SOURCES, THREE_PUBLIC
from tests.test_design import contrast, is_red

LIGHT, DARK = "#fbfaf6", "#15181c"
PALETTES = {
    "function": colours.FUNCTIONAL,
    "economic class": colours.ECONOMIC,
    "fund": colours.FUNDS,
    "use": colours.SPENDING,
    "phase": colours.PHASES,
    "three public": colours.THREE_PUBLIC,
    "other": {"projects": colours.PROJECTS, "none": colours.NEUTRAL},
}
#: All can stand on one page: the flow, the charts of a year, and the years below each other.
MEANINGS = {f"{of} {key}": c for of, p in PALETTES.items() for key, c in p.items()}

Triple = tuple[float, float, float]
#: How those see who lack one kind of cone, in linear light (Machado, Oliveira, Fernandes 2009).
SEEN: dict[str, tuple[Triple, Triple, Triple]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
#: Two colours that lie 0.02 apart in Oklab are just told apart side by side. So many, in so narrow
#: a band of lightness, are not far apart for those who see two dimensions; those who lack blue are
#: one in ten thousand.
LEAST = {"all cones": 0.04, "no red": 0.018, "no green": 0.018, "no blue": 0.012}


def product(matrix: tuple[Triple, Triple, Triple], values: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix)
    return one, two, three


def oklab(colour: str, seen: tuple[Triple, Triple, Triple]) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    light = [min(max(each, 0.0), 1.0) for each in product(seen, (red, green, blue))]
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    long, middle, short = (
        max(each, 0.0) ** (1 / 3) for each in product(to_cones, (light[0], light[1], light[2]))
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return product(to_lab, (long, middle, short))


def apart(colours_: dict[str, str], seen: str) -> Iterator[tuple[float, str, str]]:
    """How far any two colours are apart to those who see so."""
    at = {name: oklab(colour, SEEN[seen]) for name, colour in colours_.items()}
    for one, other in combinations(at, 2):
        squares = ((a - b) ** 2 for a, b in zip(at[one], at[other], strict=True))
        yield sum(squares) ** 0.5, one, other


def test_every_colour_shows_on_light_and_on_dark() -> None:
    weak = {
        name: colour
        for name, colour in MEANINGS.items()
        if min(contrast(colour, LIGHT), contrast(colour, DARK)) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("seen", SEEN)
def test_no_two_meanings_look_the_same(seen: str) -> None:
    near = [found for found in apart(MEANINGS, seen) if found[0] < LEAST[seen]]
    assert near == []


@pytest.mark.parametrize("seen", ["all cones", "no red", "no green"])
@pytest.mark.parametrize(
    "beside",
    [
        ("use basic_expenditure", "use project_expenditure"),
        ("phase budget", "phase final_accounts"),
        *combinations((f"three public {key}" for key in THREE_PUBLIC), 2),
    ],
)
def test_what_stands_in_one_bar_is_far_apart(beside: tuple[str, str], seen: str) -> None:
    [(found, *_names)] = apart({name: MEANINGS[name] for name in beside}, seen)
    assert found >= 2 * LEAST[seen]


def test_every_term_of_the_words_has_its_colour() -> None:
    assert colours.FUNDS.keys() == FUND_SOURCES.keys()
    assert colours.SPENDING.keys() == EXPENDITURE_TYPES.keys()
    assert colours.THREE_PUBLIC.keys() == THREE_PUBLIC.keys()


def test_no_meaning_is_red_which_means_what_does_not_add_up() -> None:
    assert {name for name, colour in MEANINGS.items() if is_red(colour)} == set()
