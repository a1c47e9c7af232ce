"""What a disclosure prints under a code: never a total twice, a blank never zero."""

from __future__ import annotations

from decimal import Decimal

from generator.website.department.spending import by_economic_class, by_function, by_unit, units_of
from generator.website.published.facts import Ledger, PublishedFact

EXPENDITURE = "budget-expenditure"
BASIC = "budget-general-public-basic-by-economic-class"


def fact(table: str, code: str, column: str, yuan: int, **more: str) -> PublishedFact:
    kinds = ("basic_expenditure", "project_expenditure")
    text = {
        "table": table, "row": "1", "column": column, "direction": "expenditure", "panel": "",
        "classification": "economic" if code.startswith("3") else "functional",
        "code": code, "name": f"科目{code}", "unit": "", "item": "", "fund_source": "",
        "expenditure_type": column if column in kinds else "", "phase": "approved", "level": "1",
        "role": "subtotal" if len(code) == 3 else "item", "line": f"{yuan}",
    }  # fmt: skip
    return PublishedFact(**(text | more), yuan=Decimal(yuan), routes=())


def test_each_level_is_what_is_printed_for_it_and_a_blank_stays_absent() -> None:
    ledger = Ledger((
        fact(EXPENDITURE, "206", "total", 70),
        fact(EXPENDITURE, "206", "basic_expenditure", 50),
        fact(EXPENDITURE, "20601", "total", 70),
        fact(EXPENDITURE, "20601", "project_expenditure", 70),
    ))  # fmt: skip
    found = {s.code: s for s in by_function(ledger, executed=False)}
    assert found["206"].whole.yuan == 70
    assert found["206"].project is None
    assert found["20601"].basic is None


def test_the_budget_column_of_final_accounts_is_not_what_was_spent() -> None:
    ledger = Ledger((
        fact("final-expenditure", "206", "total", 9, phase="adjusted"),
        fact("final-expenditure", "206", "amount", 7, phase="executed"),
    ))  # fmt: skip
    (found,) = by_function(ledger, executed=True)
    assert found.whole.yuan == 7


def test_the_income_side_of_a_summary_is_no_spending() -> None:
    ledger = Ledger((
        fact("budget-summary", "206", "amount", 5, direction="income"),
        fact("budget-summary", "208", "amount", 3),
    ))  # fmt: skip
    assert [s.code for s in by_function(ledger, executed=False)] == ["208"]


def test_a_table_without_codes_leaves_the_classes_of_the_summary() -> None:
    ledger = Ledger((
        fact(EXPENDITURE, "", "total", 8, classification=""),
        fact("budget-summary", "206", "amount", 8),
    ))  # fmt: skip
    assert [(s.code, int(s.whole.yuan)) for s in by_function(ledger, executed=False)] == [
        ("206", 8)
    ]


def test_a_code_in_two_panels_is_added_up_and_claims_no_single_line() -> None:
    ledger = Ledger((
        fact(BASIC, "399", "amount", 1, panel="personnel"),
        fact(BASIC, "399", "amount", 2, panel="public"),
    ))  # fmt: skip
    (found,) = by_economic_class(ledger, executed=False)
    assert (int(found.whole.yuan), found.whole.line, found.project) == (3, "", None)


def test_units_are_told_apart_and_zeros_left_out() -> None:
    table = "budget-basic-by-unit"
    ledger = Ledger((
        fact(table, "301", "total", 4, unit="甲中心"),
        fact(table, "301", "total", 6, unit="乙中心"),
        fact(table, "301", "total", 0, unit="丙中心"),
        fact(table, "301", "general_public_budget", 6, unit="乙中心"),
    ))  # fmt: skip
    assert [(p.name, int(p.yuan)) for p in units_of(by_unit(ledger), "301")] == [
        ("乙中心", 6),
        ("甲中心", 4),
    ]
