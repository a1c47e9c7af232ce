"""A made budget of a form that nobody knows whole: a table, a word over a column, a row.

The rest is what the law asks of every department, so that nothing else is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.pdf.ruled import Sheet, made

UNIT = "单位：万元"
SUMMARY = Sheet(
    ("某市信访局2026年部门收支总表", UNIT),
    [
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算拨款收入", "90.00", "一、一般公共服务支出", "100.00"),
        ("二、市级财政拨款", "10.00", "", ""),
        ("收入总计", "100.00", "支出总计", "100.00"),
    ],
)
EXPENDITURE = Sheet(
    ("某市信访局2026年部门支出总表", UNIT),
    [
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "统筹类支出"),
        ("", "合计", "100.00", "60.00", "30.00", "10.00"),
        ("201", "一般公共服务支出", "100.00", "60.00", "30.00", "10.00"),
    ],
)
UNKNOWN = Sheet(
    ("某市信访局2026年政府购买服务预算表", UNIT),
    [
        ("项目名称", "合计", "一般公共预算", "政府性基金预算"),
        ("合计", "7.00", "5.00", "2.00"),
        ("热线服务", "7.00", "5.00", "2.00"),
    ],
)
CODED = [("科目编码", "科目名称", "合计", "基本支出"), ("", "合计", "1.00", "1.00")]
#: What else the law asks of every department.
_REST: dict[str, Sequence[tuple[str, ...]]] = {
    "部门收入总表": [("科目编码", "科目名称", "合计", "事业收入"), *CODED[1:]],
    "财政拨款收支总表": [*map(tuple, SUMMARY.cells[:2]), tuple(SUMMARY.cells[-1])],
    "一般公共预算支出表": CODED,
    "一般公共预算基本支出表": CODED,
    "“三公”经费支出表": [("项目", "预算数"), ("公务接待费", "1.00")],
    "政府性基金预算支出表": CODED,
}
REST = [Sheet((f"某市信访局2026年{title}", UNIT), cells) for title, cells in _REST.items()]
FRONT = Sheet(("某市信访局2026年部门预算", "第一部分 某市信访局概况", "　　本部门负责信访工作。"))


def budget() -> bytes:
    """The budget as a PDF."""
    return made([FRONT, SUMMARY, EXPENDITURE, UNKNOWN, *REST])
