"""The two performance tables in the prose of the 2020 final accounts."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.doors import FIVE, fresh_packages, rows


@pytest.fixture(scope="module")
def packages() -> Path:
    return fresh_packages()


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_performance_tables(packages: Path) -> None:
    overall = rows(packages / FIVE[1] / "overall-performance.csv")
    project = rows(packages / FIVE[1] / "project-performance.csv")
    assert (len(overall), len(project)) == (15, 14)
    assert overall[0]["objective"].startswith("持续优化政务服务，全面提升我区政务服务水平。")
    assert overall[0]["objective"].endswith("发挥政府门户网站权威发布平台作用。")
    expected = ("indicator", "expected", "achieved")
    assert [[row[name] for name in expected] for row in (overall[5], overall[14])] == [
        ["开办企业并联审批时限。", "最短 0.5天。", "已实现开办企业并联审批时限最短 0.5天完成。"],
        [
            "其中：部门年度整体预期预算完成率",
            "100 %",
            "2020年部门年度整体预算完成率为100 %。",
        ],
    ]


def test_the_self_evaluation_adds_up(packages: Path) -> None:
    project = rows(packages / FIVE[1] / "project-performance.csv")
    sections = Counter(row["section"] for row in project)
    assert sections == {"identity": 3, "funds": 4, "goal": 1, "indicator": 5, "total": 1}
    funds = project[3]
    names = ("planned", "achieved", "weight", "completion_rate", "score")
    assert [funds[name] for name in names] == ["800.32", "800.32", "20", "100%", "20"]
    last = [row for row in project if row["section"] == "indicator"][-1]
    assert (last["level_1"], last["planned"], last["achieved"], last["weight"], last["score"]) == (
        "效益指标", "审批效率提速不低于 20%", "33%", "10", "10",
    )  # fmt: skip
    scores = [int(row["score"]) for row in project if row["score"] and row["section"] != "total"]
    assert sum(scores) == int(project[-1]["score"]) == 100


def test_text_tables_hold_all_text_of_their_rows(packages: Path) -> None:
    """The cells of the two performance tables hold every letter of their lines, heads apart."""
    lines = rows(packages / FIVE[1] / "source.csv")
    for table in ("overall-performance", "project-performance"):
        cells = [
            squeeze(value)
            for row in rows(packages / FIVE[1] / f"{table}.csv")
            for name, value in row.items()
            if name not in ("row_number", "row_id", "line", "section")
        ]
        said = "".join(cells)
        own = [each for each in lines if each["table_id"] == table and each["line_use"] == "row"]
        lost = [each["text"] for each in own if squeeze(each["text"]) not in said]
        assert set(map(squeeze, lost)) <= set(HEADS[table]), table


# The stacked headings inside the self-evaluation, and a line on which two cells stand.
HEADS = {
    "overall-performance": [
        "类行政诉讼无败诉。全年区政府名义进",
        "其中：部门年度整体预期预算完成率：100%",
    ],
    "project-performance": [
        "项目名称政务服务平台及数字政府建设经费",
        "主管部门广州市海珠区政务服务数据管理局实施单位",
        "项目资金", "（万元）", "年度预算数", "年度预算", "完成数", "分值", "预算完", "成率",
        "得分", "201 00%20", "20100%20", "绩效目标完成", "情况",
        "年度绩效目标内容目标实际完成情况", "指标类别一级指标二级指标年度指标值",
        "实际完成", "指标值", "分值得分", "偏差原因分析", "及改进措施", "总分100",
        "服务对象", "满意度", "服务对象满", "意度",
        "数量指标产出数量", "质量指标产出质量",
        "100%1515", "100%2020", "33%1010", "总额800.32800.32",
    ],
}  # fmt: skip
