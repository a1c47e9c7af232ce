"""Real disclosures, where they are at hand: they are for trying only and never committed."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from generator.checks.run import run_checks
from generator.meaning.departments import Departments
from generator.models import Disclosure
from generator.pdf.limits import Limits
from generator.read import Reading, Task, read_file
from generator.workers import Died, run_all
from tests.pdf.reading import differing, errors, published
from tests.pdf.settings import ROOT

SHARED = ROOT.parent / "shared" / "disclosures"
GUANGZHOU = sorted(SHARED.glob("guangzhou/2026-budget-*.pdf"))
NATIONAL = sorted(SHARED.glob("*/2024-final-*.pdf"))
ALL = sorted(SHARED.glob("*/*.pdf"))
_LABEL = re.compile(r"^表(\d{1,2})$")
_AMOUNT = re.compile(r"^-?\d[\d,]*\.\d\d$")

pytestmark = pytest.mark.skipif(
    not ALL, reason=f"{SHARED} is absent: real disclosures are not committed"
)


@cache
def readings() -> dict[Path, Reading | Died]:
    """All files, each read in a worker with limits as in a build."""
    tasks = [Task(path, SHARED, Departments(()), Limits()) for path in ALL]
    ended = run_all(read_file, tasks, jobs=2, seconds=60, memory_mb=1024)
    return {ALL[index]: result for index, result in ended}


def reading_of(path: Path) -> Reading:
    result = readings()[path]
    assert isinstance(result, Reading), result
    return result


def census(words: Iterable[str]) -> dict[int, Counter[str]]:
    """How often each amount is printed in 第二部分, by the label 表N that stands above it."""
    found: dict[int, Counter[str]] = {}
    table = part = 0
    for text in words:
        part = 2 if text.startswith("第二部分") else 3 if text.startswith("第三部分") else part
        if part == 2 and (label := _LABEL.match(text)):
            table = int(label.group(1))
            found[table] = Counter()
        elif part == 2 and table and _AMOUNT.match(text):
            found[table][text] += 1
    return found


def quick_words(path: Path) -> Iterator[str]:
    """The words behind the first two pages, as PDFium parts them."""
    with pypdfium2.PdfDocument(path) as document:
        for number in range(2, len(document)):
            yield from document[number].get_textpage().get_text_bounded().split()


def words_by_place(path: Path) -> Iterator[str]:
    """The same by the gaps between characters: right where cells stand close, 30 times slower."""
    with pdfplumber.open(path) as document:
        for page in document.pages[2:]:
            yield from (word["text"] for word in page.extract_words(x_tolerance=0.5))
            page.close()


def test_all_nine_are_there() -> None:
    assert len(GUANGZHOU) == 9
    with (SHARED / "INDEX.csv").open(encoding="utf-8-sig") as index:
        assert len(list(csv.reader(index))) - 1 == len(ALL)


@pytest.mark.parametrize("path", GUANGZHOU, ids=lambda path: path.stem)
def test_a_guangzhou_budget_gives_its_twelve_tables(path: Path) -> None:
    reading = reading_of(path)
    assert [str(problem) for problem in errors(reading)] == []
    disclosure = published(reading)
    standard = [table for table in disclosure.extract.tables if table.id != "key-projects"]
    assert len(standard) == 12
    assert [finding.sentence for finding in differing(disclosure)] == []


@pytest.mark.parametrize("path", GUANGZHOU, ids=lambda path: path.stem)
def test_each_amount_of_a_guangzhou_budget_is_read_once(path: Path) -> None:
    """Table by table, the amounts that are read are those of the text layer, and no others."""
    disclosure = published(reading_of(path))
    order = [t.id for t in disclosure.extract.tables if t.id != "key-projects"]
    read = {number: Counter[str]() for number in range(1, 13)}
    for fact in disclosure.facts:
        read[order.index(fact.table) + 1][fact.printed] += 1
    assert read == census(quick_words(path)) or read == census(words_by_place(path))


def national_census(path: Path) -> Counter[str]:
    """How often each amount is printed on the pages of the tables: those that have rulings."""
    found: Counter[str] = Counter()
    with pdfplumber.open(path) as document:
        for page in document.pages[2:]:
            text = "".join(page.extract_text().split())
            if "第三部分" in text:
                break
            for word in page.extract_words(x_tolerance=0.5):
                found[word["text"]] += bool(_AMOUNT.match(word["text"]))
            page.close()
    return +found


@pytest.mark.parametrize("path", NATIONAL, ids=lambda path: path.stem)
def test_each_amount_of_national_final_accounts_is_read_once(path: Path) -> None:
    read = Counter(fact.printed for fact in published(reading_of(path)).facts)
    assert read == national_census(path)


@pytest.mark.parametrize("path", NATIONAL, ids=lambda path: path.stem)
def test_national_final_accounts_give_their_tables_and_prose(path: Path) -> None:
    """One of them was given errors: a table is missing, and one is blank."""
    reading = reading_of(path)
    spoilt = "seeded-errors" in path.name
    assert [each.code for each in errors(reading)] == ["table-missing"] * spoilt
    extract = published(reading).extract
    assert len(extract.tables) == 9 - spoilt
    headings = [each.heading for each in extract.sections if each.part == 3 and each.level == 1]
    assert len(headings) == 11
    assert all(headings)
    terms = [each.heading for each in extract.sections if each.topic == "glossary"]
    assert len(terms) >= 11
    assert {"基本支出", "项目支出", "机关运行经费"} <= set(terms)


def _says_something(disclosure: Disclosure) -> bool:
    """Whether there are amounts, or prose alone, whose tables may stand in another file."""
    return bool(disclosure.facts or (disclosure.extract.sections and not disclosure.extract.tables))


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_file_is_read_or_its_problem_is_named(path: Path) -> None:
    reading = reading_of(path)
    codes = {problem.code for problem in reading.problems}
    assert not codes & {"reader-failed", "reader-died", "time-limit"}
    assert any(_says_something(each) for each in reading.disclosures) or errors(reading)


#: Files without tables of their own: prose alone, scans, an annex.
WITHOUT_TABLES = ("narrative", "perf-annex")
#: Contradictions that are printed so: each was looked up in its file.
PRINTED_SO = {
    ("长春市信访局本级", "row-sum"): 2,
    ("长春市信访局本级", "tree-sum"): 1,
    ("杭州市交通运输局", "tree-sum"): 1,
}


def by_coordinates() -> dict[Path, Disclosure]:
    found = {path: reading_of(path).disclosures for path in ALL}
    return {
        path: each[0] for path, each in found.items() if each and each[0].extract.by_coordinates
    }


def test_budgets_of_all_places_give_their_standard_tables() -> None:
    expected = [
        p for p in ALL if "budget" in p.name and not any(w in p.name for w in WITHOUT_TABLES)
    ]
    read = by_coordinates()
    others = [path for path in expected if path.parent.name != "guangzhou"]
    assert {path for path in others if path in read} == set(others)
    assert all(len(read[path].extract.tables) >= 8 for path in others)


def test_no_amount_of_any_place_is_lost() -> None:
    for path, disclosure in by_coordinates().items():
        for table in disclosure.extract.tables:
            assert table.account is not None, path
            assert table.account.lost == 0, (path, table.id)
            accounted = table.account.published + table.account.repeated + table.account.named
            assert table.account.printed == accounted, (path, table.id)


def test_amounts_of_all_places_are_confirmed_by_the_text_layer() -> None:
    facts = [fact for each in by_coordinates().values() for fact in each.facts]
    assert sum(len(fact.routes) > 1 for fact in facts) >= 0.99 * len(facts)


def test_only_what_is_printed_so_contradicts_itself() -> None:
    found = Counter(
        (path.stem.rpartition("-")[2], finding.rule)
        for path, disclosure in by_coordinates().items()
        for finding in run_checks(disclosure).findings
        if finding.outcome == "differs"
    )
    assert found == PRINTED_SO
