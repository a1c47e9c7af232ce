"""The pages about many departments stay small, lead to all of them, and are in order."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from decimal import Decimal
from os.path import normpath
from pathlib import Path

import pytest

from generator.website.everyone import all_projects
from generator.website.everyone.codes import read_codes, upper_levels
from generator.website.everyone.summaries import Summaries
from tests.made_summaries import BUREAUS, PLACES, made_country, made_summaries, write_lists
from tests.website_pages import Page

DEPARTMENTS = 210
MOST_BYTES, MOST_NODES = 150 * 1024, 3000


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_projects, "MOST_FETCHED", 2)  # pages: of more there is an index
        folder = tmp_path_factory.mktemp("lists") / "site"
        return write_lists(folder, [*made_summaries(DEPARTMENTS)])


@pytest.fixture(scope="module", params=["", "en/"])
def home(lists: Path, request: pytest.FixtureRequest) -> Path:
    """The home page's folder of one language."""
    return lists / str(request.param)


def test_no_page_is_too_large(lists: Path) -> None:
    assert_small(lists)


def test_no_page_of_a_whole_country_is_too_large(tmp_path: Path) -> None:
    assert_small(write_lists(tmp_path / "site", [*made_country()]))


def assert_small(site: Path) -> None:
    for page in site.rglob("*.html"):
        data = page.read_bytes()
        assert len(re.findall(rb"<[a-z]", data)) <= MOST_NODES, page
        assert len(gzip.compress(data, 1)) <= MOST_BYTES, page


def test_every_link_to_a_list_leads_to_one(home: Path) -> None:
    """Pages of departments, what people write, and downloads are not made here."""
    elsewhere = re.compile(r"made-|(^|/)(downloads|charts|datasets|assets)/|https:|[.](svg|png)$")
    written = ("search", "datasets", "method", "about", "how-to-read", "data-guide", "corrections")
    wrong = []
    for page in home.rglob("*.html"):
        for link in {*_links(page)}:
            target = Path(normpath(page.parent / link))
            if not (elsewhere.search(link) or target.name in written):
                file = target if link.endswith(".html") else target / "index.html"
                wrong += [] if file.is_file() else [(page, link)]
    assert wrong == []


def test_every_department_is_within_three_links_of_home(home: Path) -> None:
    found, seen = {home / "index.html"}, {home / "index.html"}
    reached: set[str] = set()
    for _ in range(3):
        links = {Path(normpath(page.parent / link)) for page in found for link in _links(page)}
        reached |= {each.name for each in links if each.parent == home / "departments"}
        found = {each / "index.html" for each in links if (each / "index.html").is_file()} - seen
        seen |= found
    assert {f"made-{n:04}" for n in range(1, DEPARTMENTS + 1)} <= reached


def _links(page: Path) -> Iterator[str]:
    yield from re.findall(r' href="(?!data:)([^"#]+)', page.read_text(encoding="utf-8"))


def _numbered(page: Path) -> bool:
    return page.name.isdigit()


def _number(page: Path) -> int:
    return int(page.name)


def amounts(lists: Path, at: str, table: str) -> list[Decimal]:
    """The first printed amounts of the rows of a list over all its pages, in their order."""
    folders = [lists / at, *sorted(filter(_numbered, (lists / at).iterdir()), key=_number)]
    found = []
    for folder in folders:
        text = (folder / "index.html").read_text(encoding="utf-8")
        body = re.search(rf'id="{table}".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
        assert body, folder
        for row in re.findall(r"<tr.*?</tr>", body[1], re.DOTALL):
            values = re.findall(r'data-v="([^"]+)"><a', row)
            found.append(Decimal(values[0]) if values else Decimal(0))
    return found


@pytest.mark.parametrize(
    ("at", "table", "count"),
    [
        ("departments/all/by-amount/", "list-of-departments", DEPARTMENTS),
        ("places/440000/by-amount/", "list-of-departments", DEPARTMENTS * 4 // 7),
        ("kinds/finance/by-amount/", "list-of-departments", DEPARTMENTS // len(BUREAUS)),
        ("projects/", "projects", DEPARTMENTS * 2),
        ("projects/2025-budget/", "projects", DEPARTMENTS),
        ("projects/in/440000/", "projects", DEPARTMENTS * 8 // 7),
        ("projects/of/finance/", "projects", DEPARTMENTS * 2 // len(BUREAUS)),
        ("compare/2025-budget/finance/city/", "board", DEPARTMENTS * 3 // 21),
    ],
)
def test_a_list_has_all_in_order(home: Path, at: str, table: str, count: int) -> None:
    found = amounts(home, at, table)
    assert len(found) == count
    assert found == sorted(found, reverse=True)


def test_those_who_spend_under_a_code_are_listed_to_the_last(lists: Path) -> None:
    first = Page(lists / "codes/functional/206/index.html")
    assert f"{DEPARTMENTS}个部门列了支出" in first.text
    assert "../../../codes/functional/206/2025-budget/" in first.links
    folder = lists / "codes/functional/206/2025-budget"
    rows = re.compile(r'<th scope="row">.*?<td class="n" data-v="([^"]+)"', re.DOTALL)
    found = [
        Decimal(value)
        for page in [folder, *sorted(folder.glob("[0-9]*"))]
        for value in rows.findall((page / "index.html").read_text(encoding="utf-8"))
    ]
    assert len(found) == DEPARTMENTS
    assert found == sorted(found, reverse=True)


def test_only_like_departments_are_compared_where_there_are_many(lists: Path) -> None:
    page = Page(lists / "compare/2025-budget/index.html")
    assert 'id="board"' not in page.path.read_text(encoding="utf-8")
    groups = {link for link in page.links if link.startswith("../../compare/2025-budget/")}
    levels = {level or "unknown" for _, _, level in PLACES}
    assert len(groups) == len(BUREAUS) * len(levels)
    group = (lists / "compare/2025-budget/finance/city/index.html").read_text(encoding="utf-8")
    assert "教育局" not in group
    assert "深圳市第" in group


def test_expenditure_per_resident_is_said_only_where_residents_are_known(lists: Path) -> None:
    page = lists / "compare/2025-budget/finance/city/index.html"
    text = page.read_text(encoding="utf-8")
    assert "广东省第七次全国人口普查公报" in text
    rows = re.findall(r"<tr>.*?</tr>", text.split('id="board"')[1], re.DOTALL)
    guangzhou, chengdu = (next(r for r in rows if f"{w}市第" in r) for w in ("广州", "成都"))
    whole = Decimal(re.findall(r'data-v="([^"]+)"><a', guangzhou)[0])
    cell = re.compile(r'<td class="n"(?: data-v="[^"]+")?>(?:<span[^>]*>)?([^<]+)(?:</span>)?</td>')
    # Of like departments shares come first: of projects, of the “three public”, and per resident.
    assert cell.findall(guangzhou) == ["50.0%", "1.0%", f"{whole / 18676605:.2f}"]
    assert cell.findall(chengdu) == ["50.0%", "1.0%", "—"]
    unlike = (lists / "compare/2025-budget/unknown/city/index.html").read_text(encoding="utf-8")
    assert "人均支出" not in unlike


def test_each_contradiction_is_told_once(home: Path) -> None:
    at = home / "contradictions"
    folders = [at, *filter(_numbered, at.iterdir())]
    texts = [(each / "index.html").read_text(encoding="utf-8") for each in folders]
    assert len(folders) > 1
    assert sum(text.count('<li class="finding">') for text in texts) == DEPARTMENTS // 3 * 2


def test_a_place_leads_down_and_a_kind_is_told_or_said_to_be_unknown(lists: Path) -> None:
    province = Page(lists / "places/440000/index.html")
    assert {"../../places/440100/", "../../places/440300/"} <= set(province.links)
    assert "../../places/440000/finance/" in province.links
    assert "../../places/440105/" in Page(lists / "places/440100/index.html").links
    assert "认不出种类" in Page(lists / "kinds/unknown/index.html").text
    assert "没有写明地方" in Page(lists / "places/index.html").text
    assert (lists / "places/unknown/index.html").is_file()


def test_the_map_has_a_tile_for_each_province_and_leads_to_those_with_departments(
    home: Path,
) -> None:
    text = (home / "places/index.html").read_text(encoding="utf-8")
    tiles = re.findall(r'<li class="r\d c\d">(.*?)</li>', text, re.DOTALL)
    assert len(tiles) == 34
    assert sum("<a " in tile for tile in tiles) == 3


def test_a_term_that_many_explain_has_a_page_of_all_wordings(lists: Path) -> None:
    glossary = (lists / "glossary/index.html").read_text(encoding="utf-8")
    assert "第7种说法" not in glossary
    link = re.search(r'href="\.\./(glossary/[a-z-]+/)"[^>]*>各份文件的全部说法', glossary)
    assert link
    folder = lists / link[1]
    pages = [folder, *filter(_numbered, folder.iterdir())]
    texts = [(each / "index.html").read_text(encoding="utf-8") for each in pages]
    told = [text for page in texts for text in re.findall(r"第\d+种说法。", page)]
    assert len(told) == len(set(told)) == 40
    others = (lists / "glossary/others/index.html").read_text(encoding="utf-8")
    assert (
        len(re.findall(r"名词\d+</a>", others)) + len(re.findall(r">名词\d+</dt>", glossary)) == 70
    )


def test_what_changed_goes_on_over_pages(lists: Path) -> None:
    pages = [lists / "changes", *filter(_numbered, (lists / "changes").iterdir())]
    texts = [(each / "index.html").read_text(encoding="utf-8") for each in pages]
    assert (
        sum(len(re.findall(r'<li id="v1\.0\.0-made-', text)) for text in texts) == DEPARTMENTS * 2
    )


def test_of_very_many_codes_the_upper_levels_stand_on_one_page() -> None:
    classes = [str(number) for number in range(201, 231)]
    sections = [f"{each}{number:02}" for each in classes for number in range(1, 5)]
    items = [f"{each}{number:02}" for each in sections for number in range(1, 9)]
    rows = [{"code": code, "name": code} for code in (*classes, *sections, *items)]
    with Summaries() as summaries:
        codes = read_codes(summaries, {"functional": rows})
    assert [each.code for each in upper_levels(codes)] == sorted([*classes, *sections])
    assert upper_levels(codes[:50]) == codes[:50]
