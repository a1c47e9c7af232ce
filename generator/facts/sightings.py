"""Sightings: the text layer of a page confirms amounts that its cells gave."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec.structs import replace

from generator.models import Disclosure, Document, Fact, Route


def sighted(first: Disclosure, document: Document) -> Disclosure:
    """Confirm amounts that another route sees on the same page, each as often as it sees them.

    That route cannot tell columns of tables which no layout fits; but a character that one route
    reads wrong, the other does not print.
    """
    seen: dict[int, Counter[str]] = defaultdict(Counter)
    for line in document.lines:
        if line.page:
            seen[line.page].update(line.text.split())
    facts = tuple(_sighted(fact, seen[fact.page or 0], document.route) for fact in first.facts)
    return replace(first, facts=facts, documents=(*first.documents, document))


def _sighted(fact: Fact, on_page: Counter[str], route: Route) -> Fact:
    if on_page[fact.printed] < 1:
        return fact
    on_page[fact.printed] -= 1
    return replace(fact, routes=tuple(sorted({*fact.routes, route})))
