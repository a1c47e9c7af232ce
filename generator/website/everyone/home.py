"""What the home page answers: computed lists of a few rows each, and an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.contradictions import TellCase
from generator.website.everyone.moves import (
    Bought,
    Moved,
    Vehicles,
    bought,
    count_moved,
    moved_apart,
    vehicles,
)
from generator.website.everyone.replaced import Replaced
from generator.website.everyone.summaries import Summaries, SummaryProject

#: Rows of each list of the home page.
MOST_TOLD = 5


@dataclass(frozen=True)
class HomeAnswers:
    """The lists of the home page; each has a page of its own with all of it."""

    example: DisclosureSummary | None
    moved: Sequence[Moved]
    moved_in_all: int
    bought: Sequence[Bought]
    vehicles: Vehicles
    cases: Sequence[TellCase]
    replaced: Sequence[Replaced]
    replaced_in_all: int
    projects: Sequence[SummaryProject]


def home_answers(summaries: Summaries, language: str, replaced: Sequence[Replaced]) -> HomeAnswers:
    """Ask the summaries for what the home page answers."""
    return HomeAnswers(
        _example(summaries),
        moved_apart(summaries, MOST_TOLD),
        count_moved(summaries),
        list(islice(bought(summaries), MOST_TOLD)),
        vehicles(summaries),
        list(islice(summaries.contradictions(language), MOST_TOLD)),
        replaced[:MOST_TOLD],
        len(replaced),
        [p for p in islice(summaries.projects(), MOST_TOLD) if p.project.yuan],
    )


def _example(summaries: Summaries) -> DisclosureSummary | None:
    """The newest disclosure that tells what the money is for and was checked, the largest first."""
    newest = summaries.ask(
        "SELECT data FROM disclosure ORDER BY year DESC, kind DESC, yuan IS NULL, yuan DESC, id",
        (),
        DisclosureSummary,
    )
    whole = (each for each in newest if each.functions and each.expenditure and each.tally.total)
    return next(whole, None)
