"""A built site as the deployment serves it, and a page that fails on what its console says."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request

HERE = Path(__file__).parent.parent
#: Of what is in order axe shall not send every element.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: The icon is asked for late: a test that goes on to another page may cut it off.
ICON = r"favicon\.svg$"
ANY_REQUEST = ""


def policy() -> str:
    """The Content-Security-Policy of the deployment."""
    settings = tomllib.loads((HERE / "netlify.toml").read_text(encoding="utf-8"))
    for rule in settings["headers"]:
        if rule["for"] == "/*":
            return str(rule["values"]["Content-Security-Policy"])
    raise AssertionError("netlify.toml has no policy for /*")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site with the policy, and says nothing."""

    policy = ""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a site; gives its address, with a slash at the end."""
    handler = type("Served", (Handler,), {"policy": policy()})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def watched(page: Page, may_fail: str | None = None) -> Iterator[Page]:
    """Fail when the console or the network of a page complained, and close its context.

    `may_fail` is a pattern for the addresses of requests that may be cut off.
    """
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type != "log":
            complaints.append(message.text)

    def failed(request: Request) -> None:
        if may_fail is None or not re.search(may_fail, request.url):
            complaints.append(request.url)

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", failed)
    yield page
    page.context.close()
    assert complaints == []
