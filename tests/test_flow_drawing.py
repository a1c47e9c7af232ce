"""The drawing of a flow: its order, its labels, what is joined, and what has no length."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profile  # noqa: F401  (loads the profile)
from generator.website.department.charts import Chart
from generator.website.department.figures import Part, key_figures
from generator.website.department.flow_chart import MOST_PARTS, Present, flow_chart
from generator.website.drawing import colours
from generator.website.drawing.captions import Caption, PlacedCaption, placed
from generator.website.drawing.flow_order import Links, crossings, least_crossing
from generator.website.drawing.lettering import broken, cut, ems
from generator.website.drawing.render_svg import draw, spec_json
from generator.website.published.descriptor import read_packages
from generator.website.published.facts import Ledger, PublishedFact
from generator.website.published.package import Package
from generator.website.wording.language import CHINESE, ENGLISH, Language, speaking
from tests.sample_packages import write_sample_packages

# ── the order ────────────────────────────────────────────────────────────────────────────

AMOUNT = st.integers(0, 50).map(Decimal)


def linked(above: Sequence[str], below: Sequence[str]) -> st.SearchStrategy[Links]:
    pairs = st.fixed_dictionaries({pair: AMOUNT for pair in product(above, below)})
    return pairs.map(lambda found: {pair: yuan for pair, yuan in found.items() if yuan})


@st.composite
def flows(draw_: st.DrawFn, most: int = 9) -> tuple[list[list[str]], list[Links]]:
    """Stages in the order of their amounts, and what joins them."""
    sizes = draw_(st.tuples(st.integers(1, 3), st.integers(1, most), st.integers(1, 3)))
    stages = [[f"{at}{n}" for n in range(size)] for at, size in enumerate(sizes)]
    links = [draw_(linked(stages[at], stages[at + 1])) for at in (0, 1)]
    for at, stage in enumerate(stages):
        stage.sort(key=lambda key: -through(links, at, key))
    return stages, links


def through(links: Sequence[Links], at: int, key: str) -> Decimal:
    beside = [(side, gap) for side, gap in ((1, at - 1), (0, at)) if 0 <= gap < len(links)]
    return sum(
        (yuan for side, gap in beside for ends, yuan in links[gap].items() if ends[side] == key),
        Decimal(0),
    )


@given(flows())
def test_ribbons_never_cross_more_than_by_amount(
    found: tuple[list[list[str]], list[Links]],
) -> None:
    stages, links = found
    order = least_crossing(stages, links)
    assert [sorted(stage) for stage in order] == [sorted(stage) for stage in stages]
    assert crossings(order, links) <= crossings(stages, links)
    assert least_crossing(stages, links) == order


@given(flows(most=4))
def test_of_few_parts_no_other_order_crosses_less(
    found: tuple[list[list[str]], list[Links]],
) -> None:
    stages, links = found
    orders = product(*(permutations(stage) for stage in stages))
    least = min(crossings(order, links) for order in orders)
    assert crossings(least_crossing(stages, links), links) == least


# ── the drawing ──────────────────────────────────────────────────────────────────────────

SOURCES = ("general_public_budget", "government_managed_funds_budget")
KINDS = ("basic_expenditure", "project_expenditure")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    packages = write_sample_packages(tmp_path_factory.mktemp("made") / "packages")
    return read_packages(packages).disclosures[0]


def fact(table: str, code: str, yuan: Decimal, **more: str) -> PublishedFact:
    names = "row column direction panel classification unit item fund_source expenditure_type"
    blank = dict.fromkeys(f"{names} phase level role".split(), "")
    return PublishedFact(
        table=table, code=code, name=NAMES[code], yuan=yuan, line="3", routes=(), **blank | more
    )


NAMES = dict(
    zip(
        colours.FUNCTIONAL,
        (
            f"{words}{n}类支出"
            for n, words in enumerate(["社会保障和就业", "教育", "资源勘探工业信息等"] * 10)
        ),
        strict=True,
    )
)


def drawn(package: Package, amounts: Mapping[str, int], *, sources: bool = True) -> Chart | None:
    """The chart of functions with these amounts: each from two sources, for two kinds."""
    whole = {code: Decimal(yuan) for code, yuan in amounts.items()}
    cells = {code: (yuan * 3 / 4, yuan / 4) for code, yuan in whole.items() if yuan > 0}
    facts = [
        fact(table, code, yuan, **{meaning: key})
        for table, meaning, keys in (
            ("budget-income", "fund_source", SOURCES),
            ("budget-expenditure", "expenditure_type", KINDS),
        )
        for code, both in cells.items()
        for key, yuan in zip(keys, both, strict=True)
    ]

    def summed(keys: Sequence[str]) -> list[Part]:
        sums = [sum((both[n] for both in cells.values()), Decimal(0)) for n in (0, 1)]
        return [Part(k, k, yuan, "4") for k, yuan in zip(keys, sums, strict=True)]

    functions = [Part(code, NAMES[code], yuan, "5") for code, yuan in whole.items()]
    present = [
        Present("functions", "做什么事", [p for p in functions if p.yuan > 0], colours.functional),
        Present("spending", "怎么用", summed(KINDS), colours.spending),
    ]
    if sources:
        present.insert(0, Present("sources", "钱从哪里来", summed(SOURCES), colours.fund))
    return flow_chart(package, Ledger(tuple(facts)), present, [p for p in functions if p.yuan < 0])


FORMS: dict[str, dict[str, int]] = {
    "one function": {"206": 50000},
    "fifteen": dict(zip(colours.FUNCTIONAL, range(40000, 100000, 4000), strict=False)),
    "all thirty": dict.fromkeys(colours.FUNCTIONAL, 70000),
    "nearly all in one": {"206": 9990000, "221": 10000},
    "a few crumbs": {"206": 100000000, "221": 10000, "208": 20000, "210": 30000},
    "below zero": {"206": 50000, "208": -20000, "221": 7000},
    "large": {"205": 98_765_432_100, "206": 12_345_678_900},
}


def texts(spec: Mapping[str, Any], size: int) -> list[tuple[float, float, float, float, str]]:
    """The boxes of all texts of a drawing: left, right, top, bottom, and the text."""
    data = spec["datasets"]
    wide = [
        (t, ems(t["label"]) * size, name) for name in ("starting", "ending") for t in data[name]
    ]
    return [
        (*((t["x"], t["x"] + w) if name == "starting" else (t["x"] - w, t["x"])),
         t["y"] - size / 2, t["y"] + size / 2, t["label"])
        for t, w, name in wide
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("sources", [True, False])
def test_every_part_has_its_label_and_none_lies_over_another(
    package: Package, name: str, language: Language, sources: bool
) -> None:
    with speaking(language):
        chart = drawn(package, FORMS[name], sources=sources)
    assert chart and chart.wide
    for size, spec in ((12, chart.spec), (13, chart.wide)):
        assert spec
        boxes = texts(spec, size)
        for left, right, top, bottom, text in boxes:
            assert left >= -0.01 and right <= spec["width"] + 0.01, text
            assert top >= 0 and bottom <= spec["height"], text
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                aside = one[1] <= other[0] + 0.01 or other[1] <= one[0] + 0.01
                assert aside or one[3] <= other[2] or other[3] <= one[2], (one, other)
        bands = spec["datasets"]["bands"]
        assert all(0 <= band["y"] <= band["y2"] <= spec["height"] for band in bands)
        scale = 240 / max(band["end"] for band in bands)
        for band in bands:
            length = (band["end"] - band["start"]) * scale
            assert band["y2"] - band["y"] == pytest.approx(length, abs=0.02)
        # Every part says its amount.
        amounts = sum(text.endswith(("元", "yuan")) or text.startswith("¥") for *_, text in boxes)
        assert amounts == len(bands) + (3 if sources else 2)


def test_small_parts_of_many_are_joined_with_their_amount(package: Package) -> None:
    chart = drawn(package, FORMS["fifteen"] | {"234": 10, "233": 20, "232": 30})
    assert chart and chart.spec
    joined = next(row for row in chart.rows if row.name == "其他6项")
    assert joined.amount.striptags() == "13.21万元"  # 40,000 + 44,000 + 48,000 + 60
    bands = chart.spec["datasets"]["bands"]
    assert [b["colour"] for b in bands if b["name"] == "其他6项"] == [colours.NEUTRAL]
    assert {f"其他6项 → {kind}" for kind in KINDS} <= {row.name for row in chart.rows}


def test_what_nobody_would_see_is_joined_and_one_of_it_is_told(package: Package) -> None:
    crumbs = drawn(package, FORMS["a few crumbs"])
    assert crumbs
    assert [r.name for r in crumbs.rows if r.name.startswith("其他") and "→" not in r.name] == [
        "其他3项"
    ]
    one = drawn(package, {"206": 9999000, "221": 1000})
    assert one
    assert NAMES["221"] in [row.name for row in one.rows]
    assert len(FORMS["a few crumbs"]) < MOST_PARTS


def test_a_part_below_zero_has_no_length_and_is_told(package: Package) -> None:
    chart = drawn(package, FORMS["below zero"])
    assert chart
    assert f"{NAMES['208']}小于零，画不出长度，没有画在图里。" in chart.sentence
    assert NAMES["208"] not in [row.name for row in chart.rows]


def test_every_mark_has_its_row(package: Package) -> None:
    chart = drawn(package, FORMS["below zero"])
    assert chart and chart.spec
    for kind in ("bands", "ribbons"):
        for mark in chart.spec["datasets"][kind]:
            row = chart.rows[int(mark["row"].removeprefix("row "))]
            assert (row.name, row.amount.striptags()) == (mark["name"], mark["value"])
    svg = draw(spec_json(chart.spec))
    told = {f'data-row="{n}"' for n in range(len(chart.rows))}
    assert told == {each for each in told if each in svg}
    assert svg.count("data-row") == len(chart.rows)


# ── names below bars, and lines of text ──────────────────────────────────────────────────


@st.composite
def stretches(draw_: st.DrawFn) -> list[Caption]:
    """The stretches of one bar from left to right, each with a name."""
    lengths = draw_(st.lists(st.floats(0.01, 200), min_size=1, max_size=8))
    names = draw_(st.lists(st.text("国a1 ，", min_size=1, max_size=30), min_size=8, max_size=8))
    scale, at, found = 360 / max(sum(lengths), 360), 0.0, []
    for length, name in zip(lengths, names, strict=False):
        found.append(Caption(name, "¥51.43m", at, at + length * scale, "#000000"))
        at += length * scale
    return found


@given(stretches())
def test_names_below_a_bar_never_touch(captions: list[Caption]) -> None:
    found = placed(captions, 360)
    assert len(found) == len(captions)

    def reach(each: PlacedCaption) -> tuple[float, float]:
        wide = ems(each.text) * 12
        return (
            (each.text_at, each.text_at + wide)
            if each.right
            else (each.text_at - wide, each.text_at)
        )

    for at, one in enumerate(found):
        assert reach(one)[0] >= 0 and reach(one)[1] <= 360
        assert one.text.endswith(" ¥51.43m")
        for other in found[at + 1 :]:
            apart = reach(one)[1] <= reach(other)[0] or reach(other)[1] <= reach(one)[0]
            assert one.line != other.line or apart


@given(st.text(max_size=60), st.integers(2, 20), st.integers(1, 4))
def test_lines_have_room_and_lose_nothing_in_silence(text: str, room: int, most: int) -> None:
    lines = broken(text, room, most)
    assert len(lines) <= most
    assert all(ems(line) <= room for line in lines)
    kept = "".join("".join(lines).split())
    assert kept == "".join(text.split()) or lines[-1].endswith("…")
    assert ems(cut(text, room)) <= room


def test_the_flow_is_the_same_every_time(package: Package) -> None:
    charts = [drawn(package, FORMS["fifteen"]) for _ in range(2)]
    specs = [json.dumps([c.spec, c.wide], sort_keys=True) for c in charts if c]
    assert specs[0] == specs[1]


# ── what the figures are made of ─────────────────────────────────────────────────────────


def test_a_class_that_each_unit_prints_is_one_class(package: Package) -> None:
    rows = [
        fact("budget-expenditure", "206", Decimal(yuan), column="total", unit=unit)
        for unit, yuan in (("局", 30000), ("中心", 20000))
    ]
    [part] = key_figures(package, Ledger(tuple(rows))).functions
    assert (str(part.yuan), part.line) == ("50000", "")


def test_an_economic_class_of_a_summary_is_no_function(package: Package) -> None:
    rows = [
        fact("budget-summary", code, Decimal(50000), direction="expenditure", classification=of)
        for code, of in (("206", "functional"), ("207", "economic"))
    ]
    assert [p.key for p in key_figures(package, Ledger(tuple(rows))).functions] == ["206"]


def test_items_are_added_up_where_no_class_is_printed_and_it_is_said(package: Package) -> None:
    items = [
        replace(fact("budget-expenditure", "206", Decimal(yuan), role="item"), code=code)
        for code, yuan in (("2060101", 30000), ("2060102", 20000))
    ]
    facts = [replace(each, expenditure_type="basic_expenditure") for each in items]
    present = [
        Present("functions", "做什么事", [Part("206", "科学", Decimal(50000))], colours.functional),
        Present("spending", "怎么用", [Part(KINDS[0], "基本", Decimal(50000))], colours.spending),
    ]
    chart = flow_chart(package, Ledger(tuple(facts)), present, [])
    assert chart
    assert chart.rows[-1].amount.striptags() == "5.00万元"
    assert "source" not in chart.rows[-1].amount
    assert "带子由各项相加" in chart.sentence


def test_what_a_check_contradicts_has_a_sign_that_leads_to_it(package: Package) -> None:
    cell = fact("budget-expenditure", "206", Decimal(50000), expenditure_type=KINDS[0])
    function = Part("206", "科学", Decimal(50000), "3", disputed=True)
    present = [
        Present("functions", "做什么事", [function], colours.functional),
        Present("spending", "怎么用", [Part(KINDS[0], "基本", Decimal(50000))], colours.spending),
    ]
    chart = flow_chart(package, Ledger((replace(cell, outcome="disputed"),)), present, [])
    assert chart and chart.spec
    assert [("checks/#differs" in row.amount) for row in chart.rows] == [True, False, True]
    assert [text[-1].endswith("※") for text in texts(chart.spec, 12) if "万元" in text[-1]] == [
        False, True, False, False,
    ]  # fmt: skip
