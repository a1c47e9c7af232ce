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

from generator.website.wording.language import gettext as _

WIDTH = 360
STEP = 46
BAR = 14
LINE = 17
KEY_STEP = 24
FONT = "PingFang SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
# Room for a label in half-width characters: beside the value, and on a second line of its own.
ROOM = 55
FIRST_ROOM = 36
SECOND_ROOM = 52
# Where a page is in Latin script its fonts are wider than the half-widths of Chinese ones.
LATIN = 1.1

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
    labels = [label_lines(bar.label, bar.value) for bar in bars]
    tops = [0]
    for lines in labels:
        tops.append(tops[-1] + STEP + LINE * (len(lines) - 1))
    placed = list(zip(bars, labels, tops, strict=False))
    spec["datasets"] = {
        "bars": [_bar(bar, lines, top) for bar, lines, top in placed],
        "labels": [entry for _, lines, top in placed for entry in _labels(lines, top)],
        "segments": [entry for bar, lines, top in placed for entry in _segments(bar, lines, top)],
    }
    entries = key_entries(keys, tops[-1])
    if keys:
        spec["datasets"]["keys"] = entries
    spec["height"] = tops[-1] + KEY_STEP * len(entries)
    _name_tooltips(spec)
    set_scale(spec, max((s.end for bar in bars for s in bar.segments), default=Decimal(0)))
    return spec


def number(yuan: Decimal) -> int | float:
    """Return yuan as the number that a chart draws (never one that is calculated with)."""
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def label_lines(label: str, value: str = "") -> list[str]:
    """Break a label over at most two lines, the first beside its value, and cut what is over."""
    room = min(FIRST_ROOM, ROOM - width_of(value) * LATIN)
    if width_of(label) <= room:
        return [label]
    at = _fits(label, room)
    at -= 2 if len(label) - at == 1 else 0  # no character is left alone on its line
    rest = label[at:].lstrip()
    return [label[:at].rstrip(), _cut(rest, SECOND_ROOM)]


def _cut(text: str, room: float) -> str:
    return text if width_of(text) <= room else text[: _fits(text, room - 2)].rstrip() + "…"


def _fits(text: str, room: float) -> int:
    """Return how many characters fit; digits and letters that belong together stay together."""
    most = min(len(text), int(room))  # no character is narrower than 1
    at = next((n for n in range(most, 0, -1) if width_of(text[:n]) <= room), 1)
    whole = at
    while 1 < whole < len(text) and _is_word(text[whole - 1 : whole + 1]):
        whole -= 1
    return whole if whole > at // 2 else at


def _is_word(text: str) -> bool:
    return text.isascii() and " " not in text


def width_of(text: str) -> float:
    """Return about how wide a text is, in half-width characters; Latin letters are wider."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 2
    return 1.2 if character.isalpha() else 1


def _bar(bar: Bar, lines: Sequence[str], top: int) -> Spec:
    return {"y": top + 13, "track": _middle(lines, top), "label": bar.label, "value": bar.value}


def _labels(lines: Sequence[str], top: int) -> list[Spec]:
    return [{"y": top + 13 + LINE * i, "label": line} for i, line in enumerate(lines)]


def _middle(lines: Sequence[str], top: int) -> int:
    return top + 33 + LINE * (len(lines) - 1)


def _segments(bar: Bar, lines: Sequence[str], top: int) -> list[Spec]:
    return [stretch(segment, y=_middle(lines, top)) for segment in bar.segments]


def key_entries(keys: Sequence[Key], top: int) -> list[Spec]:
    """Return a key as data from a height down; a value without room stands below its label."""
    lines: list[tuple[str, str, str]] = []
    for key in keys:
        if not key.value or width_of(key.label) + width_of(key.value) <= SECOND_ROOM + 1:
            lines.append((key.label, key.value, key.colour))
        else:
            below = ("", key.value, "transparent")
            lines += [(_cut(key.label, SECOND_ROOM), "", key.colour), below]
    return [
        {"y": top + KEY_STEP * (i + 0.5), "label": label, "value": value, "colour": colour}
        for i, (label, value, colour) in enumerate(lines)
    ]


def set_scale(spec: Spec, top: Decimal) -> None:
    """Put the largest amount of the chart at its right edge."""
    for layer in spec["layer"]:
        x = layer["encoding"]["x"]
        if x.get("field") == "start":
            x["scale"]["domain"] = [0, number(top) or 1]


def _name_tooltips(spec: Spec) -> None:
    """Say what a tooltip shows: the templates are the same in every language."""
    for layer in spec["layer"]:
        tooltip = layer["encoding"].get("tooltip", [])
        for channel, title in zip(tooltip, (_("名称"), _("金额")), strict=False):
            channel["title"] = title


@lru_cache(maxsize=1)
def _bars_template() -> Spec:
    return layered(_bar_layers())


@lru_cache(maxsize=1)
def _parts_template() -> Spec:
    return layered(_bar_layers() + key_layers())


def layered(layers: list[alt.Chart]) -> Spec:
    """Return the specification of a type of chart: layers over each other, without axes."""
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


def at_height(field: str) -> alt.Y:
    """A position in pixels, written as such in the data: bars and keys have steps of their own."""
    return alt.Y(f"{field}:Q", axis=None, scale=None)


def _bar_layers() -> list[alt.Chart]:
    track = track_layer("bars", "track", BAR)
    amounts = segments_layer(BAR, [alt.Tooltip("name:N"), alt.Tooltip("value:N")])
    label, value = (
        text_layer("labels", "label", "left", 0),
        text_layer("bars", "value", "right", WIDTH),
    )
    return [track, amounts, label, value]


def track_layer(data: str, field: str, height: int) -> alt.Chart:
    """Return the layer of tracks, up to the right edge: they show how long the longest bar is."""
    chart: alt.Chart = (
        layer_of(data)
        .mark_rect(height=height, color="currentColor", opacity=0.1, tooltip=None)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=at_height(field))
    )
    return chart


def segments_layer(height: int, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Return the layer of coloured stretches, from and to in yuan."""
    chart: alt.Chart = (
        layer_of("segments")
        .mark_bar(height=height)
        .encode(x=from_start(), x2="end:Q", y=at_height("y"), color=own_colour(), tooltip=tooltip)
    )
    return chart


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
    }


def key_layers() -> list[alt.Chart]:
    """Return the layers of a key: a square, its label and its value."""
    square = (
        layer_of("keys")
        .mark_square(size=144, opacity=1)
        .encode(x=alt.value(6), y=at_height("y"), color=own_colour())
    )
    return [
        square,
        text_layer("keys", "label", "left", 20),
        text_layer("keys", "value", "right", WIDTH),
    ]


def text_layer(data: str, field: str, align: Any, x: int | alt.X) -> alt.Chart:
    """Return the layer of a text that starts or ends at a fixed point, or where its data says."""
    chart: alt.Chart = (
        layer_of(data)
        .mark_text(align=align, baseline="middle", fontSize=13, limit=0, color="currentColor")
        .encode(x=alt.value(x) if isinstance(x, int) else x, y=at_height("y"), text=f"{field}:N")
    )
    return chart


def layer_of(data: str) -> alt.Chart:
    """Return a layer of a named set of the chart's data."""
    return alt.Chart(alt.NamedData(name=data))
