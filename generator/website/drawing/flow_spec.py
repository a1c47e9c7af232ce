"""The Vega-Lite specification of a flow: stages as columns, ribbons between them, all labelled.

As with the other charts nothing depends on measured text. Each part of a stage has its label beside
it and is as long as its amount; where a label is higher than its part, the part has more room.
There is a drawing for a narrow place and one for a wide place.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

import altair as alt

from generator.website.drawing.chart_specs import (
    Segment,
    Spec,
    at_height,
    from_row,
    layer_of,
    layered,
    number,
    own_colour,
    row_of,
    text_layer,
)
from generator.website.drawing.lettering import broken

_STEPS = 12  # a ribbon's curve is drawn through so many points
_GAP = 4  # at least between the parts of a stage
_WHOLE = 240  # how long all of the largest stage is


@dataclass(frozen=True)
class Form:
    """The measures of a drawing: its width, its letters, a column, and the way to its labels."""

    width: int
    font: int
    node: int
    way: int
    most_lines: int

    @property
    def line(self) -> float:
        """Return how high a line of letters is."""
        return self.font * 1.25

    def room(self, stages: int) -> float:
        """Return how wide the labels of a stage may be."""
        return (self.width - stages * (self.node + 2 * self.way)) / stages

    def left(self, stage: int, stages: int) -> float:
        """Return where a column begins; the labels of the last one are at its left."""
        if stage == stages - 1:
            return self.width - self.node
        return round(stage * (self.node + 2 * self.way + self.room(stages)), 2)


NARROW = Form(width=360, font=12, node=9, way=8, most_lines=3)
WIDE = Form(width=760, font=13, node=12, way=12, most_lines=2)


@dataclass(frozen=True)
class Band(Segment):
    """One part of a stage, and its key (a code or a term)."""

    key: str


@dataclass(frozen=True)
class Stage:
    """One column: what it is, its total in words, and its parts from top to bottom."""

    title: str
    value: str
    brief: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Ribbon:
    """A stretch of a stage's part and the stretch of the next that it becomes.

    `ends` are the places of the two parts, `spans` their stretches from the top of their stages.
    """

    stage: int
    ends: tuple[int, int]
    spans: tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]
    name: str
    value: str
    colour: str
    row: int


@dataclass(frozen=True)
class _Drawing:
    """A flow in a form: where everything stands."""

    form: Form
    stages: Sequence[Stage]

    @cached_property
    def labels(self) -> list[list[tuple[str, ...]]]:
        """The labels of every stage."""
        return [[self._label(band) for band in stage.bands] for stage in self.stages]

    def _label(self, band: Band) -> tuple[str, ...]:
        form = self.form
        room = form.room(len(self.stages)) / form.font
        value = band.brief if form is NARROW else band.value
        return (*broken(band.name, room, form.most_lines), value)

    @cached_property
    def heads(self) -> list[tuple[str, ...]]:
        """The titles of the stages, each with its total."""
        form = self.form
        room = (form.room(len(self.stages)) + form.node + form.way) / form.font
        return [
            (*broken(s.title, room, 2), s.brief if form is NARROW else s.value) for s in self.stages
        ]

    @cached_property
    def top(self) -> float:
        """Where the columns begin, below their titles."""
        return max(map(len, self.heads)) * self.form.line + 8

    @cached_property
    def scale(self) -> float:
        """How many units a yuan is."""
        return _WHOLE / float(max(stage.bands[-1].end for stage in self.stages))

    @cached_property
    def rooms(self) -> list[list[float]]:
        """How high the room of every part is: as the part, or as its label where that is higher."""
        return [
            [
                max(float(band.end - band.start) * self.scale, len(label) * self.form.line) + _GAP
                for band, label in zip(stage.bands, labels, strict=True)
            ]
            for stage, labels in zip(self.stages, self.labels, strict=True)
        ]

    @cached_property
    def height(self) -> float:
        """How high the highest column is."""
        return max(map(sum, self.rooms))

    @cached_property
    def middles(self) -> list[list[float]]:
        """The heights of the middles of all parts; what a column has over is spread in it."""
        found = []
        for rooms in self.rooms:
            more = (self.height - sum(rooms)) / len(rooms)
            tops = accumulate((room + more for room in rooms), initial=self.top)
            found.append([top + (r + more) / 2 for top, r in zip(tops, rooms, strict=False)])
        return found

    def at(self, stage: int, place: int, yuan: Decimal) -> float:
        """Return the height at which a part has so much of its stage above it."""
        band = self.stages[stage].bands[place]
        from_middle = float(yuan - (band.start + band.end) / 2) * self.scale
        return round(self.middles[stage][place] + from_middle, 2)


def flow_spec(stages: Sequence[Stage], ribbons: Sequence[Ribbon], form: Form) -> Spec:
    """Return the specification; ribbon `stage` n leads from stage n to the one after it."""
    drawing = _Drawing(form, stages)
    spec = copy.deepcopy(_template(form))
    spec["height"] = round(drawing.top + drawing.height + 2)
    texts = [*_heads(drawing), *(t for at in range(len(stages)) for t in _texts(drawing, at))]
    spec["datasets"] = {
        "ribbons": [p for n, ribbon in enumerate(ribbons) for p in _curve(n, ribbon, drawing)],
        "bands": [
            _band(drawing, at, n) for at, s in enumerate(stages) for n in range(len(s.bands))
        ],
        "starting": [text for last, text in texts if not last],
        "ending": [text for last, text in texts if last],
    }
    return spec


def _band(drawing: _Drawing, at: int, place: int) -> Spec:
    band = drawing.stages[at].bands[place]
    left = drawing.form.left(at, len(drawing.stages))
    return {
        "x": left,
        "x2": left + drawing.form.node,
        "y": drawing.at(at, place, band.start),
        "y2": drawing.at(at, place, band.end),
        "start": number(band.start),
        "end": number(band.end),
        "name": band.name,
        "value": band.value,
        "colour": band.colour,
        "row": row_of(band.row),
    }


def _side(drawing: _Drawing, at: int) -> tuple[float, int, bool]:
    """Where the labels' side of a column is, in which direction it lies, and whether it is last."""
    last = at == len(drawing.stages) - 1
    left = drawing.form.left(at, len(drawing.stages))
    return (left, -1, last) if last else (left + drawing.form.node, 1, last)


def _texts(drawing: _Drawing, at: int) -> Iterator[tuple[bool, Spec]]:
    x, direction, last = _side(drawing, at)
    for label, y in zip(drawing.labels[at], drawing.middles[at], strict=True):
        yield from _lines(label, x + direction * drawing.form.way, y, last, drawing.form)


def _heads(drawing: _Drawing) -> Iterator[tuple[bool, Spec]]:
    stages = len(drawing.stages)
    for at, lines in enumerate(drawing.heads):
        last = at == stages - 1
        x = drawing.form.width if last else drawing.form.left(at, stages)
        yield from _lines(lines, x, len(lines) * drawing.form.line / 2, last, drawing.form)


def _lines(
    lines: Sequence[str], x: float, middle: float, last: bool, form: Form
) -> Iterator[tuple[bool, Spec]]:
    """Yield the lines of a text around a height, and whether they end there or start."""
    top = middle - len(lines) * form.line / 2
    for at, line in enumerate(lines):
        yield last, {"x": x, "y": round(top + (at + 0.5) * form.line, 2), "label": line}


def _curve(at: int, ribbon: Ribbon, drawing: _Drawing) -> Iterator[Spec]:
    """Yield the points of a ribbon, which leaves and arrives level."""
    stages = len(drawing.stages)
    left = drawing.form.left(ribbon.stage, stages) + drawing.form.node
    right = drawing.form.left(ribbon.stage + 1, stages)
    for step in range(_STEPS + 1):
        part = step / _STEPS
        (start, y), (end, y2) = (_between(ribbon, drawing, edge, part) for edge in (0, 1))
        yield {
            "id": at,
            "x": round(left + (right - left) * part, 2), "y": y, "y2": y2,
            "start": start, "end": end,
            "name": ribbon.name, "value": ribbon.value, "colour": ribbon.colour,
            "row": row_of(ribbon.row),
        }  # fmt: skip


def _between(ribbon: Ribbon, drawing: _Drawing, edge: int, part: float) -> tuple[float, float]:
    """Where an edge of a ribbon is at a part of its way, in yuan and in units of the drawing."""
    eased = part * part * (3 - 2 * part)
    yuan = [float(span[edge]) for span in ribbon.spans]
    units = [
        drawing.at(ribbon.stage + side, ribbon.ends[side], ribbon.spans[side][edge])
        for side in (0, 1)
    ]
    along, down = (round(a + (b - a) * eased, 2) for a, b in (yuan, units))
    return along, down


def _place(field: str) -> Any:
    """A position across in units, written as such in the data."""
    return alt.X(f"{field}:Q", axis=None, scale=None)


@lru_cache(maxsize=2)
def _template(form: Form) -> Spec:
    across, down = _place("x"), at_height("y")
    ribbons = (
        layer_of("ribbons")
        .mark_area(orient="vertical", opacity=0.38, interpolate="linear", aria=True)
        .encode(x=across, y=down.stack(None), y2="y2:Q", color=own_colour(), detail="id:N",
                description=from_row())
    )  # fmt: skip
    bands = (
        layer_of("bands")
        .mark_rect(strokeWidth=0, aria=True)
        .encode(x=across, x2="x2:Q", y=down, y2="y2:Q", color=own_colour(), description=from_row())
    )
    starting = text_layer("starting", "label", "left", across, form.font)
    ending = text_layer("ending", "label", "right", across, form.font)
    return layered([ribbons, bands, starting, ending], form.width)
