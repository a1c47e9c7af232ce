"""Checks on the site: badges, marks where figures stand, the page of contradictions, the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.website.department.doubts import Doubt, Doubts
from generator.website.department.findings import OpenFinding
from generator.website.department.places import FigurePlaces
from generator.website.department.prose import spans
from generator.website.drawing.page_images import Mark, PageImage, Views
from generator.website.published.checks import PublishedRule, Tally, add, count, resources_of
from generator.website.published.descriptor import read_packages
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual
from tests.sample_packages import write_sample_packages
from tests.sites import Sites
from tests.website_pages import Page, broken_links

BUDGET = "departments/haizhu-data/2025-budget"
NOTHING = Bilingual("")
RULE = PublishedRule("row-sum", Bilingual("一行之内"), False, NOTHING, "", "", "")


@pytest.fixture
def site(sites: Sites) -> Path:
    return sites.sample().site


def text_of(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


# ── counts ───────────────────────────────────────────────────────────────────────────────


def row(rule: str = "row-sum", outcome: str = "holds", **more: str) -> Row:
    return {"rule": rule, "outcome": outcome, "table_id": "", "inputs": "", "statement": ""} | more


def test_remarks_and_rules_of_form_are_never_in_the_counts_of_arithmetic() -> None:
    rules = {"row-sum": RULE, "share": PublishedRule("share", NOTHING, True, NOTHING, "", "", "")}
    rows = [
        row(),
        row(outcome="differs"),
        row("share"),
        row("share", "remark"),
        row(outcome="remark"),
    ]
    tally = count(rows, rules)
    assert (tally.total, tally["holds"], tally["differs"], tally.remarks) == (2, 1, 1, 2)
    both = add([tally, Tally({"rounding": 3}, 1)])
    assert (both.total, both["rounding"], both["cannot_tell"], both.remarks) == (5, 3, 0, 3)


def test_a_badge_says_every_outcome_in_words_and_remarks_apart(site: Path) -> None:
    says = "核对7项：1项相符，1项有尾差，有4处对不上，1项无法判断。另有1处提示。"
    budget = Page(site / BUDGET / "index.html").text
    assert budget.index(says) < budget.index("多了还是少了")  # on the first screen
    # Of two disclosures, among the checks: nothing is told twice on a page.
    assert Page(site / "departments/haizhu-data/index.html").text.count(says) == 2
    # The list has the latest of each department.
    assert Page(site / "departments/index.html").text.count(says) == 1
    assert says in Page(site / "index.html").text
    everything = "核对16项：3项相符，2项有尾差，有9处对不上，2项无法判断。另有2处提示。"
    assert everything in Page(site / "index.html").text
    assert everything in Page(site / "contradictions/index.html").text


def test_a_dataset_counts_the_checks_that_concern_it(site: Path) -> None:
    text = Page(site / "datasets/budget-income/index.html").text
    assert "核对6项：2项相符，2项有尾差，没有对不上的，2项无法判断。" in text
    assert (
        "核对2项：有2处对不上，没有无法判断的。"
        in Page(site / "datasets/key-projects/index.html").text
    )
    assert "没有核对涉及这个数据集" in Page(site / "datasets/source/index.html").text


def test_what_a_finding_concerns() -> None:
    inputs = "d.2025-budget.key-projects.r1.amount d.2025-budget.budget-project-by-unit.r2.total"
    found = resources_of(row(table_id="key-projects", inputs=inputs))
    expected = {"key-projects", "budget-project-by-unit", "projects", "facts", "findings"}
    assert found == expected
    stated = row(statement="d.2025-budget.narrative.n1", inputs="d.2025-budget.narrative.n1")
    assert resources_of(stated) == {"narrative", "findings"}
    assert resources_of(row()) == {"findings"}


# ── marks ────────────────────────────────────────────────────────────────────────────────


def test_marks_in_tables_prose_and_projects_lead_to_their_findings(site: Path) -> None:
    projects, tables, prose = (marks_of(site, each) for each in ("projects", "tables", "text"))
    marks = [*projects, *tables, *prose]
    stated, key, total = (
        "check.stated.narrative.n3",
        "check.key-project.key-projects.r1.amount",
        "check.projects-total.budget-expenditure.r1.project_expenditure",
    )
    # A project; the expenditure table; the project table's own; key projects; prose.
    assert sorted(marks) == sorted([total, total, key, total, stated])
    assert (marks[0], marks[-1]) == (total, stated)
    checks = Page(site / BUDGET / "checks/index.html")
    assert set(marks) <= set(checks.ids)
    text = text_of(site, f"{BUDGET}/tables")
    assert 'class="n doubt" id="key-projects.r1.amount"' in text
    assert 'class="n part" id="budget-project-by-unit.r1.total"' in text
    # And the finding leads back.
    assert "../text/#narrative.n3" in checks.links
    assert "../tables/#budget-expenditure.r1.project_expenditure" in checks.links


def marks_of(site: Path, sheet: str) -> list[str]:
    """The checks that the marks of one page of the budget lead to."""
    return [
        str(a["href"]).removeprefix("../checks/#")
        for tag, a in Page(site / BUDGET / sheet / "index.html").elements
        if tag == "a" and "mark" in str(a.get("class")).split()
    ]


def test_the_figure_in_question_is_marked_and_no_equal_one(site: Path) -> None:
    text = text_of(site, f"{BUDGET}/text")
    assert text.count("<mark ") == 1
    assert '比上年增加 72.80 万元；其中项目 <mark id="narrative.n3">72.80万元<a' in text
    assert '<details class="topic" open>' in text


def test_sentence_and_numbers_stand_beside_the_mark(site: Path) -> None:
    page = text_of(site, f"{BUDGET}/tables") + text_of(site, f"{BUDGET}/text")
    noted = re.findall(r'<ul class="doubts" aria-label="([^"]+)">', page)
    assert noted == [
        "支出总体情况表里对不上的数",
        "部门预算项目支出及其他支出预算表里对不上的数",
        "重点项目预算绩效目标情况里对不上的数",
        "这一段里对不上的数",
    ]
    assert "<dt>另一处写</dt><dd>519.61</dd>" in page
    assert "<dt>相差</dt><dd>−0.10</dd>" in page


def doubts(*anchors: str) -> Doubts:
    package = Package(Path(), "", Bilingual(""), "", None, 2025, "budget", "", (), ())  # type: ignore[arg-type]
    finding = OpenFinding(
        package, "f", RULE, "differs", "", "", "", "", "", None, "", "", "", "", (), 1
    )
    return {anchor: Doubt((finding,), True) for anchor in anchors}


def stated(number: int, printed: str, unit: str, quote: str) -> Row:
    name = f"d.2025-budget.narrative.n{number}"
    return {"narrative_id": name, "printed": printed, "printed_unit": unit, "quote": quote}


@pytest.mark.parametrize(
    ("text", "figures", "doubted", "marked"),
    [
        ("共12.5万元，减2.5万元。", ["2.5"], "n1", "2.5万元"),
        ("共２.５ 万元。", ["2.5"], "n1", "２.５ 万元"),
        ("增2.5万元，减2.5万元。", ["2.5", "2.5"], "n2", "2.5万元"),
        # One of the two is no statement: which, is not known.
        ("增2.5万元，减2.5万元。", ["2.5"], "n1", "增2.5万元，减2.5万元。"),
    ],
)
def test_what_is_marked_in_prose(text: str, figures: list[str], doubted: str, marked: str) -> None:
    rows = [stated(n, figure, "万元", text) for n, figure in enumerate(figures, 1)]
    whole = f"2.5万元？\n{text}"
    [span] = spans(whole, rows, doubts(f"narrative.{doubted}"))
    assert whole[span.start : span.end] == marked
    if len(figures) > 1:
        assert span.start > whole.index(marked, 6)


def test_a_sentence_that_cannot_be_found_is_not_marked() -> None:
    rows = [stated(1, "2.5", "万元", "别处2.5万元。")]
    assert spans("这里2.5万元。", rows, doubts("narrative.n1")) == []


def test_a_place_is_in_words_with_its_figure_and_the_ways_to_it(tmp_path: Path) -> None:
    packages = read_packages(write_sample_packages(tmp_path / "packages")).disclosures
    box = Mark("narrative.n3", "项目 72.80万元", "1", "2", "3", "4")
    drawn = Views(packages[1].sources[0], (PageImage(1, 10, 10, b"", (box,)),))
    places = FigurePlaces(packages, {"haizhu-data/2025-budget": drawn})
    found = [
        places.find(f"haizhu-data.2025-budget.{figure}")
        for figure in (
            "narrative.n3",
            "budget-expenditure.r1.total",
            "key-projects.r1.amount",
            "x.r1",
        )
    ]
    assert [each and (each.words, each.printed, each.view) for each in found] == [
        ("文字说明“项目”", "72.80万元", True),
        ("《支出总体情况表》“合计”", "4417.50万元", False),
        (
            "《重点项目预算绩效目标情况》“区政府信息公开工作经费”的“预算数”",
            "519.51万元",
            False,
        ),
        None,
    ]


# ── the page of contradictions ───────────────────────────────────────────────────────────


def test_contradictions_are_sorted_by_size_and_lead_to_their_places(site: Path) -> None:
    text = text_of(site, "contradictions")
    items = re.findall(r'<li class="finding">(.*?)\n</li>', text, re.S)
    big = [re.sub("<[^>]+>|\\s", "", re.findall(r'class="big">(.*?)</p>', i)[0]) for i in items]
    assert big == [
        *["相差8,089.00万元"] * 2,
        *["相差1,837.20万元"] * 2,
        *["相差0.10万元"] * 2,
        "相差0.02万元",
        *["不是金额"] * 2,
    ]
    for item in items[:7]:
        assert len(set(re.findall(r'href="([^"]+source/#L\d+)"', item))) == 2
    assert all(re.search(r'href="\.\./method/#rule-', item) for item in items)
    assert broken_links(site) == []


def test_remarks_stand_apart_and_acknowledged_ones_stay(site: Path) -> None:
    text = text_of(site, "contradictions")
    listed, remarks = text.split('<section aria-labelledby="remarks">')
    assert "&lt;remark&gt;" in remarks
    assert "&lt;remark&gt;" not in listed
    assert "已人工核对</span> 对照原文看过 &lt;b&gt;" in listed
    assert "已人工核对</span> 对照原文看过 &lt;b&gt;" in text_of(site, f"{BUDGET}/checks")


def test_without_contradictions_the_page_says_so(sites: Sites, tmp_path: Path) -> None:
    packages, site = write_sample_packages(tmp_path / "packages"), tmp_path / "site"
    for path in packages.rglob("findings.csv"):
        kept = [
            line
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
            if ",differs," not in line and ",remark," not in line
        ]
        path.write_text("".join(kept), encoding="utf-8")
    sites.render(packages, site)
    text = Page(site / "contradictions/index.html").text
    assert "3份公开文件，没有发现对不上的数字。" in text
    assert "现在没有。" in text
    assert "没有提示。" in text
    assert "※" not in "".join(
        text_of(site, f"{BUDGET}/{each}") for each in ("", "tables", "checks")
    )
    assert broken_links(site) == []


# ── rules ────────────────────────────────────────────────────────────────────────────────


def test_every_rule_is_explained_on_the_page_of_the_method(site: Path) -> None:
    page = Page(site / "method/index.html")
    rules = (site / "downloads/all/rules.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [i for i in page.ids if i.startswith("rule-")] == [
        f"rule-{line.split(',')[0]}" for line in rules
    ]
    arithmetic, form = page.text.split("不对时只作“提示”")
    assert "标题的年份应当相等 <i>。" in arithmetic
    assert "条件：有项目表。" in arithmetic
    assert "没有写原因应当相等" in form
    assert "用过2次：2项提示。" in form
    assert "［核对规则］" not in page.text
    assert page.text.rindex("每条规则") < page.text.index("一行之内") < page.text.rindex("做不到的")


def test_what_holds_is_counted_by_rule_and_not_listed(site: Path) -> None:
    page = Page(site / BUDGET / "checks/index.html")
    assert "<holds>" not in page.text
    assert "（形式，不计入上面的项数）" in page.text
    assert "../../../../downloads/haizhu-data/2025-budget/findings.csv" in page.links
