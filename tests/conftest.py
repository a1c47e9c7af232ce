"""The browser for every test that asks for one. No browser is a failure, never a skip.

And pdfium's fonts, for this process as for each of ours: before any test opens a PDF.
"""

import os
from collections.abc import Iterator
from multiprocessing.forkserver import set_forkserver_preload
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.gather import IMPORTED
from generator.packages import validate_package
from generator.pdf.fonts import use_own_fonts
from generator.store import digest
from generator.swap import contents
from generator.workers import ensure_server
from tests.browser import BrowserMissing, find_chromium
from tests.order import Groups, arrange
from tests.served import Desk, serve
from tests.served import desk as made_desk
from tests.sites import Sites

use_own_fonts()
os.environ["LANGUAGE"] = "en"  # what commands say is compared in English, whoever runs the tests

# Chromium calls home when it starts; the tests must not wait for, or depend on, a network.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"browser", "chromium_path"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    arrange(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Groups | None:
    """Of `--dist loadscope` our groups are the scopes; any other way is as chosen."""
    return Groups(config, log) if config.option.dist == "loadscope" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: those in a browser often wait."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def reader_for_workers() -> None:
    """Workers find the reader imported, whatever the first of them in this process is to do."""
    set_forkserver_preload(list(IMPORTED))
    ensure_server()


@pytest.fixture(scope="session", autouse=True)
def validated_once() -> Iterator[None]:
    """A package of bytes that this process found valid is valid: most of a small build."""
    valid = set[str]()

    def validate(package: Path) -> None:
        key = digest(*contents(package))
        if key not in valid:
            validate_package(package)
            valid.add(key)

    with patch("generator.cache.validate_package", validate):
        yield


@pytest.fixture
def unvalidated() -> Iterator[None]:
    """Packages are not validated meanwhile: half of a small build."""
    with patch("generator.cache.validate_package"):
        yield


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The sites that all tests of a run share, in whichever of its processes; they only read."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    sites = Sites(shared / "sites", own / "drawings")
    yield sites
    assert sites.written_into() == []


@pytest.fixture(scope="session")
def sample(sites: Sites) -> Iterator[str]:
    """The address of the site of the samples."""
    with serve(sites.sample().site) as address:
        yield address


@pytest.fixture(scope="session")
def five(sites: Sites) -> Iterator[str]:
    """The address of the site of the committed packages."""
    with serve(sites.five().site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    try:
        return find_chromium()
    except BrowserMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def phone_of_tests(browser: Browser) -> Iterator[Desk]:
    """A phone's page for all tests of a module."""
    with made_desk(browser) as made:
        yield made


@pytest.fixture(scope="module")
def desk_of_all(browser: Browser) -> Iterator[Desk]:
    """A wide page for all tests of a module."""
    with made_desk(browser, 1280, 900) as made:
        yield made


@pytest.fixture
def desk(desk_of_all: Desk) -> Iterator[Page]:
    """A wide page that fails the test when its console or network complains."""
    with desk_of_all.watched() as page:
        yield page
