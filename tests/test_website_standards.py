"""What machines read about the pages: linked data, cards, the feed, addresses that stay."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from generator.problems import ConfigError
from generator.website import SiteSettings
from generator.website.drawing.card_drawing import SIZE, Card, draw
from generator.website.drawing.long_card import WIDE_HEIGHT, WIDTH
from generator.website.drawing.paper import wrapped
from generator.website.files.linked_data import breadcrumbs, script
from tests.addresses import addresses, published
from tests.disclosure_texts import typeset
from tests.doors import extract, rows
from tests.made_budgets import sample_budget
from tests.sample_packages import FIRST_NAME, LONG_NAME, write_sample_packages
from tests.sites import Sites
from tests.text_styles import Style
from tests.website_pages import Page, pages

HERE = Path(__file__).parent.parent
BASE = "https://example.org/accounts"
BUDGET = "departments/haizhu-data/2025-budget/"
HOSTILE = "</script><script>alert(1)</script>"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("standards")


@pytest.fixture(scope="module")
def site(sites: Sites, folder: Path) -> Path:
    """The sample site at an address that has a path, with a name that is an attack."""
    packages = write_sample_packages(folder / "packages")
    for path in packages.rglob("datapackage.json"):
        replace(path, LONG_NAME, f"{LONG_NAME}{HOSTILE}")
    sites.render(packages, folder / "site", SiteSettings(base_url=BASE))
    return folder / "site"


@pytest.fixture(scope="module")
def site_without_address(sites: Sites, site: Path, folder: Path) -> Path:
    sites.render(site.parent / "packages", folder / "unnamed")
    return folder / "unnamed"


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def linked(path: Path) -> dict[str, Any]:
    """What a page says of itself, by type."""
    found = [json.loads(text) for text in SCRIPT.findall(path.read_text(encoding="utf-8"))]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return {each["@type"]: each for each in found}


def meta(page: Page) -> dict[str, str]:
    found = [a for tag, a in page.elements if tag == "meta"]
    return {str(a.get("property") or a.get("name")): str(a.get("content")) for a in found}


def file_at(site: Path, address: str) -> Path:
    assert address.startswith(f"{BASE}/")
    path = site / address.removeprefix(f"{BASE}/")
    return path / "index.html" if address.endswith("/") else path


# ── linked data ──────────────────────────────────────────────────────────────────────────


def test_the_way_to_a_page_is_told_as_it_is_shown(site: Path) -> None:
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        shown = re.search(r'<nav class="crumbs.*?</nav>', text, re.DOTALL)
        told = linked(path).get("BreadcrumbList")
        assert bool(shown) == bool(told), path
        if not (shown and told):
            continue
        steps = told["itemListElement"]
        hrefs = re.findall(r'<a href="([^"]*)">', shown[0])
        ways = [(path.parent / href / "index.html").resolve() for href in hrefs]
        assert [file_at(site, step["item"]).resolve() for step in steps] == [*ways, path.resolve()]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        names = re.findall(r"<li[^>]*>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", shown[0])
        assert [len(step["name"]) for step in steps] == [len(_unescaped(name)) for name in names]


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text))  # a name may be marked as Chinese


@pytest.mark.parametrize("address", [BUDGET, "datasets/", "datasets/facts/", "datasets/projects/"])
def test_a_dataset_says_what_others_need_to_find_and_use_it(site: Path, address: str) -> None:
    found = linked(site / address / "index.html")["Dataset"]
    assert found["url"] == f"{BASE}/{address}"
    assert len(found["description"]) >= 50
    assert found["license"].startswith("https://creativecommons.org/")
    assert found["isAccessibleForFree"] is True
    assert found["inLanguage"] == "zh-CN"
    assert found["creator"]["name"] == found["publisher"]["name"] == "明账"
    assert {"name", "identifier", "keywords", "temporalCoverage", "spatialCoverage"} <= set(found)
    assert found["distribution"]
    for file in found["distribution"]:
        data = file_at(site, file["contentUrl"]).read_bytes()
        assert file["contentSize"] == f"{len(data)} B"
        assert "/" in file["encodingFormat"]


def test_a_dataset_of_a_disclosure_names_its_department_and_source(site: Path) -> None:
    found = linked(site / BUDGET / "index.html")["Dataset"]
    assert found["about"]["name"] == FIRST_NAME
    assert found["temporalCoverage"] == "2025"
    [source] = found["isBasedOn"]
    assert source["identifier"] == "sha256:" + "0" * 64
    assert "url" not in source  # that of the sample is no address of the web


def test_text_cannot_end_the_script_that_holds_it(site: Path) -> None:
    page = Page(site / "departments/long-name/2020-final-accounts/index.html")
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert all("src" in a or a.get("type") == "application/ld+json" for a in scripts)
    assert HOSTILE in linked(page.path)["Dataset"]["about"]["name"]
    way = breadcrumbs(SiteSettings(), "x/", "../", [("", HOSTILE)], HOSTILE)
    assert script(way).count("</script>") == 1


def test_without_a_base_url_what_must_be_absolute_is_left_out(site_without_address: Path) -> None:
    for page in pages(site_without_address):
        assert not {"og:url", "og:image"} & set(meta(page))
        told = json.dumps(linked(page.path), ensure_ascii=False)
        assert re.findall(r'"(?:url|item|contentUrl|@id)":', told) == []
    assert not (site_without_address / "cards").exists()


# ── cards ────────────────────────────────────────────────────────────────────────────────


def test_each_page_has_a_card_whose_image_is_there(site: Path) -> None:
    for page in pages(site):
        told = meta(page)
        assert told["og:title"]
        assert 0 < len(told["og:description"]) <= 200
        assert told["og:image:alt"].startswith("明账")
        data = file_at(site, told["og:image"]).read_bytes()
        assert len(data) < 60_000
        alone = "share" in page.path.relative_to(site).parts
        said = int(told["og:image:width"]), int(told["og:image:height"])
        size = Image.open(BytesIO(data)).size
        assert size == said and size in (SIZE, *([(WIDTH, WIDE_HEIGHT)] if alone else []))
        if page.path.name != "404.html":
            assert file_at(site, told["og:url"]) == page.path


def test_departments_and_disclosures_have_cards_of_their_own(site: Path) -> None:
    own = ["", "about/", "departments/haizhu-data/", BUDGET, "departments/haizhu-data/2024-budget/"]
    images = {meta(Page(site / address / "index.html"))["og:image"] for address in own}
    assert len(images) == len(own)
    default = meta(Page(site / "method/index.html"))["og:image"]
    assert default == meta(Page(site / "about/index.html"))["og:image"]


@pytest.mark.parametrize(
    "name",
    [
        "广州市海珠区政务服务和数据管理局",
        "广州市" + "政务服务和数据管理" * 6 + "局局局",
        "Haizhu District Government Services and Data Administration Bureau",
        "x" * 5000,
        "",
        "数据\n管理\t局\u0000",
    ],
)
def test_no_name_leaves_the_card(name: str) -> None:
    card = Card(
        "明账", name, "2025年部门预算", "支出总计", "4,417.50万元", "最多", ((0, 1000, "#1b8a8f"),)
    )
    data = draw(card)
    assert len(data) < 60_000
    image = Image.open(BytesIO(data)).convert("RGB")
    paper = image.getpixel((5, 300))
    right = image.crop((1130, 20, 1200, 630))
    assert {colour for _, colour in right.getcolors() or []} == {paper}
    assert draw(card) == data


def test_a_name_of_sixty_characters_is_whole_on_its_card() -> None:
    name = "广州市" + "政务服务和数据管理" * 6 + "局局局"
    assert len(name) == 60
    assert "".join(wrapped(name, 46, 1040, 3)) == name


def test_lines_break_between_words_and_not_before_a_mark() -> None:
    name = "Government Services and Data Administration Bureau"
    assert " ".join(wrapped(name, 46, 460, 9)) == name
    lines = wrapped("看得懂、查得到、可核对", 46, 46 * 3, 9)
    assert not [line for line in lines if line.startswith("、")]


def test_a_character_that_the_font_has_not_is_shown_to_be_missing() -> None:
    assert wrapped("龘𠀀局", 46, 1040, 1) == ["〓〓局"]


# ── the feed ─────────────────────────────────────────────────────────────────────────────

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def feed(site: Path) -> ET.Element:
    return ET.parse(site / "feed.xml").getroot()


def texts(entry: ET.Element) -> dict[str, str]:
    return {child.tag.removeprefix(ATOM): child.text or "" for child in entry}


def test_the_feed_has_what_atom_asks_for(feed: ET.Element) -> None:
    assert feed.tag == f"{ATOM}feed"
    told = texts(feed)
    assert told["id"] == f"{BASE}/"
    assert told["title"]
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    relations = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert relations == {"alternate": f"{BASE}/", "self": f"{BASE}/feed.xml"}
    entries = [texts(entry) for entry in feed.findall(f"{ATOM}entry")]
    assert len({entry["id"] for entry in entries}) == len(entries) == 3
    assert all(entry["title"] and entry["summary"] for entry in entries)
    updated = [entry["updated"] for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert told["updated"] == updated[0]


def test_an_entry_is_its_page_and_says_the_total_the_change_and_the_checks(
    site: Path, feed: ET.Element
) -> None:
    entries = {e["id"]: e for e in map(texts, feed.findall(f"{ATOM}entry"))}
    assert all(file_at(site, address).is_file() for address in entries)
    said = entries[f"{BASE}/{BUDGET}"]["summary"]
    assert "<p>打算花多少？ 4,417.50万元<br>" in said
    assert "支出增加2,208.75万元，增长100.0%" in said
    assert "4处对不上" in said
    assert set(re.findall("<[^>]*>", said)) == {"<p>", "</p>", "<br>"}  # it is read as HTML
    final = entries[f"{BASE}/departments/long-name/2020-final-accounts/"]["title"]
    assert HOSTILE in final  # and the title as text


def test_a_replaced_file_is_an_entry_that_changed(feed: ET.Element) -> None:
    changed = [e for e in map(texts, feed.findall(f"{ATOM}entry")) if e["title"].startswith("更正")]
    assert [entry["id"] for entry in changed] == [f"{BASE}/{BUDGET}"]
    assert changed[0]["published"] == "2025-02-03T00:00:00+00:00"
    assert changed[0]["updated"] == "2025-03-04T00:00:00+00:00"
    assert changed[0]["summary"].startswith("<p>部门在2025-03-04更换了公开文件。")


def test_the_day_of_a_replacement_goes_from_the_sidecar_into_the_register(tmp_path: Path) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures/a.txt").write_bytes(typeset(sample_budget(), Style()))
    (tmp_path / "disclosures/a.yaml").write_text("revised: 2025-03-04\n", encoding="utf-8")
    assert extract(tmp_path).exit_code == 0
    [row] = rows(tmp_path / "packages/all/disclosures.csv")
    assert row["revised"] == "2025-03-04"
    assert row["published"] == ""


# ── addresses that stay ──────────────────────────────────────────────────────────────────


def test_no_address_ever_published_disappears(sites: Sites) -> None:
    found = addresses(sites.five().site)
    # What moved without leading on from a page of its own: a download, by Netlify's rule.
    rules = sites.five().site / "_redirects"
    moved = {line.split()[0] for line in rules.read_text().splitlines()} if rules.exists() else {""}
    gone = sorted(published() - found - moved)
    assert gone == [], "published once, now gone: lead each on by a line in data/redirects.txt"
    new = sorted(found - published())
    assert new == [], "not in data/addresses.txt yet: run `make addresses` and commit it"


def render_moved(sites: Sites, folder: Path, lines: str) -> Path:
    (folder / "redirects.txt").write_text(lines, encoding="utf-8")
    settings = SiteSettings(base_url=BASE, redirects=folder / "redirects.txt")
    sites.render(sites.sample().packages, folder / "site", settings)
    return folder / "site"


def test_an_address_that_moved_leads_on(sites: Sites, tmp_path: Path) -> None:
    lines = f"# renamed\nterms/ glossary/\nold/page/ {BUDGET}\ndownloads/x.csv downloads/all.zip\n"
    moved = render_moved(sites, tmp_path, lines)
    assert (moved / "_redirects").read_text(encoding="utf-8").splitlines() == [
        "/accounts/terms/ /accounts/glossary/ 301!",
        f"/accounts/old/page/ /accounts/{BUDGET} 301!",
        "/accounts/downloads/x.csv /accounts/downloads/all.zip 301!",
    ]
    page = Page(moved / "old/page/index.html")
    [refresh] = [a for tag, a in page.elements if a.get("http-equiv") == "refresh"]
    assert refresh["content"] == f"0; url=../../{BUDGET}"
    [canonical] = [a for tag, a in page.elements if a.get("rel") == "canonical"]
    assert canonical["href"] == f"{BASE}/{BUDGET}"
    assert (page.path.parent / page.links[1]).resolve() == (moved / BUDGET).resolve()
    assert "terms/" not in (moved / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("glossary/ datasets/", "glossary/ is there"),
        ("terms/ nowhere/", "nowhere/ is not there"),
        ("terms/", "write the old and the new"),
        ("terms/ https://example.com/", "write the old and the new"),
    ],
)
def test_a_redirect_that_is_wrong_is_refused(
    sites: Sites, tmp_path: Path, line: str, says: str
) -> None:
    with pytest.raises(ConfigError, match=f"line 1: {says}"):
        render_moved(sites, tmp_path, f"{line}\n")


# ── HTML that validates, and icons ───────────────────────────────────────────────────────


def test_every_page_validates(site: Path) -> None:
    """All pages in one process of the Nu HTML checker, which continuous integration fetches."""
    jar = os.environ.get("MINGZHANG_VNU", "")
    if not jar or not shutil.which("java"):
        pytest.skip("needs java, and MINGZHANG_VNU: the vnu.jar of the npm package vnu-jar")
    # Pages in English quote much Chinese, which is marked as such: no language to be guessed.
    options = ["--skip-non-html", "--no-langdetect", "--format", "gnu"]
    command = ["java", "-Xss4m", "-jar", jar, *options, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_page_of_a_disclosure_is_heavy(sites: Sites) -> None:
    found = sorted(sites.five().site.glob("departments/*/*/index.html"))
    assert found
    for path in found:
        page = Page(path)
        styles = [a["href"] for _, a in page.elements if a.get("rel") == "stylesheet"]
        scripts = [a["src"] for tag, a in page.elements if tag == "script" and "src" in a]
        files = [path, *(path.parent / str(each) for each in (*styles, *scripts))]
        assert len(files) > 2
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 150_000


def test_the_icon_of_a_phone_is_square_and_opaque(site: Path) -> None:
    icon = Image.open(site / "apple-touch-icon.png")
    assert (icon.size, icon.mode) == ((180, 180), "RGB")
    for page in pages(site):
        found = [a for tag, a in page.elements if a.get("rel") == "apple-touch-icon"]
        if page.path.name != "404.html":
            assert [(page.path.parent / str(a["href"])).is_file() for a in found] == [True]
