"""The index of many made records: merged from parts, in small files, read block by block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playwright.sync_api import Browser, Page

from generator.defaults import TEMPLATES
from generator.website.output.assets import write_modules
from generator.website.output.folder import Output
from generator.website.search.found import made
from generator.website.search.search_index import SearchIndex, write_search_index
from generator.website.search.search_part import PartDepartment, PartDisclosure, pack
from tests.served import serve

DEPARTMENTS, YEARS, ROWS = 6, (2023, 2024, 2025), 400
LARGEST = 100_000  # bytes of a file


def part(number: int) -> bytes:
    """What can be found of one department: rows of the same name, and one of a name of its own."""
    name = f"第{number}市试验局"
    disclosures = tuple(PartDisclosure(year, n % 2, name, "") for n, year in enumerate(YEARS))
    region = f"4401{number:02}" if number else "440100"
    who = PartDepartment(f"d{number}", (name,), region, f"第{number}区", disclosures)
    rows = [
        made(
            "表行", (1, "~", -year, who.id, at), [f"业务支出{'其他' * (at % 50 == 0)}"], (n,),
            t="业务支出", h="x/", a=[["合计", f"{at}.00"]],
        )
        for n, year in enumerate(YEARS)
        for at in range(ROWS)
    ]  # fmt: skip
    text = made(
        "文字", (0, who.id), ["很长的文字" * 30_000], (0,), t="文字", s="很长的文字" * 30_000
    )
    return pack(who, [*rows, text, made("部门", (0, who.id), [name], (0, 1, 2), t=name, h="y/")])


def terms() -> bytes:
    """What belongs to no department."""
    return pack(None, [made("名词", (0, "z"), ["业务支出"], (), t="业务支出", h="z/")])


def written(folder: Path, parts: Iterator[bytes] | list[bytes]) -> tuple[SearchIndex, Path]:
    folder.mkdir()
    output = Output(folder, jinja2.Environment(autoescape=True))
    index = write_search_index(output, parts)
    write_modules(output, TEMPLATES)
    return index, folder / index.address


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchIndex, Path]:
    parts = [terms(), *map(part, range(DEPARTMENTS))]
    return written(tmp_path_factory.mktemp("search") / "site", parts)


@pytest.fixture(scope="module")
def asked(browser: Browser, merged: tuple[SearchIndex, Path]) -> Iterator[Page]:
    """A page on which `fresh` gives the index with nothing loaded."""
    index, folder = merged
    script = next(folder.parent.glob("search-index.*.js")).name
    with serve(folder.parent.parent) as address:
        page = browser.new_page()
        page.goto(f"{address}assets/{script}")
        page.evaluate(
            """async ([script, folder]) => {
              const { Index } = await import(script);
              window.fresh = () => new Index(new URL(folder));
            }""",
            [f"{address}assets/{script}", f"{address}{index.address}"],
        )
        yield page
        page.close()


def loaded(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def test_the_order_of_the_parts_is_no_matter(
    merged: tuple[SearchIndex, Path], tmp_path: Path
) -> None:
    parts = reversed([*map(part, range(DEPARTMENTS)), terms()])
    other = written(tmp_path / "site", iter(parts))
    assert other[0] == merged[0]
    for file in merged[1].iterdir():
        assert (other[1] / file.name).read_bytes() == file.read_bytes()


def test_no_file_is_large(merged: tuple[SearchIndex, Path]) -> None:
    assert max(file.stat().st_size for file in merged[1].iterdir()) <= LARGEST


def test_a_token_finds_all_that_has_it_the_best_first(merged: tuple[SearchIndex, Path]) -> None:
    folder = merged[1]
    files = [loaded(folder, file.stem) for file in folder.glob("t*.json")]
    entry = next(file["支出"] for file in files if "支出" in file)
    gaps = [loaded(folder, f"b{entry['block'] + n}") for n in range(len(entry["firsts"]))]
    numbers = [number for block in gaps for number in accumulate(block[::2])]
    assert len(gaps) > 1
    assert [next(accumulate(block[::2])) for block in gaps] == entry["firsts"]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == DEPARTMENTS * len(YEARS) * ROWS + 1 == sum(entry["counts"])


def find(page: Page, query: str, filters: dict[str, str], blocks: int, wanted: int) -> Any:
    return page.evaluate(
        """async ([query, filters, blocks, wanted]) => {
          const asked = fresh();
          const found = await asked.find(query, filters, blocks, wanted);
          const facets = await asked.facets(found);
          return { groups: found.groups, cut: found.cut,
            facets: Object.fromEntries(Object.entries(facets).map(([k, v]) => [k, [...v]])) };
        }""",
        [query, filters, blocks, wanted],
    )


def rows(found: Any) -> Any:
    return next(group for group in found["groups"] if group["word"] == "表行")


def test_of_a_common_word_the_best_are_loaded_and_the_rest_is_said_to_be_more(asked: Page) -> None:
    group = rows(find(asked, "业务支出", {}, 4, 20))
    assert 20 <= len(group["ids"]) < DEPARTMENTS * len(YEARS) * ROWS
    assert not group["complete"]
    whole = rows(find(asked, "业务支出", {}, 100, 10_000))
    assert whole["complete"]
    assert whole["ids"][: len(group["ids"])] == group["ids"]
    assert len(whole["ids"]) == DEPARTMENTS * len(YEARS) * ROWS


def test_a_common_token_alone_is_counted_without_being_loaded(asked: Page) -> None:
    group = rows(find(asked, "支出", {}, 1, 5))
    assert group["known"] == DEPARTMENTS * len(YEARS) * ROWS
    assert not group["complete"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"year": "2024"}, DEPARTMENTS * ROWS),
        ({"disclosure": "预算"}, DEPARTMENTS * 2 * ROWS),
        ({"place": "440103"}, len(YEARS) * ROWS),
        ({"place": "440100"}, DEPARTMENTS * len(YEARS) * ROWS),
        ({"place": "440103", "year": "2023"}, ROWS),
        ({"place": "999999"}, 0),
    ],
)
def test_what_is_found_is_narrowed_by_place_year_and_kind(
    asked: Page, filters: dict[str, str], expected: int
) -> None:
    found = find(asked, "业务支出", filters, 100, 10_000)
    assert len(rows(found)["ids"]) == expected


@pytest.mark.parametrize(("query", "year"), [("业务支出 2023", ""), ("业务支出", "2023")])
def test_blocks_that_have_nothing_of_a_year_are_passed_over(
    asked: Page, query: str, year: str
) -> None:
    """Three tokens, each with a block to begin with and one that has the year."""
    assert len(rows(find(asked, query, {"year": year}, 6, 20))["ids"]) >= 20


def test_facets_count_what_a_choice_would_leave(asked: Page) -> None:
    facets = find(asked, "业务支出 其他", {}, 100, 10_000)["facets"]
    few = ROWS // 50
    assert dict(facets["year"]) == {str(year): DEPARTMENTS * few for year in YEARS}
    assert dict(facets["disclosure"]) == {"预算": 2 * DEPARTMENTS * few, "决算": DEPARTMENTS * few}
    assert dict(facets["place"])["440103"] == len(YEARS) * few
    assert dict(facets["place"])["440100"] == DEPARTMENTS * len(YEARS) * few


def test_the_name_of_a_department_and_a_year_are_context(asked: Page) -> None:
    found = find(asked, "第3市试验局 2024 业务支出", {}, 100, 10_000)
    assert len(rows(found)["ids"]) == ROWS


@pytest.mark.parametrize("query", ["第3市试验局 2024 业务支出", "2024年决算 业务支出"])
def test_names_and_years_beside_a_common_word_do_not_spend_what_finds_it(
    asked: Page, query: str
) -> None:
    """A piece for each of the word's three tokens; what names the disclosure has its own."""
    assert len(rows(find(asked, query, {}, 3, 20))["ids"]) >= 20
