"""What is stated of a figure, told to machines in the very words that say it to people.

Each statement is of a subject (a figure of a disclosure), a measure (its amount, how it changed,
its share) and a base (with what it is compared, of what it is a share). The attribute `data-said`
has them and the exact value, so that two pages that disagree can be found by reading pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.wording.amounts import change_said, growth_number, share_said

#: With what a department itself compares.
STATED = "stated"


@dataclass(frozen=True)
class StatedFigure:
    """A figure of which something is said: the identifier of its disclosure, and its term."""

    disclosure: str
    term: str

    def __str__(self) -> str:
        """Return it as the attribute has it."""
        return f"{self.disclosure}#{self.term}"


def attribute(subject: StatedFigure | None, measure: str, base: str, value: object) -> Markup:
    """Return the attribute of an element that says something, or nothing without a subject."""
    if subject is None:
        return Markup()
    return Markup(' data-said="{}|{}|{}|{}"').format(subject, measure, base, value)


def amount_stated(disclosure: str, term: str, yuan: Decimal) -> Markup:
    """Return the attribute of an element of a template that says an amount."""
    return attribute(StatedFigure(disclosure, term), "amount", "", yuan)


def stating(
    words: str, subject: StatedFigure | None, measure: str, base: str, value: object
) -> Markup:
    """Return words with what they state."""
    told = attribute(subject, measure, base, value)
    return Markup("<span{}>{}</span>").format(told, words) if told else Markup("{}").format(words)


def of_ten_stated(subject: StatedFigure, part: Decimal, whole: Decimal) -> Markup:
    """Return the attribute of an element that says how much of ten yuan of all a figure is."""
    return attribute(subject, "of-ten", "of:total_expenditure", f"{part * 10 / whole:.4f}")


def change_stated(subject: StatedFigure, base: str, before: Decimal, after: Decimal) -> Markup:
    """Say how a figure changed against a base, such as `减少725.52万元，下降14.1%`."""
    value = f"{after - before};{growth_number(before, after)}"
    return stating(change_said(before, after), subject, "change", base, value)


def share_stated(subject: StatedFigure, base: str, part: Decimal, whole: Decimal) -> Markup:
    """Say what share of a base a figure is, such as `43.0%`; nothing where that means nothing."""
    words = share_said(part, whole)
    if not words:
        return Markup()
    return stating(words, subject, "share", base, f"{part * 100 / whole:.4f}")
