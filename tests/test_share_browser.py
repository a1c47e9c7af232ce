"""What is sent on, in Chromium: the row of ways below a chart, and who may frame what."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.served import RULES, Desk, desk

BUDGET = "departments/haizhu-data/2025-budget/"
ALONE = f"share/{BUDGET}"
#: A phone whose system offers to send things on, and says what it was given.
SHEET = "navigator.share = async (given) => { window.given = given; }"


@pytest.fixture(scope="module")
def desk_of_all(browser: Browser) -> Iterator[Desk]:
    """A page of a phone for all tests of the module."""
    with desk(browser) as made:
        made.page.add_init_script(SHEET)
        yield made


@pytest.fixture
def page(desk_of_all: Desk) -> Iterator[Page]:
    """A page that fails the test when its console or network complains."""
    with desk_of_all.watched() as page:
        yield page


def test_a_chart_is_saved_and_sent_on_from_its_row(page: Page, sample: str) -> None:
    page.goto(f"{sample}{BUDGET}charts/")
    row = page.locator(".chart", has=page.locator("#chart-economic")).locator(".share")
    row.locator("summary").click()
    names = row.locator("a[download]").evaluate_all("all => all.map(a => a.download)")
    assert [name.rpartition(".")[2] for name in names] == ["svg", "csv", "json"]
    with page.expect_download() as saved:
        row.get_by_role("link", name="CSV").click()
    assert "名称,金额（元）,占比" in saved.value.path().read_text(encoding="utf-8-sig")
    with page.expect_download() as drawn:
        row.get_by_role("button", name="PNG").click()
    image = Image.open(BytesIO(drawn.value.path().read_bytes()))
    assert image.width == 1600 and len(image.convert("RGB").getcolors(1 << 24) or ()) > 9
    row.get_by_role("button", name="分享……").click()
    given = page.evaluate("window.given")
    assert given["url"] == f"{sample}{ALONE}chart-economic.html"


@pytest.mark.parametrize("address", ["total.html", "chart-economic.html"])
def test_what_stands_alone_is_accessible_and_fits_a_phone(
    page: Page, sample: str, address: str
) -> None:
    page.goto(f"{sample}{ALONE}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.locator(".share summary").click()
    assert Axe().run(page, options=RULES).response["violations"] == []


class Stranger(http.server.BaseHTTPRequestHandler):
    """A page of somebody else's, with two frames."""

    framed: tuple[str, ...] = ()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for address in self.framed if self.path == "/" else ():
            self.wfile.write(f'<iframe src="{address}" width="375" height="600"></iframe>'.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def stranger(sample: str) -> Iterator[str]:
    """The address of somebody's page that frames one page that may be, and one that may not."""
    framed = (f"{sample}{ALONE}total.html", f"{sample}{BUDGET}")
    handler = type("Framing", (Stranger,), {"framed": framed})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_only_what_stands_alone_is_shown_in_a_frame(
    browser: Browser, sample: str, stranger: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(stranger, wait_until="load")
    own, other = page.frame_locator("iframe").nth(0), page.frames[2]
    expect(own.locator("h1")).to_have_text("2025年预算支出总计")
    assert not other.url.startswith(sample)  # an error of the browser's own
    assert any("frame-ancestors 'none'" in each for each in said)
    own.locator(".who a").click()  # a way leads out of the frame
    page.wait_for_url(f"{sample}{BUDGET}")
    page.close()


def test_without_script_a_chart_and_a_card_are_complete(browser: Browser, sample: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sample}{ALONE}chart-flow.html")
    expect(page.locator(".drawing:visible")).to_have_count(1)
    page.locator(".share summary").click()
    expect(page.get_by_role("link", name="PNG")).to_be_visible()
    expect(page.get_by_role("button", name="分享……")).to_be_hidden()
    expect(page.locator(".embedding textarea")).to_contain_text("https://example.org/share/")
    context.close()
