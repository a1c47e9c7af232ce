"""Typesets made budgets as the texts that extractors make of published ones, in many styles.

The styles are those seen: blank lines between lines or not, tabs or running text, names wrapped at
any width, page breaks with repeated headings, furniture before or after the title, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tests.made_budgets import Budget
from tests.made_rows import NUMERALS, Row, Table
from tests.made_tables import key_projects, tables
from tests.text_styles import Style

#: Headings, and what is explained under them, by paragraphs.
Prose = Sequence[tuple[str, str]]
_TERMS = {
    "财政拨款收入": "指预算单位从本级财政部门取得的财政预算资金收入。",
    "基本支出": "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
    "“三公”经费": "“三公”经费指部门（单位）使用财政拨款安排的因公出国（境）费用、公务用车购置及"
    "运行维护费和公务接待费。其中：公务接待费反映按规定开支的各类公务接待费用。",
}
_DUTIES = "（一）贯彻执行国家、省、市有关法律、法规、规章制度并组织实施；拟订发展战略和年度计划等。"


def typeset(
    budget: Budget,
    style: Style,
    prose: Prose = (),
    order: Callable[[Table], Table] = lambda table: table,
) -> bytes:
    """The whole disclosure as the bytes of a file; ``prose`` are its explanations, if any.

    ``order`` may put a table's columns in another order before it is printed.
    """
    sheet = _Sheet(style)
    if style.contents:
        _contents(sheet, budget)
    _overview(sheet, budget)
    for table in map(order, tables(budget)):
        _table(sheet, budget, table)
    _explanations(sheet, budget, prose)
    sheet.page("第四部分 名词解释")
    for number, (term, meaning) in zip("一二三", _TERMS.items(), strict=True):
        sheet.paragraph(f"{number}、{term}: {meaning}")
    return style.newline.join([*sheet.lines, ""]).encode(style.encoding)


def wrap(text: str, width: int, alone: str = "") -> list[str]:
    """Wrap as a typesetter does: numbers and Latin words stay whole, ``alone`` on its own line."""
    if alone:
        pieces = re.split(f"((?<![A-Za-z0-9.,%/\\-])(?:{alone})(?![A-Za-z0-9.,%/\\-]))", text)
        return [line for piece in pieces if piece for line in wrap(piece, width)]
    lines = [""]
    for piece in re.findall(r"[A-Za-z0-9.,%/\-\[\]]+|.", text):
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return lines


class _Sheet:
    """Collects lines; a page begins with one space and, in spaced texts, without a blank line."""

    def __init__(self, style: Style) -> None:
        self.style, self.lines, self.pages = style, list[str](), 1

    def line(self, text: str) -> None:
        if self.style.spaced and self.lines:
            self.lines.append("")
        self.lines.append(text)

    def together(self, texts: Sequence[str]) -> None:
        """Lines of one row: tabs keep them apart, so no blank lines stand between them."""
        self.line(texts[0])
        for text in texts[1:]:
            (self.lines.append if self.style.tabbed else self.line)(text)

    def page(self, text: str) -> None:
        self.pages += 1
        if self.style.page_numbers and self.pages % 3 == 0:
            self.line(f"- {self.pages} -")
        if self.style.form_feeds:
            self.lines.append(f"\f{text}")
        elif self.style.tabbed:
            self.lines.append("")
            self.lines.append(text)
        else:
            self.lines.append(f" {text}" if self.lines else text)

    def paragraph(self, text: str) -> None:
        lines = [text] if self.style.tabbed else wrap(text, 30)
        for line in lines:
            self.line(line)


# ── around the tables ────────────────────────────────────────────────────────────────────


def _contents(sheet: _Sheet, budget: Budget) -> None:
    sheet.line(f"{budget.year}年{budget.department}部门预算")
    sheet.line("目 录")
    sheet.line(f"第一部分 {budget.department}概况")
    sheet.line("一、主要职责")
    sheet.line(f"第二部分 {budget.year}年部门预算表")
    for table, number in zip(tables(budget), NUMERALS, strict=False):
        sheet.line(f"{number}、{table.title}")
    sheet.line(f"第三部分 {budget.year}年部门预算情况说明")
    sheet.line("第四部分 名词解释")


def _overview(sheet: _Sheet, budget: Budget) -> None:
    sheet.page(f"第一部分 {budget.department}概况")
    sheet.line("一、主要职责")
    sheet.paragraph(_DUTIES)
    sheet.line("二、部门机构设置")
    sheet.paragraph(f"{budget.department}设{len(budget.units)}个单位，均纳入本级预算。")


def _explanations(sheet: _Sheet, budget: Budget, prose: Prose) -> None:
    sheet.page(f"第三部分 {budget.year}年部门预算情况说明")
    total = tables(budget)[1].rows[0].amounts[0]
    nothing_said = f"{budget.year}年本部门收入预算{total}{budget.money}，比上年增加--%。"
    prose = prose or (("部门预算收支增减变化情况", nothing_said),)
    for number, (title, text) in enumerate(prose):
        sheet.line(f"{NUMERALS[number]}、{title}")
        for paragraph in text.split("\n"):
            sheet.paragraph(paragraph)
    sheet.line(f"{NUMERALS[len(prose)]}、重点项目预算绩效目标情况")
    sheet.line(f"{budget.year}年，本部门重点项目绩效目标情况如下：")
    rows = key_projects(budget)
    if rows:
        heading = ((("项目", f"预算数（单位：{budget.money}）", "绩效目标")),)
        table = Table("key-projects", 13, "", heading, tuple(rows))
        _rows(sheet, table, list(_key_rows(sheet.style, table.rows)))
    sheet.line("注：无。")


def _furniture(sheet: _Sheet, budget: Budget) -> None:
    unit, name = f"单位：{budget.money}", f"单位名称：{budget.department}"
    if sheet.style.furniture == "glued":
        sheet.page(unit + name)
    else:
        if sheet.style.furniture != "unit":
            sheet.line(name)
        sheet.line(unit)


def _table(sheet: _Sheet, budget: Budget, table: Table) -> None:
    before = sheet.style.furniture not in ("after", "unit")
    if before:
        _furniture(sheet, budget)
    if table.number == 1:
        sheet.line(f"第二部分 {budget.year}年部门预算表")
    if table.number in sheet.style.labels:
        sheet.line(f"表{table.number}")
    known = {"title": table.title, "number": table.number, "year": budget.year}
    sheet.line(sheet.style.titles.format(department=budget.department, **known))
    if not before:
        _furniture(sheet, budget)
    _rows(sheet, table, list(_printed_rows(sheet.style, table)))
    for note in table.note.split("\n"):
        sheet.line(note)


def _rows(sheet: _Sheet, table: Table, rows: Sequence[Sequence[str]]) -> None:
    """The heading, then the rows; after each full page the heading again, once, twice or never."""
    style = sheet.style
    heading = list(_heading(style, table))
    sheet.together(heading)
    for number, lines in enumerate(rows):
        full = style.breaks and number and number % style.rows_of_page == 0
        cut = len(lines) // 2 if style.split_rows else 0
        if cut:
            sheet.together(lines[:cut])
        for _ in range(style.breaks if full else 0):
            _repeat(sheet, heading)
        if style.tabbed:
            sheet.lines += lines[cut:]
        else:
            sheet.together(lines[cut:])


def _repeat(sheet: _Sheet, heading: Sequence[str]) -> None:
    if sheet.style.half_width:
        heading = [line.replace("（", "(").replace("）", ")") for line in heading]
    sheet.page(heading[0])
    for line in heading[1:]:
        (sheet.lines.append if sheet.style.tabbed else sheet.line)(line)


def _heading(style: Style, table: Table) -> Iterator[str]:
    for cells in table.heading:
        if style.tabbed:
            yield "\t".join(cells)
            continue
        for cell in cells:
            yield from wrap(cell, style.heading_width) if cell else ()


# ── rows ─────────────────────────────────────────────────────────────────────────────────


def _printed_rows(style: Style, table: Table) -> Iterator[list[str]]:
    if table.number in (1, 4):
        yield from _sided(style, table)
    for row in table.rows if table.number not in (1, 4) else ():
        if style.tabbed:
            yield ["\t".join(_tab_cells(style, table, row))]
        else:
            yield _flow_lines(style, table, row)


def _sided(style: Style, table: Table) -> Iterator[list[str]]:
    for number in range(1, max(row.number for row in table.rows) + 1):
        sides = {row.side: row for row in table.rows if row.number == number}
        cells = [
            cell
            for side in ("income", "expenditure")
            for cell in (_sided_cells(style, sides[side]) if side in sides else ("", ""))
        ]
        yield ["\t".join(cells) if style.tabbed else " ".join(filter(None, cells))]


def _sided_cells(style: Style, row: Row) -> tuple[str, ...]:
    return (row.label, *map(style.tab_amount, row.amounts))


def _label(table: Table, row: Row) -> tuple[str, str]:
    """What stands in the cell of the code, where the table has one, and in that of the name."""
    name = row.name if row.code else row.label
    if table.number in (2, 3, 9, 10):
        return row.code, name
    return "", f"[{row.code}]{name}" if row.code else name


def _tab_cells(style: Style, table: Table, row: Row) -> list[str]:
    code, name = _label(table, row)
    cells = [code] if table.number in (2, 3, 9, 10) else []
    target = [row.target] if table.number == 12 else []
    label = "　" * (row.indent if style.indented else 0) + name
    return [*cells, label, *map(style.tab_amount, row.amounts), *target]


def _flow_lines(style: Style, table: Table, row: Row) -> list[str]:
    """Code, name, amounts and target: on one line where they fit, else on several."""
    code, name = _label(table, row)
    pieces = wrap(name, style.name_width)
    pieces[0] = "　" * row.indent + pieces[0]
    amounts = " ".join(row.amounts)
    target = wrap(row.target, style.target_width, style.alone) if row.target else []
    if len(target) == 1 and not style.own_line:
        amounts, target = f"{amounts} {target[0]}", []
    if len(pieces) == 1 and not (style.own_line and row.level):
        return [" ".join(filter(None, [code, pieces[0], amounts])), *target]
    return [*([code] if code else []), *pieces, amounts, *target]


def _key_rows(style: Style, rows: Sequence[Row]) -> Iterator[list[str]]:
    for row in rows:
        amount = row.amounts[0].replace(",", "") if style.bare_amounts else row.amounts[0]
        if style.bare_amounts:
            amount = amount.removesuffix(".00")
        if style.tabbed:
            yield ["\t".join([row.name, amount, row.target])]
            continue
        pieces = wrap(row.name, style.name_width)
        target = wrap(row.target, style.target_width, style.alone)
        if style.own_line:
            yield [*pieces, amount, *target]
        else:
            yield [*pieces[:-1], f"{pieces[-1]} {amount}", *target]
