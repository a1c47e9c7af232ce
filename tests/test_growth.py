"""Work grows with a disclosure, and not with the square of it: told by counting, never by a clock.

Each line of the program is counted as often as it is run. Of a disclosure twice and four times as
large in everything, no line may be run much more often than that.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from types import FrameType
from typing import TYPE_CHECKING

from generator import __path__ as program
from generator.checks import run_checks
from generator.website.department.doubts import Doubt
from generator.website.department.prose import spans
from generator.website.drawing.lettering import ems, label_lines
from tests.disclosure_texts import typeset
from tests.doors import read_text
from tests.made_budgets import Atom, Project, sample_budget
from tests.made_rows import Table
from tests.test_cache import TEXT
from tests.text_styles import Style

if TYPE_CHECKING:
    from _typeshed import TraceFunction

_STYLE = Style(tabbed=True, spaced=False, breaks=0)
_SIZE = 8
#: What the second doubling adds, by what the first one did: 2 where it is linear, 4 where it is
#: quadratic, and what n log n may come to at these sizes in between.
_MOST = 3.0
#: A line that is run less often at the largest size says nothing.
_LEAST = 40 * _SIZE

_MEASURED = "/website/drawing/lettering.py"

Lines = Counter[tuple[str, int]]


@contextmanager
def counted() -> Iterator[Lines]:
    """Count how often each line of the program is run."""
    lines: Lines = Counter()

    def trace(frame: FrameType, event: str, argument: object) -> TraceFunction | None:
        name = frame.f_code.co_filename
        if not name.startswith(program[0]):
            return None
        if event == "line":
            lines[name.removeprefix(program[0]), frame.f_lineno] += 1
        return trace

    sys.settrace(trace)
    try:
        yield lines
    finally:
        sys.settrace(None)


def quadratic(
    work: Callable[[int], object], size: int, least: int = _LEAST
) -> dict[str, list[int]]:
    """The lines of which a doubled size makes four times as much, with how often they are run."""
    work(size)  # what is read and compiled once is no part of it
    found: list[Lines] = []
    for each in (size, 2 * size, 4 * size):
        with counted() as lines:
            work(each)
        found.append(lines)
    return {
        f"{name}:{line}": [lines[name, line] for lines in found]
        for name, line in found[-1]
        if found[-1][name, line] > least and _grows([lines[name, line] for lines in found])
    }


def _grows(runs: list[int]) -> bool:
    small, middle, large = runs
    return large - middle > _MOST * max(middle - small, 1)


def large(size: int) -> bytes:
    """A disclosure with so many units, codes, key projects and statements, and wrong sums."""
    budget = sample_budget()
    first = len(budget.projects)
    units = [*budget.units, *(f"广州市第{n}号服务中心" for n in range(size))]
    codes = [f"203{n // 9 + 1:02}{n % 9 + 1:02}" for n in range(size)]
    names = {code: f"第{code}项事务" for code in codes} | {c[:5]: f"第{c[:5]}款" for c in codes}
    projects, atoms = list(budget.projects), list(budget.atoms)
    for number in range(2 * size):
        unit, amount = 2 + number // 2, Decimal(100 + number) / 100 - 2 * (number == 0)
        projects.append(Project(unit, f"第{number}号项目", "按时完成。", key=number % 2 == 0))
        code = codes[number // 2]
        atoms.append(Atom(unit, first + number, code, "30227", "general", amount))
    whole = replace(
        budget, units=tuple(units), names={**names, **budget.names},
        projects=tuple(projects), atoms=tuple(atoms),
    )  # fmt: skip
    return typeset(whole, _STYLE, (("部门预算收支增减变化情况", _said(size)),), _spoiled)


def _said(size: int) -> str:
    return "\n".join(
        f"（{n}）第{n}项业务支出{n + 1}.25万元，比上年增加{n + 1}.00万元，增长{n % 90 + 1}.5%，"
        "主要原因是工作需要；其中：基本支出1.00万元，占总支出的5%，印刷3批次。"
        for n in range(size)
    )


def _spoiled(table: Table) -> Table:
    if table.number != 12:
        return table
    rows = (replace(r, amounts=("7.77", *r.amounts[1:])) if r.target else r for r in table.rows)
    return replace(table, rows=tuple(rows))


def test_reading_and_checking_grow_with_the_disclosure() -> None:
    texts = {size: large(size) for size in (_SIZE, 2 * _SIZE, 4 * _SIZE)}

    def work(size: int) -> None:
        read = read_text(texts[size])
        assert len(read.disclosure.statements) > 3 * size
        assert len(run_checks(read.disclosure).cases) > size

    assert quadratic(work, _SIZE) == {}


def test_lines_like_furniture_are_judged_by_their_neighbours() -> None:
    text = TEXT.format(name="广州市信访局", amount="12.00")

    def work(size: int) -> None:
        read_text(text.replace("没有变化。", "单位：万元\n" * size))

    assert quadratic(work, 40) == {}


def test_a_sentence_that_is_doubted_is_found_without_a_search_for_each() -> None:
    """Alike or not, in one section; what is found twice is told apart by its order."""

    def work(size: int) -> None:
        quotes = [f"支出{n // 2 * (n % 2) + 1}.00万元。" for n in range(size)]
        rows = [
            {"narrative_id": f"a.b.{n}", "quote": q, "printed": q[2:-3], "printed_unit": "万元"}
            for n, q in enumerate(quotes)
        ]
        doubts = {f"{n}": Doubt((), first=True) for n in range(size)}
        assert len(spans("".join(quotes), rows, doubts)) == size

    assert quadratic(work, 100) == {}


def test_a_label_is_measured_as_often_as_it_is_long() -> None:
    assert quadratic(lambda size: label_lines("信息化" * size, "100 万元"), 100) == {}


def test_what_is_quadratic_is_told() -> None:
    def work(size: int) -> None:
        for end in range(size):
            ems("信" * end)

    assert [name.partition(":")[0] for name in quadratic(work, 50)] == [_MEASURED] * 3
