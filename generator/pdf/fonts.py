"""The fonts that pdfium takes for those which a PDF does not carry: ours, and never the system's.

By itself pdfium looks for them in the folders of the machine. Where these have no Chinese font, a
character without a shape has no box, and one that stands alone is dropped from the page's text: an
amount or a label is lost. And where they have one, boxes and page images depend on which.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

FONT = Path(__file__).parent.parent / "fonts" / "NotoSansSC-GB2312.otf"

# The fonts that every reader of PDFs has; pdfium carries shapes of these within itself. Any other
# may be a Chinese one, even where pdfium asks for Latin: it tells them apart by an encoding that
# many files leave out.
_BUILT_IN = ("Courier", "Helvetica", "Times", "Symbol", "ZapfDingbats")
_SYMBOLS = 2  # pdfium asks again, as for Latin, where this charset is not known
# pdfium asks for the whole font by this number; for a single table by its name.
_WHOLE_FONT = 0
_HANDLE = 1


@cache
def use_own_fonts() -> None:
    """Make this process's pdfium independent of the system's fonts, before it opens a PDF."""
    from pypdfium2 import raw  # only here: the font alone needs no pdfium

    _font()  # were it missing, an error within a callback would be lost
    raw.FPDF_SetSystemFontInfo(ctypes.byref(_answers()))


@cache
def _font() -> bytes:
    return FONT.read_bytes()


@cache  # pdfium keeps the address: the structure must live as long as the process
def _answers() -> Any:
    """What pdfium asks a system about its fonts, answered without the system."""
    from pypdfium2 import raw

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    return raw.FPDF_SYSFONTINFO(
        version=1,
        MapFont=kinds["MapFont"](_map_font),
        GetFontData=kinds["GetFontData"](_font_data),
    )


def _map_font(
    _info: Any, _weight: int, _italic: int, charset: int, _pitch: int, face: Any, _exact: Any
) -> int | None:
    name = ctypes.string_at(face).decode("latin-1")
    built_in = name.partition("-")[0] in _BUILT_IN
    return None if built_in or charset == _SYMBOLS else _HANDLE


def _font_data(_info: Any, _handle: Any, table: int, buffer: Any, size: int) -> int:
    """Tell the font's size, and copy it where there is room for it."""
    if table != _WHOLE_FONT:
        return 0
    font = _font()
    if size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)
