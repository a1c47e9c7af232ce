"""Where the names of a bar's stretches stand below it, each led to by a line of its colour.

They stand in as few lines as let no name touch another, nor a line cross a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from generator.website.drawing.lettering import cut, ems

FONT_SIZE = 12
LINE = 16
_AWAY = 5  # from the line to the name
_MOST_LINES = 14
_MOST_CHOSEN = 7
#: In how many ems names are said where there is little room.
_ROOMS = (18.0, 14.0, 11.0)


@dataclass(frozen=True)
class Caption:
    """A name with its amount, the stretch of the bar that it is of in units, and its colour."""

    name: str
    value: str
    start: float
    end: float
    colour: str

    def text(self, room: float) -> str:
        """Say both in so many ems; of a long name the end is cut, never the amount."""
        return f"{cut(self.name, room - ems(self.value) - 1)} {self.value}"


@dataclass(frozen=True)
class PlacedCaption:
    """A name at the right or the left of its line, which leads down to it from its stretch."""

    text: str
    x: float
    line: int
    right: bool
    colour: str
    wide: float

    @property
    def box(self) -> tuple[float, float]:
        """Return from where to where the name is."""
        return (
            (self.text_at, self.text_at + self.wide)
            if self.right
            else (self.text_at - self.wide, self.text_at)
        )

    @property
    def text_at(self) -> float:
        """Return where the name starts, or ends if it is at the left."""
        return round(self.x + (_AWAY if self.right else -_AWAY), 2)


def placed(captions: Sequence[Caption], width: float) -> list[PlacedCaption]:
    """Place the names of one bar's stretches, given from left to right.

    Only where whole names have no room are they cut.
    """
    for room in (width / FONT_SIZE - 2, *_ROOMS):
        tries = _tries(captions, room, width)
        if found := [p for tried in tries if (p := _in_lines(tried)) is not None]:
            return min(found, key=_lines)
    return _one_a_line(captions, width)


def _lines(placed_: Sequence[PlacedCaption]) -> int:
    return max((each.line for each in placed_), default=-1) + 1


def _sides(caption: Caption, room: float, width: float) -> list[PlacedCaption]:
    """Where a name may be: right of where its stretch begins, or left of where that ends.

    If its own stretch holds it, it stands below that.
    """
    text = caption.text(room)
    wide = ems(text) * FONT_SIZE
    start = round(min(max(caption.start + 1, 1), width - 1), 2)
    end = round(min(max(caption.end - 1, start), width - 1), 2)
    right = PlacedCaption(text, start, 0, True, caption.colour, wide)
    if wide + _AWAY + 2 <= caption.end - caption.start:
        return [right]
    both = [right, replace(right, x=end, right=False)]
    return [each for each in both if each.box[0] >= 0 and each.box[1] <= width]


def _tries(
    captions: Sequence[Caption], room: float, width: float
) -> Iterator[tuple[PlacedCaption, ...]]:
    """Every choice of sides that lets no line cross a name, from the top down."""
    sides = [_sides(caption, room, width) for caption in captions]
    if len(captions) > _MOST_CHOSEN:
        sides = [each[:1] if at < len(sides) / 2 else each[-1:] for at, each in enumerate(sides)]
    for chosen in product(*sides):
        order = _order(chosen)
        if len(order) == len(chosen):
            yield tuple(order)


def _order(chosen: Sequence[PlacedCaption]) -> list[PlacedCaption]:
    """Put those above others whose lines would else cross a name; as far as there is an order."""
    left, found = list(chosen), []
    while left:
        free = [one for one in left if not any(_crosses(other, one) for other in left)]
        if not free:
            break
        found += free
        left = [each for each in left if each not in free]
    return found


def _crosses(one: PlacedCaption, other: PlacedCaption) -> bool:
    """Tell whether the line of one would cross the name of another that stood above it."""
    return one is not other and _overlap(other.box, (one.x, one.x))


def _in_lines(order: Sequence[PlacedCaption]) -> list[PlacedCaption] | None:
    found: list[PlacedCaption] = []
    for each in order:
        lines = (replace(each, line=line) for line in range(_MOST_LINES))
        fitting = next((tried for tried in lines if _is_free(tried, found)), None)
        if fitting is None:
            return None
        found.append(fitting)
    return found


def _is_free(tried: PlacedCaption, others: Sequence[PlacedCaption]) -> bool:
    """Tell whether a name may stand on its line: no line goes through a name on its way down."""
    for other in others:
        if tried.line == other.line and _overlap(tried.box, other.box):
            return False
        if other.line >= tried.line and _crosses(other, tried):
            return False
        if tried.line >= other.line and _crosses(tried, other):
            return False
    return True


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + 2 and other[0] < one[1] + 2


def _one_a_line(captions: Sequence[Caption], width: float) -> list[PlacedCaption]:
    """Where nothing else is free: a line for each; the line of another may pass behind a name."""
    found = []
    for line, caption in enumerate(reversed(captions)):
        sides = _sides(caption, _ROOMS[-1], width) or _sides(caption, 0, width)
        found += [replace(each, line=line) for each in sides[:1]]
    return found
