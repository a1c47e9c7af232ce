"""The functions of pdfium that are called for each object and each character of a page.

A document has a hundred thousand of them. pypdfium2 checks and wraps each argument; on plain
addresses the same functions take a third of the time. An object of a page is the number of its
address here; ``handle`` makes of it what pypdfium2's own functions take.
"""

from __future__ import annotations

import ctypes
from ctypes import c_int, c_uint, c_ulong, c_void_p
from functools import partial
from struct import Struct
from typing import Any

from pypdfium2 import raw


def _plain(name: str, result: Any) -> Any:
    """A function of pdfium that takes an address, then plain numbers (``int``) and places.

    It calls nothing back, so it need not let go. Only of the address the type is told: the others
    go as they are, which is quicker.
    """
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, c_void_p)(address)


def address(pointer: Any) -> int:
    """Where something of pdfium's lies, which is the same however it is asked for."""
    return ctypes.cast(pointer, c_void_p).value or 0


def handle(item: int) -> Any:
    """An object of a page for pypdfium2's own functions."""
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)


class OutParameters:
    """Places into which a function writes numbers of one kind: ``f`` (float), ``i`` or ``I``.

    ``read`` gives the numbers, three times as fast as ctypes would.
    """

    def __init__(self, kind: str, count: int) -> None:
        layout = Struct(f"{count}{kind}")
        numbers = bytearray(layout.size)
        places = (ctypes.c_char * layout.size).from_buffer(numbers)
        self.places = [ctypes.byref(places, 4 * number) for number in range(count)]
        self.read = partial(layout.unpack, numbers)


page_object = _plain("FPDFPage_GetObject", c_void_p)
form_object = _plain("FPDFFormObj_GetObject", c_void_p)
object_type = _plain("FPDFPageObj_GetType", c_int)
fill_colour = _plain("FPDFPageObj_GetFillColor", c_int)
stroke_colour = _plain("FPDFPageObj_GetStrokeColor", c_int)
matrix_into = _plain("FPDFPageObj_GetMatrix", c_int)
bounds_into = _plain("FPDFPageObj_GetBounds", c_int)
clip_path = _plain("FPDFPageObj_GetClipPath", c_void_p)
clip_count = _plain("FPDFClipPath_CountPaths", c_int)
clip_segment_count = _plain("FPDFClipPath_CountPathSegments", c_int)
clip_segment = _plain("FPDFClipPath_GetPathSegment", c_void_p)
text_of = _plain("FPDFTextObj_GetText", c_ulong)
render_mode = _plain("FPDFTextObj_GetTextRenderMode", c_int)
draw_mode = _plain("FPDFPath_GetDrawMode", c_int)
segment_count = _plain("FPDFPath_CountSegments", c_int)
path_segment = _plain("FPDFPath_GetPathSegment", c_void_p)
segment_point = _plain("FPDFPathSegment_GetPoint", c_int)
segment_type = _plain("FPDFPathSegment_GetType", c_int)
segment_closes = _plain("FPDFPathSegment_GetClose", c_int)
unicode_of = _plain("FPDFText_GetUnicode", c_uint)
is_generated = _plain("FPDFText_IsGenerated", c_int)
loose_box = _plain("FPDFText_GetLooseCharBox", c_int)
is_guessed = _plain("FPDFText_HasUnicodeMapError", c_int)
object_of = _plain("FPDFText_GetTextObject", c_void_p)
font_of = _plain("FPDFTextObj_GetFont", c_void_p)
