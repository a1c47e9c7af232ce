"""Forms whose names tell by indentation, and whose units have a column: Hangzhou, Shenzhen."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.pdf.form_columns import (
    AMOUNT,
    BASIC,
    BOTH,
    GENERAL,
    PERSONNEL,
    PROJECT,
    PUBLIC,
    below,
    three_public,
)
from tests.pdf.form_parts import (
    FUNCTIONS,
    FUNDS,
    TOTAL,
    UNITS,
    Rows,
    closed,
    coded_line,
    fund,
    listed,
    units_alone,
)
from tests.pdf.form_tables import YEAR, Col, FormTable, Line, Panel, summed, tree, values


def hangzhou(random: Random) -> list[FormTable]:
    """Names without codes, their levels by indentation; units; years down the page."""
    spent = (
        Col("total", ("总计",), of=("personnel", "public", "project")),
        *below("基本支出", replace(PERSONNEL, path=("人员支出",)),
               replace(PUBLIC, path=("日常公用支出",))),
        PROJECT,
    )  # fmt: skip
    income = (
        Col("total", ("总计",), of=("current", "brought")),
        *below("本年收入", Col("current", ("小计",), of=("general", "other")),
               Col("general", ("一般公共预算",), fund_source=FUNDS[0]),
               Col("other", ("其他收入",), fund_source="other_revenue")),
        Col("brought", ("上年结转结余",), qualifier="brought_forward"),
    )  # fmt: skip
    return [
        nested(random),
        units_alone(random, "budget-income", "表2：2026年市级部门收入预算总表", income,
                    total=random.choice(["first", "last"]), coded=False),
        indented(random, "budget-expenditure", "表3：2026年市级部门支出预算总表", spent),
        unit_and_codes(random),
        years_down(random),
    ]  # fmt: skip


def indented_lines(random: Random, columns: tuple[Col, ...]) -> list[Line]:
    lines = []
    for top in tree(random, FUNCTIONS, columns):
        for node in top.walk():
            level = (len(node.code) - 1) // 2
            code = node.code if level == 1 else ""
            text = "　" * (level - 1) + node.name
            lines.append(Line((text,), node.values, node.name, level, node.role, functional=code))
    return lines


def indented(random: Random, table: str, title: str, columns: tuple[Col, ...]) -> FormTable:
    lines = indented_lines(random, columns)
    worth = summed([line.values for line in lines if line.level == 1], columns)
    total = Line(("合计",), worth, "合计", **TOTAL)
    panel = Panel((("功能分类科目名称",),), columns, (total, *lines))
    return FormTable(table, title, (panel,), total_first=True)


def nested(random: Random) -> FormTable:
    """A summary whose expenditure goes down to 款 and 项."""
    money = (below("收 入", *AMOUNT), below("支 出", *AMOUNT))
    income: Rows = [
        ("一、财政拨款", fund("fiscal_appropriation", below=2)),
        ("　一般公共预算", fund(FUNDS[0], level=2)),
        ("　政府性基金预算", fund(FUNDS[1], level=2)),
        ("二、其他收入", fund("other_revenue")),
    ]
    lines = listed(random, income, money[0])
    spent = indented_lines(random, money[1])
    rest = Line(("年终结转结余",), values(random, money[1]), "年终结转结余", item="carried_forward")
    both = closed(lines, [*spent, rest], money)
    panels = tuple(
        Panel(((head, "项 目"),), cols, tuple(side), name)
        for head, cols, side, name in zip(
            ("收 入", "支 出"), money, both, ("income", "expenditure"), strict=True
        )
    )
    return FormTable("budget-summary", "表1：2026年市级部门收支预算总表", panels)


def unit_and_codes(random: Random) -> FormTable:
    """A column 预算单位: a unit's row, then its classes; the only unit is the total."""
    printed = (replace(BOTH, path=("支出总计",)), BASIC, PROJECT)
    columns = tuple(replace(col, **GENERAL) for col in printed)
    units = sorted(random.sample(sorted(UNITS.values()), random.randint(1, 3)))
    lines: list[Line] = []
    for unit in units:
        nodes = tree(random, FUNCTIONS, columns)
        worth = summed([node.values for node in nodes], columns)
        role = "total" if len(units) == 1 else "subtotal"
        lines.append(Line((unit, "", ""), worth, unit, 0, role, unit=unit))
        inside = (node for top in nodes for node in top.walk())
        lines += [coded_line(node, ("", node.code, node.name), unit) for node in inside]
    keys = (("预算单位",), ("科目编码",), ("科目名称",))
    panel = Panel(keys, columns, tuple(lines), words=frozenset({0, 2}))
    title = "一般公共预算支出表（按功能分类）"
    return FormTable("budget-general-public-by-function", title, (panel,), zero="0.00")


def years_down(random: Random) -> FormTable:
    """Two years and their difference as rows."""
    # The title says where all of it comes from; a total of nothing but the three is their whole.
    columns = tuple(
        replace(col, fund_source="fiscal_appropriation") for col in three_public(total="总计")
    )
    rows = [values(random, columns) for _ in range(2)]
    change = {key: rows[1][key] - rows[0][key] for key in rows[0]}
    unit = "某市信访局"
    lines = (
        Line((unit, "2025年"), rows[0], f"{unit} 2025年", unit=unit, year=YEAR - 1),
        Line(("", "2026年"), rows[1], "2026年", unit=unit, year=YEAR),
        Line(("", "增减变化金额"), change, "增减变化金额", role="of_which", unit=unit,
             qualifier="change"),
    )  # fmt: skip
    panel = Panel((("预算单位",), ("年度",)), columns, lines, words=frozenset({0, 1}))
    return FormTable("budget-operating-and-three-public", "财政拨款“三公”经费支出表", (panel,),
                     zero="0.00")  # fmt: skip
