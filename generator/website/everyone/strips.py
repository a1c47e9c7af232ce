"""A strip of like departments: each a point on one line by a share, so that one's own is found.

Only bureaus of one kind and level are on it, with what they published for one year and kind. It is
drawn here, as the build runs: it needs no script, and each point is a link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.website.department.summary import DisclosureHead
from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.comparison import Compared, DepartmentComparison
from generator.website.wording.amounts import grouped
from generator.website.wording.language import Words, marked
from generator.website.wording.language import gettext as _

#: Fewer departments are not compared on a strip; of more than these the points are no links: a page
#: has a strip for each level, and 3,000 elements.
LEAST, MOST_LINKED = 3, 50
WIDTH, _MARGIN, _TOP, _FOOT = 360, 10, 26, 22
_LABEL = 330  # what is written above the points may be so wide
_WIDE, _NARROW = 12, 7  # a Chinese character and a Latin one
MEASURES = Words(
    {
        "projects": marked("项目支出占比"),
        "three-public": marked("“三公”经费占支出"),
        "residents": marked("人均支出"),
    }
)


@dataclass(frozen=True)
class StripPoint:
    """One department: where its point lies, and what is said of it."""

    head: DisclosureHead
    value: Decimal
    said: str
    x: float
    y: float

    @property
    def anchor(self) -> str:
        """Return the anchor of its point."""
        return anchor_of(self.head.department.id)

    @property
    def label(self) -> str:
        """Return its name and value, cut where they are wider than the strip."""
        name, room = self.head.department.name, _LABEL - _NARROW * (len(self.said) + 2)
        while _width(name) > room:
            name = name.removesuffix("…")[:-1] + "…"
        return f"{name} {self.said}"


@dataclass(frozen=True)
class Strip:
    """The departments of a group by one measure, the least first; `lacking` do not print it."""

    group: ComparedGroup
    measure: str
    points: tuple[StripPoint, ...]
    lacking: int
    top: str
    radius: float
    height: int

    @property
    def id(self) -> str:
        """Return the anchor of the strip."""
        return f"strip-{self.measure}-{self.group.slug}-{self.group.level}".rstrip("-")

    @property
    def title(self) -> str:
        """Return what it shows."""
        return _("{when}：{measure}").format(when=self.group.title, measure=MEASURES[self.measure])

    @property
    def linked(self) -> bool:
        """Tell whether its points are links."""
        return len(self.points) <= MOST_LINKED

    @property
    def dots(self) -> str:
        """Return all points as one path, where they are no links."""
        return "".join(f"M{p.x} {p.y}h0" for p in self.points)

    @property
    def line(self) -> int:
        """Return where the line lies on which the points stand."""
        return self.height - _FOOT

    @property
    def middle(self) -> str:
        """Say the value in the middle: as many departments lie below it as above."""
        half, values = len(self.points) // 2, [p.value for p in self.points]
        both = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
        return _SAID[self.measure](both)


def anchor_of(department: str) -> str:
    """Return the anchor of a department on the page of its kind."""
    return f"department-{department}"


def strips_of(comparison: DepartmentComparison) -> list[Strip]:
    """Return the strips of a comparison of like departments, where enough print a measure."""
    if not comparison.group.alike:
        return []
    found = (_strip(comparison, measure) for measure in MEASURES)
    return [strip for strip in found if strip]


def kind_strips(
    groups: Sequence[ComparedGroup], compared: Callable[[ComparedGroup], DepartmentComparison]
) -> list[Strip]:
    """Return a strip of each level of a kind: of the newest year and kind that has enough."""
    found: dict[str, Strip] = {}
    for group in groups:
        if group.alike and group.level not in found and group.count >= LEAST:
            strip = _strip(compared(group), "projects")
            if strip:
                found[group.level] = strip
    return list(found.values())


def _strip(comparison: DepartmentComparison, measure: str) -> Strip | None:
    values = dict(_values(comparison.departments, measure))
    if len(values) < LEAST:
        return None
    heads = {d.summary.head.id: d.summary.head for d in comparison.departments}
    largest = max(values.values())
    # Shares of project expenditure are of all that there is; other measures are small.
    top = Decimal(1) if measure == "projects" else largest or Decimal(1)
    radius = 5.0 if len(values) <= 40 else 3.0 if len(values) <= MOST_LINKED else 1.5
    placed = _placed(values, top, radius)
    height = _TOP + _FOOT + int(max(level for _, level in placed.values()) * 2.2 * radius + 12)
    said = _SAID[measure]
    points = tuple(
        StripPoint(heads[id_], values[id_], said(values[id_]), x,
                   round(height - _FOOT - radius - 2 - level * 2.2 * radius, 1))
        for id_, (x, level) in placed.items()
    )  # fmt: skip
    lacking = len(comparison.departments) - len(points)
    most = "100%" if top == 1 else said(top)
    return Strip(comparison.group, measure, points, lacking, most, radius, height)


def _values(departments: Sequence[Compared], measure: str) -> Iterator[tuple[str, Decimal]]:
    """What each prints of a measure, by the id of its disclosure."""
    for each in departments:
        value = _VALUE[measure](each)
        if value is not None:
            yield each.summary.head.id, value


def _projects(each: Compared) -> Decimal | None:
    if not each.project_share or not each.basic or not each.project:
        return None
    return each.project.yuan / (each.basic.yuan + each.project.yuan)


def _three_public(each: Compared) -> Decimal | None:
    part, whole = each.summary.three_public, each.yuan
    return part.yuan / whole if each.three_public_share and part and whole else None


_VALUE: Mapping[str, Callable[[Compared], Decimal | None]] = {
    "projects": _projects,
    "three-public": _three_public,
    "residents": lambda each: each.per_resident,
}


def _placed(
    values: Mapping[str, Decimal], top: Decimal, radius: float
) -> dict[str, tuple[float, int]]:
    """Where each stands from the left, and on which level, so that no two lie on one another."""
    ends: list[float] = []  # of each level, where its last point lies
    found = {}
    for id_, value in sorted(values.items(), key=lambda each: (each[1], each[0])):
        x = round(_MARGIN + float(max(value, Decimal(0)) / top) * (WIDTH - 2 * _MARGIN), 1)
        level = next((n for n, end in enumerate(ends) if x - end >= 2.2 * radius), len(ends))
        ends[level : level + 1] = [x]
        found[id_] = (x, level)
    return found


def _percent(value: Decimal) -> str:
    """Say a share with one decimal, a small one with two: many shares of “三公” are small."""
    places = Decimal("0.01") if 0 < value < Decimal("0.01") else Decimal("0.1")
    return f"{(value * 100).quantize(places, ROUND_HALF_UP)}%"


def _yuan(value: Decimal) -> str:
    return _("{n}元").format(n=grouped(value))


_SAID: Mapping[str, Callable[[Decimal], str]] = {
    "projects": _percent,
    "three-public": _percent,
    "residents": _yuan,
}


def _width(text: str) -> int:
    return sum(_WIDE if char > "⺀" else _NARROW for char in text)
