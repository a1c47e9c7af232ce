"""A chart as it is shared: a page of its own that may be framed, its drawing and numbers as files.

Its numbers are few: they stand in the link itself, and need no file. A site of 6,400 disclosures
has a hundred thousand charts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from generator.website.department.charts import Chart
from generator.website.wording.language import gettext as _

#: Where pages lie that stand alone; what answers below it may be framed by any page. They have no
#: folders of their own: of all that a disclosure has, half were theirs.
SHARED = "share/"
# What a link may not hold as it is; all else, as Chinese characters, would take nine for one.
_NOT_IN_A_LINK = re.compile(r"[^!$&-;=?-Z_a-z~\u00a0-\ud7ff\ue000-\U0010ffff]")


@dataclass(frozen=True)
class ChartHome:
    """Where charts stand: `base` is the page that their links start from, `source` says of what.

    `page` is where they are seen; `files` is how names of files begin.
    """

    base: str
    page: str
    source: str
    files: str


@dataclass(frozen=True)
class SharedChart:
    """One chart with its own page and files; `svg` is blank where it could not be drawn.

    `png` is blank where a browser has to make it of the other; `url` is its public address.
    """

    chart: Chart
    home: ChartHome
    address: str
    url: str
    svg: str = ""
    png: str = ""

    @property
    def title(self) -> str:
        """Return what it is called."""
        return self.chart.title

    @property
    def name(self) -> str:
        """Return how its files are called, without the ending."""
        return f"{self.home.files}-{self.chart.id}"

    @property
    def anchor(self) -> str:
        """Return where it stands on its page."""
        return f"{self.home.page}#chart-{self.chart.id}"

    @property
    def csv(self) -> str:
        """Return its numbers as a link to a table."""
        counted = self.chart.counted
        header = [_("名称"), _("个数") if counted else _("金额（元）"), _("占比")]
        rows = [[row.name, _plain(row.value), row.share] for row in self.chart.rows]
        return _link("text/csv", as_csv([header, *rows]))

    @property
    def json(self) -> str:
        """Return its numbers as a link to an object."""
        rows = [
            {"name": r.name, "value": _plain(r.value) or None, "share": r.share or None}
            for r in self.chart.rows
        ]
        told: dict[str, object] = {"title": self.title, "source": self.home.source}
        if self.url:
            told["url"] = self.url
        told |= {"unit": "count" if self.chart.counted else "yuan", "rows": rows}
        return as_json_link(told)


def chart_address(base: str, chart: Chart) -> str:
    """Return the address of a chart's own page, below the root of its language."""
    return f"{SHARED}{base}chart-{chart.id}.html"


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as CSV."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def as_csv_link(rows: Sequence[Sequence[str]]) -> str:
    """Return a link that holds rows as CSV."""
    return _link("text/csv", as_csv(rows))


def as_json_link(told: object) -> str:
    """Return a link that holds an object as JSON."""
    return _link("application/json", json.dumps(told, ensure_ascii=False))


def _link(kind: str, text: str) -> str:
    # A mark at the beginning tells Excel that a CSV is UTF-8.
    mark = "%EF%BB%BF" if kind == "text/csv" else ""
    return f"data:{kind};charset=utf-8,{mark}{_NOT_IN_A_LINK.sub(_encoded, text)}"


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe="", errors="replace")


def _cell(text: str) -> str:
    """One cell: what begins as a formula does is text, to whatever opens it."""
    if text.startswith(("=", "+", "@", "\t")) or (text.startswith("-") and not _is_number(text)):
        text = f"'{text}"
    return '"{}"'.format(text.replace('"', '""')) if any(c in text for c in ',"\r\n') else text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdigit()


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
