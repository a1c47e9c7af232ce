"""Both languages of every page: the switch, the alternates, and what a language says it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.website import SiteSettings
from tests.foreign_text import unmarked
from tests.sample_packages import write_packages_with_plans
from tests.sites import Sites
from tests.website_pages import Page, broken_links, pages

BASE = "https://example.org/accounts"


@pytest.fixture(scope="module")
def rendered(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("languages")
    packages = write_packages_with_plans(folder / "packages")
    made: dict[str, Path] = {}

    def render(base_url: str) -> Path:
        if base_url not in made:
            site = made[base_url] = folder / f"site{len(made)}"
            sites.render(packages, site, SiteSettings(base_url=base_url))
        return made[base_url]

    return render


def address(site: Path, page: Page) -> str:
    return page.path.relative_to(site).as_posix().removesuffix("index.html")


def lasting(site: Path) -> dict[str, Page]:
    """The pages by address, without the one for addresses that are none."""
    return {at: p for p in pages(site) if (at := address(site, p)) != "404.html"}


def alternates(page: Page) -> dict[str, str]:
    found = [a for tag, a in page.elements if tag == "link" and "hreflang" in a]
    assert len({a["hreflang"] for a in found}) == len(found)
    return {str(a["hreflang"]): str(a["href"]) for a in found}


@pytest.mark.parametrize("base", ["", BASE])
def test_every_page_has_one_switch_to_its_counterpart(
    rendered: Callable[[str], Path], base: str
) -> None:
    found = lasting(rendered(base))
    assert len(found) > 50
    for here, page in found.items():
        other = here.removeprefix("en/") if here.startswith("en/") else f"en/{here}"
        switches = [a for _, a in page.elements if a.get("class") == "language"]
        assert [urljoin(f"/{here}", str(a["href"])) for a in switches] == [f"/{other}"], here
        assert other in found, here
        assert switches[0]["lang"] == ("zh-CN" if here.startswith("en/") else "en"), here


def test_the_page_for_no_page_switches_to_the_home_page(
    rendered: Callable[[str], Path],
) -> None:
    for base in ("", BASE):
        page = Page(rendered(base) / "404.html")
        links = [a["href"] for _, a in page.elements if a.get("class") == "language"]
        assert links == [f"{'/accounts' if base else ''}/en/"]


def test_the_alternates_are_reciprocal(rendered: Callable[[str], Path]) -> None:
    root = f"{BASE}/"
    found = {root + here: page for here, page in lasting(rendered(BASE)).items()}
    for here, page in found.items():
        own = here.removeprefix(root).removeprefix("en/")
        chinese, english = f"{root}{own}", f"{root}en/{own}"
        known = {"zh-CN": chinese, "en": english, "x-default": chinese}
        assert alternates(page) == known
        assert {chinese, english} <= set(found), here


def test_without_an_address_of_its_own_the_site_tells_no_alternates(
    rendered: Callable[[str], Path],
) -> None:
    assert not [page.path for page in pages(rendered("")) if alternates(page)]


def test_the_page_says_its_language(rendered: Callable[[str], Path]) -> None:
    for here, page in lasting(rendered("")).items():
        html = next(a for tag, a in page.elements if tag == "html")
        assert html["lang"] == ("en" if here.startswith("en/") else "zh-CN"), here


def test_no_english_page_has_chinese_that_is_not_marked(rendered: Callable[[str], Path]) -> None:
    site = rendered("")
    found = {
        here: stretches
        for here, page in lasting(site).items()
        if here.startswith("en/") and (stretches := unmarked(page.path.read_text("utf-8")))
    }
    assert found == {}


def test_every_link_leads_somewhere(rendered: Callable[[str], Path]) -> None:
    assert broken_links(rendered("")) == []


def test_a_part_that_is_not_listed_is_not_zero(rendered: Callable[[str], Path]) -> None:
    site = rendered("")
    text = (site / "departments/haizhu-data/2024-final-accounts/charts/index.html").read_text(
        "utf-8"
    )
    table = text.partition('<table class="list years">')[2].partition("</table>")[0]
    rows = {row.partition("</th>")[0].rpartition(">")[2]: row for row in table.split("<tr>")[2:]}
    assert rows["公务接待费"].count("没有列出") == 3
    assert "0元" not in rows["公务接待费"]
    assert rows["公务用车运行维护费"].count(">0元</a>") == 1
