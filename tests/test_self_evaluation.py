"""The arithmetic that a project's self-evaluation prints, and only that."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from generator.checks import run_checks
from generator.models import Disclosure, Finding
from tests.doors import read_source
from tests.records import with_record

TABLE = "project-performance"
#: Records of the form: money, the first indicator, the last one, the total.
MONEY, FIRST, LAST, TOTAL = 4, 9, 13, 14


@cache
def published() -> Disclosure:
    return read_source("haizhu-2020-final-accounts.txt").disclosure


def found(disclosure: Disclosure) -> list[Finding]:
    return [e for e in run_checks(disclosure).findings if e.rule.startswith("evaluation-")]


def outcomes(number: int, **values: str) -> dict[str, set[str]]:
    """The rules of the form that do not hold once one record is another, by outcome."""
    result: dict[str, set[str]] = {}
    for each in found(with_record(published(), TABLE, number, values)):
        if each.outcome != "holds":
            result.setdefault(each.outcome, set()).add(each.rule.removeprefix("evaluation-"))
    return result


def test_all_hold_in_the_published_form() -> None:
    held = [(each.rule, each.outcome) for each in found(published())]
    assert {outcome for _, outcome in held} == {"holds"}
    rules = ["weights", "scores", "limit", "rate"]
    assert list(dict.fromkeys(rule for rule, _ in held)) == [f"evaluation-{r}" for r in rules]
    assert len(held) == 9


@pytest.mark.parametrize(
    ("number", "values", "expected"),
    [
        (FIRST, {"weight": "25"}, {"differs": {"weights"}}),
        (FIRST, {"weight": "25", "score": "25"}, {"differs": {"weights", "scores"}}),
        (LAST, {"score": "12"}, {"differs": {"limit", "scores"}}),
        (LAST, {"score": "7.5"}, {"differs": {"scores"}}),
        (TOTAL, {"score": "97"}, {"differs": {"scores"}}),
        (TOTAL, {"weight": "100", "score": "97"}, {"differs": {"scores"}}),
        (MONEY, {"achieved": "700.32"}, {"differs": {"rate"}}),
        (MONEY, {"completion_rate": "99.5%"}, {"differs": {"rate"}}),
        (MONEY, {"achieved": "799.00", "completion_rate": "99.8%"}, {}),
        # A cell that was cut, or that holds more than its figure, cannot be told.
        (FIRST, {"weight": ""}, {"cannot_tell": {"weights"}}),
        (FIRST, {"score": "15 （见说明）"}, {"cannot_tell": {"scores", "limit"}}),
        (MONEY, {"achieved": "8OO.32"}, {"cannot_tell": {"rate"}}),
        # What is not printed is not checked.
        (TOTAL, {"score": ""}, {}),
        (MONEY, {"completion_rate": ""}, {}),
        (LAST, {"weight": "10分", "score": "10分"}, {}),
    ],
)
def test_a_changed_cell(number: int, values: dict[str, str], expected: dict[str, set[str]]) -> None:
    assert outcomes(number, **values) == expected


def test_one_wrong_score_is_one_case_and_named() -> None:
    checked = run_checks(with_record(published(), TABLE, LAST, {"score": "12"}))
    case = next(each for each in checked.cases if TABLE in each.case_id)
    assert len(case.findings) == 2
    key = next(t for t in published().extract.tables if t.id == TABLE).records[LAST - 1].key
    assert case.figure.endswith(f"{TABLE}.{key}.score")
    assert "《项目支出绩效自评表》“服务对象满意度”的“得分”" in case.sentence


def test_a_table_that_was_not_read_whole_accuses_nobody() -> None:
    wrong = with_record(published(), TABLE, LAST, {"score": "12"})
    tables = tuple(
        replace(each, gap="一项指标没有读出来") if each.id == TABLE else each
        for each in wrong.extract.tables
    )
    wrong = replace(wrong, extract=replace(wrong.extract, tables=tables))
    assert {each.outcome for each in found(wrong)} == {"holds", "cannot_tell"}
