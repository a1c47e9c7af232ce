"""Ways in that stay bounded: departments by place and year, the sitemap, a dataset's documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.meaning.regions import region_english, region_name
from generator.store import Store
from generator.website import dataset_pages, ways_in
from generator.website.department.cards import Cards
from generator.website.everyone.summaries import Summaries
from generator.website.files import linked_data, sitemap
from generator.website.files.catalogue import catalogue_of
from generator.website.files.data_files import DataFiles
from generator.website.files.downloads import AllDownloads
from generator.website.files.earlier_files import EarlierFiles
from generator.website.kept_pages import KeptPages
from generator.website.output.assets import write_assets
from generator.website.output.folder import Output, environment, name_build
from generator.website.output.provided import provide
from generator.website.published.descriptor import read_packages
from generator.website.settings import SiteSettings
from tests.made_summaries import made_summaries, write_lists
from tests.sites import Sites
from tests.website_pages import Page

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lists(tmp_path_factory.mktemp("ways") / "site", [*made_summaries(14)])


def test_departments_are_listed_by_place_and_year(lists: Path) -> None:
    for at, count in (("departments/all", 14), ("places/440000", 12), ("places/440105", 3)):
        for year in (2024, 2025):
            text = (lists / at / f"{year}-budget/index.html").read_text(encoding="utf-8")
            rows = text.split("<tbody>")[1].count("<tr>")
            assert (rows, f'/{year + (1 if year == 2024 else -1)}-budget/source' in text) == (
                count, False
            )  # fmt: skip
        above = "departments" if at == "departments/all" else at
        links = Page(lists / above / "index.html").links
        assert any(link.endswith(f"{at}/2025-budget/") for link in links)


def test_each_department_has_a_small_picture_on_one_scale(lists: Path) -> None:
    def pictures(folder: str) -> list[str]:
        html = (lists / folder / "index.html").read_text(encoding="utf-8")
        return html.split('class="multiples"')[1].split("</ul>")[0].split("<li>")[1:]

    assert len(pictures("places/440100")) == 6
    assert not (lists / "places/440100/ten-yuan").exists()
    some = pictures("kinds/finance")
    for picture in some:
        widths = [int(each) for each in re.findall(r'<rect x="\d+" width="(\d+)"', picture)]
        assert 999 <= sum(widths) <= 1000  # thousandths of ten coins
        assert re.findall(r"<strong[^>]*>(\S+)</strong> ", picture) == ["0.7元", "0.7元"]


def test_what_a_page_of_small_pictures_has_no_room_for_stands_on_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways_in, "MOST_MULTIPLES", 1)
    site = write_lists(tmp_path / "site", [*made_summaries(4)])
    page = (site / "kinds/finance/index.html").read_text(encoding="utf-8")
    assert page.count("<g clip-path") == 1
    assert 'href="../../kinds/finance/ten-yuan/"' in page
    whole = (site / "kinds/finance/ten-yuan/index.html").read_text(encoding="utf-8")
    assert whole.count("<g clip-path") == 2


def test_places_have_english_names_on_english_pages(lists: Path) -> None:
    text = (lists / "en/places/440100/index.html").read_text(encoding="utf-8")
    assert "<h1>Guangzhou</h1>" in text
    assert "Haizhu District" in text
    assert "广州市</h1>" in (lists / "places/440100/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("440300", "深圳市", "Shenzhen"),
        ("150100", "呼和浩特市", "Hohhot"),
        ("340300", "蚌埠市", "Bengbu"),
        ("341500", "六安市", "Lu’an"),
        ("440113", "番禺区", "Panyu District"),
        ("440232", "乳源瑶族自治县", "Ruyuan Yao Autonomous County"),
        ("654223", "沙湾县", ""),  # how it writes itself is not known for certain
    ],
)
def test_a_place_is_spelt_as_it_is_read_or_not_at_all(
    code: str, chinese: str, english: str
) -> None:
    assert (region_name(code), region_english(code)) == (chinese, english)


def test_of_very_many_addresses_the_sitemap_is_an_index_of_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 4)
    output = Output(tmp_path, environment(ROOT / "templates", SiteSettings()))
    addresses = [f"page-{n}/" for n in range(9)]
    sitemap.write_sitemap(output, "https://example.org", addresses)
    index = (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    parts = re.findall(r"<loc>https://example.org/(sitemap-\d\.xml)</loc>", index)
    found = [(tmp_path / part).read_text(encoding="utf-8") for part in parts]
    told = [re.findall(r"<loc>https://example.org/([^<]+)</loc>", text) for text in found]
    assert [len(each) for each in told] == [4, 4, 1]
    assert [address for each in told for address in each] == addresses


def test_the_documents_of_a_dataset_go_on_over_pages(
    sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_pages, "MOST_HOLDERS", 2)
    read, settings = read_packages(sites.sample().packages), SiteSettings()
    output = Output(tmp_path, environment(ROOT / "templates", settings))
    provide(output, write_assets(output, ROOT / "templates"), {})
    name_build(output, "")
    known = {"cards": Cards({}), "linked_data": linked_data, "written": {}}
    output.templates.globals.update(**known, data_files=DataFiles())
    catalogue = catalogue_of(read, settings, {}, {})
    none = EarlierFiles(None, tmp_path, ""), Store(tmp_path / "kept")
    with Summaries() as summaries:
        kept = KeptPages(output, summaries, *none)
        dataset_pages.write_datasets(output, kept, read, {}, catalogue, AllDownloads((), {}))
    at = tmp_path / "datasets/facts"
    folders = [at, *sorted(each for each in at.iterdir() if each.name.isdigit())]
    texts = [(each / "index.html").read_text(encoding="utf-8") for each in folders]
    held = [re.findall(r'<li><a href="(?:\.\./)+departments/([^"]+)/"', text) for text in texts]
    assert [id_ for each in held for id_ in each] == [p.id for p in read.disclosures]
    assert {len(each) for each in held[:-1]} == {2}
    assert ['id="dictionary"' in text for text in texts] == [each is at for each in folders]
