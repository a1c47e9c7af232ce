"""The Vega-Lite specification of a flow: stages as bars one below the other, ribbons between them.

As with the other charts nothing depends on measured text: a label is drawn only where its segment
is so wide that it certainly fits, and every part of a stage is listed in words beside the chart.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import altair as alt

from generator.website.drawing.chart_specs import (
    WIDTH,
    Segment,
    Spec,
    at_height,
    from_start,
    layer_of,
    layered,
    number,
    own_colour,
    set_scale,
    stretch,
    text_layer,
    width_of,
)

BAR = 24
HEAD = 44
RIBBON = 84
_FONT_SIZE = 13
_STEPS = 12  # a ribbon's curve is drawn through so many points
# A full-width character is as wide as the font is high; a little air on both sides.
_HALF_CHARACTER = _FONT_SIZE / 2 + 0.4


@dataclass(frozen=True)
class Band(Segment):
    """One part of a stage, and its key (a code or a term)."""

    key: str


@dataclass(frozen=True)
class Stage:
    """One bar: what it is, its total in words, and its parts from left to right."""

    title: str
    value: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Ribbon:
    """A stretch of a bar and the stretch of the next bar that it becomes, both in yuan."""

    upper: tuple[Decimal, Decimal]
    lower: tuple[Decimal, Decimal]
    stage: int
    name: str
    value: str
    colour: str


def flow_spec(stages: Sequence[Stage], ribbons: Sequence[Ribbon]) -> Spec:
    """Return the specification; ribbon `stage` n leads from stage n to the one below it."""
    tops = [HEAD + n * (BAR + RIBBON) for n in range(len(stages))]
    whole = max(band.end for stage in stages for band in stage.bands)
    placed = [(b, top) for s, top in zip(stages, tops, strict=True) for b in s.bands]
    spec = copy.deepcopy(_template())
    spec["height"] = tops[-1] + BAR + 2
    set_scale(spec, whole)
    spec["datasets"] = {
        "ribbons": [p for n, r in enumerate(ribbons) for p in _curve(n, r, tops)],
        "bands": [_band(band, top) for band, top in placed],
        "names": [_name(band, top) for band, top in placed if _fits(band, whole)],
        "heads": [
            {"y": top - 32, "label": s.title, "value": s.value}
            for s, top in zip(stages, tops, strict=True)
        ],
    }
    return spec


def _fits(band: Band, whole: Decimal) -> bool:
    room = float((band.end - band.start) * WIDTH / whole)
    return width_of(band.name) * _HALF_CHARACTER <= room


def _name(band: Band, top: int) -> Spec:
    return {"start": number(band.start), "y": top - 10, "label": band.name}


def _band(band: Band, top: int) -> Spec:
    return stretch(band, y=top, y2=top + BAR)


def _curve(at: int, ribbon: Ribbon, tops: Sequence[int]) -> Iterator[Spec]:
    """Yield the points of a ribbon, which leaves and arrives upright."""
    above, below = tops[ribbon.stage] + BAR, tops[ribbon.stage + 1]
    for step in range(_STEPS + 1):
        part = step / _STEPS
        eased = part * part * (3 - 2 * part)
        left, right = (
            round(float(a) + (float(b) - float(a)) * eased, 2)
            for a, b in zip(ribbon.upper, ribbon.lower, strict=True)
        )
        y = round(above + (below - above) * part, 2)
        yield {
            "id": at, "y": y, "start": left, "end": right,
            "name": ribbon.name, "value": ribbon.value, "colour": ribbon.colour,
        }  # fmt: skip


@lru_cache(maxsize=1)
def _template() -> Spec:
    x = from_start()
    y = at_height("y")
    colour = own_colour()
    words = [alt.Tooltip("name:N", title=" "), alt.Tooltip("value:N", title=" ")]
    ribbons = (
        layer_of("ribbons")
        .mark_area(orient="horizontal", opacity=0.38, interpolate="linear")
        .encode(x=x.stack(None), x2="end:Q", y=y, color=colour, detail="id:N", tooltip=words)
    )
    bands = (
        layer_of("bands")
        .mark_rect(strokeWidth=0)
        .encode(x=x, x2="end:Q", y=y, y2="y2:Q", color=colour, tooltip=words)
    )
    names = text_layer("names", "label", "left", x)
    heads = text_layer("heads", "label", "left", 0), text_layer("heads", "value", "right", WIDTH)
    return layered([ribbons, bands, names, *heads])
