"""Prose as data, and the checks on it: one wording of the sources each, in ``prose/*.txt``.

A case is ``budget 2025`` or ``final_accounts 2024``, the paragraphs of an explanation, a line
``---``, and what is to be read and found, one thing a line:

    says SUBJECT MEASURE PHASE BASE DIRECTION PRINTED UNIT [in SUBJECT]
    finds RULE OUTCOME [EXPECTED]

``-`` is nothing. All statements must be given, but for counts of things and what is only mentioned;
of findings all that do not hold, and of those that hold the ones that matter.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.facts.narrative_grammar import FIGURE, certain_number
from generator.facts.narrative_words import plain
from generator.meaning.amounts import to_decimal
from generator.models import Finding, Statement
from tests.doors import Read, read_text

CASES = sorted((Path(__file__).parent / "prose").glob("*.txt"))
#: Something must be read besides the prose: one table with nothing that the prose could state.
_TABLE = {
    "budget": "部门预算表\n单位：万元\n一般公共预算项目支出情况表（按经济分类科目）\n"
    "部门预算支出经济科目 预算\n合计 0.01\n[302]商品和服务支出 0.01",
    "final_accounts": "部门决算表\n单位：万元\n一般公共预算财政拨款支出决算表\n"
    "项目 本年支出合计 基本支出 项目支出\n功能分类科目编码 科目名称\n"
    "合计 0.01 0.01 0.00\n229 其他支出 0.01 0.01 0.00",
}
_UNSAID = ("quantity", "mentioned")


def read_prose(kind: str, year: str, prose: str) -> Read:
    word = "预算" if kind == "budget" else "决算"
    return read_text(
        f"第一部分 广州市试验局概况\n广州市试验局\n第二部分 {year}年{_TABLE[kind]}\n"
        f"第三部分 {year}年部门{word}情况说明\n　　一、情况说明\n{prose}\n"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_prose(path: Path) -> None:
    text = "\n".join(
        line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("#")
    )
    head, _, rest = text.partition("\n")
    prose, _, expected = rest.partition("\n---\n")
    kind, year = head.split()
    read = read_prose(kind, year, prose)
    wanted = [line for line in expected.split("\n") if line]
    assert [line for line in said(read) if line.startswith("says") or line in wanted] == [
        line for line in wanted if line.startswith("says") or line in said(read)
    ]
    unwanted = [line for line in found(read, doubtful=True) if line not in wanted]
    assert not unwanted
    missing = [each for each in wanted if each.startswith("finds") and each not in found(read)]
    assert not missing


def said(read: Read) -> list[str]:
    subjects = {each.statement_id: each.subject for each in read.disclosure.statements}
    return [
        _said(each, subjects) for each in read.disclosure.statements if each.measure not in _UNSAID
    ]


def _said(each: Statement, subjects: dict[str, str]) -> str:
    words = (each.subject, each.measure, each.phase, each.base, each.direction, each.printed)
    within = f" in {subjects[each.within] or '-'}" if each.within else ""
    return " ".join(("says", *(word or "-" for word in words), each.printed_unit or "-")) + within


#: What the minimal disclosure around the prose lacks, and what is no matter of prose.
_OTHER = ("sections", "title-year", "code-name", "code-parent", "row-sum", "tree-sum")


def found(read: Read, *, doubtful: bool = False) -> list[str]:
    return [
        line
        for each in read.findings
        if each.rule not in _OTHER and not (doubtful and each.outcome in ("holds", "cannot_tell"))
        for line in _found(each)
    ]


def _found(finding: Finding) -> list[str]:
    plain = f"finds {finding.rule} {finding.outcome}"
    return [plain] if finding.expected is None else [plain, f"{plain} {finding.expected:f}"]


def test_each_statement_leads_to_its_line_and_quote() -> None:
    read = read_prose("budget", "2025", "2025年本部门收入预算\n100万元，比上年增加\n20万元。")
    amount, change = read.disclosure.statements
    lines = read.disclosure.extract.document.lines
    assert "100万元" in lines[amount.line - 1].text
    assert lines[change.line - 1].text == "20万元。"
    assert amount.quote == "2025年本部门收入预算100万元，比上年增加20万元。"


REASONS = [
    ("2025年本部门支出预算100万元，比上年增加20万元，主要原因是新增一个项目。", "新增一个项目"),
    ("2025年本部门支出预算100万元，比上年增加20万元。主要系人员增加。", "人员增加"),
    (
        "2025年本部门支出预算100万元，比上年增加20万元。\n　　收支增加主要原因说明：新增项目。",
        "新增项目",
    ),
    ("2025年本部门支出预算100万元，比上年增加20万元。\n　　会议费1万元，主要原因是换届。", ""),
    ("2025年本部门支出预算100万元，比上年增加20万元。", ""),
]


@pytest.mark.parametrize(("prose", "reason"), REASONS)
def test_a_reason_is_that_of_the_change_before_it(prose: str, reason: str) -> None:
    stated = read_prose("budget", "2025", prose).disclosure.statements
    (change,) = [each for each in stated if each.measure == "change"]
    assert change.reason == reason


# ── what is certain of a number in prose ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("支出预算4，417.5万元", "4417.5"),
        ("支出预算４，４１７．５万元", "4417.5"),
        ("支出预算4,417.5万元", "4417.5"),
        ("支出预算4 417.5万元", "4417.5"),
        ("支出预算4\u2009417.5万元", "4417.5"),
        ("支出预算4, 417.5万元", "4417.5"),
        ("支出预算－4417.5万元", "-4417.5"),
        ("支出预算−4417.5万元", "-4417.5"),
        ("支出预算4417. 5万元", "4417.5"),
    ],
)
def test_a_number_is_read_whole(words: str, value: str) -> None:
    (figure,) = FIGURE.finditer(plain(words))
    number = certain_number(figure["number"], plain(words)[: figure.start()])
    assert number is not None and to_decimal(number) == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "分别为12，417.5万元", "其中表1，417.5万元", "支出10-20万元", "支出10～20万元",
        "支出预算4，17.5万元", "支出100，200，300万元", "1. 500万元", "支出预算2024 417.5万元",
        "支出预算12,3456万元", "支出预算4,417,50万元",
    ],
)  # fmt: skip
def test_a_number_that_may_be_several_is_none(words: str) -> None:
    text = plain(words)
    for figure in FIGURE.finditer(text):
        assert certain_number(figure["number"], text[: figure.start()]) is None
