"""What forms of several places share: classes and their names, coded tables, summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tests.pdf.form_columns import below
from tests.pdf.form_tables import Col, FormTable, Line, Node, Panel, Pool, summed, tree, values

FUNCTIONS: Pool = {
    "201": ("一般公共服务支出", {
        "20103": ("政府办公厅（室）及相关机构事务", {
            "2010301": ("行政运行", {}), "2010350": ("事业运行", {})}),
        "20140": ("信访事务", {"2014001": ("行政运行", {}), "2014004": ("信访业务", {})})}),
    "208": ("社会保障和就业支出", {
        "20805": ("行政事业单位养老支出", {
            "2080505": ("机关事业单位基本养老保险缴费支出", {}),
            "2080506": ("机关事业单位职业年金缴费支出", {})}),
        "20808": ("抚恤", {"2080801": ("死亡抚恤", {})})}),
    "210": ("卫生健康支出", {
        "21011": ("行政事业单位医疗", {"2101101": ("行政单位医疗", {})})}),
    "221": ("住房保障支出", {
        "22102": ("住房改革支出", {"2210201": ("住房公积金", {}), "2210203": ("购房补贴", {})})}),
}  # fmt: skip
ECONOMIC: Pool = {
    "301": ("工资福利支出", {"30101": ("基本工资", {}), "30113": ("住房公积金", {})}),
    "302": ("商品和服务支出", {"30201": ("办公费", {}), "30217": ("公务接待费", {})}),
    "303": ("对个人和家庭的补助", {"30302": ("退休费", {})}),
    "310": ("资本性支出", {"31002": ("办公设备购置", {})}),
}
GOVERNMENTAL: Pool = {
    "501": ("机关工资福利支出", {"50101": ("工资奖金津补贴", {}), "50103": ("住房公积金", {})}),
    "502": ("机关商品和服务支出", {"50201": ("办公经费", {}), "50206": ("公务接待费", {})}),
}
_FIELD = {"2": "functional", "3": "economic", "5": "governmental"}
_LEVELS = {3: 1, 5: 2, 7: 3}
Rows = Sequence[tuple[str, Mapping[str, Any]]]
FUNDS = ("general_public_budget", "government_managed_funds_budget")
UNITS = {"125001": "某市信访局", "125002": "某市档案馆", "125003": "某市热线中心"}
_DEPARTMENT = "125"
TOTAL: dict[str, Any] = {"level": 0, "role": "total"}


def split(code: str, *, parts: int, carried: bool) -> tuple[str, ...]:
    """A code in a column for each level; parents left out where they are ``carried`` down."""
    cells = [code[:3], code[3:5], code[5:7]][:parts]
    last = max(place for place, text in enumerate(cells) if text)
    return tuple("" if carried and place < last else text for place, text in enumerate(cells))


def coded_line(node: Node, cells: tuple[str, ...], unit: str = "", label: str = "") -> Line:
    """The row of a class that is printed with its code."""
    return Line(
        cells,
        node.values,
        label or f"{node.code} {node.name}",
        _LEVELS[len(node.code)],
        node.role,
        unit=unit,
        **_classified(node),
    )


def _classified(node: Node) -> dict[str, Any]:
    return {_FIELD[node.code[0]]: node.code}


def coded(
    random: Random,
    table: str,
    title: str,
    columns: Sequence[Col],
    pool: Pool = FUNCTIONS,
    *,
    head: Sequence[str] = ("科目编码",),
    name: tuple[str, ...] = ("科目名称",),
    parts: int = 0,
    carried: bool = False,
    total: str = "first",
    merged: bool = True,
    **form: Any,
) -> FormTable:
    """A table by class: its codes in one column, or in ``parts`` of them."""
    nodes = tree(random, pool, columns)
    width = max(parts, 1)
    levels = [(*head, level) for level in "类款项"[:parts]] or [tuple(head)]
    lines = []
    for node in (each for top in nodes for each in top.walk()):
        code = split(node.code, parts=parts, carried=carried) if parts else (node.code,)
        lines.append(coded_line(node, (*code, node.name)))
    cells = ("合计", *"<" * width) if merged else (*("",) * width, "合计")
    line = Line(cells, summed([n.values for n in nodes], columns), "合计", **TOTAL)
    lines = [line, *lines] if total == "first" else [*lines, line]
    panel = Panel((*levels, name), tuple(columns), tuple(lines), words=frozenset({width}))
    return FormTable(table, title, (panel,), total_first=total == "first", **form)


def listed(
    random: Random, rows: Sequence[tuple[str, Mapping[str, Any]]], columns: Sequence[Col]
) -> list[Line]:
    """Rows of one side of a summary; one with ``below`` sums so many rows behind it."""
    lines: list[Line] = []
    for text, said in reversed(rows):
        facts = dict(said)
        count = facts.pop("below", 0)
        if count:
            deeper = facts.get("level", 1)
            parts = [line.values for line in lines if line.level == deeper + 1][:count]
            worth = summed(parts, columns)
            facts.setdefault("role", "subtotal")
        else:
            worth = values(random, columns)
        label = text.strip("　")
        lines.insert(0, Line((text,), worth, label, **facts))
    return lines


def closed(
    income: list[Line], spent: list[Line], columns: tuple[Sequence[Col], Sequence[Col]],
    labels: tuple[str, str] = ("收入总计", "支出总计"),
) -> tuple[list[Line], list[Line]]:  # fmt: skip
    """Both sides with their totals, made equal by what the smaller side is given more."""
    sums = [summed([x.values for x in side if x.level == 1], cols)
            for side, cols in zip((income, spent), columns, strict=True)]  # fmt: skip
    lack = sums[1][columns[1][0].key] - sums[0][columns[0][0].key]
    if lack > 0:
        income = _more(income, lack, columns[0], sums[0])
    elif lack < 0:
        spent = _more(spent, -lack, columns[1], sums[1])
    sides = []
    for side, cols, worth, label in zip((income, spent), columns, sums, labels, strict=True):
        item = "total_income" if side is income else "total_expenditure"
        total = Line((label,), worth, label, item=item, **TOTAL)
        sides.append([*side, total] if len(cols) else side)
    return sides[0], sides[1]


def _more(side: list[Line], lack: int, cols: Sequence[Col], sums: dict[str, int]) -> list[Line]:
    """The last row of a side with so much more, in its sum and in the first column that it sums."""
    *before, last = side
    keys = {cols[0].key}
    while inner := [c for c in cols if c.key in keys and c.of and c.of[0] not in keys]:
        keys |= {c.of[0] for c in inner}
    worth = {key: value + (lack if key in keys else 0) for key, value in last.values.items()}
    for key in keys:
        sums[key] += lack
    facts = {name: getattr(last, name) for name in Line.__dataclass_fields__}
    return [*before, Line(**{**facts, "values": worth})]


def fund(item: str, **said: Any) -> dict[str, Any]:
    """What a row says that is named after a fund."""
    return {"item": item, "fund_source": item, **said}


def classes(names: Sequence[str], numbers: str = "一二三四") -> Rows:
    """Rows of a summary that are named after classes, whose codes are not printed."""
    codes: dict[str, Any] = {name: code for code, (name, _) in FUNCTIONS.items()}
    return [(f"{n}、{name}", {"functional": codes[name]})
            for n, name in zip(numbers, names, strict=False)]  # fmt: skip


def some_classes(random: Random) -> Rows:
    names = [name for name, _ in FUNCTIONS.values()]
    return classes(names[: random.randint(2, len(names))])


def two_sided(
    random: Random,
    rows: tuple[Rows, Rows],
    columns: tuple[Sequence[Col], Sequence[Col]],
    heads: tuple[str, str] = ("收 入", "支 出"),
) -> tuple[Panel, Panel]:
    """Income beside expenditure, with equal totals."""
    cols = tuple(below(head, *side) for head, side in zip(heads, columns, strict=True))
    lines = [listed(random, side, col) for side, col in zip(rows, cols, strict=True)]
    both = closed(lines[0], lines[1], (cols[0], cols[1]))
    sides = [
        Panel(((head, "项 目"),), col, tuple(side), name)
        for head, col, side, name in zip(heads, cols, both, ("income", "expenditure"), strict=True)
    ]
    return sides[0], sides[1]


def units_alone(
    random: Random, table: str, title: str, columns: tuple[Col, ...], *, total: str = "first",
    coded: bool = True,
) -> FormTable:  # fmt: skip
    """One row for each unit and the total of them; where they have codes, the department, too."""
    lines = []
    level = 2 if coded and random.random() < 0.5 else 1
    for code, unit in sorted(random.sample(sorted(UNITS.items()), random.randint(2, 3))):
        cells = (code, unit) if coded else (unit,)
        lines.append(Line(cells, values(random, columns), unit, level, unit=unit))
    worth = summed([line.values for line in lines], columns)
    if level > 1:
        lines.insert(0, Line((_DEPARTMENT, "某市信访局"), worth, "某市信访局", role="subtotal",
                             unit="某市信访局"))  # fmt: skip
    sums = Line(("", "合计") if coded else ("合计",), worth, "合计", **TOTAL)
    keys = (("单位编码",), ("单位名称",)) if coded else (("单位名称",),)
    ordered = (sums, *lines) if total == "first" else (*lines, sums)
    panel = Panel(keys, columns, ordered, words=frozenset({1 if coded else 0}))
    return FormTable(table, title, (panel,), total_first=total == "first")
