"""The page of one disclosure: its answers, changes, plans, flow, charts, tables and citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tests.hypothesis_profile  # noqa: F401  (loads the profile)
from generator.website.department.changes import read_changes
from generator.website.department.charts import MOST_UNITS, disclosure_charts
from generator.website.department.disclosure import DisclosureView, disclosure_view, overview
from generator.website.department.figures import key_figures
from generator.website.department.flow import MoneyFlow, money_flow
from generator.website.department.places import FigurePlaces
from generator.website.drawing.render_svg import draw, spec_json
from generator.website.files.citation import cite
from generator.website.published.descriptor import read_packages
from generator.website.published.facts import Ledger, PublishedFact
from generator.website.published.glosses import Glosses
from generator.website.published.package import Package
from generator.website.wording.amounts import said
from generator.website.wording.language import ENGLISH, Bilingual, speaking
from tests.sample_packages import (
    write_narrative,
    write_packages_with_gaps,
    write_packages_with_plans,
    write_sample_packages,
)

BUDGET = "haizhu-data/2025-budget"
CHANGE = {"measure": "change", "base": "prior_year", "about": "n1"}
GROWTH = {"measure": "growth", "base": "prior_year", "about": "n1"}
MONEY = st.decimals(0, 10**7, places=2)


def view_of(packages: Path, name: str) -> DisclosureView:
    found = read_packages(packages).disclosures
    who = name.partition("/")[0]
    department = [overview(p) for p in found if p.department.id == who]
    current = next(o for o in department if o.package.id == name)
    return disclosure_view(current, department, FigurePlaces(found, {}, Glosses({}, {})), None)


def words(markup: str) -> str:
    return re.sub("<[^>]+>", "", markup)


def answers_of(packages: Path, name: str) -> dict[str, tuple[str, str, str]]:
    return {a.id: (a.question, words(a.short), a.sentence) for a in view_of(packages, name).answers}


def stated(
    direction: str, by: str, rate: str, subject: str = "total_expenditure", amount: str = "44175000"
) -> list[dict[str, Any]]:
    """A subject's amount, its change in yuan and its rate; what is "" is not said."""
    said_of = {"subject": subject, "printed_unit": "万元", "direction": direction}
    whole = {"subject": subject, "measure": "amount", "amount_yuan": amount, "about": "n1"}
    change = said_of | CHANGE | {"amount_yuan": by}
    digits = rate.removesuffix("%")
    value = digits if re.fullmatch(r"-?[\d.]+", digits) else ""
    growth = said_of | GROWTH | {"value": value, "printed": digits, "printed_unit": "%"}
    return [whole, *([change] if by else []), *([growth] if rate else [])]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    return write_sample_packages(tmp_path / "packages")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    packages = write_sample_packages(tmp_path_factory.mktemp("made") / "packages")
    return next(p for p in read_packages(packages).disclosures if p.id == BUDGET)


# ── the four answers ─────────────────────────────────────────────────────────────────────


def test_the_answers_are_four_in_order(packages: Path) -> None:
    found = answers_of(packages, BUDGET)
    assert list(found) == ["much", "what", "change", "adds-up"]
    assert found["much"][:2] == ("打算花多少？", "4,417.50万元")
    assert found["what"][1] == "科学技术支出"
    assert found["adds-up"][1] == "有4处对不上"
    final = answers_of(packages, "long-name/2020-final-accounts")
    assert final["much"][:2] == ("花了多少？", "5,143.02万元")


def test_what_is_not_answered_is_said(tmp_path: Path) -> None:
    found = answers_of(write_packages_with_gaps(tmp_path / "packages"), "gaps/2022-budget")
    short = {id_: each[1] for id_, each in found.items()}
    assert short["much"] == "没有读到"
    assert short["what"] == "没有按功能列出"
    assert short["change"] == "没有说"
    assert short["adds-up"] == "还没有核对"


def test_the_earlier_disclosure_of_the_kind_is_compared(packages: Path) -> None:
    later, first = (answers_of(packages, f"haizhu-data/{y}-budget")["change"] for y in (2025, 2024))
    assert later[1] == "与较早的年度比"
    assert "支出增加2,208.75万元，增长100.0%" in words(later[2])
    assert re.search(r'href="\.\./2024-budget/source/#L\d+"', later[2])
    assert first[1] == "没有说"


@pytest.mark.parametrize(
    ("direction", "by", "rate", "short", "sentence"),
    [
        ("increase", "728000", "1.7%", "增长1.7%", "增加72.80万元，增长1.7%"),
        ("decrease", "728000", "1.7%", "下降1.7%", "减少72.80万元，下降1.7%"),
        ("unchanged", "", "", "与上年持平", "与上年持平"),
        ("unchanged", "", "0%", "与上年持平", "与上年持平"),
        ("increase", "0", "0%", "与上年持平", "与上年持平"),
        ("increase", "", "0.0%", "与上年持平", "与上年持平"),
        (
            "increase",
            "8000000",
            "107.55%",
            "增长107.55%，翻了一倍多",
            "增加800.00万元，增长107.55%，翻了一倍多",
        ),
        ("increase", "728000", "--", "增加72.80万元", "增加72.80万元"),
        ("decrease", "", "--", "减少", "减少"),
        ("decrease", "728000", "0.0%", "减少72.80万元，下降0.0%", "减少72.80万元，下降0.0%"),
        ("increase", "-728000", "-1.6%", "下降1.6%", "减少72.80万元，下降1.6%"),
        ("increase", "", "-1.6%", "下降1.6%", "下降1.6%"),
        ("decrease", "728000", "-1.6%", "下降1.6%", "减少72.80万元，下降1.6%"),
    ],
)
def test_the_stated_change_has_the_right_direction(
    packages: Path, direction: str, by: str, rate: str, short: str, sentence: str
) -> None:
    rows = [dict(row) for row in stated(direction, by, rate)]
    if (direction, by, rate) == ("unchanged", "", ""):
        rows.append({"subject": "total_expenditure", "direction": direction} | CHANGE)
    write_narrative(packages / BUDGET, rows)
    answer = answers_of(packages, BUDGET)["change"]
    assert answer[1] == short
    compared = sentence if sentence.startswith("与") else f"比上年{sentence}"
    assert f"支出总计{compared}（" in words(answer[2])
    assert 'href="source/#L3"' in answer[2]


# ── the changes that the prose states ────────────────────────────────────────────────────


@given(MONEY, MONEY, st.sampled_from(["increase", "decrease"]))
def test_the_year_before_is_the_amount_without_the_change(
    package: Package, now: Decimal, by: Decimal, direction: str
) -> None:
    write_narrative(package.folder, stated(direction, str(by), "", amount=str(now)))
    packages = read_packages(package.folder.parents[1])
    (change,) = read_changes(next(p for p in packages.disclosures if p.id == BUDGET), {})
    assert change.before == said(now - by if direction == "increase" else now + by)
    assert change.by == by


@pytest.mark.parametrize(
    ("amount", "by", "rate"), [("", "728000", "1.7%"), ("44175000", "", "1.7%"), ("", "", "1.7%")]
)
def test_the_year_before_is_not_guessed(packages: Path, amount: str, by: str, rate: str) -> None:
    write_narrative(packages / BUDGET, stated("increase", by, rate, amount=amount))
    (change,) = view_of(packages, BUDGET).changes
    assert change.before == ""


def test_each_subject_and_base_is_shown_once_and_the_year_before_first(packages: Path) -> None:
    rows = stated("increase", "728000", "1.7%")
    budgeted = rows[1] | {"base": "initial_budget", "direction": "decrease"}
    again = rows[1] | {"about": "n9", "amount_yuan": "1"}
    hospitality = stated("decrease", "10000", "", subject="official_hospitality")[1:]
    unread = rows[1] | {"subject": "total_income", "direction": ""}
    write_narrative(packages / BUDGET, [*rows, budgeted, again, unread, *hospitality])
    changes = view_of(packages, BUDGET).changes
    assert [(c.subject, c.base) for c in changes] == [
        ("total_expenditure", "prior_year"),
        ("official_hospitality", "prior_year"),
        ("total_expenditure", "initial_budget"),
    ]
    assert [c.by for c in changes] == [728000, 10000, 728000]
    assert changes[-1].words == "减少72.80万元"


# ── plan and outcome ─────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_packages_with_plans(tmp_path_factory.mktemp("plans") / "packages")


def test_the_summary_prints_its_own_plan(plans: Path) -> None:
    found = view_of(plans, "haizhu-data/2024-final-accounts").planned
    cells = {(p.name, at): part.yuan if part else None for p in found for at, part in (
        ("initial", p.initial), ("adjusted", p.adjusted), ("executed", p.executed))}  # fmt: skip
    first = "一、一般公共预算财政拨款收入"
    assert [p.name for p in found] == [first, "二、其他收入", "总计", "总计"]
    assert cells[first, "initial"] == 1000000
    assert cells[first, "adjusted"] is None
    assert [words(p.words) for p in found] == [
        "减少20.00万元，下降20.0%，完成80.0%", "增加3.00万元", "持平", "",
    ]  # fmt: skip
    assert found[3].executed is None
    assert {p.base for p in found} == {""}


def test_an_outcome_that_is_blank_is_not_the_plan(plans: Path) -> None:
    view = view_of(plans, "haizhu-data/2024-final-accounts")
    assert view.overview.key.expenditure is None
    assert words(view.answers[0].short) == "90.00万元"
    assert "收入总计" in view.answers[0].sentence


def test_final_accounts_stand_beside_the_budget_held(plans: Path) -> None:
    found = view_of(plans, "haizhu-data/2023-final-accounts").planned
    assert [(p.name, words(p.words)) for p in found] == [
        ("收入总计", "增加725.52万元，增长16.4%"),
        ("支出总计", "增加725.52万元，增长16.4%"),
        ("“三公”经费", "减少3.50万元，下降70.0%，完成30.0%"),
        ("基本支出", "增加144.81万元，增长5.8%"),
        ("项目支出", "增加580.71万元，增长30.4%"),
    ]
    assert {p.base for p in found} == {"../2023-budget/"}
    assert not view_of(plans, "haizhu-data/2023-budget").planned


# ── the “三公” expenses over the years ───────────────────────────────────────────────────


def test_three_public_has_a_column_for_each_disclosure_and_plan(plans: Path) -> None:
    found = view_of(plans, "haizhu-data/2024-final-accounts").three_public
    assert found
    assert [c.title for c in found.columns] == [
        *("2023年预算", "2023年预算数（决算所列）", "2023年决算"),
        *("2024年预算数（决算所列）", "2024年决算"),
    ]
    assert [c.here for c in found.columns] == [False, False, False, True, True]
    rows = {name: [p and p.yuan for _, p in cells] for name, cells in found.rows}
    assert rows["公务接待费"] == [4000, None, None, 50000, None]
    assert rows["公务用车运行维护费"][-2:] == [60000, 0]


# ── the flow ─────────────────────────────────────────────────────────────────────────────

CLASSES = ("205", "206", "212")
SOURCES = ("general_public_budget", "government_managed_funds_budget")
KINDS = ("basic_expenditure", "project_expenditure")
CELL = st.one_of(st.just(Decimal(0)), st.decimals(1, 10**6, places=2))
Matrix = dict[tuple[str, str], Decimal]


def matrix(keys: Sequence[str]) -> st.SearchStrategy[Matrix]:
    return st.fixed_dictionaries({(c, k): CELL for c in CLASSES for k in keys})


def fact(table: str, column: str, yuan: Decimal, **more: str) -> PublishedFact:
    names = "row direction panel classification code name unit item fund_source expenditure_type"
    blank = dict.fromkeys(f"{names} phase level role".split(), "")
    return PublishedFact(table=table, column=column, yuan=yuan, line="3", routes=(), **blank | more)


def ledger_of(by_source: Matrix, by_kind: Matrix, classes: dict[str, Decimal]) -> Ledger:
    """The two tables: cells and, summed, their total rows; `classes` are the class totals."""
    tables = (
        ("budget-income", "fund_source", SOURCES, by_source),
        ("budget-expenditure", "expenditure_type", KINDS, by_kind),
    )
    facts = [
        fact(table, key, cells[c, key], code=c, name=f"类{c}", **{meaning: key})
        for table, meaning, keys, cells in tables for key in keys for c in CLASSES
    ] + [
        fact(table, key, sum((cells[c, key] for c in CLASSES), Decimal(0)), role="total",
             row="1", **{meaning: key})
        for table, meaning, keys, cells in tables for key in keys
    ]  # fmt: skip
    facts += [
        fact("budget-expenditure", "total", classes[c], code=c, name=f"类{c}") for c in CLASSES
    ]
    return Ledger(tuple(facts))


def flow_of(package: Package, ledger: Ledger) -> MoneyFlow:
    return money_flow(package, ledger, key_figures(package, ledger))


def exact(number: float) -> Decimal:
    return Decimal(str(number)).quantize(Decimal("0.01"))


def spans(flow: MoneyFlow) -> tuple[dict[str, tuple[Decimal, Decimal]], list[tuple[str, ...]], Any]:
    """The bands of the drawn flow by name, the names of ribbons' ends, and both their spans."""
    spec = flow.chart.spec if flow.chart and flow.chart.spec else {}
    bands = {b["name"]: (exact(b["start"]), exact(b["end"])) for b in spec["datasets"]["bands"]}
    curves: dict[int, list[dict[str, Any]]] = {}
    for point in spec["datasets"]["ribbons"]:
        curves.setdefault(point["id"], []).append(point)
    ends = [tuple(c[0]["name"].split(" → ")) for c in curves.values()]
    drawn = [[(exact(p["start"]), exact(p["end"])) for p in (c[0], c[-1])] for c in curves.values()]
    return bands, ends, drawn


@given(
    matrix(SOURCES), matrix(KINDS), st.fixed_dictionaries({c: CELL for c in CLASSES}), st.booleans()
)
def test_ribbons_are_the_printed_cells_within_their_bands(
    package: Package, by_source: Matrix, by_kind: Matrix, other: dict[str, Decimal], agree: bool
) -> None:
    own = {c: sum((by_kind[c, k] for k in KINDS), Decimal(0)) for c in CLASSES}
    flow = flow_of(package, ledger_of(by_source, by_kind, own if agree else other))
    assert len(flow.steps) > 1 or flow.chart is None
    if not flow.chart:
        return
    bands, ends, drawn = spans(flow)
    assume(not any(name.startswith("其他") for name in bands))  # what nobody sees is joined
    names = key_names()
    cells = {(names[s], names[c]): y for (c, s), y in by_source.items()}
    cells |= {(names[c], names[k]): y for (c, k), y in by_kind.items()}
    shown = {pair: y for pair, y in cells.items() if y and set(pair) <= set(bands)}
    # The cells of one band on one of its sides: those above it or those below it.
    sides = {(side, pair[side]): [p for p in shown if p[side] == pair[side]]
             for pair in shown for side in (0, 1)}  # fmt: skip
    # Half of one of the 360 units of the drawing: what rounding leaves over is not seen.
    unseen = max(end for _, end in bands.values()) / 720
    over = {key for key, pairs in sides.items()
            if sum(shown[p] for p in pairs) > bands[key[1]][1] - bands[key[1]][0] + unseen
            }  # fmt: skip
    fits = {p for p in shown if not {(0, p[0]), (1, p[1])} & over}
    assert set(ends) == fits
    assert len(ends) == len(fits)
    for pair, both in zip(ends, drawn, strict=True):
        for name, (start, end) in zip(pair, both, strict=True):
            assert end - start == cells[pair[0], pair[1]]
            assert bands[name][0] <= start
            assert end <= bands[name][1] + unseen
    for side in (0, 1):
        for name in bands:
            own_spans = sorted(b[side] for p, b in zip(ends, drawn, strict=True) if p[side] == name)
            assert all(a[1] <= b[0] for a, b in pairwise(own_spans))


def key_names() -> dict[str, str]:
    """How the flow names sources, classes and kinds."""
    words_of = dict(zip(SOURCES, ("一般公共预算", "政府性基金预算"), strict=True))
    return words_of | dict(zip(KINDS, ("基本支出", "项目支出"), strict=True)) | {
        c: f"类{c}" for c in CLASSES
    }  # fmt: skip


def test_one_stage_alone_is_told_in_words_only(package: Package) -> None:
    none = {(c, k): Decimal(0) for c in CLASSES for k in (*SOURCES, *KINDS)}
    flow = flow_of(package, ledger_of(none, none, dict.fromkeys(CLASSES, Decimal(50000))))
    assert [step.id for step in flow.steps] == ["functions"]
    assert "支出分在3个大类里" in flow.steps[0].sentence
    assert flow.chart is None


def test_the_flow_is_drawn_the_same_twice(package: Package) -> None:
    cells = {(c, k): Decimal(50000) for c in CLASSES for k in (*SOURCES, *KINDS)}
    ledger = ledger_of(cells, cells, dict.fromkeys(CLASSES, Decimal(100000)))
    charts = [flow_of(package, ledger).chart for _ in range(2)]
    drawn = [draw(spec_json(chart.spec)) for chart in charts if chart and chart.spec]
    assert drawn[0] == drawn[1]
    assert drawn[0].count("<path") > 12


# ── the chart of the units ───────────────────────────────────────────────────────────────


def units_chart(package: Package, basic: Sequence[str], projects: Sequence[str]) -> Any:
    rows = [
        fact("budget-basic-by-unit", "total", Decimal(10000 * i), code="301", unit=unit,
             classification="economic")
        for i, unit in enumerate(basic, 1)
    ]  # fmt: skip
    key = key_figures(package, Ledger(()))
    project = replace(key.projects[0], yuan=Decimal(50000))
    key = replace(key, projects=tuple(replace(project, unit=unit) for unit in projects))
    charts = disclosure_charts(package, Ledger(tuple(rows)), key)
    return next((chart for chart in charts if chart.id == "units"), None)


def test_the_department_itself_is_one_unit(package: Package) -> None:
    chart = units_chart(package, ["某局（本级）", "某中心"], ["某局", "某局(本级)", "某中心"])
    rows = [(row.name, words(row.amount)) for row in chart.rows]
    assert rows == [
        ("某局（基本支出）", "1.00万元"), ("某局（项目支出）", "10.00万元"),
        ("某中心（基本支出）", "2.00万元"), ("某中心（项目支出）", "5.00万元"),
    ]  # fmt: skip
    assert words(chart.sentence).startswith(
        "2个单位里，最多的是某局，它的各行相加是11.00万元，占各单位之和的61.1%"
    )


def test_a_single_unit_has_no_chart(package: Package) -> None:
    assert units_chart(package, ["某局（本级）"], ["某局"]) is None
    assert units_chart(package, [], []) is None


def test_of_very_many_units_the_few_that_spend_most_are_drawn_and_the_rest_is_one_bar(
    package: Package,
) -> None:
    chart = units_chart(package, [f"第{n}所" for n in range(1, 1001)], [])
    assert len(chart.rows) == MOST_UNITS + 1
    assert chart.rows[0].name == "第1000所（基本支出）"
    assert chart.rows[-1].name == "其余980个单位（基本支出）"
    assert words(chart.rows[-1].amount) == "48.07亿元"  # 1 + … + 980, in 万元
    assert "1000个单位里" in chart.sentence
    assert "图里是最多的20个单位，其余980个相加为一条。" in chart.sentence
    assert len(units_chart(package, [f"第{n}所" for n in range(21)], []).rows) == 21


# ── the citation ─────────────────────────────────────────────────────────────────────────


def fields(bibtex: str) -> dict[str, str]:
    """Read a BibTeX entry as BibTeX does: a value ends where its braces, escaped or not, do."""
    assert bibtex.startswith("@misc{")
    found, at = {}, bibtex.index(",") + 1
    while opened := re.compile(r"\s*(\w+) = \{").match(bibtex, at):
        depth, at = 1, opened.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(bibtex[at], 0)
            at += 1
        found[opened[1]] = bibtex[opened.end() : at - 1]
        at += 1  # the comma
    assert bibtex[at:].strip() == "}"
    return found


NAME = st.text(st.sampled_from("局海{}&%\\$#_~^<"), min_size=1, max_size=12)


@given(NAME, NAME)
def test_bibtex_is_balanced_whatever_the_names(package: Package, name: str, title: str) -> None:
    who = replace(package.department, names=Bilingual(name))
    odd = replace(package, department=who, titles=Bilingual(title))
    cited = cite(odd, "明账", "https://example.org/x/", "2025-02-03")
    assert set(fields(cited.bibtex)) == {
        *("author", "title", "year", "howpublished", "url", "note", "language")
    }
    unescaped = re.sub(r"\\[&%$#_]|\\text[a-z]+\{\}", "", fields(cited.bibtex)["title"])
    assert not re.search(r"[&%$#_\\~^]", unescaped)
    assert fields(cited.bibtex)["title"].count("局") == title.count("局")


def test_the_citation_has_an_address_only_where_there_is_one(package: Package) -> None:
    known = cite(package, "明账", "https://example.org/x/", "2025-02-03")
    assert known.standard == (
        "广州市海珠区政务服务和数据管理局. 广州市海珠区政务服务和数据管理局 2025年部门预算[DS/OL]. "
        "明账整理. (2025-02-03)[引用日期]. https://example.org/x/."
    )
    bare = cite(package, "明账", "", "")
    assert bare.standard.endswith("明账整理. [引用日期].")
    assert "url" not in fields(bare.bibtex)
    assert fields(bare.bibtex)["year"] == "2025"
    with speaking(ENGLISH):
        assert cite(package, "明账", "", "").standard == bare.standard


# ── the story ────────────────────────────────────────────────────────────────────────────


def told(packages: Path, *rows: dict[str, Any]) -> list[str]:
    write_narrative(packages / BUDGET, [dict(row) for row in rows])
    return [change.subject for change in view_of(packages, BUDGET).changes_told]


def test_the_story_tells_what_moved_each_thing_once(packages: Path) -> None:
    moved = {"measure": "change", "direction": "increase", "base": "prior_year"}
    subjects = [
        *("total_income", "total_expenditure", "current_year_income", "basic_expenditure"),
        *("three_public_expenses", "official_vehicles", "official_hospitality"),
    ]
    rows = [
        moved | {"subject": s, "amount_yuan": "100", "about": f"n{n}"}
        for n, s in enumerate(subjects)
    ]
    still = {"measure": "change", "direction": "unchanged", "base": "prior_year", "about": "n9"}
    rows.append(still | {"subject": "project_expenditure"})
    expected = ["current_year_income", "basic_expenditure"]  # the answers tell the total
    assert told(packages, *rows) == expected
    rows[-1]["subject"] = "agency_operating_expenses"
    assert told(packages, rows[-1]) == ["agency_operating_expenses"]
