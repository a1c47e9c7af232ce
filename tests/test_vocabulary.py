"""What headings say: the words of any place put amounts on the same axes."""

from __future__ import annotations

import pytest

from generator.meaning.vocabulary import is_sum, item_of, nearest_word, read_heading

HEADINGS = {
    "财政拨款 ▸ 一般公共预算 ▸ 基本支出 ▸ 人员经费": {
        "fund_source": "general_public_budget",
        "expenditure_type": "personnel_expenses",
    },
    "一般公共预算拨款收入 ▸ 小计": {
        "fund_source": "general_public_budget",
        "direction": "income",
    },
    "一般公共预算 ▸ 财政拨款": {"fund_source": "general_public_budget"},
    "其中： ▸ 事业单位经营支出": {
        "qualifier": "of_which",
        "expenditure_type": "business_expenditure",
    },
    "本级财政拨款 ▸ 其中:经费拨款": {
        "fund_source": "general_public_budget",
        "qualifier": "of_which",
    },
    "上年结转结余 ▸ 基本支出 ▸ 公用经费": {
        "qualifier": "brought_forward",
        "expenditure_type": "public_expenses",
    },
    "“三公”经费预算数 ▸ 公务用车购置及运行费 ▸ 购置费": {
        "item": "vehicle_purchase",
        "budget_phase": "approved",
    },
    "增减变化情况 ▸ 公务接待费": {"qualifier": "change", "item": "official_hospitality"},
    "项目支出 ▸ 扣除基建项目后预算数": {
        "qualifier": "of_which",
        "expenditure_type": "project_expenditure",
        "budget_phase": "approved",
    },
    "政府支出经济分类科目": {"classification": "government_economic"},
    "支 出 ▸ 支出功能分类科目（按大类）": {
        "direction": "expenditure",
        "classification": "functional",
    },
    "专项业务经费支出（万元）": {"expenditure_type": "project_expenditure"},
}


def says(path: str) -> dict[str, str]:
    return dict(read_heading(path.split(" ▸ ")).axes)


@pytest.mark.parametrize("path", HEADINGS)
def test_a_heading_says_all_that_its_words_say(path: str) -> None:
    assert says(path) == HEADINGS[path]
    assert read_heading(path.split(" ▸ ")).unknown == ()


def test_roles_are_those_of_the_innermost_heading() -> None:
    assert read_heading(("科目编码", "类")).roles == {"code"}
    assert read_heading(("项目", "功能分类科目名称")).roles == {"label"}
    assert read_heading(("项目名称", "金额")).roles == set()


def test_a_year_is_read_with_what_else_a_heading_says() -> None:
    meaning = read_heading(("2025年", "公务接待费"))
    assert (meaning.years, meaning.axes) == ((2025,), {"item": "official_hospitality"})
    assert says("上年预算数") == {"year": "prior", "budget_phase": "approved"}


def test_what_is_not_known_in_full_says_no_fund_kind_or_item() -> None:
    """准财政拨款 is no appropriation, and a part of 基本支出 that nobody knows is not all of it."""
    for path in (("准财政拨款",), ("基本支出", "鼎彝")):
        meaning = read_heading(path)
        assert meaning.axes == {}
        assert meaning.unknown == (path[-1].removesuffix("财政拨款"),)
    assert says("其中：鼎彝") == {"qualifier": "of_which"}
    assert nearest_word("基本支岀") == "基本支出"


def test_labels_mean_items_on_their_side() -> None:
    assert item_of("（一）一般公共预算拨款收入", "income") == "general_public_budget"
    assert item_of("总 计", "income") == "total_income"
    assert item_of("总 计", "expenditure") == "total_expenditure"
    assert item_of("基本支出", "income") == ""
    assert is_sum("“三公”经费财政拨款预算总额")
    assert not is_sum("小计划")
