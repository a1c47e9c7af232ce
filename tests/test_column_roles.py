"""Which columns may be added up: each amount of a row is counted once by those that are parts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.facts.column_roles import column_roles
from generator.models import Column, Table

GENERAL, FISCAL = "general_public_budget", "fiscal_appropriation"
OF_WHICH, BEFORE, THREE_PUBLIC = "of_which", "brought_forward", "three_public_expenses"
# Headings from the outermost in, fund, kind of expenditure, item and qualifier; then the role.
_Told = tuple[tuple[str, ...], str, str, str, str, str]
TABLES: dict[str, Sequence[_Told]] = {
    "what was brought forward stands under a heading of its own": (
        (("合计",), "", "", "", "", "total"),
        (("本年收入", "小计"), "", "", "", "", "subtotal"),
        (("本年收入", "一般公共预算"), GENERAL, "", "", "", "part"),
        (("本年收入", "其他收入"), "other_revenue", "", "", "", "part"),
        (("上年结转结余", "小计"), "", "", "", BEFORE, "subtotal"),
        (("上年结转结余", "一般公共预算"), GENERAL, "", "", BEFORE, "part"),
    ),
    "what was brought forward stands beside what it is part of": (
        (("合计",), "", "", "", "", "total"),
        (("一般公共预算",), GENERAL, "", "", "", "subtotal"),
        (("上年结转",), GENERAL, "", "", BEFORE, "part"),
    ),
    "a sum of a group sums what is below its heading alone": (
        (("部门预算", "合计"), "", "", "", "", "total"),
        (("部门预算", "公共预算拨款", "小计"), FISCAL, "", "", "", "part"),
        (("部门预算", "公共预算拨款", "其中：专项资金"), FISCAL, "", "", OF_WHICH, OF_WHICH),
        (("部门预算", "政府性基金"), "government_managed_funds_budget", "", "", "", "part"),
    ),
    "another view of the same money is not added up": (
        (("支出总计",), "", "", "", "", "total"),
        (("基本支出",), "", "basic_expenditure", "", "", "part"),
        (("项目支出",), "", "project_expenditure", "", "", "part"),
        (("政府采购项目",), "", "", "government_procurement", "", OF_WHICH),
    ),
    "what nothing else sums is what its part of which is of": (
        (("合计",), "", "", "", "", "total"),
        (("项目支出", "总数"), "", "project_expenditure", "", "", "part"),
        (("项目支出", "其中"), "", "project_expenditure", "", OF_WHICH, OF_WHICH),
    ),
    "funds stand below each item": (
        (("总计", "一般公共预算"), GENERAL, "", THREE_PUBLIC, "", "total"),
        (("接待", "一般公共预算"), GENERAL, "", "official_hospitality", "", "part"),
        (("用车", "一般公共预算"), GENERAL, "", "official_vehicles", "", "part"),
    ),
}  # fmt: skip


def _column(number: int, told: _Told) -> Column:
    path, fund, kind, item, qualifier, _ = told
    name = f"column_{number}"
    return Column(name, path[-1], name, path, measure=True, fund_source=fund,
                  expenditure_type=kind, item=item, qualifier=qualifier)  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_roles_of_columns(name: str) -> None:
    columns = tuple(_column(number, told) for number, told in enumerate(TABLES[name]))
    table = Table("budget-income", "收入表", "万元", columns, (), (), 1, 2, by_coordinates=True)
    roles = list(column_roles(table, "").values())
    assert roles == [told[-1] for told in TABLES[name]]
