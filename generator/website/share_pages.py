"""What is sent on of a page: each chart and key figure with a page of its own, and its files.

These pages may be framed by any other. They are not listed for search engines: what they say is
said on the pages that they lead to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.journal import step
from generator.website.department.cards import NamedCard
from generator.website.department.charts import Chart
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import DisclosureView
from generator.website.department.share_cards import ShareCard
from generator.website.department.shared_charts import (
    SHARED,
    ChartHome,
    SharedChart,
    as_csv_link,
    as_json_link,
    chart_address,
)
from generator.website.drawing.drawn_charts import draw_charts
from generator.website.drawing.drawn_shares import draw_long_cards, draw_standing
from generator.website.drawing.long_card import WIDE_HEIGHT, WIDTH, Crop, LongCard
from generator.website.drawing.standing_chart import ChartFrame, standing_svg
from generator.website.output.folder import Output
from generator.website.published.package import Package
from generator.website.settings import SiteSettings
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

#: The charts of which a PNG is made here; of the others a browser makes one, as each takes as long
#: as all the pages of a disclosure in one language.
_KEY_CHARTS = ("flow",)
#: The charts that the story of a disclosure has; the others stand on a page below it.
_ON_STORY = ("flow", "three-public")
#: What is told of a figure beside its title, by the names of `facts.csv`.
_TOLD = (
    *("fact_id", "department", "year", "kind", "table_id", "label", "column_id"),
    *("amount_yuan", "printed", "printed_unit", "source", "page", "line"),
)


@dataclass(frozen=True)
class CardPage:
    """A card with its address, its public one, and its long image; blank where there is none.

    `of` begins the names of its files.
    """

    card: ShareCard
    address: str
    url: str
    of: str
    long: str = ""

    @property
    def title(self) -> str:
        """Return what it is called where it is sent on."""
        return self.card.question

    @property
    def name(self) -> str:
        """Return how its files are called, without the ending."""
        return f"{self.of}-{self.card.id}"

    @property
    def csv(self) -> str:
        """Return its figure as a link to a table of one row."""
        told = self._told
        return as_csv_link([list(told), list(told.values())])

    @property
    def json(self) -> str:
        """Return its figure as a link to an object."""
        return as_json_link(self._told)

    @property
    def _told(self) -> dict[str, str]:
        named = {"title": self.title, **{name: self.card.row[name] for name in _TOLD}}
        return named | ({"url": self.url} if self.url else {})


@dataclass(frozen=True)
class Sharing:
    """Makes what is shared of a site; `drawn` are its charts by the hashes of their specs.

    `undrawn` are those that could not be drawn.
    """

    output: Output
    settings: SiteSettings
    cache: Path
    drawn: dict[str, str]
    undrawn: set[str] = field(default_factory=set)

    # Charts.

    @step("charts")
    def draw(self, charts: Iterable[Chart]) -> None:
        """Draw more charts, all at once."""
        specs = {name: spec for chart in charts for name, spec in chart.specs.items()}
        found = draw_charts(list(specs.values()), self.cache)
        self.drawn.update(found)
        self.undrawn.update(specs.keys() - found.keys())

    def charts(self, charts: Sequence[tuple[Chart, ChartHome]]) -> dict[str, SharedChart]:
        """Write the files of charts, and return what is shared of each, by its id."""
        framed = {c.id: svg for c, home in charts if (svg := self._standing(c, home))}
        keyed = {id_: svg for id_, svg in framed.items() if id_ in _KEY_CHARTS}
        images = draw_standing(keyed, self.cache)
        return {
            chart.id: SharedChart(
                chart,
                home,
                chart_address(home.base, chart),
                self._url(chart_address(home.base, chart)),
                self._kept(framed.get(chart.id, "").encode(), "charts", "svg"),
                self._kept(images.get(chart.id, b""), "charts", "png"),
            )
            for chart, home in charts
        }

    def _standing(self, chart: Chart, home: ChartHome) -> str:
        """Return the widest drawing of a chart, standing alone; blank where it was not drawn."""
        drawn = self.drawn.get(list(chart.specs)[-1], "")
        page = self._url(f"{home.page}#chart-{chart.id}")
        frame = ChartFrame(chart.title, chart.sentence.striptags(), home.source, page)
        return standing_svg(drawn, frame)

    def write_charts(self, shares: Iterable[SharedChart]) -> None:
        """Write the page of each chart."""
        for each in shares:
            way = "../" * each.address.count("/") + each.home.base
            context = {"s": each, "way": way, "own_card": None, "shares": {each.chart.id: each}}
            self.output.page(each.address, "share_chart.html", context, listed=False)

    # Figures and contradictions.

    def cards(self, view: DisclosureView, cards: Sequence[ShareCard]) -> list[CardPage]:
        """Return the cards of a disclosure with their addresses, and write their images.

        Without a base URL there are none: what is sent on as an image has to say where it is from.
        """
        package = view.overview.package
        addresses = {c.id: f"{SHARED}departments/{package.id}/{c.id}.html" for c in cards}
        wanted = cards if self.settings.base_url else ()
        said = {c.id: self._said(package, c, self._url(addresses[c.id])) for c in wanted}
        images = draw_long_cards(said, self.cache)
        own = {
            c.id: (self._kept(images[c.id][0], "cards", "png"), self._preview(c, images[c.id][1]))
            for c in wanted
        }
        pages = []
        for card in cards:
            long, preview = own.get(card.id, ("", None))
            address = addresses[card.id]
            of = f"{package.department.id}-{package.slug}"
            page = CardPage(card, address, self._url(address), of, long)
            self._write_card(package, view, page, preview)
            pages.append(page)
        return pages

    def _preview(self, card: ShareCard, image: bytes) -> NamedCard:
        said = _("：").join((self.settings.title, card.question, card.sentence.striptags()))
        return NamedCard(self._kept(image, "cards", "png"), said, WIDTH, WIDE_HEIGHT)

    def _write_card(
        self, package: Package, view: DisclosureView, page: CardPage, preview: NamedCard | None
    ) -> None:
        context = {
            "c": page.card,
            "page": page,
            "package": package,
            "view": view,
            "way": "../" * page.address.count("/") + f"departments/{package.id}/",
            "own_card": preview,
        }
        self.output.page(page.address, "share_card.html", context, listed=False)

    def _said(self, package: Package, card: ShareCard, url: str) -> LongCard:
        """Return what the images of a card say, without tags."""
        cell = card.cell
        when = _("{year}年部门{kind}").format(year=package.year, kind=package.kind_word)
        return LongCard(
            self.settings.title,
            f"{package.department.name} · {when}",
            card.question,
            card.short.striptags(),
            card.sentence.striptags(),
            Crop(cell.page.data, cell.page.width, cell.box, cell.seen) if cell else None,
            _printed_at(card),
            tuple(_notes(card)),
            _("扫码看原文、核对和全部数字"),
            url,
            card.case,
        )

    # Which charts.

    def of_disclosure(self, view: DisclosureView) -> list[tuple[Chart, ChartHome]]:
        """Return the charts of a disclosure with the pages that they stand on."""
        package, flow = view.overview.package, view.overview.flow.chart
        base = f"departments/{package.id}/"
        source = self._source(_("数据：{title}。{site}整理。"), package.title)
        files = f"{package.department.id}-{package.slug}"
        drawn = [chart for chart in (flow, *view.overview.charts) if chart and chart.spec]
        return [
            (c, ChartHome(base, base if c.id in _ON_STORY else f"{base}charts/", source, files))
            for c in drawn
        ]

    def of_department(self, department: DepartmentView) -> list[tuple[Chart, ChartHome]]:
        """Return the charts of a department's years with the page that they stand on."""
        base = f"departments/{department.id}/"
        source = self._source(_("数据：{title}历年预算和决算。{site}整理。"), department.name)
        home = ChartHome(base, base, source, department.id)
        return [(chart, home) for chart in department.charts if chart.spec]

    def of_comparison(
        self, charts: Sequence[Chart], address: str, title: str
    ) -> list[tuple[Chart, ChartHome]]:
        """Return the charts of a comparison with the page that they stand on."""
        source = self._source(_("数据：{title}各部门。{site}整理。"), title)
        home = ChartHome(address, address, source, address.strip("/").replace("/", "-"))
        return [(chart, home) for chart in charts if chart.spec]

    def _source(self, message: str, title: str) -> str:
        return message.format(title=title, site=self.settings.title)

    # What both need.

    def _url(self, address: str) -> str:
        return self.settings.address(f"{spoken().prefix}{address}")

    def _kept(self, data: bytes, folder: str, ending: str) -> str:
        """Share a file named by its content; return its place, or nothing of nothing."""
        if not data:
            return ""
        path = f"{folder}/{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        self.output.share(path, data)
        return path


def _printed_at(card: ShareCard) -> str:
    """Say where the figure is printed, and on what."""
    if not card.place:
        return ""
    words = card.place.words.striptags()
    if not card.cell:
        if not card.quote:
            return words
        return _("{place}，原文第{line}行：{quote}").format(
            place=words, line=card.place.line, quote=card.quote
        )
    facsimile, original = _("重排件第{page}页，{place}"), _("原件第{page}页，{place}")
    message = facsimile if card.cell.facsimile else original
    return message.format(page=card.cell.page.number, place=words)


def _notes(card: ShareCard) -> Iterator[tuple[str, tuple[str, ...]]]:
    if card.checks:
        yield card.checks_heading, tuple(card.checks_said)
    if card.before:
        yield _("以前"), tuple(each.striptags() for each in card.before)
