"""All contradictions of the site, the largest first, and the remarks of each disclosure, paged."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.department.summary import DisclosureHead
from generator.website.department.told import ToldCase, ToldContradiction
from generator.website.everyone.paging import ListPage, weighed_pages
from generator.website.everyone.summaries import Summaries

CASES, REMARKS = "contradictions/", "contradictions/remarks/"
#: Remarks that stand on the page of the contradictions; all others have pages of their own.
MOST_REMARKS = 20
_REMARK = 10  # elements

TellCase = tuple[DisclosureHead, ToldCase]
TellRemark = tuple[DisclosureHead, ToldContradiction]


def contradiction_pages(summaries: Summaries, language: str) -> Iterator[ListPage[TellCase]]:
    """Yield the pages of all contradictions, those of the largest amounts first."""
    return weighed_pages(lambda: summaries.contradictions(language), lambda c: c[1].weight, CASES)


def remark_pages(summaries: Summaries, language: str) -> Iterator[ListPage[TellRemark]]:
    """Yield the pages of all remarks, by disclosure."""
    return weighed_pages(lambda: summaries.remarks(language), lambda _: _REMARK, REMARKS)
