"""Counterparts: tables that do not say whose they are, and a department's prose beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.meaning.regions import Where, where, without_region
from tests.doors import Rows, rows, run
from tests.made_city import EXPENDITURE, SUMMARY
from tests.pdf.ruled import made

pytestmark = pytest.mark.usefixtures("unvalidated")

PROSE = (
    "{}2026年部门预算\n第一部分 概况\n　　本部门负责信访工作，收费部门：某市自来水\n第二部分 说明\n"
)


def extracted(folder: Path, tables: str, *prose: str) -> tuple[Rows, list[str]]:
    """Extract tables from a file of a name, beside the prose of departments."""
    (folder / "disclosures").mkdir()
    sheets = [
        replace(each, above=(each.above[0].removeprefix("某市信访局"), *each.above[1:]))
        for each in (SUMMARY, EXPENDITURE)
    ]
    (folder / f"disclosures/{tables}.pdf").write_bytes(made(sheets))
    for number, name in enumerate(prose):
        (folder / f"disclosures/prose-{number}.txt").write_text(PROSE.format(name), "utf-8")
    settings = folder / "mingzhang.toml"
    settings.write_text(
        '[folders]\ndisclosures = "disclosures"\npackages = "packages"\ncache = "cache"\n'
    )
    run("extract", "--config", settings)
    found = folder / "packages/all"
    codes = [each["code"] for each in rows(found / "problems.csv")]
    return rows(found / "disclosures.csv"), codes


def test_tables_and_prose_are_one_where_a_region_alone_is_between_the_names(tmp_path: Path) -> None:
    (found,), codes = extracted(tmp_path, "2026-budget-信访局", "长沙市信访局")
    assert (found["name"], found["department"]) == ("长沙市信访局", "chang-sha-shi-xin-fang-ju")
    assert "name-of-counterpart" in codes and "tables-apart" not in codes
    facts = rows(tmp_path / "packages" / found["disclosure_id"] / "facts.csv")
    assert facts
    assert {row["fact_id"].partition(".")[0] for row in facts} == {found["department"]}


@pytest.mark.parametrize("prose", [("长沙市信访局", "广州市信访局"), ("群众信访局",)])
def test_nothing_is_joined_where_another_could_be_meant(
    tmp_path: Path, prose: tuple[str, ...]
) -> None:
    (found,), codes = extracted(tmp_path, "2026-budget-信访局", *prose)
    assert found["name"] == "信访局"
    assert codes.count("tables-apart") == len(prose) and "name-of-counterpart" not in codes


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("中共上海市普陀区委社会工作部", Where("310107", "普陀区", "district")),
        ("普陀区财政局", Where("", "", "district")),  # of two cities
        ("昆山市财政局", Where("320583", "昆山市", "district")),
        ("江苏省苏州市吴江区水务局", Where("320509", "吴江区", "district")),
        ("北京市朝阳区人民政府", Where("110105", "朝阳区", "district")),
        ("朝阳市财政局", Where("211300", "朝阳市", "city")),
        ("北京市社区服务中心", Where("110000", "北京市", "province")),
        ("国家信访局", Where("", "", "central")),
        ("信访局", Where()),
    ],
)
def test_where_a_department_is(name: str, place: Where) -> None:
    assert where(name) == place


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("中国共产党江苏省委员会办公厅", ("江苏省", "委办公厅")),
        ("省委办公厅", ("", "委办公厅")),
        ("上海市普陀区商务委员会", ("上海市普陀区", "商务委员会")),
        ("市场监督管理局", ("", "市场监督管理局")),
    ],
)
def test_what_stands_behind_the_region(name: str, parts: tuple[str, str]) -> None:
    assert without_region(name) == parts
