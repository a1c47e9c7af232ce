"""Made budgets: departments with units, projects and codes, at random or always the same one.

Amounts are whole hundreds of yuan, so that 万元 with two decimals and 元 say the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hypothesis import strategies as st

FUNCTIONS = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "2010350": "事业运行",
    "206": "科学技术支出",
    "20605": "科技条件与服务",
    "2060503": "科技条件专项",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
LEAVES = tuple(code for code in FUNCTIONS if len(code) == 7)
FUND_FUNCTIONS = {
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
}
FUND_LEAF = "2120899"
ALL_FUNCTIONS = {**FUNCTIONS, **FUND_FUNCTIONS}
ECONOMIC = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30108": "机关事业单位基本养老保险缴费",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30213": "维修（护）费",
    "30227": "委托业务费",
    "30299": "其他商品和服务支出",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
}
SECTIONS = tuple(code for code in ECONOMIC if len(code) == 5)

#: Amounts by code, one for each column.
Leaves = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class PaperProject:
    """A project; ``fund`` is ``general``, ``managed`` or ``other``, ``amount`` hundreds of yuan."""

    name: str
    target: str
    fund: str
    function: str
    section: str
    amount: int


@dataclass(frozen=True)
class Unit:
    """A unit: its basic expenditure by economic section, under one function, and its projects."""

    name: str
    function: str
    basic: tuple[tuple[str, int], ...]
    projects: tuple[PaperProject, ...]


@dataclass(frozen=True)
class PaperBudget:
    """A made disclosure."""

    department: str
    year: int
    in_yuan: bool
    units: tuple[Unit, ...]
    duties: tuple[str, ...]


# ── random budgets ───────────────────────────────────────────────────────────────────────

_WORDS = st.sampled_from(
    [
        "政务服务大厅", "信息化", "运维", "数字政府", "便民", "热线", "档案整理", "电子证照",
        "网络安全", "12345热线", "综合保障", "办公楼维修", "监理", "采购", "宣传推广", "AI派单",
        "5.5G网络", "2025年", "机房", "一期", "“一网通办”", "（续建）", "咨询服务",
    ]
)  # fmt: skip
_names = st.lists(_WORDS, min_size=1, max_size=7).map(lambda words: "".join(words) + "项目")
_clauses = st.sampled_from(
    [
        "保障大厅日常运转", "完成系统升级改造", "提高群众满意度至98%以上", "按时支付服务费用",
        "依据（府办[2013]91号）文件推进", "带宽不小于5.5G", "覆盖全区42家单位",
        "确保数据安全，不发生重大事故", "目标值为100.00分",
    ]
)  # fmt: skip
_targets = st.lists(_clauses, min_size=1, max_size=9).map(lambda parts: "，".join(parts) + "。")
_amounts = st.integers(min_value=1, max_value=4_000_000)
_places = st.sampled_from(["广州市海珠区", "广州市", "广州市花都区", "佛山市禅城区"])
_bureaus = st.sampled_from(["政务服务和数据管理局", "信访局", "商务局", "科技工业和信息化局"])
_centres = st.sampled_from(
    ["数字政府运营中心（政务服务中心）", "档案馆", "市长专线电话受理中心", "信息化服务中心"]
)


@st.composite
def _projects(draw: st.DrawFn) -> PaperProject:
    fund = draw(st.sampled_from(["general", "general", "general", "managed", "other"]))
    function = FUND_LEAF if fund == "managed" else draw(st.sampled_from(LEAVES))
    return PaperProject(
        draw(_names),
        draw(_targets),
        fund,
        function,
        draw(st.sampled_from(SECTIONS)),
        draw(_amounts),
    )


@st.composite
def _units(draw: st.DrawFn, name: str) -> Unit:
    sections = draw(st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=4, unique=True))
    basic = tuple((section, draw(_amounts)) for section in sorted(sections))
    projects = st.lists(_projects(), max_size=6, unique_by=lambda project: project.name)
    return Unit(name, draw(st.sampled_from(LEAVES)), basic, tuple(draw(projects)))


@st.composite
def budgets(draw: st.DrawFn) -> PaperBudget:
    """Random budgets of a department with one to three units."""
    place, bureau = draw(_places), draw(_bureaus)
    others = draw(st.lists(_centres, max_size=2, unique=True))
    names = [place + bureau, *(place + centre for centre in others)]
    units = tuple(draw(_units(name)) for name in names)
    duties = draw(st.lists(_targets, min_size=1, max_size=3))
    year = draw(st.integers(2023, 2026))
    return PaperBudget(place + bureau, year, draw(st.booleans()), units, tuple(duties))


def example_budget(*, in_yuan: bool = False) -> PaperBudget:
    """One budget that is always the same, with every sort of row in it."""
    name = "广州市海珠区信访局"
    wrapped = "政务服务大厅综合保障及“一网通办”电子证照档案整理采购（续建）项目"
    target = "保障大厅日常运转，确保数据安全，不发生重大事故，提高群众满意度至98%以上。" * 3
    projects = (
        PaperProject("热线运维项目", target, "general", "2010302", "30227", 1_234_567),
        PaperProject(wrapped, "按时支付服务费用。", "managed", FUND_LEAF, "30299", 90_000),
        PaperProject("机房项目", target, "other", "2060503", "30213", 505),
    )
    first = Unit(name, "2010301", (("30101", 200_001), ("30201", 4_400)), projects)
    second = Unit("广州市海珠区档案馆", "2010350", (("30302", 77),), projects[:1])
    return PaperBudget(name, 2025, in_yuan, (first, second), (target,))


# ── sums ─────────────────────────────────────────────────────────────────────────────────


def all_projects(budget: PaperBudget) -> list[PaperProject]:
    """The projects of all units."""
    return [project for unit in budget.units for project in unit.projects]


def spent(budget: PaperBudget, *funds: str) -> int:
    """What the projects of these funds take."""
    return sum(project.amount for project in all_projects(budget) if project.fund in funds)


def basic(budget: PaperBudget) -> int:
    """The basic expenditure of all units."""
    return sum(amount for unit in budget.units for _, amount in unit.basic)


def by_function(budget: PaperBudget, *funds: str) -> dict[str, tuple[int, int]]:
    """Basic and project expenditure of each function that has any; basic is ``general``."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    if "general" in funds:
        for unit in budget.units:
            found[unit.function][0] += sum(amount for _, amount in unit.basic)
    for project in all_projects(budget):
        if project.fund in funds:
            found[project.function][1] += project.amount
    return {code: (basic, spent) for code, (basic, spent) in found.items()}


def basic_sections(budget: PaperBudget) -> Leaves:
    """Basic expenditure by economic section."""
    found: dict[str, int] = defaultdict(int)
    for unit in budget.units:
        for section, amount in unit.basic:
            found[section] += amount
    return {section: (amount,) for section, amount in found.items()}


def project_sections(budget: PaperBudget) -> Leaves:
    """Project expenditure of the general budget by economic section."""
    found: dict[str, int] = defaultdict(int)
    for project in all_projects(budget):
        if project.fund == "general":
            found[project.section] += project.amount
    return {section: (amount,) for section, amount in found.items()}


def basic_by_class(unit: Unit) -> list[tuple[str, int]]:
    """Basic expenditure of a unit by economic class: names and amounts."""
    found: dict[str, int] = defaultdict(int)
    for section, amount in unit.basic:
        found[section[:3]] += amount
    return [(ECONOMIC[code], amount) for code, amount in sorted(found.items())]


def spent_by_unit(unit: Unit, fund: str) -> int:
    """What the projects of one unit take of one fund."""
    return sum(project.amount for project in unit.projects if project.fund == fund)
