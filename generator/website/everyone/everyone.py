"""All that pages about many departments are made of; what of it is said is said when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.all_projects import ProjectFilters, project_filters
from generator.website.everyone.codes import Code, code_names, read_codes
from generator.website.everyone.compared_groups import (
    ComparedGroup,
    YearComparison,
    year_comparisons,
)
from generator.website.everyone.comparison import DepartmentComparison, compare
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.places import Places
from generator.website.everyone.summaries import Question, Summaries
from generator.website.published.checks import Tally
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual, Language, speaking

_Kind = TypeVar("_Kind")


class _Remembered(Generic[_Kind]):
    """What is made of the summaries once; who asks for it later has asked them the same."""

    def __init__(self, make: Callable[[Everyone], _Kind]) -> None:
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, everyone: None, owner: type[Everyone]) -> _Remembered[_Kind]: ...
    @overload
    def __get__(self, everyone: Everyone, owner: type[Everyone]) -> _Kind: ...
    def __get__(
        self, everyone: Everyone | None, owner: type[Everyone]
    ) -> _Remembered[_Kind] | _Kind:
        if everyone is None:
            return self
        known: dict[str, tuple[_Kind, Mapping[Question, None]]] = everyone.remembered
        if self._name not in known:
            with everyone.summaries.listening() as asked:
                known[self._name] = self._make(everyone), asked
        made, asked = known[self._name]
        everyone.summaries.note(asked)
        return made


@dataclass(frozen=True)
class HeldDepartment:
    """A department and all its disclosures, oldest first."""

    held: Sequence[DisclosureSummary]

    @property
    def latest(self) -> DisclosureSummary:
        """Return the latest of them."""
        return self.held[-1]


@dataclass(frozen=True)
class Everyone:
    """All summaries, and the lists of codes of either classification."""

    summaries: Summaries
    code_lists: Mapping[str, Sequence[Row]]
    remembered: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @_Remembered
    def codes(self) -> list[Code]:
        """Return every code that is listed or printed."""
        return read_codes(self.summaries, self.code_lists)

    @cached_property
    def names(self) -> Mapping[str, Bilingual]:
        """Return what codes are called: all pages may say it, so it is told of them by itself."""
        return code_names(self.codes)

    @_Remembered
    def years(self) -> list[YearComparison]:
        """Return what is compared, the latest year first."""
        return year_comparisons(self.summaries)

    @_Remembered
    def places(self) -> Places:
        """Return the places that have departments."""
        return Places(self.summaries)

    @_Remembered
    def projects(self) -> ProjectFilters:
        """Return the lists of projects."""
        return project_filters(self.summaries)

    @_Remembered
    def tally(self) -> Tally:
        """Return the checks of all disclosures."""
        return self.summaries.tally()

    @property
    def kinds(self) -> list[tuple[BureauKindView, int]]:
        """Return the kinds of bureaus that there are, with how many departments each has."""
        found = self.summaries.department_groups("bureau")
        kinds = [(BureauKindView(bureau), count) for bureau, count in found]
        return sorted(kinds, key=lambda kind: kind[0].order)

    def compared(self, group: ComparedGroup) -> DepartmentComparison:
        """Set the departments of a group side by side."""
        return compare(group, self.summaries, self.names)

    def whole_years(self, language: Language) -> Iterator[DepartmentComparison]:
        """Yield each year and kind whole, as it is downloaded."""
        with speaking(language):
            yield from (self.compared(year.everyone) for year in self.years)

    def held(self, most: int) -> list[HeldDepartment]:
        """Return the first departments by place, each with its disclosures."""
        ids = [d.head.department.id for d in self.summaries.departments(most=most)]
        return [HeldDepartment(list(self.summaries.disclosures(department=id_))) for id_ in ids]
