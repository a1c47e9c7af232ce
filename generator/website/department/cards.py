"""Cards: the images that stand for a page where it is shared (Open Graph), and what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import Overview
from generator.website.department.stripes import stripes
from generator.website.drawing.card_drawing import SIZE, Card, draw
from generator.website.published.facts import PublishedFact
from generator.website.wording.amounts import said
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

DRAWING = BuildStage(("generator.website.drawing.card_drawing",))


@dataclass(frozen=True)
class NamedCard:
    """A card that was drawn: its place in the site, named by its content, and what it says."""

    path: str
    says: str
    width: int = SIZE[0]
    height: int = SIZE[1]


@dataclass(frozen=True)
class Drawn:
    """A card that was drawn: its image, and what it says."""

    data: bytes
    says: str

    @property
    def named(self) -> NamedCard:
        """Return what pages tell of it."""
        return NamedCard(f"cards/{hashlib.sha256(self.data).hexdigest()[:16]}.png", self.says)


@dataclass(frozen=True)
class Cards:
    """The cards by the address of their page; "*" is that of every other page of a language."""

    drawn: Mapping[str, NamedCard]

    def of(self, address: str) -> NamedCard | None:
        """Return the card of a page; None where cards are not drawn."""
        prefix = spoken().prefix
        return self.drawn.get(f"{prefix}{address}") or self.drawn.get(f"{prefix}*")


def other_card(site: str) -> dict[str, Card]:
    """Return the card of every page of a language that has none of its own."""
    return {f"{spoken().prefix}*": Card(site, _("看得懂、查得到、可核对的部门账本"))}


def home_card(site: str, departments: int, disclosures: int) -> dict[str, Card]:
    """Return the card of the home page."""
    counts = _("{departments}个部门，{disclosures}份公开文件")
    counts = counts.format(departments=departments, disclosures=disclosures)
    return {spoken().prefix: Card(site, _("看得懂、查得到、可核对的部门账本"), below=counts)}


def cards_of(site: str, department: DepartmentView) -> dict[str, Card]:
    """Return what the cards of a department say in the language being spoken, by their pages."""
    prefix = spoken().prefix
    about = _figures(site, department.name, _("历年预算和决算"), department.latest)
    cards = {f"{prefix}departments/{department.id}/": about}
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
        tuple((s.x, s.width, s.colour) for s in stripes(key.functions, key.expenditure)),
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
