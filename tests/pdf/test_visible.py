"""Only what can be seen is read, by both routes; what is left out is said."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

import tests.hypothesis_profile  # noqa: F401  # sets the profile
from tests.pdf.paper import FONT, text_width
from tests.pdf.sheet import ROWS, Read, Table, draw_text, in_flow, read, sheet

SIZES = [5.5, 9.0, 14.0]


def _as_made(found: Read) -> bool:
    return found.rows == [list(row) for row in ROWS] and found.flow == in_flow()


def _before_the_amount(text: str, prepare: Callable[[Canvas], None]) -> Callable[..., None]:
    """Draws a text right before the amount of the last row."""

    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(2, 1)
        canvas.saveState()
        prepare(canvas)
        canvas.setFont(FONT, table.size)
        canvas.drawString(x - text_width(text, table.size), y, text)
        canvas.restoreState()

    return after


def _mode(mode: int) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.addLiteral(f"{mode} Tr")


HOW = {
    "white": lambda canvas: canvas.setFillColor(white),
    "nearly white": lambda canvas: canvas.setFillColor(HexColor(0xF7F7F7)),
    "transparent": lambda canvas: canvas.setFillAlpha(0),
    "invisible": _mode(3),
    "only a stencil": _mode(7),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_a_digit_that_nobody_sees_is_no_digit(how: Callable[[Canvas], None], size: float) -> None:
    found = read(sheet(Table(size), after=_before_the_amount("8", how)))
    assert _as_made(found)
    (problem,) = found.problems
    assert (problem.code, problem.page) == ("text-not-visible", 1)
    assert "“8”" in problem.message


@settings(max_examples=25)
@given(
    st.from_regex(r"[1-9][0-9]{0,2}\.[0-9]{2}", fullmatch=True),
    st.integers(0, 2),
    st.integers(1, 2),
    st.sampled_from(SIZES),
)
def test_an_amount_under_a_patch_is_not_read(old: str, row: int, column: int, size: float) -> None:
    table = Table(size)

    def before(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(row, column)
        canvas.setFont(FONT, size)
        end = x + text_width(table.rows[row][column], size)
        canvas.drawString(end - text_width(old, size), y, old)
        left, bottom, width, height = table.box(row, column)
        canvas.setFillColor(white)
        canvas.rect(left + 1, bottom + 1, width - 2, height - 2, stroke=0, fill=1)

    found = read(sheet(table, before=before))
    assert _as_made(found)
    assert found.codes == ["text-not-visible"]


def test_white_text_on_a_dark_heading_is_seen() -> None:
    def before(canvas: Canvas, table: Table) -> None:
        left, bottom, width, height = table.box(0, 0)
        canvas.setFillColor(HexColor(0x1F3864))
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFillColor(white)
        canvas.setFont(FONT, table.size)
        canvas.drawString(*table.spot(0, 0), "合计")

    found = read(sheet(before=before, after=after, skip=[(0, 0)]))
    assert found.rows == [list(row) for row in ROWS]
    assert found.problems == ()


def test_black_text_on_black_is_not_seen() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        left, bottom, width, height = table.box(2, 2)
        canvas.setFillColor(black)
        canvas.rect(left + 1, bottom + 1, width - 2, height - 2, stroke=0, fill=1)
        canvas.setFont(FONT, table.size)
        canvas.drawString(*table.spot(2, 2), "15.20")

    found = read(sheet(after=after, skip=[(2, 2)]))
    assert found.rows[2] == ["办公费", "44.77", ""]
    assert found.codes == ["text-not-visible"]


def test_a_stamp_that_can_be_seen_through_hides_nothing() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFillColor(Color(0.9, 0, 0, alpha=0.3))
        canvas.circle(table.xs[1], table.ys[1], 40, stroke=0, fill=1)

    assert _as_made(read(sheet(after=after)))


@pytest.mark.parametrize("place", [(-200, 500), (700, 500), (100, 900), (100, -60)])
def test_what_is_beside_the_page_is_not_read(place: tuple[int, int]) -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFont(FONT, table.size)
        canvas.drawString(*place, "草稿 1,234.56")

    found = read(sheet(after=after))
    assert _as_made(found)
    assert found.codes == ["text-not-visible"]


def test_rows_and_rules_below_the_crop_box_are_not_read() -> None:
    data = sheet(Table(rows=(*ROWS, ("草稿", "5.00", "5.00"))))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[0].obj["/CropBox"] = [0, Table().ys[-1] - 2, 595, 842]
        document.save(out)
    assert _as_made(read(out.getvalue()))


@pytest.mark.parametrize("size", SIZES)
def test_a_name_that_is_cut_at_its_cell_ends_there(size: float) -> None:
    long = "政务服务大厅综合保障及电子证照档案整理采购二〇二六年项目"

    def after(canvas: Canvas, table: Table) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(*table.box(2, 0))
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFont(FONT, table.size)
        canvas.drawString(table.xs[0] + 2, table.spot(2, 0)[1], long)
        canvas.restoreState()

    found = read(sheet(Table(size), after=after, skip=[(2, 0)]))
    name, *amounts = found.rows[2]
    assert long.startswith(name) and len(name) >= 14
    assert amounts == ["44.77", "15.20"]
    assert found.flow.startswith(in_flow(ROWS[:2])) and "项目" not in found.flow


def _in_a_layer(on: bool) -> bytes:
    """A sheet with an 8 before an amount, in a layer."""

    def marked(canvas: Canvas) -> None:
        canvas.addLiteral("/OC /L BDC")

    def after(canvas: Canvas, table: Table) -> None:
        _before_the_amount("8", marked)(canvas, table)
        canvas.addLiteral("EMC")

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet(after=after))) as document:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草稿"))
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary({"/ON" if on else "/OFF": [layer]})
        )
        document.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
        document.save(out)
    return out.getvalue()


def test_a_layer_is_read_only_where_it_is_shown() -> None:
    off, on = read(_in_a_layer(on=False)), read(_in_a_layer(on=True))
    assert _as_made(off)
    assert off.codes == ["text-not-visible"]
    assert on.rows[2][1] == "844.77"


# ── watermarks ───────────────────────────────────────────────────────────────────────────


def _watermark(
    words: str, angle: float, size: float, shade: float, step: int
) -> Callable[..., None]:
    def before(canvas: Canvas, _: Table) -> None:
        canvas.setFillGray(shade)
        canvas.setFont(FONT, size)
        for x in range(20, 595, step):
            for y in range(20, 842, step):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(angle)
                canvas.drawString(0, 0, words)
                canvas.restoreState()

    return before


@pytest.mark.parametrize(
    ("words", "angle", "size", "shade", "step"),
    [
        ("仅供公开查阅", 45, 14, 0.85, 90),
        ("仅供公开查阅", 30, 14, 0.5, 120),
        ("2025", -35, 60, 0.9, 400),
        ("内部", 0, 8, 0.85, 30),
        ("内部2025", 90, 10, 0.8, 70),
    ],
)
def test_a_watermark_is_not_read(
    words: str, angle: float, size: float, shade: float, step: int
) -> None:
    found = read(sheet(before=_watermark(words, angle, size, shade, step)))
    assert _as_made(found)
    assert found.codes == ["watermark-left-out"]
    assert words in found.problems[0].message


def test_pale_text_that_stands_once_is_read() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFillGray(0.65)
        canvas.setFont(FONT, table.size)
        canvas.drawString(60, 730, "单位：万元")

    assert "单位：万元" in read(sheet(after=after)).beside


# ── printed twice ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.25, 0.0), (1.0, 0.0), (0.7, -0.7), (1.0, -1.0)])
def test_text_that_is_printed_twice_counts_once(shift: tuple[float, float], size: float) -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.translate(*shift)
        draw_text(canvas, table)

    assert _as_made(read(sheet(Table(size), after=after)))


def test_equal_amounts_one_below_the_other_are_not_one() -> None:
    rows = tuple((name, "11.11", "11.11") for name, *_ in ROWS)
    found = read(sheet(Table(rows=rows)))
    assert found.rows == [list(row) for row in rows]


def test_another_text_printed_over_it_is_a_doubt() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFont(FONT, table.size)
        x, y = table.spot(1, 2)
        canvas.drawString(x + 1, y, "- 12 -")

    assert read(sheet(after=after)).doubts == {(1, 2): "overlaid"}
