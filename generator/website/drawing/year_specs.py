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
    WIDTH,
    Segment,
    Spec,
    at_height,
    caption_layers,
    captions_height,
    first_named,
    from_row,
    layer_of,
    layered,
    own_colour,
    segments_layer,
    set_captions,
    set_scale,
    stretch,
    text_layer,
    track_layer,
)
from generator.website.drawing.lettering import cut

STEP = 34
BAR = 9
#: What parts one year from the next.
APART = 9


#: How high a line of a note is, and of which size its letters.
_NOTE, _NOTE_SIZE = 17, 12


@dataclass(frozen=True)
class YearRow:
    """One row: its label, what it says in words, its segments; `held` tells a gap from a blank.

    A year of which nothing is held has no kind.

    `notes` say below it what happened there.
    """

    year: int
    kind: str
    label: str
    value: str
    segments: tuple[Segment, ...] = ()
    held: bool = True
    notes: tuple[str, ...] = ()


def years_spec(rows: Sequence[YearRow], *, named: bool = False) -> Spec:
    """Return the specification of a chart of years.

    Where it is ``named``, each colour has its name below the bar on which it is first seen.
    """
    spec = copy.deepcopy(_template())
    whole = max((s.end for row in rows for s in row.segments), default=Decimal(0))
    names = first_named([row.segments for row in rows], whole) if named else [[] for _ in rows]
    below = [captions_height(each) for each in names]
    tops = _tops(rows, below)
    placed = list(zip(rows, tops, strict=False))
    tracks = [{"y": top + 26, "gap": not row.held} for row, top in placed]
    spec["datasets"] = {
        "bars": [{"y": t + 11, "label": row.label, "value": row.value} for row, t in placed],
        "tracks": [track for track in tracks if not track["gap"]],
        "gaps": [track for track in tracks if track["gap"]],
        "segments": [_segment(s, top) for row, top in placed for s in row.segments if s.end],
        "zeros": [_segment(s, top) for row, top in placed for s in row.segments if not s.end],
        "notes": [
            {"y": top + STEP + high + 8 + _NOTE * n, "label": cut(note, WIDTH / _NOTE_SIZE)}
            for (row, top), high in zip(placed, below, strict=True)
            for n, note in enumerate(row.notes)
        ],
    }
    set_captions(spec, [(each, top + 31) for each, top in zip(names, tops, strict=False)])
    spec["height"] = tops[-1]
    set_scale(spec, whole)
    return spec


def _tops(rows: Sequence[YearRow], below: Sequence[int]) -> list[int]:
    """Return the top of every row, and of what comes below the last."""
    tops = [0]
    for row, following, high in zip(rows, [*rows[1:], None], below, strict=True):
        apart = following is None or following.year != row.year
        tops.append(
            tops[-1] + STEP + APART * apart + high + _NOTE * len(row.notes) + 4 * bool(row.notes)
        )
    return tops


def _segment(segment: Segment, top: int) -> Spec:
    return stretch(segment, y=top + 26)


@lru_cache(maxsize=1)
def _template() -> Spec:
    track = track_layer("tracks", "y", BAR)
    gap = (
        layer_of("gaps")
        .mark_rect(height=BAR, filled=False, color="currentColor", strokeWidth=1,
                   strokeDash=[3, 4], opacity=0.55, aria=False)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=at_height("y"))
    )  # fmt: skip
    zeros = (
        layer_of("zeros")
        .mark_rect(height=BAR, aria=True)
        .encode(x=alt.value(0), x2=alt.value(2), y=at_height("y"), color=own_colour(),
                description=from_row())
    )  # fmt: skip
    label = text_layer("bars", "label", "left", 0)
    words = text_layer("bars", "value", "right", WIDTH)
    notes = text_layer("notes", "label", "left", 0, _NOTE_SIZE)
    return layered([track, gap, segments_layer(BAR), zeros, label, words, notes, *caption_layers()])
