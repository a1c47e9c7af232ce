"""Made-up Guangdong budgets: departments, units, projects, codes, and the money as atoms.

An atom is one amount with all that is known of it; ``tests.made_tables`` adds them up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

FUNDS = ("general", "managed", "state", "special", "other")
FISCAL = FUNDS[:3]
#: Money that was left from the year before, and the ``project`` of what is left for the next year.
BROUGHT = "brought"
CARRIED = -1
FUNCTIONS = (
    "201一般公共服务支出 202外交支出 203国防支出 204公共安全支出 205教育支出 206科学技术支出 "
    "207文化旅游体育与传媒支出 208社会保障和就业支出 210卫生健康支出 211节能环保支出 "
    "212城乡社区支出 213农林水支出 214交通运输支出 215资源勘探工业信息等支出 "
    "216商业服务业等支出 217金融支出 219援助其他地区支出 220自然资源海洋气象等支出 "
    "221住房保障支出 222粮油物资储备支出 223国有资本经营预算支出 224灾害防治及应急管理支出 "
    "232债务付息支出 229其他支出"
)
CLASSES = {each[:3]: each[3:] for each in FUNCTIONS.split()}
ECONOMY = {
    "301": "工资福利支出",
    "302": "商品和服务支出",
    "303": "对个人和家庭的补助",
    "310": "资本性支出",
}
THREE_PUBLIC = {
    "30212": "因公出国（境）费用",
    "31013": "公务用车购置",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
}
SUFFIXES = {"": "", "（本级）": "本级", "（又名）": ""}


@dataclass(frozen=True)
class Atom:
    """Money that nothing divides further; ``project`` is None for basic expenditure."""

    unit: int
    project: int | None
    function: str
    economic: str
    fund: str
    amount: Decimal


@dataclass(frozen=True)
class Project:
    """A project of a unit, its target, and whether the prose names it a key project."""

    unit: int
    name: str
    target: str
    key: bool


@dataclass(frozen=True)
class Budget:
    """A department's budget; ``names`` are those of all codes below the classes.

    ``bare``: the tables of the smaller funds have no rows where there is no money.
    """

    department: str
    year: int
    money: str
    units: tuple[str, ...]
    names: dict[str, str]
    projects: tuple[Project, ...]
    atoms: tuple[Atom, ...]
    bare: bool = False


# ── at random ────────────────────────────────────────────────────────────────────────────

WORDS = re.findall(
    r"\S+",
    "政务 服务 数据 管理 信息化 建设 运行 维护 数字 政府 平台 热线 大厅 经费 业务 保障 外包 安全 "
    "云 资源 网络 系统 升级 改造 专项 综合 工作 购置 租赁 人员 培训 推广 应用 指标 群众 企业",
)
_TRICKY = re.findall(
    r"\S+",
    "“一网通办” （一期） 12345 2024年 5G 2023-2025年 、 LED/LCD （番府办[2013]91号） 5.5G 95% 1. "
    "〔2015〕232号 100万元 《办法》 300多万 3.5％ ‘跨省通办’ ： (试行) 一、 （二） 2、 - 单位： "
    "表1 合计 表3 部门：区政数局 部门：各镇街 12,345.00 0.50 2,345,678.90 100.00 说明： "
    "单位：百万元",
)
#: What stands on a line of its own in some targets, just as furniture and cells do.
ALONE = r"部门：(?:区政数局|各镇街)|表\d|单位：百万元|\d[\d,]*\.\d\d"
_words = st.sampled_from(WORDS)
# Ten characters: with the narrowest of columns, the name that goes on has lines of its own.
_prefixes = st.lists(_words.filter(lambda word: len(word) == 2), min_size=5, max_size=5).map(
    "".join
)
_names = st.lists(_words | st.sampled_from(_TRICKY[:6]), min_size=1, max_size=5).map("".join)


def _join_latin(parts: list[str]) -> str:
    """Two Latin words need a space between them, which no line of these texts may begin with."""
    joined = ""
    for part in parts:
        joined += "和" if re.search(r"[A-Za-z]$", joined) and re.match(r"[A-Za-z]", part) else ""
        joined += part
    return joined


def _clause() -> st.SearchStrategy[str]:
    words = st.lists(_words | st.sampled_from(_TRICKY), min_size=1, max_size=8)
    return st.tuples(_words, words).map(lambda pair: pair[0] + _join_latin(pair[1]))


def _target() -> st.SearchStrategy[str]:
    return st.tuples(
        st.lists(_clause(), min_size=1, max_size=6),
        st.sampled_from("，、；。"),
        st.sampled_from(["。", "。", "；", "", "（行政组）"]),
    ).map(lambda parts: parts[1].join(parts[0]) + parts[2])


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """A random budget: one to three units, up to five projects each, and codes of its own."""
    town = draw(st.sampled_from(["广州市", "广州市从化区", "汕头市", "佛山市南海区", "梅州市"]))
    department = f"{town}{draw(_words)}{draw(_words)}局"
    units = _units(draw, town, department)
    functions = draw(_codes(CLASSES, 2, 5))
    economic = {**draw(_codes(ECONOMY, 2, 5)), **THREE_PUBLIC}
    projects = tuple(p for index in range(len(units)) for p in _projects(draw, index, units[index]))
    purse = _Purse(draw, sorted(c for c in functions if len(c) == 7), sorted(economic))
    basic = [purse.atom(index, None) for index in range(len(units)) for _ in range(2)]
    spent = [purse.atom(project.unit, place) for place, project in enumerate(projects)]
    return Budget(
        department, draw(st.integers(2019, 2027)), draw(st.sampled_from(["万元", "元"])),
        units, {**functions, **economic}, projects, (*basic, *spent),
    )  # fmt: skip


def _units(draw: st.DrawFn, town: str, department: str) -> tuple[str, ...]:
    others = draw(st.lists(_words, max_size=2, unique=True))
    names = [department, *(f"{town}{word}事务中心" for word in others)]
    return tuple(name + draw(st.sampled_from(sorted(SUFFIXES))) for name in names)


def _projects(draw: st.DrawFn, unit: int, name: str) -> list[Project]:
    names = draw(st.lists(st.tuples(_words, _names), max_size=5, unique=True))
    starts = ("", "", re.sub(r"（.*）$", "", name))
    whole = [draw(st.sampled_from(starts)) + first + rest for first, rest in names]
    if draw(st.booleans()):
        # No name was seen to take more than six lines.
        whole += [draw(_prefixes) + shorter for shorter in whole[:1] if len(shorter) < 40]
    return [Project(unit, each, draw(_target()), draw(st.booleans())) for each in whole]


@st.composite
def _codes(draw: st.DrawFn, classes: dict[str, str], least: int, most: int) -> dict[str, str]:
    """Codes below the classes, with names: 款 and 项 of functions, 款 of economic classes."""
    deep = len(classes) > len(ECONOMY)
    codes: dict[str, str] = {}
    for _ in range(draw(st.integers(least, most))):
        code = draw(st.sampled_from(sorted(classes)))
        for _ in range(2 if deep else 1):
            code += f"{draw(st.integers(1, 99)):02}"
            codes.setdefault(code, draw(st.lists(_words, min_size=1, max_size=9).map("".join)))
    return codes


@dataclass(frozen=True)
class _Purse:
    """Gives out money under random codes."""

    draw: st.DrawFn
    functions: list[str]
    economic: list[str]

    def atom(self, unit: int, project: int | None) -> Atom:
        """Basic expenditure comes from the general budget, as everywhere in Guangdong."""
        fund = self.draw(st.sampled_from(FUNDS)) if project is not None else "general"
        return Atom(
            unit,
            project,
            self.draw(st.sampled_from(self.functions)),
            self.draw(st.sampled_from(self.economic)),
            fund,
            Decimal(self.draw(st.integers(100, 10**10))) / self.draw(st.sampled_from([100, 10**4])),
        )


# ── one to start from ────────────────────────────────────────────────────────────────────


def sample_budget(department: str = "广州市试验局") -> Budget:
    """A small budget that never changes: two units, three projects, money from four funds."""
    projects = (
        Project(0, "热线运行经费", "保障热线平稳运行，群众满意度达到95%。", True),
        Project(0, "政务大厅维护经费", "通过大厅日常维护，为办事群众提供安全、舒适的环境。", False),
        Project(
            1, "热线运行经费", "及时响应群众诉求，按时办结率不低于98%，推动服务提质增效。", False
        ),
    )
    money = (
        (0, None, "2010301", "30101", "general", "120.50"),
        (0, None, "2010301", "30217", "general", "0.40"),
        (1, None, "2010350", "30101", "general", "80.25"),
        (0, 0, "2060503", "30227", "general", "1050.00"),
        (0, 1, "2120899", "30209", "managed", "33.10"),
        (1, 2, "2060503", "30227", "other", "10.00"),
    )
    names = {
        "20103": "政府办公厅（室）及相关机构事务", "2010301": "行政运行", "2010350": "事业运行",
        "20605": "科技条件与服务", "2060503": "科技条件专项",
        "21208": "国有土地使用权出让收入安排的支出",
        "2120899": "其他国有土地使用权出让收入安排的支出",
        "30101": "基本工资", "30209": "物业管理费", "30217": "公务接待费", "30227": "委托业务费",
    }  # fmt: skip
    atoms = tuple(
        Atom(unit, project, function, economic, fund, Decimal(amount))
        for unit, project, function, economic, fund, amount in money
    )
    units = (department, f"{department}数据中心")
    return Budget(department, 2025, "万元", units, names, projects, atoms)
