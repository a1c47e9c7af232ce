"""Words and single figures of a published text are changed: the rule names the place.

The base of most is the text of which nothing is said as it stands.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.checks import run_checks
from generator.checks.catalogue import rules
from generator.models import Disagreement, Disclosure, Finding
from tests.doors import DISCLOSURES, Read, extract, read_source, read_text, rows
from tests.mutations import Baseline, Place, bad, name_of, places, printed_at, with_amount
from tests.records import with_record

BUDGET, ACCOUNTS = "huadu-2025-budget", "haizhu-2020-final-accounts"
WITH_UNITS = "panyu-2024-budget"

#: Text, rule, the printed words (the last time they stand there), and what is put in their place.
SLIPS = [
    (BUDGET, "placeholder", "数字政府项目17个", "数字政府项目XX个"),
    (BUDGET, "placeholder", "比上年减少0.15万元", "比上年增加（减少）0.15万元"),
    (BUDGET, "doubled-punctuation", "汽油费及过路费相应减少；", "汽油费及过路费相应减少。；"),
    (BUDGET, "doubled-word", "主要原因是增加数字", "主要原因是是增加数字"),
    (BUDGET, "reason-cut-off", "主要原因是增加数字政府项目17个。", "主要原因是。"),
    (BUDGET, "stated-year", "2025年本部门政府采购", "2024年本部门政府采购"),
    (BUDGET, "as-of-date", "截至2025年2月28日", "截至2021年2月28日"),
    (BUDGET, "unit-slip", "固定资产金额25,488.29", "固定资产金额254,882,900.00"),
    (BUDGET, "unit-slip", "机关运行经费安排871.5万元", "机关运行经费安排8715000万元"),
    (BUDGET, "growth-without-base", "增长--（基数为0，不可比）", "增长100%"),
    (BUDGET, "growth-without-base", "下降5.2%", "下降--"),
    (BUDGET, "direction", "下降5.2%", "增长5.2%"),
    (BUDGET, "direction", "增加2,950.67万元，增长68.3%", "减少2,950.67万元，增长68.3%"),
    (BUDGET, "title-year", "第三部分 2025年部门预算", "第三部分 2024年部门预算"),
    (BUDGET, "title-department", "第一部分 广州市花都区政务服务和", "第一部分 广州市花都区"),
    (BUDGET, "code-name", "[20103]政府办公厅（室）及相关机构事务", "[20103]政府办公厅"),
    (WITH_UNITS, "units", "广州市番禺区政务服务中心 838.82", "广州市番禺区政务事务中心 838.82"),
    (BUDGET, "code-parent", "[20103]", "[20104]"),
    (BUDGET, "note-names-other-fund", "注：本表本年无发生额", "注：本表无政府性基金预算支出"),
    (ACCOUNTS, "comparison", "决算小于 预算数", "决算大于 预算数"),
    (ACCOUNTS, "as-of-date", "截至 2020 年 12 月 31 日", "截至 2020 年 11 月 30 日"),
    (ACCOUNTS, "limit", "授予中小企业合同金额 789.62", "授予中小企业合同金额 989.62"),
    (ACCOUNTS, "share", "授予中小企业合同金额 789.62", "授予中小企业合同金额 689.62"),
    (ACCOUNTS, "over-budget", "决算为 1.50 万元，完成预算 3.64", "决算为 9.50 万元，完成预算 3.64"),
    (ACCOUNTS, "heading-figure", "（四）非税收入征缴情况", "（四）非税收入 9.99 万元征缴情况"),
]  # fmt: skip


@cache
def source(name: str) -> str:
    return (DISCLOSURES / f"{name}.txt").read_text(encoding="utf-8")


@cache
def published(name: str) -> Read:
    return read_source(f"{name}.txt")


def news(name: str, text: str) -> list[Finding]:
    baseline = Baseline(published(name).disclosure)
    return list(baseline.news(read_text(text).findings))


@pytest.mark.parametrize(("name", "rule", "printed", "other"), SLIPS)
def test_a_slip_is_reported_at_its_line(name: str, rule: str, printed: str, other: str) -> None:
    before, found, after = source(name).rpartition(printed)
    assert found, printed
    line = before.count("\n") + 1
    reported = [each for each in news(name, before + other + after) if each.rule == rule]
    assert reported, f"{rule} is silent"
    # A statement wraps over lines; a note stands at the end of its table.
    assert any(abs((each.line or 0) - line) <= 6 for each in reported), reported


@pytest.mark.parametrize("name", [BUDGET, ACCOUNTS])
def test_whatever_is_contradicted_can_be_published(name: str, tmp_path: Path) -> None:
    """Of a contradiction of words there are no two amounts, and nothing that counts for either."""
    text = source(name)
    for printed, other in ((slip[2], slip[3]) for slip in SLIPS if slip[0] == name):
        before, found, after = text.rpartition(printed)
        text = before + other + after if found else text
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / f"{name}.txt").write_text(text, encoding="utf-8")
    said = extract(tmp_path)
    assert "package-invalid" not in said.stderr
    (cases,) = (tmp_path / "packages").glob("*/*/cases.csv")
    assert ("" in {row["places"] for row in rows(cases)}) == (name == BUDGET)


def test_a_missing_part_is_reported() -> None:
    text = source(BUDGET).replace("政府采购", "政府买卖")
    assert "sections" in {each.rule for each in news(BUDGET, text)}


def test_a_table_of_the_contents_that_is_not_there_is_reported() -> None:
    lines = source(BUDGET).split("\n")
    title = "国有资本经营预算支出情况表"
    places_ = [number for number, line in enumerate(lines) if line.strip().endswith(title)]
    assert len(places_) == 2
    after = next(n for n in range(places_[1], len(lines)) if lines[n].strip() == "表11")
    del lines[places_[1] - 1 : after]
    assert "contents" in {each.rule for each in news(BUDGET, "\n".join(lines))}


def test_a_title_of_the_contents_whose_table_is_printed_is_no_accusation() -> None:
    """The rows stand there without their title: that the table is missing is not beyond doubt."""
    lines = source(BUDGET).split("\n")
    title = "国有资本经营预算支出情况表"
    number = [number for number, line in enumerate(lines) if line.strip().endswith(title)][-1]
    del lines[number]
    read = read_text("\n".join(lines))
    assert "table-missing" in read.codes
    assert "contents" not in {each.rule for each in news(BUDGET, "\n".join(lines))}
    assert ("contents", "cannot_tell") in {(each.rule, each.outcome) for each in read.findings}


def test_an_empty_table_of_a_fund_that_has_money_is_reported() -> None:
    read = published(BUDGET)
    fund = "budget-government-managed-funds"
    tables = tuple(
        replace(table, rows=()) if table.id == fund else table
        for table in read.disclosure.extract.tables
    )
    empty = replace(read.disclosure, extract=replace(read.disclosure.extract, tables=tables))
    held = {(each.rule, each.outcome) for each in run_checks(empty).findings}
    assert ("empty-table", "holds") in held
    (place,) = (
        each for each in places(empty)
        if printed_at(empty, each) == "budget-appropriation-summary.r2.income.amount"
    )  # fmt: skip
    after = run_checks(with_amount(empty, place, Decimal(100))).findings
    differs = [e for e in after if e.rule == "empty-table" and e.outcome == "differs"]
    assert [each.inputs[0] for each in differs] == [name_of(empty, place)]


def test_a_note_of_nothing_beside_amounts_is_reported() -> None:
    read = published(BUDGET).disclosure
    number = [table.id for table in read.extract.tables].index("budget-government-managed-funds")
    assert "无发生额" in "".join(read.extract.tables[number].notes)
    after = with_amount(read, Place(number, 0, 0), Decimal(100))
    found = [each for each in run_checks(after).findings if each.rule == "empty-table"]
    assert [(each.outcome, each.table) for each in found] == [
        ("differs", read.extract.tables[number].id)
    ]


def test_money_of_the_prose_beside_an_empty_table_is_reported() -> None:
    read = published(BUDGET).disclosure
    tables = tuple(
        replace(table, rows=()) if table.id == "budget-operating-and-three-public" else table
        for table in read.extract.tables
    )
    empty = replace(read, extract=replace(read.extract, tables=tables))
    findings = [e for e in run_checks(empty).findings if e.rule == "stated-nowhere"]
    subjects = {each.statement_id: each.subject for each in read.statements}
    assert "three_public_expenses" in {subjects[each.statement] for each in findings}


def test_the_year_before_is_compared() -> None:
    """7,267.81 less 2,950.67 is what last year's disclosure must print."""
    read = published(BUDGET).disclosure
    before = replace(read, extract=replace(read.extract, year=2024))
    totals = [
        p for p in places(before) if _is_total(before.extract.tables[p.table].rows[p.row].item)
    ]
    totals = [p for p in totals if before.extract.tables[p.table].id == "budget-summary"]
    agreeing = before
    for place in totals:
        agreeing = with_amount(agreeing, place, Decimal("-2950.67"))
    assert prior(read, before) == ["differs"] * 2
    assert prior(read, agreeing) == ["holds"] * 2


def _is_total(item: str) -> bool:
    return item in (
        "total_income", "total_expenditure", "current_year_income", "current_year_expenditure",
    )  # fmt: skip


def prior(now: Disclosure, before: Disclosure) -> list[str]:
    findings = run_checks(now, {(2024, "budget"): before}).findings
    subjects = {each.statement_id: each.subject for each in now.statements}
    return [
        each.outcome
        for each in findings
        if each.rule == "prior-year" and subjects[each.statement].startswith("total_")
    ]


def test_two_readings_that_differ_are_reported_and_accuse_nobody() -> None:
    read = published(BUDGET).disclosure
    fact = read.facts[7]
    other = Disagreement(fact.fact_id, "geometry:pdf", "other.pdf", "9,999.99", 3, 7)
    findings = run_checks(replace(read, disagreements=(other,))).findings
    found = [each for each in findings if each.rule == "routes"]
    assert [(e.outcome, e.reason, e.inputs) for e in found] == [
        ("cannot_tell", "routes", (fact.fact_id,))
    ]


# ── every rule ───────────────────────────────────────────────────────────────────────────

#: Rules that no test here makes speak, and why.
ELSEWHERE = {
    "stated-nowhere": "above", "listed-parts": "tests/prose", "adjustment": "tests/prose",
    "budget-and-final": "information on two disclosures of one year, never an error",
    "targets-and-projects": "a matter of taste, off", "operating-and-public": "off",
    "carried-forward": "off", "reason-missing": "off", "obsolete-code-name": "off",
    "contents": "below", "sections": "above", "empty-table": "above", "prior-year": "above",
    "routes": "above", "evaluation-weights": "tests/test_self_evaluation",
}  # fmt: skip


def test_every_rule_is_made_to_speak() -> None:
    spoken = {rule for _, rule, *_ in SLIPS} | set(own_inputs()) | set(ELSEWHERE)
    assert set(rules()) == spoken


@cache
def own_inputs() -> dict[str, tuple[Disclosure, str]]:
    """For each rule that compares figures, a place where it holds, and the figure in question."""
    found: dict[str, tuple[Disclosure, str]] = {}
    for name in (BUDGET, ACCOUNTS, "haizhu-2025-budget"):
        read = published(name)
        for each in read.findings:
            if each.rule == "evaluation-weights":
                continue  # with another whole than 100 it is not applied
            if each.outcome == "holds" and each.inputs and each.expected is not None:
                found.setdefault(each.rule, (read.disclosure, each.inputs[0]))
    return found


def test_each_rule_reports_a_change_of_its_own_figure() -> None:
    silent = []
    for rule, (disclosure, figure) in own_inputs().items():
        findings = run_checks(with_figure_of(disclosure, figure)).findings
        reported = {
            each.rule for each in findings if figure in each.inputs and each in bad(findings)
        }
        if rule not in reported:
            silent.append(rule)
    assert silent == []


def with_figure_of(disclosure: Disclosure, figure: str) -> Disclosure:
    """The disclosure with this amount, or this figure of the prose, ten times as large and more."""
    for place in places(disclosure):
        if name_of(disclosure, place) == figure:
            return with_amount(disclosure, place, Decimal("123456.78"))
    table, key, column = (*figure.removeprefix(f"{disclosure.prefix}.").split("."), "")[:3]
    records = next((each.records for each in disclosure.extract.tables if each.id == table), ())
    for number, record in enumerate(records, 1):
        if record.key == key:
            return with_record(disclosure, table, number, {column: "123"})
    statements = tuple(
        replace(each, value=each.value * 10 + 500, printed=f"{each.value * 10 + 500}")
        if each.statement_id == figure and each.value is not None
        else each
        for each in disclosure.statements
    )
    return replace(disclosure, statements=statements)
