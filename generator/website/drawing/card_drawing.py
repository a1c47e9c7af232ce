"""Draws one card: the image that stands for a page where it is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.website.drawing.paper import INK, SOFT, Paper, wrapped

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_NAME_FORMS = ((66, 2), (46, 3))  # size and most lines; a name takes the first that holds it
_LONGEST = 200  # characters of a text that are looked at: far more than a card holds
_EVER = 99  # lines


@dataclass(frozen=True)
class Card:
    """What one card says: the site, a line above the name, the name, a figure and a bar."""

    site: str
    name: str
    above: str = ""
    label: str = ""
    figure: str = ""
    below: str = ""
    stripes: tuple[tuple[int, int, str], ...] = ()


def draw(card: Card) -> bytes:
    """Draw a card as a PNG."""
    on = Paper(*SIZE)
    masthead(on, card.site, _MARGIN)
    _write(on, 156, card.above, 38, SOFT)
    size, lines = _fitted(card.name)
    for number, line in enumerate(lines):
        _write(on, 212 + number * int(size * 1.25), line, size, INK)
    _write(on, 402, card.label, 32, SOFT)
    _write(on, 440, card.figure, 64, INK)
    _bar(on, card.stripes)
    _write(on, 576, card.below, 28, SOFT)
    return on.png()


def masthead(on: Paper, site: str, margin: int) -> None:
    """Draw an edge, the stamp, and the site's name beside it."""
    on.fill((0, 0, on.width, 13), INK)
    on.stamp((margin, 52), 72)
    [line] = wrapped(site[:_LONGEST], 44, on.width - 2 * margin - 100, 1)
    on.write((margin + 96, 62), line, 44)


def _bar(on: Paper, stripes: Sequence[tuple[int, int, str]]) -> None:
    for x, width, colour in stripes:
        left, right = (_MARGIN + at * _WIDTH // 1000 for at in (x, x + width))
        if right > left:
            on.fill((left, 544, right, 568), colour)


def _write(on: Paper, top: int, text: str, size: int, colour: str) -> None:
    """Write one line; what is too long for it ends in an ellipsis."""
    [line] = wrapped(text[:_LONGEST], size, _WIDTH, 1)
    on.write((_MARGIN, top), line, size, colour)


def _fitted(name: str) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits, and its lines, about equally long."""
    text = name[:_LONGEST]
    for size, most in _NAME_FORMS:
        count = len(wrapped(text, size, _WIDTH, _EVER))
        if count <= most:
            break
    else:
        return size, wrapped(text, size, _WIDTH, most)
    width = _WIDTH
    while width > size and len(wrapped(text, size, width - size, _EVER)) == count:
        width -= size
    return size, wrapped(text, size, width, most)
