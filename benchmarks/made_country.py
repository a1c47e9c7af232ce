"""Made disclosures of many departments: places, years and kinds, as texts and as PDFs.

Each is made of its number alone, so that the same number gives the same file anywhere. Of eight,
four are texts of budgets, two texts of final accounts, one is a ruled PDF of the same form, and one
a PDF in the form of another city.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from random import Random

from generator.meaning.departments import FIELDS
from tests.disclosure_texts import typeset
from tests.made_accounts import NON_TAX, Accounts, Dress
from tests.made_accounts import typeset as typeset_accounts
from tests.made_budgets import CLASSES, THREE_PUBLIC, WORDS, Atom, Budget, Project
from tests.pdf import typeset as paper
from tests.pdf.form_paper import FormStyle, typeset_forms
from tests.pdf.forms import FORMS
from tests.pdf.made_accounts import document
from tests.pdf.styles import PaperStyle
from tests.text_styles import Style

#: Of a department: its years and kinds. One more department begins after so many disclosures.
PERIODS = ((2023, "budget"), (2023, "final-accounts"), (2024, "budget"), (2025, "budget"))
_PLACES = (
    *(
        ("440100", "广州市", "city"),
        ("440103", "荔湾区", "district"),
        ("440104", "越秀区", "district"),
    ),
    *(("440106", "天河区", "district"), ("440111", "白云区", "district")),
    *(("440500", "汕头市", "city"), ("440600", "佛山市", "city"), ("441400", "梅州市", "city")),
)
_FORM_PLACES = {
    "shanghai": ("310000", "上海市", "province"),
    "xian": ("610100", "西安市", "city"),
    "jiangsu": ("320000", "江苏省", "province"),
    "beijing": ("110000", "北京市", "province"),
    "hangzhou": ("330100", "杭州市", "city"),
    "changsha": ("430100", "长沙市", "city"),
    "changchun": ("220100", "长春市", "city"),
}
_BUREAUS = (
    *("教育局", "公安局", "民政局", "财政局", "卫生健康局", "交通运输局", "生态环境局", "商务局"),
    *(
        "农业农村局",
        "应急管理局",
        "审计局",
        "市场监督管理局",
        "统计局",
        "司法局",
        "水务局",
        "信访局",
    ),
    *("科学技术局", "人力资源和社会保障局", "政务服务数据管理局", "医疗保障局", "体育局", "港务局"),
)
_ECONOMIC = {
    "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30113": "住房公积金",
    "30201": "办公费", "30209": "物业管理费", "30211": "差旅费", "30213": "维修（护）费",
    "30215": "会议费", "30216": "培训费", "30227": "委托业务费", "30299": "其他商品和服务支出",
    "30302": "退休费", "31002": "办公设备购置", **THREE_PUBLIC,
}  # fmt: skip
_TARGET = "保障日常运转，完成{}{}任务，提高群众满意度至98%以上；按时支付服务费用。"


@dataclass(frozen=True)
class MadeFile:
    """One made disclosure: the name of its file, and what is in it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class _Department:
    number: int
    form: str
    place: tuple[str, str, str]
    name: str

    @property
    def id(self) -> str:
        return f"made-{self.number:05}"


def disclosures(count: int) -> Iterator[MadeFile]:
    """Yield the first so many made disclosures."""
    for number in range(count):
        yield disclosure(number)


def disclosure(number: int, edition: int = 0) -> MadeFile:
    """Return one made disclosure; another edition of it has other amounts."""
    whose, period = divmod(number, len(PERIODS))
    department = _department(whose)
    year, kind = PERIODS[period]
    chance = Random(f"{number} {edition}")
    stem = f"{department.id}-{year}-{kind}"
    if department.form and period == len(PERIODS) - 1:
        return MadeFile(f"{stem}.pdf", _of_form(department, year, chance))
    budget = _budget(department.name, year, chance)
    if kind != "budget":
        accounts = _accounts(budget, chance)
        if whose % 4 == 1:
            return MadeFile(f"{stem}.pdf", paper.typeset_document(document(accounts), PaperStyle()))
        return MadeFile(f"{stem}.txt", typeset_accounts(accounts, Dress()).encode())
    style = Style(tabbed=True, spaced=False, breaks=whose % 2, name_width=12 + whose % 6)
    return MadeFile(f"{stem}.txt", typeset(budget, style))


def register(count: int) -> bytes:
    """Return the register of the departments of so many disclosures."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(FIELDS)
    for number in range(-(-count // len(PERIODS))):
        each = _department(number)
        code, place, level = each.place
        rows.writerow([each.id, each.name, f"Made Bureau {number}", 2023, 2025, code, place, level])
    return out.getvalue().encode()


def _department(number: int) -> _Department:
    """Every second one is of a city with a form of its own; a name is had once."""
    forms = list(FORMS)
    form = forms[number // 2 % len(forms)] if number % 2 else ""
    place = _FORM_PLACES[form] if form else _PLACES[number // 2 % len(_PLACES)]
    city = f"{'广州市' if place[2] == 'district' else ''}{place[1]}"
    of = len(forms) if form else len(_PLACES)
    turn, kind = divmod(number // 2 // of, len(_BUREAUS))
    again = f"第{turn + 1}" if turn else ""
    return _Department(number, form, place, f"{city}{again}{_BUREAUS[kind]}")


def _of_form(department: _Department, year: int, chance: Random) -> bytes:
    papers = [table.paper() for table in FORMS[department.form](chance)]
    return typeset_forms((f"{department.name}{year}年部门预算",), papers, FormStyle())


def _budget(name: str, year: int, chance: Random) -> Budget:
    functions = _functions(chance)
    units = (name, f"{name}信息中心", f"{name}服务中心")[: 1 + chance.randrange(3)]
    projects = tuple(_project(chance, unit) for unit in range(len(units)) for _ in range(5))
    return Budget(
        name, year, "万元", units, {**functions, **_ECONOMIC}, projects,
        (*_basic(chance, len(units), functions), *_spent(chance, projects, functions)),
    )  # fmt: skip


def _functions(chance: Random) -> dict[str, str]:
    found = {}
    for group in chance.sample(sorted(CLASSES), 4):
        for item in range(1, 4):
            found[f"{group}01"] = f"{CLASSES[group].removesuffix('支出')}管理事务"
            found[f"{group}01{item:02}"] = ("行政运行", "一般行政管理事务", "机关服务")[item - 1]
    return found


def _project(chance: Random, unit: int) -> Project:
    words = "".join(chance.sample(WORDS, 4))
    return Project(unit, f"{words}项目", _TARGET.format(*chance.sample(WORDS, 2)), False)


def _basic(chance: Random, units: int, functions: dict[str, str]) -> Iterator[Atom]:
    leaves = [code for code in functions if len(code) == 7]
    for unit in range(units):
        for economic in _ECONOMIC:
            yield Atom(unit, None, chance.choice(leaves), economic, "general", _money(chance))


def _spent(
    chance: Random, projects: Sequence[Project], functions: dict[str, str]
) -> Iterator[Atom]:
    leaves = [code for code in functions if len(code) == 7]
    for place, project in enumerate(projects):
        fund = chance.choice(("general", "general", "managed", "other"))
        code = chance.choice(leaves)
        yield Atom(project.unit, place, code, "30227", fund, _money(chance) * 10)


def _money(chance: Random) -> Decimal:
    return Decimal(chance.randrange(100, 10**6)) / 100


def _accounts(budget: Budget, chance: Random) -> Accounts:
    nothing = tuple(Decimal(0) for _ in budget.atoms)
    approved = tuple(_money(chance) for _ in THREE_PUBLIC)
    return Accounts(
        budget, nothing, nothing, (), approved, ((Decimal(0), Decimal(0)),) * len(NON_TAX)
    )
