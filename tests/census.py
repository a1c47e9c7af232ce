"""A second reader of the tables, by regular expressions only: which amounts each table prints.

It shares no code and no definitions with ``generator``, knows no columns and no rows, and serves
to prove that the real reader takes every printed amount once, and no other.
"""

from __future__ import annotations

import re
from collections import Counter

# As each table's heading is printed, without spaces; the table's file in the package.
TITLES = {
    "收支总体情况表": "budget-summary",
    "收入总体情况表": "budget-income",
    "支出总体情况表": "budget-expenditure",
    "财政拨款收支总体情况表": "budget-appropriation-summary",
    "一般公共预算支出情况表（按功能分类科目）": "budget-general-public-by-function",
    "一般公共预算基本支出情况表（按经济分类科目）": (
        "budget-general-public-basic-by-economic-class"
    ),
    "一般公共预算项目支出情况表（按经济分类科目）": (
        "budget-general-public-project-by-economic-class"
    ),
    "财政拨款安排的行政经费及“三公”经费预算表": "budget-operating-and-three-public",
    "政府性基金预算支出情况表": "budget-government-managed-funds",
    "国有资本经营预算支出情况表": "budget-state-capital-operations",
    "部门预算基本支出预算表": "budget-basic-by-unit",
    "部门预算项目支出及其他支出预算表": "budget-project-by-unit",
    "收入支出决算总表": "final-summary",
    "收入决算表": "final-income",
    "支出决算表": "final-expenditure",
    "财政拨款收入支出决算总表": "final-appropriation-summary",
    "一般公共预算财政拨款支出决算表": "final-general-public",
    "一般公共预算财政拨款基本支出决算表": "final-general-public-basic",
    "一般公共预算财政拨款“三公”经费支出决算表": "final-three-public",
    "政府性基金预算财政拨款收入支出决算表": "final-government-managed-funds",
    "国有资本经营预算财政拨款支出决算表": "final-state-capital-operations",
    "非税收入征缴情况表": "final-non-tax-revenue",
}
_AMOUNT = re.compile(r"(?<!\S)\d[\d,]*\.\d\d(?!\S)")
_SECOND_PART = re.compile(r"^\s*第二部分.*$", re.MULTILINE)
_THIRD_PART = re.compile(r"^\s*第三部分.*$", re.MULTILINE)


def second_part(text: str) -> str:
    """The text between the last heading of 第二部分 and the next one of 第三部分."""
    start = list(_SECOND_PART.finditer(text))[-1].end()
    end = _THIRD_PART.search(text, start)
    return text[start : end.start() if end else len(text)]


def amounts_by_table(text: str) -> dict[str, Counter[str]]:
    """How often each table prints each amount; a total row printed again is counted once."""
    census: dict[str, Counter[str]] = {}
    totals: set[tuple[str, str]] = set()
    table = ""
    for line in second_part(text).splitlines():
        plain = re.sub(r"\s", "", line)
        table = TITLES.get(plain, table)
        if (table, plain) in totals:
            continue
        if plain.startswith("合计"):
            totals.add((table, plain))
        if found := _AMOUNT.findall(line):
            census.setdefault(table, Counter()).update(found)
    return census
