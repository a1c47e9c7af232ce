"""One visit of a page by a browser, and all that is asked of how it looks: see `visit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.served import RULES, was_cut_off

SCHEMES = ("light", "dark")
WIDTHS = (320, 375, 1280)
#: From the first moment of each page: nothing that moves while it comes is missed.
_WATCH_SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
#: The fonts are there, and what they and the scripts moved was drawn (two frames) and told.
_SETTLED = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  await new Promise((told) => setTimeout(told, 100));
  return shifts;
}"""
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_OPEN = "document.querySelectorAll('details').forEach(d => { d.open = true })"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visit saw.

    `violations` are axe's reports by scheme (blank where it found nothing), `over` the pixels by
    which the page is wider than a window of some width, `shifts` what moved while it came,
    `complaints` what the console or the network said.
    """

    violations: Mapping[str, str]
    over: Mapping[int, int]
    shifts: Sequence[float]
    complaints: Sequence[str]


@dataclass
class Visitor:
    """A phone that visits each page once and remembers what it saw."""

    page: Page
    _complaints: list[str] = field(default_factory=list)
    _seen: dict[str, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Listen to what the page says."""
        self.page.add_init_script(_WATCH_SHIFTS)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))
        self.page.on("requestfailed", self._failed)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "log":
            self._complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        if not was_cut_off(request):
            self._complaints.append(f"{request.url} {request.failure}")

    def visit(self, address: str) -> Seen:
        """Go there, unless it was seen before."""
        if address not in self._seen:
            self._seen[address] = self._look(address)
        return self._seen[address]

    def _look(self, address: str) -> Seen:
        page = self.page
        self._complaints.clear()
        page.set_viewport_size({"width": 375, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address, wait_until="load")
        shifts: list[float] = page.evaluate(_SETTLED)
        over = {width: self._over(width) for width in WIDTHS}
        page.set_viewport_size({"width": 375, "height": 800})
        page.evaluate(_OPEN)
        violations = {scheme: self._violations(scheme) for scheme in SCHEMES}
        return Seen(violations, over, shifts, tuple(self._complaints))

    def _over(self, width: int) -> int:
        self.page.set_viewport_size({"width": width, "height": 800})
        return int(self.page.evaluate(_OVER))

    def _violations(self, scheme: str) -> str:
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = Axe().run(self.page, options=RULES)
        return str(found.generate_report()) if found.violations_count else ""


@contextmanager
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A visitor with a context of its own."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield Visitor(context.new_page())
    context.close()
