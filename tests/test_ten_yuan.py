"""Where every ten yuan go: printed parts of a printed whole, in words that people know."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profile  # noqa: F401  (loads the profile)
from generator.website.department.disclosure import Overview, overview
from generator.website.department.figures import KeyFigures, Part, PublishedProject
from generator.website.department.spending import Spent
from generator.website.department.ten_yuan import TenYuan, short_name, ten_yuan
from generator.website.published.descriptor import read_packages
from tests.sample_packages import write_sample_packages
from tests.website_pages import Page

BASIC, PROJECT = "basic_expenditure", "project_expenditure"
SUMS = st.lists(st.integers(1, 10**8), max_size=15)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    packages = write_sample_packages(tmp_path_factory.mktemp("made") / "packages")
    found = read_packages(packages).disclosures
    return next(overview(p) for p in found if p.id == "haizhu-data/2025-budget")


def of(
    sample: Overview,
    *,
    whole: int,
    kinds: dict[str, int],
    wages: list[int] | None = None,
    projects: list[int] | None = None,
    functions: list[int] | None = None,
) -> TenYuan | None:
    """The ten yuan of a disclosure with these amounts in yuan."""
    expenditure = sample.key.expenditure
    assert expenditure
    spent = [_economic(301 + n, yuan) for n, yuan in enumerate(wages or [])]
    key = _key(
        sample,
        expenditure=replace(expenditure, yuan=Decimal(whole)),
        spending=tuple(Part(k, k, Decimal(v), "1") for k, v in kinds.items()),
        projects=tuple(_project(n, yuan) for n, yuan in enumerate(projects or [])),
        functions=tuple(
            Part(f"20{n}", f"类{n}", Decimal(y), "1") for n, y in enumerate(functions or [])
        ),
    )
    return ten_yuan(key, spent)


def _key(sample: Overview, **values: Any) -> KeyFigures:
    return replace(sample.key, **values)


def _economic(code: int, yuan: int) -> Spent:
    part = Part(str(code), "工资福利支出", Decimal(yuan), "1")
    return Spent("economic", str(code), part.name, part, part, None)


def _project(number: int, yuan: int) -> PublishedProject:
    return PublishedProject(
        str(number), "某局", f"某局2024年云平台{number}", Decimal(yuan), (), False, "1"
    )


def parts(found: TenYuan | None) -> list[tuple[str, str, str]]:
    return [(p.name, p.said, p.width) for p in found.parts] if found else []


def test_wages_and_projects_are_told_by_what_they_are(sample: Overview) -> None:
    found = of(
        sample, whole=1000, kinds={BASIC: 400, PROJECT: 600}, wages=[300, 100], projects=[450, 150]
    )
    assert parts(found) == [
        ("云平台0", "4.5元", "450.0"),
        ("在职人员的工资、奖金和社保", "3.0元", "300.0"),
        ("云平台1", "1.5元", "150.0"),
        ("办公、水电、差旅、维修等日常开支", "1.0元", "100.0"),
    ]
    assert found
    assert [word for word, _colour in found.kinds] == ["项目支出", "基本支出"]
    assert not found.rounded
    assert found.projects
    without = of(sample, whole=1000, kinds={BASIC: 400, PROJECT: 600}, wages=[300, 100])
    assert without
    assert not without.projects


def test_what_is_not_listed_is_a_part_of_its_own(sample: Overview) -> None:
    kinds = {BASIC: 400, PROJECT: 500}
    found = of(sample, whole=1000, kinds=kinds, wages=[400], projects=[200])
    assert parts(found)[2:] == [
        ("没有列到具体用途的项目支出", "3.0元", "300.0"),
        ("各表没有分到具体用途的支出", "1.0元", "100.0"),
    ]


def test_parts_that_come_to_more_than_their_whole_are_told_as_the_whole(sample: Overview) -> None:
    kinds = {BASIC: 400, PROJECT: 600}
    found = of(sample, whole=1000, kinds=kinds, wages=[400], projects=[900])
    assert [name for name, _said, _width in parts(found)] == [PROJECT, "在职人员的工资、奖金和社保"]
    more = of(sample, whole=1000, kinds={BASIC: 700, PROJECT: 600}, functions=[800, 200])
    assert [name for name, _said, _width in parts(more)] == ["类0", "类1"]
    assert of(sample, whole=1000, kinds={BASIC: 700, PROJECT: 600}, functions=[800, 500]) is None


def test_functions_are_told_where_they_say_more_than_kinds(sample: Overview) -> None:
    kinds = {BASIC: 700, PROJECT: 300}
    found = of(sample, whole=1000, kinds=kinds, functions=[600, 300, 100])
    assert [name for name, _said, _width in parts(found)] == ["类0", "类1", "类2"]
    found = of(sample, whole=1000, kinds={}, functions=[600, 400])
    assert [name for name, _said, _width in parts(found)] == ["类0", "类1"]
    found = of(sample, whole=1000, kinds=kinds, functions=[600, 400])
    assert [name for name, _said, _width in parts(found)] == [BASIC, PROJECT]


def test_what_is_divided_by_no_table_has_no_ten_yuan(sample: Overview) -> None:
    assert of(sample, whole=1000, kinds={}) is None
    assert of(sample, whole=0, kinds={BASIC: 0}) is None
    assert of(sample, whole=1000, kinds={BASIC: 1000}) is None


@given(wages=SUMS, projects=SUMS, listed=st.integers(0, 10**8), apart=st.integers(0, 10**8))
def test_the_parts_come_to_the_whole(
    sample: Overview, wages: list[int], projects: list[int], listed: int, apart: int
) -> None:
    kinds = {BASIC: sum(wages), PROJECT: sum(projects) + listed}
    whole = sum(kinds.values()) + apart
    found = of(sample, whole=whole, kinds=kinds, wages=wages, projects=projects)
    if found is None:
        return
    left = abs(sum((p.yuan for p in found.parts), Decimal(0)) - whole)
    assert left <= Decimal(whole) * 3 / 200  # what would not be seen, of each kind and of the whole
    assert all(p.yuan > 0 for p in found.parts)
    assert len(found.parts) <= 12
    assert all(
        abs(Decimal(p.width) * whole / 1000 - p.yuan) <= Decimal(whole) / 9000 for p in found.parts
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("某局2024-2027年某市云服务", "某市云服务"),
        ("某局2024年度运维经费", "运维经费"),
        ("某局本级运维", "本级运维"),
        ("2024年", "2024年"),
        ("某局云", "某局云"),
        ("另一局2024年云服务", "另一局2024年云服务"),
    ],
)
def test_a_project_is_named_without_its_unit_and_years(name: str, short: str) -> None:
    assert short_name(name, {"某局", "某"}) == short


def test_the_page_tells_it_first_and_every_part_has_its_coins(five_site: Path) -> None:
    for story in sorted((five_site / "departments").glob("guangzhou-*/20*/index.html")):
        text = story.read_text(encoding="utf-8")
        assert text.index('id="ten-yuan"') < text.index('id="change"')
        page = Page(story)
        told = text.partition('<ol class="ten">')[2].partition("</ol>")[0]
        assert told.count('class="of"') == told.count("<svg") >= 3
        assert "每十块钱花在哪" in page.text


@pytest.fixture
def five_site(sites: Any) -> Path:
    site: Path = sites.five().site
    return site
