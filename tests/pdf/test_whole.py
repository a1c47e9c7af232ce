"""A PDF is read whole or not at all: a bit that fell over, a cut, an attached file."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.pdf import hostile
from tests.pdf.reading import errors, read_bytes
from tests.pdf.sheet import Table, sheet

# In this file each stream is packed, and its checksum is that of what was packed.
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


@cache
def _packed() -> bytes:
    """A disclosure whose streams are packed as most programs pack them."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(hostile.good())) as document:
        document.save(out, deterministic_id=True, compress_streams=True, recompress_flate=True)
    return out.getvalue()


def _codes(data: bytes) -> set[str]:
    reading = read_bytes(data)
    assert not (reading.disclosures and reading.problems and _broken(reading))
    return {problem.code for problem in reading.problems} if not reading.disclosures else set()


def _broken(reading: object) -> bool:
    return any(p.code == "pdf-broken" for p in getattr(reading, "problems", ()))


@pytest.mark.parametrize("made", [hostile.good, _packed], ids=["ascii85", "packed"])
def test_one_bit_of_a_stream_is_enough_to_refuse_the_file(made: Callable[[], bytes]) -> None:
    data = made()
    rng = random.Random(7)
    for stream in rng.sample(list(_STREAM.finditer(data)), 8):
        place = rng.randrange(stream.start(1) + 2, stream.end(1) - 2)
        bad = bytearray(data)
        bad[place] ^= 1 << rng.randrange(7)
        if made is hostile.good and chr(bad[place]).isspace():
            continue  # blanks mean nothing there
        assert _codes(bytes(bad)) == {"pdf-broken"}


def test_a_page_whose_content_ends_in_the_middle_is_named() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_packed())) as document:
        content = document.pages[4].obj["/Contents"]
        half = content.read_raw_bytes()[: len(content.read_raw_bytes()) // 2]
        content.write(half, filter=pikepdf.Name("/FlateDecode"))
        document.save(out, compress_streams=False)
    (problem,) = read_bytes(out.getvalue()).problems
    assert problem.code == "pdf-broken"
    assert "第 5 页" in problem.message


@pytest.mark.parametrize("size", [1, 100, 3_000])
def test_a_piece_that_is_missing_anywhere_is_noticed(size: int) -> None:
    data, rng = _packed(), random.Random(size)
    for _ in range(8):
        start = rng.randrange(20, len(data) - size - 40)
        assert _codes(data[:start] + data[start + size :]) & {"pdf-broken", "pdf-truncated"}


@pytest.mark.parametrize("made", [hostile.good, _packed], ids=["ascii85", "packed"])
def test_a_packed_page_that_does_not_say_so_is_refused(made: Callable[[], bytes]) -> None:
    data = made()
    place = data.index(b"/Filter", len(data) // 2)
    assert _codes(data[:place] + b"/Fklter" + data[place + 7 :]) == {"pdf-broken"}


def test_a_page_that_lost_its_content_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_packed())) as document:
        document.pages[3].obj["/Contents"] = pikepdf.Array([pikepdf.Dictionary()])
        document.save(out)
    assert _codes(out.getvalue()) == {"pdf-broken"}


def test_a_number_in_the_place_of_a_page_is_named() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_packed())) as document:
        document.Root.Pages.Kids[3] = 7
        document.save(out)
    assert _codes(out.getvalue()) == {"pdf-broken"}


def _without_file(font: pikepdf.Object) -> None:
    font.FontDescriptor.FontFile2 = font.FontDescriptor


def _without_some_widths(font: pikepdf.Object) -> None:
    del font.Widths[49:52]


@pytest.mark.parametrize("harm", [_without_file, _without_some_widths])
def test_a_font_that_lost_a_part_is_named(harm: Callable[[pikepdf.Object], None]) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab
    rows = (("a", "1.00", "2.00"), ("b", "1.00", "2.00"))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet(Table(font="Vera", rows=rows)))) as document:
        for font in document.pages[0].obj.Resources.Font.values():
            if "/FontDescriptor" in font:
                harm(font)
        document.save(out)
    assert _codes(out.getvalue()) == {"pdf-broken"}


def test_a_file_that_carries_another_as_attachment_is_read() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_packed())) as document:
        document.attachments["old.pdf"] = hostile.good()
        # As it is, so that its own table of references stands in the bytes of the file.
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    data = out.getvalue()
    assert data.count(b"startxref") > 1
    reading = read_bytes(data)
    assert errors(reading) == []
    assert reading.disclosures
