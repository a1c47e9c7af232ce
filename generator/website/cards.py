"""Cards: the images that stand for a page where it is shared (Open Graph), and what is on them.

Drawn with our own font alone and kept in the cache, so that they are the same bytes everywhere.
The font is asked by its file: a converter of SVG would ask the system for a font of that name, and
the system's may be another one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as remembered
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pdf.fonts import FONT, font_hash
from generator.website.amounts import said
from generator.website.departments import DepartmentView
from generator.website.disclosure import Overview
from generator.website.facts import PublishedFact
from generator.website.language import gettext as _
from generator.website.language import spoken
from generator.website.pages import stripes

if TYPE_CHECKING:  # it is only needed where the cache lacks a card
    from PIL import ImageDraw, ImageFont

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_PAPER, _INK, _SOFT, _SEAL = "#fbfaf6", "#1e2227", "#575d66", "#a3271b"
_NAME_FORMS = ((66, 2), (46, 3))  # size and most lines; a name takes the first that holds it
_COLOURS = 128
_LONGEST = 200  # characters of a text that are looked at: far more than a card holds
_MISSING = "〓"  # what printers set for a character they do not have
_NO_LINE_STARTS_WITH = "，。、；：？！）】》”’…%"
_FORM = "1"  # raised when what is drawn changes, so that older cache entries are not used


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

    @property
    def says(self) -> str:
        """Return the card in words of the language being spoken, for those who do not see it."""
        parts = (self.above, self.name, f"{self.label} {self.figure}".strip(), self.below)
        return _("，").join(part for part in (self.site, *parts) if part)


@dataclass(frozen=True)
class Drawn:
    """A card that was drawn: its image, and what it says."""

    data: bytes
    says: str

    @property
    def path(self) -> str:
        """Return the image's place in the site, named by its content."""
        return f"cards/{hashlib.sha256(self.data).hexdigest()[:16]}.png"


@dataclass(frozen=True)
class Cards:
    """The cards by the address of their page; "*" is that of every other page of a language."""

    drawn: Mapping[str, Drawn]

    def of(self, address: str) -> Drawn | None:
        """Return the card of a page; None where cards are not drawn."""
        prefix = spoken().prefix
        return self.drawn.get(f"{prefix}{address}") or self.drawn.get(f"{prefix}*")


def cards_of(site: str, departments: Sequence[DepartmentView]) -> dict[str, Card]:
    """Return what the cards say in the language being spoken, by the addresses of their pages."""
    prefix, slogan = spoken().prefix, _("看得懂、查得到、可核对的部门账本")
    count = sum(len(department.overviews) for department in departments)
    counts = _("{departments}个部门，{disclosures}份公开文件")
    counts = counts.format(departments=len(departments), disclosures=count)
    cards = {prefix: Card(site, slogan, below=counts), f"{prefix}*": Card(site, slogan)}
    for department in departments:
        about = _figures(site, department.name, _("历年预算和决算"), department.latest)
        cards[f"{prefix}departments/{department.id}/"] = about
        for each in department.overviews:
            package = each.package
            above = _("{year}年部门{kind}").format(year=package.year, kind=package.kind_word)
            card = _figures(site, package.department.name, above, each)
            cards[f"{prefix}departments/{package.id}/"] = card
    return cards


def _figures(site: str, name: str, above: str, overview: Overview) -> Card:
    package, key = overview.package, overview.key
    label = _("{year}年{kind}支出总计").format(year=package.year, kind=package.kind_word)
    top = key.functions[0] if key.functions else None
    return Card(
        site,
        name,
        above,
        label if key.expenditure else "",
        _amount(key.expenditure),
        _("最多：{name} {amount}").format(name=top.name, amount=said(top.yuan)) if top else "",
        tuple((s.x, s.width, s.colour) for s in stripes(key.functions)),
    )


def _amount(fact: PublishedFact | None) -> str:
    return said(fact.yuan) if fact else ""


def draw_cards(cards: Mapping[str, Card], cache: Path) -> dict[str, Drawn]:
    """Draw every card that the cache lacks."""
    return {address: Drawn(_kept(card, cache), card.says) for address, card in cards.items()}


def _kept(card: Card, cache: Path) -> bytes:
    """Return a card from the cache, where each carries its own hash, else draw it."""
    made_by = f"{importlib.metadata.version('pillow')} {font_hash()} {_FORM}"
    path = cache / "cards" / f"{hashlib.sha256(f'{card!r} {made_by}'.encode()).hexdigest()}.png"
    kept = path.read_bytes() if path.is_file() else b""
    digest, data = kept[:32], kept[32:]
    if digest == hashlib.sha256(data).digest():
        return data
    data = draw(card)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(hashlib.sha256(data).digest() + data)
    beside.replace(path)
    return data


# ── drawing ──────────────────────────────────────────────────────────────────────────────


def draw(card: Card) -> bytes:
    """Draw a card as a PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, _PAPER)
    on = ImageDraw.Draw(image)
    _masthead(on, card.site)
    _write(on, 156, card.above, 38, _SEAL)
    size, lines = _fitted(card.name)
    for number, line in enumerate(lines):
        _write(on, 212 + number * int(size * 1.25), line, size, _INK)
    _write(on, 402, card.label, 32, _SOFT)
    _write(on, 440, card.figure, 64, _INK)
    _bar(on, card.stripes)
    _write(on, 576, card.below, 28, _SOFT)
    buffer = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _masthead(on: ImageDraw.ImageDraw, site: str) -> None:
    """The seal, red with a white 账, and the site's name beside it."""
    on.rectangle((0, 0, SIZE[0], 12), fill=_SEAL)
    on.rounded_rectangle((_MARGIN, 52, _MARGIN + 72, 124), 8, fill=_SEAL)
    on.text((_MARGIN + 36, 88), "账", "#ffffff", _font(48), anchor="mm")
    [line] = wrapped(site, 44, _WIDTH - 100, 1)
    on.text((_MARGIN + 96, 88), line, _INK, _font(44), anchor="lm")


def _bar(on: ImageDraw.ImageDraw, stripes: Sequence[tuple[int, int, str]]) -> None:
    for x, width, colour in stripes:
        left, right = (_MARGIN + at * _WIDTH // 1000 for at in (x, x + width))
        if right > left:
            on.rectangle((left, 544, right - 1, 567), fill=colour)


def _write(on: ImageDraw.ImageDraw, top: int, text: str, size: int, colour: str) -> None:
    """Write one line; what is too long for it ends in an ellipsis."""
    [line] = wrapped(text, size, _WIDTH, 1)
    on.text((_MARGIN, top), line, colour, _font(size))


def _fitted(name: str) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits, and its lines, about equally long."""
    text = _printable(name)
    for size, most in _NAME_FORMS:
        count = len(list(_lines(text, size, _WIDTH)))
        if count <= most:
            break
    else:
        return size, wrapped(name, size, _WIDTH, most)
    width = _WIDTH
    while width > size and len(list(_lines(text, size, width - size))) == count:
        width -= size
    return size, wrapped(name, size, width, most)


def wrapped(text: str, size: int, width: int, most: int) -> list[str]:
    """Break a text into at most so many lines, none wider than `width`; at least one, maybe empty.

    A character that the font does not have is told by 〓.
    """
    lines = list(_lines(_printable(text), size, width)) or [""]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _font(size).getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _lines(text: str, size: int, width: int) -> Iterator[str]:
    while text:
        end = len(text)
        while _font(size).getlength(text[:end]) > width:
            end -= 1
        end = max(1, _break(text, end))
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _break(text: str, end: int) -> int:
    """Return where a line ends at best: not within a word, nor before a closing mark."""
    if end >= len(text):
        return end
    if text[end] in _NO_LINE_STARTS_WITH:
        return end - 1
    if text[end - 1 : end + 1].isascii() and " " in text[:end]:
        return text.rindex(" ", 0, end) + 1
    return end


def _printable(text: str) -> str:
    return "".join(c if _has(c) else _MISSING for c in " ".join(text.split())[:_LONGEST])


@remembered
def _has(character: str) -> bool:
    """Tell whether the font has a shape of its own for a character; all others share a box."""
    font = _font(32)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0003fffd")) or character == "□"


@remembered
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    # The basic layout: the other one depends on a library of the system.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
