"""Vega-Lite specifications of bars, and of bars made of parts that are named below them.

Nothing in the layout depends on measured text, so that the SVG has the same bytes on every
machine: sizes and padding are fixed, there are no axes, every label starts or ends at a fixed
point, and long labels are cut by us. A chart is 360 units wide with labels above the bars, which
is legible on a phone. Altair builds each type once; a chart is that specification with its own
data and height.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import altair as alt

from generator.website.drawing.captions import FONT_SIZE as CAPTION_SIZE
from generator.website.drawing.captions import LINE as CAPTION_LINE
from generator.website.drawing.captions import Caption, PlacedCaption, placed
from generator.website.drawing.lettering import label_lines

WIDTH = 360
STEP = 46
BAR = 14
LINE = 17
# A stretch that is so wide, in units of the drawing, is seen.
_SEEN = 3
FONT = "PingFang SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"

Spec = dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """One coloured stretch of a bar: from and to in yuan, its name and its value in words.

    `row` is the number of its row in the table of the chart, which says it to a reader; `brief` is
    its value in few letters.
    """

    start: Decimal
    end: Decimal
    name: str
    value: str
    colour: str
    row: int
    brief: str


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value in words, and its segments from left to right."""

    label: str
    value: str
    segments: tuple[Segment, ...]


def bars_spec(bars: Sequence[Bar], *, named: bool = False) -> Spec:
    """Return the specification of a bar chart.

    Where it is ``named``, the colours of its stretches have a meaning: below the bar on which each
    is first seen stands its name.
    """
    spec = copy.deepcopy(_template())
    whole = max((s.end for bar in bars for s in bar.segments), default=Decimal(0))
    names = first_named([bar.segments for bar in bars], whole) if named else [[] for _ in bars]
    labels = [label_lines(bar.label, bar.value) for bar in bars]
    tops = [0]
    for lines, below in zip(labels, names, strict=True):
        tops.append(tops[-1] + STEP + LINE * (len(lines) - 1) + captions_height(below))
    placed = list(zip(bars, labels, tops, strict=False))
    spec["datasets"] = {
        "bars": [_bar(bar, lines, top) for bar, lines, top in placed],
        "labels": [entry for _, lines, top in placed for entry in _labels(lines, top)],
        "segments": [entry for bar, lines, top in placed for entry in _segments(bar, lines, top)],
    }
    bottoms = [_middle(lines, top) + BAR // 2 for _bar_, lines, top in placed]
    set_captions(spec, zip(names, bottoms, strict=True))
    spec["height"] = tops[-1]
    set_scale(spec, whole)
    return spec


def first_named(rows: Sequence[Sequence[Segment]], whole: Decimal) -> list[list[PlacedCaption]]:
    """Return the names of the stretches of every row, each where it is first wide enough to see.

    One that is nowhere so wide is named where it is widest.
    """
    wide: dict[str, tuple[int, Decimal]] = {}
    seen = whole * _SEEN / WIDTH
    for at, segments in enumerate(rows):
        for s in segments:
            length = min(s.end - s.start, seen)
            if length > 0 and length > wide.get(s.name, (0, Decimal(0)))[1]:
                wide[s.name] = at, length
    units = WIDTH / float(whole or 1)
    return [
        placed([
            Caption(s.name, s.brief, float(s.start) * units, float(s.end) * units, s.colour)
            for s in segments
            if wide.get(s.name, (-1,))[0] == at
        ], WIDTH)
        for at, segments in enumerate(rows)
    ]  # fmt: skip


def captions_height(names: Sequence[PlacedCaption]) -> int:
    """Return how high the names below a bar are together."""
    return max(each.line + 1 for each in names) * CAPTION_LINE + 4 if names else 0


def set_captions(spec: Spec, below: Iterable[tuple[Sequence[PlacedCaption], int]]) -> None:
    """Put names below bars, given with the heights at which the bars end."""
    found = [(each, bottom) for names, bottom in below for each in names]
    texts = [
        (each.right, {"x": each.text_at, "y": _caption_y(each, bottom), "label": each.text})
        for each, bottom in found
    ]
    spec["datasets"] |= {
        "ways": [
            {"x": e.x, "y": bottom, "y2": _caption_y(e, bottom) + 5, "colour": e.colour}
            for e, bottom in found
        ],
        "rights": [text for right, text in texts if right],
        "lefts": [text for right, text in texts if not right],
    }


def _caption_y(each: PlacedCaption, bottom: int) -> int:
    return bottom + 11 + CAPTION_LINE * each.line


def number(yuan: Decimal) -> int | float:
    """Return yuan as the number that a chart draws (never one that is calculated with)."""
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def _bar(bar: Bar, lines: Sequence[str], top: int) -> Spec:
    return {"y": top + 13, "track": _middle(lines, top), "label": bar.label, "value": bar.value}


def _labels(lines: Sequence[str], top: int) -> list[Spec]:
    return [{"y": top + 13 + LINE * i, "label": line} for i, line in enumerate(lines)]


def _middle(lines: Sequence[str], top: int) -> int:
    return top + 33 + LINE * (len(lines) - 1)


def _segments(bar: Bar, lines: Sequence[str], top: int) -> list[Spec]:
    return [stretch(segment, y=_middle(lines, top)) for segment in bar.segments]


def set_scale(spec: Spec, top: Decimal) -> None:
    """Put the largest amount of the chart at its right edge."""
    for layer in spec["layer"]:
        x = layer["encoding"]["x"]
        if x.get("field") == "start":
            x["scale"]["domain"] = [0, number(top) or 1]


@lru_cache(maxsize=1)
def _template() -> Spec:
    track = track_layer("bars", "track", BAR)
    label = text_layer("labels", "label", "left", 0)
    value = text_layer("bars", "value", "right", WIDTH)
    return layered([track, segments_layer(BAR), label, value, *caption_layers()])


def layered(layers: list[alt.Chart], width: int = WIDTH) -> Spec:
    """Return the specification of a type of chart: layers over each other, without axes."""
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=STEP, padding=0, autosize=alt.AutoSizeParams(type="none"))
        .configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .resolve_scale(y="shared", x="independent")
    )
    spec: Spec = chart.to_dict(validate=False)
    spec.pop("datasets", None)
    return spec


def at_height(field: str) -> alt.Y:
    """A position in pixels, written as such in the data: bars and keys have steps of their own."""
    return alt.Y(f"{field}:Q", axis=None, scale=None)


def track_layer(data: str, field: str, height: int) -> alt.Chart:
    """Return the layer of tracks, up to the right edge: they show how long the longest bar is."""
    chart: alt.Chart = (
        layer_of(data)
        .mark_rect(height=height, color="currentColor", opacity=0.1, aria=False)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=at_height(field))
    )
    return chart


def segments_layer(height: int) -> alt.Chart:
    """Return the layer of coloured stretches, from and to in yuan."""
    chart: alt.Chart = (
        layer_of("segments")
        .mark_bar(height=height, aria=True)
        .encode(x=from_start(), x2="end:Q", y=at_height("y"), color=own_colour(),
                description=from_row())
    )  # fmt: skip
    return chart


def caption_layers() -> list[alt.Chart]:
    """Return the layers of the names below bars, and of the lines that lead to them."""
    across = alt.X("x:Q", axis=None, scale=None)
    ways = (
        layer_of("ways")
        .mark_rule(strokeWidth=2, aria=False)
        .encode(x=across, y=at_height("y"), y2="y2:Q", color=own_colour())
    )
    return [
        ways,
        text_layer("rights", "label", "left", across, CAPTION_SIZE),
        text_layer("lefts", "label", "right", across, CAPTION_SIZE),
    ]


def from_start() -> alt.X:
    """Where a stretch begins, on the scale of yuan that `set_scale` sets."""
    return alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def own_colour() -> alt.Color:
    """The colour that stands in the data."""
    return alt.Color("colour:N", scale=None, legend=None)


def stretch(segment: Segment, **place: int) -> Spec:
    """Return the data of one coloured stretch at its place."""
    return {
        **place,
        "start": number(segment.start),
        "end": number(segment.end),
        "name": segment.name,
        "value": segment.value,
        "colour": segment.colour,
        "row": row_of(segment.row),
    }


def row_of(row: int) -> str:
    """Return what tells the drawn mark its row, as `render_svg` reads it again."""
    return f"row {row}"


def from_row() -> alt.Description:
    """The row of a mark, which comes to the drawing as the mark's description."""
    return alt.Description("row:N")


def text_layer(data: str, field: str, align: Any, x: int | alt.X, size: int = 13) -> alt.Chart:
    """Return the layer of a text that starts or ends at a fixed point, or where its data says."""
    chart: alt.Chart = (
        layer_of(data)
        .mark_text(
            align=align, baseline="middle", fontSize=size, limit=0, color="currentColor", aria=False
        )
        .encode(x=alt.value(x) if isinstance(x, int) else x, y=at_height("y"), text=f"{field}:N")
    )
    return chart


def layer_of(data: str) -> alt.Chart:
    """Return a layer of a named set of the chart's data."""
    return alt.Chart(alt.NamedData(name=data))
