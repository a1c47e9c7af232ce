"""Routes: where two independent readings of one amount differ, both are published.

That accuses nobody: one of the two readings is wrong, and reading is ours to mend.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.meaning.amounts import to_decimal
from generator.meaning.definitions import definition
from generator.models import Disagreement, Disclosure, Fact, Finding

_ROUTES = {
    "geometry:pdf": "按 PDF 版面",
    "alignment:pdf": "按 PDF 里文字对齐的位置",
    "flow:pdf": "按 PDF 文字顺序",
    "flow:txt": "按文本",
    "plumber:pdf": "按 pdfplumber 找到的表格",
}


def disagreement_findings(disclosure: Disclosure) -> Iterator[Finding]:
    """A finding for each amount that another route, or another rendition, read differently."""
    facts = {fact.fact_id: fact for fact in disclosure.facts}
    for disagreement in disclosure.disagreements:
        yield _finding(facts[disagreement.fact_id], disagreement)


def _finding(fact: Fact, other: Disagreement) -> Finding:
    printed, expected = to_decimal(fact.printed), to_decimal(other.printed)
    place = f"第 {other.page} 页" if other.page else f"第 {other.line} 行"
    return Finding(
        rule="routes",
        outcome="cannot_tell",
        reason="routes",
        table=fact.table,
        row=fact.row,
        column=fact.column,
        expected=expected,
        printed=printed,
        difference=printed - expected,
        printed_unit=fact.printed_unit,
        inputs=(fact.fact_id,),
        sentence=(
            f"《{definition(fact.table).title}》“{fact.label}”：{_ROUTES[fact.routes[0]]}读得"
            f" {fact.printed} {fact.printed_unit}，{_ROUTES[other.route]}"
            f"（{other.file} {place}）读得 {other.printed} {fact.printed_unit}，两种读法不一致，"
            "无法核对。"
        ),
        line=fact.line,
        side=fact.side,
    )
