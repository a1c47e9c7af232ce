"""Forms by code, split or joined with the name: Shanghai, Beijing, Changsha, Changchun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from tests.pdf.form_columns import (
    AMOUNT,
    BASIC,
    BOTH,
    GENERAL,
    PERSONNEL,
    PROJECT,
    PUBLIC,
    apart,
    below,
    three_public,
)
from tests.pdf.form_parts import (
    ECONOMIC,
    FUNCTIONS,
    FUNDS,
    GOVERNMENTAL,
    TOTAL,
    Rows,
    coded,
    fund,
    some_classes,
    two_sided,
)
from tests.pdf.form_tables import Col, FormTable, Line, Panel, Pool, summed, values


def shanghai(random: Random) -> list[FormTable]:
    """Yuan; codes in three columns, each row with all of its own; one row of three-public."""
    spent = (
        Col("amount", ("预算数", "合计"), of=("personnel", "public", "project")),
        *below("预算数", *below("基本支出", PERSONNEL, PUBLIC), PROJECT),
    )
    income = [
        ("一、财政拨款收入", fund("fiscal_appropriation", below=2)),
        ("1、一般公共预算", fund(FUNDS[0], level=2)),
        ("2、政府性基金预算", fund(FUNDS[1], level=2)),
        ("二、事业收入", fund("institutional_revenue")),
    ]
    revenue = below(
        "收入预算",
        Col("total", ("合计",), of=("appropriation", "institutional", "business", "other")),
        Col("appropriation", ("财政拨款收入",), fund_source="fiscal_appropriation"),
        Col("institutional", ("事业收入",), fund_source="institutional_revenue"),
        Col("business", ("事业单位经营收入",), fund_source="business_revenue"),
        Col("other", ("其他收入",), fund_source="other_revenue"),
    )
    yuan: dict[str, Any] = {"unit": "元", "decimals": 0}
    codes: dict[str, Any] = {
        "head": ("项目", "功能分类科目编码"),
        "name": ("项目", "功能分类科目名称"),
        "total": "last",
        **yuan,
    }
    basic = (
        Col("total", ("合计",), of=("personnel", "public"), expenditure_type="basic_expenditure"),
        PERSONNEL, PUBLIC,
    )  # fmt: skip
    return [
        FormTable(
            "budget-summary", "2026年预算单位财务收支预算总表",
            two_sided(random, (income, some_classes(random)), (AMOUNT, spent),
                      ("本年收入", "本年支出")), **yuan,
        ),
        coded(random, "budget-income", "2026年预算单位收入预算总表", revenue, parts=3, **codes),
        coded(random, "budget-general-public-by-function",
              "2026年预算单位一般公共预算支出功能分类预算表",
              below("一般公共预算支出", BOTH, BASIC, PROJECT, **GENERAL), parts=3, **codes),
        coded(random, "budget-general-public-basic-by-economic-class",
              "2026年预算单位一般公共预算基本支出部门预算经济分类预算表",
              below("一般公共预算基本支出", *basic, **GENERAL), ECONOMIC, parts=2,
              **codes | {"head": ("项目", "经济分类科目编码"),
                         "name": ("项目", "部门经济分类科目名称")}),
        one_row(random),
    ]  # fmt: skip


def one_row(random: Random) -> FormTable:
    """Three-public and operating expenses in a row that is not named."""
    columns = (
        *three_public("“三公”经费预算数"),
        Col("operating", ("机关运行经费预算数",), item="agency_operating_expenses"),
    )
    line = Line((), values(random, columns), "", **TOTAL)
    panel = Panel((), columns, (line,), words=frozenset())
    title = "2026年单位“三公”经费和机关运行经费预算表"
    return FormTable("budget-operating-and-three-public", title, (panel,))


def beijing(random: Random) -> list[FormTable]:
    """Code and name in one cell, three classifications side by side, six decimals, 其中."""
    part: dict[str, Any] = {"within": "project", "qualifier": "of_which"}
    spent = (
        BOTH, BASIC, PROJECT,
        *below("其中", Col("business", ("事业单位经营支出",), **part,
                         expenditure_type="business_expenditure"),
               Col("subsidies", ("对附属单位补助支出",), **part,
                   expenditure_type="subsidies_to_subordinates")),
    )  # fmt: skip
    basic = below(
        "预算数",
        Col("total", ("合计",), of=("personnel", "public"), expenditure_type="basic_expenditure"),
        PERSONNEL, PUBLIC, **GENERAL,
    )  # fmt: skip
    three = ("支出功能分类科目", "政府支出经济分类科目", "部门支出经济分类科目")
    row = values(random, three_public(total="“三公”经费财政拨款预算总额"))
    # The title says where all of it comes from.
    columns = tuple(
        replace(col, fund_source="fiscal_appropriation")
        for col in three_public(total="“三公”经费财政拨款预算总额")
    )
    alone = Panel((), columns, (Line((), row, "", **TOTAL),), words=frozenset())
    return [
        joined(random, "budget-expenditure", "支出预算总表", three, spent),
        joined(random, "budget-general-public-basic-by-economic-class", "一般公共预算基本支出表",
               three[1:], basic),
        unnamed_units(random),
        FormTable("budget-operating-and-three-public", "财政拨款“三公”经费支出表", (alone,),
                  decimals=6),
    ]  # fmt: skip


def unnamed_units(random: Random) -> FormTable:
    """Units that have a code and no name, below their department; the total has neither."""
    columns = (
        Col("total", ("合计",), of=("general", "other")),
        Col("general", ("本年收入", "一般公共预算资金"), fund_source="general_public_budget"),
        Col("other", ("本年收入", "其他收入"), fund_source="other_revenue"),
    )
    units = [
        Line((code,), values(random, columns), code, 2, unit=code)
        for code in ("015001", "015002", "015003")[: random.randint(2, 3)]
    ]
    worth = summed([line.values for line in units], columns)
    department = Line(("015",), worth, "015", role="subtotal", unit="015")
    total = Line(("",), worth, "", **TOTAL)
    panel = Panel((("单位编码",),), columns, (department, *units, total), words=frozenset())
    return FormTable("budget-income", "收入总表", (panel,), decimals=6)


def leaves(pool: Pool) -> list[tuple[str, str]]:
    """The classes without any below them."""
    return [leaf for code, (name, inner) in pool.items()
            for leaf in (leaves(inner) if inner else [(code, name)])]  # fmt: skip


def joined(
    random: Random, table: str, title: str, heads: Sequence[str], columns: tuple[Col, ...]
) -> FormTable:
    """Rows of several classifications, each with code and name in one cell; the total behind."""
    pools = [FUNCTIONS, GOVERNMENTAL, ECONOMIC][3 - len(heads) :]
    fields = ("functional", "governmental", "economic")[3 - len(heads) :]
    lines = []
    for _ in range(random.randint(3, 8)):
        chosen = [random.choice(leaves(pool)) for pool in pools]
        cells = tuple(f"{code}-{name}" for code, name in chosen)
        codes: dict[str, Any] = {name: code for name, (code, _) in zip(fields, chosen, strict=True)}
        level = 3 if len(heads) == 3 else 2
        lines.append(Line(cells, values(random, columns), cells[0], level, **codes))
    worth = summed([line.values for line in lines], columns)
    total = Line(("合计", *"<" * (len(heads) - 1)), worth, "合计", **TOTAL)
    keys = tuple((head,) for head in heads)
    words = frozenset(range(len(heads)))
    return FormTable(table, title, (Panel(keys, columns, (*lines, total), words=words),),
                     decimals=6)  # fmt: skip


def changsha(random: Random) -> list[FormTable]:
    """Codes in three columns, parents left out below them; totals first; a part of a column."""
    money: dict[str, Any] = {"fund_source": "fiscal_appropriation"}
    income = (
        Col("total", ("合计",), of=("amount", "business", "brought")),
        *below("本级财政拨款", Col("amount", ("金额",), **money),
               Col("appropriated", ("其中:经费拨款",), within="amount",
                   fund_source=FUNDS[0], qualifier="of_which")),
        Col("business", ("事业单位经营服务收入",), fund_source="business_revenue"),
        Col("brought", ("上年结转",), qualifier="brought_forward"),
    )  # fmt: skip
    left_out: dict[str, Any] = {"parts": 3, "carried": True, "merged": False, "name": ("功能科目",)}
    both = (replace(BOTH, path=("总 计",)), BASIC, PROJECT)
    spent: Rows = [
        ("一、基本支出", {"item": "basic_expenditure"}),
        ("二、项目支出", {"item": "project_expenditure"}),
        ("三、事业单位经营支出", {"item": "business_expenditure"}),
    ]
    said: Rows = [
        ("一、本级财政拨款收入", fund("fiscal_appropriation")),
        ("二、财政专户管理事业收入", fund("institutional_revenue")),
        ("三、其他收入", fund("other_revenue")),
    ]
    return [
        FormTable("budget-summary", "2026年部门收支总体情况表",
                  two_sided(random, (said, spent), (AMOUNT, AMOUNT))),
        coded(random, "budget-income", "2026年部门收入总体情况表", income,
              **left_out | {"head": ()}),
        coded(random, "budget-expenditure", "2026年部门支出总体情况表", both, **left_out),
        coded(random, "budget-general-public-by-function", "2026年一般公共预算支出情况表",
              tuple(replace(col, **GENERAL) for col in both), **left_out),
    ]  # fmt: skip


def changchun(random: Random) -> list[FormTable]:
    """Blocks of this year's money and of what is brought forward, with the same headings."""
    inner = (
        Col("sum", ("小计",), of=("basic", "project")),
        Col("basic", ("基本支出", "小计"), of=("personnel", "public"),
            expenditure_type="basic_expenditure"),
        *below("基本支出", PERSONNEL, PUBLIC),
        PROJECT,
    )  # fmt: skip
    blocks = (
        *below("当年预算", *inner),
        *(apart(col, "old") for col in below("上年结转结余", *inner, qualifier="brought_forward")),
    )
    columns = (Col("total", ("合计",), of=("sum", "old-sum")), *blocks)
    sides = (
        Col("amount", ("本年预算",), of=("planned", "brought")),
        Col("planned", ("编制预算",)),
        Col("brought", ("上年结转",), qualifier="brought_forward"),
    )
    income: Rows = [
        ("一、财政拨款收入", fund("fiscal_appropriation", below=2)),
        ("　一般公共预算拨款收入", fund(FUNDS[0], level=2)),
        ("　政府性基金预算拨款收入", fund(FUNDS[1], level=2)),
        ("二、事业收入", fund("institutional_revenue")),
    ]
    form: dict[str, Any] = {"zero": "0.00", "grouped": False}
    return [
        FormTable("budget-summary", "收支总表（预算表1）",
                  two_sided(random, (income, some_classes(random)), (sides, sides)), **form),
        coded(random, "budget-general-public-by-function", "本年一般公共预算支出表（预算表5）",
              tuple(replace(col, **GENERAL) for col in columns),
              name=("功能分类科目名称",), **form),
    ]  # fmt: skip
