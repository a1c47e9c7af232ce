"""Cards: the images that stand for a page where it is shared (Open Graph), and what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import Overview
from generator.website.department.stripes import stripes
from generator.website.drawing.card_drawing import Card, draw
from generator.website.published.facts import PublishedFact
from generator.website.wording.amounts import said
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

DRAWING = BuildStage(("generator.website.drawing.card_drawing",))


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
    made = made_by(DRAWING, cache)
    keys = {card: digest(made, repr(card).encode()) for card in cards.values()}
    images = Store(cache / "cards").fill(keys, lambda lacking: ((c, draw(c)) for c in lacking))
    return {address: Drawn(images[card], _says(card)) for address, card in cards.items()}


def _says(card: Card) -> str:
    """Return a card in words of the language being spoken, for those who do not see it."""
    parts = (card.above, card.name, f"{card.label} {card.figure}".strip(), card.below)
    return _("，").join(part for part in (card.site, *parts) if part)
