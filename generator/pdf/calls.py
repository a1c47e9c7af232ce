"""The functions of pdfium that are called for each object and each character of a page.

A document has a hundred thousand of them. pypdfium2 checks and wraps each argument; on plain
addresses the same functions take half the time. An object of a page is the number of its address
here; ``handle`` makes of it what pypdfium2's own functions take.
"""

from __future__ import annotations

import ctypes
from ctypes import c_int, c_uint, c_void_p
from typing import Any

from pypdfium2 import raw


def _plain(name: str, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes addresses. It calls nothing back, so it need not let go."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address(pointer: Any) -> int:
    """Where something of pdfium's lies, which is the same however it is asked for."""
    return ctypes.cast(pointer, c_void_p).value or 0


def handle(item: int) -> Any:
    """An object of a page for pypdfium2's own functions."""
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)


page_object = _plain("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
form_object = _plain("FPDFFormObj_GetObject", c_void_p, c_void_p, c_int)
object_type = _plain("FPDFPageObj_GetType", c_int, c_void_p)
fill_colour = _plain("FPDFPageObj_GetFillColor", c_int, *[c_void_p] * 5)
stroke_colour = _plain("FPDFPageObj_GetStrokeColor", c_int, *[c_void_p] * 5)
matrix_into = _plain("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
bounds_into = _plain("FPDFPageObj_GetBounds", c_int, *[c_void_p] * 5)
clip_path = _plain("FPDFPageObj_GetClipPath", c_void_p, c_void_p)
clip_count = _plain("FPDFClipPath_CountPaths", c_int, c_void_p)
clip_segment_count = _plain("FPDFClipPath_CountPathSegments", c_int, c_void_p, c_int)
clip_segment = _plain("FPDFClipPath_GetPathSegment", c_void_p, c_void_p, c_int, c_int)
render_mode = _plain("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
draw_mode = _plain("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
segment_count = _plain("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _plain("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = _plain("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_type = _plain("FPDFPathSegment_GetType", c_int, c_void_p)
segment_closes = _plain("FPDFPathSegment_GetClose", c_int, c_void_p)
unicode_of = _plain("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
is_generated = _plain("FPDFText_IsGenerated", c_int, c_void_p, c_int)
loose_box = _plain("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
is_guessed = _plain("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
object_of = _plain("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
font_of = _plain("FPDFTextObj_GetFont", c_void_p, c_void_p)
