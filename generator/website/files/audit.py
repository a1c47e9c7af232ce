"""The findings of a disclosure as an auditor works through them: doubtful ones first, numbered.

The numbers are the same in the Excel sheet and on the annotated PDF.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.website.department.prose import titled
from generator.website.published.boxes import facts_with_boxes
from generator.website.published.package import Package
from generator.website.published.rows import Row

#: The outcomes in an auditor's order, and their answer to 是否相符.
ANSWERS = {
    "differs": "否",
    "remark": "提示",
    "cannot_tell": "无法判断",
    "rounding": "是",
    "holds": "是",
}
#: What gets a line of its own, and a number that leads to it.
SINGLE = ("differs", "remark", "cannot_tell")


@dataclass(frozen=True)
class AuditLine:
    """One finding with all that an auditor wants beside it; `number` is 0 where it holds."""

    number: int
    row: Row
    rule: Row
    part: str
    page: str
    quote: str

    @property
    def outcome(self) -> str:
        """Return the outcome's name in the packages."""
        return self.row["outcome"]

    @property
    def answer(self) -> str:
        """Return the answer to 是否相符."""
        return ANSWERS.get(self.outcome, self.outcome)

    @property
    def matter(self) -> str:
        """Return what was checked: the title and the sentence of the rule."""
        title, sentence = self.rule.get("title", self.row["rule"]), self.rule.get("sentence", "")
        return f"{title}：{sentence}" if sentence else title

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the identifiers of the figures that took part, the one in question first."""
        return tuple(self.row["inputs"].split())


def audit(package: Package) -> list[AuditLine]:
    """Return all findings of a package: doubtful ones first, each group in its own order."""
    order = {outcome: place for place, outcome in enumerate(ANSWERS)}
    rows = sorted(package.rows("findings"), key=lambda row: order.get(row["outcome"], len(order)))
    rules = {row["rule"]: row for row in package.rows("rules")}
    places = _Places(package)
    return [
        AuditLine(
            number if row["outcome"] in SINGLE else 0,
            row,
            rules.get(row["rule"], {}),
            places.part(row),
            places.page(row),
            places.quote(row),
        )
        for number, row in enumerate(rows, 1)
    ]


class _Places:
    """Looks up where findings stand, in the words that are printed there."""

    def __init__(self, package: Package) -> None:
        self.source = {row["line"]: row for row in package.rows("source")}
        self.titles = _titles(package, list(self.source.values()))
        self.sections = package.rows("sections")
        self.section = {row["section_id"]: row for row in self.sections}
        self.stated = {row["narrative_id"]: row for row in package.rows("narrative")}
        self.facts = {row["fact_id"]: row for row in facts_with_boxes(package)}
        self.by_row: Mapping[str, list[Row]] = defaultdict(list)
        for row in self.facts.values():
            self.by_row[_row_of(row["fact_id"])].append(row)

    def part(self, finding: Row) -> str:
        """Where the finding stands: the table's title, or the headings of the prose."""
        line = self.source.get(finding["line"], {})
        table = finding["table_id"] or line.get("table_id", "")
        if table:
            return self.titles.get(table, table)
        if found := self._section_of(finding):
            return _headings(found)
        return "目录" if line.get("line_use") == "contents" else "标题" if line else "全文"

    def _section_of(self, finding: Row) -> Row | None:
        statement = self.stated.get(finding["statement"])
        if statement:
            return self.section.get(statement["section_id"])
        of_line = (each for each in reversed(self.sections) if _holds_line(each, finding["line"]))
        return next(of_line, None)

    def page(self, finding: Row) -> str:
        """The page of the file that is published; where it has none, that of the PDF's cell."""
        fact = self.facts.get(finding["inputs"].partition(" ")[0], {})
        return finding["page"] or fact.get("box_page", "")

    def quote(self, finding: Row) -> str:
        """The sentence of the prose, or the row of the table: its label and its amounts."""
        if finding["quote"]:
            return finding["quote"]
        row = self.by_row.get(_row_of(finding["inputs"].partition(" ")[0]), [])
        if row:
            return "  ".join([row[0]["label"].strip(), *(fact["printed"] for fact in row)]).strip()
        return self.source.get(finding["line"], {}).get("text", "").strip()


def _row_of(fact_id: str) -> str:
    return fact_id.rpartition(".")[0]


def _titles(package: Package, source: Sequence[Row]) -> Mapping[str, str]:
    """The title of each table as printed above its rows; else as its definition has it."""
    titles = {table.name: table.title or table.name for table in package.tables}
    printed, seen = "", set[str]()
    for line in source:
        if line["line_use"] == "title" and line["text"].strip():
            printed = " ".join(line["text"].split())
        elif line["table_id"] and line["line_use"] == "row":
            if printed and line["table_id"] not in seen:
                titles[line["table_id"]] = printed
            seen.add(line["table_id"])
            printed = ""
    return titles


def _headings(section: Row) -> str:
    title = titled(section["number"], section["heading"])
    return " ".join(text for text in (section["part_title"], title) if text)


def _holds_line(section: Row, line: str) -> bool:
    first, last = section["line_start"], section["line_end"]
    return (
        first.isdigit()
        and last.isdigit()
        and line.isdigit()
        and int(first) <= int(line) <= int(last)
    )
