"""Where the names of a bar's stretches stand below it, each led to by a line of its colour.

They stand in as few lines as let no name touch another, nor a line cross a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.website.drawing.lettering import cut, ems

FONT_SIZE = 12
LINE = 16
_AWAY = 5  # from the line to the name
_MOST_LINES = 14


@dataclass(frozen=True)
class Caption:
    """A name, the stretch of the bar that it is of in units of the drawing, and its colour."""

    text: str
    start: float
    end: float
    colour: str


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
        """Return from where to where the name and its line are."""
        reach = _AWAY + self.wide
        return (self.x - 1, self.x + reach) if self.right else (self.x - reach, self.x + 1)

    @property
    def text_at(self) -> float:
        """Return where the name starts, or ends if it is at the left."""
        return round(self.x + (_AWAY if self.right else -_AWAY), 2)


def placed(captions: Sequence[Caption], width: float) -> list[PlacedCaption]:
    """Place the names of one bar's stretches, given from left to right."""
    wanted = [_wanted(caption, width) for caption in captions]
    found = [p for tried in _tries(wanted, width) if (p := _in_lines(tried)) is not None]
    if found:
        return min(found, key=_lines)
    return _one_a_line(wanted, width)


def _lines(placed_: Sequence[PlacedCaption]) -> int:
    return max((each.line for each in placed_), default=-1) + 1


def _wanted(caption: Caption, width: float) -> PlacedCaption:
    """A name below its own stretch if that holds it, else led to from the stretch's middle."""
    text = cut(caption.text, (width - 3 * _AWAY) / FONT_SIZE)
    wide = ems(text) * FONT_SIZE
    own = wide + _AWAY <= caption.end - caption.start
    x = caption.start + 1 if own else (caption.start + caption.end) / 2
    x = round(min(max(x, 1), width - 1), 2)
    return PlacedCaption(text, x, 0, True, caption.colour, wide)


def _tries(wanted: Sequence[PlacedCaption], width: float) -> Iterator[tuple[PlacedCaption, ...]]:
    """Every way to have the names of the last stretches at the left of their lines.

    Of those at the right the last comes first, of those at the left the first: so that the lines
    of those further down pass beside them.
    """
    for split in range(len(wanted), -1, -1):
        rights = wanted[:split][::-1]
        lefts = [replace(each, right=False) for each in wanted[split:]]
        inside = all(each.box[0] >= 0 and each.box[1] <= width for each in [*rights, *lefts])
        if inside:
            yield (*rights, *lefts)
            yield (*lefts, *rights)


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
    for other in others:
        if tried.line == other.line and _overlap(tried.box, other.box):
            return False
        if other.line > tried.line and _overlap(tried.box, (other.x, other.x)):
            return False
        if tried.line > other.line and _overlap(other.box, (tried.x, tried.x)):
            return False
    return True


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + 2 and other[0] < one[1] + 2


def _one_a_line(wanted: Sequence[PlacedCaption], width: float) -> list[PlacedCaption]:
    """Where nothing else is free: a line for each, at the side that has room, the last on top."""
    return [
        replace(each, line=line, right=each.box[1] <= width)
        for line, each in enumerate(reversed(wanted))
    ]
