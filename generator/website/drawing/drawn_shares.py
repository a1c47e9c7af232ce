"""The images that are sent on: those of single figures, and of charts; kept, or drawn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.drawing.long_card import LongCard, draw_both
from generator.website.drawing.standing_chart import standing_png

DRAWING = BuildStage(
    ("generator.website.drawing.long_card", "generator.website.drawing.standing_chart")
)


def draw_long_cards(cards: Mapping[str, LongCard], cache: Path) -> dict[str, tuple[bytes, bytes]]:
    """Draw the long and the wide image of every card, by names."""
    made = made_by(DRAWING, cache)
    keys = {name: digest(made, repr(card).encode()) for name, card in cards.items()}
    found = Store(cache / "shares").fill(
        keys, lambda names: ((n, msgspec.msgpack.encode(draw_both(cards[n]))) for n in names)
    )
    return {
        name: msgspec.msgpack.decode(data, type=tuple[bytes, bytes]) for name, data in found.items()
    }


def draw_standing(drawings: Mapping[str, str], cache: Path) -> dict[str, bytes]:
    """Draw charts that stand alone, given as SVG by names, as PNG."""
    made = made_by(DRAWING, cache)
    keys = {name: digest(made, svg.encode()) for name, svg in drawings.items()}
    return Store(cache / "shares").fill(
        keys, lambda names: ((name, standing_png(drawings[name])) for name in names)
    )
