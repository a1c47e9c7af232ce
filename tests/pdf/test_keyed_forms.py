"""Self-evaluations as other places print them: their own headings, any number of levels."""

from __future__ import annotations

from collections.abc import Sequence

from tests.pdf.reading import published, read_bytes
from tests.pdf.ruled import Sheet
from tests.pdf.test_national_form import BACK, accounts

_MONEY = (
    "项目资金（万元）",
    "<",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
)
_TOTAL = ("^", "年度资金总额", "", "90.00", "45.00", "10", "50.00%", "5")
_LEVELS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def form(*rows: Sequence[str], money: Sequence[Sequence[str]] = (_MONEY, _TOTAL)) -> Sheet:
    """The explanations with one form below its title."""
    name = ("项目名称", "<", "信访业务经费", "<", "<", "<", "<", "<")
    above = (*BACK.above[:4], "项目支出绩效自评表")
    return Sheet(above, [name, *money, *rows], BACK.above[4:], wide=True)


def read(sheet: Sheet) -> tuple[list[dict[str, str]], list[str]]:
    """The records of the form, and what of it was not understood."""
    reading = read_bytes(accounts(back=sheet))
    tables = {table.id: table for table in published(reading).extract.tables}
    records = [
        {key: value for key, value in record.values.items() if value}
        for record in tables["project-performance"].records
    ]
    return records, [p.message for p in reading.problems if p.code == "cell-unread"]


def test_three_levels_and_money_by_the_form_s_own_headings() -> None:
    records, unread = read(
        form(
            _LEVELS,
            ("产出指标", "数量指标", "办件数", "≥100", "120", "50", "50", ""),
            ("^", "质量指标", "办结率", "100%", "98%", "40", "39", "个别未结"),
            ("总分", "<", "<", "<", "<", "100", "94", ""),
        )
    )
    assert unread == []
    assert records[1] == {
        "section": "funds", "label": "年度资金总额", "planned": "90.00", "achieved": "45.00",
        "weight": "10", "completion_rate": "50.00%", "score": "5",
    }  # fmt: skip
    assert [(r["level_1"], r["level_2"], r["label"], r["score"]) for r in records[2:4]] == [
        ("产出指标", "数量指标", "办件数", "50"),
        ("产出指标", "质量指标", "办结率", "39"),
    ]
    assert records[3]["remark"] == "个别未结"
    assert records[4] == {"section": "total", "label": "总分", "weight": "100", "score": "94"}


def test_two_levels_are_the_outer_ones_of_none() -> None:
    heading = ("一级指标", "二级指标", "<", "年度指标值", "实际完成值", "分值", "得分", "备注")
    records, unread = read(
        form(heading, ("产出指标", "办件数", "<", "≥100", "120", "50", "50", ""))
    )
    assert unread == []
    assert (records[-1]["level_2"], records[-1]["label"]) == ("产出指标", "办件数")


def test_a_cell_that_no_heading_explains_is_named() -> None:
    first = (*_TOTAL[:2], "80.00", *_TOTAL[3:])
    records, unread = read(form(_LEVELS, money=(_MONEY, first)))
    assert records[1]["planned"] == "90.00"
    assert len(unread) == 1
    assert "80.00" in unread[0]
