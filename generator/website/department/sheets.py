"""The pages of one disclosure: which it has, what each is called, and which of them has an anchor.

Its own page is a story that is read to the end; what is looked up stands on pages below it. The
addresses from when all of it was one page still answer: the list of pages on the story has the
anchors of the sections that moved, and says which page has the anchors of single figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.wording.language import gettext as _
from generator.website.wording.language import marked

TABLES, TEXT, CHECKS = "tables/", "text/", "checks/"
_CHECKED = re.compile(r"(check|case)\.")
_STATED = re.compile(r"narrative\.")
#: The ways in markup that are relative: not to another site, not from the root.
_RELATIVE = re.compile(r'(href=")(?![a-z]+:|/)')


@dataclass(frozen=True)
class DisclosurePage:
    """One page of a disclosure.

    `way` leads to it from the disclosure's own page, and is "" for that page itself; `template` is
    what it is made with. `anchors` are the sections that it took over from that page, `holds` is
    what other anchors on it look like.
    """

    way: str
    template: str
    word: str
    anchors: tuple[str, ...] = ()
    holds: str = ""

    @property
    def name(self) -> str:
        """Return what it is called in the language being spoken."""
        return _(self.word)


_SHEETS = (
    DisclosurePage("", "disclosure.html", marked("概览")),
    DisclosurePage(
        "charts/", "disclosure_charts.html", marked("图表和增减"), ("charts",), r"^chart-"
    ),
    DisclosurePage("projects/", "disclosure_projects.html", marked("项目"), (), r"^project-\d"),
    DisclosurePage(
        TABLES,
        "disclosure_tables.html",
        marked("各表全文"),
        ("tables",),
        r"^(table|caption|name|after)-|^[a-z-]+\.",
    ),
    DisclosurePage(TEXT, "disclosure_text.html", marked("文字说明"), ("prose",), _STATED.pattern),
    DisclosurePage(
        CHECKS, "disclosure_checks.html", marked("核对"), ("differs", "problems"), _CHECKED.pattern
    ),
    DisclosurePage(
        "downloads/",
        "disclosure_downloads.html",
        marked("下载和来源"),
        ("downloads", "source", "cite", "limits"),
    ),
    DisclosurePage("source/", "source.html", marked("原文")),
    DisclosurePage("pages/", "page_views.html", marked("页面图")),
)


def sheets_of(*, projects: bool, text: bool, pages: bool) -> Sequence[DisclosurePage]:
    """Return the pages that a disclosure has."""
    absent = {
        way for way, held in (("projects/", projects), (TEXT, text), ("pages/", pages)) if not held
    }
    return [sheet for sheet in _SHEETS if sheet.way not in absent]


def sheet_of(anchor: str) -> str:
    """Return the way to the page that has an anchor of a figure, a check or a case."""
    if _CHECKED.match(anchor):
        return CHECKS
    return TEXT if _STATED.match(anchor) else TABLES


def from_below(markup: Markup, way: str = "../") -> Markup:
    """Return markup of a disclosure's own page for another, from which `way` leads to that page."""
    # As plain text: markup would be escaped where it is joined with what takes a place in it.
    return Markup(_RELATIVE.sub(lambda found: found[1] + way, str(markup)))
