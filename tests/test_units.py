"""One table of units: whatever reads, checks, publishes or looks up an amount knows all of them."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from generator.meaning.amounts import FACTORS, UNITS, UNITS_ENGLISH
from generator.packages.resources import dictionary
from generator.website.search.search_tokens import tokens
from generator.website.wording import words
from tests.doors import DISCLOSURES, FIVE, ROOT, Read, read_text
from tests.made_city import EXPENDITURE, FRONT, SUMMARY
from tests.pdf.reading import read_bytes
from tests.pdf.ruled import Sheet, made

TEXTS = sorted(DISCLOSURES.glob("*.txt"))
SCRIPT = (ROOT / "templates/assets/search-words.js").read_text(encoding="utf-8")


def _in_unit(path: Path, unit: str) -> Read:
    """A disclosure in which every 万元 is another unit, so that nothing else changes."""
    text = path.read_text(encoding="utf-8")  # some are broken over lines
    return read_text(re.sub(r"万(\s*)元", rf"{unit[:-1]}\1元", text))


def _findings(read: Read) -> Counter[tuple[str, str]]:
    return Counter((each.rule, each.outcome) for each in read.findings)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("unit", ["百万元", "千元"])
def test_a_disclosure_in_another_unit_is_read_and_checked_alike(path: Path, unit: str) -> None:
    known, other = _in_unit(path, "万元"), _in_unit(path, unit)
    assert other.codes == known.codes
    factor = FACTORS[unit] / FACTORS["万元"]
    assert [f.amount for f in other.disclosure.facts] == [
        f.amount * factor for f in known.disclosure.facts
    ]
    assert [(s.subject, s.measure, s.printed) for s in other.disclosure.statements] == [
        (s.subject, s.measure, s.printed) for s in known.disclosure.statements
    ]
    stated = Counter(s.printed_unit for s in other.disclosure.statements)
    assert stated[unit] == sum(s.printed_unit == "万元" for s in known.disclosure.statements) > 0
    assert _findings(other) == _findings(known)


def test_each_unit_has_its_words_and_is_allowed_in_the_packages() -> None:
    assert len(FIVE) == len(TEXTS)
    assert tuple(UNITS_ENGLISH) == tuple(words.UNITS) == UNITS
    assert tuple(dictionary()["printed_unit"].constraints["enum"]) == UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_an_amount_in_each_unit_is_found_in_yuan(unit: str) -> None:
    assert f"={Decimal(3) * FACTORS[unit]:f}" in tokens(f"3{unit}")


def test_the_script_of_the_search_knows_the_same_units() -> None:
    line = re.search(r"const ZEROS = \{(.*)\}", SCRIPT)
    assert line
    zeros = re.findall(r"(\w+|\"\"): (\d)", line[1])
    found = {size.strip('"'): Decimal(10) ** int(count) for size, count in zeros}
    english = {"million": Decimal(10**6), "billion": Decimal(10**9)}
    assert found == {unit.removesuffix("元"): factor for unit, factor in FACTORS.items()} | english
    sizes = re.search(r'const SIZES = "\((.*)\)\?"', SCRIPT)
    assert sizes and {f"{each}元" for each in ("", *sizes[1].split("|"))} == set(UNITS)


@pytest.mark.parametrize(
    ("greatest", "code", "amount"),
    [("100.00", "unit-from-table", Decimal("1000000.00")), ("100.01", "unit-missing", None)],
)
def test_a_unit_that_is_not_printed_is_that_of_the_table_with_the_same_total(
    greatest: str, code: str, amount: Decimal | None
) -> None:
    cells = [tuple(text.replace("100.00", greatest) for text in row) for row in EXPENDITURE.cells]
    read = read_bytes(made([FRONT, SUMMARY, Sheet(EXPENDITURE.above[:1], cells)]))
    codes = {each.code for each in read.problems} & {"unit-from-table", "unit-missing"}
    assert codes == {code}
    found = [
        each.amount for each in read.disclosures[0].facts if each.table == "budget-expenditure"
    ]
    assert found[:1] == ([amount] if amount else [])


def test_a_unit_and_the_numbers_of_columns_are_told_in_odd_forms() -> None:
    """The unit is wrapped behind the name; ``**`` stands for each number; 序 counts rows."""
    above = ("某市信访局2026年部门支出总表", "单位：万", "部门名称：某市信访局 元")
    head = ("序", "单位（项目）名称", "项目金额", "项目简介")
    rows = [("**",) * 4, ("1", "热线", "7.00", "运行"), ("2", "大厅", "3.00", "维护")]
    read = read_bytes(made([FRONT, SUMMARY, Sheet(above, [head, *rows])]))
    facts = [each for each in read.disclosures[0].facts if each.table == "budget-expenditure"]
    assert [(each.label, each.amount) for each in facts] == [
        ("热线", Decimal("70000.00")),
        ("大厅", Decimal("30000.00")),
    ]
    assert not {"unit-missing", "amount-not-a-number"} & {each.code for each in read.problems}
