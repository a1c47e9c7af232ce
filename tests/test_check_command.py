"""``mingzhang check`` and ``explain``; acknowledged findings, and rules that are switched."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generator.meaning.amounts import to_decimal
from tests.doors import ROOT, fresh_packages, rows, run, write_settings

_BUDGET = """第一部分 广州市试验局概况
广州市试验局
第二部分 2025年部门预算表
单位：万元
一般公共预算支出情况表（按功能分类科目）
功能科目名称 一般公共预算支出
 小计 其中：基本支出 项目支出
合计 {total} 10.00 20.00
[229]其他支出 30.00 10.00 20.00
注：无。
第三部分 2025年部门预算情况说明
　　一、部门预算收支增减变化情况
　　2025年本部门收入预算30万元，比上年增加10万元，增长50%，主要原因是是增加项目。
"""
_FINDING = (
    "guang-zhou-shi-shi-yan-ju.2025-budget.check.row-sum.budget-general-public-by-function"
    ".4ae4csgr.subtotal"
)


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    (tmp_path / "disclosures").mkdir()
    return write_settings(tmp_path)


def write(settings: Path, total: str) -> None:
    text = _BUDGET.format(total=total)
    (settings.parent / "disclosures" / "made.txt").write_text(text, encoding="utf-8")


def check(settings: Path, *more: str) -> tuple[int, str, str]:
    disclosures = str(settings.parent / "disclosures")
    result = run("check", "--config", str(settings), "--disclosures", disclosures, *more)
    return result.exit_code, result.stdout, result.stderr


def acknowledge(settings: Path, printed: str) -> None:
    (settings.parent / "acknowledged.yaml").write_text(
        f"- finding: {_FINDING}\n  printed: '{printed}'\n  reason: 原文如此\n", encoding="utf-8"
    )


def contradictions(settings: Path) -> list[str]:
    _, output, _ = check(settings, "--json")
    return [each["finding_id"] for each in json.loads(output)["contradictions"]]


def test_a_contradiction_is_printed_with_place_and_numbers(settings: Path) -> None:
    write(settings, "35.00")
    code, output, _ = check(settings)
    assert code == 1
    (line,) = (each for each in output.splitlines() if "DIFFERS: " in each and "row-sum" in each)
    assert "line 8" in line and "35.00" in line and "30.00" in line and line.endswith(_FINDING)
    assert "remark: " in output and "是是" in output
    assert "holds: " not in output
    assert "holds: " in check(settings, "--every")[1]
    assert not (settings.parent / "packages").exists()


def test_nothing_differs_where_the_source_adds_up(settings: Path) -> None:
    write(settings, "30.00")
    _, output, _ = check(settings)
    assert "DIFFERS: " not in output
    assert contradictions(settings) == []


def test_an_acknowledged_contradiction_stays_and_is_marked(settings: Path) -> None:
    write(settings, "35.00")
    acknowledge(settings, "35.00")
    assert _FINDING not in contradictions(settings)
    assert "(acknowledged: 原文如此)" in check(settings)[1]
    run("extract", "--config", str(settings), "--disclosures", str(settings.parent / "disclosures"))
    (found,) = (
        each
        for each in rows(settings.parent / "packages" / "all" / "findings.csv")
        if each["finding_id"] == _FINDING
    )
    assert (found["outcome"], found["acknowledged"]) == ("differs", "原文如此")


def test_an_acknowledgement_is_stale_once_the_source_changes(settings: Path) -> None:
    write(settings, "36.00")
    acknowledge(settings, "35.00")
    code, _, errors = check(settings)
    assert code == 1 and "[acknowledgement-stale]" in errors and "36.00" in errors
    assert _FINDING in contradictions(settings)


def test_an_acknowledgement_of_nothing_is_a_problem(settings: Path) -> None:
    write(settings, "30.00")
    acknowledge(settings, "35.00")
    code, _, errors = check(settings)
    assert code == 1 and "acknowledged.yaml: error [acknowledgement-gone]" in errors


def test_an_acknowledgement_of_another_disclosure_says_nothing(settings: Path) -> None:
    write(settings, "30.00")
    (settings.parent / "acknowledged.yaml").write_text(
        "- finding: another.2025-budget.check.row-sum.x\n  printed: '1'\n  reason: 原文如此\n",
        encoding="utf-8",
    )
    assert "acknowledgement" not in check(settings)[2]


@pytest.mark.parametrize(
    "text", ["finding: x", "- finding: x", "- [", "- finding: x\n  printed: 1"]
)
def test_a_malformed_acknowledgement_is_exit_code_2(settings: Path, text: str) -> None:
    write(settings, "30.00")
    (settings.parent / "acknowledged.yaml").write_text(text, encoding="utf-8")
    code, _, errors = check(settings)
    assert code == 2 and "acknowledged.yaml" in errors


def test_the_contradictions_of_the_five_are_those_that_were_looked_up() -> None:
    acknowledged = yaml.safe_load((ROOT / "data/acknowledged.yaml").read_text(encoding="utf-8"))
    found = {
        each["finding_id"]: Decimal(each["printed"])
        for each in rows(fresh_packages() / "all" / "findings.csv")
        if each["outcome"] == "differs"
    }
    seen = {each["finding"]: to_decimal(each["printed"]) for each in acknowledged}
    assert found == seen


def test_rules_of_form_are_switched(settings: Path) -> None:
    write(settings, "30.00")
    assert "[doubled-word]" in check(settings)[1]
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[checks]\ndoubled-word = false\n", encoding="utf-8")
    assert "[doubled-word]" not in check(settings)[1]


@pytest.mark.parametrize("line", ["row-sum = false", "no-such-rule = true", "placeholder = 1"])
def test_rules_of_arithmetic_are_never_switched(settings: Path, line: str) -> None:
    write(settings, "30.00")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[checks]\n{line}\n", encoding="utf-8")
    code, _, errors = check(settings)
    assert code == 2 and "checks" in errors


def test_explain_tells_the_whole_story_of_a_figure(settings: Path) -> None:
    write(settings, "35.00")
    folder = settings.parent
    run("extract", "--config", str(settings), "--disclosures", str(folder / "disclosures"))
    fact = _FINDING.replace(".check.row-sum", "")
    result = run("explain", fact, "--config", str(settings))
    assert result.exit_code == 0
    assert "35.00 万元" in result.stdout and "350000.00 元" in result.stdout
    assert "made.txt" in result.stdout and "第 8 行" in result.stdout
    assert "flow:txt" in result.stdout and "[不符] row-sum" in result.stdout
    (growth,) = (
        each["narrative_id"]
        for each in rows(folder / "packages" / "all" / "narrative.csv")
        if each["measure"] == "growth"
    )
    stated = run("explain", growth, "--config", str(settings))
    assert "50 %" in stated.stdout and "[相符] growth" in stated.stdout
    finding = run("explain", _FINDING, "--config", str(settings))
    assert "[不符]" in finding.stdout and fact in finding.stdout
    owner, table, _, column = fact.rsplit(".", 3)
    assert run("explain", f"{owner}.{table}.r1.{column}", "--config", str(settings)).stdout == (
        result.stdout
    )  # as it was known before identifiers were made of meaning
    unknown = run("explain", fact + "x", "--config", str(settings))
    assert unknown.exit_code == 2 and fact in unknown.stderr
