"""Watermarks, and the angles at which the text of a page runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium

from generator.pdf.covers import WHITE, Covers, contrast, on_paper
from generator.pdf.painting import Colour, Text
from generator.pdf.pieces import Strings

# A watermark may be this dark, of 255 against the paper: what lies over it must be readable. What
# stands on something darker than this is no watermark, but the light text of a dark heading.
_PALE = 100
_DARK = 140
# Farther from the lines of the page, in degrees, than any page lies askew in a scanner.
_ASKEW = 10.0
_REPEATS = 3


def watermarks(page: pdfium.PdfPage, texts: Sequence[Text], covers: Covers) -> list[Text]:
    """Text that runs across the lines of the page; and pale text printed time and again."""
    main, across, rest = 0.0, list[Text](), texts
    if any(text.angle for text in texts):
        main = _main_angle(texts)
        across = [text for text in texts if _across(text.angle - main)]
        rest = [text for text in texts if not _across(text.angle - main)]
    pales = {colour for colour in {text.colour for text in rest} if _is_pale(colour)}
    if not pales:
        return across
    pale = [text for text in rest if text.colour in pales and min(covers.under(text)) > _DARK]
    if not pale or len(pale) == len(rest):
        return across
    with Strings(page) as strings:
        counts = Counter(strings.of(text) for text in pale)
        dark = max((text.area.y1 - text.area.y0 for text in rest if text not in pale), default=0)
        across += [
            text
            for text in pale
            if counts[strings.of(text)] >= _REPEATS
            or text.area.y1 - text.area.y0 > 2 * dark
            or abs(text.angle - main) > _ASKEW
        ]
    return across


def _is_pale(colour: Colour | None) -> bool:
    return colour is not None and contrast(on_paper(colour), WHITE) <= _PALE


def _across(angle: float) -> bool:
    """Whether an angle is none of the four in which a page is read, nor nearly."""
    return angle != 0 and min(angle % 90, 90 - angle % 90) > _ASKEW


def _main_angle(texts: Sequence[Text]) -> float:
    """The angle, in whole degrees, at which most of the text runs that is not across the page."""
    angles = Counter(round(text.angle) for text in texts if not _across(text.angle))
    return float(angles.most_common(1)[0][0]) if angles else 0.0


def skew_of(texts: Sequence[Text]) -> float:
    """How far the page lies askew, in degrees against the clock."""
    askew = [text.angle for text in texts if text.angle and text.angle % 90]
    if len(askew) < 0.5 * len(texts) or not askew:
        return 0.0
    rest = sorted((angle + 45) % 90 - 45 for angle in askew)
    middle = rest[len(rest) // 2]
    return middle if abs(middle) > 0.2 else 0.0
