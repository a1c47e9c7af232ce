"""A page drawn with a piece of it and without: where no dot differs, nothing of it is seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import pypdfium2 as pdfium

from generator.pdf.covers import FAINT, band, contrast
from generator.pdf.matrices import Area
from generator.pdf.painting import Shape, Text
from generator.pdf.pieces import switch

_MOST_PIXELS = 12_000_000
_MOST_ROUNDS = 6


def drawn_test(
    page: pdfium.PdfPage, texts: Sequence[Text]
) -> Iterator[tuple[Text, Callable[[Area], bool] | None]]:
    """Of each piece of text: nothing where it is not seen, else which part of it is.

    Pieces that lie on one another are tried in different rounds: one may hide the other.
    """
    with_all = _Drawn(page)
    for batch in _apart(texts):
        for text in batch:
            switch(text, on=False)
        without = _Drawn(page)
        for text in batch:
            switch(text, on=True)
        for text in batch:

            def seen(area: Area, without: _Drawn = without) -> bool:
                return with_all.differs(without, area)

            yield text, seen if seen(text.area) else None


def shown_shapes(page: pdfium.PdfPage, shapes: list[Shape]) -> list[Shape]:
    """The shapes without those of layers that are switched off."""
    layered = [shape for shape in shapes if shape.layered]
    if not layered:
        return shapes
    with_all = _Drawn(page)
    for shape in layered:
        switch(shape, on=False)
    without = _Drawn(page)
    for shape in layered:
        switch(shape, on=True)
    # In the middle, where lines that meet it are not taken for it.
    off = {s.order for s in layered if not with_all.differs(without, _middle(s.area))}
    return [shape for shape in shapes if shape.order not in off]


def _middle(area: Area) -> Area:
    wide, high = 0.4 * (area.x1 - area.x0), 0.4 * (area.y1 - area.y0)
    return Area(area.x0 + wide, area.y0 + high, area.x1 - wide, area.y1 - high)


def _apart(texts: Sequence[Text]) -> list[list[Text]]:
    """Batches of pieces that do not lie on one another; what does not fit is not tried."""
    batches: list[tuple[list[Text], dict[int, list[Area]]]] = []
    for text in texts:
        area = text.area
        bands = range(band(area.y0), band(area.y1) + 1)
        free = (
            each
            for each in batches
            if not any(area.shared(other) for number in bands for other in each[1].get(number, ()))
        )
        chosen = next(free, None)
        if chosen is None:
            if len(batches) == _MOST_ROUNDS:
                continue
            chosen = [], {}
            batches.append(chosen)
        chosen[0].append(text)
        for number in bands:
            chosen[1].setdefault(number, []).append(area)
    return [batch for batch, _ in batches]


class _Drawn:
    """A page as it is drawn, not turned, with its annotations."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, bottom, right, self.top = page.get_bbox()
        width, height = right - self.left, self.top - bottom
        self.scale = min(2.0, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(
            scale=self.scale,
            rotation=(360 - page.get_rotation()) % 360,
            may_draw_forms=False,
            fill_color=(255, 255, 255, 255),
            bitmap_maker=pdfium.PdfBitmap.new_native,
        )
        self.data = bytes(bitmap.buffer)
        self.stride, self.width, self.height = bitmap.stride, bitmap.width, bitmap.height
        self.bytes = bitmap.n_channels
        bitmap.close()

    def differs(self, other: _Drawn, area: Area) -> bool:
        """Whether, within an area, the two pictures differ so much that a person sees it."""
        x0 = max(0, math.floor((area.x0 - self.left) * self.scale))
        x1 = min(self.width, math.ceil((area.x1 - self.left) * self.scale))
        y0 = max(0, math.floor((self.top - area.y1) * self.scale))
        y1 = min(self.height, math.ceil((self.top - area.y0) * self.scale))
        for row in range(y0, y1):
            start, end = row * self.stride + x0 * self.bytes, row * self.stride + x1 * self.bytes
            mine, others = self.data[start:end], other.data[start:end]
            if mine != others and contrast(mine, others) >= FAINT:
                return True
        return False
