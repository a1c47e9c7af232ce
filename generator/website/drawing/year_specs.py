"""Vega-Lite specification of the third chart type: years below each other, gaps included.

As in `chart_specs`, nothing depends on measured text. A row is a printed amount, an amount that its
disclosure does not print (an empty track), or a disclosure that is not held (a dashed track):
neither of the latter two is ever drawn as an amount, and a printed zero is a stroke at the left.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import altair as alt

from generator.website.drawing.chart_specs import (
    KEY_STEP,
    WIDTH,
    Key,
    Segment,
    Spec,
    at_height,
    key_entries,
    key_layers,
    layer_of,
    layered,
    own_colour,
    segments_layer,
    set_scale,
    stretch,
    text_layer,
    track_layer,
)
from generator.website.wording.language import gettext as _

STEP = 34
BAR = 9
#: What parts one year from the next.
APART = 9


@dataclass(frozen=True)
class YearRow:
    """One row: its label, what it says in words, its segments; `held` tells a gap from a blank."""

    year: int
    label: str
    value: str
    segments: tuple[Segment, ...] = ()
    held: bool = True


def years_spec(rows: Sequence[YearRow], keys: Sequence[Key] = ()) -> Spec:
    """Return the specification of a chart of years, with a key below."""
    spec = copy.deepcopy(_template(_("名称"), _("金额")))
    tops = _tops(rows)
    placed = list(zip(rows, tops, strict=False))
    tracks = [{"y": top + 26, "gap": not row.held} for row, top in placed]
    entries = key_entries(keys, tops[-1])
    spec["datasets"] = {
        "bars": [{"y": t + 11, "label": row.label, "value": row.value} for row, t in placed],
        "tracks": [track for track in tracks if not track["gap"]],
        "gaps": [track for track in tracks if track["gap"]],
        "segments": [_segment(s, top) for row, top in placed for s in row.segments if s.end],
        "zeros": [_segment(s, top) for row, top in placed for s in row.segments if not s.end],
        "keys": entries,
    }
    spec["height"] = tops[-1] + KEY_STEP * len(entries)
    set_scale(spec, max((s.end for row in rows for s in row.segments), default=Decimal(0)))
    return spec


def _tops(rows: Sequence[YearRow]) -> list[int]:
    """Return the top of every row, and of what comes below the last."""
    tops = [0]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        apart = following is None or following.year != row.year
        tops.append(tops[-1] + STEP + APART * apart)
    return tops


def _segment(segment: Segment, top: int) -> Spec:
    return stretch(segment, y=top + 26)


@lru_cache(maxsize=4)
def _template(name: str, value: str) -> Spec:
    track = track_layer("tracks", "y", BAR)
    gap = (
        layer_of("gaps")
        .mark_rect(height=BAR, filled=False, color="currentColor", strokeWidth=1,
                   strokeDash=[3, 4], opacity=0.55, tooltip=None)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=at_height("y"))
    )  # fmt: skip
    tooltip = [alt.Tooltip("name:N", title=name), alt.Tooltip("value:N", title=value)]
    amounts = segments_layer(BAR, tooltip)
    zeros = (
        layer_of("zeros")
        .mark_rect(height=BAR)
        .encode(
            x=alt.value(0), x2=alt.value(2), y=at_height("y"), color=own_colour(), tooltip=tooltip
        )
    )
    label = text_layer("bars", "label", "left", 0)
    words = text_layer("bars", "value", "right", WIDTH)
    return layered([track, gap, amounts, zeros, label, words, *key_layers()])
