"""A built site as the deployment serves it, and a page that fails on what its console says."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

HERE = Path(__file__).parent.parent
#: Of what is in order axe shall not send every element.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


Rules = Sequence[tuple[str, Mapping[str, str]]]


def rules(site: Path) -> Rules:
    """What the deployment of a site sends, by patterns; of a part of one, the same everywhere."""
    file = site / "_headers"
    if not file.is_file():
        return [("/*", {"Content-Security-Policy": policy()})]
    found: list[tuple[str, dict[str, str]]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def policy() -> str:
    """The Content-Security-Policy of all pages that may not be framed."""
    text = (HERE / "templates" / "headers.txt").read_text(encoding="utf-8")
    [found] = re.findall(r"Content-Security-Policy: (.*)", text)
    return str(found).replace("{{ ancestors|safe }}", "'none'")


def sent(found: Rules, path: str) -> dict[str, str]:
    """What is sent with an address; no two rules may set one header for it."""
    headers: dict[str, str] = {}
    for pattern, values in found:
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            assert not headers.keys() & values.keys(), (path, pattern)
            headers |= values
    return headers


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site with its headers, and says nothing."""

    rules: Rules = ()

    def end_headers(self) -> None:
        for name, value in sent(self.rules, urlsplit(self.path).path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a site; gives its address, with a slash at the end."""
    handler = type("Served", (Handler,), {"rules": rules(site)})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def was_cut_off(request: Request) -> bool:
    """Whether a request ended because the page was left before its answer came.

    No fault of the page: a quick tap leaves it while its icon is still on the way. Requests that
    are refused, not answered or forbidden by the policy of the site fail with other words.
    """
    return request.failure == "net::ERR_ABORTED"


class Desk:
    """A page that many tests use one after the other: its files are in the browser's cache.

    Half of what a small browser test costs is a context of its own and the first load in it.
    """

    def __init__(self, page: Page) -> None:
        """Listen to what the page says, from now on."""
        self.page = page
        self._complaints: list[str] = []
        self._window = page.viewport_size
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("requestfailed", self._failed)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "log":
            self._complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        if not was_cut_off(request):
            self._complaints.append(f"{request.url} {request.failure}")

    @contextmanager
    def watched(self) -> Iterator[Page]:
        """Lend the page to a test, and fail when its console or network complained.

        What the test changed of the page is put right for the next one: its window, media and
        routes.
        """
        self._complaints.clear()
        yield self.page
        complaints = tuple(self._complaints)
        self._put_right()
        assert complaints == (), complaints

    def _put_right(self) -> None:
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.page.emulate_media(color_scheme="null", media="null")
        if self._window:
            self.page.set_viewport_size(self._window)


@contextmanager
def desk(browser: Browser, width: int = 375, height: int = 800) -> Iterator[Desk]:
    """A page of some size, in a context of its own, for the tests of a module."""
    context = browser.new_context(viewport={"width": width, "height": height})
    yield Desk(context.new_page())
    context.close()
