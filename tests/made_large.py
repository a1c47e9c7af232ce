"""Made disclosures that grow along one dimension: what ``make bench-growth`` doubles.

Each is that of ``tests.made_budgets.sample_budget``, or a like one as PDF, with more of one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.disclosure_texts import typeset
from tests.made_budgets import CLASSES, Atom, Budget, Project, sample_budget
from tests.made_rows import Table
from tests.pdf import typeset as paper
from tests.pdf.model import PaperProject, example_budget
from tests.pdf.ruled import Sheet, made
from tests.pdf.styles import PaperStyle
from tests.text_styles import Style

Files = Mapping[str, bytes]

_TABBED = Style(tabbed=True, spaced=False, breaks=0)
_TARGET = "保障大厅日常运转，完成系统升级改造，提高群众满意度至98%以上；按时支付服务费用。"
_ROWS_OF_PAGE = 40


@dataclass(frozen=True)
class Dimension:
    """One thing of which a disclosure may have more, and the sizes that are tried by default."""

    name: str
    what: str
    made: Callable[[int], Files]
    sizes: tuple[int, ...]


def _text(budget: Budget, **more: object) -> bytes:
    return typeset(budget, _TABBED, **more)  # type: ignore[arg-type]


def _with_projects(count: int, target: str, *, key: bool = False) -> Budget:
    """So many projects besides those of the sample, each of an amount and a name of its own."""
    budget = sample_budget()
    first = len(budget.projects)
    projects = [Project(0, f"第{n}号信息化运行维护项目", target, key) for n in range(count)]
    atoms = [
        Atom(0, first + n, "2060503", "30227", "general", Decimal(100 + n) / 100)
        for n in range(count)
    ]
    return replace(budget, projects=(*budget.projects, *projects), atoms=(*budget.atoms, *atoms))


def rows(count: int) -> Files:
    """Rows of the project table, with short targets, in a text."""
    return {"made.txt": _text(_with_projects(count, "按时完成。"))}


def targets(count: int) -> Files:
    """Key projects with long targets, in the project table and in the prose."""
    return {"made.txt": _text(_with_projects(count, _TARGET * 5, key=True))}


def codes(count: int) -> Files:
    """Functional codes, in five tables by code."""
    budget = sample_budget()
    classes = sorted(set(CLASSES) - {"206", "212"})
    found = [f"{c}{n // 9 + 1:02}{n % 9 + 1:02}" for n in range(9 * 99) for c in classes][:count]
    names = {code: f"第{code}项事务" for code in found}
    names |= {code[:5]: f"第{code[:5]}款事务" for code in found}
    atoms = [
        Atom(0, 0, code, "30227", "general", Decimal(100 + n) / 100) for n, code in enumerate(found)
    ]
    return {
        "made.txt": _text(
            replace(budget, names={**names, **budget.names}, atoms=(*budget.atoms, *atoms))
        )
    }


def name(count: int) -> Files:
    """Characters in the name of the largest project."""
    budget = _with_projects(1, "按时完成。")
    long = replace(budget.projects[-1], name=("信息化建设与运行维护" * count)[:count])
    atoms = (*budget.atoms[:-1], replace(budget.atoms[-1], amount=Decimal(9000)))
    return {"made.txt": _text(replace(budget, projects=(*budget.projects[:-1], long), atoms=atoms))}


def units(count: int) -> Files:
    """Units, each with two projects; one project takes money back."""
    budget = sample_budget()
    names = [*budget.units, *(f"广州市第{n}号服务中心" for n in range(count))]
    first = len(budget.projects)
    projects, atoms = list(budget.projects), list(budget.atoms)
    for unit in range(2, len(names)):
        for number in range(2):
            amount = Decimal(100 + unit + number) / 100 if unit > 2 else Decimal(number * 2 - 1)
            projects.append(Project(unit, f"第{unit}号运行维护项目{number}", "按时完成。", False))
            place = first + 2 * (unit - 2) + number
            atoms.append(Atom(unit, place, "2060503", "30227", "general", amount))
    return {
        "made.txt": _text(
            replace(budget, units=tuple(names), projects=tuple(projects), atoms=tuple(atoms))
        )
    }


def namesakes(count: int) -> Files:
    """Projects of one name and amount in a PDF, which is read in two ways."""
    budget = example_budget()
    same = PaperProject("其他项目", "按时完成。", "general", "2010302", "30227", 100)
    grown = replace(budget.units[0], projects=(*budget.units[0].projects, *(same,) * count))
    data = paper.typeset(replace(budget, units=(grown, *budget.units[1:])), PaperStyle())
    return {"made.pdf": data}


def statements(count: int) -> Files:
    """Sentences of the prose that state figures, in paragraphs of their own."""
    said = "\n".join(
        f"（{n}）第{n}项业务支出{n + 1}.25万元，比上年增加{n + 1}.00万元，增长{n % 90 + 1}.5%，"
        "主要原因是工作需要。"
        for n in range(count)
    )
    prose = (("部门预算收支增减变化情况", said),)
    return {"made.txt": _text(sample_budget(), prose=prose)}


def findings(count: int) -> Files:
    """Rows of the project table whose funds do not add up to their total."""

    def spoil(table: Table) -> Table:
        if table.number != 12:
            return table
        wrong = (
            replace(row, amounts=("7.77", *row.amounts[1:])) if row.name.startswith("第") else row
            for row in table.rows
        )
        return replace(table, rows=tuple(wrong))

    return {"made.txt": _text(_with_projects(count, "按时完成。"), order=spoil)}


def years(count: int) -> Files:
    """Disclosures of one department, one for each year."""
    made = [replace(sample_budget(), year=1990 + n) for n in range(count)]
    return {f"made-{budget.year}.txt": _text(budget) for budget in made}


def departments(count: int) -> Files:
    """Disclosures of as many departments."""
    made = [sample_budget(f"广州市第{n}试验局") for n in range(count)]
    return {f"made-{n}.txt": _text(budget) for n, budget in enumerate(made)}


def pages(count: int) -> Files:
    """Pages of a PDF with ruled tables, of the layouts of Guangdong."""
    budget = example_budget()
    unit = budget.units[0]
    more = [
        PaperProject(f"第{n}号信息化项目", "按时完成。" * 8, "general", "2010302", "30227", 100 + n)
        for n in range(count * 18)
    ]
    grown = replace(unit, projects=(*unit.projects, *more))
    return {
        "made.pdf": paper.typeset(replace(budget, units=(grown, *budget.units[1:])), PaperStyle())
    }


def ruled(count: int) -> Files:
    """Pages of a PDF with ruled tables that no layout fits, of another city."""
    heading = ("科目编码", "科目名称", "本年支出合计", "其中：基本支出", "其中：项目支出")
    codes = [f"{c}{n // 99 + 1:02}{n % 99 + 1:02}" for c in sorted(CLASSES) for n in range(99 * 9)]
    sheets = [
        Sheet(("某市信访局2023年度部门决算", "第一部分 某市信访局概况", "本部门负责信访工作。"))
    ]
    for page in range(count):
        mine = codes[page * _ROWS_OF_PAGE : (page + 1) * _ROWS_OF_PAGE]
        body = [(code, f"第{code}项事务", "3.00", "1.00", "2.00") for code in mine]
        above = ("支出决算表", "部门：某市信访局    金额单位：万元") if page == 0 else ()
        sheets.append(Sheet(above, [heading, *body]))
    return {"made.pdf": made(sheets)}


DIMENSIONS = tuple(
    Dimension(work.__name__, (work.__doc__ or "").partition("\n")[0].rstrip("."), work, sizes)
    for work, sizes in (
        (rows, (2500, 5000, 10_000)),
        (targets, (500, 1000, 2000)),
        (codes, (500, 1000, 2000)),
        (name, (2000, 4000, 8000)),
        (units, (250, 500, 1000)),
        (namesakes, (1000, 2000, 4000)),
        (statements, (500, 1000, 2000)),
        (findings, (500, 1000, 2000)),
        (years, (8, 16, 32)),
        (departments, (8, 16, 32)),
        (pages, (50, 100, 200)),
        (ruled, (25, 50, 100)),
    )
)
