"""What a person sees of the text of a page; the rest is switched off before the text is read.

Most pages need no more than a look at how each piece of text is painted. Where that leaves a doubt
(white text, a shape over it, a layer), the page is drawn twice, with the text in doubt and without:
where no dot differs, nothing was to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pypdfium2 as pdfium

from generator.pdf.covers import FAINT, Covers
from generator.pdf.drawn import drawn_test, shown_shapes
from generator.pdf.matrices import Area
from generator.pdf.painting import Painting, Text
from generator.pdf.pieces import Strings, switch
from generator.pdf.twice import printed_twice
from generator.pdf.watermarks import skew_of, watermarks

Why = Literal["invisible", "outside", "clipped", "covered", "watermark"]


class Hidden(NamedTuple):
    """Text that was left out, and why."""

    why: Why
    text: str


@dataclass(slots=True)
class Sight:
    """What was switched off on a page, and of which pieces of text only a part is seen.

    ``parts`` tells of a piece, by its address, whether a person sees an area of it.
    """

    hidden: list[Hidden] = field(default_factory=list)
    parts: dict[int, tuple[Why, Callable[[Area], bool]]] = field(default_factory=dict)
    skew: float = 0.0


def look(page: pdfium.PdfPage, painting: Painting) -> Sight:
    """Switch off the text of ``page`` that a person does not see or does not take for its text."""
    sight = Sight()
    painting.shapes = shown_shapes(page, painting.shapes)
    off: dict[int, tuple[Text, Why]] = {}
    doubted: list[Text] = []
    covers = Covers(painting)
    special = covers.clear | covers.faint
    for text in painting.texts:
        if not (text.clip or text.layered or text.order < covers.last or text.colour in special):
            continue
        why = _plain(text, sight)
        if why:
            off[text.order] = text, why
        elif covers.doubt(text) or (text.layered and text.area.size):
            doubted.append(text)
    if doubted:
        for text, seen in drawn_test(page, doubted):
            if seen is None:
                off[text.order] = text, _reason(text, covers)
            else:
                sight.parts[text.item] = _reason(text, covers), seen
    shown = [text for text in painting.texts if text.order not in off]
    off.update((text.order, (text, "watermark")) for text in watermarks(page, shown, covers))
    twice = printed_twice(page, [text for text in shown if text.order not in off])
    sight.hidden += _switched_off(page, list(off.values()))
    for text in twice:
        switch(text, on=False)
    sight.skew = skew_of([text for text in shown if text.order not in off])
    return sight


def _reason(text: Text, covers: Covers) -> Why:
    return "covered" if covers.cover(text) else "invisible"


def _plain(text: Text, sight: Sight) -> Why | None:
    """Why a piece of text is not seen, where how it is painted says so by itself."""
    if text.colour is not None and text.colour[3] < FAINT // 2:
        return "invisible"
    if text.clip is None:
        return None
    area, clip = text.area, text.clip
    if clip.x0 <= area.x0 and clip.y0 <= area.y0 and area.x1 <= clip.x1 and area.y1 <= clip.y1:
        return None
    if not area.size:
        return None  # blanks
    inside = area.shared(text.clip)
    if inside is None:
        return "clipped"
    if inside.x1 - inside.x0 < area.x1 - area.x0 - 1 or inside.y1 - inside.y0 < 0.5 * (
        area.y1 - area.y0
    ):
        sight.parts[text.item] = (
            "clipped",
            lambda part: clip.holds((part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2),
        )
    return None


def _switched_off(page: pdfium.PdfPage, texts: Sequence[tuple[Text, Why]]) -> list[Hidden]:
    if not texts:
        return []
    with Strings(page) as strings:
        hidden = [Hidden(why, strings.of(text)) for text, why in texts]
    for text, _ in texts:
        switch(text, on=False)
    return [each for each in hidden if each.text.strip()]
