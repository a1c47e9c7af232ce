"""Vega-Lite specifications of the two chart types: bars, and bars made of parts with a key.

Nothing in the layout depends on measured text, so that the SVG has the same bytes on every
machine: sizes and padding are fixed, there are no axes, every label starts or ends at a fixed
point, and long labels are cut by us. A chart is 360 units wide with labels above the bars, which
is legible on a phone. Altair builds each type once; a chart is that specification with its own
data and height.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import altair as alt

WIDTH = 360
STEP = 46
BAR = 14
KEY_STEP = 24
FONT = "PingFang SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
# The value stands at the right end of the label's line; a label this wide (in full-width
# characters) leaves it room.
LABEL_ROOM = 17

Spec = dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """One coloured stretch of a bar: from and to in yuan, its name and its value in words."""

    start: Decimal
    end: Decimal
    name: str
    value: str
    colour: str


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value in words, and its segments from left to right."""

    label: str
    value: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Key:
    """One entry of a key: what a colour means, with its value in words where it has one."""

    label: str
    value: str
    colour: str


def bars_spec(bars: Sequence[Bar], keys: Sequence[Key] = ()) -> Spec:
    """Return the specification of a bar chart, with a key below where colours have a meaning."""
    spec = copy.deepcopy(_parts_template() if keys else _bars_template())
    spec["datasets"] = {
        "bars": [_bar(rank, bar) for rank, bar in enumerate(bars)],
        "segments": [s for rank, bar in enumerate(bars) for s in _segments(rank, bar)],
    }
    top = max((s.end for bar in bars for s in bar.segments), default=Decimal(1)) or Decimal(1)
    _set_scales(spec, len(bars), number(top))
    spec["height"] = STEP * len(bars)
    if keys:
        spec["datasets"]["keys"] = [
            {
                "y": STEP * len(bars) + KEY_STEP * i + KEY_STEP / 2,
                "label": cut(k.label),
                "value": k.value,
                "colour": k.colour,
            }
            for i, k in enumerate(keys)
        ]
        spec["height"] += KEY_STEP * len(keys)
    return spec


def number(yuan: Decimal) -> int | float:
    """Return yuan as the number that a chart draws (never one that is calculated with)."""
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def cut(label: str) -> str:
    """Cut a label to the room a chart has for it; full-width characters count twice."""
    if _width(label) <= LABEL_ROOM * 2:
        return label
    while _width(label) > LABEL_ROOM * 2 - 2:
        label = label[:-1]
    return label + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _bar(rank: int, bar: Bar) -> Spec:
    return {
        "y": STEP * rank + 13,
        "track": STEP * rank + 33,
        "label": cut(bar.label),
        "value": bar.value,
    }


def _segments(rank: int, bar: Bar) -> list[Spec]:
    return [
        {
            "y": STEP * rank + 33,
            "start": number(s.start),
            "end": number(s.end),
            "name": s.name,
            "value": s.value,
            "colour": s.colour,
        }
        for s in bar.segments
    ]


def _set_scales(spec: Spec, count: int, top: int | float) -> None:
    """Put the largest amount of the chart at its right edge."""
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        if encoding["x"].get("field") == "start":
            encoding["x"]["scale"]["domain"] = [0, top]


@lru_cache(maxsize=1)
def _bars_template() -> Spec:
    return _template(_bar_layers())


@lru_cache(maxsize=1)
def _parts_template() -> Spec:
    return _template(_bar_layers() + _key_layers())


def _template(layers: list[alt.Chart]) -> Spec:
    chart = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=STEP, padding=0, autosize=alt.AutoSizeParams(type="none"))
        .configure(font=FONT, aria=False, background="transparent")
        .configure_view(stroke=None)
        .resolve_scale(y="shared", x="independent")
    )
    spec: Spec = chart.to_dict(validate=False)
    spec.pop("datasets", None)
    return spec


def _y(field: str) -> alt.Y:
    """A position in pixels, written as such in the data: bars and keys have steps of their own."""
    return alt.Y(f"{field}:Q", axis=None, scale=None)


def _bar_layers() -> list[alt.Chart]:
    # The track is drawn from 0 to the right edge: it shows how long the longest bar is.
    track = (
        _on("bars")
        .mark_rect(height=BAR, color="currentColor", opacity=0.1, tooltip=None)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=_y("track"))
    )
    amounts = (
        _on("segments")
        .mark_bar(height=BAR)
        .encode(
            x=alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
            x2="end:Q",
            y=_y("y"),
            color=alt.Color("colour:N", scale=None, legend=None),
            tooltip=[alt.Tooltip("name:N", title="项目"), alt.Tooltip("value:N", title="金额")],
        )
    )
    return [
        track,
        amounts,
        _text("bars", "label", "left", 0),
        _text("bars", "value", "right", WIDTH),
    ]


def _key_layers() -> list[alt.Chart]:
    square = (
        _on("keys")
        .mark_square(size=144, opacity=1)
        .encode(x=alt.value(6), y=_y("y"), color=alt.Color("colour:N", scale=None, legend=None))
    )
    return [square, _text("keys", "label", "left", 20), _text("keys", "value", "right", WIDTH)]


def _text(data: str, field: str, align: Any, x: int) -> alt.Chart:
    chart: alt.Chart = (
        _on(data)
        .mark_text(align=align, baseline="middle", fontSize=13, limit=0, color="currentColor")
        .encode(x=alt.value(x), y=_y("y"), text=f"{field}:N")
    )
    return chart


def _on(data: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=data))
