"""Pieces of a page: what those of text say, and leaving a piece out of what is drawn and read."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

from generator.pdf import calls
from generator.pdf.painting import Shape, Text

_MOST_BYTES = 1024
_SIZE = ctypes.c_ulong(_MOST_BYTES)


def switch(item: Text | Shape, *, on: bool) -> None:
    """Leave a piece of a page out of what is drawn and read, or take it in again."""
    raw.FPDFPageObj_SetIsActive(calls.handle(item.item), on)


class Strings:
    """What the pieces of text say, before any is switched off."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.text_page = page.get_textpage()
        self.address = ctypes.c_void_p(calls.address(self.text_page.raw))
        self.known: dict[int, str] = {}
        self.buffer = (ctypes.c_char * _MOST_BYTES)()
        self.place = ctypes.byref(self.buffer)

    def __enter__(self) -> Strings:
        return self

    def __exit__(self, *_: object) -> None:
        self.text_page.close()

    def of(self, text: Text) -> str:
        """What a piece of text says, as far as pdfium takes it."""
        if text.order not in self.known:
            count = calls.text_of(text.item, self.address, self.place, _SIZE)
            # Of what is longer nothing is written.
            data = self.buffer.raw[:count] if count <= _MOST_BYTES else b""
            self.known[text.order] = data.decode("utf-16-le", "replace").strip("\0")
        return self.known[text.order]
