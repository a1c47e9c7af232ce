"""Forms of several panels, and of units above classes: Xi'an and Jiangsu."""

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
    apart,
    below,
    three_public,
)
from tests.pdf.form_parts import (
    FUNCTIONS,
    FUNDS,
    TOTAL,
    UNITS,
    Rows,
    classes,
    closed,
    coded,
    coded_line,
    fund,
    listed,
    some_classes,
    units_alone,
)
from tests.pdf.form_tables import Col, FormTable, Line, Panel, Pool, summed, tree, values


def xian(random: Random) -> list[FormTable]:
    """Four panels; the codes of units among those of functions; years side by side."""
    columns = (
        Col("total", ("合计",), of=("personnel", "public", "project")),
        replace(PERSONNEL, path=("人员经费支出",)),
        replace(PUBLIC, path=("公用经费支出",)),
        replace(PROJECT, path=("专项业务经费支出",)),
    )
    general = tuple(replace(col, **GENERAL) for col in columns)
    years = (
        *three_public("2025年", "“三公”经费合计", year=2025),
        *(apart(col, "this") for col in three_public("2026年", "“三公”经费合计")),
        *(apart(col, "change") for col in three_public(
            "增减变化情况", "“三公”经费合计", qualifier="change")),
    )  # fmt: skip
    return [
        four_panels(random),
        by_unit(random, "budget-general-public-by-function",
                "2026年部门综合预算一般公共预算支出明细表（按支出功能分类科目）", general,
                FUNCTIONS, ("功能科目编码", "功能科目名称")),
        units_alone(random, "budget-operating-and-three-public",
                    "2026年部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表",
                    years),
    ]  # fmt: skip


def by_unit(
    random: Random, table: str, title: str, columns: tuple[Col, ...], pool: Pool,
    heads: tuple[str, str],
) -> FormTable:  # fmt: skip
    """Classes below each unit, whose code of six digits stands in the column of codes."""
    lines: list[Line] = []
    sums = []
    for code, unit in sorted(random.sample(sorted(UNITS.items()), random.randint(2, 3))):
        nodes = tree(random, pool, columns)
        worth = summed([node.values for node in nodes], columns)
        sums.append(worth)
        lines.append(Line((code, unit), worth, unit, 0, "subtotal", unit=unit))
        inside = (node for top in nodes for node in top.walk())
        lines += [coded_line(node, (node.code, node.name), unit) for node in inside]
    total = Line(("", "合计"), summed(sums, columns), "合计", **TOTAL)
    keys = ((heads[0],), (heads[1],))
    panel = Panel(keys, columns, (total, *lines), texts=(("备注",),), words=frozenset({1}))
    return FormTable(table, title, (panel,), total_first=True)


def four_panels(random: Random) -> FormTable:
    """Income, and the same expenditure by function and by two economic classifications."""
    rows: dict[str, Rows] = {
        "income": [
            ("1、财政拨款", fund("fiscal_appropriation", below=2)),
            ("(1)一般公共预算拨款收入", fund(FUNDS[0], level=2)),
            ("(2)政府性基金拨款", fund(FUNDS[1], level=2)),
            ("2、上级补助收入", fund("superior_subsidy_revenue")),
        ],
        "expenditure": classes(["一般公共服务支出", "卫生健康支出", "住房保障支出"], "123"),
        "expenditure_by_economic_class": [
            ("1、人员经费和公用经费支出", {"below": 2}),
            ("(1)工资福利支出", {"level": 2, "economic": "301"}),
            ("(2)商品和服务支出", {"level": 2, "economic": "302"}),
            ("2、上缴上级支出", {"item": "remittances_to_superiors"}),
        ],
        "expenditure_by_government_economic_class": [
            ("1、机关工资福利支出", {"governmental": "501"}),
            ("2、机关商品和服务支出", {"governmental": "502"}),
        ],
    }
    heads = ("项 目", "支出功能分类科目（按大类）", "部门预算支出经济分类科目（按大类）",
             "政府预算支出经济分类科目（按大类）")  # fmt: skip
    panels = list[Panel]()
    for (side, texts), head in zip(rows.items(), heads, strict=True):
        above = "收 入" if side == "income" else "支 出"
        columns = below(above, *AMOUNT)
        lines = listed(random, texts, columns)
        if panels:
            lines = _levelled(lines, panels[0].lines[-1].values["amount"])
        worth = summed([line.values for line in lines if line.level == 1], columns)
        label = "收入总计" if side == "income" else "支出总计"
        item = "total_income" if side == "income" else "total_expenditure"
        total = Line((label,), worth, label, item=item, **TOTAL)
        panels.append(Panel(((above, head),), columns, (*lines, total), side))
    return FormTable("budget-summary", "2026年部门综合预算收支总表", tuple(panels))


def _levelled(lines: list[Line], sum_: int) -> list[Line]:
    """The rows with another value in the last one, so that they make up a sum."""
    rest = sum_ - sum(line.values["amount"] for line in lines[:-1] if line.level == 1)
    return [*lines[:-1], replace(lines[-1], values={"amount": rest})]


def jiangsu(random: Random) -> list[FormTable]:
    """Three panels; income whose names stand over several rows, each with its 小计."""
    spent = (
        BASIC, PROJECT,
        Col("reserve", ("单位预留机动经费",), expenditure_type="reserve"),
        Col("carried", ("结转下年资金",), expenditure_type="carried_forward"),
    )  # fmt: skip
    total = replace(BOTH, of=("basic", "project", "reserve", "carried"))
    row = values(random, (total, *spent))
    alone = Panel((), (total, *spent), (Line((), row, "", **TOTAL),), words=frozenset())
    amount = (Col("amount", ("金额",), fund_source="fiscal_appropriation"),)
    return [
        three_panels(random),
        merged_names(random),
        FormTable("budget-expenditure", "支出预算总表", (alone,)),
        coded(random, "budget-appropriation-by-function", "财政拨款支出预算表（功能科目）",
              amount, head=("功能科目编码",), name=("功能科目名称",)),
    ]  # fmt: skip


def three_panels(random: Random) -> FormTable:
    income: Rows = [
        ("一、财政拨款", fund("fiscal_appropriation", below=2)),
        ("1.一般公共预算", fund(FUNDS[0], level=2)),
        ("2.政府性基金预算", fund(FUNDS[1], level=2)),
        ("二、其他资金", {"item": "other_funds", "fund_source": "other_funds"}),
    ]
    purposes: Rows = [
        ("一、基本支出", {"item": "basic_expenditure"}),
        ("二、项目支出", {"item": "project_expenditure"}),
        ("三、单位预留机动经费", {"item": "reserve"}),
    ]
    amount = (Col("amount", ("金额",)),)
    money = (below("收入", *amount), below("支出", *below("功能分类", *amount)),
             below("支出", *below("支出用途", *amount)))  # fmt: skip
    texts = (income, some_classes(random), purposes)
    lines = [listed(random, rows, cols) for rows, cols in zip(texts, money, strict=True)]
    lines[0], lines[1] = closed(lines[0], lines[1], (money[0], money[1]))
    heads = (("收入", "项目名称"), ("支出", "功能分类", "功能科目名称"),
             ("支出", "支出用途", "项目名称"))  # fmt: skip
    sides = ("income", "expenditure", "expenditure_by_type")
    panels = tuple(
        Panel((head,), cols, tuple(rows), side)
        for head, cols, rows, side in zip(heads, money, lines, sides, strict=True)
    )
    return FormTable("budget-summary", "收支预算总表", panels)


def merged_names(random: Random) -> FormTable:
    """Each kind of money in a cell over its rows: its sum, then its parts."""
    columns = (Col("amount", ("金额",)),)
    kinds = (
        ("一般公共预算资金", FUNDS[0], ("公共财政拨款（补助）资金", "专项收入")),
        ("政府性基金", FUNDS[1], ()),
        ("其他资金", "other_funds", ("事业收入", "经营收入")),
    )
    lines, sums = list[Line](), []
    for name, item, parts in kinds:
        inside = [values(random, columns) for _ in parts]
        worth = summed(inside, columns) if parts else values(random, columns)
        sums.append(worth)
        role = "subtotal" if parts else "item"
        lines.append(Line((name, "小计"), worth, f"{name} 小计", role=role, **fund(item)))
        lines += [Line(("^", part), inner, f"{name} {part}", 2)
                  for part, inner in zip(parts, inside, strict=True)]  # fmt: skip
    total = Line(("收入总计", "<"), summed(sums, columns), "收入总计", item="total_income", **TOTAL)
    keys = (("项目名称",), ("项目名称",))
    panel = Panel(keys, columns, (total, *lines), words=frozenset({0, 1}))
    return FormTable("budget-income", "收入预算总表", (panel,))
