"""A standard table as a page shows it: header rows, body rows, a part per side or panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.doubts import Doubts, signs
from generator.website.department.places import cell_anchor
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.rows import Row
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import CHINESE, Bilingual, Words, marked, spoken
from generator.website.wording.language import gettext as _
from generator.website.wording.words import EVALUATION_SECTIONS, HEADINGS

# Columns that say how a row is printed or where; they shape the table and are not columns of it on
# the page.
_STRUCTURE = {
    "row_number",
    "row_id",
    "direction",
    "panel",
    "code",
    "name",
    "label",
    "level",
    "role",
    "line",
}
_PRINTED_SIDES = {
    "income": marked("收入"),
    "expenditure": marked("支出"),
    "personnel": marked("人员经费"),
    "public": marked("公用经费"),
    "more": marked("其他"),
    "expenditure_by_function": marked("支出（按功能分类）"),
    "expenditure_by_type": marked("支出（按支出类型）"),
    "expenditure_by_economic_class": marked("支出（按部门经济分类）"),
    "expenditure_by_government_economic_class": marked("支出（按政府经济分类）"),
    "expenditure_by_other": marked("支出（其他栏）"),
    "income_by_other": marked("收入（其他栏）"),
}
#: The sides and panels of a table, in words.
SIDES = Words(_PRINTED_SIDES)
# In these tables the rows themselves show which unit a project or category belongs to.
_UNIT_IN_ROWS = ("units", "projects")
_NO_SIGNS = Markup()
# A table of fewer rows is seen at once and needs no folding.
_SEEN_AT_ONCE = 12


@dataclass(frozen=True)
class HeaderCell:
    """One cell of a header row."""

    text: str
    colspan: int
    rowspan: int
    numeric: bool


@dataclass(frozen=True)
class BodyCell:
    """One body cell: paragraphs of text, or an amount.

    `anchor` is given where it is in doubt, with the `signs` that lead to the findings;
    `mark` is its place on a drawn page of the source.
    """

    lines: tuple[str, ...]
    numeric: bool
    zero: bool = False
    mark: str = ""
    anchor: str = ""
    signs: Markup = _NO_SIGNS
    first: bool = False

    @property
    def long(self) -> bool:
        """Tell whether the text is so long that a narrow column would make a very tall row."""
        return sum(map(len, self.lines)) > 80


@dataclass(frozen=True)
class TableRow:
    """One printed row, or one side of it."""

    code: str
    name: str
    level: int
    role: str
    line: str
    cells: tuple[BodyCell, ...]
    signs: Markup = _NO_SIGNS
    anchor: str = ""

    @property
    def mark(self) -> str:
        """Return the place of its first figure that is marked on a drawn page, if there is one."""
        return next((cell.mark for cell in self.cells if cell.mark), "")


@dataclass(frozen=True)
class TablePart:
    """A whole table, or one side or panel of it; `side` is its name, or "" for a whole table."""

    key: str
    side: str
    row_heading: HeaderCell
    header: tuple[tuple[HeaderCell, ...], ...]
    body: tuple[TableRow, ...]

    @property
    def narrow(self) -> bool:
        """Tell whether the names may have all the room, as only one column of amounts follows."""
        return all(len(row.cells) == 1 and row.cells[0].numeric for row in self.body)


@dataclass(frozen=True)
class TableView:
    """One standard table of a disclosure."""

    resource: PublishedResource
    parts: tuple[TablePart, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the printed notes without their label, leaving out one that only says 无."""
        stripped = (
            note.strip().removeprefix("注").lstrip("：: 　") for note in self.resource.notes
        )
        return tuple(note for note in stripped if note.strip("“”。 ") not in ("", "无"))

    @property
    def levels(self) -> list[tuple[int, str]]:
        """Return the levels that a reader may fold the table to, each with its name.

        A table of one level, or so short that it is seen at once, has none.
        """
        rows = [row for part in self.parts for row in part.body if row.level]
        levels = sorted({row.level for row in rows})
        if len(levels) < 2 or len(rows) < _SEEN_AT_ONCE:
            return []
        return [(level, _level_name(level, rows)) for level in levels[:-1]]

    @property
    def wide(self) -> bool:
        """Tell whether a part has so many columns that two parts do not fit side by side."""
        return any(len(row.cells) > 2 for part in self.parts for row in part.body[:1])


def _level_name(level: int, rows: Sequence[TableRow]) -> str:
    """Return 类, 款 or 项 where the level has codes of one length, else its number."""
    digits = {len(row.code) for row in rows if row.level == level}
    named = {3: _("到类"), 5: _("到款"), 7: _("到项")}
    return (
        named.get(min(digits), "")
        if len(digits) == 1 and min(digits) in named
        else (_("到第{level}级").format(level=level))
    )


def table_view(
    resource: PublishedResource, doubts: Doubts, marks: Collection[str] = ()
) -> TableView:
    """Return a standard table as a page shows it.

    `doubts` are the figures in doubt; `marks` are the figures marked on drawn pages.
    """
    rows = resource.read()
    sides = sorted(set(map(side_of, rows)), key=_side_order)
    parts = [
        _part(resource, side, [row for row in rows if side_of(row) == side], doubts, marks)
        for side in sides
    ]
    return TableView(resource, tuple(part for part in parts if part.body))


def side_of(row: Row) -> str:
    """The side or panel that a row of a table stands on; blank in a table without sides."""
    return row.get("panel", "") or row.get("direction", "")


def _side_order(side: str) -> tuple[int, str]:
    known = list(SIDES)
    return (known.index(side) if side in known else len(known), side)


def _part(
    resource: PublishedResource,
    side: str,
    rows: Sequence[Row],
    doubts: Doubts,
    marks: Collection[str],
) -> TablePart:
    columns = _columns(resource, side, rows)
    lead = _lead(resource, columns, rows)
    columns = [c for c in columns if c is not lead]
    header = _header(columns, _PRINTED_SIDES.get(side, ""))
    heading = HeaderCell(_row_heading(resource, side, lead), 1, max(1, len(header)), False)
    body = tuple(_row(resource, row, lead, columns, doubts, marks) for row in rows)
    return TablePart(side, SIDES.get(side, side), heading, header, body)


def _columns(resource: PublishedResource, side: str, rows: Sequence[Row]) -> list[PublishedField]:
    """Return the columns to show; a side drops those that only the other side prints."""
    hidden = _STRUCTURE | ({"unit"} if resource.shape in _UNIT_IN_ROWS else set())
    columns = [f for f in resource.fields if f.name not in hidden]
    return [f for f in columns if not side or any(row[f.name] for row in rows)]


def _lead(
    resource: PublishedResource, columns: Sequence[PublishedField], rows: Sequence[Row]
) -> PublishedField | None:
    """Return the column that heads the rows of a table without names (performance)."""
    names = {f.name for f in resource.fields}
    if names & {"name", "label"}:
        return None
    texts = [c for c in columns if not c.measure]
    # A cell merged over rows is filled in the first of them only: it does not head the others.
    return max(texts, key=lambda c: sum(bool(row[c.name]) for row in rows), default=None)


def _row_heading(resource: PublishedResource, side: str, lead: PublishedField | None) -> str:
    if lead:
        return lead.title
    titles = {f.name: f.titles for f in resource.fields}
    if "code" in titles and "name" in titles:
        return _("科目")
    name = titles.get("name", Bilingual("项目"))
    return str(Bilingual("项目", name.english) if side else name)


def _row(
    resource: PublishedResource,
    row: Row,
    lead: PublishedField | None,
    columns: Sequence[PublishedField],
    doubts: Doubts,
    marks: Collection[str],
) -> TableRow:
    level = row.get("level", "")
    code = row.get("code", "")
    name = row[lead.name] if lead else _name(row, code)
    here = cell_anchor(resource.name, row, "")
    doubt = doubts.get(here)
    return TableRow(
        code=code,
        name=name,
        level=min(int(level), 6) if level.isascii() and level.isdigit() else 0,
        role=row.get("role", ""),
        line=row.get("line", ""),
        cells=tuple(_cell(resource, row, column, doubts, marks) for column in columns),
        signs=signs(doubt) if doubt else Markup(),
        anchor=here if doubt else "",
    )


def _name(row: Row, code: str) -> str:
    """Return the name where a code stands apart from it, else the label as printed."""
    name, label = row.get("name", ""), row.get("label", "").strip()
    return (name or label) if code else (label or name)


def _cell(
    resource: PublishedResource,
    row: Row,
    column: PublishedField,
    doubts: Doubts,
    marks: Collection[str],
) -> BodyCell:
    value = row[column.name]
    if not column.measure:
        value = EVALUATION_SECTIONS.get(value, value) if column.name == "section" else value
        return BodyCell(tuple(value.split("\n")) if value else (), False)
    if not value:
        return BodyCell((), True)
    here = cell_anchor(resource.name, row, column.name)
    zero, mark, doubt = not value.strip("0.-"), here if here in marks else "", doubts.get(here)
    if not doubt:
        return BodyCell((as_printed(value),), True, zero, mark)
    return BodyCell((as_printed(value),), True, zero, mark, here, signs(doubt), doubt.first)


def _header(columns: Sequence[PublishedField], side: str) -> tuple[tuple[HeaderCell, ...], ...]:
    """Lay stacked headings out in rows: neighbours share a parent, short ones reach down."""
    paths = [_path(column, side) for column in columns]
    depth = max((len(path) for path in paths), default=1)
    return tuple(tuple(_header_row(columns, paths, depth, at)) for at in range(depth))


def _path(column: PublishedField, side: str) -> tuple[str, ...]:
    path = column.headings or (column.title,)
    return path[1:] if side and len(path) > 1 and path[0] == side else path


def _heading(column: PublishedField, path: tuple[str, ...], at: int) -> str:
    """Return a heading as printed; in another language what it means, as far as that is known."""
    if spoken() == CHINESE:
        return path[at]
    if at == len(path) - 1 and column.titles.english:
        return column.title
    return HEADINGS.get(path[at], path[at])


def _header_row(
    columns: Sequence[PublishedField], paths: Sequence[tuple[str, ...]], depth: int, at: int
) -> list[HeaderCell]:
    cells: list[HeaderCell] = []
    previous: tuple[str, ...] = ()
    for column, path in zip(columns, paths, strict=True):
        if at >= len(path):
            previous = ()
            continue
        last = at == len(path) - 1
        if not last and previous[: at + 1] == path[: at + 1]:
            cells[-1] = HeaderCell(cells[-1].text, cells[-1].colspan + 1, 1, cells[-1].numeric)
        else:
            text = _heading(column, path, at)
            cells.append(HeaderCell(text, 1, depth - at if last else 1, column.measure))
        previous = path if not last else ()
    return cells
