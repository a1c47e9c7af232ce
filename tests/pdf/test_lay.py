"""However a page lies, it is read upright: on its side, upside down, askew, very small."""

from __future__ import annotations

import io
import math

import pikepdf
import pytest

from generator.pdf.matrices import Matrix
from tests.pdf.sheet import ROWS, Read, read, sheet

WIDE, HIGH = 595.0, 842.0


def _laid(matrix: Matrix, **entries: object) -> Read:
    """A sheet whose content goes through a matrix, with entries of its page changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet())) as document:
        page = document.pages[0]
        page.contents_add(b"q %f %f %f %f %f %f cm" % matrix, prepend=True)
        page.contents_add(b"Q")
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
        document.save(out)
    return read(out.getvalue())


def _turned(degrees: float) -> Matrix:
    """Around the middle of the page."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = WIDE / 2, HIGH / 2
    return cosine, sine, -sine, cosine, x - x * cosine + y * sine, y - x * sine - y * cosine


def _as_made(found: Read) -> bool:
    return found.rows == [list(row) for row in ROWS] and found.problems == ()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_text_tells_how_a_page_lies(turn: int, rotate: int) -> None:
    assert _as_made(_laid(_turned(turn), MediaBox=[-200, -200, 900, 1000], Rotate=rotate))


@pytest.mark.parametrize("degrees", [-7, -2, -0.5, 0.5, 1, 2, 3.5, 7])
def test_a_page_that_lies_askew_is_put_straight(degrees: float) -> None:
    found = _laid(_turned(degrees))
    assert _as_made(found)
    # Places are those on the page as it is looked at, not as it was put straight.
    straight, box = read(sheet()).ruled[1].boxes[1], found.ruled[1].boxes[1]
    assert straight and box
    x, y = (straight.x0 + straight.x1 - WIDE) / 2, (straight.top + straight.bottom - HIGH) / 2
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    assert (box.x0 + box.x1 - WIDE) / 2 == pytest.approx(x * cosine + y * sine, abs=2)
    assert (box.top + box.bottom - HIGH) / 2 == pytest.approx(y * cosine - x * sine, abs=2)


@pytest.mark.parametrize("scale", [0.1, 0.2, 0.25, 0.33, 0.5, 1.5, 4, 8])
def test_a_page_drawn_to_scale_is_read_as_any_other(scale: float) -> None:
    found = _laid((scale, 0, 0, scale, 0, 0), MediaBox=[0, 0, WIDE * scale, HIGH * scale])
    assert _as_made(found)
    plain, box = read(sheet()).ruled[1].boxes[1], found.ruled[1].boxes[1]
    assert plain and box
    assert box.x0 == pytest.approx(plain.x0 * scale, abs=0.5 * scale)
    assert found.text.pages[0].width == pytest.approx(WIDE * scale)
