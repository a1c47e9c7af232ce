"""A sheet: one page with one small ruled table, to which a test does what it likes.

Rows of a name and two amounts; places are those of the page, from the bottom left, as on a canvas.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from generator.models import Doubt, Line
from generator.pdf.limits import Limits
from generator.problems import Problem, Report
from generator.reading.pdf import PdfText, read_pdf
from tests.pdf.paper import FONT

ROWS = (
    ("合计", "2,044.78", "315.20"),
    ("工资福利支出", "2,000.01", "300.00"),
    ("办公费", "44.77", "15.20"),
)
Step = Callable[[Canvas, "Table"], None]


@dataclass(frozen=True)
class Table:
    """Where the table of a sheet stands, and its size of type."""

    size: float = 9.0
    left: float = 60.0
    top: float = 700.0
    widths: tuple[float, ...] = (16.0, 9.0, 9.0)  # in sizes of type
    rows: tuple[tuple[str, ...], ...] = ROWS
    font: str = FONT

    @property
    def xs(self) -> list[float]:
        """The lines down."""
        return [self.left + self.size * sum(self.widths[:n]) for n in range(len(self.widths) + 1)]

    @property
    def ys(self) -> list[float]:
        """The lines across, from the top."""
        return [self.top - 1.8 * self.size * n for n in range(len(self.rows) + 1)]

    def spot(self, row: int, column: int) -> tuple[float, float]:
        """Where the text of a cell begins, on its base line: amounts stand at the right."""
        text = self.rows[row][column]
        x = self.xs[column] + 0.3 * self.size
        if column:
            x = self.xs[column + 1] - 0.3 * self.size - stringWidth(text, self.font, self.size)
        return x, self.ys[row + 1] + 0.6 * self.size

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """The left, bottom, width and height of a cell."""
        x0, x1 = self.xs[column : column + 2]
        return x0, self.ys[row + 1], x1 - x0, self.ys[row] - self.ys[row + 1]


def draw_text(canvas: Canvas, table: Table, skip: Sequence[tuple[int, int]] = ()) -> None:
    """The texts of all cells but for some."""
    canvas.setFont(table.font, table.size)
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            if (row, column) not in skip:
                canvas.drawString(*table.spot(row, column), text)


def draw_rules(canvas: Canvas, table: Table) -> None:
    """The lines of the grid."""
    canvas.setLineWidth(0.5)
    for x in table.xs:
        canvas.line(x, table.ys[0], x, table.ys[-1])
    for y in table.ys:
        canvas.line(table.xs[0], y, table.xs[-1], y)


def sheet(
    table: Table | None = None,
    *,
    before: Step | None = None,
    after: Step | None = None,
    rules: Step | None = draw_rules,
    skip: Sequence[tuple[int, int]] = (),
) -> bytes:
    """A PDF of one page: what a test draws before the table, the table, what it draws after."""
    table = table or Table()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595.0, 842.0), invariant=True)
    for step in (before, rules):
        if step:
            canvas.saveState()
            step(canvas, table)
            canvas.restoreState()
    draw_text(canvas, table, skip)
    if after:
        after(canvas, table)
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class Read:
    """A sheet as it was read."""

    text: PdfText
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> list[list[str]]:
        """The rows of its table by geometry; indentation is left out."""
        return [[cell.strip() for cell in line.text.split("\t")] for line in self.ruled]

    @property
    def ruled(self) -> list[Line]:
        return [line for line in self.text.geometry if line.boxes]

    @property
    def beside(self) -> list[str]:
        """What stands in no table."""
        return [line.text.strip() for line in self.text.geometry if not line.boxes]

    @property
    def flow(self) -> str:
        """What the other route reads, without blanks."""
        return "".join("".join(line.text.split()) for line in self.text.flow)

    @property
    def doubts(self) -> dict[tuple[int, int], Doubt]:
        """The doubts by row and column."""
        return {
            (row, column): doubt
            for row, line in enumerate(self.ruled)
            for column, doubt in enumerate(line.doubts)
            if doubt
        }

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


def read(data: bytes) -> Read:
    """Read a sheet by both routes."""
    report = Report("sheet.pdf")
    return Read(read_pdf(data, Limits(), report), tuple(report.problems))


def in_flow(rows: Sequence[Sequence[str]] = ROWS) -> str:
    """The rows as the other route should read them."""
    return "".join(cell for row in rows for cell in row)
