"""What cannot be read is named at its cell."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import tests.hypothesis_profile  # noqa: F401  # sets the profile
from generator.problems import UnreadableError
from tests.pdf.paper import FONT, text_width
from tests.pdf.sheet import ROWS, Table, in_flow, read, sheet

SIZES = [5.5, 9.0, 14.0]
PLACES = [(row, column) for row in range(3) for column in (1, 2)]


def _picture(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, bottom, width, height = box
    image = ImageReader(Image.new("L", (20, 8), 90))
    canvas.drawImage(image, left + 0.3 * width, bottom + 3, 0.6 * width, height - 6)


def _curves(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """Something like the outline of a figure."""
    left, bottom, width, height = box
    path = canvas.beginPath()
    for n in range(4):
        x = left + width * (0.5 + 0.1 * n)
        path.moveTo(x, bottom + 3)
        path.curveTo(x + 4, bottom + 3, x + 4, bottom + height - 3, x, bottom + height - 3)
        path.curveTo(x - 4, bottom + height - 3, x - 4, bottom + 3, x, bottom + 3)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _field(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, bottom, width, height = box
    canvas.acroForm.textfield(
        value="44.00",
        x=int(left) + 2,
        y=int(bottom) + 2,
        width=int(width) - 3,
        height=int(height) - 3,
    )


def _free_text(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, bottom, width, height = box
    canvas.freeTextAnnotation(
        "44.00", DA="/Helv 9 Tf 0 g", Rect=[left + 1, bottom + 1, left + width - 1, bottom + height]
    )


THINGS = {
    "picture": _picture,
    "curves": _curves,
    "form_field": _field,
    "annotation": _free_text,
}


@pytest.mark.parametrize("place", [(0, 1), (2, 2)])
@pytest.mark.parametrize("doubt", THINGS)
def test_an_empty_cell_that_holds_something_is_named(doubt: str, place: tuple[int, int]) -> None:
    def after(canvas: Canvas, table: Table) -> None:
        THINGS[doubt](canvas, table.box(*place))

    found = read(sheet(Table(12.0), after=after, skip=[place]))
    assert found.doubts == {place: doubt}


def test_a_picture_over_a_whole_column_is_named_in_each_row() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        image = ImageReader(Image.new("L", (20, 60), 90))
        x0, x1 = table.xs[2:4]
        canvas.drawImage(image, x0 + 3, table.ys[-1] + 1, x1 - x0 - 5, table.ys[0] - table.ys[-1])

    found = read(sheet(after=after, skip=[(row, 2) for row in range(3)]))
    assert found.doubts == {(row, 2): "picture" for row in range(3)}


def test_an_empty_cell_with_nothing_in_it_is_just_empty() -> None:
    assert read(sheet(skip=[(1, 1)])).doubts == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", [0, 1, 2])
def test_an_amount_struck_through_is_named(row: int, size: float) -> None:
    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(row, 1)
        end = x + text_width(table.rows[row][1], size)
        canvas.setLineWidth(0.5)
        canvas.line(x - 1, y + 0.3 * size, end + 1, y + 0.3 * size)

    found = read(sheet(Table(size), after=after))
    assert found.doubts == {(row, 1): "struck_through"}
    assert found.rows == [list(row) for row in ROWS]


def test_an_old_amount_struck_through_before_the_new_one_is_named() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(2, 1)
        canvas.setFont(FONT, 9)
        canvas.drawString(x - 30, y, "88.88")
        canvas.line(x - 32, y + 3, x - 5, y + 3)

    found = read(sheet(after=after))
    assert (2, 1) in found.doubts
    assert found.rows[2][1] not in ("44.77", "88.8844.77")


@settings(max_examples=20)
@given(st.integers(100, 9_999_999), st.sampled_from(SIZES), st.booleans())
def test_two_amounts_without_a_rule_between_are_not_one(
    amount: int, size: float, decimals: bool
) -> None:
    text = f"{amount}.00" if decimals else str(amount)
    table = Table(size, rows=(ROWS[0], ("甲", text, "1.00"), ("乙", text, "2.00")))

    def rules(canvas: Canvas, table: Table) -> None:
        for y in (table.ys[0], table.ys[1], table.ys[3]):
            canvas.line(table.xs[0], y, table.xs[-1], y)
        for x in table.xs:
            canvas.line(x, table.ys[0], x, table.ys[-1])

    found = read(sheet(table, rules=rules))
    assert found.doubts[1, 1] == "two_amounts"
    assert found.rows[1][1] == f"{text}；{text}"


def test_two_columns_without_a_rule_between_are_two_amounts() -> None:
    def rules(canvas: Canvas, table: Table) -> None:
        for y in table.ys:
            canvas.line(table.xs[0], y, table.xs[-1], y)
        for x in (*table.xs[:2], table.xs[3]):
            canvas.line(x, table.ys[0], x, table.ys[-1])

    found = read(sheet(rules=rules))
    assert found.rows[2] == ["办公费", "44.77；15.20"]
    assert {doubt for doubt in found.doubts.values()} == {"two_amounts"}


@pytest.mark.parametrize("size", SIZES)
def test_an_amount_that_is_wrapped_is_one(size: float) -> None:
    """The narrowest cells of the sources: the last digits stand on a line of their own."""
    table = Table(size, widths=(16.0, 3.6, 9.0), rows=(ROWS[0], ("甲", "", "1.00"), ROWS[2]))

    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.xs[1] + 0.2 * size, table.spot(1, 0)[1]
        canvas.setFont(FONT, 0.8 * size)
        canvas.drawString(x, y + 0.4 * size, "1682.7")
        canvas.drawString(x + size, y - 0.5 * size, "6")

    found = read(sheet(table, after=after))
    assert found.rows[1][1] == "1682.76"
    assert found.doubts == {}


@pytest.mark.parametrize("mark", ["1", "12", "[1]", "*", "①", "注1"])
@pytest.mark.parametrize("size", SIZES)
def test_a_small_raised_mark_behind_an_amount_is_no_digit_of_it(mark: str, size: float) -> None:
    table = Table(size, widths=(16.0, 12.0, 9.0))

    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(2, 1)
        canvas.setFont(FONT, size)
        canvas.drawString(x - 2 * size, y, "44.77")
        canvas.setFont(FONT, 0.55 * size)
        end = x - 2 * size + text_width("44.77", size)
        canvas.drawString(end, y + 0.45 * size, mark)

    found = read(sheet(table, after=after, skip=[(2, 1)]))
    assert found.rows[2][1] == "44.77"
    assert found.doubts == {}
    (problem,) = found.problems
    assert problem.code == "mark-left-out"
    assert f"“44.77”后面的上标“{mark}”" in problem.message
    assert found.flow == in_flow()


def test_a_smaller_digit_that_is_not_raised_is_a_doubt() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        x, y = table.spot(2, 1)
        canvas.setFont(FONT, 9)
        canvas.drawString(x - 6, y, "44.77")
        canvas.setFont(FONT, 5)
        canvas.drawString(x - 6 + text_width("44.77", 9), y, "1")

    assert read(sheet(after=after, skip=[(2, 1)])).doubts == {(2, 1): "raised_mark"}


@pytest.mark.parametrize("spacing", [0.0, 1.0, 3.0])
def test_an_amount_that_runs_over_the_border_of_the_table_is_whole(spacing: float) -> None:
    table = Table(rows=(ROWS[0], ROWS[1], ("办公费", "44.77", "")))

    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFont(FONT, 9)
        x = table.xs[-1] - 25 - 6 * spacing
        canvas.drawString(x, table.spot(2, 1)[1], "987654.32", charSpace=spacing)

    assert read(sheet(table, after=after)).rows[2][2] == "987654.32"


def test_an_amount_that_runs_into_the_next_cell_is_named() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(table.xs[2] - 20.7, table.spot(2, 1)[1], "1234567.89")

    found = read(sheet(after=after, skip=[(2, 1), (2, 2)]))
    assert found.doubts == {(2, 1): "overlaid", (2, 2): "overlaid"}


def test_an_amount_set_wide_to_fill_its_cell_is_one() -> None:
    def after(canvas: Canvas, table: Table) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(table.xs[1] + 4, table.spot(2, 1)[1], "44.77", charSpace=9)

    found = read(sheet(after=after, skip=[(2, 1)]))
    assert found.rows[2][1] == "44.77"


# ── characters that nobody knows ─────────────────────────────────────────────────────────


pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab


def _in_own_font(change: Callable[[str], str]) -> bytes:
    """A sheet in a font that is carried along; its table of what its glyphs mean is changed."""

    def after(canvas: Canvas, _: Table) -> None:
        canvas.setFont("Vera", 9)
        for n in range(6):
            canvas.drawString(60, 500 - 20 * n, "words without figures " * 3)

    rows = (("Total", "2,044.78", "315.20"), ("Office", "44.78", "15.20"))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet(Table(rows=rows, font="Vera"), after=after))) as document:
        for font in document.pages[0].obj.Resources.Font.values():
            if "/ToUnicode" in font:
                font.ToUnicode.write(change(font.ToUnicode.read_bytes().decode()).encode())
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("nothing", ["<0000>", "<fffe>", "<0003>"])
def test_a_glyph_without_text_is_not_dropped_from_an_amount(nothing: str) -> None:
    found = read(_in_own_font(lambda table: table.replace("<0038>", nothing)))
    assert found.rows[1] == ["Office", "44.7\ufffd", "15.20"]
    assert found.doubts == {(0, 1): "unknown_character", (1, 1): "unknown_character"}
    assert "characters-unknown" in found.codes
    assert "44.7\ufffd" in found.flow


def test_a_private_character_in_an_amount_is_a_doubt() -> None:
    found = read(_in_own_font(lambda table: table.replace("<0035>", "<e005>")))
    assert found.doubts == {(0, 2): "unknown_character", (1, 2): "unknown_character"}


# ── pages without text ───────────────────────────────────────────────────────────────────


def _two_pages(second: bytes) -> bytes:
    out = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(sheet())) as document,
        pikepdf.open(io.BytesIO(second)) as other,
    ):
        document.pages.extend(other.pages)
        document.save(out)
    return out.getvalue()


def _page(draw: object, *, form: bool) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    if form:
        canvas.beginForm("F")
    assert callable(draw)
    draw(canvas)
    if form:
        canvas.endForm()
        canvas.doForm("F")
    canvas.save()
    return buffer.getvalue()


def _large_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (20, 20), 90)), 50, 50, 480, 700)


def _many_curves(canvas: Canvas) -> None:
    for n in range(100):
        _curves(canvas, (60 + 40 * (n % 10), 60 + 20 * (n // 10), 30, 14))


@pytest.mark.parametrize("form", [False, True], ids=["", "in a form"])
@pytest.mark.parametrize("draw", [_large_picture, _many_curves])
def test_a_page_that_shows_something_and_has_no_text_is_an_error(draw: object, form: bool) -> None:
    found = read(_two_pages(_page(draw, form=form)))
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.page) == ("page-without-text", "error", 2)


def test_an_empty_page_is_no_problem() -> None:
    assert read(_two_pages(_page(lambda canvas: None, form=False))).problems == ()


def test_a_page_of_pictures_alone_is_refused() -> None:
    with pytest.raises(UnreadableError) as error:
        read(_page(_large_picture, form=True))
    assert error.value.code == "pdf-without-text"
