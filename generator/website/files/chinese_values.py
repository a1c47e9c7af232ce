"""The values of closed fields in Chinese, as workbooks say them: 部门预算 instead of `budget`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from generator.website.published.history import CHANGE_REASONS
from generator.website.published.package import Package, PublishedField
from generator.website.published.rows import Row
from generator.website.wording.words import (
    EVALUATION_SECTIONS,
    EXPENDITURE_TYPES,
    FUND_SOURCES,
    LEVELS,
    REASONS,
    RESULTS,
    SEVERITIES,
    TOPICS,
    USES,
)

_SIDES = {
    "income": "收入",
    "expenditure": "支出",
    "personnel": "人员经费",
    "public": "公用经费",
    "more": "其他栏",
    "expenditure_by_function": "支出（按功能分类）",
    "expenditure_by_economic_class": "支出（按经济分类）",
    "expenditure_by_government_economic_class": "支出（按政府预算经济分类）",
    "expenditure_by_type": "支出（按支出性质）",
    "expenditure_by_other": "支出（按其他口径）",
    "income_by_other": "收入（按其他口径）",
}
_PHASES = {
    "approved": "批复的预算",
    "adjusted": "调整预算",
    "executed": "决算",
    "initial_budget": "年初预算",
    "adjusted_budget": "调整预算",
    "budget": "预算数",
    "prior_year": "上年",
    "other_year": "其他年份",
}
_CHANGES = {
    "increase": "增加",
    "decrease": "减少",
    "unchanged": "持平",
    "greater": "大于",
    "less": "小于",
    "equal": "等于",
    "about_equal": "基本持平",
}
#: By the name of a field. The same value means the same in every file.
_VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {"budget": "部门预算", "final_accounts": "部门决算"},
    "phase": _PHASES,
    "budget_phase": _PHASES,
    "direction": {**_SIDES, **_CHANGES},
    "panel": _SIDES,
    "side": _SIDES,
    "role": {"total": "合计", "subtotal": "小计", "item": "明细", "of_which": "其中"},
    "qualifier": {
        "of_which": "其中",
        "brought_forward": "上年结转",
        "change": "增减额",
        "unknown": "栏目不明",
    },
    "part": {"heading": "表头", "body": "表身"},
    "topic": TOPICS,
    "measure": {
        "amount": "金额",
        "change": "增减额",
        "growth": "增减百分比",
        "share": "占比",
        "completion": "预算完成率",
        "comparison": "比较",
        "quantity": "数量",
        "mentioned": "提到",
        "none": "写明没有",
    },
    "level": {
        **{"arithmetic": "算术", "form": "形式", "class": "类", "section": "款", "item": "项"},
        **LEVELS,
    },
    "column_role": {
        "total": "总数",
        "subtotal": "小计",
        "part": "部分",
        "of_which": "其中",
        "change": "增减额",
    },
    "outcome": {
        **RESULTS,
        "undisputed": "都相符",
        "disputed": "有对不上的",
        "doubtful": "不能定",
        "not_checked": "没有核对",
    },
    "reason": {**REASONS, **CHANGE_REASONS},
    "subject": {"disclosure": "公开文件", "table": "表", "fact": "数字", "finding": "核对结果"},
    "slip": {
        "transposed_digits": "两位对调",
        "one_digit": "一位不同",
        "missing_digit": "少一位",
        "extra_digit": "多一位",
        "factor_10": "差十倍",
        "factor_100": "差百倍",
        "factor_1000": "差千倍",
        "unit": "差一万倍（元和万元）",
        "sign": "差正负号",
    },
    "severity": SEVERITIES,
    "line_use": USES,
    "stands_for": {"row": "行名", "item": "标准术语"},
    "section": EVALUATION_SECTIONS,
    "fund_source": FUND_SOURCES,
    "expenditure_type": EXPENDITURE_TYPES,
    "base": _PHASES,
    "classification": {
        "functional": "功能分类",
        "economic": "部门预算经济分类",
        "government_economic": "政府预算经济分类",
    },
    "mapping": {
        "exact": "范围相同",
        "narrower": "全在一类之内",
        "broader": "比这一类宽",
        "approximate": "大致归入",
        "none": "对不上",
    },
    "scheme": {"cofog": "联合国职能分类（COFOG）", "gfsm": "IMF 经济分类（GFSM 2014）"},
    "year_unknown": {"beginning": "开始的年份", "end": "停用的年份"},
    "place": {"tables": "表格部分", "prose": "文字说明"},
    "holds": {"amount": "金额", "text": "文字"},
    "rows_are": {
        "coded": "科目",
        "labelled": "事项",
        "units": "单位的科目或项目",
        "projects": "项目",
        "single": "全表一行",
        "two_sided": "左右两边的事项",
        "two_panel": "并列两栏的科目",
        "key_projects": "重点项目",
        "indicators": "绩效指标",
        "self_evaluation": "自评事项",
    },
}
_TRUTH = {"true": "是", "false": "否"}


@dataclass(frozen=True)
class ChineseValues:
    """Says cells in Chinese: those of closed fields, and the names of tables and columns."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def speaker(self, described: PublishedField) -> Callable[[Row], str]:
        """Return what says the cells of a field in Chinese where that is known; else as they are.

        A sheet asks once for each field, since it has many rows.
        """
        name = described.name
        if name == "column_id":
            return lambda row: self.columns.get((row.get("table_id", ""), row[name]), row[name])
        words = self.words(described)
        return (lambda row: words.get(row[name], row[name])) if words else itemgetter(name)

    def words(self, described: PublishedField) -> Mapping[str, str]:
        """Return the values of a closed field in Chinese."""
        if described.type == "boolean":
            return _TRUTH
        return (
            self.tables if described.name == "table_id" else dict(_VALUES.get(described.name, {}))
        )


def chinese_values(packages: Iterable[Package]) -> ChineseValues:
    """Return what says the cells of these packages; of a table's names the last prevail."""
    tables = [table for package in packages for table in package.tables]
    columns = {
        (table.name, column.name): heading(column) for table in tables for column in table.fields
    }
    return ChineseValues({table.name: table.titles.chinese for table in tables}, columns)


def heading(described: PublishedField) -> str:
    """Return what stands above a column: as printed, where it is printed."""
    return " ".join(described.headings) if described.headings else described.titles.chinese
